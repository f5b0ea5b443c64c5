"""A session that is watched, sources that fail on purpose, and what a recording holds."""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from liveroom.clock import LiveClock
from liveroom.connectors.base import Connector, Link
from liveroom.errors import KnownError
from liveroom.history import show_of
from liveroom.models import events as e
from liveroom.models.facts import EntryChannel, Fact
from liveroom.models.kpis import kpis_of
from liveroom.models.run_of_show import Segment
from liveroom.models.snapshot import Snapshot
from liveroom.session import Session
from liveroom.store import SessionStore
from tests.factory import Script, event, meta, order

SEGMENTS = tuple(
    Segment(segment_id=name, title=name.title(), duration_ms=60_000) for name in ("one", "two")
)


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
        mode = kw.pop("mode", "live")
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


def facts(path: Path) -> list[e.Event]:
    store = SessionStore.read(path)
    try:
        return [event for batch in store.events() for event in batch if event.fact is not None]
    finally:
        store.close()


def full_disk(store: SessionStore, events: Sequence[e.Event]) -> Sequence[e.Event]:
    raise KnownError(f"no space left on the disk of {store.path}")


def changes(path: Path) -> list[e.ConnectionChanged]:
    store = SessionStore.read(path)
    try:
        every = [event for batch in store.events() for event in batch]
    finally:
        store.close()
    return [one for one in every if isinstance(one, e.ConnectionChanged)]


def plan(*more: e.Event) -> Script:
    return Script([event(e.RunOfShowChanged, 0, segments=SEGMENTS), *more])


def commands(path: Path) -> list[e.CommandGiven]:
    store = SessionStore.read(path)
    try:
        every = [event for batch in store.events() for event in batch]
    finally:
        store.close()
    return [one for one in every if isinstance(one, e.CommandGiven)]
