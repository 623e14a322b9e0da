"""Bounds what is under way, so that a fast trainer waits instead of filling memory."""

from __future__ import annotations

import threading


class Admission:
    """Weights that are under way, up to a limit; one that is heavier than the limit goes alone."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._used = 0
        self._condition = threading.Condition()

    def enter(self, weight: int) -> None:
        """Waits until there is room."""
        with self._condition:
            while not self._has_room(weight):
                self._condition.wait()
            self._used += weight

    def try_enter(self, weight: int) -> bool:
        """Enters when there is room now, and says whether it did."""
        with self._condition:
            if not self._has_room(weight):
                return False
            self._used += weight
            return True

    def leave(self, weight: int) -> None:
        """Makes room for those who wait."""
        with self._condition:
            self._used -= weight
            self._condition.notify_all()

    def _has_room(self, weight: int) -> bool:
        return self._used == 0 or self._used + weight <= self._limit
