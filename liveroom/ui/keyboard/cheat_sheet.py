"""The cheat sheet: every command with its key, on one sheet; and the place where keys are changed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from liveroom.ui.keyboard.bindings import Clash
from liveroom.ui.keyboard.caps import in_words
from liveroom.ui.keyboard.keys import key_of
from liveroom.ui.keyboard.registry import Registry
from liveroom.ui.keyboard.sheet_grid import SheetGrid
from liveroom.ui.keyboard.sheet_rows import fitting, rows_of
from liveroom.ui.parts.field import ground_of
from liveroom.ui.parts.lever_button import SureButton
from liveroom.ui.parts.overlay import Overlay
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import Theme

_MARGIN, _MOST_WIDE = 24, 1872
_TOP, _ABOVE_AND_BELOW = 46, 76
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CTRL = Qt.KeyboardModifier.ControlModifier


class CheatSheet(Overlay):
    """A field to search in, the rows, and a foot that says what a key press would do."""

    def __init__(self, window: QWidget, theme: Theme, registry: Registry) -> None:
        """Take the commands; rows follow when their keys change."""
        super().__init__(window, theme)
        self._registry = registry
        self._waits = False
        self._clash: tuple[str, Clash] | None = None
        self.title = RunLine(theme, 24, fits=True)
        self.title.set_runs(Run("Keys", px=14, weight=600))
        self.field = QLineEdit()
        self.field.setFont(theme.font())
        self.field.setPlaceholderText("Search by word or key")
        self.field.setAccessibleName("Search the keys")
        self.field.setFixedWidth(280)
        self.field.setProperty("paper", ground_of(theme) == "panel")
        self.foot = RunLine(theme, 24)
        self.reset = SureButton(theme, "Reset all keys", "Sure? Every key", self._reset_all)
        self.grid = SheetGrid(theme)
        self._area = QScrollArea()
        self._build()
        self.field.textChanged.connect(self._show_rows)
        self.field.installEventFilter(self)
        self.grid.asked.connect(self._ask)
        self.grid.moved.connect(self._moved)
        registry.changed.connect(self._show_rows)
        self._show_rows()

    def _build(self) -> None:
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self.grid)
        self._area.setObjectName("sheet")
        top = QHBoxLayout()
        top.setSpacing(16)
        top.addWidget(self.title)
        top.addWidget(self.field)
        top.addWidget(self.foot, 1)
        top.addWidget(self.reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 10, 10)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(self._area, 1)

    def first_field(self) -> QWidget:
        return self.field

    def place_in(self, room: QRect) -> QRect:
        wide = min(_MOST_WIDE, room.width() - 2 * _MARGIN)
        inner = wide - 24 - 12
        tall = self.grid.needed_height(inner) + 76
        tall = min(max(tall, 240), room.height() - _ABOVE_AND_BELOW)
        left = room.left() + (room.width() - wide) // 2
        return QRect(left, room.top() + _TOP, wide, tall)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.field or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride and self._waits:
            # The key is to be told, not to be obeyed.
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress:
            return self._answer(event) if self._waits else self._browse(event)
        return False

    def _browse(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        row = self.grid.row()
        if key in _ENTER:
            self._ask()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.grid.step(-1 if key == Qt.Key.Key_Up else 1)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not self.field.text():
            self.grid.step_column(-1 if key == Qt.Key.Key_Left else 1)
        elif key == Qt.Key.Key_Backspace and event.modifiers() == _CTRL and row is not None:
            if row.command_id:
                self._registry.reset(row.command_id)
        elif key == Qt.Key.Key_Delete and event.modifiers() == _CTRL and row is not None:
            if row.command_id:
                self._registry.set_keys(row.command_id, ())
        else:
            return False
        return True

    def _ask(self) -> None:
        """Wait for the new key of the chosen row."""
        row = self.grid.row()
        if row is None:
            return
        if not row.command_id:
            self._warn("This key belongs to the control and cannot be changed")
            return
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._wait(True)
        self._say(f"Press the new key for “{row.title}” · Esc keeps the old one")

    def _answer(self, event: QKeyEvent) -> bool:
        """Take the key that was pressed, or tell what speaks against it."""
        if event.isAutoRepeat():
            return True
        if event.key() == Qt.Key.Key_Escape:
            self._wait(False)
            self._moved()
            return True
        if event.key() in _ENTER and self._clash is not None:
            self._take(self._clash[0])
            return True
        key = key_of(event)
        row = self.grid.row()
        if not key or row is None:
            return True
        clash = self._registry.clash(row.command_id, key)
        if clash is None:
            self._take(key)
        elif clash.command_id:
            self._clash = (key, clash)
            self._warn(f"{clash.words} · ↵ takes it from there, Esc leaves it")
        else:
            self._clash = None
            self._warn(f"{clash.words} · press another key, or Esc")
        return True

    def _take(self, key: str) -> None:
        row = self.grid.row()
        self._wait(False)
        if row is not None:
            self._registry.set_keys(row.command_id, (key,))
            self._say(
                f"“{row.title}” is {in_words(key)} now · Ctrl+Backspace gives back its first key"
            )

    def _reset_all(self) -> None:
        self._registry.reset_all()
        self._say("Every command has its first key again")
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _wait(self, waits: bool) -> None:
        self._waits, self._clash = waits, None
        self.grid.wait(waits)

    def _show_rows(self) -> None:
        self.grid.show_rows(fitting(rows_of(self._registry), self.field.text()))

    def _moved(self) -> None:
        if self._waits:
            self._wait(False)
        box = self.grid.current_box().toAlignedRect()
        self._area.ensureVisible(box.center().x(), box.top(), 10, 10)
        self._area.ensureVisible(box.center().x(), box.bottom(), 10, 10)
        row = self.grid.row()
        if row is None:
            self._say("Nothing fits; no command and no key is called so")
        elif not row.command_id:
            self._say("↑↓←→ choose · this key belongs to the control and stays · Esc back")
        else:
            own = " · Ctrl+Backspace its first key" if row.own else ""
            self._say(f"↑↓←→ choose · ↵ change the key{own} · Ctrl+Del no key · Esc back")

    def _say(self, words: str) -> None:
        self.foot.set_runs(Run(words, "text_3", 11))

    def _warn(self, words: str) -> None:
        self.foot.set_runs(
            Run(glyph="attention", tone="warn", px=10), Run(words, "warn", 12, 600, gap=6)
        )
