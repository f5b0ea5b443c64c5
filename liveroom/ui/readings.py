"""How each key figure is read from a snapshot; formatting only, the counting is the model's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liveroom.models.definitions import DEFINITIONS
from liveroom.models.facts import Fact
from liveroom.models.run_of_show import timings
from liveroom.models.slack import Slack, slack_of
from liveroom.models.targets import TargetKpi
from liveroom.ui import format as fmt
from liveroom.ui.freshness import told_until
from liveroom.ui.parts.changes import COMPARABLE_AFTER_MS, change_runs
from liveroom.ui.parts.kpi_tile import Foot, Reading
from liveroom.ui.parts.runs import Run

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

_CURVE_MINUTES = 40
_WINDOW_MINUTES = 10
_CURVE_SECONDS = 5
"""40 minutes on 62 pixels: what changes sooner is not seen."""


class Curves:
    """The small curves, redrawn every few seconds."""

    def __init__(self) -> None:
        """Start without any."""
        self._drawn: tuple[object, ...] = ()
        self.by_key: dict[str, tuple[float, ...]] = {}
        self.levels: dict[str, float | None] = {}
        """Where in each of them its target lies, from 0 to 1."""

    def follow(self, snapshot: Snapshot) -> None:
        """Compute the curves of the last 40 minutes, where they are not those of these seconds already."""
        drawn = (snapshot.at // (_CURVE_SECONDS * fmt.SECOND), snapshot.is_past, snapshot.targets)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        # numpy comes with the first snapshot; importing it here keeps it out of the first paint.
        from liveroom.models.timeline import Column
        from liveroom.ui.parts import curves

        series, at = snapshot.series, snapshot.at
        started = snapshot.started_at or at
        minutes = max(0, min(_CURVE_MINUTES, (at - started) // fmt.MINUTE - _WINDOW_MINUTES))
        instants = curves.minutes_back(at, int(minutes))
        revenue, orders = curves.counted(
            series.totals, instants, Column.REVENUE, Column.ORDERS
        ).astype(float)
        orders[orders == 0] = float("nan")
        begin = max(started / 1000, at / 1000 - _CURVE_MINUTES * 60)
        _, audience = curves.decimate(
            series.audience_times, series.audience, begin, at / 1000, _CURVE_MINUTES // 2
        )
        minute = revenue / _WINDOW_MINUTES
        shown = {
            "sales_per_minute": (minute, TargetKpi.SALES_PER_MINUTE),
            "audience": (audience, TargetKpi.AUDIENCE),
            "conversion": (curves.rolling_conversion(series, instants), TargetKpi.CONVERSION),
            "average_order_value": (revenue / orders, TargetKpi.AVERAGE_ORDER_VALUE),
        }
        for key, (values, kpi) in shown.items():
            told = told_until(snapshot, DEFINITIONS[key].facts)
            if told is not None and key != "audience":  # its samples end where they end
                values = values[instants <= told]
            self.by_key[key], self.levels[key] = curves.spark(values, snapshot.targets.get(kpi))


def revenue(snapshot: Snapshot, curves: Curves) -> Reading:
    """Read the revenue placed, with what was cancelled beside it."""
    totals = snapshot.totals
    if totals.revenue_minor is None:
        return unknown("revenue", snapshot, totals.orders is not None and bool(totals.orders))
    caption = ""
    if totals.cancelled_minor:
        net = fmt.money_short(totals.net_revenue_minor, snapshot.currency)
        caption = f"net {net}"
    recent, earlier = snapshot.recent, snapshot.earlier
    return Reading(
        "",
        fmt.money(totals.revenue_minor, snapshot.currency),
        change=change_of(
            snapshot, recent.revenue_minor, earlier.revenue_minor, recent.orders, earlier.orders
        ),
        caption=caption,
        exact=fmt.money_exact(totals.revenue_minor, snapshot.currency),
    )


def sales_per_minute(snapshot: Snapshot, curves: Curves) -> Reading:
    """Read the revenue per minute of the last 10 minutes."""
    minor = snapshot.recent.revenue_minor
    if minor is None:
        return unknown("sales_per_minute", snapshot, bool(snapshot.totals.orders))
    recent, earlier = snapshot.recent, snapshot.earlier
    return Reading(
        "",
        fmt.money(round(minor / minutes_of(snapshot)), snapshot.currency),
        change=change_of(snapshot, minor, earlier.revenue_minor, recent.orders, earlier.orders),
        curve=curves.by_key.get("sales_per_minute", ()),
    )


def audience(snapshot: Snapshot, curves: Curves) -> Reading:
    """Read the newest audience sample, with peak and time-weighted mean."""
    gauge = snapshot.audience
    if gauge.last is None:
        return unknown("audience", snapshot)
    times, values = snapshot.series.audience_times, snapshot.series.audience
    middle, far = snapshot.at - 10 * fmt.MINUTE, snapshot.at - 20 * fmt.MINUTE
    first, second = times.searchsorted(far), times.searchsorted(middle)
    before = float(values[first:second].mean()) if second > first else None
    now = float(values[second:].mean()) if len(values) > second else None
    peak_at = fmt.clock_with_day(gauge.peak_at, snapshot.timezone, snapshot.at)
    weighted = (
        "" if gauge.weighted_mean is None else f" · ACU {fmt.count(round(gauge.weighted_mean))}"
    )
    return Reading(
        "",
        fmt.count(gauge.last),
        change=change_runs(now, before, _larger(now, before), comparable=_comparable(snapshot)),
        caption=f"PCU {fmt.count(gauge.peak)} at {peak_at}{weighted}",
        curve=curves.by_key.get("audience", ()),
        curve_tone="audience",
    )


def conversion(snapshot: Snapshot, curves: Curves) -> Reading:
    """Read orders ÷ visits of the whole show, with the last 10 minutes beside it."""
    totals, recent, earlier = snapshot.totals, snapshot.recent, snapshot.earlier
    if totals.orders is None or totals.visits is None:
        return unknown("conversion", snapshot)
    change = change_of(
        snapshot, recent.conversion_rate, earlier.conversion_rate, recent.orders, earlier.orders
    )
    fell = any(run.tone == "bad" for run in change)
    return Reading(
        "",
        fmt.percent(totals.conversion_rate),
        value_tone="bad" if fell else "text",
        change=change,
        caption=f"now {fmt.percent(recent.conversion_rate)}",
        curve=curves.by_key.get("conversion", ()),
        curve_tone="conv",
    )


def average_order_value(snapshot: Snapshot, curves: Curves) -> Reading:
    """Read revenue ÷ orders with an amount, whole show."""
    totals, recent, earlier = snapshot.totals, snapshot.recent, snapshot.earlier
    if totals.revenue_minor is None or totals.orders is None:
        return unknown("average_order_value", snapshot, bool(totals.orders))
    value = totals.average_order_value_minor
    now, before = recent.average_order_value_minor, earlier.average_order_value_minor
    return Reading(
        "",
        fmt.NONE_YET if value is None else fmt.money(value, snapshot.currency),
        change=change_of(snapshot, now, before, recent.orders, earlier.orders),
        curve=curves.by_key.get("average_order_value", ()),
        exact=fmt.money_exact(value, snapshot.currency) if value is not None else "",
    )


def orders(snapshot: Snapshot, curves: Curves) -> Reading:
    """Read the orders placed."""
    totals = snapshot.totals
    if totals.orders is None:
        return unknown("orders", snapshot)
    cancelled = f"{fmt.count(totals.cancellations)} cancelled" if totals.cancellations else ""
    return Reading(
        "",
        fmt.count(totals.orders),
        change=count_change(snapshot, snapshot.recent.orders, snapshot.earlier.orders),
        caption=cancelled,
    )


def visits(snapshot: Snapshot, curves: Curves) -> Reading:
    """Read the visits, with the people behind them where they are known."""
    if snapshot.totals.visits is None:
        return unknown("visits", snapshot)
    people = "" if snapshot.visitors is None else f"{fmt.count(snapshot.visitors)} people"
    return Reading(
        "",
        fmt.count(snapshot.totals.visits),
        change=count_change(snapshot, snapshot.recent.visits, snapshot.earlier.visits),
        caption=people,
    )


def chat_per_minute(snapshot: Snapshot, curves: Curves) -> Reading:
    """Read the chat messages per minute of the last 10 minutes."""
    messages = snapshot.recent.chat_messages
    if messages is None:
        return unknown("chat_per_minute", snapshot)
    return Reading(
        "",
        fmt.number(messages / minutes_of(snapshot)),
        change=count_change(snapshot, messages, snapshot.earlier.chat_messages),
        caption=f"{fmt.count(snapshot.totals.chat_messages)} in all",
    )


def carts(snapshot: Snapshot, curves: Curves) -> Reading:
    """Read the carts; where visits are not known, the cart additions."""
    recent, earlier = snapshot.recent.cart_adds, snapshot.earlier.cart_adds
    if snapshot.carts is None:
        if snapshot.totals.cart_adds is None:
            return unknown("carts", snapshot)
        return Reading(
            DEFINITIONS["cart_adds"].title,
            fmt.count(snapshot.totals.cart_adds),
            change=count_change(snapshot, recent, earlier),
        )
    return Reading(
        "",
        fmt.count(snapshot.carts),
        change=count_change(snapshot, recent, earlier),
        caption=f"{fmt.count(snapshot.totals.cart_adds)} added",
    )


def over_under(snapshot: Snapshot, curves: Curves) -> Reading:
    """Read how far the expected end is from the planned one."""
    rows = timings(snapshot.run_of_show, snapshot.at)
    end = rows[-1].end if rows else None
    planned = rows[-1].planned_end if rows else None
    if end is None or planned is None:
        text = "no plan" if not rows else "no start time"
        return Reading("", text, known=False, caption="")
    if not snapshot.run_of_show.cues:
        planned_end = fmt.clock(planned, snapshot.timezone)
        return Reading("", fmt.NONE_YET, caption=f"planned end {planned_end}")
    late = end - planned
    caption = f"ends {fmt.clock(end, snapshot.timezone)}"
    tone = "warn" if late >= fmt.SECOND else "text"
    slack = slack_of(rows)
    feet = () if slack is None else _slack_feet(slack, caption)
    return Reading("", fmt.over_under(late), value_tone=tone, caption=caption, feet=feet)


def _slack_feet(slack: Slack, ends: str) -> tuple[Foot, ...]:
    """Return how late the segment on air runs, and what the gaps before hard starts take up of it."""
    running = "running on time"
    if abs(slack.late) >= fmt.SECOND:
        word = "late" if slack.late > 0 else "early"
        running = f"running {word} {fmt.duration(abs(slack.late))}"
    used, gaps = fmt.duration(slack.used), fmt.duration(slack.gaps)
    words = ends
    if slack.gaps >= fmt.SECOND:
        words = f"slack {used} of {gaps} used"
        if slack.used == slack.gaps:
            words = f"slack {gaps} used"
        elif not slack.used:
            words = f"slack {gaps}"
    left, right = (Run(running, "text_3", 11),), (Run(words, "text_3", 11),)
    short = (Run(running.removeprefix("running "), "text_3", 11),)
    return Foot(left, right), Foot(short, right), Foot(left)


def unknown(key: str, snapshot: Snapshot, reported: bool = False) -> Reading:
    """Return a reading without a value that says why."""
    missing = [fact for fact in DEFINITIONS[key].facts if fact not in snapshot.counting]
    if missing:
        names = " and ".join(_words(fact) for fact in missing)
        return Reading("", fmt.UNKNOWN, caption=f"no source for {names}", known=False)
    if reported:
        return Reading("", fmt.UNKNOWN, caption="orders carry no amount", known=False)
    return Reading("", fmt.UNKNOWN, caption="nothing reported yet", known=False)


def _words(fact: Fact) -> str:
    return fact.value.replace("_", " ")


def minutes_of(snapshot: Snapshot) -> float:
    """Return the minutes of the window that have happened: 10, fewer in a younger show."""
    if snapshot.started_at is None:
        return float(_WINDOW_MINUTES)
    elapsed = (snapshot.at - snapshot.started_at) / fmt.MINUTE
    return min(float(_WINDOW_MINUTES), max(1.0, elapsed))


def _comparable(snapshot: Snapshot) -> bool:
    started = snapshot.started_at
    return started is not None and snapshot.at - started >= COMPARABLE_AFTER_MS


def change_of(
    snapshot: Snapshot,
    recent: float | None,
    earlier: float | None,
    recent_count: int | None,
    earlier_count: int | None,
) -> tuple[Run, ...]:
    """Return a change as runs; the counts are the facts behind either side."""
    count = max(recent_count or 0, earlier_count or 0)
    return change_runs(recent, earlier, count, comparable=_comparable(snapshot))


def _larger(one: float | None, other: float | None) -> int:
    return int(max(one or 0, other or 0))


def count_change(snapshot: Snapshot, recent: int | None, earlier: int | None) -> tuple[Run, ...]:
    """Return the change of a count as runs."""
    return change_of(snapshot, recent, earlier, recent, earlier)
