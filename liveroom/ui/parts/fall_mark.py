"""Since when the conversion is lower, as a dashed line with the time in words."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt

from liveroom.ui import format as fmt
from liveroom.ui.parts.curve_ends import add_label
from liveroom.ui.theme import Theme

_ABOVE_FOOT = 30
"""Pixels: the marks have their lane below the words."""
_WIDE, _HIGH = 120, 0.75


class FallMark:
    """Its words stand right of the line at the foot of the curves, left of it where there is no room."""

    def __init__(self, plot: Any, theme: Theme) -> None:
        """Take the upper plot."""
        pen = pg.mkPen(theme["bad"], width=1, style=Qt.PenStyle.DashLine)
        self._line = pg.PlotCurveItem(pen=pen)
        self._line.hide()
        plot.addItem(self._line, ignoreBounds=True)
        self.label = add_label(plot.vb, theme, "bad")
        # Under an offer, or two, the band would take the contrast of the words away.
        self.label.fill = pg.mkBrush(theme["panel"])

    def hide(self) -> None:
        """Show nothing."""
        self._line.hide()
        self.label.hide()

    def show(self, at: int, timezone: str, room: float, top: float, per_pixel: float) -> None:
        """Mark an instant (ms UTC) with `room` pixels right of it, on an axis up to `top`.

        `per_pixel` is the axis' value of a pixel. The line ends below the words of the peak.
        """
        self._line.setData([at / 1000] * 2, [0, top * _HIGH])
        self._line.show()
        self.label.setText(f"lower since {fmt.clock(at, timezone, seconds=False)}")
        self.label.setAnchor((-0.03, 0.5) if room >= _WIDE else (1.03, 0.5))
        self.label.setPos(at / 1000, _ABOVE_FOOT * per_pixel)
        self.label.show()
