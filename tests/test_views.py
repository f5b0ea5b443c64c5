"""The desk, `kpis`, a saved state, a recount and the SQL views agree, whatever a source reports."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from liveroom.models import events as e
from liveroom.models.facts import EntryChannel, Fact
from liveroom.models.run_of_show import Segment
from tests.everywhere import everywhere
from tests.factory import SHOW_START, attached, event, line, order
from tests.strategies import CURRENCIES, SKUS, lever_moves, shows

MINUTE = 60  # seconds
SOURCES = st.sampled_from(["shop", "shop", "platform"])
# The odd instants: around 1970, on and beside the edges of seconds and minutes.
INSTANTS = st.sampled_from(
    [-60_001, -60_000, -59_999, -1_500, -1_000, -1, 0, 1, 59_999, 60_000]
    + [SHOW_START + ms for ms in (0, 999, 1_000, 1_001, 40_000, 39_999, 100_000, 100_500)]
)
TITLES = st.sampled_from(["Demo", "Demo (2)", "Demo (3)", "Offer"])
FACTS = st.sampled_from(Fact)


def cancelled(at_seconds: float = 0, **fields: Any) -> e.OrderCancelled:
    return event(e.OrderCancelled, at_seconds, **fields)


def refund(
    at_seconds: float, amount_minor: int, order_id: str = "A1", currency: str = "BRL"
) -> Any:
    return cancelled(at_seconds, order_id=order_id, amount_minor=amount_minor, currency=currency)


def viewers(at_seconds: float, number: int) -> e.AudienceMeasured:
    return event(e.AudienceMeasured, at_seconds, viewers=number)


@st.composite
def contexts(draw: st.DrawFn) -> list[e.Event]:
    """Return what is no fact by itself: listings, plans, cues, sources and choices among them."""
    plan = tuple(Segment(segment_id=name, title=draw(TITLES), duration_ms=60_000) for name in "abc")
    return [
        *(
            event(
                e.ProductListed,
                0,
                sku=draw(SKUS),
                name=draw(st.sampled_from(["", "Mug", "Cup"])),
                cost_minor=draw(st.none() | st.integers(0, 2000)),
                currency=draw(st.none() | CURRENCIES),
            )
            for _ in range(draw(st.integers(0, 4)))
        ),
        *draw(lever_moves(4)),
        *(
            event(e.SegmentStarted, 0, segment_id=draw(st.sampled_from(["a", "b", "c", "", "z"])))
            for _ in range(draw(st.integers(0, 5)))
        ),
        *([event(e.RunOfShowChanged, 0, segments=plan)] if draw(st.booleans()) else []),
        *(
            attached(source, *draw(st.sets(FACTS)))
            for source in draw(st.sets(st.sampled_from(["shop", "platform"])))
        ),
        *(
            event(e.CountingSourceChosen, 0, counted=draw(FACTS), chosen=draw(SOURCES))
            for _ in range(draw(st.integers(0, 1)))
        ),
    ]


@st.composite
def odd_shows(draw: st.DrawFn) -> list[e.Event]:
    """Return a show in which whatever can be odd is: sources, instants, counts, order of arrival."""
    facts = []
    for fact in draw(shows(24)):
        changes: dict[str, Any] = {"source": draw(SOURCES)}
        if isinstance(fact, e.CountedEvent) and not draw(st.integers(0, 5)):
            changes["count"] = 0
        facts.append(structs.replace(fact, **changes))
    return [
        structs.replace(one, occurred_at=draw(INSTANTS)) if draw(st.booleans()) else one
        for one in draw(st.permutations([*facts, *draw(contexts())]))
    ]


@settings(max_examples=40)
@given(odd_shows(), st.integers(0, 40))
def test_every_way_of_counting_says_the_same(events: list[e.Event], stop_after: int) -> None:
    everywhere(*events, stop_after=stop_after)


def test_a_session_without_facts_knows_nothing() -> None:
    assert everywhere()["orders"] is None


def test_attached_sources_that_report_nothing_make_zeros() -> None:
    found = everywhere(attached("shop", *Fact))
    assert (found["orders"], found["revenue_minor"], found["cancelled_minor"]) == (0, 0, 0)
    assert (found["audience"]["samples"], found["chat"]["peak_per_minute"]) == (0, 0)
    # What an ad account shows is not known before it was read.
    assert (found["ad_spend_minor"], found["roas"]) == (None, None)


def test_of_two_samples_at_one_instant_the_larger_counts() -> None:
    found = everywhere(viewers(0, 10), viewers(0, 30), viewers(1, 20))
    assert found["audience"]["mean"] == 25
    assert found["by_minute"]["audience"] == [25]


def test_a_peak_between_two_seconds_keeps_its_milliseconds() -> None:
    assert everywhere(viewers(0.25, 9))["audience"]["peak_at"] == "2023-11-14T22:13:20.250Z"


def test_a_refund_without_a_rate_is_set_aside_and_not_zero() -> None:
    found = everywhere(order(0, 1000, order_id="A1"), refund(5, 500, currency="EUR"))
    assert (found["cancellations"], found["cancellations_without_amount"]) == (1, 1)
    assert (found["cancelled_minor"], found["net_revenue_minor"]) == (None, None)
    assert found["money_set_aside_minor"] == {"EUR": 500}


def test_a_cancellation_of_an_unknown_order_is_counted_without_an_amount() -> None:
    found = everywhere(order(0, 1000, order_id="A1"), cancelled(5, order_id="A1"), cancelled(9))
    assert (found["cancellations"], found["cancellations_without_amount"]) == (2, 1)
    assert (found["cancelled_minor"], found["net_revenue_minor"]) == (1000, 0)


def test_an_order_cancelled_twice_is_taken_out_once() -> None:
    facts = (
        order(0, 1000, order_id="A1"),
        cancelled(70, order_id="A1"),
        cancelled(5, order_id="A1"),
    )
    for events in (facts, facts[::-1]):
        found = everywhere(*events, stop_after=2)
        assert (found["cancelled_minor"], found["cancellations_without_amount"]) == (1000, 0)
        assert found["by_minute"]["cancelled_minor"] == [1000, 0]


def test_a_cancellation_takes_what_refunds_left_of_the_order() -> None:
    facts = (order(0, 1000, order_id="A1"), refund(5, 300), cancelled(9, order_id="A1"))
    for events in (facts, facts[::-1], facts[1:] + facts[:1]):
        assert everywhere(*events, stop_after=1)["cancelled_minor"] == 1000


def test_a_cancellation_of_an_order_refunded_beyond_its_amount_takes_nothing_more() -> None:
    found = everywhere(order(0, 1000, order_id="A1"), refund(5, 1200), cancelled(9, order_id="A1"))
    assert found["cancelled_minor"] == 1200


def test_the_order_of_a_source_that_does_not_count_has_no_say() -> None:
    found = everywhere(
        attached("platform", Fact.ORDERS),
        attached("shop", Fact.ORDERS, Fact.CANCELLATIONS),
        order(0, 1000, order_id="A1", source="platform"),
        order(0, 1000, order_id="A1", source="shop"),
        cancelled(5, order_id="A1", source="shop"),
    )
    assert found["revenue_minor"] == 1000
    assert (found["cancelled_minor"], found["cancellations_without_amount"]) == (None, 1)


def test_cancellations_alone_leave_the_revenue_unknown() -> None:
    found = everywhere(refund(0, 500))
    assert (found["revenue_minor"], found["cancelled_minor"]) == (None, 500)
    assert found["net_revenue_minor"] is None


def test_units_are_unknown_while_no_order_of_the_span_has_any() -> None:
    assert everywhere(order(0, units=2), order(1))["units"] == 2
    assert everywhere(order(0), order(1))["units"] is None


def test_an_average_of_half_a_minor_unit_goes_to_the_even_one() -> None:
    for amounts, mean in (((1, 2), 2), ((2, 3), 2), ((-1, -2), -2), ((1, 1, 2), 1), ((-1, 0), 0)):
        found = everywhere(*(order(0, amount, currency="BRL") for amount in amounts))
        assert found["average_order_value_minor"] == mean, amounts


def test_orders_priced_through_a_rate_and_not_at_all() -> None:
    found = everywhere(
        order(0, 101, currency="USD", lines=(line("mug", amount_minor=50), line("cap", 2, 51))),
        order(1, 700, currency="EUR", channel=EntryChannel.PAID, label="Ads"),
        order(2, 100, currency=None),
    )
    assert (found["revenue_minor"], found["orders_without_amount"]) == (530, 2)
    assert found["by_channel"]["paid"]["revenue_minor"] is None
    assert found["money_set_aside_minor"] == {"EUR": 700, "none": 100}


def test_instants_before_1970_fall_into_the_second_and_minute_they_are_in() -> None:
    at = -SHOW_START / 1000
    found = everywhere(
        event(e.ChatPosted, at - 30.5),
        event(e.ChatPosted, at + 30.5),
        order(at - 30.5),
        event(
            e.RunOfShowChanged, at, segments=(Segment(segment_id="a", title="A", duration_ms=1),)
        ),
        event(e.SegmentStarted, at - 30.2, segment_id="a"),
    )
    assert found["by_minute"]["minute"] == ["1969-12-31T23:59:00Z", "1970-01-01T00:00:00Z"]
    assert found["by_segment"]["A"]["orders"] == 1


def test_facts_that_stand_for_none_have_a_minute_but_no_product_and_no_channel() -> None:
    found = everywhere(
        event(e.ChatPosted, 0, count=0),
        event(e.ProductViewed, 0, sku="mug", count=0),
        event(e.VisitStarted, 0, count=0),
    )
    assert (found["by_product"], found["by_channel"]) == ({}, {})
    assert found["by_minute"]["chat_messages"] == [0]


def test_the_latest_listing_that_names_a_product_names_it_in_any_order_of_arrival() -> None:
    listings = [
        event(e.ProductListed, 5, sku="mug", name="Old", category="Kitchen"),
        event(e.ProductListed, 9, sku="mug", price_minor=5, currency="BRL"),
        event(e.ProductListed, 7, sku="mug", name="New"),
    ]
    for events in (listings, listings[::-1]):
        found = everywhere(event(e.ProductViewed, 0, sku="mug"), *events, stop_after=2)
        assert found["by_product"]["mug"]["name"] == "New"


def test_of_two_listings_at_one_instant_the_later_recorded_names_the_product() -> None:
    names = [event(e.ProductListed, 5, sku="mug", name=name) for name in ("One", "Two")]
    found = everywhere(event(e.ProductViewed, 0, sku="mug"), *names)
    assert found["by_product"]["mug"]["name"] == "Two"


def test_an_order_on_several_lines_and_one_that_stands_for_three() -> None:
    lines = (line("mug", 0, 0), line("mug"), line("cap", 0, None), line("POST", is_product=False))
    found = everywhere(
        order(0, 100, lines=lines),
        order(1, None, count=3, lines=(line("mug", 3, 7),), currency="USD"),
    )
    assert found["by_product"]["mug"]["orders"] == 4
    assert found["by_product"]["cap"]["revenue_minor"] is None


def test_a_cart_that_was_only_emptied_is_no_cart() -> None:
    found = everywhere(
        event(e.CartItemAdded, 0, sku="mug", units=2, visit=3),
        event(e.CartItemAdded, 0, sku="mug", visit=3),
        event(e.CartItemRemoved, MINUTE, sku="cap"),
    )
    assert (found["carts"], found["cart_units"], list(found["by_product"])) == (1, 3, ["mug"])


def test_the_first_visit_to_arrive_names_the_channel_of_its_orders() -> None:
    found = everywhere(
        order(0, visit=7),
        event(e.VisitStarted, 0, visit=7, channel=EntryChannel.PAID, label="ads"),
        event(e.VisitStarted, 1, visit=7, channel=EntryChannel.DIRECT, label="d"),
        stop_after=1,
    )
    assert found["by_channel"]["paid"]["orders"] == 1


def test_a_source_chosen_late_counts_for_what_was_recorded_before() -> None:
    orders = [order(0, 1), order(0, 2, source="platform")]
    found = everywhere(
        attached("shop", Fact.ORDERS),
        attached("platform", Fact.ORDERS),
        *orders,
        event(e.CountingSourceChosen, 1, source="desk", counted=Fact.ORDERS, chosen="platform"),
        order(2, 4, source="platform"),
        order(2, 8),
        stop_after=4,
    )
    assert found["revenue_minor"] == 6
    assert {row["source"]: row["amount_minor"] for row in found["sources"]} == {
        "shop": 9,
        "platform": 6,
    }


def test_the_sales_of_segments_with_one_title_stay_apart() -> None:
    titles = {"a": "A", "b": "A (3)", "c": "A"}
    found = everywhere(
        event(
            e.RunOfShowChanged,
            0,
            segments=tuple(
                Segment(segment_id=name, title=title, duration_ms=60_000)
                for name, title in titles.items()
            ),
        ),
        *(event(e.SegmentStarted, at * MINUTE, segment_id=n) for at, n in enumerate("abc")),
        *(order(at * MINUTE + 1, 1 << at) for at in range(3)),
    )
    revenues = [row["revenue_minor"] for row in found["by_segment"].values()]
    assert revenues == [1, 2, 4]


def test_a_segment_replaced_within_its_second_sold_nothing() -> None:
    segments = tuple(Segment(segment_id=n, title=n, duration_ms=60_000) for n in ("a", "b"))
    found = everywhere(
        event(e.RunOfShowChanged, 0, segments=segments),
        event(e.SegmentStarted, 0, segment_id="a"),
        event(e.SegmentStarted, 0.9, segment_id="b"),
        order(0.5, 100),
    )
    assert [row["revenue_minor"] for row in found["by_segment"].values()] == [0, 100]


def test_a_window_is_told_what_the_whole_recording_never_gives() -> None:
    told = attached("shop", *Fact)
    words = "chat orders orders.units visits visits.person"
    found = everywhere(structs.replace(told, source_id="details", details=words))
    assert (found["revenue_minor"], found["units"]) == (None, 0)
    assert (found["visitors"], found["chat"]["people"]) == (0, None)
    assert found["cancelled_minor"] == 0
