"""Troubles of a rehearsal: those that run with the time left, below them those that are over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from liveroom.ui import format as fmt
from liveroom.ui.parts.runs import Run, Runs, paint_runs, text_of, width_of
from liveroom.ui.theme import Theme
from liveroom.ui.trouble_words import WORDS

if TYPE_CHECKING:
    from liveroom.models.levers import RunningTrouble
    from liveroom.models.snapshot import Snapshot

_ROW = 20
_RIGHT = Qt.AlignmentFlag.AlignRight
_NONE = (Run("Nothing went wrong yet.", "text_3"),)


class TroubleRows(QWidget):
    """Painted rows, the newest first; as tall as there are rows."""

    def __init__(self, theme: Theme) -> None:
        """Start empty."""
        super().__init__()
        self._theme = theme
        self._rows: tuple[tuple[Runs, Runs], ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(_ROW)

    def show_troubles(self, snapshot: Snapshot, names: Mapping[str, str]) -> None:
        """Show the troubles at the instant of the snapshot; `names` are of sources and products."""
        running = [one for one in snapshot.levers.troubles if one.ends_at > snapshot.at]
        over = [one for one in snapshot.levers.troubles if one.ends_at <= snapshot.at]
        rows = [_row(one, snapshot, names) for one in (*reversed(running), *reversed(over))]
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self.setFixedHeight(_ROW * max(1, len(rows)))
            self.update()

    def texts(self) -> dict[str, str]:
        """Return what is on show, newest first."""
        return {
            f"trouble{place}": f"{text_of(left)} {text_of(right)}"
            for place, (left, right) in enumerate(self._rows)
        }

    def sizeHint(self) -> QSize:
        return QSize(120, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        line = QRectF(0, 0, self.width(), _ROW)
        if not self._rows:
            paint_runs(painter, self._theme, _NONE, line)
        for left, right in self._rows:
            paint_runs(painter, self._theme, right, line, _RIGHT)
            room = line.adjusted(0, 0, -width_of(right, self._theme) - 8, 0)
            paint_runs(painter, self._theme, left, room)
            line.translate(0, _ROW)


def _row(one: RunningTrouble, snapshot: Snapshot, names: Mapping[str, str]) -> tuple[Runs, Runs]:
    runs = one.ends_at > snapshot.at
    subject = names.get(one.subject, one.subject)
    left = (
        Run(glyph="attention" if runs else "done", tone="warn" if runs else "text_3", px=10),
        Run(WORDS[one.trouble].name, "text" if runs else "text_2", gap=7),
        Run(subject, "text_3", 11, gap=7),
    )
    since = fmt.clock(one.started_at, snapshot.timezone)
    words = f"{fmt.duration(one.ends_at - snapshot.at)} left"
    if not runs:
        words = f"{since} for {fmt.duration(one.ends_at - one.started_at)}"
    return left, (Run(words, "text" if runs else "text_3", 12 if runs else 11),)
