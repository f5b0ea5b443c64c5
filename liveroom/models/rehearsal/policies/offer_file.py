"""Reads the offers that a policy launches, and refuses those that make no sense at the list prices."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from liveroom.models.money import amount_text
from liveroom.models.offers import ForWhom, Offer, OfferKind, loss_of
from liveroom.models.rehearsal.policies.names import Names
from liveroom.models.rehearsal.policies.offer_wishes import Launch
from liveroom.models.rehearsal.policies.selectors import SEVERAL
from liveroom.models.simulation.scenarios.ranges import Range
from liveroom.models.toml.table import Table

_PERCENT = Range("percent", 0.1, 99.9)
_TERMS: Mapping[OfferKind, tuple[str, ...]] = {
    OfferKind.PERCENTAGE: ("percent",),
    OfferKind.AMOUNT: ("amount",),
    OfferKind.KIT: ("amount", "kit_discount"),
    OfferKind.GIFT: ("gift",),
}
"""The keys that say what an offer of a kind gives: one of them has to be there."""


def read_launch(row: Table, names: Names) -> Launch:
    """Return the wish to launch an offer."""
    kind = OfferKind(row.choice("kind", [str(each) for each in OfferKind]))
    term = _term(row, kind)
    minutes = row.optional_number("minutes", Range("minutes", 0.5, 1440))
    everyone = str(ForWhom.EVERYONE)
    whom = row.choice("for_whom", list(map(str, ForWhom))) if row.has("for_whom") else everyone
    offer = Offer(
        offer_id=row.text("id") if row.has("id") else "",
        kind=kind,
        title=row.text("title"),
        skus=names.products(row, "skus", needed=kind is OfferKind.KIT),
        percent=row.number("percent", _PERCENT) if term == "percent" else 0.0,
        amount_minor=row.amount("amount", names.currency, low_minor=1) if term == "amount" else 0,
        gift_sku=names.product(row, "gift") if term == "gift" else "",
        duration_ms=None if minutes is None else round(minutes * 60_000),
        limit_units=row.whole("limit", 1, 1_000_000) if row.has("limit") else None,
        for_whom=ForWhom(whom),
    )
    _check_kit(row, offer)
    _check_prices(row, offer, term, names)
    kit_discount = row.number("kit_discount", _PERCENT) if term == "kit_discount" else None
    return Launch(offer=offer, kit_discount=kit_discount)


def _term(row: Table, kind: OfferKind) -> str:
    """Return the key that says what an offer gives; those of other kinds have no place beside it."""
    own = _TERMS.get(kind, ())
    for key in dict.fromkeys(key for keys in _TERMS.values() for key in keys):
        if row.has(key) and key not in own:
            raise row.mistake(key, f"has no place in an offer of the kind {str(kind)!r}")
    said = [key for key in own if row.has(key)]
    if len(said) > 1:
        raise row.mistake(" and ".join(said), "stand side by side; a kit has one of them")
    if own and not said:
        raise row.missing(*own)
    return said[0] if said else ""


def _check_kit(row: Table, offer: Offer) -> None:
    """Raise KnownError for a kit that can never have two products."""
    if offer.kind is not OfferKind.KIT or SEVERAL & set(offer.skus):
        return
    if len(set(offer.skus)) < 2:
        raise row.error("skus", list(offer.skus), "two different products or more: it is a kit")


def _check_prices(row: Table, offer: Offer, term: str, names: Names) -> None:
    """Raise KnownError where the list prices of what is named make nonsense of an offer.

    What a word such as `best seller` stands for is not known before the show: the desk asks then.
    """
    if term not in ("percent", "amount"):
        return
    named = [sku for sku in offer.skus if sku in names.prices]
    if not offer.skus or "all" in offer.skus:
        named = names.skus
    is_kit = offer.kind is OfferKind.KIT
    if not named or (is_kit and not set(offer.skus) <= {*names.skus, "all"}):
        return
    loss = loss_of(replace(offer, skus=tuple(named)), names.prices)
    if loss is None:
        return
    price = amount_text(loss.price_minor, names.currency)
    if is_kit:
        raise row.error(
            term, row.take(term), f"less than {price}, what the products cost one by one"
        )
    raise row.error(term, row.take(term), f"less than the price of {loss.sku}, {price}")
