"""The chooser of layouts: built-in and own ones, a new one, reset, and the padlock of the panels."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from liveroom.ui.keyboard.caps import cap
from liveroom.ui.layout_keeper import LayoutKeeper
from liveroom.ui.layout_store import MOST_LETTERS, Layout
from liveroom.ui.parts.field import ground_of
from liveroom.ui.parts.overlay import Overlay
from liveroom.ui.parts.pick_rows import PickRow, PickRows
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import Theme

_WIDTH, _MOST_ROWS = 520, 14
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HINT = "Type a name to keep the panels as they stand now"


class Choice(NamedTuple):
    """A row of the chooser, and what Enter does on it."""

    row: PickRow
    does: Callable[[], object]
    layout: Layout | None = None
    stays: bool = False
    """Whether the chooser stays open."""


class LayoutChooser(Overlay):
    """A list; the field above it takes the name of a new layout, or of one that is renamed."""

    def __init__(
        self, window: QWidget, theme: Theme, keeper: LayoutKeeper, key: Callable[[str], str]
    ) -> None:
        """Take the layouts, and what tells the key of a command."""
        super().__init__(window, theme)
        self._keeper, self._key = keeper, key
        self._choices: list[Choice] = []
        self._renamed: Layout | None = None
        self._sure = ""
        self.field = QLineEdit()
        self.field.setFont(theme.font())
        self.field.setFixedHeight(28)
        self.field.setProperty("paper", ground_of(theme) == "panel")
        self.field.setMaxLength(MOST_LETTERS)
        self.field.setPlaceholderText(_HINT)
        self.field.setAccessibleName("Name of a layout")
        self.list = PickRows(theme, _MOST_ROWS)
        self.foot = RunLine(theme, 20)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 4)
        column.setSpacing(6)
        column.addWidget(self.field)
        column.addWidget(self.list)
        column.addWidget(self.foot)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(lambda _: self._hint())
        self.list.picked.connect(self._do)
        self.list.moved.connect(self._row_moved)
        self._fill()

    def first_field(self) -> QWidget:
        return self.field

    def place_in(self, room: QRect) -> QRect:
        wide = min(_WIDTH, room.width() - 40)
        self.setFixedWidth(wide)
        tall = self.sizeHint().height()
        return QRect(room.right() - wide - 12, room.top() + 44, wide, tall)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                # While the chooser is open F2 renames, as it does everywhere else.
                if event.key() == Qt.Key.Key_F2 and self._chosen() is not None:
                    event.accept()
                    return True
            elif event.type() == QEvent.Type.KeyPress:
                return self._press(Qt.Key(event.key()), event)
        return super().eventFilter(watched, event)

    def choices(self) -> list[Choice]:
        """Return what is listed."""
        return list(self._choices)

    def _press(self, key: Qt.Key, event: QKeyEvent) -> bool:
        typed = bool(self.field.text().strip())
        if key in _ENTER:
            if self._renamed is not None or typed:
                self._take_name()
            elif not event.isAutoRepeat():
                self._do(self.list.current)
        elif key == Qt.Key.Key_Escape and (self._renamed is not None or typed):
            self._renamed = None
            self.field.clear()
            self._hint()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.list.step(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_F2:
            self._rename()
        elif key == Qt.Key.Key_Delete and not typed:
            self._delete()
        else:
            return False
        return True

    def _fill(self, current: int | None = None) -> None:
        keeper = self._keeper
        self._choices = [self._layout_choice(one) for one in keeper.store.layouts()]
        first = next(
            (
                place
                for place, one in enumerate(self._choices)
                if one.layout is not None and one.layout.layout_id == keeper.current.layout_id
            ),
            0,
        )
        why = keeper.why_locked
        lock = PickRow(
            f"{why} · unlock them" if why else "Lock the panels where they are",
            "locked" if why else "free to be moved and closed",
            cap(self._key("layout.lock")),
            "hard start" if why else "off",
            "text_2",
            rule=True,
        )
        words = "as it was saved" if keeper.current.own else "as it came"
        reset = PickRow(
            f"Reset “{keeper.current.title}”", words, cap(self._key("layout.reset")), "previous"
        )
        self._choices += [
            Choice(lock, lambda: keeper.lock(not keeper.locked), stays=True),
            Choice(reset, keeper.reset),
        ]
        self.list.set_rows(
            [one.row for one in self._choices], first if current is None else current
        )
        self._hint()
        if self.isVisible():
            self._place()

    def _layout_choice(self, layout: Layout) -> Choice:
        current = layout.layout_id == self._keeper.current.layout_id
        row = PickRow(
            layout.title,
            "your own" if layout.own else layout.phase.says,
            cap(self._key(f"layout.{layout.layout_id}")),
            "done" if current else "",
            "focus",
        )
        return Choice(row, lambda: self._keeper.show_layout(layout), layout)

    def _do(self, place: int) -> None:
        if not 0 <= place < len(self._choices):
            return
        chosen = self._choices[place]
        if chosen.stays:
            chosen.does()
            self._fill(place)
            return
        self.leave()
        chosen.does()

    def _chosen(self) -> Layout | None:
        place = self.list.current
        return self._choices[place].layout if 0 <= place < len(self._choices) else None

    def _take_name(self) -> None:
        keeper, title = self._keeper, self.field.text()
        reason = keeper.store.why_no_title(title, self._renamed)
        if reason:
            self._warn(reason)
            return
        if self._renamed is None:
            keeper.save_as(title)
        else:
            keeper.rename(self._renamed, title)
        place = self.list.current if self._renamed is not None else None
        self._renamed = None
        self.field.clear()
        self._fill(place)

    def _rename(self) -> None:
        layout = self._chosen()
        if layout is None or not layout.own:
            self._warn("Only your own layouts can be renamed")
            return
        self._renamed = layout
        self.field.setText(layout.title)
        self.field.selectAll()
        self._hint()

    def _delete(self) -> None:
        layout = self._chosen()
        if layout is None or not layout.own:
            self._warn("Only your own layouts can be deleted")
        elif self._sure != layout.layout_id:
            self._sure = layout.layout_id
            self._warn(f"Delete again forgets “{layout.title}”")
        else:
            self._sure = ""
            self._keeper.delete(layout)
            self._fill()

    def _row_moved(self) -> None:
        self._sure = ""
        self._hint()

    def _hint(self) -> None:
        layout = self._chosen()
        if self._renamed is not None:
            words = f"↵ renames “{self._renamed.title}” · Esc leaves it"
        elif self.field.text().strip():
            words = f"↵ keeps the panels as they stand as “{self.field.text().strip()}”"
        elif layout is not None and layout.own:
            words = "↵ shows it · F2 renames · Delete twice forgets · Esc back"
        else:
            words = "↵ does it · type a name for a new layout · Esc back"
        self.foot.set_runs(Run(words, "text_3", 11))

    def _warn(self, words: str) -> None:
        self.foot.set_runs(
            Run(glyph="attention", tone="warn", px=10), Run(words, "warn", 11, 600, gap=6)
        )
