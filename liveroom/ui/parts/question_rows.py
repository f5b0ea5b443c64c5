"""The questions that wait, oldest first; the one in front of the presenter stands above them."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from liveroom.ui import format as fmt
from liveroom.ui.chat_words import tone_of_wait
from liveroom.ui.parts.question_lines import Line
from liveroom.ui.parts.rows_area import RowsArea
from liveroom.ui.parts.runs import Run, paint_runs, width_of
from liveroom.ui.theme import Theme

ROW_HEIGHT = 26
_AGE_RIGHT, _TEXT_LEFT, _PAD = 58, 66, 10
_GAP, _LEAST_SUBJECT, _MOST_SUBJECT = 12, 62.0, 220.0


class QuestionRows(RowsArea):
    """Paints questions; the current one is kept by its id while others come and go."""

    def __init__(self, theme: Theme) -> None:
        """Start without questions."""
        super().__init__(theme, ROW_HEIGHT, "Unanswered questions")
        self.lines: tuple[Line, ...] = ()
        self._now = 0
        self._second = -1
        self._oldest = -1

    def show_lines(self, lines: tuple[Line, ...], now: int) -> None:
        """Show questions as of `now` (ms UTC); ages tick once a second."""
        if lines == self.lines and now // fmt.SECOND == self._second:
            return
        before = self.current_line()
        self._now, self._second = now, now // fmt.SECOND
        self.lines = lines
        waiting = [row for row, line in enumerate(lines) if not line.pinned]
        self._oldest = min(waiting, key=lambda row: lines[row].asked_at, default=-1)
        self.set_number(len(lines))
        if before is not None:
            ids = [line.question_id for line in lines]
            if before.question_id in ids:
                wanted = ids.index(before.question_id)
            else:
                # The next one takes the place of one that was answered here. Where a question is gone
                # otherwise, none is chosen: what is pressed next was meant for it and for no other.
                wanted = min(self.current, len(lines) - 1) if before.busy else -1
            if wanted != self.current:
                self.set_current(wanted)

    def current_id(self) -> str:
        """Return the id of the current question, blank: none."""
        line = self.current_line()
        return "" if line is None else line.question_id

    def current_line(self) -> Line | None:
        """Return the current question."""
        return self.lines[self.current] if 0 <= self.current < len(self.lines) else None

    def tone(self, row: int) -> str:
        """Return the tone of a row's age and mark.

        Only the one that has waited longest has a colour: where all have one, it says nothing.
        """
        waited = max(0, self._now - self.lines[row].asked_at)
        return tone_of_wait(waited) if row == self._oldest else "text_3"

    def texts(self, row: int) -> dict[str, str]:
        """Return what a row shows."""
        line = self.lines[row]
        return {
            "age": fmt.duration(max(0, self._now - line.asked_at)),
            "text": line.text,
            "subject": line.subject,
            "alike": line.alike,
        }

    def tip_of(self, row: int) -> str:
        line = self.lines[row]
        about = " · ".join(filter(None, (line.kind, line.subject, line.alike)))
        return f"<qt>{escape(line.text)}<br>{escape(about)}</qt>"

    def paint_row(self, painter: QPainter, row: int, rect: QRectF) -> None:
        line, theme = self.lines[row], self.theme
        painter.fillRect(QRectF(0, rect.bottom() - 1, rect.width(), 1), theme["line_0"])
        waited = max(0, self._now - line.asked_at)
        tone = self.tone(row)
        weight = 400 if tone == "text_3" else 600
        mark = Run(glyph="question", tone=tone, px=9)
        paint_runs(painter, theme, (mark,), QRectF(_PAD, rect.top(), 12, rect.height()))
        age = Run(fmt.duration(waited), "text_2" if tone == "text_3" else tone, 12, weight)
        wide = width_of((age,), theme)
        paint_runs(
            painter, theme, (age,), QRectF(_AGE_RIGHT - wide, rect.top(), wide + 1, rect.height())
        )
        self._paint_words(painter, line, rect.adjusted(_TEXT_LEFT, 0, -_PAD, 0))

    def _paint_words(self, painter: QPainter, line: Line, room: QRectF) -> None:
        """Paint what is asked, and right of it what it is about in the room that is left."""
        theme = self.theme
        said = Run(line.text, "text")
        state = "asked…" if line.busy else "PINNED" if line.pinned else ""
        note: list[Run] = []
        if state:
            outline = "" if line.busy else "text_3"
            note.append(Run(state, "text_2", 10.5, 600, outline=outline))
        alike = f" · {line.alike}" if line.subject and line.alike else line.alike
        free = room.width() - width_of((said, *note), theme) - theme.advance(alike, 11) - 2 * _GAP
        most = max(_LEAST_SUBJECT, min(free, _MOST_SUBJECT))
        subject = theme.metrics(11).elidedText(line.subject, Qt.TextElideMode.ElideRight, most)
        if subject or alike:
            note.append(Run(subject + alike, "text_3", 11, gap=8 if state else 0))
        taken = width_of(note, theme) + _GAP if note else 0.0
        paint_runs(painter, theme, (said,), room.adjusted(0, 0, -taken, 0))
        if note:
            left = room.right() - taken + _GAP
            paint_runs(painter, theme, note, QRectF(left, room.top(), taken, room.height()))
