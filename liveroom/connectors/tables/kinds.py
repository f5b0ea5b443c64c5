"""The kinds of event a mapping can name: the cells each may and must have, and how it is built."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from liveroom.connectors.tables.cells import Exact
from liveroom.models.events import (
    AudienceMeasured,
    CartItemAdded,
    CartItemRemoved,
    ChatPosted,
    CheckoutStarted,
    Event,
    OrderCancelled,
    OrderPlaced,
    ProductClicked,
    ProductListed,
    ProductShown,
    ProductViewed,
    VisitStarted,
)
from liveroom.models.money import round_minor

Values = dict[str, Any]


class Kind(Struct, frozen=True, kw_only=True):
    """One kind of event in the mapping language."""

    event: type[Event] | None
    cells: tuple[str, ...]
    needs: tuple[str, ...] = ()
    timed: bool = True
    build: Callable[[Values], None] = lambda values: None
    """Turns the cells' values into the event's own fields, in place."""


def _round_amount(values: Values) -> None:
    amount = values.pop("amount", None)
    values["amount_minor"] = None if amount is None else round_minor_of(amount)
    if amount is None:
        values["currency"] = None


def _round_price(values: Values) -> None:
    price = values.pop("price", None)
    values["price_minor"] = None if price is None else round_minor_of(price)
    if price is None:
        values["currency"] = None


_OF_PRODUCT = ("sku", "visit", "count")
_OF_CART = ("sku", "units", "visit", "count")
_CHANNEL = ("channel", "traffic_source", "traffic_medium")
_OF_ORDER = ("order_id", "amount", "currency", "units", "lines", "visit", "person", "count")

KINDS: dict[str, Kind] = {
    "visit": Kind(event=VisitStarted, cells=("visit", "person", *_CHANNEL, "count")),
    "impression": Kind(event=ProductShown, cells=_OF_PRODUCT, needs=("sku",)),
    "product_view": Kind(event=ProductViewed, cells=_OF_PRODUCT, needs=("sku",)),
    "product_click": Kind(event=ProductClicked, cells=_OF_PRODUCT, needs=("sku",)),
    "cart_add": Kind(event=CartItemAdded, cells=_OF_CART, needs=("sku",)),
    "cart_removal": Kind(event=CartItemRemoved, cells=_OF_CART, needs=("sku",)),
    "checkout": Kind(event=CheckoutStarted, cells=("visit", "count")),
    "order": Kind(event=OrderPlaced, cells=(*_OF_ORDER, *_CHANNEL), build=_round_amount),
    "cancellation": Kind(
        event=OrderCancelled,
        cells=("order_id", "amount", "currency", "lines", "count"),
        build=_round_amount,
    ),
    "chat": Kind(event=ChatPosted, cells=("person", "text", "count")),
    "audience": Kind(event=AudienceMeasured, cells=("viewers",), needs=("viewers",)),
    "product": Kind(
        event=ProductListed,
        cells=("sku", "name", "category", "price", "currency"),
        needs=("sku",),
        timed=False,
        build=_round_price,
    ),
    "segment": Kind(
        event=None,
        cells=("segment", "title", "duration"),
        needs=("title", "duration"),
    ),
}


def round_minor_of(amount: Exact) -> int:
    """Return an exact amount in whole minor units, half to even."""
    return amount if isinstance(amount, int) else round_minor(amount)
