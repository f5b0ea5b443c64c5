"""One thread takes facts in: recorded first, then counted, then shown; in order to the very end."""

from __future__ import annotations

import random
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from liveroom import sources
from liveroom.clock import LiveClock, ShowClock
from liveroom.connectors.base import Connector, Link, SetAside
from liveroom.connectors.recorded_session import RecordedSession
from liveroom.errors import KnownError, NeedsAttention, TemporaryError
from liveroom.headless import Watcher, play
from liveroom.history import show_of
from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.facts import ConnectionState, EntryChannel, Fact
from liveroom.models.kpis import kpis_of
from liveroom.models.run_of_show import Segment
from liveroom.models.snapshot import Snapshot
from liveroom.models.window import Window
from liveroom.session import Session
from liveroom.spill import recover
from liveroom.store import SessionStore
from tests.factory import SHOW_START, Script, event, meta, order, record

SEGMENTS = tuple(
    Segment(segment_id=name, title=name.title(), duration_ms=60_000) for name in ("one", "two")
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "show.liveroom"


def kpis(path: Path) -> dict[str, Any]:
    store = SessionStore.read(path)
    try:
        return kpis_of(show_of(store), store.set_aside_counts())
    finally:
        store.close()


def busy_minutes(seed: int = 1, minutes: int = 12) -> list[e.Event]:
    """Return some minutes of a shop, in order of arrival."""
    dice = random.Random(seed)
    events: list[e.Event] = []
    for second in range(minutes * 60):
        visit = second
        channel = dice.choice(list(EntryChannel))
        events.append(
            event(e.VisitStarted, second, visit=visit, person=second % 97, channel=channel)
        )
        events.append(event(e.ProductClicked, second + 0.2, sku=f"sku{second % 7}"))
        if second % 5 == 0:
            events.append(event(e.AudienceMeasured, second, viewers=dice.randrange(900)))
            events.append(event(e.CartItemAdded, second, sku="sku1", visit=visit))
        if second % 9 == 0:
            events.append(order(second + 0.5, dice.randrange(10_000), visit=visit, units=1))
    return events


class Room:
    """A session that is watched."""

    def __init__(self, path: Path, *connectors: Connector, clock: Any = None, **kw: Any) -> None:
        self.snapshots: list[Snapshot] = []
        self._new = threading.Condition()
        mode = kw.pop("mode", "rehearsal")
        self.session = Session(path, meta(mode), connectors, clock or LiveClock(), self._take, **kw)

    def _take(self, snapshot: Snapshot) -> None:
        with self._new:
            self.snapshots.append(snapshot)
            self._new.notify_all()

    def until(self, what: Any, seconds: float = 10) -> Snapshot:
        with self._new:
            assert self._new.wait_for(
                lambda: self.snapshots and what(self.snapshots[-1]), seconds
            ), self.snapshots[-1:]
            return self.snapshots[-1]

    def __enter__(self) -> Room:
        self.session.start()
        self.session.wait_open()
        return self

    def __exit__(self, *args: object) -> None:
        self.session.stop()


class Polled(Connector):
    """A source whose calls go as a list says: an error is raised, events are sent."""

    provides = (Fact.ORDERS,)

    def __init__(self, *calls: Exception | Sequence[e.Event]) -> None:
        super().__init__("shop")
        self.title = "Shop"
        self._calls = iter(calls)
        self.runs = 0

    def run(self, link: Link) -> None:
        self.runs += 1
        for call in self._calls:
            if isinstance(call, Exception):
                raise call
            link.send(call)
        link.stop.wait()


def test_a_show_is_recorded_counted_and_shown(path: Path) -> None:
    last = record(path, [order(0, 1000), order(1, 500)])
    assert last.totals.revenue_minor == 1500
    assert last.recording.events > 2
    assert last.connections[0].state is ConnectionState.FINISHED
    assert kpis(path)["revenue_minor"] == 1500


def test_the_same_recording_again_into_the_same_session_changes_nothing(path: Path) -> None:
    events = busy_minutes()
    record(path, events)
    before = kpis(path)
    last = record(path, events)
    assert kpis(path) == before
    assert last.recording.repeated >= len(events)


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
    plan = sources.replay(path, None, Window(), None, again)
    watcher = Watcher()
    play(plan.session(watcher, 1), watcher, label="", quiet=True)
    assert kpis(again) == kpis(path)
    assert facts(again) == facts(path)


def facts(path: Path) -> list[e.Event]:
    store = SessionStore.read(path)
    try:
        return [event for batch in store.events() for event in batch if event.fact is not None]
    finally:
        store.close()


def test_nothing_is_counted_that_was_not_recorded_first(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Room(path, Script([])) as room:
        monkeypatch.setattr(SessionStore, "append", _full)
        room.session._inbox.put([order(0)])
        seen = room.until(lambda s: s.recording.trouble)
        assert "no space left" in seen.recording.trouble
        assert not seen.totals.orders
        monkeypatch.undo()
        assert not room.until(lambda s: s.totals.orders == 1).recording.trouble


def _full(store: SessionStore, events: Sequence[e.Event]) -> Sequence[e.Event]:
    raise KnownError(f"no space left on the disk of {store.path}")


def test_what_could_not_be_recorded_is_kept_and_comes_back_with_the_next_opening(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(path, [order(0, 100)])
    append = SessionStore.append

    def no_orders(store: SessionStore, events: Sequence[e.Event]) -> Sequence[e.Event]:
        if any(isinstance(one, e.OrderPlaced) for one in events):
            return _full(store, events)
        return append(store, events)

    with monkeypatch.context() as full:
        full.setattr(SessionStore, "append", no_orders)
        with pytest.raises(KnownError, match=r"not recorded and are kept in .*\.jsonl"):
            record(path, [order(1, 200), order(2, 300)])
    assert kpis(path)["revenue_minor"] == 100
    record(path, [])
    assert kpis(path)["revenue_minor"] == 600
    store = SessionStore.read(path)
    store.close()
    assert recover(store.meta.session_id) == ([], [])


def test_an_event_that_cannot_be_counted_stops_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from liveroom.models.show import Show

    def broken(show: Show, wrong: e.Event) -> None:
        if isinstance(wrong, e.OrderPlaced) and wrong.amount_minor == 13:
            raise RuntimeError("thirteen")
        counted(show, wrong)

    counted = Show.apply
    monkeypatch.setattr(Show, "apply", broken)
    last = record(path, [order(0, 13), order(1, 500)])
    assert last.totals.orders == 1
    assert "thirteen" in last.errors[0]


@pytest.mark.parametrize(
    ("poison", "why"),
    [
        (event(e.ChatPosted, 1, text="half a smile \ud83d"), "cannot be stored"),
        (order(1, 10**14), "amount_minor 100000000000000 is beyond"),
        (order(1, lines=(e.OrderLine(sku="mug", units=10**15),)), "of the line of 'mug'"),
        (event(e.AudienceMeasured, 1, viewers=2**70), "viewers"),
        (event(e.VisitStarted, 1, count=-(10**14)), "count"),
        (event(e.VisitStarted, 1, received_at=10**15), "received_at"),
        (event(e.VisitStarted, 1, occurred_at=-(10**15)), "occurred_at"),
    ],
)
def test_a_fact_that_cannot_be_kept_is_set_aside_and_costs_no_other(
    path: Path, poison: e.Event, why: str
) -> None:
    others = [order(second, 100) for second in range(20)]
    last = record(path, [*others[:7], poison, *others[7:]])
    assert last.totals.revenue_minor == 2000
    assert last.recording.set_aside == 1
    with sqlite3.connect(path) as connection:
        ((reason,),) = connection.execute("SELECT reason FROM set_aside").fetchall()
    connection.close()
    assert why in reason


@pytest.mark.parametrize("cache", ["set_counting", "save_rollup"])
def test_what_can_be_made_again_does_not_stop_a_recording_when_it_fails(
    path: Path, cache: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(store: SessionStore, *args: object) -> None:
        raise KnownError("no space left")

    with monkeypatch.context() as patched:
        patched.setattr(SessionStore, cache, full)
        assert record(path, busy_minutes()).totals.visits == 720
    assert kpis(path)["visits"] == 720


def test_a_payload_waits_to_be_set_aside_until_the_file_can_be_written(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = SetAside(source="shop", received_at=1, reason="no price", payload="{}")

    def full(store: SessionStore, *args: object) -> bool:
        raise KnownError("no space left")

    with Room(path, Script([])) as room:
        monkeypatch.setattr(SessionStore, "set_aside", full)
        room.session._inbox.put(aside)
        room.session._inbox.put([order(0)])
        room.until(lambda s: s.totals.orders == 1)
        monkeypatch.undo()
        room.session._inbox.put([order(1)])
        room.until(lambda s: s.recording.set_aside == 1)
    assert kpis(path)["set_aside"] == 1


def test_a_command_never_makes_the_desk_wait(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Room(path, plan()) as room:
        room.until(lambda s: s.run_of_show.segments)
        monkeypatch.setattr(SessionStore, "append", _full)
        room.session._inbox.put([order(0)])
        room.until(lambda s: s.recording.trouble)
        for number in range(200):
            room.session.submit(c.RenameSegment(segment_id="one", title=f"Title {number}"))
        monkeypatch.undo()
        room.until(lambda s: s.run_of_show.segments[0].title == "Title 199", 30)


def test_a_session_whose_file_is_full_from_the_start_can_be_stopped(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(path, [])
    monkeypatch.setattr(SessionStore, "append", _full)
    room = Room(path, Script([]), mode="replay")
    room.session.start()
    room.until(lambda s: s.recording.trouble)
    room.session.stop()
    assert "no space left" in str(room.session.failure)


def test_what_was_kept_for_one_session_does_not_enter_another_at_its_place(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(path, [order(0, 100)])
    with monkeypatch.context() as full:
        full.setattr(SessionStore, "append", _full)
        with pytest.raises(KnownError, match="not recorded"):
            record(path, [order(1, 777)])
    path.unlink()
    record(path, [order(2, 5)])
    assert kpis(path)["revenue_minor"] == 5


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
        ],
    )
    window = Window(start=SHOW_START + 60_000, end=SHOW_START + 120_000)
    store = SessionStore.read(path)
    whole = kpis_of(show_of(store, window))
    store.close()
    cut = path.with_name("cut.liveroom")
    plan = sources.replay(path, None, window, None, cut)
    watcher = Watcher()
    play(plan.session(watcher, 1), watcher, label="", quiet=True)
    again = kpis(cut)
    for name in set(whole) - {"from", "to", "sources", "by_minute", "set_aside_by_source"}:
        assert again[name] == whole[name], name


def test_a_failing_source_backs_off_says_why_and_recovers(path: Path) -> None:
    source = Polled(TemporaryError("429 from the shop", retry_after=0.05), [order(0)])
    with Room(path, source) as room:
        room.until(lambda s: s.totals.orders == 1)
        assert source.runs == 2
    states = [one.state for one in changes(path)]
    assert states[:4] == [
        ConnectionState.STARTING,
        ConnectionState.RUNNING,
        ConnectionState.FAILING,
        ConnectionState.RUNNING,
    ]
    assert "429 from the shop" in changes(path)[2].reason


def changes(path: Path) -> list[e.ConnectionChanged]:
    store = SessionStore.read(path)
    try:
        every = [event for batch in store.events() for event in batch]
    finally:
        store.close()
    return [one for one in every if isinstance(one, e.ConnectionChanged)]


def test_a_source_that_needs_attention_waits_for_the_producer(path: Path) -> None:
    source = Polled(NeedsAttention("the token expired; enter a new one"), [order(0)])
    with Room(path, source) as room:
        seen = room.until(
            lambda s: s.connections and s.connections[0].state is ConnectionState.NEEDS_ATTENTION
        )
        assert seen.connections[0].reason == "the token expired; enter a new one"
        room.session.submit(c.RestartConnector(source="shop"))
        room.until(lambda s: s.totals.orders == 1)


def test_a_bug_in_one_source_leaves_the_others_running(path: Path) -> None:
    broken, sound = Polled(ZeroDivisionError("oops")), Script([order(0)], "other")
    with Room(path, broken, sound) as room:
        seen = room.until(lambda s: s.connections[0].state is ConnectionState.FAILED)
        assert "ZeroDivisionError: oops" in seen.connections[0].reason
        room.until(lambda s: s.sources and s.sources[0].total == 1)


def test_a_payload_not_understood_is_counted(path: Path) -> None:
    class Garbled(Polled):
        def run(self, link: Link) -> None:
            aside = SetAside(source="shop", received_at=1, reason="no price", payload="{}")
            link.set_aside(aside)

    with Room(path, Garbled()) as room:
        seen = room.until(lambda s: s.recording.set_aside == 1)
        assert seen.connections[0].set_aside == 1
    assert kpis(path)["set_aside"] == 1


def plan(*more: e.Event) -> Script:
    return Script([event(e.RunOfShowChanged, 0, segments=SEGMENTS), *more])


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


def commands(path: Path) -> list[e.CommandGiven]:
    store = SessionStore.read(path)
    try:
        every = [event for batch in store.events() for event in batch]
    finally:
        store.close()
    return [one for one in every if isinstance(one, e.CommandGiven)]


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


def test_stopping_records_everything_a_source_had_sent(path: Path) -> None:
    class Flood(Polled):
        def run(self, link: Link) -> None:
            number = 0
            while not link.stop.is_set():
                link.send([order(number + n / 1000) for n in range(500)])
                number += 1
                self.sent = number * 500

    source = Flood()
    with Room(path, source) as room:
        room.until(lambda s: (s.totals.orders or 0) > 2000)
    assert kpis(path)["orders"] == source.sent


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


def test_a_file_that_cannot_be_opened_is_an_error_not_a_hang(tmp_path: Path) -> None:
    path = tmp_path / "bad.liveroom"
    path.write_text("nope" * 100)
    room = Room(path, Script([]))
    room.session.start()
    with pytest.raises(KnownError, match="not a liveroom session"):
        room.session.wait_open()
    room.session.stop()


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
