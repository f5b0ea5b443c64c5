"""Connectors that have their events ready, and sessions that take them as fast as they can."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.mix import CURRENCY, START_MS
from liveroom.clock import ShowClock
from liveroom.connectors.base import BATCH, Connector, Link, PlayedConnector
from liveroom.models.events import Event
from liveroom.models.facts import Fact
from liveroom.models.snapshot import Snapshot
from liveroom.session import Session
from liveroom.session_file import SessionMeta, new_meta


class Feed(PlayedConnector):
    """Sends the events of an iterable, when `go` is set."""

    title = "Feed"
    provides = tuple(Fact)
    mode = "recorded"

    def __init__(
        self, events: Iterable[Event], source: str = "show", go: threading.Event | None = None
    ) -> None:
        super().__init__(source)
        self._events, self._go = events, go

    def events(self, link: Link) -> Iterator[Event]:
        if self._go is not None:
            self._go.wait()
        return iter(self._events)


class Prepared(Connector):
    """Sends what a function makes of each part, when `go` is set: the parse of a connector."""

    title = "Prepared"
    mode = "recorded"

    def __init__(
        self,
        source: str,
        provides: tuple[Fact, ...],
        parts: Sequence[bytes],
        parse: Callable[[bytes, Link], Event],
        go: threading.Event,
    ) -> None:
        super().__init__(source)
        self.provides = provides
        self._parts, self._parse, self._go = parts, parse, go

    def run(self, link: Link) -> None:
        self._go.wait()
        parts, parse = iter(self._parts), self._parse
        while batch := [parse(part, link) for part in islice(parts, BATCH)]:
            link.send(batch)


def meta() -> SessionMeta:
    """Return what the session of a benchmark is."""
    return new_meta("replay", "Benchmark", currency=CURRENCY)


def seconds_to_record(
    path: Path,
    connectors: Sequence[Connector],
    go: threading.Event,
    publish: Callable[[Snapshot], None] | None = None,
) -> float:
    """Record all that connectors send into a file and close it; the clock starts with `go`."""
    path.unlink(missing_ok=True)
    session = Session(path, meta(), connectors, ShowClock(None, START_MS), publish)
    session.start()
    session.wait_open()
    began = time.perf_counter()
    go.set()
    for connector in connectors:
        connector.join()
    session.stop()
    seconds = time.perf_counter() - began
    if session.failure is not None:
        raise session.failure
    return seconds


def prepare(path: Path, events: Iterable[Event]) -> None:
    """Record a session file of events, to be used by others."""
    go = threading.Event()
    seconds_to_record(path, [Feed(events, go=go)], go)
