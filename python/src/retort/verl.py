"""Reward functions for verl: a path and a name in its configuration.

    reward.custom_reward_function.path=pkg://retort.verl
    reward.custom_reward_function.name=compute_score_async
    +reward.custom_reward_function.reward_kwargs.preset=tests

`reward_kwargs` takes `preset`, `rewards`, `url`, `token_file` and `infra_score`. verl has no way to be told that a
rollout could not be scored. It is tried again first; then a batch gives it the mean of its group, which moves no
advantage, and a single rollout raises `Unscorable`, unless `infra_score` gives a number to stand for it. `infra_error`
is 1 in either case.

The managers, for who wants the whole loop of a reward to be ours, are in `retort.verl_managers`.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from typing import Any

from retort.records import Score
from retort.scorer import Scorer, neutral_rewards, numbers, reward_of, same_keys
from retort.settings import rewards_text

Row = dict[str, Any]


def compute_score(
    data_source: str,
    solution_str: str,
    ground_truth: Any,
    extra_info: Mapping[str, Any] | None = None,
    *,
    infra_score: float | None = None,
    preset: str | None = None,
    rewards: Any = None,
    url: str | None = None,
    token_file: str | None = None,
    **others: Any,
) -> Row:
    """Scores one rollout; `ground_truth` is the task as one string of JSON."""
    (line,) = _scorer(preset, rewards, url, token_file).score([solution_str], [ground_truth])
    return row(line, reward_of(line, infra_score))


async def compute_score_async(
    data_source: str,
    solution_str: str,
    ground_truth: Any,
    extra_info: Mapping[str, Any] | None = None,
    *,
    infra_score: float | None = None,
    preset: str | None = None,
    rewards: Any = None,
    url: str | None = None,
    token_file: str | None = None,
    **others: Any,
) -> Row:
    """Scores one rollout without blocking; verl awaits all rollouts of a batch together."""
    (line,) = await _scorer(preset, rewards, url, token_file).ascore([solution_str], [ground_truth])
    return row(line, reward_of(line, infra_score))


def compute_score_batch(
    data_sources: Sequence[str],
    solution_strs: Sequence[str],
    ground_truths: Sequence[Any],
    extra_infos: Sequence[Any] | None = None,
    *,
    preset: str | None = None,
    rewards: Any = None,
    url: str | None = None,
    token_file: str | None = None,
    **others: Any,
) -> list[Row]:
    """Scores a batch, for verl's manager `batch`; the rollouts of one task are one group."""
    lines = _scorer(preset, rewards, url, token_file).score(solution_strs, ground_truths)
    return batch_rows(lines, [str(truth) for truth in ground_truths])


def row(line: Score, reward: float) -> Row:
    """Makes what verl logs of a rollout: flat numbers, and the verdict as the only text."""
    verdict = line["verdict"] or "internal_error"
    return {"score": reward, "acc": float(verdict == "accepted"), **numbers(line), "verdict": verdict}


def batch_rows(lines: Sequence[Score], groups: Sequence[Any]) -> list[Row]:
    """Makes the rows of a batch, each with the keys of all."""
    return same_keys([row(line, reward) for line, reward in zip(lines, neutral_rewards(lines, groups))])


def _scorer(preset: str | None, rewards: Any, url: str | None, token_file: str | None) -> Scorer:
    if rewards is not None and not isinstance(rewards, str):
        # A configuration of verl's is no plain mapping.
        rewards = rewards_text(json.loads(json.dumps(rewards, default=dict)))
    return _cached_scorer(preset, rewards, url, token_file)


@functools.lru_cache(maxsize=16)
def _cached_scorer(preset: str | None, rewards: str | None, url: str | None, token_file: str | None) -> Scorer:
    return Scorer(preset=preset, rewards=rewards, url=url, token_file=token_file)
