"""The journal keeps what was done and what befell the show, whatever the order of arrival."""

import pytest
from hypothesis import given

from liveroom.errors import CommandRefused
from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.direction import LONGEST_NOTE, confirm
from liveroom.models.facts import ConnectionState, Mode
from liveroom.models.journal import EntryKind
from liveroom.models.offers import Offer, OfferKind
from liveroom.models.rollup import dump, load
from liveroom.models.show import Show
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
