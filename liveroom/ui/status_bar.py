"""The line at the bottom: every source's state and age, how much is recorded, what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from liveroom.ui import format as fmt
from liveroom.ui.parts.runs import Run, paint_runs, text_of, width_of
from liveroom.ui.states import look_of
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Connection, Snapshot

HEIGHT = 24
_GAP = 22
_LONG_STATES = 14


class StatusLine(QWidget):
    """Painted in one go; a source that finds no room is counted in `+n`."""

    def __init__(self, theme: Theme) -> None:
        """Start with nothing to say."""
        super().__init__()
        self._theme = theme
        self._second = -1
        self._sources: list[tuple[Run, ...]] = []
        self._tips: list[str] = []
        self._right: tuple[Run, ...] = ()
        self._problems: tuple[str, ...] = ()
        self.setFixedHeight(HEIGHT)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the sources and the recording; ages move once a second."""
        right = self._recording(snapshot)
        second = snapshot.at // fmt.SECOND
        if second == self._second and right == self._right:
            return
        self._second = second
        self._right, self._problems = right, snapshot.errors
        self._sources = [self._source(one, snapshot) for one in snapshot.connections]
        self._tips = [_tip(one) for one in snapshot.connections]
        self.update()

    def text(self) -> str:
        """Return everything that it says."""
        return " | ".join([*(text_of(runs) for runs in self._sources), text_of(self._right)])

    def sizeHint(self) -> QSize:
        return QSize(400, HEIGHT)

    def _source(self, connection: Connection, snapshot: Snapshot) -> tuple[Run, ...]:
        look = look_of(connection)
        runs = [
            Run(glyph=look.glyph, tone=look.tone, px=9),
            Run(connection.title or connection.source, "text_2", 11, gap=6),
            Run(look.word, look.tone if look.tone in ("warn", "bad") else "text_3", 11, gap=5),
        ]
        if connection.last_received_at is not None and len(look.word) < _LONG_STATES:
            age = max(0, snapshot.at - connection.last_received_at)
            words = fmt.age(age, snapshot.at, snapshot.timezone)
            runs.append(Run(words, "text_3", 11, gap=5))
        return tuple(runs)

    def _recording(self, snapshot: Snapshot) -> tuple[Run, ...]:
        recording = snapshot.recording
        runs: list[Run] = []
        if snapshot.errors:
            runs.append(Run(glyph="failed", tone="bad", px=10))
            runs.append(Run(fmt.plural(len(snapshot.errors), "error"), "bad", 11, gap=5))
        for currency, minor in snapshot.money_set_aside.items():
            words = f"{fmt.money(minor, currency)} set aside: no rate"
            runs.append(Run(words, "warn", 11, gap=14))
        if recording.set_aside:
            runs.append(Run(f"{fmt.count(recording.set_aside)} not understood", "warn", 11, gap=14))
        runs.append(Run(fmt.plural(recording.events, "event"), "text_3", 11, gap=14))
        saved = ("NOT SAVED", "bad") if recording.trouble else ("saved", "text_3")
        if not recording.trouble and recording.waiting:
            saved = (f"{fmt.count(recording.waiting)} waiting", "text_3")
        runs.append(Run(saved[0], saved[1], 11, gap=6))
        return tuple(runs)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme["window"])
        area = QRectF(self.rect()).adjusted(8, 0, -8, 0)
        paint_runs(painter, self._theme, self._right, area, Qt.AlignmentFlag.AlignRight)
        for (left, width), runs in zip(self._places(), self._sources, strict=False):
            paint_runs(painter, self._theme, runs, QRectF(left, 0, width + 2, HEIGHT))
            end = round(left + width + _GAP / 2)
            painter.fillRect(QRectF(end, 5, 1, HEIGHT - 10), self._theme["line"])
        hidden = len(self._sources) - len(self._places())
        if hidden > 0:
            places = self._places()
            left = places[-1][0] + places[-1][1] + _GAP if places else area.left()
            words = (Run(f"+{hidden} more", "text_2", 11),)
            paint_runs(painter, self._theme, words, QRectF(left, 0, 60, HEIGHT))

    def _places(self) -> list[tuple[float, float]]:
        """Return left edge and width of every source that finds room."""
        room = self.width() - width_of(self._right, self._theme) - 90
        places, left = [], 8.0
        for runs in self._sources:
            width = width_of(runs, self._theme)
            if left + width > room:
                break
            places.append((left, width))
            left += width + _GAP
        return places

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip_at(event.pos().x()), self)
            return True
        return bool(super().event(event))

    def _tip_at(self, x: float) -> str:
        for (left, width), tip in zip(self._places(), self._tips, strict=False):
            if left <= x <= left + width:
                return tip
        return "\n".join(self._problems)


def _tip(connection: Connection) -> str:
    look = look_of(connection)
    words = f"{connection.title}: {look.word}, {fmt.plural(connection.facts, 'fact')}"
    return f"{words}\n{connection.reason}" if connection.reason else words
