"""What the start screen is made of: lists, choices in a row, fields, and the one button that starts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from liveroom.ui.parts.runs import Run, RunLine, paint_runs, text_of, width_of
from liveroom.ui.theme import Theme

_MOVES = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)
_RIGHT = Qt.AlignmentFlag.AlignRight
_MIDDLE = Qt.AlignmentFlag.AlignHCenter
_ROW_ROLE = Qt.ItemDataRole.UserRole
_PAD = 12


class Line(NamedTuple):
    """One line of a row: what stands at its left and at its right."""

    left: tuple[Run, ...]
    right: tuple[Run, ...] = ()
    height: int = 18


class Row(NamedTuple):
    """A row of a list: its lines, and the key that leads to it."""

    lines: tuple[Line, ...]
    key: str = ""
    tip: str = ""


class PickList(QListWidget):
    """Rows of painted lines; arrows move, every other key is for whoever holds the list."""

    moved = Signal(int)
    left_at = Signal(int)
    """The arrows ran off the list: -1 at its top, 1 at its bottom."""

    def __init__(self, theme: Theme, name: str, row_height: int) -> None:
        """Take the name for screen readers and the height of a row."""
        super().__init__()
        self._theme, self._row_height = theme, row_height
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setItemDelegate(_RowDelegate(self, theme))
        self.currentRowChanged.connect(self.moved)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show other rows; the place in the list stays."""
        place = max(0, self.currentRow())
        self.blockSignals(True)
        self.clear()
        for row in rows:
            item = QListWidgetItem()
            item.setData(_ROW_ROLE, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, self._words(row))
            item.setToolTip(row.tip)
            item.setSizeHint(QSize(0, self._row_height))
            self.addItem(item)
        self.blockSignals(False)
        if rows:
            self.setCurrentRow(min(place, len(rows) - 1))

    def row(self, place: int) -> Row:  # type: ignore[override]
        """Return a row."""
        found: Row = self.item(place).data(_ROW_ROLE)
        return found

    def texts(self) -> list[str]:
        """Return the words of every row."""
        return [self._words(self.row(place)) for place in range(self.count())]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if step and not 0 <= self.currentRow() + step < self.count():
            self.left_at.emit(step)
        elif event.key() in _MOVES:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        # Whole rows only: what is cut at the bottom looks like a mistake.
        margins = self.viewportMargins()
        spare = (self.viewport().height() + margins.bottom()) % self._row_height
        if self.count() * self._row_height > self.height() and spare != margins.bottom():
            self.setViewportMargins(0, 0, 0, spare)
        super().resizeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.currentRow() < 0 and self.count():
            self.setCurrentRow(0)

    @staticmethod
    def _words(row: Row) -> str:
        words = [text_of((*line.left, *line.right)) for line in row.lines]
        return " · ".join(each for each in words if each)


class _RowDelegate(QStyledItemDelegate):
    def __init__(self, parent: PickList, theme: Theme) -> None:
        super().__init__(parent)
        self._list, self._theme = parent, theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        row: Row = index.data(_ROW_ROLE)
        theme, box = self._theme, QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if chosen:
            painter.fillRect(box, theme["sel"])
            painter.fillRect(QRectF(box.left(), box.top(), 3, box.height()), theme["focus"])
        if index.row() < self._list.count() - 1:
            painter.fillRect(QRectF(box.left(), box.bottom() - 1, box.width(), 1), theme["line_0"])
        right = box.right() - _PAD
        if row.key:
            right = paint_key_cap(painter, theme, row.key, right, box.center().y()) - 10
        top = box.center().y() - sum(line.height for line in row.lines) / 2
        for line in row.lines:
            area = QRectF(box.left() + _PAD, top, right - box.left() - _PAD, line.height)
            taken = width_of(line.right, theme) + 14 if line.right else 0
            paint_runs(painter, theme, line.right, area, _RIGHT)
            paint_runs(painter, theme, line.left, area.adjusted(0, 0, -taken, 0))
            top += line.height
        if chosen and self._list.hasFocus():
            painter.setPen(QPen(theme["focus"], 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1.5))
        painter.restore()


def paint_key_cap(
    painter: QPainter, theme: Theme, key: str, right: float, middle: float, tone: str = "text_2"
) -> float:
    """Paint a key that ends at `right`; return where it begins."""
    words = (Run(key, tone, 11),)
    wide = max(18.0, width_of(words, theme) + 10)
    box = QRectF(right - wide, middle - 8.5, wide, 17)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme["control" if tone == "text_2" else tone], 1))
    painter.drawRoundedRect(box, 2, 2)
    paint_runs(painter, theme, words, box, _MIDDLE)
    return box.left()


class Segmented(QWidget):
    """A few choices in a row, one of them taken; arrows left and right change it."""

    changed = Signal(int)

    def __init__(self, theme: Theme, name: str, words: Sequence[str], taken: int = 0) -> None:
        """Take the choices in words."""
        super().__init__()
        self._theme, self._words, self._taken = theme, tuple(words), taken
        self._name = name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFixedHeight(26)
        self._wide = [max(48, round(theme.advance(word, 12, 600)) + 26) for word in self._words]
        self.setFixedWidth(sum(self._wide))
        self._say()

    @property
    def taken(self) -> int:
        """Return the place of the choice that is taken."""
        return self._taken

    def take(self, place: int) -> None:
        """Take a choice."""
        place = min(max(0, place), len(self._words) - 1)
        if place != self._taken:
            self._taken = place
            self._say()
            self.changed.emit(place)
            self.update()

    def text(self) -> str:
        """Return the choice that is taken, in words."""
        return self._words[self._taken]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            event.ignore()
        else:
            self.take(self._taken + step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for place, (left, wide) in enumerate(self._places()):
            if left <= event.position().x() < left + wide:
                self.take(place)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, box = self._theme, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(theme["control"], 1))
        painter.setBrush(theme["window"])
        painter.drawRoundedRect(box, 3, 3)
        for place, ((left, wide), word) in enumerate(zip(self._places(), self._words, strict=True)):
            cell = QRectF(left, 0, wide, self.height())
            taken = place == self._taken
            if taken:
                painter.setPen(QPen(theme["focus"], 1))
                painter.setBrush(theme["sel"])
                painter.drawRoundedRect(cell.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
            run = Run(word, "text" if taken else "text_2", 12, 600 if taken else 400)
            paint_runs(painter, theme, (run,), cell, _MIDDLE)
        if self.hasFocus():
            painter.setPen(QPen(theme["focus"], 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)

    def _places(self) -> list[tuple[float, float]]:
        places, left = [], 0.0
        for wide in self._wide:
            places.append((left, float(wide)))
            left += wide
        return places

    def _say(self) -> None:
        self.setAccessibleName(f"{self._name}: {self.text()}")


class StartButton(QAbstractButton):
    """The one button of a page: it starts what the page asks for."""

    def __init__(self, theme: Theme, words: str) -> None:
        """Take what it starts."""
        super().__init__()
        self._theme = theme
        self.setText(words)
        self.setAccessibleName(words)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(round(theme.advance(words, 13, 600)) + 92, 36)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, free = self._theme, 3.5 if self.hasFocus() else 0.5
        box = QRectF(self.rect()).adjusted(free, free, -free, -free)
        ready = self.isEnabled()
        fill = theme["go" if ready else "raised"]
        painter.setBrush(fill.darker(115) if self.isDown() else fill)
        painter.setPen(QPen(fill if ready else theme["line_2"], 1))
        painter.drawRoundedRect(box, 3, 3)
        ink = "go_text" if ready else "text_3"
        words = QRectF(self.rect()).adjusted(16, 0, 0, 0)
        paint_runs(painter, theme, (Run(self.text(), ink, 13, 600),), words)
        paint_key_cap(painter, theme, "Enter", self.width() - 14, box.center().y(), ink)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme["focus"], 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)


class Card(QWidget):
    """A panel with a title bar, as the desk's docks have."""

    def __init__(self, theme: Theme, title: str, body: QWidget) -> None:
        """Take the title and what is in it."""
        super().__init__()
        self.setObjectName("card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme, self._title = theme, title
        bar = QWidget()
        bar.setObjectName("cardTitle")
        bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        bar.setFixedHeight(25)
        self._words = RunLine(theme, 23)
        self._note = RunLine(theme, 23, _RIGHT, fits=True)
        row = QHBoxLayout(bar)
        row.setContentsMargins(_PAD, 0, _PAD, 0)
        row.addWidget(self._words, 1)
        row.addWidget(self._note)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 1)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(body, 1)
        self.say(title)

    def say(self, title: str, subtitle: str = "", note: str = "") -> None:
        """Show a title, what it means, and a note at the right."""
        self._words.set_runs(Run(title, weight=600), Run(subtitle, "text_3", 11, gap=8))
        self._note.set_runs(Run(note, "text_3", 11))
