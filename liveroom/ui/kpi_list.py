"""The key figures of the strip: how each is read, which target it has, and how soon it gives way."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from liveroom.models.targets import TargetKpi
from liveroom.ui import money_readings, readings
from liveroom.ui.parts.kpi_tile import Reading

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot


class Kpi(NamedTuple):
    """A tile: its definition, how to read it, what it is as a number, and how soon it gives way."""

    key: str
    read: Callable[[Snapshot, readings.Curves], Reading]
    keep: int
    value: Callable[[Snapshot], float | None]
    """The number that is compared with the target and with earlier shows; money in minor units."""
    target: TargetKpi | None = None
    usual: bool = True
    """Whether it is shown unless the producer chose otherwise; others once they have a target."""
    units: float = 1.0
    """Its part of the width; on a small screen all are alike."""


KPIS = (
    Kpi(
        "revenue",
        readings.revenue,
        0,
        lambda s: s.totals.revenue_minor,
        TargetKpi.REVENUE,
        units=1.6,
    ),
    Kpi(
        "sales_per_minute",
        readings.sales_per_minute,
        1,
        lambda s: _per_minute(s, s.recent.revenue_minor),
        TargetKpi.SALES_PER_MINUTE,
    ),
    Kpi("audience", readings.audience, 2, lambda s: s.audience.last, TargetKpi.AUDIENCE),
    Kpi(
        "conversion",
        readings.conversion,
        2,
        lambda s: s.totals.conversion_rate,
        TargetKpi.CONVERSION,
    ),
    Kpi(
        "average_order_value",
        readings.average_order_value,
        5,
        lambda s: s.totals.average_order_value_minor,
        TargetKpi.AVERAGE_ORDER_VALUE,
    ),
    Kpi(
        "abandonment_10",
        money_readings.abandonment,
        4,
        lambda s: s.cart_board.recent.rate,
        TargetKpi.ABANDONMENT,
    ),
    Kpi("roas", money_readings.roas, 6, lambda s: s.totals.roas, TargetKpi.ROAS),
    Kpi("orders", readings.orders, 7, lambda s: s.totals.orders, TargetKpi.ORDERS),
    Kpi(
        "margin",
        money_readings.margin,
        8,
        lambda s: _share(s.margin_minor, s.totals.revenue_minor),
        TargetKpi.MARGIN_RATE,
    ),
    Kpi("leads", money_readings.leads, 9, lambda s: s.totals.leads, TargetKpi.LEADS, False),
    Kpi("cpl", money_readings.cpl, 10, lambda s: s.totals.cpl_minor, TargetKpi.CPL, False),
    Kpi("cac", money_readings.cac, 11, lambda s: s.cac_minor, TargetKpi.CAC, False),
    Kpi(
        "mean_watch",
        money_readings.watch_time,
        12,
        lambda s: s.mean_watch_minutes,
        TargetKpi.WATCH_TIME,
        False,
    ),
    Kpi("visits", readings.visits, 13, lambda s: s.totals.visits, None, False),
    Kpi(
        "chat_per_minute",
        readings.chat_per_minute,
        14,
        lambda s: _per_minute(s, s.recent.chat_messages),
        None,
        False,
    ),
    Kpi("carts", readings.carts, 15, lambda s: s.carts, None, False),
    Kpi("over_under", readings.over_under, 3, lambda s: None),
)
BY_KEY = {kpi.key: kpi for kpi in KPIS}


def _per_minute(snapshot: Snapshot, count: int | None) -> float | None:
    return None if count is None else count / readings.minutes_of(snapshot)


def _share(part: int | None, whole: int | None) -> float | None:
    return part / whole if part is not None and whole else None
