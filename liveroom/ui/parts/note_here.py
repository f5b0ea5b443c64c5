"""A field over the chart for a note about the instant at the cursor."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from liveroom.models.direction import LONGEST_NOTE
from liveroom.ui import format as fmt
from liveroom.ui.parts.field import Field
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import Theme

_WIDE, _TALL = 320, 34


class NoteHere(QWidget):
    """Hidden until it is opened at an instant; Enter writes the note, Esc forgets it."""

    written = Signal(str, object)
    """The text (blank: a mark), and the instant it is about (ms UTC; more than a C int holds)."""
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Build the field."""
        super().__init__(parent)
        self._theme, self._at, self._over = theme, 0, parent
        self._clock = RunLine(theme, 24, fits=True)
        self.field = Field(theme, "Note", number=False)
        self.field.setMaxLength(LONGEST_NOTE)
        self.field.setPlaceholderText("Enter writes it down, empty is a mark")
        self.field.returnPressed.connect(self._write)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 5, 5, 5)
        row.setSpacing(6)
        row.addWidget(self._clock)
        row.addWidget(self.field, 1)
        self.setFixedSize(_WIDE, _TALL)
        self.hide()

    def open_at(self, at: int, timezone: str, x: float, y: float) -> None:
        """Ask for a note about an instant (ms UTC), beside a point of the parent."""
        self._at = at
        self._clock.set_runs(Run(fmt.clock(at, timezone), "focus", 12, 600))
        left = x + 8 if x + 8 + _WIDE <= self._over.width() - 4 else x - 8 - _WIDE
        self.move(round(max(4, left)), round(y))
        self.field.clear()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_field(self) -> None:
        """Forget what was typed."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def is_being_edited(self) -> bool:
        """Return whether the producer is writing."""
        return self.isVisible() and bool(self.field.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme["raised"])
        painter.setPen(self._theme["control"])
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _write(self) -> None:
        self.written.emit(self.field.text().strip(), self._at)
        self.close_field()
