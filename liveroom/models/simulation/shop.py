"""Stock: what there is, what the show believes there is, and who else sells it.

The *pool* is what lies on the shelf. The *list* is what the show sells from. They are one while the
stock is integrated, or while nobody else sells. Else the other channels take from the pool, the show
takes from its list, and the list is brought up to date every so often: in between, the show can sell
what is gone. Such units are sold on paper only and their order is cancelled later.
"""

from __future__ import annotations

import numpy as np

from liveroom.models import events as e
from liveroom.models.simulation.draws import Streams
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.scenarios.scenario import Product, Scenario


class Shelf:
    """One product: units per variant in the pool and in the show's list."""

    __slots__ = (
        "listed",
        "lost",
        "oversold",
        "pool",
        "product",
        "reserved",
        "sold_elsewhere",
        "told",
    )

    def __init__(self, product: Product) -> None:
        """Start with both alike."""
        self.product = product
        kinds = [each.stock for each in product.variants] or [product.stock]
        self.pool, self.listed = list(kinds), list(kinds)
        self.reserved = self.sold_elsewhere = self.oversold = self.lost = 0
        self.told = -1


class Shop:
    """All shelves, and the other sales channels."""

    def __init__(self, scenario: Scenario, streams: Streams, reporter: Reporter) -> None:
        """Fill the shelves; the catalogue says what other channels sell a minute."""
        model = self._model = scenario.shop
        self._streams, self._reporter = streams, reporter
        self.shelves = [Shelf(product) for product in scenario.products]
        self._others = np.array([each.other_sales for each in scenario.products]) / 60
        self._others *= model.other_sales
        self._has_others = bool(self._others.any())
        self.integrated = model.integrated >= 0.5
        self._every = round(model.synchronised * 60)
        self._told_every = round(model.measured_every)
        self.there = [product.stock > 0 for product in scenario.products]
        """Whether the show believes there is any, of each product."""
        self.changes = 0
        """How often that changed."""

    def listed(self, place: int) -> int:
        """Return the units that the show believes there are."""
        return sum(self.shelves[place].listed)

    def has(self, place: int, kind: int) -> bool:
        """Return whether the show believes there is one of a kind."""
        return self.shelves[place].listed[kind] > 0

    def kind(self, place: int, chance: float) -> int:
        """Return the variant that somebody wants; products without have one kind."""
        variants = self.shelves[place].product.variants
        for number, variant in enumerate(variants):
            chance -= variant.share
            if chance < 0:
                return number
        return max(0, len(variants) - 1)

    def sell(self, place: int, kind: int, units: int) -> tuple[int, int]:
        """Sell from the list as far as it goes; return units sold, and how many of them are there."""
        shelf = self.shelves[place]
        sold = min(units, shelf.listed[kind])
        there = min(sold, shelf.pool[kind])
        shelf.listed[kind] -= sold
        shelf.pool[kind] -= there
        shelf.oversold += sold - there
        shelf.reserved = max(0, shelf.reserved - there)
        self._changed(place)
        return sold, there

    def give_back(self, place: int, kind: int, units: int) -> None:
        """Put what was sold back on the shelf and on the list."""
        shelf = self.shelves[place]
        shelf.pool[kind] += units
        shelf.listed[kind] += units
        self._changed(place)

    def reserve(self, place: int, units: int) -> None:
        """Keep units for the show: other channels do not sell the last ones of the pool."""
        self.shelves[place].reserved = units

    def integrate(self, on: bool) -> None:
        """Let all channels count down one stock from now on, or not any more."""
        self.integrated = on
        if on:
            self._synchronise()

    def lose(self, place: int) -> None:
        """Let another channel take all that is left, and everybody know it."""
        shelf = self.shelves[place]
        shelf.lost += sum(shelf.pool)
        shelf.pool, shelf.listed = [0] * len(shelf.pool), [0] * len(shelf.listed)
        self._changed(place)

    def step(self, second: int) -> None:
        """Let the other channels sell for a second, and the list be brought up to date."""
        if self._has_others:
            wanted = self._streams["other channels"].poisson(self._others).tolist()
            for place, units in enumerate(wanted):
                for _ in range(units):
                    self._sell_elsewhere(place)
        if self.integrated or (second and second % self._every == 0):
            self._synchronise()

    def report(self, second: int) -> None:
        """Report what the show believes, where it changed since the last time."""
        if second % self._told_every:
            return
        for shelf in self.shelves:
            units = sum(shelf.listed)
            if units != shelf.told:
                shelf.told = units
                fact = {"sku": shelf.product.sku, "units": units}
                self._reporter.tell(e.StockMeasured, "stock", second * 1000 + 999, **fact)

    def _sell_elsewhere(self, place: int) -> None:
        shelf = self.shelves[place]
        if sum(shelf.pool) <= shelf.reserved:
            return
        kind = 0
        if len(shelf.pool) > 1:
            kind = self.kind(place, float(self._streams["other sizes"].random()))
        if shelf.pool[kind]:
            shelf.pool[kind] -= 1
            shelf.sold_elsewhere += 1

    def _synchronise(self) -> None:
        if not self._has_others:
            return
        for place, shelf in enumerate(self.shelves):
            if shelf.listed != shelf.pool:
                shelf.listed = list(shelf.pool)
                self._changed(place)

    def _changed(self, place: int) -> None:
        is_there = any(self.shelves[place].listed)
        if is_there is not self.there[place]:
            self.there[place] = is_there
            self.changes += 1
