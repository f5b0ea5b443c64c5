"""A list that paints only the rows on show, however many there are; arrows move through it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QToolTip

from liveroom.ui.theme import Theme

_WHEEL_ROWS = 3
_WHEEL_STEP = 120


class RowsArea(QAbstractScrollArea):
    """Rows of one height; the scroll bar counts rows, so that millions are as cheap as ten."""

    moved = Signal()
    """Another row is current, or the list was scrolled."""

    def __init__(self, theme: Theme, row_height: int, name: str) -> None:
        """Start without rows; `name` is for those who cannot see the list."""
        super().__init__()
        self.theme, self.row_height = theme, row_height
        self.number = 0
        self.current = -1
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)

    def paint_row(self, painter: QPainter, row: int, rect: QRectF) -> None:
        """Paint a row; its ground is painted already."""
        raise NotImplementedError

    def tip_of(self, row: int) -> str:
        """Return what is said of a row the pointer rests on."""
        return ""

    def fitting(self) -> int:
        """Return how many rows have room."""
        return max(1, (self.viewport().height() - 2) // self.row_height)

    def top(self) -> int:
        """Return the first row on show."""
        return int(self.verticalScrollBar().value())

    def is_at_end(self) -> bool:
        """Return whether the last row is on show."""
        return bool(self.top() >= self.verticalScrollBar().maximum())

    def set_number(self, number: int, *, follow: bool = False) -> None:
        """Take how many rows there are; `follow` keeps the last one on show if it was."""
        was_at_end = self.is_at_end()
        self.number = number
        bar = self.verticalScrollBar()
        bar.setPageStep(self.fitting())
        bar.setRange(0, max(0, number - self.fitting()))
        if follow and was_at_end:
            bar.setValue(bar.maximum())
        self.viewport().update()

    def scroll_to_end(self) -> None:
        """Show the last row."""
        self.verticalScrollBar().setValue(self.verticalScrollBar().maximum())

    def set_current(self, row: int) -> None:
        """Make a row the current one and bring it into view; -1: none."""
        self.current = row if 0 <= row < self.number else -1
        if self.current >= 0:
            bar = self.verticalScrollBar()
            if self.current < self.top():
                bar.setValue(self.current)
            elif self.current >= self.top() + self.fitting():
                bar.setValue(self.current - self.fitting() + 1)
        self.viewport().update()
        self.moved.emit()

    def row_at(self, y: float) -> int:
        """Return the row at a height of the viewport, -1 below the last."""
        row = self.top() + int((y - 2) // self.row_height)
        return row if 0 <= row < self.number else -1

    def sizeHint(self) -> QSize:
        return QSize(240, 4 * self.row_height)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.row_height + 2)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        wide = self.viewport().width()
        painter.fillRect(event.rect(), self.theme["panel"])
        if self.hasFocus():
            painter.fillRect(QRectF(0, 0, wide, 2), self.theme["focus"])
        painter.setClipRect(QRectF(0, 2, wide, self.viewport().height() - 2))
        # No row whose words would be cut: the scroll bar says that there is more.
        last = min(self.number, self.top() + self.fitting())
        for row in range(self.top(), last):
            rect = QRectF(0, 2 + (row - self.top()) * self.row_height, wide, self.row_height)
            if row == self.current:
                painter.fillRect(rect, self.theme["sel"])
            self.paint_row(painter, row, rect)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        page, key = self.fitting(), event.key()
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Home: -self.number,
            Qt.Key.Key_End: self.number,
        }
        if key not in steps or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            event.ignore()
            return
        self.step(steps[Qt.Key(key)])

    def step(self, by: int) -> None:
        """Move the current row."""
        start = self.current if self.current >= 0 else (-1 if by > 0 else self.number)
        self.set_current(max(0, min(self.number - 1, start + by)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.set_current(self.row_at(event.position().y()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        steps = event.angleDelta().y() * _WHEEL_ROWS / _WHEEL_STEP
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() - round(steps))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # A list that shows its end shows it at any size.
        self.set_number(self.number, follow=True)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self.row_at(event.pos().y())
            QToolTip.showText(event.globalPos(), self.tip_of(row) if row >= 0 else "", self)
            return True
        return bool(super().viewportEvent(event))

    def _scrolled(self) -> None:
        self.viewport().update()
        self.moved.emit()
