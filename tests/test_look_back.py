"""Looking back at an earlier second: beside the present, which goes on, and without a trace."""

from pathlib import Path

import pytest

from liveroom.connectors.base import Connector, Link
from liveroom.models import events as e
from liveroom.models.facts import Fact
from liveroom.models.snapshot import Snapshot
from liveroom.recorder import Recorder
from tests.factory import SHOW_START, event, order, record
from tests.room import Room, busy_minutes, commands

MIDDLE = SHOW_START + 300_000


class Shop(Connector):
    """Sends what it is given, then waits for the end."""

    provides = (Fact.ORDERS, Fact.VISITS)

    def __init__(self, events: list[e.Event]) -> None:
        super().__init__("shop")
        self.title, self._events = "Shop", events

    def run(self, link: Link) -> None:
        link.send(self._events)
        link.stop.wait()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "show.liveroom"


def orders_by(at: int) -> int:
    return sum(isinstance(one, e.OrderPlaced) and one.occurred_at <= at for one in busy_minutes())


def looks_back(snapshot: Snapshot) -> bool:
    return snapshot.back is not None


def test_an_earlier_second_is_shown_beside_the_present(path: Path) -> None:
    with Room(path, Shop(busy_minutes())) as room:
        room.until(lambda snapshot: snapshot.totals.orders == orders_by(1 << 60))
        room.session.look(MIDDLE)
        snapshot = room.until(looks_back)
        assert snapshot.back.is_past
        assert not snapshot.is_past
        assert snapshot.back.at == MIDDLE
        assert snapshot.back.totals.orders == orders_by(MIDDLE + 999)
        assert snapshot.totals.orders == orders_by(1 << 60)
        room.session.look(None)
        assert room.until(lambda snapshot: not looks_back(snapshot)).back is None
    assert commands(path) == []


def test_a_moment_outside_the_show_is_its_first_or_its_last(path: Path) -> None:
    with Room(path, Shop(busy_minutes())) as room:
        room.until(lambda snapshot: snapshot.totals.orders)
        room.session.look(SHOW_START - 1_000_000)
        assert room.until(looks_back).back.at == SHOW_START
        room.session.look(1 << 61)
        later = room.until(lambda snapshot: looks_back(snapshot) and snapshot.back.at > SHOW_START)
        assert later.back.at == later.at


def test_before_the_first_fact_there_is_nothing_to_look_back_at(path: Path) -> None:
    with Room(path, Shop([])) as room:
        room.session.look(MIDDLE)
        assert room.until(lambda snapshot: snapshot.connections).back is None


def test_a_debrief_shows_any_second(path: Path) -> None:
    record(path, busy_minutes())
    with Room(path, mode="debrief") as room:
        room.session.look(MIDDLE)
        assert room.until(looks_back).back.totals.orders == orders_by(MIDDLE + 999)


def test_a_late_fact_of_then_is_shown_within_a_second(path: Path) -> None:

    with Room(path, Shop([order(1), event(e.VisitStarted, 600)])) as room:
        room.until(lambda snapshot: snapshot.totals.orders)
        room.session.look(MIDDLE)
        assert room.until(looks_back).back.totals.orders == 1
        room.session._send([order(30, source_id="late")])
        room.until(lambda snapshot: looks_back(snapshot) and snapshot.back.totals.orders == 2)


def test_a_look_back_that_fails_costs_the_show_nothing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> Snapshot:
        raise ValueError("no such second")

    monkeypatch.setattr(Recorder, "look_back", fails)
    with Room(path, Shop(busy_minutes())) as room:
        room.session.look(MIDDLE)
        snapshot = room.until(lambda snapshot: snapshot.errors)
        assert "no such second" in snapshot.errors[0]
        room.session._send([order(900, source_id="after")])
        room.until(lambda snapshot: snapshot.totals.orders == orders_by(1 << 60) + 1)
