"""Counts what people do with products: see, look at, click, put into carts and take out, check out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from liveroom.models import events as e
from liveroom.models.past.past import LOOKS
from liveroom.models.timeline import Column

if TYPE_CHECKING:
    from liveroom.models.show import Show
    from liveroom.models.side_facts import Counter

# Plain integers: an enum member costs a look-up at every event.
_IMPRESSIONS, _VIEWS = int(Column.IMPRESSIONS), int(Column.PRODUCT_VIEWS)
_CLICKS = int(Column.PRODUCT_CLICKS)
_CART_ADDS, _CART_UNITS = int(Column.CART_ADDS), int(Column.CART_UNITS)
_REMOVALS, _CHECKOUTS = int(Column.CART_REMOVALS), int(Column.CHECKOUTS)
_LOOKS = len(LOOKS)


def _product_shown(show: Show, event: e.ProductShown, inside: bool) -> None:
    if inside:
        second, product = event.occurred_at // 1000, show.product(event.sku)
        show.timeline.row(second)[_IMPRESSIONS] += event.count
        product.impressions += event.count
        show.past.looks.add(second, product.number * _LOOKS, event.count)


def _product_viewed(show: Show, event: e.ProductViewed, inside: bool) -> None:
    if inside:
        second, product = event.occurred_at // 1000, show.product(event.sku)
        show.timeline.row(second)[_VIEWS] += event.count
        product.views += event.count
        show.past.looks.add(second, product.number * _LOOKS + 1, event.count)


def _product_clicked(show: Show, event: e.ProductClicked, inside: bool) -> None:
    if inside:
        second, product = event.occurred_at // 1000, show.product(event.sku)
        show.timeline.row(second)[_CLICKS] += event.count
        product.clicks += event.count
        show.past.looks.add(second, product.number * _LOOKS + 2, event.count)


def _cart_item_added(show: Show, event: e.CartItemAdded, inside: bool) -> None:
    show.seen.add("carts")
    if event.visit is not None:
        show.seen.add("carts.visit")
    if not inside:
        return
    second = event.occurred_at // 1000
    row = show.timeline.row(second)
    row[_CART_ADDS] += event.count
    row[_CART_UNITS] += event.units
    product = show.product(event.sku)
    product.cart_adds += event.count
    product.cart_units += event.units
    key = product.number * _LOOKS
    show.past.looks.add(second, key + 3, event.count)
    show.past.looks.add(second, key + 4, event.units)
    if event.visit is not None:
        show.carts.add(event.visit, second)
        show.cart_log.put_in(event.visit, event.sku, event.units, event.occurred_at)


def _cart_item_removed(show: Show, event: e.CartItemRemoved, inside: bool) -> None:
    if inside:
        show.timeline.row(event.occurred_at // 1000)[_REMOVALS] += event.count
        if event.visit is not None:
            show.cart_log.taken_out(event.visit, event.sku, event.units, event.occurred_at)


def _checkout_started(show: Show, event: e.CheckoutStarted, inside: bool) -> None:
    if inside:
        show.timeline.row(event.occurred_at // 1000)[_CHECKOUTS] += event.count


PRODUCT_COUNTERS: dict[type[e.Event], Counter] = {
    e.ProductShown: _product_shown,
    e.ProductViewed: _product_viewed,
    e.ProductClicked: _product_clicked,
    e.CartItemAdded: _cart_item_added,
    e.CartItemRemoved: _cart_item_removed,
    e.CheckoutStarted: _checkout_started,
}
"""Which function counts which kind of event into a show; the flag says whether it is in the window."""
