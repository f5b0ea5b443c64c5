"""How far the computing of a score is, or why there will be none."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liveroom.models.score_card import ScoreProgress
from liveroom.ui import format as fmt
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import Theme


class ProgressPage(QWidget):
    """How many shows have been played for the score."""

    def __init__(self, theme: Theme) -> None:
        """Start without words."""
        super().__init__()
        self._theme = theme
        self._share = 0.0
        self._title = RunLine(theme, 22, Qt.AlignmentFlag.AlignHCenter)
        self._words = RunLine(theme, 20, Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self._title)
        column.addWidget(self._words)
        column.addSpacing(24)
        column.addStretch(1)

    def show_progress(self, progress: ScoreProgress) -> None:
        """Show how far it is, or why it stopped."""
        self._share = progress.done / progress.total if progress.total else 0.0
        if progress.error:
            self._share = 0.0
            self._title.set_runs(
                Run(glyph="attention", tone="bad", px=12),
                Run("There is no score", px=13, weight=600, gap=7),
            )
            self._words.set_runs(Run(progress.error, "text_2"))
        else:
            self._title.set_runs(Run("Computing the score", px=13, weight=600))
            played = (
                f"{fmt.count(progress.done)} of {fmt.plural(progress.total, 'show')} played again"
            )
            self._words.set_runs(Run(played, "text_2"))
        self.update()

    def text(self) -> str:
        """Return the words on show."""
        return f"{self._title.text()} {self._words.text()}".strip()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._share:
            return
        painter = QPainter(self)
        wide = min(280, self.width() - 40)
        box = QRectF((self.width() - wide) / 2, self._words.geometry().bottom() + 10, wide, 4)
        painter.fillRect(box, self._theme["raised"])
        box.setWidth(wide * min(1.0, self._share))
        painter.fillRect(box, self._theme["text_2"])
