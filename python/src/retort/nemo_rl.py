"""An environment for NeMo-RL: register the actor, and keep the task in a row's `extra_env_info`.

    register_env("retort", "retort.nemo_rl.CodeEnvironmentActor")
    env: {retort: {preset: tests}}

`metadata` is `{"ground_truth": task}`. A rollout that could not be scored is marked invalid where NeMo-RL has such a
mark (`reward_valid_mask`), and has the mean of its group as its reward in any case. Needs NeMo-RL, torch and Ray.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import ray
import torch
from nemo_rl.environments.interfaces import EnvironmentInterface, EnvironmentReturn

from retort.scorer import Scorer, neutral_rewards


class CodeEnvironment(EnvironmentInterface):
    """One turn: the answers of a batch are scored in one request, and every episode is over."""

    def __init__(self, config: Mapping[str, Any] | None = None) -> None:
        self._scorer = Scorer(**dict(config or {}))

    def step(
        self, message_log_batch: Sequence[Sequence[Mapping[str, Any]]], metadata: Sequence[Mapping[str, Any]], *_: Any
    ) -> EnvironmentReturn:
        """Scores the last reply of each conversation; rewards have the shape (B)."""
        tasks = [each["ground_truth"] for each in metadata]
        lines = self._scorer.score(message_log_batch, tasks)
        rewards = torch.tensor(neutral_rewards(lines, [str(task) for task in tasks]), dtype=torch.float32)
        values: dict[str, Any] = {
            "observations": [{"role": "environment", "content": str(line["verdict"])} for line in lines],
            "metadata": list(metadata),
            "next_stop_strings": [None] * len(lines),
            "rewards": rewards,
            "terminateds": torch.ones_like(rewards),
            "answers": None,
        }
        if "reward_valid_mask" in EnvironmentReturn._fields:
            values["reward_valid_mask"] = torch.tensor([line["reward"] is not None for line in lines])
        return EnvironmentReturn(**values)

    def global_post_process_and_metrics(self, batch: Any) -> tuple[Any, dict[str, float]]:
        """The mean reward of the batch, and the share of rollouts with the whole reward."""
        rewards = batch["rewards"]
        return batch, {"reward": float(rewards.mean()), "solved": float((rewards >= 1).float().mean())}

    def shutdown(self) -> None:
        """Ends the engine of this process."""
        self._scorer.engine.close()


CodeEnvironmentActor = ray.remote(max_restarts=-1, max_task_retries=-1)(CodeEnvironment)
