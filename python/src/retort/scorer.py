"""The one core call that every adapter makes: completions and tasks in, score lines out.

An adapter is called in whatever process a framework runs it in, so a scorer holds settings only, and asks for the
process's engine when it scores.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from retort.default import shared_engine
from retort.engine import Engine
from retort.errors import InfraError, RequestRefused, Unscorable
from retort.records import Rollout, Score
from retort.settings import Settings

_log = logging.getLogger("retort")

_NO_NUMBERS = frozenset({"id", "reward"})


class Scorer:
    """Scores what a framework hands over; equal settings share an engine in each process."""

    def __init__(self, **changes: Any) -> None:
        """Takes the environment's settings with these changes (`url`, `preset`, `rewards`, `token_file`, ...)."""
        self.settings = Settings.from_environment(**changes)

    @property
    def engine(self) -> Engine:
        """This process's engine."""
        return shared_engine(self.settings)

    def score(self, completions: Iterable[Any], tasks: Iterable[Any]) -> list[Score]:
        """Scores each completion against its task; a line without a reward could not be scored by any means.

        Raises `RequestRefused` for a task that is none: that is a fault of the dataset, which no reward may hide.
        """
        items = rollouts(completions, tasks)
        try:
            lines = self.engine.score(items)
        except InfraError as error:
            return _unscored(items, error)
        return _checked(lines)

    async def ascore(self, completions: Iterable[Any], tasks: Iterable[Any]) -> list[Score]:
        """Scores as `score` does, without blocking the event loop."""
        items = rollouts(completions, tasks)
        try:
            lines = await self.engine.ascore(items)
        except InfraError as error:
            return _unscored(items, error)
        return _checked(lines)


def rollouts(completions: Iterable[Any], tasks: Iterable[Any]) -> list[Rollout]:
    """Pairs each completion with its task."""
    texts, wanted = list(completions), list(tasks)
    if len(texts) != len(wanted):
        raise RequestRefused(f"{len(texts)} completions and {len(wanted)} tasks")
    return [{"task": task, "completion": last_reply(text)} for text, task in zip(texts, wanted)]


def last_reply(completion: Any) -> str:
    """What the policy said last: a text as it is, or the last message of the assistant in a list of messages."""
    if isinstance(completion, str):
        return completion
    if isinstance(completion, Mapping):
        return _text(completion.get("content"))
    if isinstance(completion, Sequence):
        for message in reversed(completion):
            if message.get("role") == "assistant":
                return _text(message.get("content"))
        return ""
    raise RequestRefused(f"a completion is a text or a list of messages, not {type(completion).__name__}")


def numbers(line: Mapping[str, Any]) -> dict[str, float]:
    """The components and times of a line: flat, and with the same keys for every line of the same rewards."""
    return {
        key: float(value) for key, value in line.items() if key not in _NO_NUMBERS and isinstance(value, (int, float))
    }


def reward_of(line: Score, substitute: float | None = None) -> float:
    """The reward of a line, for a framework that has no way to say that there is none.

    Raises `Unscorable` when there is none and nothing was given in its place.
    """
    reward = line["reward"]
    if reward is not None:
        return reward
    if substitute is not None:
        return substitute
    raise Unscorable(
        f"a rollout could not be scored: {line.get('error', line['verdict'])}",
        hint="run 'retort doctor'; or give infra_score, a number that stands for rewards that are missing",
    )


def neutral_rewards(lines: Sequence[Score], groups: Sequence[Any]) -> list[float]:
    """The rewards of a batch, where one that is missing becomes the mean of its group, which moves no advantage.

    A group without any reward takes the mean of the batch: equal rewards give no advantage either. Raises `Unscorable`
    when the batch has no reward at all.
    """
    if lines and all(line["reward"] is None for line in lines):
        reward_of(lines[0])
    members: dict[Any, list[float]] = {}
    for line, group in zip(lines, groups):
        if line["reward"] is not None:
            members.setdefault(group, []).append(line["reward"])
    everything = [reward for rewards in members.values() for reward in rewards]
    return [
        line["reward"] if line["reward"] is not None else _mean(members.get(group, everything))
        for line, group in zip(lines, groups)
    ]


def same_keys(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Gives every row the keys of all, with 0.0 where it had none, as frameworks that make columns of rows need."""
    keys = {key: None for row in rows for key in row}
    return [{key: row.get(key, 0.0) for key in keys} for row in rows]


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _text(content: Any) -> str:
    if isinstance(content, str):
        return content
    if isinstance(content, Sequence):
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, Mapping))
    return ""


def _checked(lines: list[Score]) -> list[Score]:
    for place, line in enumerate(lines):
        if line["infra_error"] and line["verdict"] is None:
            raise RequestRefused(
                f"rollout {place} has no task that can be read: {line.get('error')}",
                hint="look at the dataset's column that holds the task",
            )
    return lines


def _unscored(items: Sequence[Rollout], error: InfraError) -> list[Score]:
    _log.error("%d rollouts could not be scored: %s", len(items), error)
    line: dict[str, Any] = {"reward": None, "verdict": "internal_error", "infra_error": 1, "exec_ms": 0.0}
    return [cast(Score, {"id": place, **line, "queue_ms": 0.0, "error": str(error)}) for place in range(len(items))]
