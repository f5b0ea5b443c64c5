"""The journal keeps what was done and what befell the show, whatever the order of arrival."""

from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.errors import CommandRefused
from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.camera import Camera, Caption
from liveroom.models.direction import LONGEST_NOTE, confirm
from liveroom.models.facts import ConnectionState, Mode
from liveroom.models.journal import EntryKind
from liveroom.models.offer_ends import TIME_OVER
from liveroom.models.offers import Offer, OfferKind
from liveroom.models.rollup import dump, load
from liveroom.models.show import Show
from liveroom.models.snapshot import Recording
from tests.factory import SHOW_START, event, order
from tests.strategies import lever_moves


def show_of(*events: e.Event) -> Show:
    show = Show()
    show.apply_all(events)
    return show


def test_deeds_and_mishaps_leave_entries_and_counted_facts_do_not() -> None:
    offer = Offer(offer_id="o", kind=OfferKind.PERCENTAGE, title="Ten off", percent=10)
    show = show_of(
        event(e.SegmentStarted, 1, segment_id="one"),
        event(e.OfferStarted, 2, offer=offer),
        order(3),
        event(e.ConnectionChanged, 4, state=ConnectionState.FAILING, reason="time-out"),
        event(e.CommandGiven, 5, command="PinProduct", refusal="there is no product 'x'"),
        event(e.CommandGiven, 6, command="PinProduct"),
        event(e.NoteTaken, 7, text="the host coughed"),
    )
    assert [(one.kind, one.subject, one.text) for one in show.journal.entries()] == [
        (EntryKind.SEGMENT, "one", ""),
        (EntryKind.OFFER, "o", "Ten off"),
        (EntryKind.SOURCE, "shop", "time-out"),
        (EntryKind.REFUSED, "PinProduct", "there is no product 'x'"),
        (EntryKind.NOTE, "", "the host coughed"),
    ]


@given(lever_moves())
def test_entries_stand_in_order_of_time_whatever_arrives_first(moves: list[e.Event]) -> None:
    forth, back = show_of(*moves), show_of(*reversed(moves))
    assert forth.journal.entries() == back.journal.entries()
    times = [entry.at for entry in forth.journal.entries()]
    assert times == sorted(times)


@given(lever_moves())
def test_entries_survive_in_the_saved_state(moves: list[e.Event]) -> None:
    show, again = show_of(*moves), Show()
    load(dump(show), again)
    assert again.journal.entries() == show.journal.entries()


def test_entries_are_the_same_object_while_nothing_is_new() -> None:
    show = show_of(event(e.NoteTaken, 1, text="one"))
    before = show.journal.entries()
    show.apply(order(2))
    assert show.journal.entries() is before
    show.apply(event(e.NoteTaken, 0, text="earlier"))
    assert [entry.text for entry in show.journal.entries()] == ["earlier", "one"]


def test_a_note_is_about_the_instant_at_which_it_was_begun() -> None:
    show = show_of(order(0))
    now = SHOW_START + 60_000
    (taken,) = confirm(
        c.TakeNote(text="  applause ", about_at=now - 9_000), show, Mode.LIVE, now, "1"
    )
    assert isinstance(taken, e.NoteTaken)
    assert (taken.text, taken.occurred_at, taken.received_at) == ("applause", now - 9_000, now)
    (mark,) = confirm(c.TakeNote(), show, Mode.REHEARSAL, now, "2")
    assert (mark.occurred_at, mark.received_at) == (now, now)


@pytest.mark.parametrize(
    ("note", "why"),
    [
        (c.TakeNote(text="x" * (LONGEST_NOTE + 1)), "at most 500 characters"),
        (c.TakeNote(about_at=SHOW_START + 60_001), "between the start of the show and now"),
        (c.TakeNote(about_at=SHOW_START - 1), "between the start of the show and now"),
    ],
)
def test_a_note_that_cannot_be_is_refused(note: c.TakeNote, why: str) -> None:
    with pytest.raises(CommandRefused, match=why):
        confirm(note, show_of(order(0)), Mode.LIVE, SHOW_START + 60_000, "1")


# What nobody reports: prices that change, offers that end by themselves


def listed(at_seconds: float, price_minor: int | None, **fields: Any) -> e.ProductListed:
    defaults = {"sku": "mug", "currency": "BRL", "price_minor": price_minor}
    return event(e.ProductListed, at_seconds, **(defaults | fields))


def told(show: Show, at_seconds: float, kind: EntryKind) -> list[tuple[int, str, int, int | None]]:
    """Return when (s of show), of what and how much the journal tells as of an instant."""
    at = SHOW_START + round(at_seconds * 1000)
    journal = Camera(show, Caption()).snapshot(at, Recording()).journal
    return [
        ((one.at - SHOW_START) // 1000, one.text, one.number, one.before)
        for one in journal
        if one.kind is kind
    ]


def test_a_price_that_changes_leaves_an_entry_and_one_told_again_none() -> None:
    show = show_of(listed(0, 900), listed(60, 900), listed(120, 700), listed(180, 700))
    assert told(show, 200, EntryKind.PRICE) == [(120, "BRL", 700, 900)]
    assert told(show, 119, EntryKind.PRICE) == []


def test_a_price_in_another_currency_is_a_change_without_a_price_before() -> None:
    show = show_of(listed(0, 900), listed(60, 100, currency="USD"), listed(70, None))
    assert told(show, 99, EntryKind.PRICE) == [(60, "USD", 100, None)]


def test_two_catalogues_that_disagree_are_no_changes_back_and_forth() -> None:
    polls = [listed(at, 900 + 50 * (at % 2), source=f"shop {at % 2}") for at in range(20)]
    assert told(show_of(*polls), 99, EntryKind.PRICE) == []


@given(
    st.lists(
        st.builds(
            listed,
            at_seconds=st.integers(0, 20),
            price_minor=st.sampled_from([500, 700, 900]),
            sku=st.sampled_from(["mug", "cap"]),
            source=st.sampled_from(["shop", "stream"]),
        ),
        max_size=14,
    ),
    st.randoms(),
    st.integers(0, 21),
)
def test_price_changes_are_the_same_in_any_order_of_arrival(
    listings: list[e.ProductListed], random: Random, second: int
) -> None:
    # Slowly: per source and product the highest price of each instant, then what differs from before.
    expected = []
    for key in {(one.source, one.sku) for one in listings}:
        own = [one for one in listings if (one.source, one.sku) == key]
        prices = {
            at: max(one.price_minor or 0 for one in own if one.occurred_at == at)
            for at in sorted({one.occurred_at for one in own})
        }
        steps = list(prices.items())
        expected += [
            ((at - SHOW_START) // 1000, "BRL", price, before)
            for (_, before), (at, price) in pairwise(steps)
            if price != before and at <= SHOW_START + second * 1000
        ]
    shuffled = list(listings)
    random.shuffle(shuffled)
    show, again = Show(), Show()
    for number, one in enumerate(shuffled):
        show.apply(one)
        if number % 3 == 1:
            show.prices.entries()
    load(dump(show), again)
    for each in (show, again):
        assert sorted(told(each, second, EntryKind.PRICE)) == sorted(expected)


def started(at_seconds: float, **fields: Any) -> e.OfferStarted:
    known = {"offer_id": "o", "kind": OfferKind.PERCENTAGE, "title": "Ten off", "percent": 10}
    offer = Offer(**(known | fields))
    ends_at = None if offer.duration_ms is None else at_of(at_seconds) + offer.duration_ms
    return event(e.OfferStarted, at_seconds, offer=offer, ends_at=ends_at)


def at_of(at_seconds: float) -> int:
    return SHOW_START + round(at_seconds * 1000)


def ends(show: Show, at_seconds: float) -> list[tuple[int, str]]:
    return [(at, why) for at, why, _, _ in told(show, at_seconds, EntryKind.OFFER_ENDED)]


def test_an_offer_whose_time_is_over_leaves_an_entry() -> None:
    show = show_of(started(10, duration_ms=60_000))
    assert ends(show, 69) == []
    assert ends(show, 70) == ends(show, 500) == [(70, TIME_OVER)]


def test_an_offer_that_was_ended_before_its_time_has_that_one_end() -> None:
    ended = event(e.OfferEnded, 30, offer_id="o", reason="ended by the producer")
    show = show_of(started(10, duration_ms=60_000), ended)
    assert ends(show, 500) == [(30, "ended by the producer")]


def test_an_offer_whose_units_are_sold_leaves_an_entry_at_its_last_order() -> None:
    sales = [order(at, offer_id="o", units=2) for at in (50, 20, 30, 40)]
    for arrived in (sales, sales[::-1]):
        show = show_of(*arrived, started(10, limit_units=5, duration_ms=600_000))
        assert ends(show, 39) == []
        assert ends(show, 40) == ends(show, 900) == [(40, "all 5 units sold")]


def test_a_sold_out_offer_that_its_source_reports_too_has_one_entry() -> None:
    sales = [order(20, offer_id="o", units=5)]
    reported = event(e.OfferEnded, 21, offer_id="o", reason="sold out")
    show = show_of(started(10, limit_units=5), *sales, reported)
    assert ends(show, 500) == [(21, "sold out")]


def test_an_offer_ended_long_after_it_was_sold_out_has_both() -> None:
    late = event(e.OfferEnded, 300, offer_id="o", reason="ended by the producer")
    show = show_of(started(10, limit_units=5), order(20, offer_id="o", units=5), late)
    assert ends(show, 500) == [(20, "all 5 units sold"), (300, "ended by the producer")]


def test_units_that_no_source_tells_end_no_offer() -> None:
    show = show_of(started(10, limit_units=1), order(20, offer_id="o"), order(21, offer_id="o"))
    assert ends(show, 500) == []


def test_sales_of_an_offer_survive_in_the_saved_state() -> None:
    show, again = show_of(started(10, limit_units=3), order(20, offer_id="o", units=2)), Show()
    load(dump(show), again)
    again.apply(order(30, offer_id="o", units=1))
    assert ends(again, 500) == [(30, "all 3 units sold")]


def test_the_journal_is_the_same_object_while_nothing_is_new() -> None:
    show = show_of(listed(0, 900), listed(60, 700), started(10, duration_ms=60_000))
    camera = Camera(show, Caption())
    first, second, third = (camera.snapshot(at_of(at), Recording()).journal for at in (65, 66, 70))
    assert first is second
    assert len(third) == len(first) + 1
