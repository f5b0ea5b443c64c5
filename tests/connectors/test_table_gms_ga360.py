"""Google Analytics hits equal their ground truth."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from liveroom.models.events import (
    AudienceMeasured,
    CartItemAdded,
    CartItemRemoved,
    CheckoutStarted,
    OrderPlaced,
    ProductClicked,
    ProductListed,
    ProductShown,
    ProductViewed,
    VisitStarted,
)
from liveroom.models.facts import EntryChannel
from tests.connectors.table_helpers import Replay
from tests.connectors.table_recordings import cents, minute_of, played, top, truth_of

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def gms(shared_data: Path) -> Replay:
    return played(shared_data / "gms_ga360", "2017-08-01T15:00Z", "2017-08-01T18:00Z")


@pytest.fixture(scope="module")
def gms_truth(shared_data: Path) -> dict[str, Any]:
    return truth_of(shared_data / "gms_ga360")


def test_every_hit_of_the_shop_is_counted_once(gms: Replay, gms_truth: dict[str, Any]) -> None:
    hits = gms_truth["hits_by_kind"]
    assert len(gms.of(ProductClicked)) == hits["product_click"]
    assert len(gms.of(ProductViewed)) == gms_truth["product_views"] == hits["product_view"]
    assert len(gms.of(CartItemAdded)) == gms_truth["cart_adds"]
    assert len(gms.of(CartItemRemoved)) == hits["remove_from_cart"]
    assert len(gms.of(CheckoutStarted)) == hits["checkout"]
    assert not gms.set_aside


def test_visits_keep_their_channel_and_its_label(gms: Replay, gms_truth: dict[str, Any]) -> None:
    visits = gms.of(VisitStarted)
    assert len(visits) == len({v.visit for v in visits}) == gms_truth["sessions_started"]
    assert len({v.person for v in visits}) == gms_truth["visitors_started"]
    by_label = Counter(v.label for v in visits)
    orders = gms.of(OrderPlaced)
    for label, wanted in gms_truth["by_channel"].items():
        assert by_label[label] == wanted["sessions"]
        ours = [order for order in orders if order.label == label]
        assert len(ours) == wanted["orders"]
        assert sum(o.amount_minor or 0 for o in ours) == cents(wanted["revenue"])
    channels = {v.label: v.channel for v in visits}
    assert channels["Referral"] is channels["Organic Search"] is EntryChannel.ORGANIC
    assert channels["Affiliates"] is channels["Paid Search"] is EntryChannel.PAID
    assert channels["Direct"] is EntryChannel.DIRECT


def test_an_order_confirmed_twice_is_one_order(gms: Replay, gms_truth: dict[str, Any]) -> None:
    orders = gms.of(OrderPlaced)
    assert len(orders) == gms_truth["orders"]
    assert gms_truth["purchase_hits_raw"] == 2 * len(orders)
    assert gms_truth["purchase_rows_raw"] > 6 * len(orders)
    by_minute = Counter(minute_of(order) for order in orders)
    assert by_minute == gms_truth["orders_by_minute"]


def test_an_order_is_known_by_its_hit_and_not_by_its_order_id(shared_data: Path) -> None:
    whole = played(shared_data / "gms_ga360").of(OrderPlaced)
    assert len({order.source_id for order in whole}) == len(whole) == 25
    assert all(order.order_id and order.order_id not in order.source_id for order in whole)


def test_the_order_total_is_the_sources_own(gms: Replay, gms_truth: dict[str, Any]) -> None:
    orders = gms.of(OrderPlaced)
    revenue = sum(order.amount_minor or 0 for order in orders)
    assert revenue == cents(gms_truth["revenue"]) != cents(gms_truth["items_revenue"])
    assert sum(order.units or 0 for order in orders) == gms_truth["units"]
    for order in orders:
        assert sum(line.amount_minor or 0 for line in order.lines) == order.amount_minor
    units = Counter[str]()
    for order in orders:
        for line in order.lines:
            units[line.sku] += line.units
    assert top(units) == gms_truth["top_units"]


def test_a_cart_without_quantity_counts_one_unit(gms: Replay, gms_truth: dict[str, Any]) -> None:
    carts = gms.of(CartItemAdded)
    assert sum(cart.units for cart in carts) == gms_truth["cart_units"]
    assert len({cart.visit for cart in carts}) == gms_truth["sessions_with_cart"]
    assert top(Counter(cart.sku for cart in carts)) == gms_truth["top_cart_rows"]


def test_views_rank_as_in_the_shop(gms: Replay, gms_truth: dict[str, Any]) -> None:
    views = Counter(view.sku for view in gms.of(ProductViewed))
    assert len(views) == gms_truth["distinct_products_viewed"]
    assert top(views) == gms_truth["top_views"]


def test_a_sku_at_several_prices_is_one_product(gms: Replay, shared_data: Path) -> None:
    listed = gms.of(ProductListed)
    assert len(listed) == len({product.sku for product in listed}) == 357
    prices = {product.sku: product.price_minor for product in listed}
    assert prices["GGOEA0CH077599"] == 1499  # seen from 11.99 to 59.96 that day


def test_placeholder_categories_are_blank_and_names_keep_their_text(gms: Replay) -> None:
    listed = gms.of(ProductListed)
    assert sum(product.category == "" for product in listed) >= 38
    assert not any(product.category in ("(not set)", "${escCatTitle}") for product in listed)
    assert any("  " in product.name for product in listed)


def test_text_that_is_not_ascii_is_read(shared_data: Path) -> None:
    whole = played(shared_data / "gms_ga360")
    assert "visit:s0340" in {visit.source_id for visit in whole.of(VisitStarted)}  # Côte d’Ivoire


def test_the_derived_audience_is_sampled(gms: Replay, gms_truth: dict[str, Any]) -> None:
    viewers = [sample.viewers for sample in gms.of(AudienceMeasured)]
    assert max(viewers) == gms_truth["audience_derived_peak"]
    assert round(sum(viewers) / len(viewers), 2) == gms_truth["audience_derived_mean"]


def test_impressions_are_counted(shared_data: Path) -> None:
    assert len(played(shared_data / "gms_ga360").of(ProductShown)) == 21_088
