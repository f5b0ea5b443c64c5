"""What is due in which second: a bucket per second, so that nothing grows with the show."""

from __future__ import annotations

from typing import Generic, TypeVar

Item = TypeVar("Item")


class Calendar(Generic[Item]):
    """Things that will happen, by the second in which they are due."""

    __slots__ = ("_buckets",)

    def __init__(self) -> None:
        """Start with nothing due."""
        self._buckets: dict[int, list[tuple[int, Item]]] = {}

    def put(self, at_ms: int, item: Item) -> None:
        """Let `item` happen at an instant (ms of show)."""
        self._buckets.setdefault(at_ms // 1000, []).append((at_ms, item))

    def take(self, second: int) -> list[tuple[int, Item]]:
        """Return and forget what is due in one second, in order of time."""
        due = self._buckets.pop(second, [])
        due.sort(key=_at)
        return due


def _at(entry: tuple[int, object]) -> int:
    return entry[0]
