"""Turns what happens in the simulation into events, numbered per kind."""

from __future__ import annotations

from typing import Any

from liveroom.models.events import EVENT_TYPES, ChatPosted, Event, OrderPlaced, Reacted
from liveroom.models.simulation.sources import source_of

_SOURCE = {kind: source_of(kind) for kind in EVENT_TYPES}


class Reporter:
    """Collects the events of a step; instants are given in milliseconds of show."""

    def __init__(self, starts_at: int, delay_ms: int) -> None:
        """Take the show's first instant (ms UTC) and how late facts arrive."""
        self._starts_at, self._delay_ms = starts_at, delay_ms
        self._numbers: dict[str, int] = {}
        self._events: list[Event] = []
        self._lively: dict[type[Event], int] = dict.fromkeys((ChatPosted, Reacted, OrderPlaced), 0)

    def tell(self, fact: type[Event], kind: str, at_ms: int, **fields: Any) -> int:
        """Report a fact as the next one of its kind; return its number (from 1)."""
        number = self._numbers.get(kind, 0) + 1
        self._numbers[kind] = number
        if fact in self._lively:
            self._lively[fact] += fields.get("count", 1)
        at = self._starts_at + at_ms
        self._events.append(
            fact(
                occurred_at=at,
                received_at=at + self._delay_ms,
                source=_SOURCE[fact],
                source_id=f"{kind}:{number}",
                **fields,
            )
        )
        return number

    def lively(self) -> list[int]:
        """Return and forget how many messages, reactions and orders were told since the last call."""
        counts = list(self._lively.values())
        self._lively = dict.fromkeys(self._lively, 0)
        return counts

    def take(self) -> list[Event]:
        """Return and forget the events since the last call, in order of time."""
        taken, self._events = self._events, []
        taken.sort(key=_occurred_at)
        return taken


def _occurred_at(event: Event) -> int:
    return event.occurred_at
