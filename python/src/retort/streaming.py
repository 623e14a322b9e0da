"""Scores a stream of rollouts, giving each line as soon as it is there."""

from __future__ import annotations

import collections
import queue
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from typing import Any

from retort.batches import Batch, batches, is_unscored
from retort.errors import InternalFault
from retort.records import Score
from retort.transport import Call, OnResult

_REQUESTS_UNDER_WAY = 8
_ITEMS_EACH = 64


class ScoreStream:
    """Keeps some requests under way and passes their results on, each item's once."""

    def __init__(self, submit: Callable[[Call], Call], options: Mapping[str, Any], retries: int) -> None:
        self._submit = submit
        self._options = options
        self._retries = retries
        self._arrived: queue.SimpleQueue[tuple[_Request, int, dict[str, Any] | None]] = queue.SimpleQueue()
        self._under_way: set[_Request] = set()
        self._again: collections.deque[tuple[int, dict[str, Any]]] = collections.deque()
        self._tries: collections.Counter[int] = collections.Counter()

    def over(self, items: Iterable[Mapping[str, Any]]) -> Iterator[tuple[int, Score]]:
        """Gives place and score line of each item."""
        source = batches(items, _ITEMS_EACH)
        try:
            while True:
                self._fill(source)
                if not self._under_way:
                    return
                request, index, line = self._arrived.get()
                if line is None:
                    self._finish(request)
                elif self._is_tried_again(request, index, line):
                    continue
                else:
                    yield request.batch.places[index], request.batch.restore_line(index, line)
        finally:
            for request in self._under_way:
                request.call.future.cancel()

    def _fill(self, source: Iterator[Batch]) -> None:
        while len(self._under_way) < _REQUESTS_UNDER_WAY:
            batch = next(source, None) or self._batch_of_repeats()
            if batch is None:
                return
            request = _Request(batch)
            params = {"items": batch.items, **self._options}
            request.call = Call("score", params, self._deliver(request), results=len(batch.items))
            self._under_way.add(request)
            request.call.future.add_done_callback(self._announce(request))
            self._submit(request.call)

    def _batch_of_repeats(self) -> Batch | None:
        if not self._again:
            return None
        batch = Batch()
        while self._again and len(batch.items) < _ITEMS_EACH:
            place, item = self._again.popleft()
            batch.add(item, place)
        return batch

    def _is_tried_again(self, request: _Request, index: int, line: dict[str, Any]) -> bool:
        place = request.batch.places[index]
        if not is_unscored(line) or self._tries[place] >= self._retries:
            return False
        self._tries[place] += 1
        self._again.append((place, request.batch.original(index)))
        return True

    def _finish(self, request: _Request) -> None:
        self._under_way.discard(request)
        request.call.future.result()
        if request.call.missing:
            raise InternalFault(f"{request.call.missing} of {len(request.batch.items)} results did not come")

    def _deliver(self, request: _Request) -> OnResult:
        return lambda index, line: self._arrived.put((request, index, line))

    def _announce(self, request: _Request) -> Callable[[Future[dict[str, Any]]], None]:
        return lambda _: self._arrived.put((request, -1, None))


class _Request:
    """One request of the stream."""

    call: Call

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
