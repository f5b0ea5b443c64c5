"""Rules: each turns the rows of one table into events of one kind.

A rule first reads rows, which may fail and changes nothing, and then commits what it read, which
cannot fail: a row that is broken for one rule is left out of all of them.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from liveroom.connectors.addresses import of_writers
from liveroom.connectors.tables.binding import Channel, Identity
from liveroom.connectors.tables.cells import LARGEST_COUNT, BrokenCell, BrokenRow, Reading
from liveroom.connectors.tables.chunks import Chunk, OnBroken, RowNumber
from liveroom.connectors.tables.conditions import Filter
from liveroom.connectors.tables.counters import StepBack, rises
from liveroom.connectors.tables.kinds import Kind, Values, round_minor_of
from liveroom.models.events import (
    ChatPosted,
    Event,
    OrderCancelled,
    OrderPlaced,
    RunOfShowChanged,
    SegmentStarted,
)
from liveroom.models.money import LARGEST_MINOR
from liveroom.models.run_of_show import Segment

UNTIMED = -(1 << 62)
"""Stands for the time of what has none of its own, such as a catalogue."""


class Parts(Struct, frozen=True, kw_only=True):
    """What every rule is made of."""

    source: str
    kind: Kind
    filter: Filter
    at: Reading[int]
    identity: Identity
    cells: Mapping[str, Reading[Any]]
    channel: Channel | None
    negate: bool = False
    total: str = ""
    """The column or columns that an order's or a cancellation's total comes from, for messages."""
    number: int = 0
    """The event's place in the mapping, which decides between events of the same instant."""


class Rule(ABC):
    """Reads rows, keeps what it needs of them, and gives the events at the end."""

    def __init__(self, parts: Parts) -> None:
        """Take the bound parts."""
        self.parts = parts

    def read(self, chunk: Chunk) -> Any:
        """Read the rows that the rule wants; raise BrokenCell where one cannot be read."""
        return self._read(chunk.take(self.parts.filter.places(chunk)))

    @abstractmethod
    def commit(self, reading: Any) -> None:
        """Keep what `read` returned."""

    @abstractmethod
    def events(self, broken: OnBroken) -> list[Event]:
        """Return the events of all rows, in any order; called once, after the last row.

        Calls `broken` for what rows that were sound one by one add up to.
        """

    def lose(self, chunk: Chunk, is_ragged: bool = False) -> None:  # noqa: B027 (most need not)
        """Learn of a row that was set aside; the cells of a ragged one may be out of place."""

    @abstractmethod
    def _read(self, chunk: Chunk) -> Any: ...

    def _values(self, chunk: Chunk) -> list[Values]:
        """Return the values of the event's own cells, for each row."""
        parts = self.parts
        columns: dict[str, Sequence[Any]]
        columns = {name: reading.of(chunk) for name, reading in parts.cells.items()}
        if parts.negate:
            for name in ("amount", "units"):
                if name in columns:
                    columns[name] = [v if v is None else -v for v in columns[name]]
        if "units" in columns and any(units < 0 for units in columns["units"]):
            raise BrokenCell("units", str(min(columns["units"])), "it is below zero; correct it")
        if parts.channel is not None and len(chunk):
            pairs = parts.channel.of(chunk)
            columns["channel"], columns["label"] = zip(*pairs, strict=True)
        if not columns:
            return [{} for _ in chunk.numbers]
        names = tuple(columns)
        return [dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True)]

    def _event(self, at: int, source_id: str, values: Values) -> Event:
        kind = self.parts.kind
        kind.build(values)
        assert kind.event is not None
        return kind.event(
            occurred_at=at, received_at=at, source=self.parts.source, source_id=source_id, **values
        )

    def _trouble(self, event: Event) -> str:
        """Return what is wrong with the total of an order or a cancellation, and the fix, if any."""
        if not isinstance(event, OrderPlaced | OrderCancelled):
            return ""
        amount, units = event.amount_minor or 0, getattr(event, "units", None) or 0
        of_event = f"{self.parts.total}: the total of {event.source_id}"
        if amount < 0:
            return f"{of_event} is below zero ({amount} minor units); {self._fix_of_sign()}"
        if amount > LARGEST_MINOR:
            return f"{of_event} is too large ({amount} minor units); correct the cells"
        if abs(units) > LARGEST_COUNT:
            return f"the units of {event.source_id} are too many ({units}); correct the cells"
        return ""

    def _fix_of_sign(self) -> str:
        if self.parts.kind.event is OrderPlaced:
            return "map refunds as cancellations with negate = true"
        if self.parts.negate:
            return "with negate = true refunds are written below zero; correct it, or map it apart"
        return "where refunds are written below zero, map them with negate = true"


class RowRule(Rule):
    """One event per row; a row that counts nothing is no event."""

    def __init__(self, parts: Parts) -> None:
        """Take the bound parts."""
        super().__init__(parts)
        self._events: list[Event] = []

    def _read(self, chunk: Chunk) -> list[Event]:
        parts, values = self.parts, self._values(chunk)
        rows = zip(parts.at.of(chunk), parts.identity.of(chunk), values, strict=True)
        events = [
            self._event(at, source_id, own)
            for at, source_id, own in rows
            if own.get("count") != 0 or own.get("amount")
        ]
        if parts.total:
            for event in events:
                if why := self._trouble(event):
                    raise BrokenRow(why)
        return events

    def commit(self, reading: list[Event]) -> None:
        """Keep the events."""
        self._events += reading

    def events(self, broken: OnBroken) -> list[Event]:
        """Return one event per row; a message is written to those only who write themselves."""
        return of_writers(self._events) if self.parts.kind.event is ChatPosted else self._events


Counted = tuple[int, str, Values, RowNumber]
"""When a running total was read, the fact's id, what was read, and in which row."""


class CounterRule(Rule):
    """Running totals: the differences between rows, in time order over the whole file."""

    def __init__(
        self, parts: Parts, counters: Mapping[str, StepBack], per: Sequence[Reading[str]]
    ) -> None:
        """Take which cells are running totals and what tells several of them apart."""
        super().__init__(parts)
        self._counters = counters
        self._per = per
        self._series: defaultdict[tuple[str, ...], list[Counted]] = defaultdict(list)

    def _read(self, chunk: Chunk) -> list[tuple[tuple[str, ...], Counted]]:
        parts, values = self.parts, self._values(chunk)
        for own in values:
            if own.get("amount") is not None:
                # Whole minor units before the differences, so that rises add up exactly.
                own["amount"] = round_minor_of(own["amount"])
        ids = parts.identity.of(chunk)
        rows = zip(parts.at.of(chunk), ids, values, chunk.numbers, strict=True)
        if not self._per:
            return [((), row) for row in rows]
        series = zip(*[reading.of(chunk) for reading in self._per], strict=True)
        return list(zip(series, rows, strict=True))

    def commit(self, reading: list[tuple[tuple[str, ...], Counted]]) -> None:
        """Keep the rows for their series."""
        for series, row in reading:
            self._series[series].append(row)

    def events(self, broken: OnBroken) -> list[Event]:
        """Return an event for every row in which a total rose."""
        found: list[Event] = []
        for rows in self._series.values():
            rows.sort(key=lambda row: row[0])
            for name, step_back in self._counters.items():
                risen = list(rises([values[name] for _, _, values, _ in rows], step_back))
                for (_, _, values, _), rise in zip(rows, risen, strict=True):
                    values[name] = rise
            for at, source_id, values, number in rows:
                if any(values[name] for name in self._counters):
                    event = self._event(at, source_id, values)
                    if why := self._trouble(event):
                        broken(number, repr(event), why)
                    else:
                        found.append(event)
        return found


class SegmentRule(Rule):
    """The run of show as a whole, and a cue for every segment that says when it went on air."""

    def __init__(self, parts: Parts, file: str, title: str) -> None:
        """Take the file and the title of the run of show."""
        super().__init__(parts)
        self._file = file
        self._title = title
        self._segments: list[tuple[int, Segment]] = []

    def _read(self, chunk: Chunk) -> list[tuple[int, Segment]]:
        rows = zip(self.parts.at.of(chunk), chunk.numbers, self._values(chunk), strict=True)
        return [
            (
                at,
                Segment(
                    segment_id=values.get("segment") or str(number),
                    title=values["title"],
                    duration_ms=values["duration"],
                ),
            )
            for at, number, values in rows
        ]

    def commit(self, reading: list[tuple[int, Segment]]) -> None:
        """Keep the segments."""
        self._segments += reading

    def events(self, broken: OnBroken) -> list[Event]:
        """Return the run of show, then its cues."""
        if not self._segments:
            return []
        ordered = sorted(self._segments, key=lambda row: row[0])
        source, first = self.parts.source, ordered[0][0]
        plan = RunOfShowChanged(
            occurred_at=first,
            received_at=first,
            source=source,
            source_id=f"run_of_show:{self._file}",
            segments=tuple(segment for _, segment in ordered),
            title=self._title,
        )
        cues = [
            SegmentStarted(
                occurred_at=at,
                received_at=at,
                source=source,
                source_id=f"segment:{self._file}:{segment.segment_id}",
                segment_id=segment.segment_id,
            )
            for at, segment in ordered
        ]
        return [plan, *cues]


def received(event: Event, at: int) -> Event:
    """Return a context event as it reaches a replay that begins at `at`."""
    if event.occurred_at == UNTIMED:
        return replace(event, occurred_at=at, received_at=at)
    return replace(event, received_at=at)
