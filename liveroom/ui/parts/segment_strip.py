"""The segments as a strip above a time axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from liveroom.ui.parts.runs import Run, paint_runs
from liveroom.ui.parts.short_words import short_words
from liveroom.ui.theme import Theme


class Stretch(NamedTuple):
    """A segment's place in time (s UTC), its number, title and state."""

    start: float
    end: float
    number: int
    title: str
    state: str


class SegmentStrip(QWidget):
    """Painted to the scale of the chart below; titles are shortened to words, then to the number."""

    def __init__(self, theme: Theme) -> None:
        """Start empty."""
        super().__init__()
        self._theme = theme
        self._stretches: tuple[Stretch, ...] = ()
        self._range, self._margins = (0.0, 1.0), (0.0, 0.0)
        self.setFixedHeight(24)

    def show_stretches(self, stretches: Sequence[Stretch]) -> None:
        """Show segments; equal ones cost nothing."""
        if tuple(stretches) != self._stretches:
            self._stretches = tuple(stretches)
            self.update()

    def set_scale(self, start: float, end: float, left: float, right: float) -> None:
        """Take the time range of the axis and its distance from both edges in px."""
        if ((start, end), (left, right)) != (self._range, self._margins):
            self._range, self._margins = (start, end), (left, right)
            self.update()

    def texts(self) -> list[str]:
        """Return the labels on show."""
        return [text for box, stretch in self._boxes() if (text := self._label(box, stretch))]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for box, stretch in self._boxes():
            tone = self._paint_box(painter, box, stretch.state)
            weight = 600 if stretch.state in ("on air", "next") else 400
            label = (Run(self._label(box, stretch), tone, 11, weight),)
            paint_runs(painter, self._theme, label, box, Qt.AlignmentFlag.AlignHCenter)

    def _paint_box(self, painter: QPainter, box: QRectF, state: str) -> str:
        """Paint a segment's field and return the tone of its label."""
        theme = self._theme
        if state == "on air":
            painter.fillRect(box, theme["onair"])
            return "go_text"
        if state in ("done", "skipped"):
            painter.fillRect(box, theme["raised"])
            return "text_2"
        painter.setPen(QPen(theme["next" if state == "next" else "line_2"], 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        return "next" if state == "next" else "text_3"

    def _boxes(self) -> list[tuple[QRectF, Stretch]]:
        start, end = self._range
        left, right = self._margins
        scale = (self.width() - left - right) / max(1e-9, end - start)
        boxes = []
        for stretch in self._stretches:
            x0 = left + (max(stretch.start, start) - start) * scale
            x1 = left + (min(stretch.end, end) - start) * scale
            if x1 - x0 >= 1:
                boxes.append((QRectF(x0, 4, max(1.0, x1 - x0 - 1), 17), stretch))
        return boxes

    def _label(self, box: QRectF, stretch: Stretch) -> str:
        weight = 600 if stretch.state in ("on air", "next") else 400
        words = short_words(self._theme, stretch.title, box.width() - 8, weight=weight)
        if words:
            return words
        number = str(stretch.number)
        fits = self._theme.metrics(11, weight).horizontalAdvance(number) <= box.width() - 2
        return number if fits else ""
