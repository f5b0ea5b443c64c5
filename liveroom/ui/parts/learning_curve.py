"""Attempts of a producer, each by the share of what was possible that it brought."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from liveroom.models.score_card import Attempt
from liveroom.ui import format as fmt
from liveroom.ui.parts.runs import Run, paint_runs
from liveroom.ui.theme import Theme

MOST = 30
_LOWEST, _HIGHEST = -1.0, 2.0
_AXIS, _END, _HEAD, _FOOT = 72, 44, 16, 24


class LearningCurve(QWidget):
    """Painted: one dot per attempt, lines at doing nothing and at the best policy."""

    def __init__(self, theme: Theme) -> None:
        """Start empty."""
        super().__init__()
        self._theme = theme
        self._shares: tuple[float, ...] = ()
        self._count = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setMinimumSize(220, 84)

    def show_attempts(self, attempts: Sequence[Attempt]) -> None:
        """Show the newest attempts in which anything was possible."""
        known = [one.share for one in attempts if one.share is not None]
        self._shares, self._count = tuple(known[-MOST:]), len(attempts)
        self.update()

    def text(self) -> str:
        """Return the numbers on show."""
        shares = " ".join(fmt.percent(share, 0) for share in self._shares)
        return f"{fmt.plural(self._count, 'attempt')} {shares}".strip()

    def sizeHint(self) -> QSize:
        return QSize(280, 84)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        words = f"{fmt.plural(self._count, 'attempt')}, share of what was possible"
        head = QRectF(0, 0, self.width(), _HEAD)
        paint_runs(painter, theme, (Run(words, "text_2", 11),), head)
        if not self._shares:
            rest = head.translated(0, 24)
            note = Run("No attempt can be compared yet", "text_3", 11)
            paint_runs(painter, theme, (note,), rest)
            return
        plot = QRectF(_AXIS, _HEAD + 12, self.width() - _AXIS - _END, self.height() - _HEAD - _FOOT)
        low = max(_LOWEST, min(0.0, *self._shares, 0.0))
        high = min(_HIGHEST, max(1.0, *self._shares, 1.0))
        marks = ((1.0, "best policy"), (0.0, "nothing"))
        for share, name in marks:
            y = _y(share, plot, low, high)
            painter.setPen(QPen(theme["line_2"], 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(plot.left(), y), QPointF(plot.right(), y))
            label = QRectF(0, y - 8, _AXIS - 8, 16)
            paint_runs(
                painter, theme, (Run(name, "text_3", 10.5),), label, Qt.AlignmentFlag.AlignRight
            )
        self._paint_points(painter, plot, low, high)

    def _paint_points(self, painter: QPainter, plot: QRectF, low: float, high: float) -> None:
        theme, last = self._theme, len(self._shares) - 1
        step = plot.width() / max(1, last)
        points = [
            QPointF(
                plot.left() + (step * place if last else plot.width() / 2),
                _y(min(max(share, low), high), plot, low, high),
            )
            for place, share in enumerate(self._shares)
        ]
        painter.setPen(QPen(theme["text_2"], 1))
        painter.drawPolyline(QPolygonF(points))
        painter.setBrush(theme["text_2"])
        painter.setPen(Qt.PenStyle.NoPen)
        for point in points[:-1]:
            painter.drawEllipse(point, 2.0, 2.0)
        painter.setBrush(theme["text"])
        painter.drawEllipse(points[-1], 3.5, 3.5)
        label = QRectF(points[-1].x() + 8, points[-1].y() - 8, _END + 40, 16)
        end = Run(fmt.percent(self._shares[-1], 0), "text", 12, 600)
        paint_runs(painter, theme, (end,), label)


def _y(share: float, plot: QRectF, low: float, high: float) -> float:
    return plot.bottom() - (share - low) / (high - low) * plot.height()
