"""What the presenter is told holds from its instant to the next message, whatever arrives first."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.errors import CommandRefused
from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.camera import Camera, Caption
from liveroom.models.direction import LONGEST_MESSAGE, confirm
from liveroom.models.facts import Mode
from liveroom.models.journal import EntryKind
from liveroom.models.past.as_of import as_of
from liveroom.models.rollup import dump, load
from liveroom.models.show import Show
from liveroom.models.snapshot import Recording
from tests.factory import SHOW_START, event, order

TEXTS = st.sampled_from(["", "Wrap up", "Say the price", "Ten minutes only\nShow it"])
MESSAGES = st.lists(st.tuples(st.integers(0, 20), TEXTS), max_size=8)


def told(at_seconds: float, text: str) -> e.PresenterTold:
    return event(e.PresenterTold, at_seconds, source="desk", text=text)


def show_of(*events: e.Event) -> Show:
    show = Show()
    show.apply_all(events)
    return show


@given(MESSAGES, st.integers(-1, 21), st.randoms())
def test_what_stands_at_an_instant_is_the_last_that_was_told_by_then(
    messages: list[tuple[int, str]], second: int, chance: random.Random
) -> None:
    events = [told(at, text) for at, text in messages]
    chance.shuffle(events)
    presenter = show_of(*events).presenter.as_of(SHOW_START + second * 1000)
    by_then = sorted((at, text) for at, text in messages if at <= second)
    assert presenter.message == (by_then[-1][1] if by_then else "")
    stands = SHOW_START + by_then[-1][0] * 1000 if presenter.message else None
    assert presenter.since == stands


@given(MESSAGES)
def test_messages_survive_in_the_saved_state(messages: list[tuple[int, str]]) -> None:
    show, again = show_of(*(told(at, text) for at, text in messages)), Show()
    load(dump(show), again)
    assert again.presenter == show.presenter


def test_a_snapshot_tells_the_message_of_its_instant_and_shares_it_while_nothing_is_new() -> None:
    show = show_of(told(1, "One"), told(5, "Two"), order(9))
    camera = Camera(show, Caption())

    def at(second: int) -> str:
        return camera.snapshot(SHOW_START + second * 1000, Recording()).presenter.message

    assert [at(0), at(1), at(4), at(5), at(9)] == ["", "One", "One", "Two", "Two"]
    assert show.presenter.as_of(SHOW_START + 9_000) is show.presenter


@given(MESSAGES, st.integers(0, 21))
def test_a_show_looked_back_at_tells_the_message_of_then(
    messages: list[tuple[int, str]], second: int
) -> None:
    show = show_of(order(0), order(21), *(told(at, text) for at, text in messages))
    then = as_of(show, SHOW_START + second * 1000)
    assert then.presenter == show.presenter.as_of(SHOW_START + second * 1000 + 999)


def test_the_recent_messages_come_newest_first_and_each_once() -> None:
    presenter = show_of(
        told(1, "A"), told(2, ""), told(3, "B"), told(4, "A"), told(5, "C")
    ).presenter
    assert [one.text for one in presenter.recent(9)] == ["C", "A", "B"]
    assert [one.text for one in presenter.recent(2)] == ["C", "A"]


def test_a_message_is_confirmed_by_an_event_with_its_lines_in_order() -> None:
    at = SHOW_START + 9_000
    command = c.TellPresenter(text="  Surprise   at 20:42 \n\n Say it  ")
    (found,) = confirm(command, show_of(order(0)), Mode.LIVE, at, "1")
    assert isinstance(found, e.PresenterTold)
    assert (found.text, found.occurred_at) == ("Surprise at 20:42\nSay it", at)


def test_a_blank_message_clears_the_one_that_stands_and_is_refused_where_none_does() -> None:
    show = show_of(told(1, "Wrap up"))
    (found,) = confirm(c.TellPresenter(text=" "), show, Mode.REHEARSAL, SHOW_START + 5_000, "1")
    assert isinstance(found, e.PresenterTold)
    show.apply(found)
    assert show.presenter.message == ""
    with pytest.raises(CommandRefused, match="no message stands"):
        confirm(c.TellPresenter(text=""), show, Mode.LIVE, SHOW_START + 6_000, "2")


@pytest.mark.parametrize(
    ("text", "mode", "why"),
    [
        ("x" * (LONGEST_MESSAGE + 1), Mode.LIVE, "at most 160 characters, not 161"),
        ("one\ntwo\nthree", Mode.LIVE, "at most 2 lines"),
        ("Wrap up", Mode.REPLAY, "this is a replay"),
        ("Wrap up", Mode.DEBRIEF, "this is a debrief"),
    ],
)
def test_a_message_that_cannot_be_told_is_refused(text: str, mode: Mode, why: str) -> None:
    with pytest.raises(CommandRefused, match=why):
        confirm(c.TellPresenter(text=text), show_of(order(0)), mode, SHOW_START + 9_000, "1")


def test_messages_stand_in_the_journal() -> None:
    entries = show_of(told(1, "Wrap up"), told(2, "")).journal.entries()
    assert [(one.kind, one.text) for one in entries] == [
        (EntryKind.TOLD, "Wrap up"),
        (EntryKind.TOLD, ""),
    ]
