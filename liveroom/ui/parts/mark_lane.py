"""The lane of marks at the foot of the curves: shapes, counts where they share a place, words on demand."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from liveroom.ui import glyphs
from liveroom.ui.parts.journal_marks import Cluster, Mark, clusters_of, lead_of, marks_of, words_of
from liveroom.ui.parts.runs import Run, paint_runs, width_of
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.journal import Entry
    from liveroom.models.snapshot import Snapshot

LANE = 16
_LINE, _PAD, _SIDE = 16, 5, 10
_MOST_WORDS = 460.0
HEIGHT = LANE + 6 * _LINE + 2 * _PAD + 2


class MarkLane(QWidget):
    """Lies over the plot and lets the mouse through: whoever lays it out says where the pointer is."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Start without marks."""
        super().__init__(parent)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.marks: tuple[Mark, ...] = ()
        self._journal: tuple[Entry, ...] | None = None
        self._number = 0
        self._known: dict[Entry, Mark] = {}
        self._scale = (0.0, 1.0, 0.0)
        self._clusters: tuple[Cluster, ...] = ()
        self._told: tuple[int, ...] = ()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Take the marks of a snapshot; an unchanged journal costs nothing."""
        number = bisect_right(snapshot.journal, snapshot.at, key=lambda entry: entry.at)
        if snapshot.journal is self._journal and number == self._number:
            return
        self._journal, self._number = snapshot.journal, number
        found = marks_of(snapshot, self._known)
        if found != self.marks:
            self.marks, self._told = found, ()
            self._cluster()

    def set_scale(self, start: float, end: float) -> None:
        """Take the time (s UTC) at both edges."""
        scale = (start, self.width() / max(1e-9, end - start), float(self.width()))
        if scale != self._scale:
            self._scale = scale
            self._cluster()

    def tell(self, places: tuple[int, ...]) -> None:
        """Show what some marks say; none: no words."""
        if places != self._told:
            self._told = places
            self.update()

    def told(self) -> tuple[str, ...]:
        """Return the words on show."""
        return words_of(self._told, self.marks)

    def at(self, x: float, y: float) -> tuple[int, ...]:
        """Return the marks at a point of the lane."""
        if y < self.height() - LANE - 2:
            return ()
        for cluster in self._clusters:
            if -3 <= x - cluster.x + _SIDE / 2 <= cluster.width + 3:
                return cluster.marks
        return ()

    def next_to(self, at: int, step: int) -> int | None:
        """Return the place of the first mark after an instant (ms UTC), or of the last before it."""
        if step > 0:
            return next((n for n, mark in enumerate(self.marks) if mark.at > at), None)
        before = [n for n, mark in enumerate(self.marks) if mark.at < at]
        return before[-1] if before else None

    def texts(self) -> list[str]:
        """Return what stands in the lane: shapes, with a count where several share a place."""
        return [
            lead_of(each, self.marks).glyph + (f" {len(each.marks)}" if len(each.marks) > 1 else "")
            for each in self._clusters
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        top = self.height() - LANE + 1
        for cluster in self._clusters:
            left = cluster.x - _SIDE / 2
            # Its own ground: curves and bands behind it leave the shape as clear as on the panel.
            ground = QRectF(left - 2, top, cluster.width + 4, LANE - 2)
            painter.fillRect(ground, theme["panel"])
            lead = lead_of(cluster, self.marks)
            glyphs.paint(painter, lead.glyph, left, top + 2, _SIDE, theme[lead.tone])
            if len(cluster.marks) > 1:
                count = (Run(str(len(cluster.marks)), "text_2", 10.5, 600),)
                paint_runs(painter, theme, count, ground.adjusted(_SIDE + 4, 0, 8, 0))
        if self._told:
            self._paint_words(painter, top)

    def _paint_words(self, painter: QPainter, top: float) -> None:
        theme = self._theme
        lines = [(Run(words, "text", 11),) for words in self.told()]
        wide = min(_MOST_WORDS, max(width_of(line, theme) for line in lines), self.width() - 16.0)
        start, scale, _ = self._scale
        x = (self.marks[self._told[0]].at / 1000 - start) * scale
        left = min(max(0.0, x - 12), self.width() - wide - 2 * _PAD - 1)
        tall = len(lines) * _LINE + 2 * _PAD - 2
        box = QRectF(round(left), top - 3 - tall, wide + 2 * _PAD, tall)
        painter.fillRect(box, theme["raised"])
        painter.setPen(theme["control"])
        painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        for place, line in enumerate(lines):
            row = QRectF(box.left() + _PAD, box.top() + _PAD - 1 + place * _LINE, wide + 1, _LINE)
            paint_runs(painter, theme, line, row)

    def _cluster(self) -> None:
        self._clusters = clusters_of(self.marks, *self._scale)
        self.update()
