"""The peak audience on the chart, and from it to the offer, or to now, how long that took."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import Qt

from liveroom.ui import format as fmt
from liveroom.ui.parts.curve_ends import add_label
from liveroom.ui.plotting import pg
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.offer_timing import OfferTiming
    from liveroom.models.snapshot import Snapshot

_LABEL_WIDTH = 150
_ABOVE, _LEAST_FROM_TOP = 14, 27
"""Pixels from the dot up to the words, which stay below the titles of the offers."""
_LEAST_BRACKET, _ON_BRACKET = 44, 7
"""Pixels: a shorter bracket has no words, and words on one need so much more room below the titles."""
_TALL, _STEP = 16, 4
"""How tall the words are, and by how much they go up to get out of the way of a curve (pixels)."""


class Field(NamedTuple):
    """Where the peak is drawn: from when to when (s UTC), pixels a second, height, value of a pixel."""

    start: float
    end: float
    pixels_a_second: float
    height: float
    top: float
    peak: float
    """The peak's place on the axis that runs from 0 to `top`."""
    crossed: Callable[[float, float], list[tuple[float, float]]] = lambda left, right: []
    """Between which pixels from below each curve runs, between two distances (pixels) from the peak."""


class PeakMark:
    """Its words stand left of the peak where there is room, else right of it."""

    def __init__(self, plot: Any, theme: Theme) -> None:
        """Take the upper plot."""
        self._dot = pg.ScatterPlotItem(size=6, pen=None, brush=pg.mkBrush(theme["text"]))
        self._stem = pg.PlotCurveItem(pen=pg.mkPen(theme["text_3"], width=1))
        dashes = pg.mkPen(theme["offer"], width=1, style=Qt.PenStyle.DashLine)
        self._bracket = pg.PlotCurveItem(pen=dashes)
        for item in (self._stem, self._bracket, self._dot):
            plot.addItem(item, ignoreBounds=True)
        self.label = add_label(plot.vb, theme, "text_2")
        self.late = add_label(plot.vb, theme, "offer", 600)

    def hide(self) -> None:
        """Show nothing."""
        for item in (self._dot, self._stem, self._bracket, self.label, self.late):
            item.hide()

    def show(self, snapshot: Snapshot, timing: OfferTiming | None, field: Field) -> None:
        """Mark the peak if it lies in the field; `timing` says how the offer met it."""
        gauge = snapshot.audience
        at = (gauge.peak_at or 0) / 1000
        self.hide()
        if gauge.peak is None or gauge.peak_at is None or not field.start <= at <= field.end:
            return
        per_pixel = field.top / max(1.0, field.height)
        is_bracketed = timing is not None and timing.after_peak_ms > 0
        free = _LEAST_FROM_TOP + (_ON_BRACKET if is_bracketed else 0)
        highest = field.top - free * per_pixel
        level = min(field.peak + _ABOVE * per_pixel, highest)
        self._dot.setData([at], [field.peak])
        self._dot.show()
        clock = fmt.clock_with_day(gauge.peak_at, snapshot.timezone, snapshot.at)
        self.label.setText(f"PCU {fmt.count(gauge.peak)} at {clock}")
        fits_before = (at - field.start) * field.pixels_a_second > _LABEL_WIDTH
        # To its right stand the newest values; a peak that is one of them needs no second label.
        after = (snapshot.at / 1000 - at) * field.pixels_a_second
        room = after >= _LABEL_WIDTH and not is_bracketed
        self.label.setVisible(fits_before or room)
        if self.label.isVisible():
            span = (-_LABEL_WIDTH, 0) if fits_before else (0, _LABEL_WIDTH)
            level = _free_level(level, highest, per_pixel, field.crossed(*span))
        self.label.setAnchor((1.02, 0.5) if fits_before else (-0.02, 0.5))
        self.label.setPos(at, level)
        self._stem.setData([at, at], [field.peak, level])
        self._stem.setVisible(self.label.isVisible() or is_bracketed)
        if timing is not None and is_bracketed:
            self._show_bracket(at, timing.after_peak_ms, level, field)

    def _show_bracket(self, at: float, after_ms: int, level: float, field: Field) -> None:
        end = at + after_ms / 1000
        seen = min(end, field.end)
        self._bracket.setData([at, seen], [level, level])
        self._bracket.show()
        self.late.setText(fmt.duration(after_ms))
        self.late.setAnchor((0.5, 0.9))
        self.late.setPos((at + seen) / 2, level)
        self.late.setVisible((seen - at) * field.pixels_a_second >= _LEAST_BRACKET)


def _free_level(
    lowest: float, highest: float, per_pixel: float, crossed: list[tuple[float, float]]
) -> float:
    """Return the lowest level at which no curve runs through the words; the lowest where all are crossed."""
    level = lowest
    while level <= highest:
        up = level / per_pixel
        if all(up + _TALL / 2 < low or up - _TALL / 2 > high for low, high in crossed):
            return level
        level += _STEP * per_pixel
    return lowest
