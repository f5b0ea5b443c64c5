"""One thread takes facts in: recorded first, then counted, then shown; in order to the very end."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from liveroom import sources
from liveroom.clock import ShowClock
from liveroom.connectors.base import Connector, Link
from liveroom.connectors.recorded_session import RecordedSession
from liveroom.errors import KnownError
from liveroom.headless import Watcher, play
from liveroom.history import show_of
from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.facts import ConnectionState, EntryChannel, Fact, Presentation
from liveroom.models.kpis import kpis_of
from liveroom.models.run_of_show import Segment
from liveroom.models.window import Window
from liveroom.recorder import Recorder
from liveroom.session import Session
from liveroom.store import SessionStore
from tests.factory import SHOW_START, Script, attached, event, meta, order, record
from tests.room import (
    Room,
    busy_minutes,
    changes,
    facts,
    kpis,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "show.liveroom"


def test_a_show_is_recorded_counted_and_shown(path: Path) -> None:
    last = record(path, [order(0, 1000), order(1, 500)])
    assert last.totals.revenue_minor == 1500
    assert last.recording.events > 2
    assert last.connections[0].state is ConnectionState.FINISHED
    assert kpis(path)["revenue_minor"] == 1500


@pytest.mark.parametrize("speed", [None, 1.0])
def test_in_a_hurry_the_desk_shows_the_instant_that_its_facts_have_reached(
    path: Path, speed: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("liveroom.session.PUBLISH_EVERY_SECONDS", 0.0)
    monkeypatch.setattr("liveroom.session.LARGEST_BATCH", 1000)
    views = [event(e.ProductViewed, second, sku="soap") for second in range(20_000)]
    clock = ShowClock(speed, SHOW_START)
    if speed is not None:
        clock.run_until(SHOW_START + 20_000_000)
    room = Room(path, Script(views), clock=clock, mode="replay")
    with room:
        room.until(lambda snapshot: snapshot.products and snapshot.products[0].views == len(views))
    ages = [snapshot.age_ms(Fact.PRODUCT_VIEWS) for snapshot in room.snapshots]
    assert len([age for age in ages if age is not None]) > 5
    assert not any(ages)
    instants = [snapshot.at for snapshot in room.snapshots]
    assert instants == sorted(instants)


def test_carts_that_are_worked_out_beside_the_session_come_to_the_desk(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("liveroom.models.cart_camera.FACTS_AT_ONCE", 1)
    carts = [
        event(e.CartItemAdded, second, sku="soap", visit=number)
        for number, second in enumerate(range(0, 3_000, 10))
    ]
    clock = ShowClock(2_000.0, SHOW_START)
    with Room(path, Script(carts), clock=clock, mode="replay") as room:
        room.until(lambda snapshot: snapshot.cart_board.whole.carts == len(carts))


def test_when_no_more_facts_come_the_desk_shows_all_of_them(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("liveroom.models.cart_camera.FACTS_PER_SNAPSHOT", 1)
    monkeypatch.setattr("liveroom.session.PUBLISH_EVERY_SECONDS", 0.0)
    monkeypatch.setattr("liveroom.session.LARGEST_BATCH", 1000)
    carts = [event(e.CartItemAdded, second, sku="soap", visit=second) for second in range(9_000)]
    last = record(path, carts)
    assert last.cart_board.whole.carts == len(carts)


@pytest.mark.parametrize("speed", [None, 1000.0])
def test_a_recording_runs_from_its_own_first_instant_on(path: Path, speed: float | None) -> None:
    events = [event(e.ProductListed, 0, sku="soap", name="Soap"), order(30), order(90)]
    clock, watcher = ShowClock(speed), Watcher()
    last = play(Session(path, meta(), [Script(events)], clock, watcher), watcher)
    runs = [one for one in changes(path) if one.state is ConnectionState.RUNNING]
    assert len(runs) == 1
    assert SHOW_START <= runs[0].occurred_at <= SHOW_START + 90_000
    told = [one for one in last.journal if one.state is not ConnectionState.STARTING]
    assert told
    assert all(one.at <= SHOW_START + 600_000 for one in told)


def test_the_same_recording_again_into_the_same_session_changes_nothing(path: Path) -> None:
    events = busy_minutes()
    record(path, events)
    before = kpis(path)
    last = record(path, events)
    assert kpis(path) == before
    assert last.recording.repeated >= len(events)


def test_a_show_that_was_killed_goes_on_where_it_was_and_at_its_own_pace(path: Path) -> None:
    events = busy_minutes(minutes=4)
    ended = SHOW_START + 120_000
    record(path, [one for one in events if one.received_at <= ended])
    clock = ShowClock(1.0, SHOW_START)
    with Room(path, Script(events), clock=clock, mode="replay") as room:
        seen = room.until(lambda s: s.at >= ended - 1000)
        assert clock.pace.speed == 1.0
    assert seen.at < ended + 10_000


def test_a_file_that_is_new_begins_at_the_beginning(path: Path) -> None:
    clock = ShowClock(1.0, SHOW_START)
    with Room(path, Script(busy_minutes(minutes=1)), clock=clock, mode="replay") as room:
        room.until(lambda s: True)
    assert clock.pace.until is None
    assert clock.now() < SHOW_START + 10_000


def test_every_event_delivered_twice_counts_once(path: Path, tmp_path: Path) -> None:
    events = busy_minutes()
    record(path, events)
    twice = [copy for one in events for copy in (one, one)]
    record(tmp_path / "twice.liveroom", twice)
    assert kpis(tmp_path / "twice.liveroom") == kpis(path)


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_arrival_within_a_minute_changes_nothing(
    path: Path, tmp_path: Path, seed: int
) -> None:
    events = busy_minutes()
    record(path, events)
    dice = random.Random(seed)
    late = sorted(events, key=lambda one: one.received_at + dice.randrange(60_000))
    record(tmp_path / "late.liveroom", late)
    assert kpis(tmp_path / "late.liveroom") == kpis(path)


def test_a_session_replays_as_the_same_session(path: Path, tmp_path: Path) -> None:
    record(path, busy_minutes())
    again = tmp_path / "again.liveroom"
    plan = sources.replay(sources.recording(path), None, again)
    watcher = Watcher()
    play(plan.session(watcher, 1), watcher)
    assert kpis(again) == kpis(path)
    assert facts(again) == facts(path)


def test_a_file_under_another_name_is_the_same_file(path: Path) -> None:
    other = path.with_name("other.liveroom")
    store = SessionStore.record(path, meta())
    other.symlink_to(path)
    with pytest.raises(KnownError, match="another liveroom is recording"):
        SessionStore.record(other, meta())
    store.close()


def test_a_rehearsal_does_not_enter_a_replay_nor_another_rehearsal(path: Path) -> None:
    record(path, [order(0)])
    with pytest.raises(KnownError, match="holds a replay, this is a rehearsal"):
        record(path, [order(1)], mode="rehearsal")
    one, two = path.with_name("one.liveroom"), "the rehearsal 'Festa' with seed 2"
    record(one, [], mode="rehearsal", origin="the rehearsal 'Festa' with seed 1")
    with pytest.raises(KnownError, match="seed 1, this is the rehearsal 'Festa' with seed 2"):
        record(one, [], mode="rehearsal", origin=two)


def test_a_debrief_shows_the_show_as_it_ended(path: Path) -> None:
    record(path, busy_minutes())
    with Room(path, mode="debrief") as room:
        seen = room.until(lambda s: True)
    assert seen.recent.visits == 600
    assert seen.at < SHOW_START + 3_600_000


def test_what_was_stamped_by_another_clock_does_not_speed_up_a_replay(path: Path) -> None:
    record(path, [order(second) for second in range(0, 3600, 10)])
    source = RecordedSession(path)
    with Room(path.with_name("b.liveroom"), source, clock=ShowClock(60.0), mode="replay") as room:
        seen = room.until(lambda s: s.totals.orders == 3)
        assert seen.at < SHOW_START + 60_000


SEGMENTS = tuple(
    Segment(segment_id=name, title=name.title(), duration_ms=30_000)
    for name in ("hello", "first", "second", "never")
)
CUES = ((0, "hello"), (30, "first"), (90, "second"))


def test_a_window_of_a_replayed_session_counts_what_the_window_of_the_session_does(
    path: Path,
) -> None:
    record(
        path,
        [
            event(e.VisitStarted, 0, visit=1, person=1, channel=EntryChannel.PAID, label="Ads"),
            event(e.VisitStarted, 61, visit=3, person=3),
            order(1, 1000, order_id="early", source="shop"),
            order(70, 500, visit=1),
            event(e.OrderCancelled, 75, order_id="early"),
            event(e.VisitStarted, 10, received_at=SHOW_START + 90_000, visit=2, label="Mail"),
            order(80, 300, visit=2),
            order(2, 700, source="till"),
            event(e.RunOfShowChanged, 0, segments=SEGMENTS, title="Festa"),
            *(event(e.SegmentStarted, at, segment_id=name) for at, name in CUES),
            attached("gauge", Fact.AUDIENCE, Fact.CHAT),
            event(e.ProductPinned, 20, sku="A", source="desk"),
            event(e.PresentationChanged, 70, style=Presentation.DEMONSTRATION, source="desk"),
            event(e.ProductPinned, 130, sku="B", source="desk"),
        ],
    )
    store = SessionStore.record(path, meta())
    store.set_aside("shop", SHOW_START, "no number", "{}")
    store.close()
    window = Window(start=SHOW_START + 60_000, end=SHOW_START + 120_000)
    store = SessionStore.read(path)
    shown = show_of(store, window)
    whole = kpis_of(shown, store.set_aside_counts())
    store.close()
    cut = path.with_name("cut.liveroom")
    plan = sources.replay(sources.recording(path, window=window), None, cut)
    watcher = Watcher()
    play(plan.session(watcher, 1), watcher)
    again = kpis(cut)
    for name in set(whole) - {"from", "to"}:
        assert again[name] == whole[name], name
    store = SessionStore.read(cut)
    levers = show_of(store).levers
    store.close()
    # What was set before the window still is; what is set after it is not known yet.
    assert (levers.pinned, levers.style) == ("A", Presentation.DEMONSTRATION)


def test_the_last_snapshot_holds_the_last_fact(path: Path) -> None:
    with Room(path, Script(busy_minutes())) as room:
        room.until(lambda s: s.totals.visits)
    assert room.snapshots[-1].totals.visits == kpis(path)["visits"]


def test_a_session_opens_where_it_was_left(path: Path) -> None:
    events = busy_minutes()
    record(path, events[:500])
    with Room(path, Script([]), mode="replay") as room:
        seen = room.until(lambda s: s.connections)
        assert seen.totals.visits == sum(isinstance(one, e.VisitStarted) for one in events[:500])


def test_looking_at_a_session_changes_nothing_in_it(path: Path) -> None:
    record(path, busy_minutes())
    before = path.read_bytes()
    with Room(path, mode="debrief") as room:
        seen = room.until(lambda s: True)
        assert seen.totals.visits == 720
        room.session.submit(c.TakeSegment(segment_id="one"))
    assert path.read_bytes() == before


def test_what_is_sent_while_the_last_batch_is_written_is_recorded_too(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing, session = threading.Event(), Session(path, meta(), [], ShowClock(None, SHOW_START))
    take_in = Recorder.take_in

    class Talker(Connector):
        title, mode, provides = "Talker", "recorded", (Fact.ORDERS,)

        def run(self, link: Link) -> None:
            link.send([order(0, 1000)])
            writing.wait(10)
            link.send([order(1, 500)])

    def slowly(recorder: Recorder, batch: Sequence[e.Event], *rest: Any) -> None:
        take_in(recorder, batch, *rest)
        if any(isinstance(one, e.OrderPlaced) for one in batch) and not writing.is_set():
            writing.set()
            session._ending.wait(10)

    monkeypatch.setattr(Recorder, "take_in", slowly)
    session.connectors["shop"] = Talker("shop")
    session.start()
    session.wait_open()
    writing.wait(10)
    session.stop()
    assert kpis(path)["revenue_minor"] == 1500


def test_parts_that_did_not_change_are_the_same_objects(path: Path) -> None:
    with Room(path, Script([event(e.ProductListed, 0, sku="mug", name="Mug"), order(0)])) as room:
        first = room.until(lambda s: s.totals.orders == 1)
        room.session._inbox.put([event(e.AudienceMeasured, 1, viewers=5)])
        second = room.until(lambda s: s.audience.last == 5)
        assert second.run_of_show is first.run_of_show
        assert second.channels is first.channels
        assert second.segment_sales is first.segment_sales


def test_a_replay_in_time_keeps_its_pace(path: Path) -> None:
    events = [order(second) for second in range(0, 60, 10)]
    with Room(path, Script(events), clock=ShowClock(60.0), mode="replay") as room:
        seen = room.until(lambda s: s.totals.orders == 3)
        assert seen.at < events[4].occurred_at
        room.until(lambda s: s.totals.orders == 6)
