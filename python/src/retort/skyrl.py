"""An environment for SkyRL: register it, and name it in the dataset's `env_class`.

    skyrl_gym.register(id="retort", entry_point="retort.skyrl:CodeEnv")

The task is `reward_spec.ground_truth`. SkyRL has no way to be told that a rollout could not be scored, so that raises
`Unscorable`. Needs skyrl-gym.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from skyrl_gym.envs.base_text_env import BaseTextEnv, BaseTextEnvStepOutput

from retort.records import Score
from retort.scorer import Scorer, numbers, reward_of


class CodeEnv(BaseTextEnv):
    """One turn: the answer is scored, and the episode is over."""

    def __init__(self, env_config: Any = None, extras: Mapping[str, Any] | None = None) -> None:
        super().__init__()
        self._task = (extras or {})["reward_spec"]["ground_truth"]
        self._scorer = Scorer(**dict(env_config or {}))
        self._line: Score | None = None

    def step(self, action: str) -> BaseTextEnvStepOutput:
        """Scores the answer; SkyRL calls this on one of its threads."""
        (self._line,) = self._scorer.score([action], [self._task])
        reward = reward_of(self._line)
        return BaseTextEnvStepOutput(observations=[], reward=reward, done=True, metadata=self.get_metrics())

    def get_metrics(self) -> dict[str, Any]:
        """The components of the score."""
        return numbers(self._line) if self._line is not None else {}
