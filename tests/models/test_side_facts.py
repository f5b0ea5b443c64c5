"""Spend, leads, stock, margins, new and returning people: exact, and unknown where nobody says."""

from __future__ import annotations

from typing import Any

import pytest

from liveroom.models import events as e
from liveroom.models.camera import Camera, Caption
from liveroom.models.facts import EntryChannel, Fact
from liveroom.models.limits import LARGEST, misfits
from liveroom.models.measures import mean_watch_minutes
from liveroom.models.money import Ledger
from liveroom.models.show import Show
from liveroom.models.snapshot import Recording, Snapshot
from tests.everywhere import everywhere
from tests.factory import SHOW_START, attached, event, line, order


def listed(sku: str, cost_minor: int | None, at_seconds: float = 0, **fields: Any) -> Any:
    return event(
        e.ProductListed,
        at_seconds,
        sku=sku,
        **({"cost_minor": cost_minor, "currency": "BRL"} | fields),
    )


def spent(at_seconds: float, amount_minor: int, **fields: Any) -> e.AdSpent:
    return event(e.AdSpent, at_seconds, amount_minor=amount_minor, **({"currency": "BRL"} | fields))


def stock(at_seconds: float, units: int, **fields: Any) -> e.StockMeasured:
    return event(e.StockMeasured, at_seconds, units=units, **({"sku": "mug"} | fields))


def snapshot(*events: e.Event) -> Snapshot:
    show = Show(Ledger(currency="BRL"))
    show.apply_all(events)
    return Camera(show, Caption()).snapshot(SHOW_START + 600_000, Recording())


def test_ad_spend_gives_roas_and_the_cost_of_new_customers_and_of_leads() -> None:
    found = everywhere(
        spent(0, 1000),
        spent(9, 100, currency="USD"),
        order(5, 4575, returning=False),
        order(6, 1525, returning=True),
        event(e.LeadCaptured, 7, count=4),
    )
    assert (found["ad_spend_minor"], found["roas"]) == (1525, 4.0)
    assert (found["cac_minor"], found["cpl_minor"]) == (1525, 381)


def test_the_cost_of_a_customer_is_unknown_while_nobody_says_who_is_new() -> None:
    found = everywhere(spent(0, 1000), order(1))
    assert (found["cac_minor"], found["cpl_minor"]) == (None, None)
    assert found["returning"] == {"visits": None, "orders": None, "revenue_minor": None}


def test_ad_spend_is_unknown_until_the_ad_account_was_read() -> None:
    joins = attached("ads", Fact.AD_SPEND)
    before = snapshot(joins, order(1))
    assert (before.totals.ad_spend_minor, before.cac_minor) == (None, None)
    assert before.counting[Fact.AD_SPEND] == "ads"
    assert snapshot(joins, spent(0, 0)).totals.ad_spend_minor == 0


def test_ad_spend_without_a_rate_is_set_aside_and_not_zero() -> None:
    found = everywhere(spent(0, 700, currency="EUR", label="Ads"), order(1))
    assert (found["ad_spend_minor"], found["roas"]) == (None, None)
    assert found["money_set_aside_minor"] == {"EUR": 700}
    assert found["by_channel"]["paid"]["labels"]["Ads"]["ad_spend_minor"] is None


def test_ad_spend_belongs_to_the_paid_channel_by_its_label() -> None:
    found = everywhere(
        spent(0, 700, label="Ads"),
        spent(1, 200, label="Clips"),
        event(e.VisitStarted, 2, channel=EntryChannel.PAID, label="Ads"),
        event(e.VisitStarted, 3, channel=EntryChannel.DIRECT, label="Mail"),
    )
    paid = found["by_channel"]["paid"]
    assert paid["ad_spend_minor"] == 900
    assert {label: row["ad_spend_minor"] for label, row in paid["labels"].items()} == {
        "Ads": 700,
        "Clips": 200,
    }
    assert found["by_channel"]["direct"]["ad_spend_minor"] is None


def test_the_stock_is_the_latest_measured_in_any_order_of_arrival() -> None:
    facts = (stock(0, 9), stock(60, 5), stock(30, 7), event(e.ProductViewed, 0, sku="mug"))
    for events in (facts, facts[::-1]):
        assert everywhere(*events, stop_after=2)["by_product"]["mug"]["stock"] == 5


def test_of_two_stocks_at_one_instant_the_smaller_counts() -> None:
    for units in ((4, 6), (6, 4)):
        found = everywhere(*(stock(0, n) for n in units), event(e.ProductViewed, 0, sku="mug"))
        assert found["by_product"]["mug"]["stock"] == 4


def test_stock_of_a_source_that_does_not_count_is_not_shown() -> None:
    found = everywhere(
        attached("shop", Fact.STOCK),
        stock(9, 3, source="counter"),
        stock(0, 8),
        event(e.ProductViewed, 0, sku="mug"),
    )
    assert found["by_product"]["mug"]["stock"] == 8


def test_the_margin_is_revenue_minus_the_cost_of_the_units_whose_cost_is_known() -> None:
    lines = (line("mug", 2, 1000), line("cap", 1, 700), line("mug", 5, None))
    found = everywhere(listed("mug", 300), order(0, 1700, lines=lines))
    assert found["margin_minor"] == 1000 - 2 * 300
    assert found["by_product"]["mug"]["margin_minor"] == 400
    assert found["by_product"]["cap"]["margin_minor"] is None


def test_a_cost_that_arrives_after_the_order_counts_and_the_latest_one_does() -> None:
    sale = order(0, 1000, lines=(line("mug", 1, 1000),))
    costs = [listed("mug", 300, 5), listed("mug", 400, 9), listed("mug", None, 12)]
    for events in ([sale, *costs], [*costs[::-1], sale]):
        assert everywhere(*events, stop_after=2)["margin_minor"] == 600


def test_a_cost_in_another_currency_takes_the_rate_or_is_unknown() -> None:
    sale = order(0, 1000, lines=(line("mug", 1, 1000),))
    assert everywhere(sale, listed("mug", 100, currency="USD"))["margin_minor"] == 475
    assert everywhere(sale, listed("mug", 100, currency="EUR"))["margin_minor"] is None


def test_the_margin_is_unknown_where_nothing_sold_has_a_cost() -> None:
    assert everywhere(order(0, 1000))["margin_minor"] is None
    assert everywhere(listed("mug", 300), order(0, 1000))["margin_minor"] is None
    nothing_sold = everywhere(listed("mug", 300), attached("shop", Fact.ORDERS))
    assert nothing_sold["margin_minor"] == 0


def test_new_and_returning_people_are_told_apart_where_the_source_says_so() -> None:
    found = everywhere(
        event(e.VisitStarted, 0, returning=True, count=3),
        event(e.VisitStarted, 1, returning=False),
        event(e.VisitStarted, 2),
        order(3, 500, returning=True),
        order(4, 300, returning=False, count=2),
        order(5, 200),
    )
    assert found["returning"] == {"visits": 3, "orders": 1, "revenue_minor": 500}
    assert found["new"] == {"visits": 1, "orders": 2, "revenue_minor": 300}


def test_orders_are_told_apart_by_payment_method_and_offer() -> None:
    found = everywhere(
        order(0, 500, method="pix", offer_id="surprise", units=2),
        order(1, None, method="card", units=1),
        order(2, 100),
    )
    assert found["by_method"] == {
        "card": {"orders": 1, "revenue_minor": None, "units": 1},
        "pix": {"orders": 1, "revenue_minor": 500, "units": 2},
    }
    assert found["by_offer"] == {"surprise": {"orders": 1, "revenue_minor": 500, "units": 2}}


def test_the_mean_watch_time_is_the_audience_added_up_over_the_visits() -> None:
    facts = (
        event(e.AudienceMeasured, 0, viewers=100),
        event(e.AudienceMeasured, 60, viewers=200),
        event(e.AudienceMeasured, 120, viewers=0),
        event(e.VisitStarted, 0, count=150),
    )
    assert everywhere(*facts)["mean_watch_minutes"] == pytest.approx(2.0)
    show = Show()
    show.apply_all(facts[:2] + facts[3:])
    # Two minutes at most are held against a silent source.
    until = SHOW_START + 3_600_000
    assert mean_watch_minutes(show, until) == pytest.approx((100 + 2 * 200) / 150)


def test_the_mean_watch_time_is_unknown_without_visits_or_with_one_sample() -> None:
    samples = [event(e.AudienceMeasured, at, viewers=9) for at in (0, 60)]
    assert everywhere(*samples)["mean_watch_minutes"] is None
    assert everywhere(samples[0], event(e.VisitStarted, 0))["mean_watch_minutes"] is None


def test_a_snapshot_shows_what_the_desk_knows() -> None:
    found = snapshot(
        listed("mug", 300),
        stock(0, 9),
        spent(0, 500),
        event(e.CartItemAdded, 0, sku="mug", visit=1),
        order(1, 1000, lines=(line("mug", 2, 1000),), method="pix", offer_id="x", returning=False),
        event(e.Reacted, 2, count=7),
        event(e.ProductPinned, 3, sku="mug"),
    )
    (mug,) = found.products
    assert (mug.stock, mug.cost_minor, mug.margin_minor) == (9, 300, 400)
    assert (found.margin_minor, found.cac_minor, found.totals.roas) == (400, 500, 2.0)
    assert (found.totals.reactions, found.totals.leads) == (7, None)
    assert (found.new.orders, found.returning.orders) == (1, 0)
    assert (found.by_method["pix"].orders, found.by_offer["x"].revenue_minor) == (1, 1000)
    assert (found.cart_board.whole.carts, found.levers.pinned) == (1, "mug")


def test_amounts_and_stocks_beyond_64_bits_of_sums_are_refused() -> None:
    odd = [spent(0, LARGEST + 1), stock(0, LARGEST + 1), listed("mug", LARGEST + 1)]
    assert misfits([*odd, spent(0, 1)]) == odd
