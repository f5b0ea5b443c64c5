"""Instants as files write them: ISO or another pattern, naive or with a zone, or counted units."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from liveroom.connectors.tables.cells import Field, parse_number, shortened
from liveroom.connectors.tables.chunks import Chunk, RowNumber
from liveroom.connectors.tables.spec import Time

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_UNIT_MS = {"ms": 1, "s": 1000, "minutes": 60_000}
_FLOOR_MS = {"": 1, "second": 1000, "minute": 60_000}
_EARLIEST, _END = -62_135_596_800_000, 253_402_300_800_000  # the years 1 and 10000

Change = Literal["twice", "never"]
"""How often a local time comes where clocks are put back or forward."""
_RULES: dict[Change, str] = {
    "twice": "comes twice in {zone}: the first of the two is taken",
    "never": "never comes in {zone}: it is read by the clock before the change, so it falls after it",
}


def find_zone(name: str) -> tzinfo:
    """Return an IANA time zone; raise ValueError where there is none of this name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{name!r} is no time zone; write one such as America/Sao_Paulo") from None


def to_ms(instant: datetime, zone: tzinfo) -> int:
    """Return an instant as milliseconds UTC; a naive one is local time of `zone`.

    Of a local time that comes twice the first counts; one that never comes is read by the clock
    before the change.
    """
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=zone)
    return (instant - _EPOCH) // _MILLISECOND


def change_at(instant: datetime, zone: tzinfo) -> Change | None:
    """Return whether a naive local time comes twice or never because clocks are changed."""
    if instant.tzinfo is not None:
        return None
    first = zone.utcoffset(instant.replace(tzinfo=None, fold=0))
    second = zone.utcoffset(instant.replace(tzinfo=None, fold=1))
    if first is None or second is None or first == second:
        return None
    return "twice" if first > second else "never"


class LocalTimes:
    """A time column that remembers which rows hold a local time that comes twice or never."""

    def __init__(self, spec: Time, default_zone: str) -> None:
        """Take how the column says an instant; raises ValueError for a broken `spec`."""
        self._column = spec.column
        self._zone = spec.timezone or default_zone
        self._changes: dict[str, Change] = {}
        self._rows: dict[Change, dict[RowNumber, str]] = {"twice": {}, "never": {}}
        self._field: Field[int] | None = None
        self.parse = time_parser(spec, default_zone, self._changes.__setitem__)

    def bind(self, field: Field[int]) -> LocalTimes:
        """Read from this field, whose parser is `parse`."""
        self._field = field
        return self

    def of(self, chunk: Chunk) -> Sequence[int]:
        """Return the instant of every row."""
        assert self._field is not None
        times = self._field.of(chunk)
        if self._changes:
            texts = chunk.columns[self._field.index]
            for number, text in zip(chunk.numbers, texts, strict=True):
                if change := self._changes.get(text.strip()):
                    self._rows[change][number] = text
        return times

    def warnings(self) -> Iterator[str]:
        """Yield what was assumed of which rows, and how many there are."""
        for change, rows in self._rows.items():
            if rows:
                number, text = next(iter(rows.items()))
                rule = _RULES[change].format(zone=self._zone)
                yield (
                    f"row {number}: column {self._column!r} is {shortened(text)!r}, which {rule}; "
                    f"{len(rows)} rows are such. Times with their offset, or in UTC, would be sure"
                )


def time_parser(
    spec: Time, default_zone: str, on_change: Callable[[str, Change], None] | None = None
) -> Callable[[str], int]:
    """Return a parser of texts into milliseconds UTC; raises ValueError for a broken `spec`.

    Calls `on_change` for a local time that comes twice or never.
    """
    zone = find_zone(spec.timezone or default_zone)
    floor = _FLOOR_MS[spec.floor]
    iso = spec.unit == "iso"
    parse = _date_parser(spec.format, zone, on_change) if iso else _unit_parser(spec, zone)

    def parse_instant(text: str) -> int:
        if not text:
            raise ValueError("the time is missing; fill it in or filter such rows out")
        at = parse(text)
        if not _EARLIEST <= at < _END:
            raise ValueError("this is no instant of the years 1 to 9999; is the unit right?")
        return at - at % floor

    return parse_instant


def _unit_parser(spec: Time, zone: tzinfo) -> Callable[[str], int]:
    unit_ms = _UNIT_MS[spec.unit]
    origin = 0
    if spec.origin:
        try:
            origin = to_ms(datetime.fromisoformat(spec.origin), zone)
        except ValueError:
            raise ValueError(
                f"origin {spec.origin!r} is not a time such as 2024-05-31T20:00:00Z"
            ) from None

    def parse(text: str) -> int:
        if text.isdecimal():
            return origin + int(text) * unit_ms
        return origin + int((parse_number(text) * unit_ms).__floor__())

    return parse


def _date_parser(
    pattern: str, zone: tzinfo, on_change: Callable[[str, Change], None] | None
) -> Callable[[str], int]:
    def parse(text: str) -> int:
        try:
            instant = datetime.strptime(text, pattern) if pattern else datetime.fromisoformat(text)
            at = to_ms(instant, zone)
            if on_change is not None and (change := change_at(instant, zone)):
                on_change(text, change)
            return at
        except (ValueError, OverflowError):
            wanted = f"written as {pattern}" if pattern else "such as 2024-05-31 20:00:00"
            raise ValueError(
                f"this is not a time {wanted}; correct it or give the time a format"
            ) from None

    return parse
