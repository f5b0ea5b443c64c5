"""What earlier shows had at the same minute, and the median of them.

An earlier show is kept as its running totals at every whole minute since its first fact. Between two minutes
a count is taken to grow evenly. A show that was over by then says nothing about that minute.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from liveroom.models.cart_alarm import recent_carts
from liveroom.models.facts import Fact
from liveroom.models.figures import Figures, Known
from liveroom.models.int_rows import Ints
from liveroom.models.show import Show

_MINUTE_MS = 60_000
_WINDOW = 10
_LOOK_EVERY_MS = 10_000
_MOST_MINUTES = 24 * 60


class Median(Struct, frozen=True, kw_only=True, gc=False):
    """The middle one of what `shows` earlier shows had at the same minute; money in minor units."""

    value: float
    shows: int


class EarlierShow(Struct, frozen=True, kw_only=True):
    """Running totals (n, Column), audience and share of the recent carts left (n) at n whole minutes."""

    totals: Ints
    known: Known
    audience: NDArray[np.float64]
    abandonment: NDArray[np.float64]

    def values(self, elapsed_ms: int) -> Mapping[str, float]:
        """Return the key figures so long after the first fact; none once the show was over."""
        if not 0 <= elapsed_ms <= (len(self.totals) - 1) * _MINUTE_MS:
            return {}
        minutes = elapsed_ms / _MINUTE_MS
        figures = self._figures(0, minutes)
        recent = self._figures(max(0, minutes - _WINDOW), minutes)
        width = min(_WINDOW, max(1, minutes))
        whole = int(minutes)
        found: dict[str, float | None] = {
            "revenue": figures.revenue_minor,
            "orders": figures.orders,
            "visits": figures.visits,
            "leads": figures.leads,
            "conversion": figures.conversion_rate,
            "average_order_value": figures.average_order_value_minor,
            "roas": figures.roas,
            "cpl": figures.cpl_minor,
            "sales_per_minute": _per(recent.revenue_minor, width),
            "chat_per_minute": _per(recent.chat_messages, width),
            "audience": float(self.audience[whole]),
            "abandonment_10": float(self.abandonment[whole]),
        }
        return {
            key: float(value)
            for key, value in found.items()
            if value is not None and not np.isnan(value)
        }

    def _figures(self, since: float, until: float) -> Figures:
        """Return what was counted between two minutes."""
        counts = self._row(until) - self._row(since)
        return self.known.figures([round(count) for count in counts.tolist()])

    def _row(self, minutes: float) -> NDArray[np.float64]:
        place = min(int(minutes), len(self.totals) - 1)
        following = min(place + 1, len(self.totals) - 1)
        here = self.totals[place].astype(np.float64)
        between: NDArray[np.float64] = here + (self.totals[following] - here) * (minutes - place)
        return between


class EarlierShows:
    """The earlier shows found so far; those of the same currency and kind, or they say nothing."""

    def __init__(self) -> None:
        """Start with none."""
        self._shows: list[EarlierShow] = []
        self._looked: tuple[int, int] = (-1, 0)
        self._medians: Mapping[str, Median] = {}

    def add(self, show: EarlierShow) -> None:
        """Take one more."""
        self._shows.append(show)

    def medians(self, elapsed_ms: int | None) -> Mapping[str, Median]:
        """Return, by key figure, the medians so long after the first fact, to ten seconds.

        The same object as long as nothing changes.
        """
        if elapsed_ms is None or not self._shows:
            return {}
        looked = elapsed_ms // _LOOK_EVERY_MS, len(self._shows)
        if looked != self._looked:
            self._looked = looked
            values = [show.values(looked[0] * _LOOK_EVERY_MS) for show in self._shows]
            self._medians = _medians(values)
        return self._medians


def earlier_show(show: Show) -> EarlierShow | None:
    """Return what is kept of a show that is over; None where nothing was ever counted in it."""
    first, last = show.first_at, show.last_at
    if first is None or last is None:
        return None
    minutes = min((last - first) // _MINUTE_MS, _MOST_MINUTES)
    instants = first + np.arange(minutes + 1, dtype=np.int64) * _MINUTE_MS
    return EarlierShow(
        totals=show.timeline.totals_at(instants // 1000),
        known=show.known(),
        audience=_audience(show, instants),
        abandonment=_abandonment(show, instants),
    )


def _audience(show: Show, instants: Ints) -> NDArray[np.float64]:
    times, values = show.audience.to_arrays()
    if not len(times):
        return np.full(len(instants), np.nan)
    places = np.searchsorted(times, instants, side="right") - 1
    return np.where(places >= 0, values[np.maximum(places, 0)], np.nan)


def _abandonment(show: Show, instants: Ints) -> NDArray[np.float64]:
    if not show.knows(Fact.CARTS, "visit"):
        return np.full(len(instants), np.nan)
    recent = recent_carts(show.cart_log.carts(), instants)
    rate = recent.abandoned / np.maximum(recent.begun, 1)
    return np.where(recent.begun > 0, rate, np.nan)


def _medians(values: Sequence[Mapping[str, float]]) -> Mapping[str, Median]:
    found: dict[str, list[float]] = {}
    for of_show in values:
        for key, value in of_show.items():
            found.setdefault(key, []).append(value)
    return {key: Median(value=median(of), shows=len(of)) for key, of in found.items()}


def _per(count: int | None, minutes: float) -> float | None:
    return None if count is None else count / minutes
