"""Windows are half open, and instants are read in the right zone."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.models.window import Window, format_instant, parse_instant


def test_a_window_holds_its_start_and_not_its_end() -> None:
    window = Window(start=10, end=20)
    assert 10 in window
    assert 19 in window
    assert 20 not in window
    assert 9 not in window


def test_an_instant_without_an_offset_is_local_to_the_session() -> None:
    assert parse_instant("2010-12-02T10:00", "Europe/London") == parse_instant(
        "2010-12-02T10:00:00Z", "UTC"
    )
    assert parse_instant("2011-07-02 10:00", "Europe/London") == parse_instant(
        "2011-07-02T09:00:00Z", "Europe/London"
    )
    assert parse_instant("2026-11-21T20:00", "America/Sao_Paulo") == parse_instant(
        "2026-11-21T23:00:00+00:00", "UTC"
    )


@pytest.mark.parametrize("text", ["", "yesterday", "2026-13-01", "20:00"])
def test_what_is_not_an_instant_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        parse_instant(text, "UTC")


@given(st.integers(0, 4_000_000_000_000))
def test_an_instant_survives_being_written_and_read(at: int) -> None:
    text = format_instant(at)
    assert text is not None
    assert parse_instant(text, "Asia/Tokyo") == at


def test_instants_are_written_in_utc() -> None:
    at = int(datetime(2018, 6, 30, 20, 57, tzinfo=UTC).timestamp() * 1000)
    assert format_instant(at) == "2018-06-30T20:57:00Z"
    assert format_instant(at + 250) == "2018-06-30T20:57:00.250Z"
    assert format_instant(None) is None
