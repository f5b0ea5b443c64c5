"""The cursor of the chart: a line at an instant, dots on the curves, and what was the case then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from liveroom.models.run_of_show import timings
from liveroom.ui import format as fmt
from liveroom.ui.parts.metric_side import MetricSide, write_value
from liveroom.ui.parts.metrics import BY_KEY, Metric
from liveroom.ui.plotting import pg
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

_BESIDE = ("orders", "revenue")
"""What is read at the cursor beside the two metrics that are plotted."""


class Value(NamedTuple):
    """A value at the cursor, and of what."""

    text: str
    word: str


class Reading(NamedTuple):
    """What was the case at an instant: the time, values in a fixed order, segment and offers."""

    clock: str
    values: tuple[Value, ...]
    segment: str
    offers: str


class Cursor:
    """Stands at an instant (s UTC) or nowhere."""

    def __init__(self, plot: Any, theme: Theme, sides: Sequence[MetricSide]) -> None:
        """Take the upper plot and the two metrics; the first side is drawn in the plot itself."""
        self.at: float | None = None
        self._sides = sides
        self._line = pg.InfiniteLine(angle=90, pen=pg.mkPen(theme["focus"], width=1))
        self._dots = pg.ScatterPlotItem(size=6, pen=None, brush=pg.mkBrush(theme["text"]))
        for item in (self._line, self._dots):
            item.setZValue(20)
            item.hide()
            plot.addItem(item, ignoreBounds=True)

    def place(self, at: float | None) -> None:
        """Go to an instant (s UTC), or away."""
        self.at = at
        self._line.setVisible(at is not None)
        self._dots.setVisible(at is not None)
        if at is not None:
            self._line.setValue(at)

    def read(self, snapshot: Snapshot, minutes: int) -> Reading | None:
        """Return what was the case at the cursor; rates per minute are the mean of `minutes`."""
        if self.at is None:
            return None
        instant = np.array([self.at])
        left = self._sides[0]
        plotted = [side.metric for side in self._sides if side.metric is not None]
        heights, values = [], []
        for side, metric in zip(self._sides, plotted, strict=True):
            value = _value(metric, snapshot, instant, minutes)
            if value is not None and side.is_drawn():
                heights.append(side.height_of(value) * left.full_height())
            values.append(Value(write_value(metric, value, snapshot.currency), metric.word))
        for key in _BESIDE:
            metric = BY_KEY[key]
            if metric not in plotted:
                value = _value(metric, snapshot, instant, minutes)
                values.append(Value(write_value(metric, value, snapshot.currency), metric.word))
        self._dots.setData([self.at] * len(heights), heights)
        at = round(self.at * 1000)
        clock = fmt.moment(at, snapshot.timezone, snapshot.at)
        return Reading(clock, tuple(values), segment_at(snapshot, at), offers_at(snapshot, at))


def _value(metric: Metric, snapshot: Snapshot, instant: Any, minutes: int) -> float | None:
    if not metric.is_known(snapshot):
        return None
    value = float(metric.at(snapshot, instant, minutes)[0])
    return None if np.isnan(value) else value


def segment_at(snapshot: Snapshot, at: int) -> str:
    """Return the title of the segment that was, or is to be, on air at an instant (ms UTC)."""
    for row in timings(snapshot.run_of_show, snapshot.at):
        inside = row.start is not None and row.end is not None and row.start <= at < row.end
        if inside and row.state != "skipped":
            return row.segment.title
    return ""


def offers_at(snapshot: Snapshot, at: int) -> str:
    """Return the titles of the offers that ran at an instant (ms UTC)."""
    if at > snapshot.at:
        return ""
    return ", ".join(each.offer.title for each in snapshot.levers.offers if each.runs(at))
