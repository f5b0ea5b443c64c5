"""What is drawn on the chart's two plots, in pixels and instants; it knows no mouse and no keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from liveroom.models.change_point import conversion_fall
from liveroom.ui.parts import curves
from liveroom.ui.parts.cursor import Cursor, Reading
from liveroom.ui.parts.curve_ends import Scale, place_ends
from liveroom.ui.parts.fall_mark import FallMark
from liveroom.ui.parts.fall_mark import Field as FallField
from liveroom.ui.parts.metric_side import MetricSide
from liveroom.ui.parts.metrics import BY_KEY, Metric
from liveroom.ui.parts.offer_marks import OfferMarks
from liveroom.ui.parts.order_bars import OrderBars
from liveroom.ui.parts.peak_mark import Field, PeakMark
from liveroom.ui.parts.plots import build_plots
from liveroom.ui.parts.segment_bands import SegmentBands
from liveroom.ui.parts.segment_strip import Stretch
from liveroom.ui.parts.target_line import TargetLine
from liveroom.ui.plotting import pg
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.offer_timing import OfferTiming
    from liveroom.models.snapshot import Snapshot

LABEL_ROOM = 120
"""Free pixels after now, for the labels at the ends of the curves."""
_OFFERS_BELOW = 9
"""Pixels from the upper edge down to the diamonds and titles of offers."""
_BARS_HEIGHT, _LEAST_BARS = 74, 60
_LOW_VIEW = 300
"""A view that is lower leaves the bars less."""


class Canvas:
    """The plots of the chart; `view` is the widget that shows them."""

    def __init__(self, theme: Theme) -> None:
        """Build the plots, without metrics yet."""
        self.view, self.main, rates, self._bars_plot, self.times = build_plots(theme)
        self._rates, self._bars_height = rates, 0
        self._bands = SegmentBands(theme)
        self.main.addItem(self._bands, ignoreBounds=True)
        self.left = MetricSide(self.main.vb, self.main.getAxis("left"), theme, is_right=False)
        self.right = MetricSide(rates, self.main.getAxis("right"), theme, is_right=True)
        self.sides = (self.left, self.right)
        self.offers = OfferMarks(self.main, theme)
        self.target = TargetLine(self.main, theme)
        self.left.lay_curve()
        self._now = pg.InfiniteLine(angle=90, pen=pg.mkPen(theme["text_2"], width=1))
        self.main.addItem(self._now, ignoreBounds=True)
        self.right.lay_curve()
        self.peak = PeakMark(self.main, theme)
        self.fall = FallMark(self.main, theme)
        self.bars = OrderBars(self._bars_plot, theme, LABEL_ROOM)
        self.cursor = Cursor(self.main, theme, self.sides)
        self._drawn_at = 0
        self._drawn_series: object = None
        self._drawn_looks: tuple[object, ...] = ()
        self.fit_bars(empty=False)

    def choose(self, left: Metric, right: Metric) -> None:
        """Plot two metrics from now on."""
        self.left.choose(left, right)
        self.right.choose(right, left)
        self._drawn_looks = ()

    def set_range(self, start: float, end: float) -> None:
        """Show the time from `start` to `end` (s UTC)."""
        self.main.vb.setXRange(start, end, padding=0)

    def resized(self) -> None:
        """Lay the right axis' box over the upper plot again."""
        self._rates.setGeometry(self.main.vb.sceneBoundingRect())

    def draw(
        self,
        snapshot: Snapshot,
        stretches: Sequence[Stretch],
        timing: OfferTiming | None,
        conversion_target: float | None,
    ) -> None:
        """Draw a snapshot; curves only where they would look different."""
        start, end = self.span()
        now, minutes = snapshot.at / 1000, self.minutes()
        self._now.setValue(now)
        if self._curves_are_old(snapshot, start, end):
            for side in self.sides:
                side.draw(snapshot, start, end, int(self.main.vb.width()))
            self.bars.draw(snapshot, start, end, self.main.vb.width())
        for side in self.sides:
            side.measure(snapshot, minutes)
        top = self.left.full_height()
        self._bands.show_stretches(stretches, top)
        height = max(1.0, self.main.vb.height())
        offers_at = top * (1 - _OFFERS_BELOW / height)
        self.offers.show(snapshot, start, end, offers_at, self.pixels(1))
        self._draw_peak(snapshot, timing)
        self._draw_fall(snapshot)
        line = self._draw_target(conversion_target, end)
        self._place_ends(now, start, end, line)

    def read_cursor(self, snapshot: Snapshot) -> Reading | None:
        """Return what was the case at the cursor, with dots on the curves there."""
        return self.cursor.read(snapshot, self.minutes())

    def span(self) -> tuple[float, float]:
        """Return the time on show (s UTC)."""
        (start, end), _ = self.main.vb.viewRange()
        return float(start), float(end)

    def minutes(self) -> int:
        """Return how many minutes a bar, or a point of a metric per minute, stands for."""
        start, end = self.span()
        return curves.bar_minutes(end - start)

    def pixels(self, seconds: float) -> float:
        """Return how long a time is on the axis."""
        start, end = self.span()
        return float(seconds / max(1e-9, end - start) * self.main.vb.width())

    def seconds(self, pixels: float) -> float:
        """Return how much time some pixels of the axis are."""
        start, end = self.span()
        return float(pixels * (end - start) / max(1.0, self.main.vb.width()))

    def is_drawn(self) -> bool:
        """Return whether there is a curve at all."""
        return any(side.is_drawn() for side in self.sides)

    def fit_bars(self, empty: bool) -> None:
        """Give the bars their height: more of it where there is no curve above them."""
        low = self.view.height() < _LOW_VIEW
        height = _LEAST_BARS if low else _BARS_HEIGHT
        if empty:
            height = max(height, int(self.view.height() * 0.6))
        if height != self._bars_height:
            self._bars_height = height
            self._bars_plot.setFixedHeight(height)

    def foot(self) -> float:
        """Return where the upper plot ends, in pixels of the view."""
        return float(self.view.height() - self._bars_height - 2)

    def _curves_are_old(self, snapshot: Snapshot, start: float, end: float) -> bool:
        """Return whether the curves would look different: another axis, or half a pixel of time.

        On the axis of a day a second is no pixel, and drawing again would show the same picture.
        """
        moved = abs(snapshot.at - self._drawn_at) / 1000
        looks = (start, end, self.main.vb.width(), self.main.vb.height())
        corrected = not moved and snapshot.series is not self._drawn_series
        if looks == self._drawn_looks and self.pixels(moved) < 0.5 and not corrected:
            return False
        self._drawn_at, self._drawn_series, self._drawn_looks = snapshot.at, snapshot.series, looks
        return True

    def _draw_peak(self, snapshot: Snapshot, timing: OfferTiming | None) -> None:
        side = self._side_of(BY_KEY["audience"])
        if side is None or not side.is_drawn():
            self.peak.hide()
            return
        start, end = self.span()
        top, height = self.left.full_height(), self.main.vb.height()
        peak = side.height_of(snapshot.audience.peak or 0) * top
        at = (snapshot.audience.peak_at or 0) / 1000

        def crossed(left: float, right: float) -> list[tuple[float, float]]:
            return self._crossed(at, left, right, height)

        field = Field(start, end, self.pixels(1), height, top, peak, crossed)
        self.peak.show(snapshot, timing, field)

    def _draw_fall(self, snapshot: Snapshot) -> None:
        self.fall.hide()
        conversion = BY_KEY["conversion"]
        if self._side_of(conversion) is None or not conversion.is_known(snapshot):
            return
        # Not of a stretch in which one of its sources was silent: it would look like a fall.
        told = min(snapshot.at, conversion.last_told(snapshot) * 1000)
        found = conversion_fall(snapshot.series, snapshot.started_at, told)
        start, end = self.span()
        if found is not None and start <= found[0] / 1000 <= end:
            at, height = found[0] / 1000, float(self.main.vb.height())
            field = FallField(
                self.pixels(at - start),
                self.pixels(min(end, snapshot.at / 1000) - at),
                height,
                self.left.full_height(),
                lambda left, right: self._crossed(at, left, right, height),
            )
            self.fall.show(found[0], snapshot.timezone, field)

    def _crossed(
        self, at: float, left: float, right: float, height: float
    ) -> list[tuple[float, float]]:
        """Return between which pixels from below each curve runs, by pixels before and after `at` (s UTC)."""
        start, end = at + self.seconds(left), at + self.seconds(right)
        spans = [span for side in self.sides if (span := side.span(start, end)) is not None]
        return [(low * height, high * height) for low, high in spans]

    def _draw_target(self, rate: float | None, end: float) -> float | None:
        """Draw the line of the target and return its height, None where there is none."""
        side = self._side_of(BY_KEY["conversion"])
        height = 2.0 if rate is None or side is None else side.height_of(rate)
        fits = side is not None and side.is_drawn() and height <= 1
        self.target.show(rate if fits else None, height * self.left.full_height(), end)
        return height if fits else None

    def _side_of(self, metric: Metric) -> MetricSide | None:
        return next((side for side in self.sides if side.metric is metric), None)

    def _place_ends(self, now: float, start: float, end: float, line: float | None) -> None:
        for side in self.sides:
            side.hide_end()
        if start <= now <= end:
            newest = [one for side in self.sides if (one := side.newest()) is not None]
            height, free = self.main.vb.height(), self.pixels(end - now)
            scale = Scale(now, self.seconds(1), height, free, line)
            place_ends(newest, scale)
            for side in self.sides:
                side.mark_end()
