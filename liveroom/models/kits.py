"""Kits as rows of the product board, and what a product costs now: both follow from the offers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from liveroom.models.offers import ForWhom, OfferKind
from liveroom.models.snapshot import ProductRow

if TYPE_CHECKING:
    from liveroom.models.levers import RunningOffer
    from liveroom.models.snapshot import Snapshot

KITS = "Kits"
"""The category under which kits stand."""
_PRICED = (OfferKind.PERCENTAGE, OfferKind.AMOUNT)


class Price(NamedTuple):
    """What a unit costs now, and what it cost before the offer that runs (minor units)."""

    now: int | None
    before: int | None = None


def price_now(sku: str, price_minor: int | None, running: Iterable[RunningOffer]) -> Price:
    """Return the lowest price that anybody gets; offers for new or returning people alone are not meant."""
    if price_minor is None:
        return Price(None)
    prices = [
        each.offer.price_minor(sku, price_minor)
        for each in running
        if each.offer.kind in _PRICED and each.offer.for_whom is ForWhom.EVERYONE
    ]
    lowest = min(prices, default=price_minor)
    return Price(lowest, price_minor) if lowest < price_minor else Price(price_minor)


def kit_rows(snapshot: Snapshot) -> tuple[ProductRow, ...]:
    """Return a row per kit that was launched so far; its id stands for the SKU.

    Orders and revenue are those bought under the offer: of the whole orders, and counted at the parts
    of the kit too, so that kits are in no total. A kit can be sold as often as its scarcest part.
    """
    parts = {row.sku: row for row in snapshot.products}
    return tuple(
        _kit_row(each, snapshot, parts)
        for each in snapshot.levers.offers
        if each.offer.kind is OfferKind.KIT and each.started_at <= snapshot.at
    )


def parts_price_minor(skus: Iterable[str], parts: Mapping[str, ProductRow]) -> int | None:
    """Return what the parts of a kit cost one by one; None where a price is unknown."""
    prices = [parts[sku].price_minor if sku in parts else None for sku in dict.fromkeys(skus)]
    known = [price for price in prices if price is not None]
    return sum(known) if known and len(known) == len(prices) else None


def _kit_row(
    running: RunningOffer, snapshot: Snapshot, parts: Mapping[str, ProductRow]
) -> ProductRow:
    offer = running.offer
    sales = snapshot.by_offer.get(offer.offer_id)
    # Where no order of the show names its offer, nobody knows which of them held a kit.
    says = bool(snapshot.by_offer)
    stocks = [parts[sku].stock if sku in parts else None for sku in offer.skus]
    known = [stock for stock in stocks if stock is not None]
    return ProductRow(
        sku=offer.offer_id,
        name=offer.title,
        category=KITS,
        price_minor=offer.amount_minor,
        impressions=None,
        views=None,
        clicks=None,
        cart_adds=None,
        orders=sales.orders if sales is not None else 0 if says else None,
        units=None,
        revenue_minor=sales.revenue_minor if sales is not None else 0 if says else None,
        click_through_rate=None,
        click_to_order_rate=None,
        units_per_minute=None,
        trend=(),
        stock=min(known) if known and len(known) == len(stocks) else None,
    )
