"""The reward function for EasyR1: `worker.reward.reward_function=/path/of/retort/easyr1.py:compute_score`.

`python -c "import retort.easyr1; print(retort.easyr1.__file__)"` prints that path. EasyR1 takes the mean of every
value, so every value is a number; a rollout that could not be scored gets the mean of its group and `infra_error` 1.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from retort.scorer import Scorer, neutral_rewards, numbers, same_keys

REWARD_NAME = "retort"
REWARD_TYPE = "batch"


def compute_score(reward_inputs: Sequence[Mapping[str, Any]], **settings: Any) -> list[dict[str, float]]:
    """Scores a batch of `{"response", "response_length", "ground_truth"}`; `ground_truth` is the task as JSON.

    `settings` are EasyR1's `reward_function_kwargs`: `preset`, `rewards`, `url`, `token_file`.
    """
    tasks = [each["ground_truth"] for each in reward_inputs]
    lines = Scorer(**settings).score([each["response"] for each in reward_inputs], tasks)
    rewards = neutral_rewards(lines, [str(task) for task in tasks])
    return same_keys([{"overall": reward, **numbers(line)} for line, reward in zip(lines, rewards)])
