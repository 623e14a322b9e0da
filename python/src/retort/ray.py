"""Scores on every machine of a Ray cluster: actors with an engine each, and batches for them.

    pool = retort.ray.Pool(preset="tests")
    lines = pool.score(items)                    # in the order of the items
    for place, line in pool.score_iter(items):   # as they come

An actor that dies, with its machine or alone, is replaced where there is room, and its batch is scored by another; each
item's line comes once. Needs `pip install retort[ray]`, and the wheel with the native program on every machine.
"""

from __future__ import annotations

import collections
import logging
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import ray
from ray.exceptions import RayActorError, RayError, RayTaskError

from retort.batches import Batch, batches
from retort.errors import InfraError, RetortError, ServiceUnavailable
from retort.records import Rollout, Score
from retort.scorer import Scorer

_log = logging.getLogger("retort")

_ITEMS_EACH = 32
_FEWEST_ITEMS_EACH = 16
_BATCHES_AHEAD = 2
_TIMES_TRIED = 4


class EngineActor:
    """One engine on one machine of the cluster."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self._engine = Scorer(**settings).engine

    def score(self, items: list[dict[str, Any]], options: Mapping[str, Any]) -> list[Score]:
        """Scores one batch."""
        return self._engine.score(items, **options)

    def node(self) -> str:
        """The name of the machine that this runs on."""
        return str(ray.get_runtime_context().get_node_id())


class Pool:
    """Actors over a cluster, each with as many batches ahead as keep it busy."""

    def __init__(
        self,
        actors: int | None = None,
        *,
        cores_each: int = 2,
        items_each: int = _ITEMS_EACH,
        start_timeout: float = 120.0,
        **settings: Any,
    ) -> None:
        """Starts the actors; Ray has to be there already (`ray.init(address="auto")`), or is started on this machine.

        - `actors`: how many; as many as the cluster has room for when it is not given.
        - `cores_each`: how many of the cluster's cores an actor takes, and how many programs it runs at once.
        - `items_each`: how many rollouts go to an actor at once, 16 at least.
        - `start_timeout`: seconds for which no actor may be ready before scoring gives up.
        - `settings`: as for `Settings.from_environment`; every actor takes them.
        """
        if not ray.is_initialized():
            ray.init()
        self.items_each = max(items_each, _FEWEST_ITEMS_EACH)
        self.start_timeout = start_timeout
        self.ready: list[Any] = []
        self.starting: dict[Any, Any] = {}
        self._cores_each = cores_each
        self._settings = {"arguments": ("--jobs", str(cores_each)), **settings}
        room = int(ray.cluster_resources().get("CPU", 1) / cores_each)
        for _ in range(max(1, room if actors is None else actors)):
            self._start()

    def score(self, items: Iterable[Rollout | Mapping[str, Any]], **options: Any) -> list[Score]:
        """Scores rollouts and returns their lines in the order of the items; options as for `Engine.score`."""
        lines = dict(self.score_iter(items, **options))
        return [lines[place] for place in range(len(lines))]

    def score_iter(self, items: Iterable[Rollout | Mapping[str, Any]], **options: Any) -> Iterator[tuple[int, Score]]:
        """Gives each item's place and line as its batch is done, reading ahead only what keeps the actors busy."""
        return _Distribution(self, options).over(batches(items, self.items_each))

    def nodes(self) -> dict[str, int]:
        """How many actors are ready on each machine."""
        for reference in ray.wait(list(self.starting), num_returns=len(self.starting), timeout=0)[0]:
            self.settle(reference)
        return dict(collections.Counter(ray.get([actor.node.remote() for actor in self.ready])))

    def close(self) -> None:
        """Ends the actors."""
        for actor in [*self.ready, *self.starting.values()]:
            ray.kill(actor)
        self.ready.clear()
        self.starting.clear()

    def settle(self, reference: Any) -> None:
        """Takes a start that came to an end: the actor is ready, or another one is started."""
        actor = self.starting.pop(reference)
        try:
            ray.get(reference)
        except RayActorError as error:
            _log.warning("an actor did not start: %s", error)
            self._start()
        else:
            self.ready.append(actor)

    def replace(self, actor: Any) -> None:
        """Starts an actor for one that died; it gets no work before it is ready, for there may be no room for it."""
        if actor in self.ready:
            self.ready.remove(actor)
            self._start()

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _start(self) -> None:
        # Restarts are ours: Ray's own would hold an actor's batches until there is room for it again.
        kind = ray.remote(num_cpus=self._cores_each, max_restarts=0, scheduling_strategy="SPREAD")(EngineActor)
        actor = kind.remote(self._settings)
        self.starting[actor.node.remote()] = actor


class _Distribution:
    """One scoring: which batch is where, and what is done again."""

    def __init__(self, pool: Pool, options: Mapping[str, Any]) -> None:
        self._pool = pool
        self._options = options
        self._under_way: dict[Any, tuple[Any, Batch]] = {}
        self._again: collections.deque[Batch] = collections.deque()
        self._tries: collections.Counter[int] = collections.Counter()

    def over(self, source: Iterator[Batch]) -> Iterator[tuple[int, Score]]:
        """Gives place and line of each item."""
        following = next(source, None)
        while following is not None or self._again or self._under_way:
            following = self._hand_out(following, source)
            idle = not self._under_way
            waited_for = [*self._under_way, *self._pool.starting]
            done, _ = ray.wait(waited_for, timeout=self._pool.start_timeout if idle else None)
            if not done:
                raise ServiceUnavailable(
                    f"no actor was ready in {self._pool.start_timeout:g} s",
                    hint="does the cluster have free cores? see 'ray status'",
                )
            for reference in done:
                if reference in self._pool.starting:
                    self._pool.settle(reference)
                    continue
                actor, batch = self._under_way.pop(reference)
                lines = self._lines_of(reference, actor, batch)
                if lines is not None:
                    yield from zip(batch.places, lines)

    def _hand_out(self, following: Batch | None, source: Iterator[Batch]) -> Batch | None:
        """Gives batches to the least busy actors, and returns the next that is for nobody yet."""
        load = collections.Counter(dict.fromkeys(self._pool.ready, 0))
        load.update(actor for actor, _ in self._under_way.values() if actor in load)
        while load and (self._again or following is not None):
            actor, ahead = min(load.items(), key=lambda entry: entry[1])
            if ahead >= _BATCHES_AHEAD:
                break
            if self._again:
                batch = self._again.popleft()
            else:
                assert following is not None
                batch, following = following, next(source, None)
            self._under_way[actor.score.remote(batch.items, self._options)] = (actor, batch)
            load[actor] += 1
        return following

    def _lines_of(self, reference: Any, actor: Any, batch: Batch) -> list[Score] | None:
        """The lines of a batch, or None when it has to be scored again."""
        try:
            return batch.restore({"results": ray.get(reference)})
        except RayTaskError as error:
            cause = error.cause
            if not isinstance(cause, RetortError):
                raise
            if not isinstance(cause, InfraError) or not self._may_try_again(batch):
                raise cause from error
        except RayError as error:
            # With its machine an actor's answers are lost too, though the actor itself may have ended well.
            if isinstance(error, RayActorError):
                self._pool.replace(actor)
            if not self._may_try_again(batch):
                raise ServiceUnavailable(f"a batch was lost {_TIMES_TRIED} times: {error}") from error
        self._again.append(batch)
        return None

    def _may_try_again(self, batch: Batch) -> bool:
        self._tries[batch.places[0]] += 1
        return self._tries[batch.places[0]] < _TIMES_TRIED
