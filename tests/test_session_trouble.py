"""Whatever goes wrong in a session, nothing recorded is lost and the show goes on."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from liveroom.connectors.base import Link, SetAside
from liveroom.errors import KnownError, NeedsAttention, TemporaryError
from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.connections import Quota
from liveroom.models.facts import ConnectionState, Fact
from liveroom.spill import recover
from liveroom.store import SessionStore
from tests.factory import Script, event, order, record
from tests.room import (
    Polled,
    Room,
    busy_minutes,
    changes,
    full_disk,
    kpis,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "show.liveroom"


def test_nothing_is_counted_that_was_not_recorded_first(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Room(path, Script([])) as room:
        monkeypatch.setattr(SessionStore, "append", full_disk)
        room.session._inbox.put([order(0)])
        seen = room.until(lambda s: s.recording.trouble)
        assert "no space left" in seen.recording.trouble
        assert not seen.totals.orders
        monkeypatch.undo()
        assert not room.until(lambda s: s.totals.orders == 1).recording.trouble


def test_what_could_not_be_recorded_is_kept_and_comes_back_with_the_next_opening(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(path, [order(0, 100)])
    append = SessionStore.append

    def no_orders(store: SessionStore, events: Sequence[e.Event]) -> Sequence[e.Event]:
        if any(isinstance(one, e.OrderPlaced) for one in events):
            return full_disk(store, events)
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


def test_a_session_whose_file_isfull_disk_from_the_start_can_be_stopped(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(path, [])
    monkeypatch.setattr(SessionStore, "append", full_disk)
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
        full.setattr(SessionStore, "append", full_disk)
        with pytest.raises(KnownError, match="not recorded"):
            record(path, [order(1, 777)])
    path.unlink()
    record(path, [order(2, 5)])
    assert kpis(path)["revenue_minor"] == 5


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
    failing = changes(path)[2]
    assert failing.reason == "429 from the shop"
    assert failing.next_try_at == failing.occurred_at + 50


def test_a_source_says_when_it_is_due_what_quota_it_has_and_how_it_fared(path: Path) -> None:
    quota = event(e.QuotaReported, 1, remaining=12, limit=200)
    source = Polled(TemporaryError("429", retry_after=0.05), [quota, order(0)])
    source.due_seconds = 0.05
    with Room(path, source) as room:
        seen = room.until(lambda s: s.is_late(Fact.ORDERS))
        (shop,) = seen.connections
        assert (shop.due_ms, shop.errors, shop.last_error) == (50, 1, "429")
        assert shop.quota == Quota(12, 200)
        why = seen.stale(Fact.ORDERS)
        assert why is not None
        assert (why.title, why.late) == ("Shop", True)


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


def test_a_file_that_cannot_be_opened_is_an_error_not_a_hang(tmp_path: Path) -> None:
    path = tmp_path / "bad.liveroom"
    path.write_text("nope" * 100)
    room = Room(path, Script([]))
    room.session.start()
    with pytest.raises(KnownError, match="not a liveroom session"):
        room.session.wait_open()
    room.session.stop()


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
