"""How the key figures of carts, advertising and margin are read from a snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liveroom.models.definitions import DEFINITIONS
from liveroom.models.targets import TargetKpi
from liveroom.ui import format as fmt
from liveroom.ui.parts.changes import change_runs
from liveroom.ui.parts.kpi_tile import Reading
from liveroom.ui.parts.runs import Run
from liveroom.ui.readings import Curves, count_change, unknown
from liveroom.ui.target_words import AT_MOST, target_text

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.parts.curves import Spark


def abandonment(snapshot: Snapshot, curves: Curves) -> Reading:
    """Read the share of the carts begun 20 to 10 minutes ago that was left, with the whole show's."""
    board = snapshot.cart_board
    if board.whole.carts is None:
        return unknown("abandonment_10", snapshot)
    recent, earlier = board.recent, board.earlier
    count = min(recent.carts or 0, earlier.carts or 0)
    change = change_runs(recent.rate, earlier.rate, count, more_is_good=False, points=True)
    rose = any(run.tone == "bad" for run in change)
    line = snapshot.targets.get(TargetKpi.ABANDONMENT)
    points, level = _abandonment_curve(snapshot, line)
    return Reading(
        "",
        fmt.percent(recent.rate),
        value_tone="bad" if rose else "text",
        change=change,
        caption=f"show {fmt.percent(board.due.rate)}",
        exact=f"{fmt.count(recent.abandoned)} of {fmt.plural(recent.carts or 0, 'cart')}",
        curve=points,
        level=level,
        alarms=alarm_words(snapshot),
    )


def alarm_words(snapshot: Snapshot) -> tuple[tuple[Run, ...], ...]:
    """Return what the alarm for carts says, at length and in short; nothing while it is not up."""
    alarm = snapshot.cart_board.alarm
    if alarm is None:
        return ()
    since = fmt.clock(alarm.since, snapshot.timezone, seconds=False)
    line = target_text(TargetKpi.ABANDONMENT, alarm.line, snapshot.currency)
    line = line.removeprefix(AT_MOST).strip()
    mark = Run(glyph="attention", tone="bad", px=10)
    return tuple(
        (mark, Run(words, "bad", 11, 600, gap=4))
        for words in (
            f"above your line of {line} since {since}",
            f"above {line} since {since}",
            f"since {since}",
        )
    )


def _abandonment_curve(snapshot: Snapshot, line: float | None) -> Spark:
    import numpy as np

    from liveroom.ui.parts.curves import Spark, spark

    rates = snapshot.cart_board.rates
    if not rates:
        return Spark()
    return spark(np.array([np.nan if rate is None else rate for rate in rates]), line)


def cac(snapshot: Snapshot, curves: Curves) -> Reading:
    """Read ad spend ÷ orders of people who never bought before."""
    return _cost("cac", snapshot.cac_minor, snapshot)


def cpl(snapshot: Snapshot, curves: Curves) -> Reading:
    """Read ad spend ÷ leads."""
    return _cost("cpl", snapshot.totals.cpl_minor, snapshot)


def _cost(key: str, minor: int | None, snapshot: Snapshot) -> Reading:
    """Read what one of something costs; an em dash before the first one."""
    if minor is None:
        missing = unknown(key, snapshot)
        is_reported = all(fact in snapshot.counting for fact in DEFINITIONS[key].facts)
        return Reading("", fmt.NONE_YET) if is_reported else missing
    return Reading(
        "",
        fmt.money(minor, snapshot.currency),
        caption=f"spent {fmt.money_short(snapshot.totals.ad_spend_minor, snapshot.currency)}",
        exact=fmt.money_exact(minor, snapshot.currency),
    )


def watch_time(snapshot: Snapshot, curves: Curves) -> Reading:
    """Read the mean minutes watched per visit."""
    minutes = snapshot.mean_watch_minutes
    if minutes is None:
        return unknown("mean_watch", snapshot)
    return Reading("", f"{fmt.number(minutes)}{fmt.NO_BREAK}min")


def roas(snapshot: Snapshot, curves: Curves) -> Reading:
    """Read revenue ÷ ad spend of the whole show, with what was spent."""
    totals, currency = snapshot.totals, snapshot.currency
    if totals.ad_spend_minor is None or totals.revenue_minor is None:
        return unknown("roas", snapshot)
    now, before = snapshot.recent.roas, snapshot.earlier.roas
    spent = fmt.money_short(totals.ad_spend_minor, currency)
    return Reading(
        "ROAS, show",
        fmt.NONE_YET if totals.roas is None else fmt.number(totals.roas, 2),
        change=change_runs(now, before, snapshot.recent.orders or 0),
        caption=f"spent {spent}",
        exact="" if totals.roas is None else fmt.number(totals.roas, 4),
    )


def margin(snapshot: Snapshot, curves: Curves) -> Reading:
    """Read revenue minus the cost of the goods, with its share of the revenue."""
    revenue = snapshot.totals.revenue_minor
    if snapshot.margin_minor is None:
        return unknown("margin", snapshot)
    share = snapshot.margin_minor / revenue if revenue else None
    return Reading(
        "",
        fmt.money(snapshot.margin_minor, snapshot.currency),
        caption=f"{fmt.percent(share)} of revenue",
        exact=fmt.money_exact(snapshot.margin_minor, snapshot.currency),
    )


def leads(snapshot: Snapshot, curves: Curves) -> Reading:
    """Read the contacts left, with what each has cost."""
    totals = snapshot.totals
    if totals.leads is None:
        return unknown("leads", snapshot)
    cost = totals.cpl_minor
    return Reading(
        "",
        fmt.count(totals.leads),
        change=count_change(snapshot, snapshot.recent.leads, snapshot.earlier.leads),
        caption="" if cost is None else f"CPL {fmt.money(cost, snapshot.currency)}",
    )
