"""The show of the pictures with targets, an alarm for carts and earlier shows."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from liveroom.models.abandonment import Abandonment
from liveroom.models.cart_alarm import Alarm
from liveroom.models.cart_board import CartBoard
from liveroom.models.earlier_shows import Median
from liveroom.models.facts import Fact
from liveroom.models.journal import Entry, EntryKind
from liveroom.models.snapshot import Snapshot
from liveroom.models.targets import TargetKpi
from tests.ui import snapshots

TARGETS = {
    TargetKpi.REVENUE: 36_000_000.0,
    TargetKpi.SALES_PER_MINUTE: 600_000.0,
    TargetKpi.CONVERSION: 0.04,
    TargetKpi.AVERAGE_ORDER_VALUE: 50_000.0,
    TargetKpi.ABANDONMENT: 0.55,
    TargetKpi.ROAS: 6.0,
    TargetKpi.AUDIENCE: 5_000.0,
}
SEGMENT_TARGETS = (6, 44, 52, 48, 96, 42, 36, 12, 24)
"""In thousands, as in the picture."""
SINCE = snapshots.instant("20:31:10")
BOARD = CartBoard(
    whole=Abandonment(carts=991, abandoned=480, recovered=60),
    due=Abandonment(carts=880, abandoned=457, recovered=58),
    recent=Abandonment(carts=250, abandoned=142, recovered=10),
    earlier=Abandonment(carts=240, abandoned=110, recovered=10),
    open=48,
    at_stake_minor=3_203_150,
    rates=tuple(0.44 + 0.13 * (place / 39) ** 2 for place in range(40)),
)
ALARM = Alarm(since=SINCE, until=None, line=0.55)
MEDIANS = {
    "revenue": Median(value=21_000_000, shows=4),
    "orders": Median(value=400, shows=4),
    "sales_per_minute": Median(value=500_000, shows=4),
    "conversion": Median(value=0.041, shows=4),
    "audience": Median(value=3_000, shows=2),
    "abandonment_10": Median(value=0.5, shows=4),
}


def plan() -> Any:
    """Return the run of show with a target for every segment."""
    segments = tuple(
        replace(segment, revenue_target_minor=thousands * 100_000)
        for segment, thousands in zip(snapshots.SEGMENTS, SEGMENT_TARGETS, strict=True)
    )
    return replace(snapshots.PLAN, segments=segments)


def with_targets(**changes: Any) -> Snapshot:
    """Return the full show with everything that targets are compared with."""
    spends = {"totals": 3_818_600, "recent": 900_000, "earlier": 830_000}
    known = {
        name: replace(getattr(snapshots.full(), name), ad_spend_minor=spent, leads=40)
        for name, spent in spends.items()
    }
    counting = {**snapshots.full().counting, Fact.AD_SPEND: "ads", Fact.LEADS: "shop"}
    fields: dict[str, Any] = {
        **known,
        "targets": TARGETS,
        "run_of_show": plan(),
        "cart_board": BOARD,
        "margin_minor": 8_361_704,
        "counting": counting,
    }
    return snapshots.full(**(fields | changes))


def alarmed(**changes: Any) -> Snapshot:
    """Return it with the alarm for carts up, as the journal has it too."""
    entry = Entry(at=SINCE, kind=EntryKind.ALARM, subject="abandonment", text="0.55", number=1)
    fields = {"cart_board": replace(BOARD, alarms=(ALARM,)), "journal": (entry,)}
    return with_targets(**(fields | changes))
