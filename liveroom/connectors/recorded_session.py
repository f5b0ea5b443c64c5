"""Replays a recorded liveroom session: the same events, with their own sources, ids and times."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import structs

from liveroom.connectors.base import AT_ONCE, Link, PlayedConnector
from liveroom.models.events import (
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
from liveroom.models.facts import EntryChannel, Fact
from liveroom.models.window import Window
from liveroom.session_file import SessionMeta
from liveroom.store import SessionStore

# Of no time of the show: they were stamped by the clock of the recording, or hold for all of it.
_TIMELESS = (SourceAttached, CountingSourceChosen, ConnectionChanged)
_CONTEXT = (ProductListed, RunOfShowChanged, SegmentStarted)


class RecordedSession(PlayedConnector):
    """A session file as a source; what gives context is replayed even from before the window."""

    mode = "recorded"

    def __init__(self, path: Path, window: Window | None = None) -> None:
        """Take a session file; raises KnownError where it cannot be read."""
        super().__init__("recorded session")
        self.path = path
        self.window = window or Window()
        store = SessionStore.read(path)
        self.meta: SessionMeta = store.meta
        store.close()
        self.title = f"Recording of {self.meta.title}"
        self.provides: tuple[Fact, ...] = ()

    def due(self, event: Event) -> int:
        """Return when an event is due: what belongs to no instant of the show comes at once."""
        before = event.occurred_at < self.window.start
        return AT_ONCE if before or isinstance(event, _TIMELESS) else event.received_at

    def events(self, link: Link) -> Iterator[Event]:
        """Yield the recorded events in the order in which they were recorded."""
        store = SessionStore.read(self.path)
        try:
            if self.window.is_everything:
                for batch in store.events():
                    yield from batch
            else:
                yield from self._cut(store)
        finally:
            store.close()

    def _cut(self, store: SessionStore) -> Iterator[Event]:
        past = _Past(store, self.window)
        over = False
        for batch in store.events():
            for event in batch:
                over = over or (event.fact is not None and event.occurred_at >= self.window.end)
                if isinstance(event, _TIMELESS):
                    # How a source fared after the window is not of the window.
                    if not (over and isinstance(event, ConnectionChanged)):
                        yield event
                elif event.occurred_at in self.window:
                    yield past.completed(event)
                elif isinstance(event, _CONTEXT) and event.occurred_at < self.window.end:
                    yield event


class _Past:
    """What facts inside a window owe to facts outside of it."""

    def __init__(self, store: SessionStore, window: Window) -> None:
        """Read through the whole session once."""
        self._channels: dict[int, tuple[EntryChannel, str]] = {}
        self._amounts: dict[tuple[str, str], tuple[int, str | None]] = {}
        inside: set[tuple[str, str]] = set()
        for batch in store.events():
            for event in batch:
                if isinstance(event, VisitStarted) and event.visit is not None:
                    self._channels.setdefault(event.visit, (event.channel, event.label))
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
