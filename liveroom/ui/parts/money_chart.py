"""The chart of revenue, gross margin and ad spend per minute, on the time axis of the audience chart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from liveroom.models.money import minor_digits
from liveroom.models.run_of_show import timings
from liveroom.ui import format as fmt
from liveroom.ui.parts.axes import DIVISIONS, TimeAxis, nice_top, write_count
from liveroom.ui.parts.curve_ends import CurveEnd, Newest, Scale, add_label, place_ends
from liveroom.ui.parts.money_curves import MoneyCurves, money_curves, newest
from liveroom.ui.parts.offer_marks import OfferMarks
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.parts.segment_strip import SegmentStrip, Stretch
from liveroom.ui.plotting import pg
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

LEFT, RIGHT = 48, 12
_HEADROOM, _OFFERS_AT = 1.08, 0.97
_LABEL_ROOM = 150
"""Free pixels after now, for the labels at the ends of the curves."""


class _Look(NamedTuple):
    """A curve: its line, the words beside it, their tone, and the area beneath."""

    tone: str
    words: str
    ink: str
    area: str = ""


_LOOKS = {
    "revenue": _Look("text_3", "revenue", "text_2", "raised"),
    "margin": _Look("text", "margin", "text", "hatch"),
    "ad_spend": _Look("c2", "ad spend", "c2"),
}


class MoneyChart(QWidget):
    """Three curves with labels at their ends, segments above and offers across."""

    def __init__(self, theme: Theme) -> None:
        """Build the plot."""
        super().__init__()
        self._theme = theme
        self._snapshot: Snapshot | None = None
        self._span = (0.0, 1.0)
        self._top, self._bottom = 0.0, 0.0
        self._drawn: tuple[object, ...] = ()
        self._series: object = None
        self._newest: dict[str, tuple[float, float]] = {}
        self._following, self._setting = True, False
        self._strip = SegmentStrip(theme)
        self._view = pg.GraphicsLayoutWidget()
        self._view.setBackground(theme["panel"])
        # In a low window it gives way: the figures above it say more.
        self._view.setMinimumHeight(1)
        self._view.ci.layout.setContentsMargins(0, 0, 0, 2)
        self._times = TimeAxis("bottom")
        self._plot = self._build_plot()
        self._offers = OfferMarks(self._plot, theme)
        self._areas: dict[str, Any] = {}
        self._lines: dict[str, Any] = {}
        self._ends: dict[str, CurveEnd] = {}
        self._build_curves()
        self._unit = add_label(self._plot.vb, theme, "text_3")
        self._unit.setAnchor((0, 0))
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
        self._plot.vb.sigRangeChangedManually.connect(self._let_go)
        self._plot.vb.sigXRangeChanged.connect(self._range_changed)
        self._plot.vb.sigResized.connect(self._range_changed)

    def show_snapshot(self, snapshot: Snapshot, start: float, end: float) -> None:
        """Draw a snapshot on the time axis from `start` to `end` (s UTC)."""
        self._snapshot = snapshot
        self._span = self._spacious(start, end, snapshot.at / 1000)
        self._times.timezone = snapshot.timezone
        if self._following:
            self._set_range(*self._span)
        self._draw()

    def follow(self) -> None:
        """Show the whole show again, and keep up with it."""
        self._following = True
        self._follow.hide()
        self._set_range(*self._span)
        self._draw()

    def texts(self) -> dict[str, str]:
        """Return the labels on show."""
        texts = {
            f"curve.{key}": end.label.toPlainText() if end.label.isVisible() else ""
            for key, end in self._ends.items()
        }
        return texts | {
            "curve.unit": self._unit.toPlainText(),
            "segments": ", ".join(self._strip.texts()),
            "offers": ", ".join(self._offers.texts()),
            "missing": "" if self._missing.isHidden() else self._missing.text(),
        }

    def _build_plot(self) -> Any:
        theme, axes = self._theme, {"left": pg.AxisItem("left"), "bottom": self._times}
        plot = self._view.addPlot(row=0, col=0, axisItems=axes, enableMenu=False)
        plot.hideButtons()
        plot.setMouseEnabled(x=True, y=False)
        plot.vb.setDefaultPadding(0)
        plot.vb.disableAutoRange()
        for axis in axes.values():
            axis.setStyle(tickFont=theme.font(11), tickLength=0, tickTextOffset=6)
            axis.setTextPen(pg.mkPen(theme["text_3"]))
            axis.setPen(pg.mkPen(theme["line"]))
            axis.setTickPen(pg.mkPen(theme["line"]))
        axes["left"].setWidth(LEFT)
        axes["left"].setPen(pg.mkPen(None))
        axes["left"].setGrid(70)
        axes["left"].setTicks([])
        axes["bottom"].setHeight(22)
        plot.layout.setContentsMargins(0, 0, RIGHT, 0)
        return plot

    def _build_curves(self) -> None:
        theme, plot = self._theme, self._plot
        for key, look in _LOOKS.items():
            if look.area:
                fill = pg.mkBrush(theme[look.area])
                area = pg.PlotCurveItem(pen=None, fillLevel=0, brush=fill, connect="finite")
                self._areas[key] = area
                plot.addItem(area)
        for key, look in _LOOKS.items():
            pen = pg.mkPen(theme[look.tone], width=1)
            self._lines[key] = pg.PlotCurveItem(pen=pen, connect="finite")
            plot.addItem(self._lines[key])
            self._ends[key] = CurveEnd(plot.vb, theme, look.tone, look.ink)
        self._zero = pg.InfiniteLine(0, angle=0, pen=pg.mkPen(theme["control"], width=1))
        self._now = pg.InfiniteLine(angle=90, pen=pg.mkPen(theme["text_2"], width=1))
        plot.addItem(self._zero)
        plot.addItem(self._now)

    def _draw(self) -> None:
        snapshot = self._snapshot
        if snapshot is None:
            return
        (start, end), _ = self._plot.vb.viewRange()
        now = snapshot.at / 1000
        self._now.setValue(now)
        looks = (snapshot.at // 1000, start, end, self.width(), self.height())
        # Series hold arrays: of two that are not the same nobody asks whether they are equal.
        if looks != self._drawn or snapshot.series is not self._series:
            self._drawn, self._series = looks, snapshot.series
            self._draw_curves(snapshot, start, min(end, now))
        self._offers.show(
            snapshot, start, end, self._top * _OFFERS_AT, self._pixels(1), self._unit_width()
        )
        self._place_ends(now, start, end)
        self._draw_segments(snapshot)
        self._say_what_is_missing(snapshot)

    def _draw_curves(self, snapshot: Snapshot, start: float, end: float) -> None:
        self._newest.clear()
        instants = self._instants(snapshot, start, end)
        drawn = money_curves(snapshot, instants)
        unit = 10 ** (minor_digits(snapshot.currency) if snapshot.currency else 2)
        self._set_scale(drawn, unit, fmt.symbol(snapshot.currency), start)
        for key, curve in drawn._asdict().items():
            found = newest(curve)
            if curve is None or found is None:
                curve = np.full(len(instants), np.nan)
            else:
                self._newest[key] = (float(instants[found[0]]), found[1] / unit)
            self._lines[key].setData(instants, curve / unit)
            if key in self._areas:
                # An area that ends in a gap would be closed across it.
                known = ~np.isnan(curve)
                self._areas[key].setData(instants[known], curve[known] / unit)

    def _instants(self, snapshot: Snapshot, start: float, end: float) -> Any:
        """Return a grid of half a point per pixel that does not move with the picture, and now."""
        if end <= start:
            return np.zeros(0)
        step = max(1.0, (end - start) / max(50, self._plot.vb.width() / 2))
        last = snapshot.at // 1000 + 1
        grid = np.arange(np.ceil(start / step), np.floor(end / step) + 1) * step
        return np.append(grid[grid < last], min(float(last), end + 1))

    def _set_scale(self, drawn: MoneyCurves, unit: int, symbol: str, start: float) -> None:
        """Choose round ends; they stay while the curves fit and fill a third of it."""
        curves = [curve for curve in drawn if curve is not None and not np.isnan(curve).all()]
        highest = max((float(np.nanmax(curve)) for curve in curves), default=0.0) / unit
        lowest = min((float(np.nanmin(curve)) for curve in curves), default=0.0) / unit
        top, bottom = self._top, self._bottom
        if highest <= 0:
            top = 0.0
        elif highest > top or highest < top / 3:
            top = nice_top(highest * 1.08)
        step = (top or 1.0) / DIVISIONS
        down = int(np.ceil(-lowest / step)) if lowest < 0 else 0
        if lowest < bottom or down == 0 or top != self._top:
            bottom = -down * step
        if (top, bottom) != (self._top, self._bottom):
            self._top, self._bottom = top, bottom
            low = bottom * _HEADROOM
            self._plot.vb.setYRange(low, (top or 1) * _HEADROOM, padding=0)
            marks = [step * n for n in range(round(bottom / step), DIVISIONS + 1)]
            ticks = [(mark, _write(mark)) for mark in marks] if top else []
            self._plot.getAxis("left").setTicks([ticks])
        self._zero.setVisible(bottom < 0)
        self._unit.setText(f"{symbol} per minute, mean of 10 min".strip() if top else "")
        self._unit.setVisible(bool(top))
        self._unit.setPos(start, (top or 1) * _HEADROOM)

    def _unit_width(self) -> float:
        return float(self._unit.boundingRect().width()) if self._unit.isVisible() else 0.0

    def _place_ends(self, now: float, start: float, end: float) -> None:
        snapshot = self._snapshot
        assert snapshot is not None
        for curve_end in self._ends.values():
            curve_end.hide()
        if not self._top or not start <= now <= end:
            return
        unit = 10 ** (minor_digits(snapshot.currency) if snapshot.currency else 2)
        found = []
        for key, (_, value) in self._newest.items():
            amount = fmt.money(round(value * unit), snapshot.currency)
            words = f"{amount} {_LOOKS[key].words}"
            found.append(Newest(self._ends[key], value, self._top, words, self._bottom))
        height = self._plot.vb.height()
        place_ends(found, Scale(now, self._seconds(1), height, self._pixels(end - now)))
        for key, (at, value) in self._newest.items():
            self._ends[key].mark(at, value)

    def _draw_segments(self, snapshot: Snapshot) -> None:
        rows = timings(snapshot.run_of_show, snapshot.at)
        stretches = [
            Stretch(row.start / 1000, row.end / 1000, row.number, row.segment.title, row.state)
            for row in rows
            if row.start is not None and row.end is not None and row.state != "skipped"
        ]
        self._strip.setVisible(bool(stretches))
        self._strip.show_stretches(stretches)

    def _say_what_is_missing(self, snapshot: Snapshot) -> None:
        """Say in the empty field why there is no curve; a curve says enough."""
        words = "Curves start after 5 minutes"
        if snapshot.totals.revenue_minor is None and snapshot.totals.ad_spend_minor is None:
            words = "No source reports orders with an amount, or ad spend"
        self._missing.set_runs(Run(words, "text_3"))
        self._missing.setVisible(not self._newest)
        self._missing.setGeometry(LEFT, self.height() // 3, self.width() - LEFT - RIGHT, 20)
        self._missing.raise_()

    def _spacious(self, start: float, end: float, now: float) -> tuple[float, float]:
        """Leave room for the labels after now; an axis that still has most of it stays as it is."""
        wide = max(2.0 * _LABEL_ROOM, self._plot.vb.width())
        room = max(1.0, now - start) * _LABEL_ROOM / (wide - _LABEL_ROOM)
        before = self._span
        if before[0] == start and max(end, now + 0.9 * room) <= before[1] <= max(end, now + room):
            return before
        return start, max(end, now + room)

    def _set_range(self, start: float, end: float) -> None:
        self._setting = True
        self._plot.vb.setXRange(start, end, padding=0)
        self._setting = False

    def _range_changed(self) -> None:
        (start, end), _ = self._plot.vb.viewRange()
        self._strip.set_scale(start, end, LEFT, RIGHT)
        if not self._setting:
            self._draw()

    def _let_go(self) -> None:
        self._following = False
        self._follow.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        hint = self._follow.sizeHint()
        self._follow.setGeometry(LEFT + 8, 46, hint.width(), 24)
        self._follow.raise_()

    def _pixels(self, seconds: float) -> float:
        (start, end), _ = self._plot.vb.viewRange()
        return float(seconds / max(1e-9, end - start) * self._plot.vb.width())

    def _seconds(self, pixels: float) -> float:
        (start, end), _ = self._plot.vb.viewRange()
        return float(pixels * (end - start) / max(1.0, self._plot.vb.width()))


def _write(value: float) -> str:
    words = write_count(abs(value))
    return f"{fmt.MINUS}{words}" if value < 0 else words
