"""Which product needs the producer's attention, and why: by the show's own mean, with enough evidence.

*Few orders*: of so many clicks the other products of the show would have brought twice the orders, even
if this product's true rate were at the upper end of its 95 % interval (Wilson 1927, Journal of the
American Statistical Association 22, 209–212). A product as good as the mean is accused of it less than
once in a thousand looks, whatever its clicks (the tests reckon it).

*Sells out*: the stock lasts `SOON_MINUTES` or less at the pace of the last 10 minutes, in which at least
`LEAST_UNITS` units were sold.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from liveroom.models.run_of_show import SegmentTiming
    from liveroom.models.snapshot import ProductRow

SOON_MINUTES = 15
LEAST_UNITS = 3
LEAST_EXPECTED = 5.0
"""Orders that the mean of the others would have brought: of fewer nothing is said."""
FEW = 0.5
"""Share of the mean rate below which orders are few."""
_Z = 1.959964
_PACE_MINUTES = 10


class Reason(IntEnum):
    """Why a product is named, the most urgent first."""

    FEW_ORDERS = 1
    SELLS_OUT = 2
    SOLD_OUT = 3
    ON_AIR = 4
    NEXT = 5


ALARMS = frozenset({Reason.FEW_ORDERS, Reason.SELLS_OUT, Reason.SOLD_OUT})
"""Reasons that count among what needs attention; the others only say what is going on."""


class Attention(Struct, frozen=True, kw_only=True, gc=False):
    """A reason with the numbers behind it; what it does not need is None."""

    reason: Reason
    minutes: float | None = None
    """Until the stock is sold."""
    at: int | None = None
    """When (ms UTC) the product goes on air or off it."""
    orders: int | None = None
    tries: int | None = None
    """Clicks, or views where no source counts clicks, that the orders came of."""
    of_clicks: bool = True
    upper: float | None = None
    """Upper end of the 95 % interval of orders ÷ tries."""
    others: float | None = None
    """The same rate of the show's other products together."""


class OnAir(Struct, frozen=True):
    """The products on air and those of the next segment, with when (ms UTC) it ends and begins."""

    now: Mapping[str, int | None] = {}
    following: Mapping[str, int | None] = {}


class _Pool(Struct, frozen=True, gc=False):
    orders: int
    tries: int
    field: str


class Watch:
    """What all products together bring: the measure that each of them is held against."""

    def __init__(self, rows: Iterable[ProductRow]) -> None:
        """Sum up the products; clicks are the measure, or views where nobody counts clicks."""
        found = list(rows)
        self._pool: _Pool | None = None
        for field in ("clicks", "views"):
            known = [
                (row.orders, tries)
                for row in found
                if (tries := getattr(row, field)) is not None and row.orders is not None
            ]
            if any(tries for _, tries in known):
                orders = sum(orders for orders, _ in known)
                self._pool = _Pool(orders, sum(tries for _, tries in known), field)
                break

    def attention(self, row: ProductRow, shown: OnAir) -> Attention | None:
        """Return why a product is named, None for most."""
        now, following = row.sku in shown.now, row.sku in shown.following
        alarm = self.few_orders(row) or _stock(row, now or following)
        if alarm is not None:
            return alarm
        if now:
            return Attention(reason=Reason.ON_AIR, at=shown.now[row.sku])
        if following:
            return Attention(reason=Reason.NEXT, at=shown.following[row.sku])
        return None

    def few_orders(self, row: ProductRow) -> Attention | None:
        """Return whether the product draws and does not sell."""
        pool = self._pool
        if pool is None:
            return None
        tries, orders = getattr(row, pool.field), row.orders
        if not tries or orders is None or orders > tries:
            return None
        other_tries, other_orders = pool.tries - tries, pool.orders - orders
        if other_tries <= 0 or other_orders <= 0:
            return None
        others = min(1.0, other_orders / other_tries)
        if tries * others < LEAST_EXPECTED or orders >= FEW * others * tries:
            return None
        upper = wilson_upper(orders, tries)
        if upper >= FEW * others:
            return None
        return Attention(
            reason=Reason.FEW_ORDERS,
            orders=orders,
            tries=tries,
            of_clicks=pool.field == "clicks",
            upper=upper,
            others=others,
        )


def wilson_upper(hits: int, tries: int, z: float = _Z) -> float:
    """Return the upper end of Wilson's interval of a share; `hits` of `tries`, at least one try."""
    share = hits / tries
    middle = share + z * z / (2 * tries)
    spread = z * math.sqrt(share * (1 - share) / tries + z * z / (4 * tries * tries))
    return (middle + spread) / (1 + z * z / tries)


def _stock(row: ProductRow, shown: bool) -> Attention | None:
    if row.stock is None:
        return None
    sold = (row.units_per_minute or 0.0) * _PACE_MINUTES
    if row.stock <= 0:
        # What is not on air and sells no more was sold out as planned.
        return Attention(reason=Reason.SOLD_OUT) if shown or sold >= LEAST_UNITS else None
    minutes = row.minutes_of_stock
    if minutes is None or minutes > SOON_MINUTES or round(sold) < LEAST_UNITS:
        return None
    return Attention(reason=Reason.SELLS_OUT, minutes=minutes)


def on_air_of(timings: Sequence[SegmentTiming]) -> OnAir:
    """Return what is on air and next by the run of show as it is expected now."""
    now: dict[str, int | None] = {}
    following: dict[str, int | None] = {}
    for timing in timings:
        if timing.state == "on air":
            now |= dict.fromkeys(timing.segment.skus, timing.end)
        elif timing.state == "next":
            following |= dict.fromkeys(timing.segment.skus, timing.start)
    return OnAir(now, {sku: at for sku, at in following.items() if sku not in now})
