"""What can be plotted against what: one line per metric.

A metric is evaluated at instants from the running totals, so that it costs as many steps as the curve
has points, whatever the length of the show. Their definitions are `curve.…` in the table of definitions.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from liveroom.models.definitions import DEFINITIONS
from liveroom.models.definitions.definition import Definition
from liveroom.models.timeline import Column
from liveroom.ui.freshness import told_until
from liveroom.ui.parts import curves

if TYPE_CHECKING:
    from liveroom.models.snapshot import Series, Snapshot

Floats = NDArray[np.float64]
Values = Callable[["Series", Floats, int], Floats]
"""Of a series, instants (k, s UTC) and the minutes that a point stands for: k values, NaN where unknown."""

HELD_SECONDS = 120
"""A sample of the audience says nothing of later instants, as in the mean over time."""
_SETTLING_SECONDS = 300
"""A window that has hardly begun jumps; the curve of a rate starts when half of it is there."""


class Unit(StrEnum):
    """What a metric is counted in."""

    COUNT = "count"
    PER_MINUTE = "per minute"
    MONEY = "money"
    """Minor units of the session's currency."""
    RATE = "rate"


class Metric(NamedTuple):
    """Something that can be plotted; `key` is stored in settings and never shown."""

    key: str
    word: str
    """Beside the newest value, at the curve's end."""
    unit: Unit
    figures: tuple[str, ...]
    """The figures of a show that must be known; none: the samples of the audience."""
    values: Values
    settles: bool = False

    @property
    def definition(self) -> Definition:
        """Return what it means."""
        return DEFINITIONS[f"curve.{self.key}"]

    def ratio_words(self) -> str:
        """Return what is divided by what, for the title of the panel; blank where nothing is."""
        words = _RATIOS.get(self.key, "")
        return f"{self.word}: {words}, 10 min" if words else ""

    def is_known(self, snapshot: Snapshot) -> bool:
        """Return whether a source provides it."""
        facts = self.definition.facts
        known = all(getattr(snapshot.totals, name) is not None for name in self.figures)
        return known and all(fact in snapshot.counting for fact in facts)

    def at(self, snapshot: Snapshot, instants: Floats, minutes: int = 1) -> Floats:
        """Return the values at instants (k, s UTC); NaN before the show, after now, and in silence."""
        found = self.values(snapshot.series, instants, minutes)
        begin = (snapshot.started_at or 0) / 1000 + (_SETTLING_SECONDS if self.settles else 0)
        found[(instants < begin) | (instants > self.last_told(snapshot))] = np.nan
        return found

    def last_told(self, snapshot: Snapshot) -> int:
        """Return the newest instant (s UTC) of which its sources told: now, unless one is silent."""
        now, told = snapshot.at // 1000 + 1, told_until(snapshot, self.definition.facts)
        return now if told is None else min(now, told)


def _audience(series: Series, instants: Floats, minutes: int) -> Floats:
    times, values = series.audience_times, series.audience
    if not len(times):
        return np.full(len(instants), np.nan)
    at = np.ceil(instants * 1000).astype(np.int64)
    places = np.searchsorted(times, at, side="right") - 1
    found = values[np.maximum(places, 0)].astype(np.float64)
    found[(places < 0) | (at - times[places] > HELD_SECONDS * 1000)] = np.nan
    return found


def _per_minute(column: Column) -> Values:
    def values(series: Series, instants: Floats, minutes: int) -> Floats:
        (counts,) = curves.counted(series.totals, instants, column, seconds=minutes * 60)
        return np.asarray(counts / minutes, dtype=np.float64)

    return values


def _rate(part: Column, whole: Column, least: int) -> Values:
    """Return part ÷ whole of the 10 minutes before each instant, where the whole is `least` or more."""

    def values(series: Series, instants: Floats, minutes: int) -> Floats:
        parts, wholes = curves.counted(series.totals, instants, part, whole)
        rates = parts / np.maximum(wholes, 1)
        rates[wholes < least] = np.nan
        return np.asarray(rates, dtype=np.float64)

    return values


def _margin(series: Series, instants: Floats, minutes: int) -> Floats:
    columns = (Column.REVENUE, Column.COSTED_REVENUE, Column.COST)
    revenue, costed, cost = curves.counted(series.totals, instants, *columns)
    found = np.asarray((costed - cost) / (curves.WINDOW_SECONDS / 60), dtype=np.float64)
    found[(revenue > 0) & (costed == 0) & (cost == 0)] = np.nan
    return found


def _flow(key: str, word: str, figure: str, column: Column, unit: Unit = Unit.PER_MINUTE) -> Metric:
    return Metric(key, word, unit, (figure,), _per_minute(column))


_RATIOS = {
    "conversion": "orders ÷ visits",
    "average_order_value": "revenue ÷ orders",
    "click_to_order_rate": "orders ÷ clicks",
}
LEAST_ORDERS, LEAST_CLICKS = 5, 30
"""A mean or a rate of fewer is not drawn; of visits see `curves.LEAST_VISITS`."""

METRICS: tuple[Metric, ...] = (
    Metric("audience", "audience", Unit.COUNT, (), _audience),
    Metric(
        "conversion",
        "conversion",
        Unit.RATE,
        ("orders", "visits"),
        _rate(Column.ORDERS, Column.VISITS, curves.LEAST_VISITS),
        settles=True,
    ),
    _flow("revenue", "revenue/min", "revenue_minor", Column.REVENUE, Unit.MONEY),
    _flow("orders", "orders/min", "orders", Column.ORDERS),
    _flow("visits", "visits/min", "visits", Column.VISITS),
    _flow("views", "views/min", "product_views", Column.PRODUCT_VIEWS),
    _flow("clicks", "clicks/min", "product_clicks", Column.PRODUCT_CLICKS),
    _flow("cart_adds", "carts/min", "cart_adds", Column.CART_ADDS),
    _flow("chat", "chat/min", "chat_messages", Column.CHAT_MESSAGES),
    _flow("reactions", "reactions/min", "reactions", Column.REACTIONS),
    _flow("leads", "leads/min", "leads", Column.LEADS),
    Metric("margin", "margin/min", Unit.MONEY, ("margin_minor",), _margin, settles=True),
    _flow("ad_spend", "ad spend/min", "ad_spend_minor", Column.AD_SPEND, Unit.MONEY),
    Metric(
        "average_order_value",
        "AOV",
        Unit.MONEY,
        ("orders", "revenue_minor"),
        _rate(Column.REVENUE, Column.PRICED_ORDERS, LEAST_ORDERS),
        settles=True,
    ),
    Metric(
        "click_to_order_rate",
        "CTOR",
        Unit.RATE,
        ("orders", "product_clicks"),
        _rate(Column.ORDERS, Column.PRODUCT_CLICKS, LEAST_CLICKS),
        settles=True,
    ),
)
BY_KEY = {metric.key: metric for metric in METRICS}
DEFAULT = ("audience", "conversion")
