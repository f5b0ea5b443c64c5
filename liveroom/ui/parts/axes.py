"""Axes of the charts: times of day, and round numbers that two axes share lines at."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from PySide6.QtCore import QRectF

from liveroom.ui import format as fmt
from liveroom.ui.plotting import pg

DIVISIONS = 5
_HALF_LABEL = 10


class TimeAxis(pg.AxisItem):
    """Instants (s UTC) as times of day of the session's time zone."""

    timezone = "UTC"

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        place = fmt.zone(self.timezone)
        form = "%H:%M" if spacing >= 60 else "%H:%M:%S"
        if spacing >= 86_400:
            form = "%d %b"
        elif self.range[1] - self.range[0] > 2 * 86_400:
            form = "%d %b %H:%M"
        return [datetime.fromtimestamp(value, place).strftime(form) for value in values]

    def tickSpacing(self, low: float, high: float, size: float) -> list[tuple[float, float]]:
        wanted = (high - low) / max(1.0, size / 64)
        for step in (10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 21_600, 43_200):
            if step >= wanted:
                return [(step, 0)]
        days = max(1, round(wanted / 86_400))
        return [(days * 86_400, 0)]


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


def span_words(minutes: int) -> str:
    """Return the width of a bar in words."""
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 1440:
        return f"{minutes // 60} h"
    return f"{minutes // 1440} d"
