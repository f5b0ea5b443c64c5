"""A table of the desk: items live in Qt, only changed cells are touched, columns drop by priority."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QItemSelection, QObject, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QToolTip,
)

from liveroom.ui.parts.cell_painter import CellPainter
from liveroom.ui.parts.cells import Cell, Column
from liveroom.ui.parts.runs import Run, paint_runs, width_of
from liveroom.ui.theme import Theme

_MARGINS = 14
"""What is left free beside a text, both sides together."""
_PICTURE = 22
"""What a picture before a text takes."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_AS_ZEROS = str.maketrans("123456789", "0" * 9)
_WHOLE = 0.8
"""Of a row less than this part of which is seen, the words are cut."""


class Table(QTableWidget):
    """Rows of cells; `describe` gives the tooltip of a column's definition at a row."""

    resized = Signal()
    columns_changed = Signal()
    """Other columns are on show than before."""

    def __init__(
        self,
        theme: Theme,
        columns: Sequence[Column],
        tall: int = 26,
        describe: Callable[[str, int], str] | None = None,
        leader: Table | None = None,
    ) -> None:
        """Build the columns; rows come with `resize_rows`. A `leader`'s columns are followed."""
        super().__init__(0, len(columns))
        self.columns = tuple(columns)
        self._follower: Table | None
        self.places = {column.key: place for place, column in enumerate(columns)}
        self._theme, self._describe = theme, describe
        self._shown: list[list[Cell | None]] = []
        self._widths = [column.width for column in columns]
        self._pictures: dict[tuple[int, int], QPixmap] = {}
        self._absent: frozenset[str] = frozenset()
        self._stale: frozenset[str] = frozenset()
        self._least_name = 150
        self._bars: dict[int, str] = {}
        self._backgrounds: dict[int, str] = {}
        self._nothing: tuple[Run, ...] = ()
        self.selected: frozenset[int] = frozenset()
        """The rows that are chosen."""
        self._leader, self._follower = leader, None
        if leader is not None:
            leader._follower = self
        self._configure(tall)

    def _configure(self, tall: int) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setFont(self._theme.font())
        self.cells = CellPainter(self, self._theme)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(tall)
        header = self.horizontalHeader()
        header.setFont(self._theme.font(11, 500))
        header.setFixedHeight(24)
        header.setMinimumSectionSize(8)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        for place, column in enumerate(self.columns):
            item = QTableWidgetItem(column.title)
            item.setTextAlignment(_LEFT if column.left else _RIGHT)
            self.setHorizontalHeaderItem(place, item)
        header.viewport().installEventFilter(self)

    def resize_rows(self, rows: int) -> None:
        """Make the table this long; new rows get empty cells."""
        if rows != len(self._shown):
            self.setRowCount(rows)
        for _ in range(len(self._shown), rows):
            self._shown.append([None] * len(self.columns))
        if rows < len(self._shown):
            del self._shown[rows:]
            self._backgrounds = {r: token for r, token in self._backgrounds.items() if r < rows}
            self._pictures = {at: one for at, one in self._pictures.items() if at[0] < rows}

    def set_cell(self, row: int, key: str, cell: Cell) -> bool:
        """Show a cell; return whether anything changed."""
        place = self.places[key]
        before = self._shown[row][place]
        if before == cell:
            return False
        self._shown[row][place] = cell
        if before is None or before.text != cell.text:
            self.cell_item(row, place).setText(cell.text)
            self._widen(place, cell)
        else:
            self.update(self.model().index(row, place))
        return True

    def cell_at(self, row: int, place: int) -> Cell | None:
        """Return what a cell shows, None before anything."""
        return self._shown[row][place] if 0 <= row < len(self._shown) else None

    def set_stale(self, keys: frozenset[str]) -> None:
        """Grey and hatch the columns whose source is in trouble; the others stay as they are."""
        if keys == self._stale:
            return
        self._stale = keys
        self.viewport().update()

    def is_stale(self, place: int) -> bool:
        """Return whether a column's source is in trouble."""
        return self.columns[place].key in self._stale

    def tone_at(self, row: int, key: str) -> str:
        """Return the tone in which a cell's text is painted."""
        place = self.places[key]
        cell = self.cell_at(row, place)
        return "" if cell is None else self.tone_of(row, place, cell)

    def tone_of(self, row: int, place: int, cell: Cell) -> str:
        """Return the tone of a cell: grey where its source is in trouble, plain where it is chosen."""
        if self._stale and self.columns[place].key in self._stale:
            return "text_3"
        return "text" if row in self.selected else cell.tone

    def set_picture(self, row: int, key: str, picture: QPixmap) -> None:
        """Show a picture in a cell, before its text; a null one for none."""
        place = self.places[key]
        self._pictures[row, place] = picture
        self.update(self.model().index(row, place))

    def picture_at(self, row: int, place: int) -> QPixmap | None:
        """Return the picture in a cell, None for none."""
        picture = self._pictures.get((row, place))
        return None if picture is None or picture.isNull() else picture

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.selected = frozenset(index.row() for index in self.selectionModel().selectedRows())

    def set_background(self, row: int, token: str) -> None:
        """Give a row a background, `""` for the table's own."""
        if self._backgrounds.get(row, "") != token:
            # Painted below the cells: the style sheet leaves out the backgrounds of items.
            self._backgrounds[row] = token
            self.viewport().update()

    def say_nothing(self, *words: Run) -> None:
        """Say what will stand in the table, while it has no rows."""
        self._nothing = words
        self.viewport().update()

    def set_bar(self, row: int, token: str) -> None:
        """Mark a row with a bar at its left edge, `""` for none."""
        if self._bars.get(row, "") != token:
            self._bars[row] = token
            self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        self._paint_backgrounds(painter)
        if self._stale:
            self._paint_hatch(painter)
        self._paint_cells(painter, event.region())
        self._cover_cut_row(painter)
        if self._nothing and not self.rowCount():
            field = QRectF(self.viewport().rect())
            paint_runs(painter, self._theme, self._nothing, field, Qt.AlignmentFlag.AlignHCenter)
        for row, token in self._bars.items():
            if token and row < self.rowCount():
                top, tall = self.rowViewportPosition(row), self.rowHeight(row)
                painter.fillRect(0, top, 3, tall, self._theme[token])

    def _paint_cells(self, painter: QPainter, dirty: QRegion) -> None:
        """Paint what has to be painted anew of each cell; Qt would ask its style about every one."""
        columns = [
            (place, self.columnViewportPosition(place), self.columnWidth(place))
            for place in range(len(self.columns))
            if not self.isColumnHidden(place)
        ]
        for row in self._rows_in_view():
            top, tall = self.rowViewportPosition(row), self.rowHeight(row)
            for place, left, wide in columns:
                if dirty.intersects(QRect(left, top, wide, tall)):
                    self.cells.paint_cell(painter, row, place, left, top, wide, tall)

    def _cover_cut_row(self, painter: QPainter) -> None:
        """Leave the last row out where its words would be cut; the scroll bar says that there is more."""
        foot, wide = self.foot(), self.viewport().width()
        row = self.rowAt(foot - 1)
        top = self.rowViewportPosition(row)
        if row >= 0 and top > 0 and foot - top < _WHOLE * self.rowHeight(row):
            painter.fillRect(0, top, wide, foot - top, self._theme["panel"])

    def foot(self) -> int:
        """Return where rows end to be seen (px)."""
        return self.viewport().height()

    def _paint_backgrounds(self, painter: QPainter) -> None:
        wide = self.viewport().width()
        for row in self._rows_in_view():
            top, tall = self.rowViewportPosition(row), self.rowHeight(row)
            token = self.ground_at(row)
            if token:
                painter.fillRect(0, top, wide, tall, self._theme[token])
            painter.fillRect(0, top, wide, 1, self._theme["line_0"])

    def ground_at(self, row: int) -> str:
        """Return the token of a row's background, blank for the table's own."""
        return "sel" if row in self.selected else self._backgrounds.get(row, "")

    def _rows_in_view(self) -> range:
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        return range(max(0, first), (self.rowCount() if last < 0 else last + 1))

    def _paint_hatch(self, painter: QPainter) -> None:
        """Hatch stale columns as far down as there are rows; cells are painted over it."""
        brush = QBrush(self._theme["hatch"], Qt.BrushStyle.BDiagPattern)
        last = self.rowCount() - 1
        tall = self.rowViewportPosition(last) + self.rowHeight(last) if last >= 0 else 0
        for place in range(len(self.columns)):
            if self.is_stale(place) and not self.isColumnHidden(place):
                left, wide = self.columnViewportPosition(place), self.columnWidth(place)
                painter.fillRect(left + 2, 0, wide - 4, tall, brush)

    def cell_item(self, row: int, place: int) -> QTableWidgetItem:
        """Return a cell's item, made when it is first needed."""
        item = self.item(row, place)
        if item is None:
            item = QTableWidgetItem()
            self.setItem(row, place, item)
        return item

    def text_at(self, row: int, key: str) -> str:
        """Return the text on show in a cell."""
        item = self.item(row, self.places[key])
        return "" if item is None else item.text()

    def make_room(self, key: str, wide: float) -> None:
        """Let a column be at least so wide (px) from now on."""
        place = self.places[key]
        if self._widths[place] and self._widths[place] < wide:
            self._widths[place] = math.ceil(wide)
            self.fit()

    def set_row_height(self, tall: int) -> None:
        """Make every row as tall (px)."""
        if tall != self.verticalHeader().defaultSectionSize():
            self.verticalHeader().setDefaultSectionSize(tall)

    def leave_out(self, keys: frozenset[str]) -> None:
        """Leave out columns that no source fills."""
        if keys != self._absent:
            self._absent = keys
            self.fit()

    def set_least_name(self, width: int) -> None:
        """Say how narrow the stretching column may get before another one is dropped."""
        self._least_name = width
        self.fit()

    def shown_columns(self) -> list[str]:
        """Return the keys of the columns on show."""
        return [
            column.key
            for place, column in enumerate(self.columns)
            if not self.isColumnHidden(place)
        ]

    def fit(self) -> None:
        """Drop columns by priority until the rest fits, and stretch the one without a width."""
        if self._leader is not None:
            self._leader.fit()
            return
        room = self.viewport().width()
        stretching = [place for place, width in enumerate(self._widths) if width == 0]
        shown = {p for p, column in enumerate(self.columns) if column.key not in self._absent}
        by_priority = sorted(shown, key=lambda place: -self.columns[place].keep)
        least = self._least_name * len(stretching)
        used = sum(self._widths[place] for place in shown)
        for place in by_priority:
            if used + least <= room or self.columns[place].keep == 0:
                break
            shown.discard(place)
            used -= self._widths[place]
        before = self.shown_columns()
        for place in range(len(self.columns)):
            self.setColumnHidden(place, place not in shown)
            if place in shown:
                free = (room - used) // max(1, len(stretching))
                self.setColumnWidth(place, self._widths[place] or max(free, 60))
        if self._follower is not None:
            for place in range(len(self.columns)):
                self._follower.setColumnHidden(place, place not in shown)
                self._follower.setColumnWidth(place, self.columnWidth(place))
        if self.shown_columns() != before:
            self.columns_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()
        self.resized.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._show_tip(self.horizontalHeader().logicalIndexAt(event.pos()), -1, event)
            return True
        return False

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            index = self.indexAt(event.pos())
            self._show_tip(index.column(), index.row(), event)
            return True
        return bool(super().viewportEvent(event))

    def _show_tip(self, place: int, row: int, event: QHelpEvent) -> None:
        text = ""
        if self._describe is not None and 0 <= place < len(self.columns):
            text = self._describe(self.columns[place].key, row)
        if row >= 0 and place >= 0 and self._may_be_cut(row, place):
            whole = self.text_at(row, self.columns[place].key).strip()
            text = text if whole in text else f"{whole}\n{text}".strip()
        QToolTip.showText(event.globalPos(), text, self)

    def _may_be_cut(self, row: int, place: int) -> bool:
        """Return whether a name is about as long as its column is wide, or longer; numbers never are."""
        cell = self.cell_at(row, place)
        if cell is None or cell.runs or not self.columns[place].left:
            return False
        wide = self._theme.advance(cell.text, 12, cell.weight)
        return wide + _MARGINS + _PICTURE > self.columnWidth(place)

    def _widen(self, place: int, cell: Cell) -> None:
        """Numbers are never cut: a column grows to its widest text and stays so."""
        if self._leader is not None:
            self._leader._widen(place, cell)
            return
        if not self._widths[place] or (self.columns[place].left and not cell.runs):
            return
        # Digits are of equal width: numbers that look alike are measured once.
        if cell.runs:
            advance = width_of(
                [run._replace(text=run.text.translate(_AS_ZEROS)) for run in cell.runs], self._theme
            )
        else:
            advance = self._theme.advance(cell.text.translate(_AS_ZEROS), 12, cell.weight)
        wanted = int(advance) + _MARGINS
        if wanted > self._widths[place]:
            self._widths[place] = wanted
            self.fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 60)
