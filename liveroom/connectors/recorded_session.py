"""Replays a recorded liveroom session: the same events, with their own sources, ids and times."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import structs

from liveroom.connectors.base import Link, PlayedConnector
from liveroom.models.events import (
    Event,
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

_CONTEXT = (ProductListed, RunOfShowChanged, SegmentStarted, SourceAttached)


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

    def events(self, link: Link) -> Iterator[Event]:
        """Yield the recorded events in the order in which they were recorded."""
        store = SessionStore.read(self.path)
        channels: dict[int, tuple[EntryChannel, str]] = {}
        cut = not self.window.is_everything
        try:
            for batch in store.events():
                for event in batch:
                    if not cut:
                        yield event
                        continue
                    if isinstance(event, VisitStarted) and event.visit is not None:
                        channels.setdefault(event.visit, (event.channel, event.label))
                    if event.occurred_at in self.window:
                        yield _attributed(event, channels)
                    elif isinstance(event, _CONTEXT) and event.occurred_at < self.window.end:
                        yield event
        finally:
            store.close()


def _attributed(event: Event, channels: dict[int, tuple[EntryChannel, str]]) -> Event:
    """Give an order the channel of its visit, which may lie before the window."""
    if not isinstance(event, OrderPlaced) or event.channel is not None or event.visit is None:
        return event
    if event.visit not in channels:
        return event
    channel, label = channels[event.visit]
    return structs.replace(event, channel=channel, label=label)
