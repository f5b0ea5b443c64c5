"""Times are read as written."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.connectors.tables.spec import Time
from liveroom.connectors.tables.times import time_parser
from liveroom.models.events import ChatPosted, ProductListed
from tests.connectors.table_helpers import (
    HEAD,
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
            '{ column = "at", timezone = "America/Sao_Paulo" }',
            "2018-02-17T23:30",  # comes twice: the first
            "2018-02-18T01:30:00+00:00",
        ),
        (
            '{ column = "at", timezone = "America/Sao_Paulo" }',
            "2018-11-04T00:30",  # never comes: an hour on, by the clock before
            "2018-11-04T03:30:00+00:00",
        ),
        ('{ column = "at", unit = "s" }', "-1", "1969-12-31T23:59:59+00:00"),
        ('"at"', "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+00:00"),
        ('"at"', "9999-12-31T23:59:59Z", "9999-12-31T23:59:59+00:00"),
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


ZONED = 'title = "T"\ntimezone = "America/Sao_Paulo"\n[tables.rows]\nat = "at"\n' + (
    '[[events]]\nevent = "chat"\n[[events]]\nevent = "audience"\nviewers = "n"\n'
)


def test_local_times_that_come_twice_or_never_are_kept_and_warned_of_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rows = [
        "2018-02-17 22:59:59,1",
        "2018-02-17T23:30,2",
        "2018-02-17T23:30,3",
        "2018-02-17T23:45-03:00,4",
        "2018-02-18T00:00,5",
        "2018-11-04T00:30,6",
    ]
    played = replay(table(tmp_path, "at,n", *rows), ZONED)
    assert len(played.of(ChatPosted)) == 6
    assert not played.set_aside
    twice, never = [record.getMessage() for record in caplog.records]
    assert "rows.csv row 3: column 'at' is '2018-02-17T23:30', which comes twice in " in twice
    assert "America/Sao_Paulo: the first of the two is taken; 2 rows are such" in twice
    assert "rows.csv row 7: column 'at' is '2018-11-04T00:30', which never comes in" in never
    assert "1 rows are such" in never


def test_times_that_are_sure_are_not_warned_of(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    replay(table(tmp_path, "at,n", "2018-02-17 22:00,1", "2018-02-17T23:30-02:00,1"), ZONED)
    assert not caplog.records


@pytest.mark.parametrize("start", [None, -10_000])
def test_what_happened_before_1970_is_played(tmp_path: Path, start: int | None) -> None:
    mapping = HEAD + '[[events]]\nevent = "chat"\ntext = "text"\n'
    source = table(tmp_path, "at,text", "-20,a", "-5,b", "0,c", "5,d")
    played = replay(source, mapping, from_ms=start, to_ms=6000)
    wanted = ["a", "b", "c", "d"] if start is None else ["b", "c", "d"]
    assert [chat.text for chat in played.of(ChatPosted)] == wanted


def test_a_catalogue_entry_of_1970_has_its_time(tmp_path: Path) -> None:
    mapping = (
        HEAD + '[[events]]\nevent = "product"\nat = { column = "at", unit = "s" }\nsku = "n"\n'
    )
    played = replay(table(tmp_path, "at,n", "0,a", "5,b"), mapping)
    assert [product.occurred_at for product in played.of(ProductListed)] == [0, 5000]
