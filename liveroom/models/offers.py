"""What a producer can put before the audience: a price, a kit, a gift, for a time or while it lasts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct


class OfferKind(StrEnum):
    """What an offer gives."""

    PERCENTAGE = "percentage"
    """`percent` off the products of `skus`."""
    AMOUNT = "amount"
    """`amount_minor` off each unit of the products of `skus`."""
    KIT = "kit"
    """One of each of `skus` together for `amount_minor`."""
    FREE_SHIPPING = "free shipping"
    GIFT = "gift"
    """One of `gift_sku` with every order that holds a product of `skus`."""
    LEAD_MAGNET = "lead magnet"
    """Something free for leaving one's contact, such as an e-book."""


class ForWhom(StrEnum):
    """Who may take an offer."""

    EVERYONE = "everyone"
    NEW = "new"
    """People who never bought before."""
    RETURNING = "returning"


class Offer(Struct, frozen=True, kw_only=True):
    """An offer; without `skus` it holds for every product."""

    offer_id: str
    kind: OfferKind
    title: str
    skus: tuple[str, ...] = ()
    percent: float = 0
    """Off the price, above 0 and below 100, of a percentage offer."""
    amount_minor: int = 0
    """Off each unit, or the price of a kit; in the session's currency."""
    gift_sku: str = ""
    duration_ms: int | None = None
    """How long it runs; None: until it is ended."""
    limit_units: int | None = None
    """How many units (kits) there are at this price; None: while stocks last."""
    for_whom: ForWhom = ForWhom.EVERYONE

    def price_minor(self, sku: str, price_minor: int) -> int:
        """Return what a unit of a product costs under this offer; kits have a price of their own."""
        if self.skus and sku not in self.skus:
            return price_minor
        if self.kind is OfferKind.PERCENTAGE:
            return price_minor - round(price_minor * self.percent / 100)
        if self.kind is OfferKind.AMOUNT:
            return max(0, price_minor - self.amount_minor)
        return price_minor


class Loss(Struct, frozen=True, kw_only=True):
    """Why an offer makes no sense at the prices of its products; without `sku` it is the whole kit."""

    sku: str = ""
    price_minor: int
    """What the product costs, or what the parts of the kit cost one by one."""


def loss_of(offer: Offer, prices: Mapping[str, int | None]) -> Loss | None:
    """Return what an offer gives away: the cheapest product it leaves without a price, or a dear kit.

    `prices` are list prices by sku (minor units) of all products; of an unknown one nothing is said.
    """
    if offer.kind is OfferKind.KIT:
        parts = [prices.get(sku) for sku in dict.fromkeys(offer.skus)]
        known = [price for price in parts if price is not None]
        is_dear = known and len(known) == len(parts) and offer.amount_minor >= sum(known)
        return Loss(price_minor=sum(known)) if is_dear else None
    for sku in sorted(offer.skus or prices, key=lambda sku: prices.get(sku) or 0):
        price = prices.get(sku)
        if price and offer.price_minor(sku, price) <= 0:
            return Loss(sku=sku, price_minor=price)
    return None
