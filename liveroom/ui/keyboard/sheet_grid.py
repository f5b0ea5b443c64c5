"""The rows of the cheat sheet in columns, painted; the field above moves the choice."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from liveroom.ui.keyboard.caps import cap
from liveroom.ui.keyboard.sheet_rows import HEAD, LEAST_COLUMN, ROW, Plan, SheetRow, plan
from liveroom.ui.parts.pick_rows import paint_cap
from liveroom.ui.parts.runs import Run, paint_runs
from liveroom.ui.theme import Theme

_PAD, _BETWEEN = 8, 16
_MOST_COLUMNS = 5
_WAITING = "press a key"


class SheetGrid(QWidget):
    """Rows by group; the chosen one can wait for its new key. `asked` tells a double click."""

    asked = Signal()
    moved = Signal()

    def __init__(self, theme: Theme) -> None:
        """Start without rows."""
        super().__init__()
        self._theme = theme
        self._rows: tuple[SheetRow, ...] = ()
        self._plan = Plan((), (), 0)
        self._columns = 1
        self._current = 0
        self._waits = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_rows(self, rows: Sequence[SheetRow]) -> None:
        """Show rows; the chosen one stays chosen while it is there."""
        before = self.row()
        self._rows = tuple(rows)
        same = [
            place
            for place, row in enumerate(rows)
            if before is not None and (row.title, row.group) == (before.title, before.group)
        ]
        self._current = same[0] if same else 0
        self._arrange()
        self.moved.emit()

    def row(self) -> SheetRow | None:
        """Return the chosen row."""
        return self._rows[self._current] if self._current < len(self._rows) else None

    def rows(self) -> tuple[SheetRow, ...]:
        """Return the rows on show."""
        return self._rows

    def wait(self, waits: bool) -> None:
        """Show that the chosen row waits for a key, or not."""
        self._waits = waits
        self.update()

    def choose(self, place: int) -> None:
        """Choose a row."""
        if 0 <= place < len(self._rows):
            self._current = place
            self.moved.emit()
            self.update()

    def step(self, step: int) -> None:
        """Move the choice in reading order."""
        if self._rows:
            self.choose((self._current + step) % len(self._rows))

    def step_column(self, step: int) -> None:
        """Move the choice to the row beside it."""
        if not self._rows:
            return
        here = self._plan.places[self._current]
        beside = [
            (abs(place.top - here.top), number)
            for number, place in enumerate(self._plan.places)
            if place.column == here.column + step
        ]
        if beside:
            self.choose(min(beside)[1])

    def box(self, place: int) -> QRectF:
        """Return where a row stands."""
        where = self._plan.places[place]
        wide = self._column_width()
        return QRectF(where.column * (wide + _BETWEEN), where.top, wide, ROW)

    def current_box(self) -> QRectF:
        """Return where the chosen row stands, with the head above it where it is the first."""
        if self._current >= len(self._rows):
            return QRectF()
        return self.box(self._current).adjusted(0, -HEAD, 0, 0)

    def needed_height(self, width: int) -> int:
        """Return how high it is at a width."""
        return plan(self._rows, _columns_in(width)).height

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for place in range(len(self._rows)):
            if self.box(place).contains(event.position()):
                self.choose(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.mousePressEvent(event)
        self.asked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, theme = self._column_width(), self._theme
        for head in self._plan.heads:
            left = head.place.column * (wide + _BETWEEN)
            box = QRectF(left, head.place.top, wide, HEAD)
            paint_runs(
                painter, theme, (Run(head.title, "text_2", 11, 600),), box.adjusted(_PAD, 0, 0, 0)
            )
            painter.fillRect(QRectF(left, box.bottom() - 2, wide, 1), theme["line_2"])
        for place, row in enumerate(self._rows):
            self._paint_row(painter, row, self.box(place), place == self._current)

    def _paint_row(self, painter: QPainter, row: SheetRow, box: QRectF, chosen: bool) -> None:
        theme = self._theme
        if chosen:
            painter.fillRect(box, theme["sel"])
            painter.fillRect(QRectF(box.left(), box.top(), 2, box.height()), theme["focus"])
        right = box.right() - _PAD
        if chosen and self._waits:
            wide = theme.advance(_WAITING, 11, 600) + 12
            field = QRectF(right - wide, box.top() + 2.5, wide, ROW - 5)
            painter.setPen(QPen(theme["focus"], 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(field, 2, 2)
            run = Run(_WAITING, "focus", 11, 600)
            paint_runs(painter, theme, (run,), field, Qt.AlignmentFlag.AlignHCenter)
            right -= wide + 6
        else:
            for key in reversed(row.keys):
                right -= paint_cap(painter, theme, cap(key), right, box.center().y()) + 4
        if row.own:
            mark = QRectF(right - 12, box.top(), 12, ROW)
            paint_runs(painter, theme, (Run(glyph="ok", tone="focus", px=7),), mark)
            right -= 14
        tone = "text" if row.command_id else "text_2"
        words = QRectF(box.left() + _PAD, box.top(), right - box.left() - _PAD - 6, ROW)
        paint_runs(painter, theme, (Run(row.title, tone),), words)

    def _column_width(self) -> float:
        return (self.width() - (self._columns - 1) * _BETWEEN) / self._columns

    def _arrange(self) -> None:
        self._columns = _columns_in(self.width())
        self._plan = plan(self._rows, self._columns)
        self.setFixedHeight(max(ROW, self._plan.height))
        self.update()


def _columns_in(width: int) -> int:
    return max(1, min(_MOST_COLUMNS, (width + _BETWEEN) // (LEAST_COLUMN + _BETWEEN)))
