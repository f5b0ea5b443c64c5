"""A few figures side by side, each under its name, in columns that are the same in every row of a panel."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from liveroom.ui.parts.runs import Run, paint_runs, width_of
from liveroom.ui.theme import Theme

Describe = Callable[[int], str]

_HEIGHT, _NAME_HEIGHT = 32, 15


class FigureRow(QWidget):
    """Paints names and values; an equal row costs nothing."""

    def __init__(
        self, theme: Theme, names: Sequence[str], shares: Sequence[float], describe: Describe
    ) -> None:
        """Take the names of the figures and their shares of the width.

        `describe` gives the tooltip of a place.
        """
        super().__init__()
        self._theme, self._names, self._describe = theme, tuple(names), describe
        edges = [sum(shares[:place]) / sum(shares) for place in range(len(shares) + 1)]
        self._edges = tuple(edges)
        self._values: tuple[Run, ...] = ()
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_values(self, values: Sequence[Run]) -> None:
        """Show the values."""
        if tuple(values) != self._values:
            self._values = tuple(values)
            self.update()

    def text(self) -> str:
        """Return names and values on show."""
        pairs = zip(self._names, self._values, strict=False)
        return ", ".join(f"{name} {value.text}" for name, value in pairs)

    def is_cut(self) -> bool:
        """Return whether a value finds no room."""
        return any(
            width_of([value], self._theme) > self._cell(place).width()
            for place, value in enumerate(self._values)
        )

    def sizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            share = event.pos().x() / max(1, self.width())
            place = bisect_right(self._edges, share, hi=len(self._names)) - 1
            QToolTip.showText(event.globalPos(), self._describe(max(0, place)), self)
            return True
        return bool(super().event(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for place, (name, value) in enumerate(zip(self._names, self._values, strict=False)):
            cell = self._cell(place)
            upper = QRectF(cell.left(), 0, cell.width(), _NAME_HEIGHT)
            lower = QRectF(cell.left(), _NAME_HEIGHT, cell.width(), _HEIGHT - _NAME_HEIGHT)
            paint_runs(painter, self._theme, [Run(name, "text_3", 10.5)], upper)
            paint_runs(painter, self._theme, [value], lower)

    def _cell(self, place: int) -> QRectF:
        left, right = (edge * self.width() for edge in self._edges[place : place + 2])
        return QRectF(left, 0, right - left - 4, _HEIGHT)
