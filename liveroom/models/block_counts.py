"""Counts by blocks of time in bounded memory: when a show grows longer, its blocks grow wider.

The state depends on which minutes were counted and not on their order of arrival: blocks are as wide as
the whole span needs, and every width is a multiple of the one before.
"""

from __future__ import annotations

MOST_BLOCKS = 240
_STEPS = (1, 5, 10, 30, 60, 360, 1_440, 10_080)
VISITS, ORDERS, REVENUE = range(3)


def width_for(first: int, last: int, most: int, least: int = 1) -> int:
    """Return how many minutes a block needs so that at most `most` hold the minutes from first to last."""
    width = next(step for step in _STEPS if step >= least) if least <= _STEPS[-1] else least
    while last // width - first // width >= most:
        width = next((step for step in _STEPS if step > width), width * 4)
    return width


class BlockCounts:
    """Visits, orders and revenue per block; at most `MOST_BLOCKS` of them."""

    __slots__ = ("_first", "_last", "counts", "width")

    def __init__(self, counts: dict[int, list[int]] | None = None, width: int = 1) -> None:
        """Start empty, or from the `counts` and the `width` of another."""
        self.counts: dict[int, list[int]] = counts or {}
        """By the first minute of a block (since the epoch): visits, orders, revenue (minor units)."""
        self._first = min(self.counts, default=1 << 62)
        self._last = max(self.counts, default=-(1 << 62))
        self.width = width
        """Minutes that a block is wide."""

    def add(self, minute: int, visits: int = 0, orders: int = 0, revenue_minor: int = 0) -> None:
        """Count in the block of a minute."""
        block = minute - minute % self.width
        row = self.counts.get(block)
        if row is None:
            block = self._widen(minute)
            row = self.counts.setdefault(block, [0, 0, 0])
        row[VISITS] += visits
        row[ORDERS] += orders
        row[REVENUE] += revenue_minor

    def _widen(self, minute: int) -> int:
        """Make room for a minute; return the first minute of its block."""
        self._first, self._last = min(self._first, minute), max(self._last, minute)
        width = width_for(self._first, self._last, MOST_BLOCKS, self.width)
        if width != self.width:
            self.counts, self.width = regrouped(self.counts, width), width
        return minute - minute % width


def regrouped(counts: dict[int, list[int]], width: int) -> dict[int, list[int]]:
    """Return counts by blocks of `width` minutes, a multiple of the width that they have."""
    found: dict[int, list[int]] = {}
    for minute, row in counts.items():
        block = minute - minute % width
        sums = found.setdefault(block, [0] * len(row))
        for place, value in enumerate(row):
            sums[place] += value
    return found
