"""The conversion that is aimed at, as a dotted line with its words."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt

from liveroom.ui import format as fmt
from liveroom.ui.parts.curve_ends import add_label
from liveroom.ui.plotting import pg
from liveroom.ui.theme import Theme


class TargetLine:
    """Lies in the upper plot, whichever side the conversion is on; its words end at the right edge."""

    def __init__(self, plot: Any, theme: Theme) -> None:
        """Take the upper plot."""
        pen = pg.mkPen(theme["conv"], width=1, style=Qt.PenStyle.DotLine)
        self._line = pg.InfiniteLine(angle=0, pen=pen)
        self._line.hide()
        plot.addItem(self._line, ignoreBounds=True)
        self.label = add_label(plot.vb, theme, "conv")
        self.label.setAnchor((1, 1))

    def show(self, rate: float | None, height: float, end: float) -> None:
        """Draw a rate at `height` (a value of the left axis) up to `end` (s UTC); None draws nothing."""
        self._line.setVisible(rate is not None)
        self.label.setVisible(rate is not None)
        if rate is not None:
            self._line.setValue(height)
            self.label.setText(f"conversion target {fmt.percent(rate)}")
            self.label.setPos(end, height)
