"""What a producer can put before the audience: a price, a kit, a gift, for a time or while it lasts."""

from __future__ import annotations

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
