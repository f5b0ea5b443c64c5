"""What every source has in common: a thread, a way to stop, a state, back-off and an outbox of commands.

A connector declares what it is with class attributes and implements `run` (or, for recordings and
simulations, `PlayedConnector.events`). It never touches the session: it sends batches of events.
"""

from __future__ import annotations

import logging
import queue
import random
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from itertools import count, islice
from typing import ClassVar

from msgspec import Struct

from liveroom.clock import Clock
from liveroom.errors import NeedsAttention, TemporaryError
from liveroom.models.commands import Command
from liveroom.models.events import ConnectionChanged, Event
from liveroom.models.facts import ConnectionState, Fact
from liveroom.models.limits import LATEST_MS

log = logging.getLogger(__name__)

BATCH = 1000
AT_ONCE = -(1 << 62)
"""A due time that has always passed."""

_FIRST_DELAY, _CEILING = 1.0, 60.0


class SetAside(Struct, frozen=True, kw_only=True):
    """A payload that was not understood: kept whole, counted, never invented into a value."""

    source: str
    received_at: int
    reason: str
    payload: str


class Progress(Struct, frozen=True, gc=False):
    """How far a source with an end has come: `done` of `total`, in whatever it counts."""

    label: str
    done: int
    total: int


class Link(Struct, frozen=True, kw_only=True):
    """What a connector may use: the clock, the way to the session, and salted keys for people."""

    clock: Clock
    send: Callable[[Sequence[Event]], None]
    """Hand over a batch; waits while the session is far behind."""
    set_aside: Callable[[SetAside], None]
    key: Callable[[str], int]
    """Return the salted 64-bit key of a person, a visit or a cart."""
    stop: threading.Event


class Connector(ABC):
    """A source on its own thread."""

    name: ClassVar[str] = ""
    """What kind of source this is, in one word."""
    title: str = ""
    provides: tuple[Fact, ...] = ()
    accepts: ClassVar[tuple[type[Command], ...]] = ()
    due_seconds: float | None = None
    """After so long without a fact it is late; None: what it reports comes when it comes."""
    mode: ClassVar[str] = "live"
    """`live`, `simulated` or `recorded`; shown at every source."""
    progress: Progress | None = None
    """How far it has come, where it knows an end; any thread may look."""

    def __init__(self, source: str) -> None:
        """Take the stable id under which facts are recorded."""
        self.source = source
        self._outbox: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._restart = threading.Event()
        self._thread: threading.Thread | None = None
        self._changes = count(1)
        self._runs_untold = False

    @abstractmethod
    def run(self, link: Link) -> None:
        """Fetch and send until `link.stop`; return when there is no more, raise when it fails."""

    def start(self, link: Link) -> None:
        """Start the thread."""
        self._link = link
        self._stop = link.stop
        self._thread = threading.Thread(
            target=self._main, name=f"connector {self.source}", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """Ask the thread to end."""
        self._stop.set()
        self._restart.set()

    def join(self, seconds: float | None = None) -> bool:
        """Wait for the thread; return whether it ended."""
        if self._thread is None:
            return True
        self._thread.join(seconds)
        return not self._thread.is_alive()

    @property
    def is_alive(self) -> bool:
        """Return whether the thread runs."""
        return self._thread is not None and self._thread.is_alive()

    def restart(self) -> None:
        """Try again now, after trouble or at the producer's wish."""
        self._restart.set()

    def submit(self, command: Command) -> None:
        """Put a command into the outbox; any thread."""
        self._outbox.put(command)

    def commands(self) -> Iterator[Command]:
        """Yield the commands that came in since the last call; the connector's thread."""
        while True:
            try:
                yield self._outbox.get_nowait()
            except queue.Empty:
                return

    def _main(self) -> None:
        delay = _FIRST_DELAY
        self._tell(ConnectionState.STARTING)
        while not self._stop.is_set():
            try:
                self._tell(ConnectionState.RUNNING)
                self.run(self._link)
                self._end(ConnectionState.FINISHED, "")
                return
            except TemporaryError as error:
                wait = error.retry_after or delay * random.uniform(0.8, 1.2)
                delay = min(delay * 2, _CEILING)
                self._tell(ConnectionState.FAILING, str(error), wait)
                log.warning("%s fails: %s", self.source, error)
                self._restart.wait(wait)
            except NeedsAttention as error:
                self._tell(ConnectionState.NEEDS_ATTENTION, str(error))
                log.warning("%s needs attention: %s", self.source, error)
                self._restart.wait()
            except Exception as error:
                self._tell(ConnectionState.FAILED, f"{type(error).__name__}: {error}")
                log.exception("%s failed", self.source)
                self._restart.wait()
            self._restart.clear()
        self._end(ConnectionState.STOPPED, "")

    def _end(self, state: ConnectionState, reason: str) -> None:
        self._tell(ConnectionState.STOPPED if self._stop.is_set() else state, reason)

    def _tell(
        self, state: ConnectionState, reason: str = "", wait_seconds: float | None = None
    ) -> None:
        self._runs_untold = state is ConnectionState.RUNNING and not self._link.clock.has_begun
        if self._runs_untold:
            # A recording runs from its first instant on, which is not known before it is read.
            return
        now = self._link.clock.now()
        next_try_at = None if wait_seconds is None else now + round(wait_seconds * 1000)
        self._link.send(
            [
                ConnectionChanged(
                    occurred_at=now,
                    received_at=now,
                    source=self.source,
                    source_id=f"connection:{now}:{next(self._changes)}",
                    state=state,
                    reason=reason,
                    next_try_at=next_try_at,
                )
            ]
        )


class PlayedConnector(Connector):
    """A source that is played against the clock: a recording, a session, a simulation."""

    @abstractmethod
    def events(self, link: Link) -> Iterator[Event]:
        """Yield events in the order of `due`."""

    def due(self, event: Event) -> int:
        """Return when an event is to be sent (ms UTC); long ago means at once.

        A time that is none must not drag the clock of the show along.
        """
        return event.received_at if event.received_at <= LATEST_MS else AT_ONCE

    def run(self, link: Link) -> None:
        """Send each event when the clock reaches it, in batches."""
        if link.clock.paced:
            self._play_in_time(link)
            return
        events = self.events(link)
        while (batch := list(islice(events, BATCH))) and not link.stop.is_set():
            if (due := max(map(self.due, batch))) > AT_ONCE:
                link.clock.wait_until(due, link.stop)
            self._send(link, batch)

    def _play_in_time(self, link: Link) -> None:
        batch: list[Event] = []
        reached = AT_ONCE
        try:
            for event in self.events(link):
                due = self.due(event)
                if due > reached or len(batch) >= BATCH:
                    # While the clock hurries, facts come in large batches.
                    hurries = due > AT_ONCE and link.clock.hurry_to(due)
                    if batch and (not hurries or len(batch) >= BATCH):
                        self._send(link, batch)
                        batch = []
                    if hurries and not link.stop.is_set():
                        reached = due
                    elif due <= AT_ONCE:
                        reached = AT_ONCE
                    elif link.clock.wait_until(due, link.stop):
                        reached = max(due, link.clock.now())
                    else:
                        return
                batch.append(event)
        finally:
            # The clock has passed what was gathered, however this ends.
            if batch:
                self._send(link, batch)

    def _send(self, link: Link, batch: list[Event]) -> None:
        if self._runs_untold and link.clock.has_begun:
            self._tell(ConnectionState.RUNNING)
        link.send(batch)
