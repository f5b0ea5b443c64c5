"""What a producer can see at an instant, as named figures that policies and scores read.

A figure is worked out when it is asked for, from what was recorded until then; nothing here looks into
the simulated world. Money is in major units of the show's currency. None is unknown: no condition on
an unknown figure holds.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from liveroom.models.abandonment import ABANDONED_AFTER_MS, Abandonment
from liveroom.models.money import minor_digits
from liveroom.models.rehearsal.learned import Learned, minutes_on_air
from liveroom.models.rehearsal.witness import Witness
from liveroom.models.run_of_show import Segment, timings
from liveroom.models.show import Show
from liveroom.models.simulation.scenarios.scenario import Product, Scenario
from liveroom.models.timeline import Column


class Desk:
    """The desk of a simulated show at one instant."""

    def __init__(
        self, show: Show, witness: Witness, at: int, scenario: Scenario, learned: Learned
    ) -> None:
        """Look at `at` (ms UTC); of the scenario only the catalogue and the start are read."""
        self.show, self.witness, self.at = show, witness, at
        self.learned = learned
        self.catalogue: Mapping[str, Product] = {each.sku: each for each in scenario.products}
        self.started_at = scenario.starts_at
        self.currency = scenario.currency
        self._sums: dict[float, list[int]] = {}
        self._aired: Mapping[str, float] | None = None

    @property
    def minute(self) -> float:
        """Return the minutes since the show began."""
        return (self.at - self.started_at) / 60_000

    @property
    def segment(self) -> Segment | None:
        """Return the segment on air."""
        cue = self.show.run_of_show.on_air
        place = None if cue is None else self.show.run_of_show.index(cue.segment_id)
        return None if place is None else self.show.run_of_show.segments[place]

    @property
    def skus_on_air(self) -> tuple[str, ...]:
        """Return the products of the segment on air."""
        return () if self.segment is None else self.segment.skus

    def money(self, minor: float) -> float:
        """Return minor units as major ones."""
        return minor / 10.0 ** minor_digits(self.currency)

    def aired(self) -> Mapping[str, float]:
        """Return how many minutes each product was on air so far."""
        if self._aired is None:
            self._aired = minutes_on_air(self.show, self.at)
        return self._aired

    def counted(self, column: Column, since: float, until: float = 0.0) -> int:
        """Return what was counted from `since` to `until` minutes ago."""
        return self._until(until)[column] - self._until(since)[column]

    def per_minute(self, column: Column, over: float) -> float:
        """Return a count per minute over the last minutes, or over those so far."""
        span = min(over, self.minute)
        return self.counted(column, over) / span if span > 0 else 0.0

    def conversion(self, since: float, until: float = 0.0) -> float | None:
        """Return orders ÷ visits of a span of minutes ago, None without visits."""
        visits = self.counted(Column.VISITS, since, until)
        return self.counted(Column.ORDERS, since, until) / visits if visits else None

    def carts(self, settled: bool = False) -> Abandonment:
        """Return the carts as of now; with `settled` only those that had time to be abandoned."""
        until = self.at - ABANDONED_AFTER_MS if settled else None
        return self.show.cart_log.carts().as_of(self.at, until=until)

    def stock(self, sku: str) -> float | None:
        """Return the units left: as measured, else the catalogue's minus what was ordered."""
        product, tally = self.catalogue.get(sku), self.show.products.get(sku)
        if tally is not None and tally.stock is not None:
            return tally.stock
        if product is None:
            return None
        return max(0, product.stock - (tally.units if tally else 0))

    def margin(self, sku: str) -> float | None:
        """Return (price − cost) ÷ price of the catalogue."""
        product = self.catalogue.get(sku)
        if product is None or not product.price_minor:
            return None
        return 1 - product.cost_minor / product.price_minor

    def audience(self, over: float | None = None) -> tuple[float, float] | None:
        """Return the newest sample and the highest of the last minutes, or of the show so far."""
        times, values = self.show.audience.to_arrays()
        if not len(times):
            return None
        since = 0 if over is None else int(np.searchsorted(times, self.at - over * 60_000))
        since = min(since, len(values) - 1)
        return float(values[-1]), float(values[since:].max())

    def over_under(self) -> float | None:
        """Return the minutes by which the show is expected to end late; early is negative."""
        rows = timings(self.show.run_of_show, self.at)
        if not rows or rows[-1].end is None or rows[-1].planned_end is None:
            return None
        return (rows[-1].end - rows[-1].planned_end) / 60_000

    def _until(self, ago: float) -> list[int]:
        """Return the totals of the seconds that had ended `ago` minutes ago, by Column."""
        sums = self._sums.get(ago)
        if sums is None:
            second = round(self.at / 1000 - ago * 60)
            sums = self._sums[ago] = self.show.timeline.totals_until(second)
        return sums
