"""Snapshots with offers, levers, costs and stock, to show on the panels that steer."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from liveroom.models.facts import ConnectionState, Mode, Presentation, Trouble
from liveroom.models.levers import Levers, RunningOffer, RunningTrouble
from liveroom.models.offers import Offer, OfferKind
from liveroom.models.snapshot import ProductRow, Snapshot
from liveroom.models.splits import Sales
from tests.ui import snapshots
from tests.ui.snapshots import NOW, instant

COST_SHARES = {"notebook": 74, "fone": 59, "watch": 62, "boom": 56, "tablet": 79, "monitor": 74}
STOCKS = {"notebook": 39, "fone": 86, "watch": 44, "boom": 13, "tablet": 58, "monitor": 26}


def board() -> tuple[ProductRow, ...]:
    """Return the show's products with what six of them cost and have in stock."""
    return tuple(
        replace(
            row,
            cost_minor=row.price_minor * COST_SHARES[row.sku] // 100,
            stock=STOCKS[row.sku],
        )
        if row.sku in STOCKS and row.price_minor is not None
        else row
        for row in snapshots.full().products
    )


DISCOUNT = RunningOffer(
    offer=Offer(
        offer_id="boom10",
        kind=OfferKind.PERCENTAGE,
        title="Caixa Boom −10 %",
        skus=("boom",),
        percent=10,
        duration_ms=600_000,
        limit_units=40,
    ),
    started_at=instant("20:36:00"),
    ends_at=instant("20:46:00"),
)
KIT = RunningOffer(
    offer=Offer(
        offer_id="kit1",
        kind=OfferKind.KIT,
        title="Kit Home Office",
        skus=("monitor", "mouse"),
        amount_minor=148_000,
    ),
    started_at=instant("20:30:00"),
)
COUPON = RunningOffer(
    offer=Offer(
        offer_id="coupon",
        kind=OfferKind.AMOUNT,
        title="Coupon R$ 30",
        skus=("fone",),
        amount_minor=3000,
        duration_ms=180_000,
    ),
    started_at=instant("20:07:00"),
    ends_at=instant("20:10:00"),
)
LEVERS = Levers(
    offers=(COUPON, KIT, DISCOUNT),
    pinned="notebook",
    style=Presentation.DEMONSTRATION,
    payment_links_automatic=True,
    ad_spend_per_minute_minor=3_000,
    reserved={"notebook": 20},
    stock_integrated=False,
    set_at={
        "link notebook": NOW - 240_000,
        "style": instant("20:00:00"),
        "payment_links_automatic": instant("20:00:00"),
    },
)
BY_OFFER = {
    "boom10": Sales(orders=11, revenue_minor=444_400, units=13),
    "coupon": Sales(orders=24, revenue_minor=765_600, units=26),
}


def steered(**changes: Any) -> Snapshot:
    """Return a rehearsal in which several levers were moved."""
    known: dict[str, Any] = {"products": board(), "levers": LEVERS, "by_offer": BY_OFFER}
    return snapshots.rehearsal(**(known | changes))


def live(**changes: Any) -> Snapshot:
    """Return the same, live."""
    return steered(**({"mode": Mode.LIVE, "connections": snapshots.CONNECTIONS} | changes))


def debrief(**changes: Any) -> Snapshot:
    """Return the same, as it ended."""
    return steered(**({"mode": Mode.DEBRIEF} | changes))


def stale(**changes: Any) -> Snapshot:
    """Return the same while the shop does not answer."""
    down = tuple(
        replace(
            one, state=ConnectionState.FAILING, reason="timed out", last_received_at=NOW - 400_000
        )
        if one.source == "shop"
        else one
        for one in snapshots.CONNECTIONS
    )
    old = tuple(
        replace(one, received_at=NOW - 400_000) if one.source == "shop" else one
        for one in snapshots.SOURCES
    )
    return live(**({"connections": down, "sources": old} | changes))


def busy(factor: int = 10, **changes: Any) -> Snapshot:
    """Return ten times as many products, offers and troubles."""
    rows = tuple(
        replace(row, sku=f"{row.sku}-{n}", name=f"{row.name} edição {n}")
        for n in range(factor)
        for row in board()
    )
    offers = tuple(
        RunningOffer(
            offer=replace(
                DISCOUNT.offer, offer_id=f"o{n}", title=f"Caixa Boom 360 edição limitada {n} −10 %"
            ),
            started_at=instant("20:36:00") + n,
            ends_at=instant("20:46:00") + n * 1000,
        )
        for n in range(factor)
    )
    levers = replace(LEVERS, offers=(*LEVERS.offers, *offers), troubles=TROUBLES * factor)
    return steered(**({"products": (*board(), *rows), "levers": levers} | changes))


TROUBLES = (
    RunningTrouble(
        trouble=Trouble.SILENCE,
        started_at=instant("20:15:00"),
        ends_at=instant("20:17:00"),
        subject="shop",
        text="source goes silent: shop",
    ),
    RunningTrouble(
        trouble=Trouble.CHECKOUT_FAILS,
        started_at=instant("20:40:30"),
        ends_at=instant("20:43:30"),
        text="checkout fails",
    ),
    RunningTrouble(
        trouble=Trouble.SOLD_OUT,
        started_at=instant("20:41:00"),
        ends_at=instant("20:43:00"),
        subject="boom",
        text="product sells out: boom",
    ),
)


def moved(**changes: Any) -> Snapshot:
    """Return the next snapshot, after levers moved."""
    set_at = {**LEVERS.set_at, **changes.pop("set_at", {})}
    return steered(at=NOW + 1000, levers=replace(LEVERS, set_at=set_at, **changes))
