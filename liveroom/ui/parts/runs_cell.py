"""Paints a table's cell that holds several tones, a struck price or a mark beside its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from liveroom.ui.parts.runs import paint_runs

if TYPE_CHECKING:
    from liveroom.ui.parts.table import Table
    from liveroom.ui.theme import Theme

_PAD = 6


class RunsCell(QStyledItemDelegate):
    """For columns whose cells have runs; the others are painted by Qt as before."""

    def __init__(self, table: Table, theme: Theme) -> None:
        """Take the table whose cells it paints."""
        super().__init__(table)
        self._table, self._theme = table, theme

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        place = index.column()
        cell = self._table.cell_at(index.row(), place)
        if cell is None or not cell.runs:
            super().paint(painter, option, index)
            return
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        style = self._table.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, self._table)
        runs = cell.runs
        if self._table.is_stale(place):
            runs = tuple(run._replace(tone="text_3") for run in runs)
        left = self._table.columns[place].left
        align = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        room = QRectF(ground.rect).adjusted(_PAD, 0, -_PAD, 0)
        painter.save()
        paint_runs(painter, self._theme, runs, room, align)
        painter.restore()
