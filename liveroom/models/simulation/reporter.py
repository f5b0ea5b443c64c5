"""Turns what happens in the simulation into events, numbered per kind."""

from __future__ import annotations

from typing import Any

from liveroom.models.events import Event


class Reporter:
    """Collects the events of a step; instants are given in milliseconds of show."""

    def __init__(self, source: str, starts_at: int, delay_ms: int) -> None:
        """Take the source to name, the show's first instant (ms UTC) and how late facts arrive."""
        self._source, self._starts_at, self._delay_ms = source, starts_at, delay_ms
        self._numbers: dict[str, int] = {}
        self._events: list[Event] = []

    def tell(self, fact: type[Event], kind: str, at_ms: int, **fields: Any) -> int:
        """Report a fact as the next one of its kind; return its number (from 1)."""
        number = self._numbers.get(kind, 0) + 1
        self._numbers[kind] = number
        at = self._starts_at + at_ms
        self._events.append(
            fact(
                occurred_at=at,
                received_at=at + self._delay_ms,
                source=self._source,
                source_id=f"{kind}:{number}",
                **fields,
            )
        )
        return number

    def take(self) -> list[Event]:
        """Return and forget the events since the last call, in order of time."""
        taken, self._events = self._events, []
        taken.sort(key=_occurred_at)
        return taken


def _occurred_at(event: Event) -> int:
    return event.occurred_at
