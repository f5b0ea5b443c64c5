"""Sales split by what an order says of itself: new or returning people, payment method, offer."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from liveroom.models.events import OrderPlaced
from liveroom.models.figures import Known
from liveroom.models.past.delta_log import DeltaLog
from liveroom.models.timeline import Column


class SalesTally:
    """Running counts of some orders."""

    __slots__ = ("number", "orders", "orders_with_units", "priced_orders", "revenue_minor", "units")

    COUNTS = ("orders", "priced_orders", "revenue_minor", "orders_with_units", "units")

    def __init__(self, number: int = 0) -> None:
        """Start at zero; `number` is its place among its kind."""
        self.number = number
        self.orders = self.priced_orders = self.revenue_minor = 0
        self.orders_with_units = self.units = 0

    def add(self, order: OrderPlaced, value: int | None, log: DeltaLog) -> None:
        """Count an order worth `value` (minor units of the session's currency); note it in `log`, too."""
        priced = 0 if value is None else order.count
        with_units = 0 if order.units is None else order.count
        counts = (order.count, priced, value or 0, with_units, order.units or 0)
        second, key = order.occurred_at // 1000, self.number * len(self.COUNTS)
        for place, (name, count) in enumerate(zip(self.COUNTS, counts, strict=True)):
            if count:
                setattr(self, name, getattr(self, name) + count)
                log.add(second, key + place, count)

    @property
    def happened(self) -> bool:
        """Return whether anything was counted."""
        return bool(self.orders or self.revenue_minor or self.units)


class Sales(Struct, frozen=True, kw_only=True, gc=False):
    """Some orders: how many, their amounts and units; None is unknown."""

    orders: int | None = None
    revenue_minor: int | None = None
    units: int | None = None


class PeopleSales(Struct, frozen=True, kw_only=True, gc=False):
    """Visits and orders of people who bought before, or of those who did not; None is unknown."""

    visits: int | None = None
    orders: int | None = None
    revenue_minor: int | None = None


def sales_of(tally: SalesTally, known: Known) -> Sales:
    """Return counts as figures: sums over orders none of which has the detail are unknown."""
    columns = known.columns
    priced = tally.priced_orders or not tally.orders
    with_units = tally.orders_with_units or not tally.orders
    return Sales(
        orders=tally.orders if Column.ORDERS in columns else None,
        revenue_minor=tally.revenue_minor if priced and Column.REVENUE in columns else None,
        units=tally.units if with_units and Column.UNITS in columns else None,
    )


class Splits:
    """The orders of which a source says more, and the visits of new and of returning people."""

    def __init__(self, people: DeltaLog, methods: DeltaLog, offers: DeltaLog) -> None:
        """Start at zero; what is counted is noted in the logs too, by second."""
        self._logs = (people, methods, offers)
        self.visits = {True: 0, False: 0}
        """By whether the person bought before."""
        self.people = {True: SalesTally(1), False: SalesTally(0)}
        self.methods: dict[str, SalesTally] = {}
        self.offers: dict[str, SalesTally] = {}

    def add(self, order: OrderPlaced, value: int | None) -> None:
        """Count an order worth `value` (minor units of the session's currency) where it belongs."""
        people, methods, offers = self._logs
        if order.returning is not None:
            self.people[order.returning].add(order, value, people)
        for name, tallies, log in (
            (order.method, self.methods, methods),
            (order.offer_id, self.offers, offers),
        ):
            if name:
                tally = tallies.get(name)
                if tally is None:
                    tally = tallies[name] = SalesTally(len(tallies))
                tally.add(order, value, log)

    def sales(self, by: Mapping[str, SalesTally], known: Known) -> dict[str, Sales]:
        """Return the sales of methods or offers that have any, by name."""
        return {
            name: sales_of(tally, known) for name, tally in sorted(by.items()) if tally.happened
        }
