"""A rehearsal reaches no real platform; its time is the producer's, what happens in it is not."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import msgspec
import pytest

from liveroom import sources
from liveroom.clock import LiveClock, ShowClock
from liveroom.connectors.base import Connector, Link
from liveroom.errors import KnownError
from liveroom.headless import Watcher, play
from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.commands import Command
from liveroom.models.pacing import ARRIVAL_MS
from liveroom.session import Session
from tests.factory import SHOW_START, Script, event, meta, order, record
from tests.room import SEGMENTS, Room, commands, facts

TAKE = c.TakeSegment(segment_id="two")
Refused = queue.Queue[str]
EVERY_COMMAND = tuple(kind for kind in Command.__subclasses__())


class Shop(Connector):
    """A platform that would really do what it is told, and says so."""

    mode: ClassVar[str] = "live"
    accepts: ClassVar[tuple[type[Command], ...]] = EVERY_COMMAND

    def __init__(self, mode: str = "live") -> None:
        super().__init__("shop")
        self.title, self.mode = "Shop", mode  # type: ignore[misc]
        self.done: list[Command] = []
        self.told = threading.Event()

    def run(self, link: Link) -> None:
        link.send([event(e.RunOfShowChanged, 0, segments=SEGMENTS)])
        while not link.stop.wait(0.005):
            for command in self.commands():
                self.done.append(command)
                self.told.set()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "show.liveroom"


@pytest.mark.parametrize("mode", ["rehearsal", "replay"])
def test_a_rehearsal_or_a_replay_with_a_live_source_is_not_even_made(path: Path, mode: str) -> None:
    with pytest.raises(KnownError, match=r"'shop' is a live source: a re.* can reach a real"):
        Session(path, meta(mode), [Shop()], LiveClock())
    assert not path.exists()


def test_a_source_that_does_not_say_what_it_is_counts_as_live(path: Path) -> None:
    class Silent(Connector):
        def run(self, link: Link) -> None:
            raise NotImplementedError

    with pytest.raises(KnownError, match="is a live source"):
        Session(path, meta("rehearsal"), [Silent("silent")], LiveClock())


def test_no_command_of_a_rehearsal_reaches_a_source_that_turned_live(path: Path) -> None:
    shop, stage = Shop("simulated"), Shop("simulated")
    stage.source = "stage"
    with Room(path, shop, stage, mode="rehearsal") as room:
        room.until(lambda s: s.run_of_show.segments)
        shop.mode = "live"  # type: ignore[misc]
        room.session.submit(TAKE)
        assert stage.told.wait(10)
        room.until(lambda s: s.run_of_show.on_air is not None)
        for command in (c.SendReminder(to="customers"), c.SetAdSpend(per_minute_minor=1)):
            room.session.submit(command)
        room.until(lambda s: len(stage.done) == 3)
    assert shop.done == []
    assert list(shop.commands()) == []


def test_a_live_show_does_reach_its_shop(path: Path) -> None:
    shop = Shop()
    with Room(path, shop, mode="live") as room:
        room.until(lambda s: s.run_of_show.segments)
        room.session.submit(TAKE)
        assert shop.told.wait(10)
    assert shop.done == [TAKE]


def test_a_replay_passes_no_command_on(path: Path) -> None:
    class Obeys(Script):
        accepts = EVERY_COMMAND

    source = Obeys([event(e.RunOfShowChanged, 0, segments=SEGMENTS)])
    with Room(path, source, mode="replay") as room:
        room.until(lambda s: s.run_of_show.segments)
        room.session.submit(TAKE)
        room.session.submit(c.RestartConnector(source="shop"))
        room.until(lambda s: s.recording.events >= 6)
    assert list(source.commands()) == []
    assert "this is a replay" in commands(path)[0].refusal


@pytest.fixture
def refused() -> Iterator[Refused]:
    """Return what the session's log says of refusals, as it comes."""
    said: Refused = queue.Queue()

    class Listens(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.put(record.getMessage())

    log, listens = logging.getLogger("liveroom.session"), Listens()
    log.addHandler(listens)
    yield said
    log.removeHandler(listens)


def ticking(seconds: int) -> Iterator[e.Event]:
    yield event(e.RunOfShowChanged, 0, segments=SEGMENTS)
    yield event(e.SegmentStarted, 0, segment_id="one")
    for second in range(seconds):
        yield order(second)


def test_the_speed_is_a_recorded_command_and_seen_on_the_desk(path: Path) -> None:
    source, clock = Script(list(ticking(600))), ShowClock(1, SHOW_START)
    with Room(path, source, clock=clock, mode="replay") as room:
        room.until(lambda s: s.run_of_show.on_air and s.pace.speed == 1)
        room.session.submit(c.SetSpeed(speed=0))
        held = room.until(lambda s: s.pace.speed == 0).at
        room.session.submit(c.SetSpeed(speed=20))
        room.until(lambda s: s.pace.speed == 20 and s.at > held)
    given = commands(path)
    assert [msgspec.json.decode(one.body, type=c.SetSpeed).speed for one in given] == [0, 20]
    assert [(one.command, one.refusal) for one in given] == [("SetSpeed", "")] * 2


def test_a_jump_goes_to_where_the_next_segment_is_due_and_on_at_the_speed_of_before(
    path: Path,
) -> None:
    source, clock = Script(list(ticking(600))), ShowClock(1, SHOW_START)
    with Room(path, source, clock=clock, mode="replay") as room:
        room.until(lambda s: s.run_of_show.on_air)
        room.session.submit(c.SetSpeed(speed=0))
        room.until(lambda s: s.pace.speed == 0)
        room.session.submit(c.JumpToNextSegment())
        seen = room.until(lambda s: s.totals.orders == 63 and s.pace.until is None)
        assert seen.at == SHOW_START + 60_000 + ARRIVAL_MS
        assert seen.pace.speed == 0
    assert [one.command for one in commands(path)] == ["SetSpeed", "JumpToNextSegment"]


@pytest.mark.parametrize(
    ("command", "mode", "why"),
    [
        (c.SetSpeed(speed=-1), "replay", "allowed: 0"),
        (c.SetSpeed(speed=5), "live", "this is a live"),
        (c.JumpToNextSegment(), "live", "this is a live"),
        (c.JumpToNextSegment(), "replay", "no run of show"),
        (c.SetSpeed(speed=5), "debrief", "this is a debrief"),
    ],
)
def test_a_speed_that_cannot_be_is_refused_and_the_clock_goes_on(
    path: Path, command: Command, mode: str, why: str, refused: Refused
) -> None:
    if mode == "debrief":
        record(path, [order(0)])
    clock = ShowClock(1, SHOW_START)
    sources_of = [] if mode == "debrief" else [Script([order(0), order(3600)])]
    with Room(path, *sources_of, clock=clock, mode=mode) as room:
        room.until(lambda s: s.totals.orders == 1)
        room.session.submit(command)
        assert why in refused.get(timeout=10)
        # Asked before the end: a show that is over has no speed any more.
        assert clock.pace.speed == 1


def test_an_ended_replay_has_no_speed_any_more(path: Path) -> None:
    with Room(path, Script([order(0)]), clock=ShowClock(1, SHOW_START), mode="replay") as room:
        assert room.session.finished.wait(10)
        room.session.submit(c.SetSpeed(speed=5))
        room.until(lambda s: s.recording.events >= 6)
    assert "has come to its end" in commands(path)[0].refusal


def test_pauses_jumps_and_speeds_do_not_change_what_happens_in_a_rehearsal(tmp_path: Path) -> None:
    def rehearsed(name: str, speed: float | None) -> sources.Plan:
        return sources.rehearsal(3, speed, 2, tmp_path / f"{name}.liveroom")

    plain, watcher = rehearsed("plain", None), Watcher()
    play(plain.session(watcher, 1), watcher)
    steered, seen = rehearsed("steered", 60.0), threading.Event()
    session = steered.session(lambda snapshot: seen.set() if snapshot.totals.visits else None)
    session.start()
    assert seen.wait(30)
    for command in (c.SetSpeed(speed=0), c.SetSpeed(speed=20), c.JumpToNextSegment()):
        session.submit(command)
    session.submit(c.SetSpeed(speed=100))
    assert session.finished.wait(60)
    session.stop()
    assert len(commands(steered.path)) == 4
    assert facts(steered.path) == facts(plain.path)
