"""The key figures of a list of events, counted the slow and obvious way."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from liveroom.models import events as e
from liveroom.models.money import Ledger
from liveroom.models.window import Window


def slow_kpis(events: Sequence[e.Event], ledger: Ledger, window: Window) -> dict[str, Any]:
    """Return what `kpis_of` must say, by list comprehensions over all events."""
    inside = [event for event in events if event.occurred_at in window]

    def of(kind: type[e.Event], where: Sequence[e.Event] = inside) -> list[Any]:
        return [event for event in where if type(event) is kind]

    def count(kind: type[e.Event], name: str = "count") -> int | None:
        return sum(getattr(event, name) for event in of(kind)) if of(kind, events) else None

    def people(kind: type[e.Event], name: str) -> int | None:
        if not any(getattr(event, name) is not None for event in of(kind, events)):
            return None
        return len({getattr(event, name) for event in of(kind)} - {None})

    def value(order: Any) -> int | None:
        return ledger.value(order.amount_minor, order.currency)

    orders = of(e.OrderPlaced)
    priced = [order for order in orders if value(order) is not None]
    revenue_known = any(o.amount_minor is not None for o in of(e.OrderPlaced, events))
    revenue = sum(value(order) for order in priced) if revenue_known else None
    if sum(o.count for o in orders) and not sum(o.count for o in priced):
        revenue = None
    units_known = any(o.units is not None for o in of(e.OrderPlaced, events))
    if sum(o.count for o in orders) and not sum(o.count for o in orders if o.units is not None):
        units_known = False
    cancelled, without_amount = _cancelled(events, of(e.OrderCancelled), ledger)
    return {
        "visits": count(e.VisitStarted),
        "visitors": people(e.VisitStarted, "person"),
        "impressions": count(e.ProductShown),
        "product_views": count(e.ProductViewed),
        "product_clicks": count(e.ProductClicked),
        "cart_adds": count(e.CartItemAdded),
        "cart_units": count(e.CartItemAdded, "units"),
        "carts": people(e.CartItemAdded, "visit"),
        "cart_removals": count(e.CartItemRemoved),
        "checkouts": count(e.CheckoutStarted),
        "orders": count(e.OrderPlaced),
        "units": sum(o.units or 0 for o in orders) if units_known else None,
        "revenue_minor": revenue,
        "cancellations": count(e.OrderCancelled),
        "cancellations_without_amount": without_amount,
        "cancelled_minor": cancelled,
        "net_revenue_minor": None if None in (revenue, cancelled) else revenue - (cancelled or 0),
        "money_set_aside_minor": _set_aside(
            [*orders, *of(e.OrderCancelled), *of(e.AdSpent)], value
        ),
        "chat": {"messages": count(e.ChatPosted), "people": people(e.ChatPosted, "person")},
        "by_channel": _by_channel(events, orders, of(e.VisitStarted), of(e.AdSpent), value),
        "by_product": _by_product(inside, ledger),
    }


def _cancelled(
    events: Sequence[e.Event], cancellations: list[Any], ledger: Ledger
) -> tuple[int | None, int | None]:
    """Return what was cancelled and how many cancellations have no amount."""
    every = [event for event in events if isinstance(event, e.OrderCancelled)]

    def values(kind: type[e.Event], order_id: str) -> list[int]:
        found = [
            ledger.value(event.amount_minor, event.currency)
            for event in events
            if type(event) is kind and event.order_id == order_id
        ]
        return [value for value in found if value is not None]

    def amount(cancellation: e.OrderCancelled) -> int | None:
        if cancellation.amount_minor is not None:
            return ledger.value(cancellation.amount_minor, cancellation.currency)
        order_id = cancellation.order_id
        placed = values(e.OrderPlaced, order_id) if order_id else []
        if not placed:
            return None
        whole = [c for c in every if c.order_id == order_id and c.amount_minor is None]
        if cancellation is not min(whole, key=lambda c: c.occurred_at):
            return 0
        return max(0, sum(placed) - sum(values(e.OrderCancelled, order_id)))

    if not every:
        return None, None
    without = sum(c.count for c in cancellations if amount(c) is None)
    if not any(c.amount_minor is not None or amount(c) is not None for c in every):
        return None, without
    if cancellations and without == sum(c.count for c in cancellations):
        return None, without
    return sum(amount(c) or 0 for c in cancellations), without


def _set_aside(facts: list[Any], value: Any) -> dict[str, int]:
    aside: dict[str, int] = {}
    for fact in facts:
        if fact.amount_minor is not None and value(fact) is None:
            name = fact.currency or "none"
            aside[name] = aside.get(name, 0) + fact.amount_minor
    return aside


def _by_channel(
    events: Sequence[e.Event], orders: list[Any], visits: list[Any], ads: list[Any], value: Any
) -> dict[tuple[str, str], list[int]]:
    first: dict[int, tuple[str, str]] = {}
    for event in events:
        if isinstance(event, e.VisitStarted) and event.visit is not None:
            first.setdefault(event.visit, (event.channel.value, event.label))
    rows: dict[tuple[str, str], list[int]] = {}
    for visit in visits:
        rows.setdefault((visit.channel.value, visit.label), [0, 0, 0, 0])[0] += visit.count
    for ad in ads:
        rows.setdefault(("paid", ad.label), [0, 0, 0, 0])[3] += value(ad) or 0
    for order in orders:
        if order.channel is not None:
            key = (order.channel.value, order.label)
        else:
            key = first.get(order.visit, ("unknown", ""))
        row = rows.setdefault(key, [0, 0, 0, 0])
        row[1] += order.count
        row[2] += value(order) or 0
    return rows


def _by_product(inside: Sequence[e.Event], ledger: Ledger) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = {}
    places = {e.ProductShown: 0, e.ProductViewed: 1, e.ProductClicked: 2, e.CartItemAdded: 3}
    for event in inside:
        if type(event) in places:
            rows.setdefault(event.sku, [0] * 7)[places[type(event)]] += event.count
        elif isinstance(event, e.OrderPlaced):
            lines = [line for line in event.lines if line.is_product]
            for sku in {line.sku for line in lines}:
                rows.setdefault(sku, [0] * 7)[4] += event.count
            for line in lines:
                rows[line.sku][5] += line.units
                rows[line.sku][6] += ledger.value(line.amount_minor, event.currency) or 0
    return rows
