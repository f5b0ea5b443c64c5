"""Kits as rows, and the price under the offers that run."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from liveroom.models.kits import KITS, Price, kit_rows, parts_price_minor, price_now
from liveroom.models.levers import Levers, RunningOffer
from liveroom.models.offers import ForWhom, Offer, OfferKind
from liveroom.models.splits import Sales
from tests.ui import snapshots
from tests.ui.snapshots import NOW

KIT = Offer(
    offer_id="k1", kind=OfferKind.KIT, title="Office kit", skus=("monitor", "mouse"),
    amount_minor=139_900,
)  # fmt: skip


def off(percent: float, sku: str = "notebook", **fields: object) -> RunningOffer:
    offer = Offer(
        offer_id=f"{percent}", kind=OfferKind.PERCENTAGE, title="", skus=(sku,), percent=percent
    )
    return RunningOffer(offer=replace(offer, **fields), started_at=NOW - 1)


@pytest.mark.parametrize(
    ("running", "price"),
    [
        ((), Price(349_900)),
        ((off(10),), Price(314_910, 349_900)),
        ((off(10), off(20)), Price(279_920, 349_900)),
        ((off(10, "fone"),), Price(349_900)),
        ((off(10, for_whom=ForWhom.NEW),), Price(349_900)),
        ((RunningOffer(offer=KIT, started_at=0),), Price(349_900)),
    ],
)
def test_the_price_now_is_the_lowest_that_everybody_gets(
    running: tuple[RunningOffer, ...], price: Price
) -> None:
    assert price_now("notebook", 349_900, running) == price


def test_an_unknown_price_stays_unknown_under_an_offer() -> None:
    assert price_now("notebook", None, (off(10),)) == Price(None)


def test_a_kit_is_a_row_with_the_orders_of_its_offer_and_the_stock_of_its_scarcest_part() -> None:
    rows = tuple(
        replace(row, stock={"monitor": 26, "mouse": 64}.get(row.sku))
        for row in snapshots.full().products
    )
    levers = Levers(offers=(RunningOffer(offer=KIT, started_at=NOW - 60_000), off(10)))
    sales = {"k1": Sales(orders=7, revenue_minor=979_300, units=14)}
    snapshot = snapshots.full(products=rows, levers=levers, by_offer=sales)
    (kit,) = kit_rows(snapshot)
    assert (kit.sku, kit.name, kit.category) == ("k1", "Office kit", KITS)
    assert (kit.orders, kit.revenue_minor, kit.stock) == (7, 979_300, 26)
    assert (kit.clicks, kit.units) == (None, None)
    assert parts_price_minor(KIT.skus, {row.sku: row for row in rows}) == 139_900 + 14_900


def test_what_nobody_says_of_a_kit_is_unknown_and_what_nobody_bought_is_none() -> None:
    levers = Levers(offers=(RunningOffer(offer=KIT, started_at=NOW - 60_000),))
    (kit,) = kit_rows(snapshots.full(levers=levers))
    assert (kit.orders, kit.revenue_minor, kit.stock) == (None, None, None)
    (kit,) = kit_rows(snapshots.full(levers=levers, by_offer={"other": Sales(orders=1)}))
    assert (kit.orders, kit.revenue_minor) == (0, 0)


def test_a_kit_of_later_is_not_there_yet() -> None:
    levers = Levers(offers=(RunningOffer(offer=KIT, started_at=NOW + 1),))
    assert kit_rows(snapshots.full(levers=levers)) == ()
