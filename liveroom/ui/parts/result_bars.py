"""The compared shows as bars on one scale, each with its name and its money."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from liveroom.ui.parts.runs import Run, paint_runs, width_of
from liveroom.ui.theme import Theme

_ROW, _BAR, _LEAST_BAR = 20, 10, 40


class Bar(NamedTuple):
    """A show: its name, its size, its money and audience in words, and how yours stands against it."""

    title: str
    size: int
    money: str
    audience: str
    mine: bool = False
    against: str = ""


class ResultBars(QWidget):
    """Painted rows: name, bar, money, audience, verdict; the producer's own is the brightest."""

    def __init__(self, theme: Theme) -> None:
        """Start empty."""
        super().__init__()
        self._theme = theme
        self._bars: tuple[Bar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show rows."""
        self._bars = tuple(bars)
        self.setFixedHeight(_ROW * len(self._bars))
        self.update()

    def texts(self) -> dict[str, str]:
        """Return the numbers on show."""
        return {
            bar.title: " ".join(part for part in (bar.money, bar.audience, bar.against) if part)
            for bar in self._bars
        }

    def sizeHint(self) -> QSize:
        return QSize(200, _ROW * len(self._bars))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        theme = self._theme
        rows = [self._runs(bar) for bar in self._bars]
        name = min(max((width_of(row[0], theme) for row in rows), default=0), self.width() * 0.36)
        money = max((width_of(row[1], theme) for row in rows), default=0)
        left, right = name + 10, self.width() - money - 10
        behind: list[tuple[int, float]] = []
        # The verdict stays longest: the audience is told of every decision too.
        for column in (3, 2):
            wide = max((width_of(row[column], theme) for row in rows), default=0)
            if wide and right - wide - 14 - left >= _LEAST_BAR:
                right -= wide + 14
                behind.append((column, wide))
        low = min(0, *(bar.size for bar in self._bars)) if self._bars else 0
        high = max(1, *(bar.size for bar in self._bars), 1) if self._bars else 1
        scale = max(0.0, right - left) / max(1, high - low)
        for place, (bar, row) in enumerate(zip(self._bars, rows, strict=True)):
            line = QRectF(0, place * _ROW, name, _ROW)
            paint_runs(painter, theme, row[0], line)
            start = left + (min(0, bar.size) - low) * scale
            box = QRectF(start, line.center().y() - _BAR / 2, abs(bar.size) * scale, _BAR)
            painter.setPen(QPen(theme["text" if bar.mine else "control"], 1))
            painter.setBrush(theme["text"] if bar.mine else Qt.BrushStyle.NoBrush)
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
            edge = right + 10 + money
            x = edge - width_of(row[1], theme)
            paint_runs(painter, theme, row[1], QRectF(x, line.top(), money + 4, _ROW))
            for column, wide in reversed(behind):
                edge += wide + 14
                x = edge - width_of(row[column], theme)
                paint_runs(painter, theme, row[column], QRectF(x, line.top(), wide + 4, _ROW))
        if low < 0:
            zero = left - low * scale
            painter.setPen(QPen(theme["text_3"], 1))
            painter.drawLine(round(zero), 0, round(zero), self.height())

    def _runs(self, bar: Bar) -> tuple[tuple[Run, ...], ...]:
        tone, weight = ("text", 600) if bar.mine else ("text_2", 400)
        return (
            (Run(bar.title, tone, weight=weight),),
            (Run(bar.money, tone, weight=weight),),
            (Run(bar.audience, "text_3", 11),),
            (Run(bar.against, "text_2", 11),),
        )
