"""One side of the chart: a metric's curve, its axis, and its newest value at the curve's end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from liveroom.models.money import minor_digits
from liveroom.ui import format as fmt
from liveroom.ui.parts import curves
from liveroom.ui.parts.axes import DIVISIONS, nice_top, write_count, write_percent
from liveroom.ui.parts.curve_ends import CurveEnd, Newest
from liveroom.ui.parts.metrics import Metric, Unit
from liveroom.ui.plotting import pg
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

_ABOVE_TOP, _HEAD_PIXELS, _BELOW_ZERO = 1.04, 30, 1e-4
"""The field reaches a little above the highest tick, and by some pixels for titles and the peak's words."""
_OWN_TONES = {"audience": ("audience", "text_2"), "conversion": ("conv", "conv")}
"""Of the curve and of its words: these two look the same in every panel."""


def tones_of(metric: Metric, other: Metric, is_right: bool) -> tuple[str, str]:
    """Return the tones of a metric's curve and of its words beside another metric."""
    if metric.key in _OWN_TONES:
        return _OWN_TONES[metric.key]
    quiet = not is_right and other.key != "audience"
    return ("text_3", "text_3") if quiet else ("text", "text")


def write_value(metric: Metric, value: float | None, currency: str | None) -> str:
    """Return a value of a metric as text; an em dash where there is none."""
    if value is None or np.isnan(value):
        return fmt.NONE_YET
    if metric.unit is Unit.RATE:
        return fmt.percent(value)
    if metric.unit is Unit.MONEY:
        return fmt.money(round(value), currency)
    if metric.unit is Unit.PER_MINUTE and value != round(value):
        return fmt.number(value)
    return fmt.count(round(value))


class MetricSide:
    """A curve in a view box with an axis of its own; the left one has an area beneath it."""

    def __init__(self, box: Any, axis: Any, theme: Theme, is_right: bool) -> None:
        """Take the view box and the axis beside it."""
        self._box, self._axis, self._theme, self._is_right = box, axis, theme, is_right
        self._area = None if is_right else pg.PlotCurveItem(pen=None, fillLevel=0)
        if self._area is not None:
            self._area.setBrush(pg.mkBrush(theme["audience_fill"]))
            box.addItem(self._area)
        self.curve = pg.PlotCurveItem(connect="finite")
        self.end: CurveEnd | None = None
        self.metric: Metric | None = None
        self.top, self._reach = 0.0, 0.0
        self._newest: float | None = None
        self._newest_at: float | None = None
        self._tones = ("", "")
        self._currency: str | None = None
        self._drawn: tuple[Any, Any] = (np.zeros(0), np.zeros(0))

    def lay_curve(self) -> None:
        """Put the curve above everything that was added to the box meanwhile."""
        self._box.addItem(self.curve)
        self.end = CurveEnd(self._box, self._theme, "audience", "text_2")

    def choose(self, metric: Metric, other: Metric) -> None:
        """Plot a metric from now on, beside another one."""
        assert self.end is not None
        tone, ink = self._tones = tones_of(metric, other, self._is_right)
        self.metric, self.top = metric, -1.0
        self.curve.setPen(pg.mkPen(self._theme[tone], width=1))
        self.end.set_tones(tone, ink)
        self._axis.setTextPen(pg.mkPen(self._theme[ink]))
        self._set_top(0.0)

    def is_drawn(self) -> bool:
        """Return whether there is a curve."""
        return self.top > 0

    def points(self) -> int:
        """Return how many points the curve is drawn with."""
        return len(self._drawn[0])

    def draw(self, snapshot: Snapshot, start: float, end: float, width: int) -> None:
        """Draw the curve from `start` to `end` (s UTC) on `width` pixels."""
        metric = self.metric
        assert metric is not None
        self._currency = snapshot.currency
        last = min(end, snapshot.at / 1000)
        if metric.key == "audience":
            series = snapshot.series
            wide = max(100, width)
            times, values = curves.decimate(
                series.audience_times, series.audience, start, last, wide
            )
            area = curves.area_beneath(times, values)
            highest = float(snapshot.audience.peak or 0)
        elif metric.is_known(snapshot) and last > start:
            minutes = curves.bar_minutes(end - start)
            times = _instants(start, last, snapshot.at, width)
            values = metric.at(snapshot, times, minutes) / self._unit_size()
            known = values[~np.isnan(values)]
            highest = float(known.max()) if len(known) else 0.0
            area = times, np.nan_to_num(values)
        else:
            times = values = np.zeros(0)
            area, highest = (times, values), 0.0
        self._drawn = times, values
        self.curve.setData(times, values)
        if self._area is not None:
            self._area.setData(*area)
        self._set_top(highest)

    def measure(self, snapshot: Snapshot, minutes: int) -> None:
        """Take the newest value; a gauge has it from its newest sample."""
        metric = self.metric
        assert metric is not None
        self._currency = snapshot.currency
        told = metric.last_told(snapshot)
        was_silent = self._newest_at is not None
        self._newest_at = float(told) if told <= snapshot.at // 1000 else None
        if self.end is not None and was_silent is (self._newest_at is None):
            silent = self._newest_at is not None
            self.end.set_tones(*(("text_3", "text_3") if silent else self._tones))
        if metric.key == "audience":
            self._newest = snapshot.audience.last
            return
        self._newest = None
        if metric.is_known(snapshot):
            value = float(metric.at(snapshot, np.array([float(told)]), minutes)[0])
            self._newest = None if np.isnan(value) else value

    def mark_end(self) -> None:
        """Put the dot where the curve ends, if that is before now: its source is silent since then."""
        if self.end is not None and self._newest_at is not None and self.end_text():
            assert self._newest is not None
            self.end.mark(self._newest_at, self._newest / self._unit_size())

    def hide_end(self) -> None:
        """Show no value at the curve's end."""
        if self.end is not None:
            self.end.hide()

    def end_text(self) -> str:
        """Return the words at the curve's end, blank where they are not on show."""
        shown = self.end is not None and self.end.label.isVisible()
        return self.end.label.toPlainText() if self.end is not None and shown else ""

    def newest(self) -> Newest | None:
        """Return the label at the curve's end, None where there is no value."""
        metric, end = self.metric, self.end
        if metric is None or end is None or self._newest is None or not self.is_drawn():
            return None
        words = f"{write_value(metric, self._newest, self._currency)} {metric.word}"
        value = self._newest / self._unit_size()
        return Newest(end, value, self.full_height(), words)

    def height_of(self, value: float) -> float:
        """Return a value (in the metric's unit) as a share of the field's height, from below."""
        return value / self._unit_size() / self.full_height()

    def span(self, start: float, end: float) -> tuple[float, float] | None:
        """Return between which shares of the field's height the curve runs from `start` to `end` (s UTC)."""
        times, values = self._drawn
        first, last = np.searchsorted(times, (start, end))
        seen = values[max(0, first - 1) : last + 1]
        seen = seen[~np.isnan(seen)]
        if not len(seen) or not self.is_drawn():
            return None
        full = self.full_height()
        return float(seen.min()) / full, float(seen.max()) / full

    def full_height(self) -> float:
        """Return the value at the upper edge of the field."""
        height = max(3.0 * _HEAD_PIXELS, float(self._box.height()))
        return (self.top or 1) * _ABOVE_TOP * height / (height - _HEAD_PIXELS)

    def _unit_size(self) -> int:
        """Return what of the metric's unit is one on the axis: money has ticks in whole currency."""
        if self.metric is None or self.metric.unit is not Unit.MONEY:
            return 1
        digits: int = 10 ** (minor_digits(self._currency) if self._currency else 2)
        return digits

    def _set_top(self, highest: float) -> None:
        """Choose a round upper end; it stays while the curve fits and fills a third of it."""
        top = self.top
        if highest <= 0:
            top = 0.0
        elif highest > top * _ABOVE_TOP or highest < top / 3:
            top = nice_top(highest)
        if top != self.top:
            self.top = top
            rate = self.metric is not None and self.metric.unit is Unit.RATE
            steps = [top * n / DIVISIONS for n in range(DIVISIONS + 1)] if top else []
            ticks = [(at, write_percent(at) if rate else write_count(at, top)) for at in steps]
            self._axis.setTicks([ticks])
        reach = self.full_height()
        if reach != self._reach:
            self._reach = reach
            # A tick exactly at the edge may be rounded out of the picture, and with it the 0.
            self._box.setYRange(-_BELOW_ZERO * reach, reach, padding=0)


def _instants(start: float, end: float, at: int, width: int) -> Any:
    """Return instants (s UTC), one each two pixels at most, the newest at the end."""
    step = max(1.0, (end - start) / max(50, width / 2))
    # A grid that does not move with the picture: a point keeps its value while time goes on.
    last = at // 1000 + 1
    grid = np.arange(np.ceil(start / step), np.floor(end / step) + 1) * step
    return np.append(grid[grid < last], min(float(last), end + 1))
