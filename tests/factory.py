"""Builds events and sessions for tests with as few words as a sentence needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any, TypeVar

from liveroom.clock import ShowClock
from liveroom.connectors.base import Link, PlayedConnector
from liveroom.headless import Watcher, play
from liveroom.models import events as e
from liveroom.models.facts import Fact
from liveroom.models.snapshot import Snapshot
from liveroom.session import Session
from liveroom.session_file import SessionMeta, new_meta

SHOW_START = 1_700_000_000_000
SALT = "0123456789abcdef" * 4
_numbers = count(1)

E = TypeVar("E", bound=e.Event)


def event(kind: type[E], at_seconds: float = 0, *, source: str = "shop", **fields: Any) -> E:
    """Return an event that happened and arrived `at_seconds` into the show."""
    at = SHOW_START + round(at_seconds * 1000)
    common = {"occurred_at": at, "received_at": at, "source_id": f"{next(_numbers)}"}
    return kind(**(common | {"source": source} | fields))


def order(at_seconds: float = 0, amount_minor: int | None = 1000, **fields: Any) -> e.OrderPlaced:
    """Return an order in BRL."""
    defaults = {"amount_minor": amount_minor, "currency": "BRL" if amount_minor else None}
    return event(e.OrderPlaced, at_seconds, **(defaults | fields))


def attached(source: str, *provides: Fact) -> e.SourceAttached:
    """Return a source that joined before the show."""
    return event(
        e.SourceAttached,
        -60,
        source=source,
        source_id="attached",
        title=source.title(),
        provides=provides,
        mode="recorded",
    )


def line(sku: str, units: int = 1, amount_minor: int | None = 1000, **fields: Any) -> e.OrderLine:
    """Return an order line."""
    return e.OrderLine(sku=sku, units=units, amount_minor=amount_minor, **fields)


class Script(PlayedConnector):
    """A source that plays the events it is given."""

    provides = tuple(Fact)

    def __init__(
        self, events: Sequence[e.Event], source: str = "shop", mode: str = "recorded"
    ) -> None:
        super().__init__(source)
        self.mode = mode  # type: ignore[misc]
        self.title = source.title()
        self._events = events

    def events(self, link: Link) -> Iterator[e.Event]:
        yield from self._events


def meta(mode: str = "replay", currency: str | None = "BRL", **fields: Any) -> SessionMeta:
    """Return what a test session is."""
    return new_meta(mode, "Test show", currency=currency, **fields)


def record(path: Path, events: Sequence[e.Event], **fields: Any) -> Snapshot:
    """Record events into a session file through a whole session and return its last snapshot."""
    watcher, what = Watcher(), meta(**fields)
    source = Script(events, mode="simulated" if what.mode == "rehearsal" else "recorded")
    session = Session(path, what, [source], ShowClock(None), watcher, patience_seconds=1)
    return play(session, watcher)
