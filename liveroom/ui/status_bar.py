"""The line at the bottom: every source's state and age, how much is recorded, what went wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from liveroom.ui.frame import fill
from liveroom.ui.parts.runs import Run, paint_runs, text_of, width_of
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

HEIGHT = 24
_GAP = 22


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
        # Only now: the first paint has no snapshot, and does not wait for how numbers are written.
        from liveroom.ui.status_words import recording_runs, source_runs, source_tip

        right = recording_runs(snapshot)
        second = snapshot.at // 1000
        if second == self._second and right == self._right:
            return
        self._second = second
        self._right, self._problems = right, snapshot.errors
        self._sources = [source_runs(one, snapshot) for one in snapshot.connections]
        self._tips = [source_tip(one, snapshot.at) for one in snapshot.connections]
        self.update()

    def text(self) -> str:
        """Return everything that it says."""
        return " | ".join([*(text_of(runs) for runs in self._sources), text_of(self._right)])

    def sizeHint(self) -> QSize:
        return QSize(400, HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        whole = QRectF(self.rect())
        fill(painter, whole, self._theme["window"])
        area = whole.adjusted(8, 0, -8, 0)
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
