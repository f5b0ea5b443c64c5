"""The page of one cell of the map: what was said and done in its block of time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.cell_words import CellLine

_LINE = 19


class CellPage(QWidget):
    """A title, the way back, the way to that moment, and lines."""

    closed = Signal()
    travelled = Signal(object)
    """The last second of the block (ms UTC): all that was said and done in it is there then."""

    def __init__(self, theme: Theme) -> None:
        """Start with no cell."""
        super().__init__()
        self._theme, self._last = theme, 0
        self._lines: list[RunLine] = []
        self._said: list[CellLine] = []
        self.title = RunLine(theme, 24)
        self.there = self._button("Travel there  T", lambda: self.travelled.emit(self._last))
        self.back = self._button("Back  Esc", self.closed.emit)
        head = QHBoxLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(4)
        head.addWidget(self.title, 1)
        head.addWidget(self.there)
        head.addWidget(self.back)
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(0, 0, 4, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(holder)
        self._scroll = scroll
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(head)
        column.addWidget(scroll, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_cell(self, snapshot: Snapshot, row: str, block: int) -> None:
        """Show a row's block; equal lines cost nothing."""
        from liveroom.ui.cell_words import lines_of, span_of, title_of

        self._last = (span_of(snapshot, block)[1] - 1) * 1000
        self.title.set_runs(Run(title_of(snapshot, row, block), weight=600))
        said = lines_of(snapshot, row, block)
        if said == self._said:
            return
        self._said = said
        while len(self._lines) < len(said):
            line = RunLine(self._theme, _LINE)
            self._lines.append(line)
            self._column.insertWidget(len(self._lines) - 1, line)
        for place, line in enumerate(self._lines):
            line.setVisible(place < len(said))
            if place < len(said):
                line.set_runs(*_runs(said[place]))

    def numbers(self) -> dict[str, str]:
        """Return the words on show."""
        lines = {
            str(place): line.text() for place, line in enumerate(self._lines[: len(self._said)])
        }
        return {"title": self.title.text()} | lines

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self._scroll.verticalScrollBar()
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() == Qt.Key.Key_T:
            self.travelled.emit(self._last)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            bar.setValue(bar.value() + (_LINE if event.key() == Qt.Key.Key_Down else -_LINE))
        else:
            super().keyPressEvent(event)

    def _button(self, words: str, slot: object) -> QPushButton:
        button = QPushButton(words)
        button.setFont(self._theme.font(11))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda _=False: slot())  # type: ignore[operator]
        return button


def _runs(line: CellLine) -> tuple[Run, ...]:
    time = (Run(line.time, "text_3", 11),) if line.time else ()
    glyph = (Run(glyph=line.glyph, tone=line.tone, px=9, gap=8),) if line.glyph else ()
    detail = (Run(line.detail, "text_3", 11, gap=8),) if line.detail else ()
    return (*time, *glyph, Run(line.words, line.tone, gap=6 if glyph else 0), *detail)
