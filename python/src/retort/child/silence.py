"""Tells a process that works for long from one that will never answer."""

from __future__ import annotations

import time


class Silence:
    """How long a process that owes an answer has said nothing."""

    def __init__(self, stall_after: float) -> None:
        self._stall_after = stall_after
        self.ends()

    def ends(self) -> None:
        """Counts from now."""
        self._since = time.monotonic()
        self._asked: float | None = None

    def asks_now(self) -> bool:
        """Whether the process should be asked for its health now; true once in a silence."""
        if self._asked is None and time.monotonic() - self._since > self._stall_after:
            self._asked = time.monotonic()
            return True
        return False

    @property
    def is_a_stall(self) -> bool:
        """Whether the process had as long again to answer the question, and did not."""
        return self._asked is not None and time.monotonic() - self._asked > self._stall_after
