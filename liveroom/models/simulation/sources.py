"""The three sources of a simulated show, as on a real desk: the stream, the shop, the ad account."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from liveroom.models import events as e
from liveroom.models.facts import EntryChannel, Fact
from liveroom.models.simulation.scenarios.scenario import Scenario

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


AUDIENCE_DUE_SECONDS = 15.0
"""Three samples of the audience that did not come: the stream is late."""
REPORTS_DUE = 2.5
"""So many reporting periods without a report: the ad account is late."""


def due_seconds(scenario: Scenario) -> Mapping[str, float]:
    """Return after how long (s) a source is late; the shop has no interval: orders come when they come."""
    delay = scenario.reporting.delay
    due = {STREAM: AUDIENCE_DUE_SECONDS + delay}
    if any(one.channel is EntryChannel.PAID and one.share for one in scenario.channels):
        due[ADS] = REPORTS_DUE * scenario.ads.reported_every + delay
    return due


def attachments(
    at: int, mode: str = "simulated", due: Mapping[str, float] = MappingProxyType({})
) -> list[e.SourceAttached]:
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
            due_seconds=due.get(source),
        )
        for source, facts in PROVIDES.items()
    ]
