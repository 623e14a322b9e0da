"""What the engine needs of a way to reach `retort serve`, and the request that travels it."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Future, InvalidStateError
from typing import Any, Protocol

from retort.errors import RequestRefused

Result = dict[str, Any]
OnResult = Callable[[int, Result], None]


class Call:
    """One request on its way: what is asked, and the future of its answer.

    With `on_result` the results come one by one, in any order and each once; the answer says that all are there.
    """

    def __init__(
        self, method: str, params: Mapping[str, Any], on_result: OnResult | None = None, *, results: int = 0
    ) -> None:
        self.method = method
        self.params = encode(params)
        self.on_result = on_result
        self.future: Future[Result] = Future()
        self.times_sent = 0
        self._results = results
        self._delivered: set[int] = set()

    @property
    def is_done(self) -> bool:
        """Whether nobody waits any more."""
        return self.future.done()

    @property
    def missing(self) -> int:
        """How many results have not come yet, of those that come one by one."""
        return self._results - len(self._delivered)

    def deliver(self, index: int, result: Result) -> None:
        """Passes one result on, unless it was passed on before the request was sent again."""
        if self.on_result is not None and index not in self._delivered and not self.is_done:
            self._delivered.add(index)
            self.on_result(index, result)

    def succeed(self, answer: Result) -> None:
        """Gives the answer to whoever waits."""
        with contextlib.suppress(InvalidStateError):
            self.future.set_result(answer)

    def fail(self, error: BaseException) -> None:
        """Gives the error to whoever waits."""
        with contextlib.suppress(InvalidStateError, CancelledError):
            self.future.set_exception(error)


class Transport(Protocol):
    """A way to reach the engine; every method may be called from any thread."""

    def submit(self, call: Call) -> None:
        """Sends the request, waiting while too much is under way."""

    def try_submit(self, call: Call) -> bool:
        """Sends the request unless too much is under way, and says whether it did."""

    def close(self) -> None:
        """Ends what is under way with `EngineClosed`, and everything that was started."""


def encode(value: Mapping[str, Any]) -> bytes:
    """Writes one line of JSON; half a surrogate pair, which no UTF-8 can hold, becomes a question mark."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    except (TypeError, ValueError) as error:
        raise RequestRefused(f"the request is no JSON: {error}", code="invalid_request") from error
    return text.encode("utf-8", errors="replace")
