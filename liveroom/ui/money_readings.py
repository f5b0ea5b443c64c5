"""How the key figures of carts, advertising and margin are read from a snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liveroom.ui import format as fmt
from liveroom.ui.parts.changes import change_runs
from liveroom.ui.parts.kpi_tile import Reading
from liveroom.ui.readings import Curves, count_change, unknown

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot


def abandonment(snapshot: Snapshot, curves: Curves) -> Reading:
    """Read the share of the carts begun 20 to 10 minutes ago that was left, with the whole show's."""
    board = snapshot.cart_board
    if board.whole.carts is None:
        return unknown("abandonment_10", snapshot)
    recent, earlier = board.recent, board.earlier
    count = min(recent.carts or 0, earlier.carts or 0)
    change = change_runs(recent.rate, earlier.rate, count, more_is_good=False)
    rose = any(run.tone == "bad" for run in change)
    return Reading(
        "Cart abandonment",
        fmt.percent(recent.rate),
        value_tone="bad" if rose else "text",
        change=change,
        caption=f"show {fmt.percent(board.due.rate)}",
        exact=f"{fmt.count(recent.abandoned)} of {fmt.plural(recent.carts or 0, 'cart')}",
    )


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
