"""What the units sold cost the shop, per second of show, whatever arrives first: a sale or its cost.

The newest cost that the catalogue tells (by its time) counts for every unit of the product, those sold
before it was told included: a cost that comes late or is corrected moves the margin of the seconds in
which the units were sold. That is also how `measures.margin_minor` counts, and the two agree.
"""

from __future__ import annotations

import numpy as np

from liveroom.models.distinct import with_places
from liveroom.models.int_rows import IntRows, Ints
from liveroom.models.timeline import Column, Timeline
from liveroom.models.told import History, Told

_LINES, _REVENUE, _COST = int(Column.COSTED_LINES), int(Column.COSTED_REVENUE), int(Column.COST)
_WIDTH = 4
_FAR = 1 << 62
_LARGEST = 10**13
"""The cost of a line beyond this is a mistake, and no cost: sums of costs stay exact in 64 bits."""

Costed = tuple[int, int, int]
"""Lines whose cost is known, what they brought and what they cost (minor units)."""


class Margins:
    """Keeps every priced line sold, and counts those of a product anew when its cost changed."""

    def __init__(self) -> None:
        """Start with no sale and no cost."""
        self.sold = IntRows(_WIDTH)
        """Second, place of the product, units and amount of every line that has an amount."""
        self.skus: list[str] = []
        """The products by their place."""
        self.costs: dict[str, Told[int | None]] = {}
        """What a unit of a product costs in the session's currency; None where that has no rate."""
        self._places: dict[str, int] = {}
        self._counted: dict[str, int] = {}
        """The cost at which the lines in the timeline were counted."""
        self._stale: set[str] = set()

    @property
    def known(self) -> bool:
        """Return whether the cost of any product is known."""
        return any(told.newest is not None for told in self.costs.values())

    def cost_of(self, sku: str) -> int | None:
        """Return what a unit of a product costs, as told last."""
        told = self.costs.get(sku)
        return told.newest if told is not None else None

    def listed(self, sku: str, at: int, cost: int | None) -> None:
        """Take a cost (session's currency) that a catalogue told at an instant (ms UTC)."""
        told = self.costs.get(sku)
        if told is None:
            told = self.costs[sku] = Told()
        told.tell(at, cost)
        if told.newest != self._counted.get(sku):
            self._stale.add(sku)

    def line_sold(self, sku: str, second: int, units: int, value: int, row: list[int]) -> None:
        """Count a line into its second's row of the timeline; `value` is its amount."""
        place = self._places.get(sku)
        if place is None:
            place = self._places[sku] = len(self.skus)
            self.skus.append(sku)
        self.sold.add(second, place, units, value)
        cost = self._counted.get(sku)
        if cost is not None and abs(cost * units) <= _LARGEST:
            row[_LINES] += 1
            row[_REVENUE] += value
            row[_COST] += cost * units

    def settle(self, timeline: Timeline) -> None:
        """Count the lines of products whose cost changed anew; before a timeline is read."""
        if not self._stale:
            return
        stale = [sku for sku in self._stale if self.cost_of(sku) != self._counted.get(sku)]
        before = {sku: self._counted.get(sku) for sku in stale}
        after = {sku: self.cost_of(sku) for sku in stale}
        for second, change in _changes(self._lines_of(stale), before, after):
            row = timeline.row(second)
            for column, added in zip((_LINES, _REVENUE, _COST), change, strict=True):
                row[column] += added
        for sku, cost in after.items():
            if cost is None:
                self._counted.pop(sku, None)
            else:
                self._counted[sku] = cost
        self._stale.clear()

    def hindsight(self, at: int) -> Costed:
        """Return what the seconds up to an instant (ms UTC) count by costs that were told after it.

        That is what to take off the timeline's totals to have them as they were known at `at`.
        """
        before, after = dict[str, int | None](), dict[str, int | None]()
        for sku, told in self.costs.items():
            known = told.as_of(at)
            if known != self._counted.get(sku):
                before[sku], after[sku] = known, self._counted.get(sku)
        taken = np.zeros(3, dtype=np.int64)
        for sku, lines in self._lines_of(list(before), at // 1000) if before else ():
            taken += (_costed(lines, after[sku]) - _costed(lines, before[sku])).sum(axis=0)
        lines_, revenue, cost = taken.tolist()
        return lines_, revenue, cost

    def restore(self, sold: bytes, skus: list[str], costs: dict[str, History[int | None]]) -> None:
        """Put a settled state back; raises ValueError where `sold` holds no such rows."""
        self.sold.restore(sold)
        self.skus = skus
        self.costs = {sku: Told(history) for sku, history in costs.items()}
        self._places = {sku: place for place, sku in enumerate(skus)}
        newest = {sku: told.newest for sku, told in self.costs.items()}
        self._counted = {sku: cost for sku, cost in newest.items() if cost is not None}

    def _lines_of(self, skus: list[str], last: int = _FAR) -> list[tuple[str, Ints]]:
        """Return what was sold of each product up to a second: second, units and amount (n, 3)."""
        places = [self._places[sku] for sku in skus if sku in self._places]
        if not places:
            return []
        wanted = np.zeros(len(self.skus), dtype=np.bool_)
        wanted[places] = True
        rows = [chunk[wanted[chunk[:, 1]] & (chunk[:, 0] <= last)] for chunk in self.sold.chunks()]
        lines = np.concatenate(rows)
        lines = lines[np.argsort(lines[:, 1], kind="stable")]
        edges = np.flatnonzero(np.diff(lines[:, 1], prepend=-1))
        return [
            (self.skus[int(part[0, 1])], part[:, (0, 2, 3)])
            for part in np.split(lines, edges[1:])
            if len(part)
        ]


def _changes(
    sales: list[tuple[str, Ints]],
    before: dict[str, int | None],
    after: dict[str, int | None],
) -> list[tuple[int, Costed]]:
    """Return by how much each second counts otherwise at the costs `after` than at those `before`."""
    added: dict[int, list[int]] = {}
    for sku, lines in sales:
        for second, change in _summed(lines, before[sku], after[sku]):
            row = added.setdefault(second, [0, 0, 0])
            for place, number in enumerate(change):
                row[place] += number
    return [(second, (row[0], row[1], row[2])) for second, row in added.items()]


def _summed(lines: Ints, before: int | None, after: int | None) -> list[tuple[int, Costed]]:
    costed = _costed(lines, after) - _costed(lines, before)
    seconds, places = with_places(lines[:, 0])
    sums = np.zeros((len(seconds), 3), dtype=np.int64)
    np.add.at(sums, places, costed)
    return [
        (second, (one, two, three))
        for second, (one, two, three) in zip(seconds.tolist(), sums.tolist(), strict=True)
    ]


def _costed(lines: Ints, cost: int | None) -> Ints:
    """Return per line whether it has a cost, what it brought and what it cost, 0 where it has none."""
    if cost is None:
        return np.zeros((len(lines), 3), dtype=np.int64)
    units, value = lines[:, 1], lines[:, 2]
    has = np.abs(units.astype(np.float64) * cost) <= _LARGEST
    return np.stack(
        (has.astype(np.int64), np.where(has, value, 0), np.where(has, units, 0) * cost), axis=1
    )
