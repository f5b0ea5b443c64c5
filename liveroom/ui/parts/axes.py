"""Axes of the charts: times of day, and round numbers that two axes share lines at."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from PySide6.QtCore import QRectF

from liveroom.ui import format as fmt
from liveroom.ui.plotting import pg

DIVISIONS = 5
_HALF_LABEL, _DAY = 10, 86_400


class TimeAxis(pg.AxisItem):
    """Instants (s UTC) as times of day of the session's time zone."""

    timezone = "UTC"

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        is_long = self.range[1] - self.range[0] > _DAY
        return [self._words(round(value * 1000), spacing, is_long) for value in values]

    def _words(self, at: int, spacing: float, is_long: bool) -> str:
        """Return the time of a tick; of a show of more than a day midnight is told by its date."""
        time = fmt.clock(at, self.timezone, seconds=spacing < 60)
        is_midnight = spacing >= 60 and time == "00:00"
        return fmt.day(at, self.timezone) if spacing >= _DAY or (is_long and is_midnight) else time

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        wanted = (high - low) / max(1.0, size / 64)
        for step in (10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200):
            if step >= wanted:
                return [(step, self._shift(low, step))]
        days = max(1, round(wanted / _DAY))
        return [(days * _DAY, self._shift(low, days * _DAY))]

    def _shift(self, at: float, step: int) -> int:
        """Return by how much ticks are off Greenwich's: steps are those of the session's own day."""
        ahead = datetime.fromtimestamp(at, fmt.zone(self.timezone)).utcoffset()
        return 0 if ahead is None else -round(ahead.total_seconds()) % step


class ValueAxis(pg.AxisItem):
    """Values with grid lines; the lowest label stands half below the field, and is shown all the same."""

    def boundingRect(self) -> QRectF:
        # pyqtgraph leaves out a label that reaches beyond this, and with a grid that is the field alone.
        return super().boundingRect().adjusted(0, -_HALF_LABEL, 0, _HALF_LABEL)


def nice_top(value: float, parts: int = DIVISIONS) -> float:
    """Return the smallest round number from `value` up that divides into round parts."""
    step = value / parts
    size = 10 ** np.floor(np.log10(step))
    for factor in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10):
        if factor * size >= step:
            return float(factor * size * parts)
    return float(10 * size * parts)


def write_count(value: float, top: float = 0) -> str:
    """Return a tick of a count on an axis up to `top`: all of one axis in thousands, or none."""
    if max(value, top) >= 10_000 and value:
        return f"{fmt.number(value / 1000, 0 if value % 1000 == 0 else 1)}k"
    return fmt.count(round(value)) if value == round(value) else fmt.number(value)


def write_percent(value: float) -> str:
    """Return a tick of a rate."""
    whole = abs(value * 100 - round(value * 100)) < 1e-9
    return fmt.percent(value, 0 if whole else 1)
