"""Paints the cells of a table: a picture, a text, or several tones; half as dear as a style sheet's items."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter

from liveroom.ui.parts.runs import paint_runs

if TYPE_CHECKING:
    from liveroom.ui.parts.cells import Cell
    from liveroom.ui.parts.table import Table
    from liveroom.ui.theme import Theme

_PAD, _PICTURE_GAP = 6, 6
_PX = 12
_ROUNDING = 0.5


class CellPainter:
    """Paints what `Table.set_cell` and `set_picture` were given; grounds and lines are the table's.

    Every cell of every table comes by here at every tick: numbers are passed on, not rectangles.
    """

    def __init__(self, table: Table, theme: Theme) -> None:
        """Take the table whose cells it paints."""
        self._table, self._theme = table, theme
        self._looks: dict[int, tuple[QFont, float]] = {}
        """By weight the font, and how far below the middle of a row its texts stand."""

    def paint_cell(
        self,
        painter: QPainter,
        row: int,
        place: int,
        left: float,
        top: float,
        wide: float,
        tall: float,
    ) -> None:
        """Paint a cell into a rectangle (px)."""
        table = self._table
        x, end = left + _PAD, left + wide - _PAD
        picture = table.picture_at(row, place)
        if picture is not None:
            size = picture.deviceIndependentSize()
            painter.drawPixmap(QPointF(x, top + round((tall - size.height()) / 2)), picture)
            x += size.width() + _PICTURE_GAP
        cell = table.cell_at(row, place)
        if cell is None or not cell.text:
            return
        if cell.runs:
            self._paint_runs(painter, cell, place, QRectF(x, top, end - x, tall))
            return
        theme, text, weight = self._theme, cell.text, cell.weight
        font, below = self._looks.get(weight) or self._look_of(weight)
        advance, room = theme.advance(text, _PX, weight), end - x
        if advance > room + _ROUNDING:
            metrics = theme.metrics(_PX, weight)
            text, advance = metrics.elidedText(text, table.textElideMode(), room), room
        if not table.columns[place].left:
            x = end - advance
        painter.setFont(font)
        painter.setPen(theme[table.tone_of(row, place, cell)])
        painter.drawText(QPointF(x, top + tall / 2 + below), text)

    def _paint_runs(self, painter: QPainter, cell: Cell, place: int, room: QRectF) -> None:
        runs = cell.runs
        if self._table.is_stale(place):
            runs = tuple(run._replace(tone="text_3") for run in runs)
        left = self._table.columns[place].left
        align = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        paint_runs(painter, self._theme, runs, room, align)

    def _look_of(self, weight: int) -> tuple[QFont, float]:
        metrics = self._theme.metrics(_PX, weight)
        below = (metrics.ascent() - metrics.descent()) / 2
        look = self._looks[weight] = (self._theme.font(_PX, weight), below)
        return look
