"""How the figures of a desk are worked out, each of (desk, sku, minutes); `figure_list.py` names them."""

from __future__ import annotations

from collections.abc import Callable

from liveroom.models.rehearsal.desk_figures import Desk
from liveroom.models.timeline import Column

Value = float | str | None
Work = Callable[[Desk, str, float], Value]


def rate(column: Column) -> Work:
    """Return the work: a column per minute of the last minutes."""
    return lambda desk, sku, over: desk.per_minute(column, over)


def total(column: Column) -> Work:
    """Return the work: a column's total so far."""
    return lambda desk, sku, over: desk.show.timeline.totals()[column]


def tally(name: str) -> Work:
    """Return the work: a count of one product so far."""

    def value(desk: Desk, sku: str, over: float) -> Value:
        tally = desk.show.products.get(sku)
        return 0 if tally is None else int(getattr(tally, name))

    return value


def fell(now: float | None, before: float | None) -> float | None:
    """Return the share by which something fell, None where nothing was before."""
    return None if now is None or not before else 1 - now / before


def audience_fell(desk: Desk, over: float | None) -> Value:
    """Return how far the audience is below its highest of the last minutes, or of the show."""
    found = desk.audience(over)
    return None if found is None else fell(found[0], found[1])


def average_order_value(desk: Desk, sku: str, over: float) -> Value:
    """Return revenue ÷ orders with an amount."""
    totals = desk.show.timeline.totals()
    priced = totals[Column.PRICED_ORDERS]
    return desk.money(totals[Column.REVENUE]) / priced if priced else None


def abandonment(desk: Desk, sku: str, over: float) -> Value:
    """Return abandoned carts ÷ carts that had time to be abandoned."""
    return desk.carts(settled=True).rate


def minutes_on_air(desk: Desk, sku: str, over: float) -> Value:
    """Return since when the segment on air is."""
    cue = desk.show.run_of_show.on_air
    return None if cue is None else (desk.at - cue.started_at) / 60_000


def minutes_left(desk: Desk, sku: str, over: float) -> Value:
    """Return when the segment on air will have had its time; below 0 it is over."""
    cue, segment = desk.show.run_of_show.on_air, desk.segment
    if cue is None or segment is None:
        return None
    return (cue.started_at + segment.duration_ms - desk.at) / 60_000


def minutes_since_offer(desk: Desk, sku: str, over: float) -> Value:
    """Return how long ago the last offer was launched."""
    offers = desk.show.levers.offers
    return (desk.at - offers[-1].started_at) / 60_000 if offers else None


def returning_share(desk: Desk, sku: str, over: float) -> Value:
    """Return orders of people who bought before ÷ orders where it is known."""
    people = desk.show.splits.people
    known = people[True].orders + people[False].orders
    return people[True].orders / known if known else None


def click_to_order(desk: Desk, sku: str, over: float) -> Value:
    """Return a product's orders ÷ its clicks."""
    tally = desk.show.products.get(sku)
    return tally.orders / tally.clicks if tally is not None and tally.clicks else None


def units_per_minute(desk: Desk, sku: str, over: float) -> Value:
    """Return a product's units per minute over the last ten full minutes."""
    tally = desk.show.products.get(sku)
    return 0.0 if tally is None else tally.recent_units.total(desk.at // 60_000 - 1) / 10


def orders_per_minute_on_air(desk: Desk, sku: str, over: float) -> Value:
    """Return a product's orders ÷ its minutes on air, None where it was not."""
    tally, minutes = desk.show.products.get(sku), desk.aired().get(sku, 0.0)
    return tally.orders / max(minutes, 1.0) if tally is not None and minutes > 0 else None


def cost_per_lead(desk: Desk, sku: str, over: float) -> Value:
    """Return ad spend ÷ leads."""
    totals = desk.show.timeline.totals()
    leads = totals[Column.LEADS]
    return desk.money(totals[Column.AD_SPEND]) / leads if leads else None


def return_on_ad_spend(desk: Desk, sku: str, over: float) -> Value:
    """Return revenue ÷ ad spend."""
    totals = desk.show.timeline.totals()
    spent = totals[Column.AD_SPEND]
    return totals[Column.REVENUE] / spent if spent else None


def price(desk: Desk, sku: str, over: float) -> Value:
    """Return a product's price in the catalogue."""
    product = desk.catalogue.get(sku)
    return None if product is None else desk.money(product.price_minor)
