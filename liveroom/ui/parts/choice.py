"""One of a few: segments side by side; the chosen one has a mark, a field and heavier words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from liveroom.ui.parts.lever_button import HEIGHT
from liveroom.ui.parts.runs import Run, paint_runs, width_of
from liveroom.ui.theme import Theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class Choice(QWidget):
    """Segments; `chosen` tells the place that was picked.

    A lever's choice only asks: arrows move a ring, Enter asks, and the mark follows the fact. A form's
    choice (`at_once`) is the producer's own: arrows and clicks change it.
    """

    chosen = Signal(int)

    def __init__(
        self, theme: Theme, name: str, words: Sequence[str], rows: int = 1, at_once: bool = False
    ) -> None:
        """Take the words of the segments, laid out in `rows`."""
        super().__init__()
        self._theme, self._name, self._rows, self._at_once = theme, name, rows, at_once
        self._words = tuple(words)
        self._current: int | None = 0 if at_once else None
        self._asked: int | None = None
        self._ring = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(rows * (HEIGHT - 1) + 1)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._name_it()

    def show_state(self, current: int | None, asked: int | None = None) -> None:
        """Show which one holds and which one was asked for."""
        if (current, asked) != (self._current, self._asked):
            if current is not None and current != self._current:
                self._ring = current
            self._current, self._asked = current, asked
            self._name_it()
            self.update()

    @property
    def current(self) -> int | None:
        """Return the place that holds."""
        return self._current

    def text(self) -> str:
        """Return the words of what holds, and of what was asked for."""
        words = "" if self._current is None else self._words[self._current]
        return words if self._asked is None else f"{words} → {self._words[self._asked]}".strip()

    def set_words(self, words: Sequence[str]) -> None:
        """Offer other segments; the first one holds."""
        self._words = tuple(words)
        self._ring, self._current = 0, 0 if self._at_once else None
        self._name_it()
        self.update()

    def pick(self, place: int) -> None:
        """Pick a place as a click does."""
        if not self.isEnabled():
            return
        self._ring = place
        if self._at_once:
            self.show_state(place)
        self.update()
        self.chosen.emit(place)

    def is_cut(self) -> bool:
        """Return whether a word finds no room."""
        return any(
            width_of(self._runs(place), self._theme) > self._box(place).width() - 4
            for place in range(len(self._words))
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = self._steps().get(event.key())
        if step is not None:
            place = self._ring + step
            if not 0 <= place < len(self._words):
                return
            if self._at_once and place != self._ring:
                self.pick(place)
            self._ring = place
            self.update()
        elif event.key() in _ENTER and not self._at_once and not event.isAutoRepeat():
            self.pick(self._ring)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for place in range(len(self._words)):
            if self._box(place).contains(event.position()):
                self.pick(place)

    def sizeHint(self) -> QSize:
        return QSize(120, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, able = self._theme, self.isEnabled()
        edge = theme["control" if able else "line_2"]
        for place in range(len(self._words)):
            box = self._box(place)
            holds = place == self._current
            ground = theme["sel" if holds and able else "raised" if able else "header"]
            painter.fillRect(box, ground)
            paint_runs(painter, theme, self._runs(place), box.adjusted(2, 0, -2, 0), _CENTRE)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(edge, 1))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        if self.hasFocus():
            painter.setPen(QPen(theme["focus"], 2))
            painter.drawRect(self._box(self._ring).adjusted(1, 1, -1, -1))

    def _steps(self) -> dict[int, int]:
        """Return how far every arrow key goes."""
        down = -(-len(self._words) // self._rows) if self._rows > 1 else 1
        return {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -down,
            Qt.Key.Key_Down: down,
        }

    def _runs(self, place: int) -> tuple[Run, ...]:
        holds, asked = place == self._current, place == self._asked
        tone = "text_3" if not self.isEnabled() and not holds else "text" if holds else "text_2"
        word = Run(self._words[place], tone, 12, 500 if holds else 400)
        if not holds and not asked:
            return (word,)
        mark = Run(
            glyph="ok" if holds else "off", tone="focus" if self.isEnabled() else "text_3", px=8
        )
        return (mark, word._replace(gap=4))

    def _box(self, place: int) -> QRectF:
        per_row = -(-len(self._words) // self._rows)
        row, column = divmod(place, per_row)
        left = round(self.width() * column / per_row)
        right = round(self.width() * (column + 1) / per_row)
        # Neighbours share an edge.
        wide = right - left + (column < per_row - 1)
        return QRectF(left, row * (HEIGHT - 1), wide, HEIGHT)

    def _name_it(self) -> None:
        self.setAccessibleName(f"{self._name}: {self.text()}")
