"""Times are read as written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.connectors.tables.spec import Time
from liveroom.connectors.tables.times import time_parser
from tests.connectors.table_helpers import (
    at_ms,
    replay,
    table,
)


@pytest.mark.parametrize(
    ("at", "text", "wanted"),
    [
        ('"at"', "2024-07-01 12:00:00", "2024-07-01T12:00:00+00:00"),
        ('"at"', "2024-07-01T12:00:00-03:00", "2024-07-01T15:00:00+00:00"),
        ('"at"', "2024-07-01T12:00:00Z", "2024-07-01T12:00:00+00:00"),
        (
            '{ column = "at", timezone = "Europe/London" }',
            "2024-07-01 12:00",
            "2024-07-01T11:00:00+00:00",
        ),
        (
            '{ column = "at", format = "%d/%m/%Y %H:%M", timezone = "America/Sao_Paulo" }',
            "01/07/2024 12:00",
            "2024-07-01T15:00:00+00:00",
        ),
        ('{ column = "at", unit = "ms" }', "1719835200000", "2024-07-01T12:00:00+00:00"),
        ('{ column = "at", unit = "s" }', "1719835200.0", "2024-07-01T12:00:00+00:00"),
        (
            '{ column = "at", unit = "minutes", origin = "2024-07-01T12:00:00Z" }',
            "1.5",
            "2024-07-01T12:01:30+00:00",
        ),
        (
            '{ column = "at", unit = "s", origin = "2024-07-01T12:00", timezone = "Asia/Tokyo" }',
            "90",
            "2024-07-01T03:01:30+00:00",
        ),
        ('{ column = "at", floor = "minute" }', "2024-07-01 12:00:59", "2024-07-01T12:00:00+00:00"),
    ],
)
def test_times_are_read_with_zone_and_unit(tmp_path: Path, at: str, text: str, wanted: str) -> None:
    mapping = f'title = "T"\n[tables.rows]\nat = {at}\n[[events]]\nevent = "chat"\n'
    played = replay(table(tmp_path, "at,x", f"{text},"), mapping)
    assert [event.occurred_at for event in played.events] == [at_ms(wanted)]
    assert played.events[0].received_at == played.events[0].occurred_at


@pytest.mark.parametrize("text", ["", "yesterday", "31/12/2024 10:00", "2024-13-01 10:00"])
def test_a_broken_time_is_set_aside_with_the_fix(tmp_path: Path, text: str) -> None:
    mapping = 'title = "T"\n[tables.rows]\nat = "at"\n[[events]]\nevent = "chat"\n'
    played = replay(table(tmp_path, "at,x", f"{text},", "2024-01-01,"), mapping)
    assert len(played.events) == 1
    assert f"rows.csv row 2: column 'at' is {text!r}" in played.reasons()[0]
    assert "format" in played.reasons()[0] or "fill it in" in played.reasons()[0]


@given(st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1)))
def test_milliseconds_and_iso_texts_agree(instant: datetime) -> None:
    instant = instant.replace(microsecond=instant.microsecond // 1000 * 1000, tzinfo=UTC)
    in_ms = time_parser(Time(column="at", unit="ms"), "UTC")
    iso = time_parser(Time(column="at"), "UTC")
    at = iso(instant.isoformat())
    assert in_ms(str(at)) == at
    assert at % 1000 == instant.microsecond // 1000
