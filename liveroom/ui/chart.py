"""The chart of audience against conversion; it and its axes are all that imports pyqtgraph.

Pens are one pixel wide (two cost seven times as much), the curves have at most two points per pixel,
and the axes change only when the picture would not fit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from liveroom.models.facts import Fact
from liveroom.models.run_of_show import timings
from liveroom.ui import format as fmt
from liveroom.ui.parts import curves
from liveroom.ui.parts.axes import (
    DIVISIONS,
    TimeAxis,
    nice_top,
    span_words,
    write_count,
    write_percent,
)
from liveroom.ui.parts.curve_ends import CurveEnd, Newest, Scale, add_label, place_ends
from liveroom.ui.parts.offer_marks import OfferMarks
from liveroom.ui.parts.peak_mark import PeakMark
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.parts.segment_strip import SegmentStrip, Stretch
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

LEFT, RIGHT = 48, 52
_HEADROOM = 1.06
_OFFERS_AT = 0.97
"""Where diamonds and titles of offers stand, as a share of the height."""
_SETTLING_SECONDS = 300
"""A window that has hardly begun jumps; the curve starts when half of it is there."""
_LABEL_ROOM = 120
"""Free pixels after now, for the labels at the ends of the curves."""
_ORDERS_HEIGHT = 74


class Chart(QWidget):
    """Audience area, rolling conversion, orders per bar, segments above, labels at the curves' ends."""

    def __init__(self, theme: Theme) -> None:
        """Build the plots."""
        super().__init__()
        self._theme = theme
        self._snapshot: Snapshot | None = None
        self._span = (0.0, 1.0)
        self._orders_height = _ORDERS_HEIGHT
        self._newest_rate: float | None = None
        self._drawn_at = 0
        self._drawn_series: object = None
        self._drawn_looks: tuple[float, ...] = ()
        self._following, self._setting = True, False
        self._tops = {"audience": 0.0, "conversion": 0.0, "orders": 0.0}
        self._strip = SegmentStrip(theme)
        self._view = pg.GraphicsLayoutWidget()
        self._view.setBackground(theme["panel"])
        self._view.ci.layout.setContentsMargins(0, 0, 0, 2)
        self._view.ci.layout.setSpacing(0)
        self._main = self._add_plot(0)
        self._orders = self._add_plot(1)
        self._build_axes()
        self._build_curves()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._strip)
        column.addWidget(self._view, 1)
        self._follow = QPushButton("Follow the show", self)
        self._follow.setFont(theme.font(11))
        self._follow.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._follow.clicked.connect(self.follow)
        self._follow.hide()
        self._missing = RunLine(theme, 20, Qt.AlignmentFlag.AlignHCenter)
        self._missing.setParent(self)
        self._missing.hide()
        self._main.vb.sigRangeChangedManually.connect(self._let_go)
        self._orders.vb.sigRangeChangedManually.connect(self._let_go)
        self._main.vb.sigXRangeChanged.connect(self._range_changed)
        self._main.vb.sigResized.connect(self._resized)

    def show_snapshot(self, snapshot: Snapshot, start: float, end: float) -> None:
        """Draw a snapshot on the time axis from `start` to `end` (s UTC)."""
        self._snapshot = snapshot
        self._span = self._spacious(start, end, snapshot.at / 1000)
        self._times.timezone = snapshot.timezone
        if self._following:
            self._set_range(*self._span)
        self._draw()

    def _spacious(self, start: float, end: float, now: float) -> tuple[float, float]:
        """Leave room for the labels after now; an axis that still has most of it stays as it is."""
        wide = max(2.0 * _LABEL_ROOM, self._main.vb.width())
        past = max(1.0, now - start)
        room = past * _LABEL_ROOM / (wide - _LABEL_ROOM)
        before = self._span
        if before[0] == start and max(end, now + 0.9 * room) <= before[1] <= max(end, now + room):
            return before
        return start, max(end, now + room)

    def follow(self) -> None:
        """Show the whole show again, and keep up with it."""
        self._following = True
        self._follow.hide()
        self._set_range(*self._span)
        self._draw()

    def is_following(self) -> bool:
        """Return whether the axis keeps up with the show."""
        return self._following

    def texts(self) -> dict[str, str]:
        """Return the labels on show."""
        labels = {
            "audience": self._audience_end.label,
            "conversion": self._conversion_end.label,
            "peak": self._peak.label,
            "orders": self._orders_label,
        }
        texts = {
            key: label.toPlainText() if label.isVisible() else "" for key, label in labels.items()
        }
        return texts | {
            "segments": ", ".join(self._strip.texts()),
            "offers": ", ".join(self._offers.texts()),
        }

    def points(self) -> int:
        """Return how many points the audience curve is drawn with."""
        drawn = self._audience.getData()[0]
        return 0 if drawn is None else len(drawn)

    def _add_plot(self, row: int) -> Any:
        axes = {"left": pg.AxisItem("left"), "right": pg.AxisItem("right")}
        if row:
            self._times = axes["bottom"] = TimeAxis("bottom")
        plot = self._view.addPlot(row=row, col=0, axisItems=axes, enableMenu=False)
        plot.hideButtons()
        plot.setMouseEnabled(x=True, y=False)
        plot.vb.setDefaultPadding(0)
        for side in ("left", "right", "bottom"):
            axis = plot.getAxis(side)
            axis.setStyle(tickFont=self._theme.font(11), tickLength=0, tickTextOffset=6)
            axis.setPen(pg.mkPen(self._theme["line"]))
            axis.setTextPen(pg.mkPen(self._theme["text_3"]))
        plot.showAxis("right")
        plot.getAxis("left").setWidth(LEFT)
        plot.getAxis("right").setWidth(RIGHT)
        return plot

    def _build_axes(self) -> None:
        main, orders = self._main, self._orders
        main.hideAxis("bottom")
        main.getAxis("left").setGrid(70)
        main.getAxis("left").setTextPen(pg.mkPen(self._theme["text_2"]))
        main.getAxis("right").setTextPen(pg.mkPen(self._theme["conv"]))
        for plot in (main, orders):
            plot.getAxis("left").setPen(pg.mkPen(None))
            plot.getAxis("right").setPen(pg.mkPen(None))
            # Without a pen of its own a tick of length 0 is still painted, as a white dot.
            plot.getAxis("right").setTickPen(pg.mkPen(self._theme["panel"]))
            plot.getAxis("left").setTickPen(pg.mkPen(self._theme["line"]))
            plot.getAxis("left").setTicks([])
            plot.getAxis("right").setTicks([])
        orders.setFixedHeight(_ORDERS_HEIGHT)
        self._times.setHeight(22)
        orders.setXLink(main)
        self._rates = pg.ViewBox(enableMenu=False, defaultPadding=0)
        self._rates.setMouseEnabled(False, False)
        self._rates.setZValue(10)
        main.scene().addItem(self._rates)
        main.getAxis("right").linkToView(self._rates)
        self._rates.setXLink(main)
        for box in (main.vb, orders.vb, self._rates):
            box.disableAutoRange()

    def _build_curves(self) -> None:
        theme = self._theme
        pen = pg.mkPen(theme["audience"], width=1)
        fill = pg.mkBrush(theme["audience_fill"])
        self._area = pg.PlotCurveItem(pen=None, fillLevel=0, brush=fill)
        self._main.addItem(self._area)
        self._offers = OfferMarks(self._main, theme)
        self._audience = pg.PlotCurveItem(pen=pen)
        self._main.addItem(self._audience)
        self._now = pg.InfiniteLine(angle=90, pen=pg.mkPen(theme["text_2"], width=1))
        self._main.addItem(self._now)
        conversion = pg.mkPen(theme["conv"], width=1)
        self._conversion = pg.PlotCurveItem(pen=conversion, connect="finite")
        self._rates.addItem(self._conversion)
        self._peak = PeakMark(self._main, theme)
        self._audience_end = CurveEnd(self._main.vb, theme, "audience", "text_2")
        self._conversion_end = CurveEnd(self._rates, theme, "conv", "conv")
        bars = "audience" if theme.name == "high_contrast" else "control"
        self._bars = pg.BarGraphItem(x0=[], width=[], height=[], pen=None)
        self._bars.setOpts(brush=pg.mkBrush(theme[bars]))
        self._orders.addItem(self._bars)
        self._orders_label = add_label(self._orders.vb, theme, "text_3")

    def _draw(self) -> None:
        snapshot = self._snapshot
        if snapshot is None:
            return
        (start, end), _ = self._main.vb.viewRange()
        now = snapshot.at / 1000
        self._now.setValue(now)
        self._newest_rate = _rate_at(snapshot)
        if self._curves_are_old(snapshot, (start, end)):
            self._draw_audience(snapshot, start, min(end, now))
            self._draw_conversion(snapshot, start, min(end, now))
            self._draw_orders(snapshot, start, end)
        top = (self._tops["audience"] or 1) * _HEADROOM * _OFFERS_AT
        self._offers.show(snapshot, start, end, top, self._pixels(1))
        self._peak.show(snapshot, start, end, self._pixels(1))
        self._place_ends(now, start, end)
        self._draw_segments(snapshot)
        self._say_what_is_missing(snapshot)

    def _curves_are_old(self, snapshot: Snapshot, span: tuple[float, float]) -> bool:
        """Return whether the curves would look different: another axis, or half a pixel of time.

        On the axis of a day a second is no pixel, and drawing again would show the same picture.
        """
        moved = abs(snapshot.at - self._drawn_at) / 1000
        looks = (*span, self._main.vb.width(), self._main.vb.height())
        corrected = not moved and snapshot.series is not self._drawn_series
        if looks == self._drawn_looks and self._pixels(moved) < 0.5 and not corrected:
            return False
        self._drawn_at, self._drawn_series, self._drawn_looks = snapshot.at, snapshot.series, looks
        return True

    def _say_what_is_missing(self, snapshot: Snapshot) -> None:
        """Say in the empty field why there is no curve; a curve says enough."""
        drawn = snapshot.audience.samples or self._tops["conversion"]
        facts = (Fact.AUDIENCE, Fact.VISITS)
        missing = [fact.value for fact in facts if fact not in snapshot.counting]
        words = f"No source reports {' or '.join(missing)}" if missing else "No curve yet"
        self._missing.set_runs(Run(words, "text_3"))
        self._missing.setVisible(not drawn)
        self._missing.setGeometry(LEFT, self.height() // 6, self.width() - LEFT - RIGHT, 20)
        tall = _ORDERS_HEIGHT if drawn else max(_ORDERS_HEIGHT, int(self._view.height() * 0.6))
        if tall != self._orders_height:
            self._orders_height = tall
            self._orders.setFixedHeight(tall)
        self._missing.raise_()

    def _draw_audience(self, snapshot: Snapshot, start: float, end: float) -> None:
        series = snapshot.series
        width = max(100, int(self._main.vb.width()))
        times, values = curves.decimate(series.audience_times, series.audience, start, end, width)
        self._audience.setData(times, values)
        self._area.setData(*curves.area_beneath(times, values))
        peak = snapshot.audience.peak or 0
        self._set_top("audience", self._main.vb, self._main.getAxis("left"), peak)

    def _draw_conversion(self, snapshot: Snapshot, start: float, end: float) -> None:
        known = Fact.ORDERS in snapshot.counting and Fact.VISITS in snapshot.counting
        if not known or end <= start:
            self._conversion.setData([], [])
            self._set_top("conversion", self._rates, self._main.getAxis("right"), 0.0)
            return
        step = max(1.0, (end - start) / max(50, self._main.vb.width() / 2))
        # A grid that does not move with the picture: a point keeps its value while time goes on.
        last = snapshot.at // 1000 + 1
        grid = np.arange(np.ceil(start / step), np.floor(end / step) + 1) * step
        instants = np.append(grid[grid < last], min(float(last), end + 1))
        rates = curves.rolling_conversion(snapshot.series, instants)
        rates[instants < _settled_at(snapshot)] = np.nan
        self._conversion.setData(instants, rates)
        highest = float(np.nanmax(rates)) if not np.isnan(rates).all() else 0.0
        axis = self._main.getAxis("right")
        self._set_top("conversion", self._rates, axis, highest)

    def _draw_orders(self, snapshot: Snapshot, start: float, end: float) -> None:
        series = snapshot.series
        minutes = curves.bar_minutes(end - start)
        last = min(end, snapshot.at / 1000)
        edges, counts = curves.bars(series.seconds, series.orders, start, max(last, start), minutes)
        wide = minutes * 60
        self._bars.setOpts(x0=edges + wide * 0.08, width=wide * 0.84, height=counts)
        highest = int(counts.max()) if len(counts) else 0
        self._set_top("orders", self._orders.vb, self._orders.getAxis("left"), highest, 1)
        unit = "minute" if minutes == 1 else span_words(minutes)
        words = f"orders per {unit}" if highest else ""
        self._orders_label.setText(words)
        self._orders_label.setVisible(bool(words))
        room = self._pixels(end - last)
        self._orders_label.setAnchor((0, 1) if room >= _LABEL_ROOM - 1 else (0, 0))
        at = (
            (last + self._seconds(7), 0)
            if room >= _LABEL_ROOM - 1
            else (start, self._tops["orders"])
        )
        self._orders_label.setPos(*at)

    def _place_ends(self, now: float, start: float, end: float) -> None:
        snapshot = self._snapshot
        assert snapshot is not None
        self._audience_end.hide()
        self._conversion_end.hide()
        newest: list[Newest] = []
        last, rate = snapshot.audience.last, self._newest_rate
        if last is not None and (top := self._tops["audience"]):
            newest.append(Newest(self._audience_end, last, top, f"{fmt.count(last)} audience"))
        if rate is not None and (top := self._tops["conversion"]):
            words = f"{fmt.percent(rate)} conversion"
            newest.append(Newest(self._conversion_end, rate, top, words))
        if start <= now <= end:
            height = self._main.vb.height()
            place_ends(newest, Scale(now, self._seconds(1), height, self._pixels(end - now)))

    def _draw_segments(self, snapshot: Snapshot) -> None:
        rows = timings(snapshot.run_of_show, snapshot.at)
        stretches = [
            Stretch(row.start / 1000, row.end / 1000, row.number, row.segment.title, row.state)
            for row in rows
            if row.start is not None and row.end is not None and row.state != "skipped"
        ]
        self._strip.setVisible(bool(stretches))
        self._strip.show_stretches(stretches)

    def _set_top(
        self, key: str, box: Any, axis: Any, highest: float, parts: int = DIVISIONS
    ) -> None:
        """Choose a round upper end; it stays while the curve fits and fills a third of it."""
        top = self._tops[key]
        if not highest:
            top = 0.0
        elif highest > top or highest < top / 3:
            top = nice_top(highest * 1.08, parts)
        if top != self._tops[key]:
            self._tops[key] = top
            box.setYRange(0, (top or 1) * _HEADROOM, padding=0)
            write = write_percent if key == "conversion" else write_count
            ticks = [(top * n / parts, write(top * n / parts)) for n in range(parts + 1)]
            axis.setTicks([ticks if top and parts > 1 else ticks[1:] if top else []])

    def _set_range(self, start: float, end: float) -> None:
        self._setting = True
        self._main.vb.setXRange(start, end, padding=0)
        self._setting = False

    def _range_changed(self) -> None:
        (start, end), _ = self._main.vb.viewRange()
        self._strip.set_scale(start, end, LEFT, RIGHT)
        if not self._setting:
            self._draw()

    def _resized(self) -> None:
        self._rates.setGeometry(self._main.vb.sceneBoundingRect())
        self._range_changed()

    def _let_go(self) -> None:
        self._following = False
        self._follow.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        hint = self._follow.sizeHint()
        self._follow.setGeometry(LEFT + 8, 30, hint.width(), 24)
        self._follow.raise_()

    def _pixels(self, seconds: float) -> float:
        (start, end), _ = self._main.vb.viewRange()
        return float(seconds / max(1e-9, end - start) * self._main.vb.width())

    def _seconds(self, pixels: float) -> float:
        (start, end), _ = self._main.vb.viewRange()
        return float(pixels * (end - start) / max(1.0, self._main.vb.width()))


def _settled_at(snapshot: Snapshot) -> float:
    return (snapshot.started_at or 0) / 1000 + _SETTLING_SECONDS


def _rate_at(snapshot: Snapshot) -> float | None:
    """Return the conversion of the last 10 minutes, None where it would not be drawn."""
    known = Fact.ORDERS in snapshot.counting and Fact.VISITS in snapshot.counting
    now = snapshot.at // 1000 + 1
    if not known or now < _settled_at(snapshot):
        return None
    rate = curves.rolling_conversion(snapshot.series, np.array([float(now)]))[0]
    return None if np.isnan(rate) else float(rate)
