"""Counts orders, line by line, and what cancellations take back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liveroom.models import events as e
from liveroom.models.past.past import SALES
from liveroom.models.timeline import Column

if TYPE_CHECKING:
    from liveroom.models.show import Show
    from liveroom.models.side_facts import Counter

# Plain integers: an enum member costs a look-up at every event.
_ORDERS, _PRICED = int(Column.ORDERS), int(Column.PRICED_ORDERS)
_UNITS, _REVENUE = int(Column.UNITS), int(Column.REVENUE)
_WITH_UNITS = int(Column.ORDERS_WITH_UNITS)
_SALES = len(SALES)


def _order_placed(show: Show, event: e.OrderPlaced, inside: bool) -> None:
    value = show.ledger.value(event.amount_minor, event.currency)
    show.seen.add("orders")
    if event.amount_minor is not None:
        show.seen.add("orders.amount")
        if inside:
            add_amount(show, event, value)
    if event.units is not None:
        show.seen.add("orders.units")
    if event.person is not None:
        show.seen.add("orders.person")
    if event.returning is not None:
        show.seen.add("orders.returning")
    if event.order_id and value is not None:
        _remember_value(show, (event.source, event.order_id), value)
    if not inside:
        return
    row = show.timeline.row(event.occurred_at // 1000)
    row[_ORDERS] += event.count
    if event.units is not None:
        row[_WITH_UNITS] += event.count
        row[_UNITS] += event.units
    if value is not None:
        row[_PRICED] += event.count
        row[_REVENUE] += value
    elif event.amount_minor is not None:
        show.set_aside(event.amount_minor, event.currency)
    if event.person is not None:
        show.buyers.add(event.person, event.occurred_at // 1000)
    if event.returning is not None or event.method or event.offer_id:
        show.splits.add(event, value)
    if event.offer_id and event.units is not None:
        show.offer_sales.add(event.offer_id, event.occurred_at, event.units)
    show.cart_log.ordered(event.visit, event.person, event.occurred_at)
    _count_lines(show, event, row)
    show.attribution.order_placed(event, value)


def _count_lines(show: Show, event: e.OrderPlaced, row: list[int]) -> None:
    second = event.occurred_at // 1000
    minute, log = second // 60, show.past.sales
    line_sold = show.margins.line_sold
    products, ledger = show.products, show.ledger
    own_currency = event.currency == ledger.currency
    for line in event.lines:
        if not line.is_product:
            continue
        product = products.get(line.sku) or show.product(line.sku)
        show.dirty_products.add(product)
        key = product.number * _SALES
        if product.last_order is not event:
            product.last_order = event
            product.orders += event.count
            log.add(second, key, event.count)
        product.units += line.units
        log.add(second, key + 1, line.units)
        show.past.units.add(second, product.number, line.units)
        product.recent_units.add(minute, line.units)
        value = line.amount_minor
        if value is not None and not own_currency:
            value = ledger.value(value, event.currency)
        if value is not None:
            product.priced_lines += 1
            product.priced_units += line.units
            product.revenue_minor += value
            line_sold(line.sku, second, line.units, value, row)
            log.add(second, key + 2, value)
            log.add(second, key + 3, 1)
            log.add(second, key + 4, line.units)


def add_amount(show: Show, event: e.OrderPlaced, value: int | None) -> None:
    """Add an order's amount to its source's own, whether the source counts or not."""
    tally = show.counting.by_kind[e.OrderPlaced][event.source]
    if value is not None:
        tally.amount_minor = (tally.amount_minor or 0) + value
        show.past.amounts.add(event.occurred_at // 1000, tally.number, value)


def _remember_value(show: Show, order: tuple[str, str], value: int) -> None:
    if show.cancellations.order_placed(order, value, show.timeline):
        show.seen.add("cancellations.amount")


def _order_cancelled(show: Show, event: e.OrderCancelled, inside: bool) -> None:
    value = show.ledger.value(event.amount_minor, event.currency)
    show.seen.add("cancellations")
    priced = show.cancellations.cancelled(event, inside, value, show.timeline)
    if priced or event.amount_minor is not None:
        show.seen.add("cancellations.amount")
    if inside and value is None and event.amount_minor is not None:
        show.set_aside(event.amount_minor, event.currency)


ORDER_COUNTERS: dict[type[e.Event], Counter] = {
    e.OrderPlaced: _order_placed,
    e.OrderCancelled: _order_cancelled,
}
"""Which function counts which kind of event into a show; the flag says whether it is in the window."""
