"""The three sources of a simulated show, as on a real desk: the stream, the shop, the ad account."""

from __future__ import annotations

from collections.abc import Mapping

from liveroom.models import events as e
from liveroom.models.facts import Fact

STREAM, SHOP, ADS = "stream", "shop", "ads"

PROVIDES: Mapping[str, tuple[Fact, ...]] = {
    STREAM: (
        Fact.AUDIENCE,
        Fact.VISITS,
        Fact.IMPRESSIONS,
        Fact.PRODUCT_VIEWS,
        Fact.PRODUCT_CLICKS,
        Fact.CHAT,
        Fact.REACTIONS,
        Fact.LEADS,
    ),
    SHOP: (
        Fact.CARTS,
        Fact.CART_REMOVALS,
        Fact.CHECKOUTS,
        Fact.ORDERS,
        Fact.CANCELLATIONS,
        Fact.FAILED_PAYMENTS,
        Fact.STOCK,
    ),
    ADS: (Fact.AD_SPEND,),
}
"""What each source reports; every kind of fact has one."""

TITLES: Mapping[str, str] = {STREAM: "Stream", SHOP: "Shop", ADS: "Ads"}

_OF_FACT = {fact: source for source, facts in PROVIDES.items() for fact in facts}
_OF_SHOP = (
    e.ProductListed,
    e.OfferEnded,
    e.PaymentLinkSent,
    e.PaymentLinksAutomated,
    e.StockIntegrated,
)


def source_of(kind: type[e.Event]) -> str:
    """Return the source that reports a kind of event; the run of show comes from the stream."""
    if kind.fact is not None:
        return _OF_FACT[kind.fact]
    if kind is e.AdBudgetSet:
        return ADS
    return SHOP if kind in _OF_SHOP else STREAM


def attachments(at: int, mode: str = "simulated") -> list[e.SourceAttached]:
    """Return what makes a session count on the three sources, from the instant `at` (ms UTC)."""
    return [
        e.SourceAttached(
            occurred_at=at,
            received_at=at,
            source=source,
            source_id=f"attached:{at}",
            title=TITLES[source],
            provides=facts,
            mode=mode,
        )
        for source, facts in PROVIDES.items()
    ]
