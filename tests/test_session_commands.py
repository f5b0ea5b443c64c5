"""A wish changes the show only through the event that confirms it."""

from __future__ import annotations

from pathlib import Path

import pytest

from liveroom.clock import ShowClock
from liveroom.history import show_of
from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.facts import Fact
from liveroom.models.journal import EntryKind
from liveroom.models.targets import TargetKpi
from liveroom.store import SessionStore
from tests.factory import SHOW_START, Script, event, order
from tests.room import (
    SEGMENTS,
    Room,
    commands,
    facts,
    full_disk,
    kpis,
    plan,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "show.liveroom"


def test_a_command_never_makes_the_desk_wait(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Room(path, plan()) as room:
        room.until(lambda s: s.run_of_show.segments)
        monkeypatch.setattr(SessionStore, "append", full_disk)
        room.session._inbox.put([order(0)])
        room.until(lambda s: s.recording.trouble)
        for number in range(200):
            room.session.submit(c.RenameSegment(segment_id="one", title=f"Title {number}"))
        monkeypatch.undo()
        room.until(lambda s: s.run_of_show.segments[0].title == "Title 199", 30)


def test_a_command_changes_the_desk_only_through_the_event_that_confirms_it(path: Path) -> None:
    with Room(path, plan()) as room:
        room.until(lambda s: s.run_of_show.segments)
        room.session.submit(c.TakeSegment(segment_id="two"))
        seen = room.until(lambda s: s.run_of_show.on_air is not None)
        assert seen.run_of_show.on_air.segment_id == "two"
        room.session.submit(c.RenameSegment(segment_id="one", title="Hello"))
        room.session.submit(c.ChangeSegmentDuration(segment_id="one", duration_ms=90_000))
        seen = room.until(lambda s: s.run_of_show.segments[0].duration_ms == 90_000)
        assert seen.run_of_show.segments[0].title == "Hello"
    names = [one.command for one in commands(path)]
    assert names == ["TakeSegment", "RenameSegment", "ChangeSegmentDuration"]


def test_a_target_holds_once_it_is_recorded_and_is_there_when_opened_again(path: Path) -> None:
    with Room(path, plan()) as room:
        room.until(lambda s: s.run_of_show.segments)
        room.session.submit(c.SetTarget(kpi=TargetKpi.REVENUE, value=36_000_000))
        room.session.submit(c.SetTarget(kpi=TargetKpi.CONVERSION, value=1.5))
        room.session.submit(c.SetSegmentTarget(segment_id="one", revenue_target_minor=600_000))
        seen = room.until(lambda s: s.run_of_show.segments[0].revenue_target_minor == 600_000)
        assert seen.targets == {TargetKpi.REVENUE: 36_000_000}
        assert "at most 100 %" in seen.levers.refusal
    store = SessionStore.read(path)
    show = show_of(store)
    store.close()
    assert [each.value for each in show.targets.settings] == [36_000_000]


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (c.TakeSegment(segment_id="nine"), "no segment 'nine'"),
        (c.RenameSegment(segment_id="one", title="  "), "needs a title"),
        (c.ChangeSegmentDuration(segment_id="one", duration_ms=0), "between a second"),
        (c.ChooseCountingSource(counted=Fact.ORDERS, source="ebay"), "no source 'ebay'"),
        (c.RestartConnector(source="ebay"), "no source 'ebay'"),
    ],
)
def test_a_command_that_cannot_be_done_is_refused_and_recorded(
    path: Path, command: c.Command, why: str
) -> None:
    with Room(path, plan()) as room:
        before = room.until(lambda s: s.run_of_show.segments).run_of_show
        room.session.submit(command)
        seen = room.until(lambda s: s.recording.events > room.snapshots[0].recording.events + 3)
        assert seen.run_of_show == before
    assert why in commands(path)[0].refusal


def test_a_second_cue_within_a_second_is_the_echo_of_the_first(path: Path) -> None:
    with Room(path, plan()) as room:
        room.until(lambda s: s.run_of_show.segments)
        room.session.submit(c.TakeSegment(segment_id="one"))
        room.session.submit(c.TakeSegment(segment_id="two"))
        room.until(lambda s: s.run_of_show.on_air is not None)
    refusals = [one.refusal for one in commands(path)]
    assert refusals[0] == ""
    assert "one press is one cue" in refusals[1]


def test_what_happened_in_a_replay_cannot_be_changed(path: Path) -> None:
    with Room(path, plan(), mode="replay") as room:
        room.until(lambda s: s.run_of_show.segments)
        room.session.submit(c.TakeSegment(segment_id="one"))
    assert "this is a replay" in commands(path)[0].refusal


def test_a_command_reaches_the_sources_that_accept_it(path: Path) -> None:
    class Obeys(Script):
        accepts = (c.TakeSegment,)

    taker, other = Obeys([event(e.RunOfShowChanged, 0, segments=SEGMENTS)]), Script([], "other")
    with Room(path, taker, other) as room:
        room.until(lambda s: s.run_of_show.segments)
        room.session.submit(c.TakeSegment(segment_id="one"))
        room.until(lambda s: s.run_of_show.on_air is not None)
    assert list(taker.commands()) == [c.TakeSegment(segment_id="one")]
    assert list(other.commands()) == []


def test_a_rehearsal_that_is_over_takes_notes_and_nothing_that_asks_for_more(path: Path) -> None:
    class Obeys(Script):
        accepts = (c.TakeSegment,)

    source = Obeys([event(e.RunOfShowChanged, 0, segments=SEGMENTS)], mode="simulated")
    clock = ShowClock(1000.0, SHOW_START)
    with Room(path, source, mode="rehearsal", clock=clock) as room:
        room.until(lambda s: s.pace.has_ended)
        room.session.submit(c.TakeSegment(segment_id="one"))
        room.session.submit(c.TakeNote(text="next time earlier"))
        seen = room.until(lambda s: any(entry.text == "next time earlier" for entry in s.journal))
    assert seen.run_of_show.on_air is None
    given = {one.command: one.refusal for one in commands(path)}
    assert given == {"TakeSegment": "the rehearsal has come to its end", "TakeNote": ""}


def test_choosing_another_counting_source_counts_again_from_the_record(path: Path) -> None:
    shop = Script([order(0, 100)], "shop")
    platform = Script([order(0, 70, source="platform"), order(1, 30, source="platform")])
    platform.source = "platform"
    with Room(path, shop, platform) as room:
        room.until(lambda s: sum(f.total for f in s.sources) == 3 and s.totals.orders == 1)
        room.session.submit(c.ChooseCountingSource(counted=Fact.ORDERS, source="platform"))
        seen = room.until(lambda s: s.totals.orders == 2)
        assert seen.totals.revenue_minor == 100
    assert kpis(path)["orders"] == 2


def test_a_clock_shift_counts_again_from_the_record_and_what_comes_after(path: Path) -> None:
    shop = Script([order(0, 100), order(30, 70)])
    # Long ago: the shift is said after both.
    with Room(path, shop) as room:
        room.until(lambda s: s.totals.orders == 2)
        room.session.submit(c.SetClockShift(source="shop", shift_ms=8000))
        seen = room.until(lambda s: s.connections[0].clock_shift_ms == 8000)
        assert seen.started_at == SHOW_START - 8000
        assert seen.totals.orders == 2
        room.session._inbox.put([order(60, 30)])
        seen = room.until(lambda s: s.totals.orders == 3)
        assert seen.series.seconds[-1] == SHOW_START // 1000 + 52
        assert any(one.kind is EntryKind.CLOCK_SHIFT for one in seen.journal)
    raw = [fact.occurred_at for fact in facts(path)]
    assert raw == [SHOW_START, SHOW_START + 30_000, SHOW_START + 60_000]


def test_two_commands_of_one_millisecond_are_two_facts(path: Path) -> None:
    still = ShowClock(None, start=SHOW_START)
    with Room(path, plan(), clock=still) as room:
        room.until(lambda s: s.run_of_show.segments)
        for title in ("Hello", "Welcome"):
            room.session.submit(c.RenameSegment(segment_id="one", title=title))
        room.until(lambda s: s.run_of_show.segments[0].title == "Welcome")


def test_a_message_to_the_presenter_stands_until_it_is_cleared_and_is_recorded(path: Path) -> None:
    with Room(path, plan(event(e.AudienceMeasured, 0, viewers=5))) as room:
        room.until(lambda s: s.audience.samples)
        room.session.submit(c.TellPresenter(text="Ten minutes only\nShow the price"))
        seen = room.until(lambda s: s.presenter.message)
        assert seen.presenter.message == "Ten minutes only\nShow the price"
        assert seen.presenter.since == seen.presenter.told[-1].at
        room.session.submit(c.TellPresenter(text=""))
        room.until(lambda s: len(s.presenter.told) == 2 and not s.presenter.message)
    assert [one.command for one in commands(path)] == ["TellPresenter"] * 2
    store = SessionStore.read(path)
    told = [one for batch in store.events() for one in batch if isinstance(one, e.PresenterTold)]
    store.close()
    assert [one.text for one in told] == ["Ten minutes only\nShow the price", ""]


def test_a_note_is_recorded_with_the_instant_it_is_about(path: Path) -> None:
    with Room(path, plan(event(e.AudienceMeasured, 0, viewers=5))) as room:
        seen = room.until(lambda s: s.audience.samples)
        room.session.submit(c.TakeNote(text="applause", about_at=seen.at))
        seen = room.until(lambda s: any(entry.text == "applause" for entry in s.journal))
    assert "TakeNote" in [one.command for one in commands(path)]
    store = SessionStore.read(path)
    notes = [one for batch in store.events() for one in batch if isinstance(one, e.NoteTaken)]
    store.close()
    assert [(note.text, note.source) for note in notes] == [("applause", "desk")]
