"""What was told of one thing over time, in whatever order it arrived: a product's cost, its price."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import Generic, TypeVar

V = TypeVar("V")

History = list[tuple[int, V]]
"""When (ms UTC) what was told, in order of time."""


class Told(Generic[V]):
    """Values by the instant (ms UTC) from which they hold; of two at one instant the one told later.

    Every telling is kept, the same value told again too: one that arrives late may lie between them.
    """

    __slots__ = ("history",)

    def __init__(self, history: History[V] | None = None) -> None:
        """Start with what was told before."""
        self.history: History[V] = history if history is not None else []

    def tell(self, at: int, value: V) -> None:
        """Take what holds from an instant on."""
        place = self._until(at)
        if place and self.history[place - 1][0] == at:
            self.history[place - 1] = (at, value)
        else:
            self.history.insert(place, (at, value))

    def as_of(self, at: int) -> V | None:
        """Return what held at an instant, None before the first."""
        place = self._until(at)
        return self.history[place - 1][1] if place else None

    @property
    def newest(self) -> V | None:
        """Return what holds since the last change."""
        return self.history[-1][1] if self.history else None

    def changes(self) -> Iterator[tuple[int, V, V]]:
        """Yield when something else was told than before, what held before and what holds since."""
        for (_, before), (at, after) in zip(self.history, self.history[1:], strict=False):
            if after != before:
                yield at, before, after

    def _until(self, at: int) -> int:
        return bisect_right(self.history, at, key=lambda each: each[0])
