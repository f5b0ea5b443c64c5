"""Spend, leads, new and returning people, carts left alone: counted the slow and obvious way."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest

from liveroom.models import events as e
from liveroom.models.abandonment import ABANDONED_AFTER_MS
from liveroom.models.money import Ledger, divide_minor
from liveroom.models.window import Window


def slow_sales_of(events: Sequence[e.Event], ledger: Ledger, window: Window) -> dict[str, Any]:
    """Return what `kpis_of` must say, by list comprehensions over all events."""
    inside = [event for event in events if event.occurred_at in window]

    def of(kind: type[e.Event], where: Sequence[e.Event] = inside) -> list[Any]:
        return [event for event in where if type(event) is kind]

    def count(kind: type[e.Event]) -> int | None:
        return sum(event.count for event in of(kind)) if of(kind, events) else None

    def said(kind: type[e.Event]) -> bool:
        return any(event.returning is not None for event in of(kind, events))

    def sales(orders: list[Any]) -> dict[str, int | None]:
        return {
            "orders": sum(order.count for order in orders) if of(e.OrderPlaced, events) else None,
            "revenue_minor": revenue(orders),
            "units": _partly(
                [(order.count, order.units) for order in orders],
                any(order.units is not None for order in of(e.OrderPlaced, events)),
            ),
        }

    def revenue(orders: list[Any]) -> int | None:
        values = [(o.count, ledger.value(o.amount_minor, o.currency)) for o in orders]
        priced = any(order.amount_minor is not None for order in of(e.OrderPlaced, events))
        return _partly(values, priced)

    def people(returning: bool) -> dict[str, int | None]:
        of_them = [order for order in of(e.OrderPlaced) if order.returning is returning]
        visits = [visit for visit in of(e.VisitStarted) if visit.returning is returning]
        found = sales(of_them)
        del found["units"]
        if not said(e.OrderPlaced):
            found = dict.fromkeys(found)
        return {"visits": sum(v.count for v in visits) if said(e.VisitStarted) else None} | found

    def by(name: str) -> dict[str, Any]:
        names = {getattr(order, name) for order in of(e.OrderPlaced)} - {""}
        rows = {
            each: sales([order for order in of(e.OrderPlaced) if getattr(order, name) == each])
            for each in names
        }
        return {each: row for each, row in rows.items() if any(row.values())}

    spent = [(ad.count, ledger.value(ad.amount_minor, ad.currency)) for ad in of(e.AdSpent)]
    spend = _partly(spent, bool(of(e.AdSpent, events)))
    total, leads, new = revenue(of(e.OrderPlaced)), count(e.LeadCaptured), people(False)
    return {
        "reactions": count(e.Reacted),
        "leads": leads,
        "failed_payments": count(e.PaymentFailed),
        "ad_spend_minor": spend,
        "roas": None if total is None or not spend else total / spend,
        "cac_minor": None
        if spend is None or not new["orders"]
        else divide_minor(spend, new["orders"]),
        "cpl_minor": None if spend is None or not leads else divide_minor(spend, leads),
        "new": new,
        "returning": people(True),
        "by_method": by("method"),
        "by_offer": by("offer_id"),
        "abandonment": _abandonment(events, inside),
        "mean_watch_minutes": _watched(of(e.AudienceMeasured), count(e.VisitStarted)),
    }


def _partly(facts: list[tuple[int, int | None]], known: bool) -> int | None:
    """Return the sum of values of (count, value); unknown where there are facts and none has one."""
    values = [value for _, value in facts if value is not None]
    if not known or (sum(n for n, _ in facts) and not sum(n for n, v in facts if v is not None)):
        return None
    return sum(values)


def _abandonment(events: Sequence[e.Event], inside: list[e.Event]) -> dict[str, Any]:
    after = {"after_minutes": ABANDONED_AFTER_MS // 60_000}
    adds = [a for a in events if isinstance(a, e.CartItemAdded)]
    if not any(add.visit is not None for add in adds):
        names = ("carts", "abandoned", "recovered", "rate", "recovery_rate")
        return dict.fromkeys(names) | after
    end = max((event.occurred_at for event in inside if event.fact is not None), default=0)
    visits = {add.visit for add in adds if add in inside} - {None}
    gone = [visit for visit in visits if _left_at(visit, inside, end) is not None]
    back = [
        visit
        for visit in gone
        if any(at > (_left_at(visit, inside, end) or 0) for at in _orders_of(visit, inside))
    ]
    return {
        "carts": len(visits),
        "abandoned": len(gone),
        "recovered": len(back),
        "rate": len(gone) / len(visits) if visits else None,
        "recovery_rate": len(back) / len(gone) if gone else None,
    } | after


def _left_at(visit: int, inside: list[e.Event], end: int) -> int | None:
    """Return when a visit's cart was abandoned first, seen from `end`."""
    adds = [
        event.occurred_at
        for event in inside
        if isinstance(event, e.CartItemAdded) and event.visit == visit
    ]
    orders = _orders_of(visit, inside)
    for at in sorted(adds):
        due = at + ABANDONED_AFTER_MS
        touched = any(at < other <= due for other in adds) or any(at <= o <= due for o in orders)
        if not touched and due < end:
            return due
    return None


def _orders_of(visit: int, inside: list[e.Event]) -> list[int]:
    """Return the times of the orders of a visit, and of the people whose visit it is."""
    owners = {
        event.person
        for event in inside
        if isinstance(event, e.VisitStarted) and event.visit == visit and event.person is not None
    }
    return [
        event.occurred_at
        for event in inside
        if isinstance(event, e.OrderPlaced) and (event.visit == visit or event.person in owners)
    ]


def _watched(samples: list[e.AudienceMeasured], visits: int | None) -> Any:
    """Return viewer-minutes ÷ visits: each sample stands until the next, for two minutes at most."""
    by_time: dict[int, int] = {}
    for sample in samples:
        by_time[sample.occurred_at] = max(sample.viewers, by_time.get(sample.occurred_at, 0))
    times = sorted(by_time)
    if len(times) < 2 or not visits:
        return None
    held = [min(b - a, 120_000) for a, b in pairwise(times)]
    viewer_ms = sum(by_time[at] * ms for at, ms in zip(times, held, strict=False))
    return pytest.approx(viewer_ms / 60_000 / visits)
