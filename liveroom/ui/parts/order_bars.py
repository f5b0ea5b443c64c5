"""Orders per minute as bars below the curves; wider bars where the axis is long."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from liveroom.models.timeline import Column
from liveroom.ui.parts import curves
from liveroom.ui.parts.axes import nice_top, write_count
from liveroom.ui.parts.curve_ends import add_label
from liveroom.ui.plotting import pg
from liveroom.ui.spans import span_words
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot


_HEADROOM = 1.45


class OrderBars:
    """Bars in a plot of their own, with one tick and a label after the newest."""

    def __init__(self, plot: Any, theme: Theme, label_room: float) -> None:
        """Take the plot, and the free pixels after now from which the label stands beside the bars."""
        self._plot, self._label_room, self._top = plot, label_room, 0.0
        tone = "audience" if theme.name == "high_contrast" else "control"
        self._bars = pg.BarGraphItem(x0=[], width=[], height=[], pen=None)
        self._bars.setOpts(brush=pg.mkBrush(theme[tone]))
        plot.addItem(self._bars)
        self.label = add_label(plot.vb, theme, "text_3")

    def draw(self, snapshot: Snapshot, start: float, end: float, width: float) -> None:
        """Draw the bars between `start` and `end` (s UTC) on `width` pixels."""
        minutes = curves.bar_minutes(end - start)
        last = max(start, min(end, snapshot.at / 1000))
        edges, counts = curves.bars(snapshot.series.totals, Column.ORDERS, start, last, minutes)
        wide = minutes * 60
        self._bars.setOpts(x0=edges + wide * 0.08, width=wide * 0.84, height=counts)
        highest = int(counts.max()) if len(counts) else 0
        self._set_top(highest)
        unit = "minute" if minutes == 1 else span_words(minutes)
        words = f"orders per {unit}" if highest else ""
        self.label.setText(words)
        self.label.setVisible(bool(words))
        seconds_per_pixel = (end - start) / max(1.0, width)
        beside = (end - last) / seconds_per_pixel >= self._label_room - 1
        self.label.setAnchor((0, 1) if beside else (0, 0))
        self.label.setPos(
            *((last + 7 * seconds_per_pixel, 0) if beside else (start, self._top * _HEADROOM))
        )

    def _set_top(self, highest: float) -> None:
        """Choose a round upper end; it stays while the bars fit and fill a third of it."""
        top = self._top
        if not highest:
            top = 0.0
        elif highest > top or highest < top / 3:
            top = nice_top(highest * 1.08, 1)
        if top != self._top:
            self._top = top
            self._plot.vb.setYRange(0, (top or 1) * _HEADROOM, padding=0)
            self._plot.getAxis("left").setTicks([[(top, write_count(top))] if top else []])
