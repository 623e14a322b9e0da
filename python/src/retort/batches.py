"""Cuts a long list of rollouts into requests that travel side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from retort.errors import RequestRefused
from retort.records import Score

_ITEMS_EACH = 256
_BYTES_EACH = 4 << 20


class Batch:
    """The items of one request; on the way each has its place in the request as its id."""

    def __init__(self) -> None:
        self.items: list[dict[str, Any]] = []
        self.places: list[int] = []
        self._ids: list[Any] = []

    def add(self, item: Mapping[str, Any], place: int) -> None:
        """Adds an item with its place among all, which is its id when it has none."""
        self._ids.append(item.get("id", place))
        self.places.append(place)
        self.items.append({**item, "id": len(self.items)})

    def original(self, index: int) -> dict[str, Any]:
        """The item as it was given, to send it again."""
        return {**self.items[index], "id": self._ids[index]}

    def restore(self, answer: Mapping[str, Any]) -> list[Score]:
        """Gives the score lines their own ids again."""
        return [self.restore_line(index, line) for index, line in enumerate(answer["results"])]

    def restore_line(self, index: int, line: dict[str, Any]) -> Score:
        """Gives one score line its own id again."""
        line["id"] = self._ids[index]
        return cast(Score, line)


def batches(items: Iterable[Mapping[str, Any]], items_each: int = _ITEMS_EACH) -> Iterator[Batch]:
    """Cuts by number and by size; one item that is larger than a request should be goes alone."""
    batch = Batch()
    size = 0
    for place, item in enumerate(items):
        if not isinstance(item, Mapping):
            raise RequestRefused(
                f"item {place} is a {type(item).__name__}",
                hint='an item is {"task": ..., "completion": ...}',
                code="invalid_request",
            )
        weight = _weight(item)
        if batch.items and (len(batch.items) >= items_each or size + weight > _BYTES_EACH):
            yield batch
            batch = Batch()
            size = 0
        batch.add(item, place)
        size += weight
    if batch.items:
        yield batch


def is_unscored(line: Mapping[str, Any]) -> bool:
    """Whether a line has no reward because of a fault of ours, so that trying again may give one."""
    return bool(line["infra_error"]) and line["verdict"] is not None


def _weight(value: Any) -> int:
    """About how many bytes a value has as JSON."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, Mapping):
        return sum(len(str(key)) + _weight(member) for key, member in value.items())
    if isinstance(value, (list, tuple)):
        return sum(_weight(member) for member in value)
    return 8
