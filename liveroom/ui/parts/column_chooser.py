"""The list of columns: sets of them side by side, below them each column to tick and to move."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from liveroom.models.definitions import DEFINITIONS
from liveroom.ui import glyphs
from liveroom.ui.column_choice import ColumnChoice, names_of_sets
from liveroom.ui.parts.choice import Choice
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.product_columns import COLUMNS
from liveroom.ui.theme import Theme

_KEY = Qt.ItemDataRole.UserRole
_ROW, _MOST_ROWS, _WIDTH = 24, 12, 400
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BY_KEY = {column.key: column for column in COLUMNS}


class ColumnChooser(QFrame):
    """Enter or a click ticks a column, Alt and an arrow moves it, Esc closes; `changed` tells each time."""

    changed = Signal()

    def __init__(self, theme: Theme, choice: ColumnChoice, parent: QWidget) -> None:
        """Take the choice that it changes."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("picker")
        self._theme, self._choice = theme, choice
        self._absent: frozenset[str] = frozenset()
        self.sets = Choice(theme, "Set of columns", names_of_sets(), at_once=True)
        self.sets.chosen.connect(self._take_set)
        self.list = QListWidget()
        self.list.setFont(theme.font())
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.installEventFilter(self)
        self.list.itemClicked.connect(lambda item: self._flip(str(item.data(_KEY))))
        hint = RunLine(theme, 18)
        hint.set_runs(Run("Enter shows or hides · Alt+↑↓ moves · Esc closes", "text_3", 11))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 6)
        column.setSpacing(6)
        for widget in (self.sets, self.list, hint):
            column.addWidget(widget)
        self._fill()

    def open_at(self, place: QPoint, absent: frozenset[str]) -> None:
        """Open beside a place on the screen; `absent` are the columns that no source fills."""
        self._absent = absent
        self._fill()
        self.setFixedWidth(_WIDTH)
        self.list.setFixedHeight(_ROW * min(_MOST_ROWS, self.list.count()) + 4)
        self.adjustSize()
        bounds = self.screen().availableGeometry()
        x = max(bounds.left(), min(place.x(), bounds.right() - self.width()))
        y = max(bounds.top(), min(place.y(), bounds.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self.list.setFocus(Qt.FocusReason.PopupFocusReason)

    def ticked(self) -> list[str]:
        """Return the keys of the columns that are ticked, from top to bottom."""
        shown = self._choice.shown()
        keys = [str(self.list.item(row).data(_KEY)) for row in range(self.list.count())]
        return [key for key in keys if key in shown]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        item = self.list.currentItem()
        key = str(item.data(_KEY)) if self.list.count() and item is not None else ""
        if event.key() in _ENTER and key:
            self._flip(key)
            return True
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.modifiers() & Qt.KeyboardModifier.AltModifier and event.key() in steps and key:
            self._choice.move(key, steps[Qt.Key(event.key())])
            self._fill(key)
            self.changed.emit()
            return True
        return False

    def _take_set(self, place: int) -> None:
        self._choice.take_preset(names_of_sets()[place])
        self._fill()
        self.changed.emit()

    def _flip(self, key: str) -> None:
        self._choice.flip(key)
        self._fill(key)
        self.changed.emit()

    def _fill(self, current: str = "") -> None:
        self.sets.show_state(names_of_sets().index(self._choice.preset))
        shown, scale = self._choice.shown(), self.devicePixelRatioF()
        done = glyphs.pixmap("done", 10, self._theme["focus"], scale)
        blank = glyphs.pixmap("done", 10, self._theme["raised"], scale)
        blank.fill(Qt.GlobalColor.transparent)
        place = max(0, self.list.currentRow())
        self.list.clear()
        for row, key in enumerate(self._choice.order):
            title, absent = _BY_KEY[key].title, key in self._absent
            item = QListWidgetItem(f"{title} — no source" if absent else title)
            item.setData(_KEY, key)
            item.setIcon(done if key in shown else blank)
            item.setSizeHint(QSize(0, _ROW))
            if absent:
                item.setForeground(self._theme["text_3"])
            if definition := DEFINITIONS.get(_BY_KEY[key].definition):
                item.setToolTip(definition.meaning)
            self.list.addItem(item)
            if key == current:
                place = row
        self.list.setCurrentRow(place)
