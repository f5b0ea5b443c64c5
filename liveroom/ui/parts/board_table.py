"""A table some of whose rows never scroll away, and whose columns the producer can move.

What is on air or kept on top and would be out of view is painted over the edge where it went: the rows
below do not move for it, and a click on it is a click on the row itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractItemView

from liveroom.ui.parts.cells import Cell, Column
from liveroom.ui.parts.table import Table
from liveroom.ui.theme import Theme

_FIXED = 2
"""Columns that stay first: the mark and the name."""
_MOST_SHARE = 0.5
"""Part of the view that rows which stay may cover."""


class BoardTable(Table):
    """`keep_in_view` names rows; `sort_moved` and `order_changed` tell what the producer did."""

    sort_moved = Signal(int)
    order_changed = Signal()
    # Qt asks for what is where while the table is still being built.
    _kept: tuple[int, ...] = ()
    _painted_over: Mapping[int, int] = {}
    """The rows that were painted over an edge last, with their y (px)."""

    def __init__(
        self,
        theme: Theme,
        columns: Sequence[Column],
        row_height: int,
        describe: Callable[[str, int], str],
        leader: Table | None = None,
    ) -> None:
        """Let the columns be moved, or follow those of a leader."""
        super().__init__(theme, columns, row_height, describe, leader)
        self._ordering = False
        header = self.horizontalHeader()
        if leader is None:
            header.setSectionsMovable(True)
            header.setFirstSectionMovable(False)
            header.sectionMoved.connect(self._moved)
        else:
            leader.horizontalHeader().sectionMoved.connect(self._follow)

    def keep_in_view(self, rows: Iterable[int]) -> None:
        """Say which rows never scroll away, by their places."""
        kept = tuple(sorted(set(rows)))
        if kept != self._kept:
            self._kept = kept
            self.viewport().update()

    def kept_rows(self) -> tuple[int, ...]:
        """Return the rows that never scroll away."""
        return self._kept

    def overlaid(self) -> dict[int, int]:
        """Return the rows painted over an edge of the view, with the y (px) at which they stand."""
        tall, view = self.verticalHeader().defaultSectionSize(), self.viewport().height()
        room = int(view * _MOST_SHARE) // tall if tall else 0
        above: list[int] = []
        for row in self._kept:
            if self.rowViewportPosition(row) < len(above) * tall and len(above) < room:
                above.append(row)
        below: list[int] = []
        for row in reversed(self._kept):
            if row in above or len(above) + len(below) >= room:
                continue
            if self.rowViewportPosition(row) + tall > view - len(below) * tall:
                below.append(row)
        places = {row: number * tall for number, row in enumerate(above)}
        return places | {row: view - (number + 1) * tall for number, row in enumerate(below)}

    def foot(self) -> int:
        # Rows that stay at the foot lie over the others.
        middle = super().foot() // 2
        return min((y for y in self.overlaid().values() if y >= middle), default=super().foot())

    def set_order(self, keys: Sequence[str]) -> None:
        """Put the columns in this order; those it does not name come last, the first two stay."""
        header = self.horizontalHeader()
        fixed = [column.key for column in self.columns[:_FIXED]]
        named = [key for key in keys if key in self.places and key not in fixed]
        rest = [c.key for c in self.columns if c.key not in named and c.key not in fixed]
        self._ordering = True
        for target, key in enumerate([*fixed, *named, *rest]):
            header.moveSection(header.visualIndex(self.places[key]), target)
        self._ordering = False

    def order_of_columns(self) -> list[str]:
        """Return the keys of all columns as they stand from left to right, hidden ones too."""
        header = self.horizontalHeader()
        return [self.columns[header.logicalIndex(n)].key for n in range(len(self.columns))]

    def shown_columns(self) -> list[str]:
        shown = set(super().shown_columns())
        return [key for key in self.order_of_columns() if key in shown]

    def set_cell(self, row: int, key: str, cell: Cell) -> bool:
        changed = super().set_cell(row, key, cell)
        if changed:
            self._update_over(row)
        return changed

    def set_picture(self, row: int, key: str, picture: QPixmap) -> None:
        super().set_picture(row, key, picture)
        self._update_over(row)

    def _update_over(self, row: int) -> None:
        if row in self._painted_over:
            tall = self.verticalHeader().defaultSectionSize()
            self.viewport().update(0, self._painted_over[row], self.viewport().width(), tall)

    def indexAt(self, point: QPoint) -> QModelIndex:
        tall = self.verticalHeader().defaultSectionSize()
        for row, top in self.overlaid().items() if self._kept else ():
            if top <= point.y() < top + tall:
                return self.model().index(row, self.columnAt(point.x()))
        return super().indexAt(point)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        super().scrollTo(index, hint)
        overlaid = self.overlaid()
        if index.row() in overlaid:
            return
        # Not behind a row that stays.
        tall, top = (
            self.verticalHeader().defaultSectionSize(),
            self.rowViewportPosition(index.row()),
        )
        middle = self.viewport().height() / 2
        over = max((y + tall for y in overlaid.values() if y < middle), default=0)
        under = min((y for y in overlaid.values() if y >= middle), default=self.viewport().height())
        bar = self.verticalScrollBar()
        if top < over:
            bar.setValue(bar.value() - (over - top))
        elif top + tall > under:
            bar.setValue(bar.value() + top + tall - under)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if self._kept:
            # Qt moves the pixels that are there, those of the rows that stay too.
            self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if plain and event.key() in steps:
            self.sort_moved.emit(steps[Qt.Key(event.key())])
        elif event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._painted_over = self.overlaid() if self._kept else {}
        if self._painted_over:
            self._paint_overlaid(self._painted_over)

    def _paint_overlaid(self, overlaid: dict[int, int]) -> None:
        painter = QPainter(self.viewport())
        wide, tall = self.viewport().width(), self.verticalHeader().defaultSectionSize()
        middle = self.viewport().height() / 2
        for row, top in overlaid.items():
            painter.fillRect(0, top, wide, tall, self._theme[self.ground_at(row) or "panel"])
            for place in range(len(self.columns)):
                if not self.isColumnHidden(place):
                    left, room = self.columnViewportPosition(place), self.columnWidth(place)
                    self.cells.paint_cell(painter, row, place, left, top, room, tall)
            edge = top + tall - 1 if top < middle else top
            painter.fillRect(0, edge, wide, 1, self._theme["control"])
            if bar := self._bars.get(row, ""):
                painter.fillRect(0, top, 3, tall, self._theme[bar])

    def _moved(self, logical: int, before: int, after: int) -> None:
        if self._ordering:
            return
        if logical < _FIXED or after < _FIXED:
            self._ordering = True
            self.horizontalHeader().moveSection(after, before)
            self._ordering = False
            return
        self.order_changed.emit()

    def _follow(self, logical: int, before: int, after: int) -> None:
        leader = self._leader
        if isinstance(leader, BoardTable):
            BoardTable.set_order(self, leader.order_of_columns())
