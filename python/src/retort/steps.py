"""What an engine's methods do, written once for those that block and those that do not.

A method is a generator of what it wants done: a request sent, an answer waited for. Who drives it does that in its own
way, and gives it what came of it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from retort.batches import Batch, batches, is_unscored
from retort.records import Score
from retort.transport import Call, Result

T = TypeVar("T")


@dataclass(frozen=True)
class Send:
    """Wants a request sent, however long there is no room for it."""

    call: Call


@dataclass(frozen=True)
class Receive:
    """Wants the answer of a request that was sent."""

    call: Call


Steps = Generator["Send | Receive", Result, T]


def asking(method: str, params: Mapping[str, Any]) -> Steps[Result]:
    """Sends one request, and gives its answer."""
    call = Call(method, params)
    yield Send(call)
    return (yield Receive(call))


def scoring(items: Iterable[Mapping[str, Any]], options: Mapping[str, Any], retries: int) -> Steps[list[Score]]:
    """Scores items in requests side by side, and what a fault of ours left without a reward again."""
    work = list(batches(items))
    results: list[Score] = []
    calls: list[Call] = []
    try:
        for batch in work:
            calls.append(Call("score", {"items": batch.items, **options}))
            yield Send(calls[-1])
        for batch, call in zip(work, calls):
            results += batch.restore((yield Receive(call)))
    finally:
        for call in calls:
            call.future.cancel()
    for places, again in _unscored(work, results, retries):
        answer = yield from asking("score", {"items": again, **options})
        for place, line in zip(places, answer["results"]):
            line["id"] = results[place]["id"]
            results[place] = line
    return results


def _unscored(
    work: list[Batch], results: list[Score], retries: int
) -> Iterator[tuple[list[int], list[dict[str, Any]]]]:
    """The items that are to be scored again, each time anew until the tries are used up."""
    for _ in range(retries):
        places = [place for place, line in enumerate(results) if is_unscored(line)]
        if not places:
            return
        sent = [item for batch in work for item in batch.items]
        yield places, [sent[place] for place in places]
