"""A list to pick from with the field above it: marks, words with the found letters, a note, a key cap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from liveroom.ui.parts.runs import Run, paint_runs, width_of
from liveroom.ui.theme import Theme

HEIGHT = 26
_PAD, _CAP_PAD, _GLYPH = 10, 5, 10


class PickRow(NamedTuple):
    """One row; a row that is not `able` can be chosen and read, and says in its note why."""

    words: str
    note: str = ""
    key: str = ""
    glyph: str = ""
    tone: str = "text_2"
    able: bool = True
    found: frozenset[int] = frozenset()
    """The places of letters that a search found."""
    rule: bool = False
    """Whether a line parts it from the row above."""


def runs_of(text: str, found: frozenset[int], tone: str) -> list[Run]:
    """Return a text with the found letters heavier."""
    runs: list[Run] = []
    start = 0
    for place in range(1, len(text) + 1):
        if place == len(text) or (place in found) != (start in found):
            weight = 600 if start in found else 400
            runs.append(Run(text[start:place], tone, 12, weight))
            start = place
    return runs


def paint_cap(painter: QPainter, theme: Theme, key: str, right: float, middle: float) -> float:
    """Paint a key cap that ends at `right`; return its width, 0 for no key."""
    if not key:
        return 0
    wide = theme.advance(key, 10.5) + 2 * _CAP_PAD
    box = QRectF(right - wide, middle - 8, wide, 16)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme["control"], 1))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 2, 2)
    run = Run(key, "text_2", 10.5)
    paint_runs(painter, theme, (run,), box, Qt.AlignmentFlag.AlignHCenter)
    return wide


class PickRows(QWidget):
    """Rows without a focus of their own: the field above moves the choice. `picked` tells a click."""

    picked = Signal(int)
    moved = Signal(int)

    def __init__(self, theme: Theme, most: int) -> None:
        """Take how many rows are seen at most."""
        super().__init__()
        self._theme, self._most = theme, most
        self._rows: tuple[PickRow, ...] = ()
        self._current, self._first = -1, 0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def rows(self) -> tuple[PickRow, ...]:
        """Return the rows."""
        return self._rows

    @property
    def current(self) -> int:
        """Return the place of the chosen row, -1 for none."""
        return self._current

    def set_rows(self, rows: Sequence[PickRow], current: int = 0) -> None:
        """Show rows and choose one of them."""
        self._rows = tuple(rows)
        self._first = 0
        self._current = -1
        self.setFixedHeight(HEIGHT * min(self._most, max(1, len(self._rows))))
        self.choose(min(current, len(self._rows) - 1))
        self.update()

    def choose(self, place: int) -> None:
        """Choose a row and bring it into sight."""
        if not 0 <= place < len(self._rows):
            return
        self._first = max(place - self._most + 1, min(self._first, place))
        if place != self._current:
            self._current = place
            self.setAccessibleName(self.text_of(place))
            self.moved.emit(place)
        self.update()

    def step(self, step: int, round_the_end: bool = True) -> None:
        """Move the choice; beyond the end it comes in at the other one."""
        if self._rows:
            place = self._current + step
            last = len(self._rows) - 1
            self.choose(place % (last + 1) if round_the_end else max(0, min(last, place)))

    def page(self, step: int) -> None:
        """Move the choice by what is seen at once."""
        self.step(step * self._most, round_the_end=False)

    def text_of(self, place: int) -> str:
        """Return a row in words."""
        row = self._rows[place]
        return " · ".join(part for part in (row.words, row.note, row.key) if part)

    def sizeHint(self) -> QSize:
        return QSize(320, self.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = self._first + int(event.position().y()) // HEIGHT
        if 0 <= place < len(self._rows):
            self.choose(place)
            self.picked.emit(place)

    def wheelEvent(self, event: QWheelEvent) -> None:
        step = -1 if event.angleDelta().y() > 0 else 1
        self._first = max(0, min(self._first + 3 * step, len(self._rows) - self._most))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        seen = self._rows[self._first : self._first + self._most]
        for line, row in enumerate(seen):
            box = QRectF(0, line * HEIGHT, self.width(), HEIGHT)
            self._paint_row(painter, row, box, self._first + line == self._current)
        if len(self._rows) > self._most:
            tall = self.height() * self._most / len(self._rows)
            top = self.height() * self._first / len(self._rows)
            painter.fillRect(QRectF(self.width() - 3, top, 3, tall), self._theme["line_2"])

    def _paint_row(self, painter: QPainter, row: PickRow, box: QRectF, chosen: bool) -> None:
        theme = self._theme
        if chosen:
            painter.fillRect(box, theme["sel"])
            painter.fillRect(QRectF(box.left(), box.top(), 2, box.height()), theme["focus"])
        if row.rule:
            painter.fillRect(
                QRectF(box.left() + _PAD, box.top(), box.width() - 2 * _PAD, 1), theme["control"]
            )
        middle = box.center().y()
        right = box.right() - _PAD
        cap = paint_cap(painter, theme, row.key, right, middle)
        right -= cap + 8 if cap else 0
        tone = "text" if row.able else "text_3"
        words = runs_of(row.words, row.found, tone)
        left = box.left() + _PAD
        if row.glyph:
            mark = Run(glyph=row.glyph, tone=row.tone if row.able else "text_3", px=_GLYPH)
            paint_runs(painter, theme, (mark,), QRectF(left, box.top(), _GLYPH + 8, HEIGHT))
        left += _GLYPH + 8
        note = (Run(row.note, "text_3", 11),)
        room = right - left
        beside = width_of(note, theme) + 14 if row.note else 0
        wide = min(width_of(words, theme) + 1, max(room - beside, room * 0.55))
        paint_runs(painter, theme, words, QRectF(left, box.top(), wide, HEIGHT))
        free = QRectF(left + wide + 14, box.top(), room - wide - 14, HEIGHT)
        if row.note and free.width() > 20:
            paint_runs(painter, theme, note, free, Qt.AlignmentFlag.AlignRight)
