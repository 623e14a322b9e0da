"""Lets several reward functions look at one execution of the same rollout."""

from __future__ import annotations

import asyncio
import collections
import hashlib
import json
import os
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from typing import Any

from retort.records import Score
from retort.scorer import Scorer, last_reply
from retort.settings import Settings

_ENTRIES = 8192
_FAILURES_KEPT = 30.0


class SharedScores:
    """Score lines of late, by completion and task; who asks while another's execution runs waits for that one."""

    def __init__(self, scorer: Scorer) -> None:
        self._scorer = scorer
        self._lock = threading.Lock()
        self._entries: collections.OrderedDict[bytes, _Entry] = collections.OrderedDict()

    def score(self, completions: Sequence[Any], tasks: Sequence[Any]) -> list[Score]:
        """Scores what was not scored yet, and gives every line."""
        entries, mine = self._claim(completions, tasks)
        if mine:
            with _Promise([entries[place] for place in mine]) as promise:
                promise.keep(
                    self._scorer.score([completions[place] for place in mine], [tasks[place] for place in mine])
                )
        return [entry.line.result() for entry in entries]

    async def ascore(self, completions: Sequence[Any], tasks: Sequence[Any]) -> list[Score]:
        """Scores as `score` does, without blocking the event loop."""
        entries, mine = self._claim(completions, tasks)
        if mine:
            with _Promise([entries[place] for place in mine]) as promise:
                promise.keep(
                    await self._scorer.ascore([completions[place] for place in mine], [tasks[place] for place in mine])
                )
        return [await asyncio.shield(asyncio.wrap_future(entry.line)) for entry in entries]

    def _claim(self, completions: Sequence[Any], tasks: Sequence[Any]) -> tuple[list[_Entry], list[int]]:
        """The entry of each rollout, and the places of those that nobody scores yet."""
        entries: list[_Entry] = []
        mine: list[int] = []
        with self._lock:
            for place, (completion, task) in enumerate(zip(completions, tasks, strict=True)):
                key = _key(completion, task)
                entry = self._entries.get(key)
                if entry is None or entry.is_stale:
                    entry = self._entries[key] = _Entry()
                    mine.append(place)
                self._entries.move_to_end(key)
                entries.append(entry)
            while len(self._entries) > max(_ENTRIES, len(entries)):
                self._entries.popitem(last=False)
        return entries, mine


class _Entry:
    """One line that is there or will be."""

    def __init__(self) -> None:
        self.line: Future[Score] = Future()
        self._since = time.monotonic()

    @property
    def is_stale(self) -> bool:
        """Whether it is worth another try: the functions of one step agree on a failure, the next step asks anew."""
        if not self.line.done():
            return False
        if self.line.exception() is not None:
            return True
        return self.line.result()["reward"] is None and time.monotonic() - self._since > _FAILURES_KEPT


class _Promise:
    """Sees to it that who waits for an entry gets a line or an error, whatever becomes of who scores it."""

    def __init__(self, entries: Sequence[_Entry]) -> None:
        self._entries = entries

    def keep(self, lines: Sequence[Score]) -> None:
        """Gives the lines."""
        for entry, line in zip(self._entries, lines, strict=True):
            entry.line.set_result(line)

    def __enter__(self) -> _Promise:
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        for entry in self._entries:
            if not entry.line.done():
                entry.line.set_exception(error or RuntimeError("no line was given"))


_lock = threading.Lock()
_shared: dict[Settings, SharedScores] = {}


def shared_scores(scorer: Scorer) -> SharedScores:
    """The lines that all functions of the same settings share in this process, also when they were pickled apart."""
    with _lock:
        scores = _shared.get(scorer.settings)
        if scores is None:
            scores = _shared[scorer.settings] = SharedScores(scorer)
        return scores


def _after_fork_in_child() -> None:
    global _lock
    _lock = threading.Lock()
    _shared.clear()


os.register_at_fork(after_in_child=_after_fork_in_child)


def _key(completion: Any, task: Any) -> bytes:
    text = task if isinstance(task, str) else json.dumps(task, sort_keys=True, default=str)
    reply = last_reply(completion)
    digest = hashlib.blake2b(f"{len(text)} ".encode(), digest_size=16)
    digest.update(text.encode("utf-8", "replace") + reply.encode("utf-8", "replace"))
    return digest.digest()
