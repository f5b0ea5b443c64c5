"""How the figures of the spend and margin panel are read from a snapshot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liveroom.ui import format as fmt
from liveroom.ui.parts.kpi_tile import Reading
from liveroom.ui.parts.runs import Run
from liveroom.ui.readings import change_of, unknown

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

_LONGEST = 12
"""Letters of an amount that find room in a tile; the tooltip has it to the minor unit."""
ALL_OF_IT = 0.9995
"""A share of the revenue from here on is written as all of it."""


def ad_spend(snapshot: Snapshot) -> Reading:
    """Read what was spent on advertising, and as of when the ad account says so."""
    spent, at = snapshot.totals.ad_spend_minor, snapshot.series.ad_spend_at
    if spent is None:
        return unknown("ad_spend", snapshot)
    clock = "" if at is None else fmt.clock_with_day(at * 1000, snapshot.timezone, snapshot.at)
    return Reading(
        "Ad spend",
        _amount(spent, snapshot.currency),
        change=_quiet(f"as of {clock}" if clock else "none reported yet"),
        short=fmt.money_short(spent, snapshot.currency),
        exact=fmt.money_exact(spent, snapshot.currency),
    )


def roas(snapshot: Snapshot) -> Reading:
    """Read revenue ÷ ad spend of the whole show."""
    totals, recent = snapshot.totals, snapshot.recent
    if totals.ad_spend_minor is None or totals.revenue_minor is None:
        return unknown("roas", snapshot)
    return Reading(
        "ROAS",
        fmt.NONE_YET if totals.roas is None else fmt.number(totals.roas, 2),
        change=change_of(
            snapshot, recent.roas, snapshot.earlier.roas, recent.orders, snapshot.earlier.orders
        ),
        exact="" if totals.roas is None else fmt.number(totals.roas, 4),
    )


def cac(snapshot: Snapshot) -> Reading:
    """Read ad spend ÷ orders of new customers."""
    if snapshot.totals.ad_spend_minor is None:
        return unknown("cac", snapshot)
    orders = snapshot.new.orders
    if orders is None:
        return Reading("CAC", fmt.UNKNOWN, change=_quiet("new unknown"), known=False)
    return _per(snapshot, "CAC", snapshot.cac_minor, f"{fmt.count(orders)} new")


def cpl(snapshot: Snapshot) -> Reading:
    """Read ad spend ÷ leads."""
    totals = snapshot.totals
    if totals.ad_spend_minor is None or totals.leads is None:
        return unknown("cpl", snapshot)
    return _per(snapshot, "CPL", totals.cpl_minor, fmt.plural(totals.leads, "lead"))


def margin_rate(snapshot: Snapshot) -> Reading:
    """Read margin ÷ the revenue whose cost is known, with what share of the revenue that is."""
    totals = snapshot.totals
    if totals.margin_minor is None:
        return _no_cost(snapshot, "Margin rate")
    return Reading(
        "Margin rate",
        fmt.percent(totals.margin_rate),
        change=_quiet(_whole_margin(snapshot)),
        exact=f"{fmt.percent(totals.margin_rate, 2)}, {cost_known(snapshot)}",
    )


def margin_10(snapshot: Snapshot) -> Reading:
    """Read the margin of the last 10 minutes against that of the 10 before."""
    recent, earlier = snapshot.recent, snapshot.earlier
    if snapshot.totals.margin_minor is None:
        return _no_cost(snapshot, "Margin, 10 min")
    if recent.margin_minor is None:
        why = _quiet("none of it has a cost")
        return Reading("Margin, 10 min", fmt.UNKNOWN, change=why, known=False)
    return Reading(
        "Margin, 10 min",
        _amount(recent.margin_minor, snapshot.currency),
        short=fmt.money_short(recent.margin_minor, snapshot.currency),
        change=change_of(
            snapshot, recent.margin_minor, earlier.margin_minor, recent.orders, earlier.orders
        ),
        exact=fmt.money_exact(recent.margin_minor, snapshot.currency),
    )


def cost_known(snapshot: Snapshot) -> str:
    """Return for what share of the revenue the cost is known, in words; blank where for none."""
    share = snapshot.totals.costed_share
    if share is None:
        return ""
    if share >= ALL_OF_IT:
        return "cost known for all revenue"
    return f"cost known for {fmt.percent(share, 0 if 0.01 <= share < 0.99 else 1)} of revenue"


def _whole_margin(snapshot: Snapshot) -> str:
    """Return the margin of the show; where it is of a part of the revenue, of how much."""
    totals = snapshot.totals
    share = totals.costed_share
    if share is not None and share < ALL_OF_IT:
        return f"{fmt.percent(share, 0)} of revenue"
    return f"{fmt.money_short(totals.margin_minor, snapshot.currency)} margin"


def _per(snapshot: Snapshot, label: str, value: int | None, of: str) -> Reading:
    currency = snapshot.currency
    return Reading(
        label,
        fmt.NONE_YET if value is None else _amount(value, currency),
        change=_quiet(of),
        short="" if value is None else fmt.money_short(value, currency),
        exact="" if value is None else fmt.money_exact(value, currency),
    )


def _amount(minor: int, currency: str | None) -> str:
    """Return an amount; one that is too long for a tile in thousands or millions."""
    text = fmt.money(minor, currency)
    return text if len(text) <= _LONGEST else fmt.money_short(minor, currency)


def _no_cost(snapshot: Snapshot, label: str) -> Reading:
    missing = unknown("margin", snapshot)
    if missing.caption.startswith("no source"):
        return missing._replace(label=label)
    return Reading(label, fmt.UNKNOWN, change=_quiet("no cost told"), known=False)


def _quiet(words: str) -> tuple[Run, ...]:
    return (Run(words, "text_3", 11),)
