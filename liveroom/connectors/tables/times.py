"""Instants as files write them: ISO or another pattern, naive or with a zone, or counted units."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from liveroom.connectors.tables.cells import parse_number
from liveroom.connectors.tables.spec import Time

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_UNIT_MS = {"ms": 1, "s": 1000, "minutes": 60_000}
_FLOOR_MS = {"": 1, "second": 1000, "minute": 60_000}
_LATEST = 253_402_300_800_000  # the year 10000


def find_zone(name: str) -> tzinfo:
    """Return an IANA time zone; raise ValueError where there is none of this name."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{name!r} is no time zone; write one such as America/Sao_Paulo") from None


def to_ms(instant: datetime, zone: tzinfo) -> int:
    """Return an instant as milliseconds UTC; a naive one is local time of `zone`."""
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=zone)
    return (instant - _EPOCH) // _MILLISECOND


def time_parser(spec: Time, default_zone: str) -> Callable[[str], int]:
    """Return a parser of texts into milliseconds UTC; raises ValueError for a broken `spec`."""
    zone = find_zone(spec.timezone or default_zone)
    floor = _FLOOR_MS[spec.floor]
    parse = _date_parser(spec.format, zone) if spec.unit == "iso" else _unit_parser(spec, zone)

    def parse_instant(text: str) -> int:
        if not text:
            raise ValueError("the time is missing; fill it in or filter such rows out")
        at = parse(text)
        if not 0 <= at < _LATEST:
            raise ValueError("this is no instant between 1970 and 9999; is the unit right?")
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


def _date_parser(pattern: str, zone: tzinfo) -> Callable[[str], int]:
    def parse(text: str) -> int:
        try:
            instant = datetime.strptime(text, pattern) if pattern else datetime.fromisoformat(text)
            return to_ms(instant, zone)
        except (ValueError, OverflowError):
            wanted = f"written as {pattern}" if pattern else "such as 2024-05-31 20:00:00"
            raise ValueError(
                f"this is not a time {wanted}; correct it or give the time a format"
            ) from None

    return parse
