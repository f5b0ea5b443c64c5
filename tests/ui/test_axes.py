"""The time axis of the charts: round times of the session's own day, with the days of a long show."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QApplication

from liveroom.ui.parts.axes import TimeAxis

DAY = 86_400


def labels(zone: str, hours: float, pixels: float) -> list[str]:
    axis: Any = TimeAxis("bottom")
    axis.timezone = zone
    start = datetime(2026, 1, 8, 10, 13, tzinfo=ZoneInfo(zone)).timestamp()
    end = start + hours * 3600
    axis.setRange(start, end)
    ((spacing, values),) = axis.tickValues(start, end, pixels)
    found: list[str] = axis.tickStrings(values, 1, spacing)
    return found


@pytest.mark.parametrize("zone", ["UTC", "America/Sao_Paulo", "Asia/Kolkata", "Asia/Tokyo"])
def test_of_a_show_of_days_midnight_has_its_date(qapp: QApplication, zone: str) -> None:
    found = labels(zone, hours=60, pixels=900)
    assert {"9 Jan", "10 Jan"} <= set(found)
    assert all(len(label) <= 6 for label in found), "there is room for no more"


@pytest.mark.parametrize("zone", ["UTC", "America/Sao_Paulo", "Asia/Tokyo"])
def test_of_a_show_of_weeks_every_label_is_a_date(qapp: QApplication, zone: str) -> None:
    found = labels(zone, hours=24 * 20, pixels=900)
    assert found
    assert all(label.endswith("Jan") for label in found)


def test_steps_of_hours_are_those_of_the_sessions_day(qapp: QApplication) -> None:
    assert labels("Asia/Kolkata", hours=10, pixels=700) == [
        "11:00", "12:00", "13:00", "14:00", "15:00", "16:00", "17:00", "18:00", "19:00", "20:00",
    ]  # fmt: skip


def test_a_show_of_an_hour_has_no_dates_even_past_midnight(qapp: QApplication) -> None:
    axis: Any = TimeAxis("bottom")
    midnight = datetime(2026, 1, 9, tzinfo=ZoneInfo("UTC")).timestamp()
    axis.setRange(midnight - 1800, midnight + 1800)
    assert axis.tickStrings([midnight - 600, midnight], 1, 600) == ["23:50", "00:00"]
