"""Times below the scrub bar: few, round ones of the session's day, with dates where there are several."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from liveroom.ui.scrub_times import times_of

SAO_PAULO = "America/Sao_Paulo"


def ms(text: str, timezone: str = SAO_PAULO) -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(timezone)).timestamp() * 1000)


def words(start: str, end: str, most: int = 12, timezone: str = SAO_PAULO) -> list[str]:
    return [text for _, text in times_of(ms(start, timezone), ms(end, timezone), most, timezone)]


def test_a_show_of_an_hour_has_times_of_day() -> None:
    assert words("2026-11-20T19:58", "2026-11-20T21:00", 7) == [
        "20:00", "20:10", "20:20", "20:30", "20:40", "20:50", "21:00",
    ]  # fmt: skip


def test_a_show_of_days_says_which_day_begins() -> None:
    assert words("2026-11-20T13:00", "2026-11-22T13:00", 5) == [
        "21 Nov", "12:00", "22 Nov", "12:00",
    ]  # fmt: skip


@pytest.mark.parametrize("timezone", ["UTC", SAO_PAULO, "Asia/Kolkata", "Pacific/Auckland"])
def test_steps_are_those_of_the_sessions_own_day(timezone: str) -> None:
    shown = words("2026-11-20T13:00", "2026-11-26T13:00", 14, timezone)
    assert shown[:4] == ["21 Nov", "12:00", "22 Nov", "12:00"]


def test_midnight_in_a_short_show_is_a_time() -> None:
    assert "00:00" in words("2026-11-20T23:30", "2026-11-21T00:30")


@pytest.mark.parametrize("most", [1, 3, 20])
@pytest.mark.parametrize(
    "end", ["2026-11-20T20:01", "2026-11-21T02:00", "2026-11-23T02:00", "2026-11-27T02:00"]
)
def test_there_are_never_more_than_have_room(most: int, end: str) -> None:
    assert len(words("2026-11-20T20:00", end, most)) <= most + 1
