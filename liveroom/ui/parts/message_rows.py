"""The chat as it comes: it follows its end, and stays where it is while one reads further back."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent

from liveroom.ui import format as fmt
from liveroom.ui.chat_words import tag_text
from liveroom.ui.parts.rows_area import RowsArea
from liveroom.ui.parts.runs import Run, paint_runs, width_of
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.chat.messages import Message

ROW_HEIGHT = 20
_PAD, _TIME, _DAY_AND_TIME, _TAG, _SOURCE = 10, 56, 82, 42, 62
_NOTE_HEIGHT = 22


class Messages(Protocol):
    """Messages in order of time, the oldest at place 0."""

    def __len__(self) -> int:
        """Return how many there are."""

    def at(self, place: int) -> Message:
        """Return one."""


class Found:
    """Messages that a search found, as the list shows them."""

    def __init__(self, found: Sequence[Message]) -> None:
        """Take them in order of time."""
        self._found = found

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._found)

    def at(self, place: int) -> Message:
        """Return one."""
        return self._found[place]


class MessageRows(RowsArea):
    """Paints messages; a note says how many are new below what is on show."""

    def __init__(self, theme: Theme) -> None:
        """Start without messages."""
        super().__init__(theme, ROW_HEIGHT, "Chat messages")
        self._messages: Messages | None = None
        self._timezone = "UTC"
        self._titles: tuple[str, ...] = ()
        self._newest_at: int | None = None
        """Of messages that go back to the day before (ms UTC); None of a chat of one day."""
        self._seen = 0
        self.verticalScrollBar().valueChanged.connect(self._look)

    def show_messages(self, messages: Messages, timezone: str, titles: tuple[str, ...]) -> None:
        """Show messages; `titles` of their sources, where there are several."""
        if messages is self._messages and titles == self._titles:
            return
        follows = self.is_at_end()
        self._messages, self._timezone, self._titles = messages, timezone, titles
        self._newest_at = None
        if len(messages):
            first, last = messages.at(0).at, messages.at(len(messages) - 1).at
            if fmt.day(first, timezone) != fmt.day(last, timezone):
                self._newest_at = last
        self.set_number(len(messages), follow=True)
        if follows:
            self._seen = len(messages)
        if self.current >= len(messages):
            self.current = -1

    def unseen(self) -> int:
        """Return how many messages came while one was reading further back."""
        return 0 if self.is_at_end() else max(0, self.number - self._seen)

    def note(self) -> str:
        """Return what the note at the lower edge says; blank while there is none."""
        if self.is_at_end():
            return ""
        new = self.unseen()
        return f"{fmt.count(new)} new · End shows them" if new else "End shows the newest"

    def texts(self, row: int) -> str:
        """Return a message as it is shown."""
        assert self._messages is not None
        message = self._messages.at(row)
        return f"{self._clock(message.at)} {tag_text(message.tag)} {message.text}"

    def _clock(self, at: int) -> str:
        """Return the time of day; of a chat of several days also the day, except of the last one."""
        if self._newest_at is None or fmt.day(at, self._timezone) == fmt.day(
            self._newest_at, self._timezone
        ):
            return fmt.clock(at, self._timezone)
        return fmt.clock_with_day(at, self._timezone, self._newest_at)

    def tip_of(self, row: int) -> str:
        # The rules are asked again: what they say of a text is always the same.
        from liveroom.models.chat.classifier import classify

        assert self._messages is not None
        message = self._messages.at(row)
        verdict = classify(message.text)
        kind = f"{'question, ' if verdict.asks else ''}{verdict.intent.word}"
        return f"<qt>{escape(message.text)}<br>{escape(kind)}: {escape(verdict.rule)}</qt>"

    def paint_row(self, painter: QPainter, row: int, rect: QRectF) -> None:
        if self._messages is None:
            return
        message, theme = self._messages.at(row), self.theme
        clock = Run(self._clock(message.at), "text_3", 11)
        paint_runs(painter, theme, (clock,), rect.adjusted(_PAD, 0, 0, 0))
        left = _PAD + (_TIME if self._newest_at is None else _DAY_AND_TIME)
        tag = Run(tag_text(message.tag), "text_3", 11)
        paint_runs(painter, theme, (tag,), QRectF(left, rect.top(), _TAG, rect.height()))
        left += _TAG
        if self._titles:
            title = self._titles[message.source] if message.source < len(self._titles) else ""
            source = Run(title, "text_3", 11)
            room = QRectF(left, rect.top(), _SOURCE - 6, rect.height())
            paint_runs(painter, theme, (source,), room)
            left += _SOURCE
        said = Run(message.text, "text" if message.asks else "text_2")
        paint_runs(painter, theme, (said,), rect.adjusted(left, 0, -_PAD, 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        note = self.note()
        if not note:
            return
        painter = QPainter(self.viewport())
        run = (Run(glyph="down", tone="text_2", px=8), Run(note, "text", 11, 500, gap=6))
        wide = width_of(run, self.theme) + 20
        box = self._note_box(wide)
        painter.setPen(self.theme["control"])
        painter.setBrush(self.theme["raised"])
        painter.drawRoundedRect(box, 3, 3)
        paint_runs(painter, self.theme, run, box, Qt.AlignmentFlag.AlignHCenter)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.note() and event.position().y() > self.viewport().height() - _NOTE_HEIGHT - 6:
            self.set_current(-1)
            self.scroll_to_end()
            return
        super().mousePressEvent(event)

    def _note_box(self, wide: float) -> QRectF:
        view = self.viewport()
        left, top = (view.width() - wide) / 2, view.height() - _NOTE_HEIGHT - 4
        return QRectF(left, top, wide, _NOTE_HEIGHT).adjusted(0.5, 0.5, -0.5, -0.5)

    def _look(self) -> None:
        if self.is_at_end():
            self._seen = self.number
