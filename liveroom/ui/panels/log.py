"""The log: what was done and what befell the show, newest first; a key drops a note with the time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from liveroom.models import commands as c
from liveroom.models.facts import Mode
from liveroom.ui import format as fmt
from liveroom.ui import glyphs
from liveroom.ui.keyboard.caps import in_words
from liveroom.ui.keyboard.commands import FixedKey
from liveroom.ui.log_words import is_news, line_of
from liveroom.ui.panel import Heading, Nothing, Panel, Submit, is_in_a_panel
from liveroom.ui.parts.cells import Cell, Column
from liveroom.ui.parts.field import Field
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.parts.table import Table
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.journal import Entry
    from liveroom.models.snapshot import Snapshot

_TAKES_NOTES = (Mode.LIVE, Mode.REHEARSAL)
MOST_LINES = 400
"""Older entries are in the session file; nobody scrolls further back on air."""
_COLUMNS = (
    Column("time", "Time", 66, left=True),
    Column("words", "What happened", 0, left=True),
    Column("detail", "", 118, 1, left=True),
)
_NOTHING = "Segments, offers, troubles and notes"
_LOW = 150
"""A panel that is lower (px) has its field only while a note is taken."""
_DAY_ROOM = 96
"""Room (px) for a time with its day."""
_HINT = "What happened? Enter writes it down, empty is a mark"


class LogPanel(Panel):
    """A table of entries above the field for a note."""

    fixed_keys = (
        FixedKey(("Return",), "Write the note down; empty is a mark"),
        FixedKey(("Esc",), "Forget the note"),
    )

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build the table and the field."""
        super().__init__(submit, theme)
        self._snapshot: Snapshot | None = None
        self._about_at: int | None = None
        self._entries: tuple[Entry, ...] = ()
        self._key = ""
        self._before: QWidget | None = None
        self._table = Table(theme, _COLUMNS, 24, self._describe)
        self._table.set_least_name(140)
        self._table.say_nothing(Run(_NOTHING, "text_2"))
        self._when = RunLine(theme, 24, fits=True)
        self._field = Field(theme, "Note", number=False)
        self._field.setMaxLength(500)
        self._field.setPlaceholderText(_HINT)
        self._field.returnPressed.connect(self._write)
        self._field.textEdited.connect(self._begin)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)
        self._note = QWidget()
        row = QHBoxLayout(self._note)
        row.setContentsMargins(8, 4, 8, 6)
        row.setSpacing(6)
        row.addWidget(self._when)
        row.addWidget(self._field, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._table, 1)
        column.addWidget(self._note)

    def called(self) -> None:
        """Begin a note about this very moment."""
        self._about_at = None
        self._begin()
        if not self._field.hasFocus():
            self._before = QApplication.focusWidget()
        self._note.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def nothing(self, snapshot: Snapshot) -> Nothing | None:
        return None

    def show_snapshot(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        able = snapshot.mode in _TAKES_NOTES
        self._field.setEnabled(able)
        self._field.setPlaceholderText(_HINT if able else "Notes are taken on air or in rehearsal")
        if before is not None and before.journal is snapshot.journal:
            return
        self._entries = tuple(each for each in reversed(snapshot.journal) if is_news(each))
        self._entries = self._entries[:MOST_LINES]
        self._table.resize_rows(len(self._entries))
        for row, entry in enumerate(self._entries):
            self._show_line(row, entry, snapshot)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Leave the field out of a low panel until a note is begun: its key brings it."""
        self._note.setVisible(self.height() >= _LOW or self._about_at is not None)

    def heading(self) -> Heading:
        if self._snapshot is None:
            return Heading()
        number = len(self._entries)
        words = fmt.plural(number, "entry", "entries") if number else "nothing yet"
        takes = self._key and self._snapshot.mode in _TAKES_NOTES
        hint = f" · {self._key} takes a note" if takes else ""
        return Heading(f"newest first{hint}", words)

    def numbers(self) -> dict[str, str]:
        return {
            f"{row}.{column.key}": self._table.text_at(row, column.key)
            for row in range(len(self._entries))
            for column in _COLUMNS
        }

    def is_being_edited(self) -> bool:
        return self._field.hasFocus() and bool(self._field.text())

    def show_keys(self, keys: Mapping[str, str]) -> None:
        self._key = in_words(keys.get("call", ""))

    def leave(self) -> bool:
        typing = self._field.hasFocus()
        if typing:
            self._forget()
        return typing

    def _show_line(self, row: int, entry: Entry, snapshot: Snapshot) -> None:
        line = line_of(entry, snapshot)
        is_note = line.detail == "note"
        time = fmt.moment(entry.at, snapshot.timezone, snapshot.at)
        if snapshot.at - entry.at >= fmt.DAY:
            self._table.make_room("time", _DAY_ROOM)
        self._table.set_cell(row, "time", Cell(time, "text_3"))
        weight = 600 if is_note else 400
        self._table.set_cell(row, "words", Cell(line.words, "text", weight))
        self._table.set_cell(row, "detail", Cell(line.detail, "text_3"))
        picture = glyphs.pixmap(line.glyph, 9, self.theme[line.tone], self.devicePixelRatioF())
        self._table.set_picture(row, "words", picture)

    def _describe(self, key: str, row: int) -> str:
        if not 0 <= row < len(self._entries) or self._snapshot is None:
            return ""
        line = line_of(self._entries[row], self._snapshot)
        return f"{line.words}\n{line.detail}".strip()

    def _begin(self) -> None:
        """Keep the moment at which the first letter was typed: writing takes longer than seeing."""
        if self._about_at is None and self._snapshot is not None:
            self._about_at = self._snapshot.at
            clock = fmt.clock(self._about_at, self._snapshot.timezone)
            self._when.set_runs(Run(clock, "text_2"))

    def _write(self) -> None:
        self._begin()
        self.submit(c.TakeNote(text=self._field.text().strip(), about_at=self._about_at))
        self._forget()

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """Give up a note of which nothing is written when the keyboard goes to another part of the desk."""
        is_left = before is self._field and now is not self._field and is_in_a_panel(now)
        if is_left and not self._field.text():
            self._drop()
            self.step_back = lambda: None

    def _drop(self) -> None:
        self._about_at = None
        self._when.set_runs()
        self._field.clear()
        self._make_room()

    def _forget(self) -> None:
        self._drop()
        # What the log lay over since its key was pressed is seen again.
        step_back, self.step_back = self.step_back, lambda: None
        step_back()
        # Back to where the key for a note was pressed; the keyboard is never nowhere.
        before, self._before = self._before, None
        back = before if before is not None and isValid(before) and before.isVisible() else None
        (back or self._table).setFocus(Qt.FocusReason.OtherFocusReason)
