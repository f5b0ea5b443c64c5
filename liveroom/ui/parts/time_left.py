"""The countdown under the segment on air."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from liveroom.ui.parts.runs import Run, paint_runs, width_of
from liveroom.ui.segment_rows import Left
from liveroom.ui.theme import Theme

_INDENT, _DOT = 34, " · "


class TimeLeft(QWidget):
    """The countdown under the segment on air; repaints once a second."""

    def __init__(self, theme: Theme) -> None:
        """Start empty."""
        super().__init__()
        self._theme = theme
        self._left = Left("", "text", "", 0.0)
        self._shown: tuple[object, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_left(self, left: Left) -> None:
        """Show what is left."""
        shown = (left.value, left.words, left.tone, round(left.share * 200))
        if shown != self._shown:
            self._left, self._shown = left, shown
            self.update()

    def text(self) -> str:
        """Return the words on show."""
        return f"{self._left.value} {self._left.words}".strip()

    def fitting_words(self, room: float) -> str:
        """Return the words beside the countdown that find room (px); the last of them give way whole."""
        words = self._left.words
        while _DOT in words and self._width(words) > room:
            words = words.rpartition(_DOT)[0]
        return words

    def _value(self) -> Run:
        return Run(self._left.value, self._left.tone, 24, 600)

    def _width(self, words: str) -> float:
        return width_of((self._value(), Run(words, px=12, gap=7)), self._theme)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme["air_bg"])
        painter.fillRect(0, 0, 3, self.height(), self._theme["onair"])
        room = QRectF(self.rect()).adjusted(_INDENT, 0, -10, 0)
        words = self.fitting_words(room.width())
        runs = (self._value(), Run(words, "text_3", 12, gap=7))
        paint_runs(painter, self._theme, runs, QRectF(room.left(), 0, room.width(), 28))
        bar = QRectF(room.left(), self.height() - 11, room.width(), 5)
        painter.fillRect(bar, self._theme["raised"])
        bar.setWidth(bar.width() * self._left.share)
        painter.fillRect(bar, self._theme["warn" if self._left.tone == "warn" else "text_2"])
