"""The mark of the peak audience on the chart: a dot, and beside it how many and when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyqtgraph as pg

from liveroom.ui import format as fmt
from liveroom.ui.parts.curve_ends import add_label
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

_LABEL_WIDTH = 150


class PeakMark:
    """Stands left of the peak where there is room, else right of it."""

    def __init__(self, plot: Any, theme: Theme) -> None:
        """Take the plot of the audience."""
        self._dot = pg.ScatterPlotItem(size=6, pen=None, brush=pg.mkBrush(theme["text"]))
        plot.addItem(self._dot)
        self.label = add_label(plot.vb, theme, "text_2")

    def show(self, snapshot: Snapshot, start: float, end: float, pixels_a_second: float) -> None:
        """Mark the peak if it lies between `start` and `end` (s UTC)."""
        gauge = snapshot.audience
        at = (gauge.peak_at or 0) / 1000
        shown = gauge.peak is not None and gauge.peak_at is not None and start <= at <= end
        self._dot.setVisible(shown)
        self.label.setVisible(shown)
        if not shown or gauge.peak is None:
            return
        self._dot.setData([at], [gauge.peak])
        clock = fmt.clock_with_day(gauge.peak_at, snapshot.timezone, snapshot.at)
        self.label.setText(f"PCU {fmt.count(gauge.peak)} at {clock}")
        fits_before = (at - start) * pixels_a_second > _LABEL_WIDTH
        # To its right stand the newest values; a peak that is one of them needs no second label.
        is_newest = (snapshot.at / 1000 - at) * pixels_a_second < _LABEL_WIDTH
        self.label.setVisible(fits_before or not is_newest)
        self.label.setAnchor((1, 1) if fits_before else (0, 1))
        self.label.setPos(at, gauge.peak)
