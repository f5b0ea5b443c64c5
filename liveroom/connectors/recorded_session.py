"""Replays a recorded liveroom session: the same events, with their own sources, ids and times."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

from msgspec import structs

from liveroom.connectors.base import AT_ONCE, Link, Progress, SetAside
from liveroom.connectors.recording import Recording
from liveroom.errors import KnownError
from liveroom.models.events import (
    ClockShiftSet,
    ConnectionChanged,
    CountingSourceChosen,
    Event,
    OrderCancelled,
    OrderPlaced,
    ProductListed,
    RunOfShowChanged,
    SegmentStarted,
    SourceAttached,
    VisitStarted,
)
from liveroom.models.facts import EntryChannel, Fact, Mode
from liveroom.models.levers import LEVER_EVENTS
from liveroom.models.window import Window
from liveroom.session_file import SessionMeta, is_session, new_meta
from liveroom.store import SessionStore

# Of no time of the show: they were stamped by the clock of the recording, or hold for all of it.
_TIMELESS = (SourceAttached, CountingSourceChosen, ClockShiftSet, ConnectionChanged)
_CONTEXT: tuple[type[Event], ...] = (ProductListed, RunOfShowChanged, *LEVER_EVENTS)


class RecordedSession(Recording):
    """A session file as a source; what gives context is replayed even from before the window."""

    name = "session"

    def __init__(self, path: Path, window: Window | None = None) -> None:
        """Take a session file; raises KnownError where it cannot be read."""
        super().__init__("recorded session")
        self.path = path
        self.window = window or Window()
        store = SessionStore.read(path)
        self.meta: SessionMeta = store.meta
        store.close()
        self.timezone = self.meta.timezone
        self.title = f"Recording of {self.meta.title}"
        self.provides: tuple[Fact, ...] = ()

    @classmethod
    def reads(cls, source: Path) -> bool:
        """Return whether a file is an SQLite database: no other program's tables are read from one."""
        return is_session(source)

    @classmethod
    def open(cls, source: Path, mapping: str | None) -> Self:
        """Open a session file."""
        if mapping is not None:
            raise KnownError(
                f"{source} is a liveroom session, which no mapping reads; leave it out"
            )
        return cls(source)

    def session_meta(self) -> SessionMeta:
        """Return the same show, recorded another time: people keep their keys, the file is its own."""
        own = new_meta(Mode.REPLAY, self.meta.title)
        return structs.replace(
            self.meta,
            mode=own.mode,
            session_id=own.session_id,
            created_at=own.created_at,
            made_by=own.made_by,
            origin="",
        )

    def due(self, event: Event) -> int:
        """Return when an event is due: what belongs to no instant of the show comes at once."""
        before = event.occurred_at < self.window.start
        return AT_ONCE if before or isinstance(event, _TIMELESS) else event.received_at

    def events(self, link: Link) -> Iterator[Event]:
        """Yield the recorded events in the order in which they were recorded."""
        store = SessionStore.read(self.path)
        try:
            for source, received_at, reason, payload in store.payloads_set_aside():
                link.set_aside(
                    SetAside(source=source, received_at=received_at, reason=reason, payload=payload)
                )
            if self.window.is_everything:
                for batch in self._batches(store, "replaying"):
                    yield from batch
            else:
                yield from self._cut(store)
        finally:
            store.close()

    def _batches(self, store: SessionStore, label: str) -> Iterator[list[Event]]:
        done = 0
        for batch in store.events():
            yield batch
            done += len(batch)
            self.progress = Progress(label, done, store.last_seq)

    def _cut(self, store: SessionStore) -> Iterator[Event]:
        past = _Past(self._batches(store, "looking back"), self.window)
        over = False
        for batch in self._batches(store, "replaying"):
            for event in batch:
                over = over or (event.fact is not None and event.occurred_at >= self.window.end)
                if isinstance(event, _TIMELESS):
                    # How a source fared after the window is not of the window.
                    if not (over and isinstance(event, ConnectionChanged)):
                        yield event
                elif event.occurred_at in self.window:
                    yield past.completed(event)
                elif event.occurred_at >= self.window.end:
                    continue
                elif isinstance(event, SegmentStarted):
                    if event == past.last_cue:
                        yield event
                elif isinstance(event, _CONTEXT):
                    yield event


class _Past:
    """What facts inside a window owe to facts outside of it."""

    def __init__(self, batches: Iterable[list[Event]], window: Window) -> None:
        """Read through the whole session once."""
        self._channels: dict[int, tuple[EntryChannel, str]] = {}
        self._amounts: dict[tuple[str, str], tuple[int, str | None]] = {}
        self.last_cue: SegmentStarted | None = None
        """What put the segment on air that was so when the window began."""
        latest = AT_ONCE
        inside: set[tuple[str, str]] = set()
        for batch in batches:
            for event in batch:
                if isinstance(event, VisitStarted) and event.visit is not None:
                    self._channels.setdefault(event.visit, (event.channel, event.label))
                elif isinstance(event, SegmentStarted) and event.occurred_at < window.start:
                    if event.occurred_at >= latest:
                        latest, self.last_cue = event.occurred_at, event
                elif isinstance(event, OrderPlaced) and event.order_id:
                    order = (event.source, event.order_id)
                    if event.occurred_at in window:
                        inside.add(order)
                    elif event.amount_minor is not None:
                        before = self._amounts.get(order, (0, None))[0]
                        self._amounts[order] = (before + event.amount_minor, event.currency)
        # An order that is replayed itself tells its amount itself.
        for order in inside:
            self._amounts.pop(order, None)

    def completed(self, event: Event) -> Event:
        """Return an event with what it would else have learned from outside the window."""
        if isinstance(event, OrderPlaced) and event.channel is None and event.visit is not None:
            found = self._channels.get(event.visit)
            return (
                event if found is None else structs.replace(event, channel=found[0], label=found[1])
            )
        if isinstance(event, OrderCancelled) and event.amount_minor is None:
            amount = self._amounts.get((event.source, event.order_id))
            return (
                event
                if amount is None
                else structs.replace(event, amount_minor=amount[0], currency=amount[1])
            )
        return event
