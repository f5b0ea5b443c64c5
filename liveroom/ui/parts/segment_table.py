"""The run of show as a table of two-line rows whose titles and durations can be edited in place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QRegularExpression,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QPainter,
    QRegularExpressionValidator,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QToolTip,
    QWidget,
)

from liveroom.ui import format as fmt
from liveroom.ui.parts.runs import paint_runs, text_of
from liveroom.ui.parts.time_left import TimeLeft
from liveroom.ui.segment_rows import Left, SegmentRow, TwoLines
from liveroom.ui.theme import Theme

COLUMNS = ("mark", "segment", "start", "length", "revenue")
_TITLES = {"segment": "Segment", "start": "Start", "length": "Length", "revenue": "Revenue"}
_WIDTHS = {"mark": 30, "start": 66, "length": 74, "revenue": 90}
_COMPACT_WIDTHS = {"mark": 26, "start": 60, "revenue": 90}
_COMPACT_BELOW = 360
_TALL, _LOW = 50, 38
_DURATION = QRegularExpression(r"(\d{1,2}:[0-5]\d:[0-5]\d|\d{1,3}:[0-5]\d|\d{1,3})")
_Index = QModelIndex | QPersistentModelIndex


class SegmentTable(QTableWidget):
    """Rows of segments; the one on air has its countdown in a row of its own beneath it."""

    renamed = Signal(str, str)
    duration_changed = Signal(str, int)
    target_typed = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        """Start without rows."""
        super().__init__(0, len(COLUMNS))
        self.theme = theme
        self.describe = lambda key: ""
        self.segment_rows: list[SegmentRow] = []
        self.row_of: dict[str, int] = {}
        self._painted: list[SegmentRow] = []
        self.time_left: TimeLeft | None = None
        self._pending: tuple[Sequence[SegmentRow], Left | None] | None = None
        self._configure()

    def _configure(self) -> None:
        self.setShowGrid(False)
        self.setFrameShape(QTableWidget.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.set_editable(True)
        self.setItemDelegate(SegmentDelegate(self))
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        header = self.horizontalHeader()
        header.setFixedHeight(24)
        header.setMinimumSectionSize(8)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setFont(self.theme.font(11, 500))
        for place, key in enumerate(COLUMNS):
            item = QTableWidgetItem(_TITLES.get(key, ""))
            side = Qt.AlignmentFlag.AlignLeft if key == "segment" else Qt.AlignmentFlag.AlignRight
            item.setTextAlignment(side | Qt.AlignmentFlag.AlignVCenter)
            self.setHorizontalHeaderItem(place, item)

    def show_rows(self, rows: Sequence[SegmentRow], left: Left | None) -> None:
        """Show segments; only changed cells are touched, and never one that is being edited."""
        if _shape(rows) != _shape(self._painted):
            if self.is_editing():
                self._pending = (rows, left)
                return
            self._rebuild(rows)
        self._pending = None
        editing = self.currentIndex() if self.is_editing() else QModelIndex()
        for number, row in enumerate(rows):
            if self._painted[number] != row:
                self._paint(number, row, editing)
        self.segment_rows = list(rows)
        if self.time_left is not None and left is not None:
            self.time_left.show_left(left)

    def set_editable(self, editable: bool) -> None:
        """Let titles and lengths be edited, or not."""
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked if editable else triggers.NoEditTriggers)

    def edit_chosen(self) -> None:
        """Open the editor of the chosen title or length; of the title where neither is chosen."""
        index = self.currentIndex()
        if self.row_at(index) is None:
            return
        if COLUMNS[index.column()] not in ("segment", "length"):
            index = self.model().index(index.row(), COLUMNS.index("segment"))
            self.setCurrentIndex(index)
        if self.editTriggers() != QAbstractItemView.EditTrigger.NoEditTriggers:
            self.edit(index)

    def is_editing(self) -> bool:
        """Return whether an editor is open."""
        return self.state() == QAbstractItemView.State.EditingState

    def closeEditor(self, editor: QWidget, hint: QStyledItemDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        if self._pending is not None:
            self.show_rows(*self._pending)

    def row_at(self, index: _Index) -> SegmentRow | None:
        """Return the segment of a table row, None for the countdown's row."""
        for segment_id, place in self.row_of.items():
            if place == index.row():
                return next(r for r in self.segment_rows if r.segment_id == segment_id)
        return None

    def lines_at(self, index: _Index) -> TwoLines:
        """Return what a cell shows."""
        row = self.row_at(index)
        return TwoLines() if row is None else row.cells[COLUMNS[index.column()]]

    def texts(self, segment_id: str, key: str) -> tuple[str, str]:
        """Return the two lines on show in a segment's cell."""
        item = self.item(self.row_of[segment_id], COLUMNS.index(key))
        first, _, second = (item.text() if item is not None else "").partition("\n")
        return first, second

    def reveal_on_air(self) -> None:
        """Scroll so that the segment on air and the next one can be seen."""
        # Qt would take the heights in later, and until then no row is further down than it was before.
        self.updateGeometries()
        for row in self.segment_rows:
            if row.state in ("next", "on air"):
                index = self.model().index(self.row_of[row.segment_id], 1)
                self.scrollTo(index, QAbstractItemView.ScrollHint.EnsureVisible)
        self._begin_with_a_whole_row()

    def _begin_with_a_whole_row(self) -> None:
        """Scroll on so far that no row is cut at the upper edge, unless it is one that must be seen."""
        first = self.rowAt(0)
        above = -self.rowViewportPosition(first) if first >= 0 else 0
        if above <= 0:
            return
        kept = {
            self.row_of[r.segment_id] for r in self.segment_rows if r.state in ("next", "on air")
        }
        step = -above if first in kept else self.rowHeight(first) - above
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + step)

    def _rebuild(self, rows: Sequence[SegmentRow]) -> None:
        chosen, column = self.row_at(self.currentIndex()), self.currentColumn()
        self.clearSpans()
        self.setRowCount(0)
        self.time_left = None
        self.row_of.clear()
        self._painted = list(rows)
        self.segment_rows = list(rows)
        place = 0
        for row in rows:
            self.insertRow(place)
            self.row_of[row.segment_id] = place
            for column, key in enumerate(COLUMNS):
                item = QTableWidgetItem()
                flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
                if key in ("segment", "length", "revenue"):
                    flags |= Qt.ItemFlag.ItemIsEditable
                item.setFlags(flags)
                self.setItem(place, column, item)
            self._paint(len(self.row_of) - 1, row, QModelIndex())
            place += 1
            if row.state == "on air":
                self._add_countdown(place)
                place += 1
        self._set_heights()
        if chosen is not None and chosen.segment_id in self.row_of:
            self.setCurrentCell(self.row_of[chosen.segment_id], column)
        self.reveal_on_air()

    def _add_countdown(self, place: int) -> None:
        self.insertRow(place)
        self.setSpan(place, 0, 1, len(COLUMNS))
        self.time_left = TimeLeft(self.theme)
        self.setCellWidget(place, 0, self.time_left)
        for column in range(len(COLUMNS)):
            item = QTableWidgetItem()
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.setItem(place, column, item)

    def _paint(self, number: int, row: SegmentRow, editing: QModelIndex) -> None:
        self._painted[number] = row
        self.segment_rows[number : number + 1] = [row]
        place = self.row_of[row.segment_id]
        for column, key in enumerate(COLUMNS):
            lines = row.cells[key]
            item = self.item(place, column)
            text = f"{text_of(lines.first)}\n{text_of(lines.second)}"
            if item is not None and item.text() != text:
                item.setText(text)
        self.viewport().update(self._rect_of(place))

    def _rect_of(self, place: int) -> QRect:
        first = self.visualRect(self.model().index(place, 0))
        last = self.visualRect(self.model().index(place, len(COLUMNS) - 1))
        return first.united(last)

    def _set_heights(self) -> None:
        tall = _LOW if self.is_compact() else _TALL
        places = set(self.row_of.values())
        for place in range(self.rowCount()):
            self.setRowHeight(place, tall if place in places else 46)

    def is_compact(self) -> bool:
        """Return whether there is room for the short form only."""
        return self.viewport().width() < _COMPACT_BELOW

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        compact = self.is_compact()
        self.setColumnHidden(COLUMNS.index("length"), compact)
        widths = _COMPACT_WIDTHS if compact else _WIDTHS
        rest = self.viewport().width() - sum(widths.values())
        for place, key in enumerate(COLUMNS):
            self.setColumnWidth(place, widths.get(key, rest))
        self._set_heights()

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.columnAt(event.pos().x())
            row = self.row_at(self.indexAt(event.pos()))
            key = COLUMNS[place] if place >= 0 else ""
            text = self.describe(key)
            if row is not None and key == "segment":
                text = f"{row.title}\n{text_of(row.cells[key].second)}".strip()
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return bool(super().viewportEvent(event))

    def minimumSizeHint(self) -> QSize:
        return QSize(200, 120)


class CellEditor(QLineEdit):
    """Keeps Enter for itself: the same key opens an editor, and there are more keys in the panel."""

    def event(self, event: QEvent) -> bool:
        enter = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        overrides = event.type() == QEvent.Type.ShortcutOverride
        if overrides and isinstance(event, QKeyEvent) and event.key() in enter:
            event.accept()
            return True
        return bool(super().event(event))


class SegmentDelegate(QStyledItemDelegate):
    """Paints two lines a cell and edits the plan, never the table: a change comes back as a fact."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        table = self._table()
        row = table.row_at(index)
        rect = QRectF(option.rect)
        theme = table.theme
        if row is None:
            return
        if self._table().selectionModel().isRowSelected(index.row()):
            painter.fillRect(rect, theme["sel"])
        elif row.state == "on air":
            painter.fillRect(rect, theme["air_bg"])
        painter.fillRect(QRectF(rect.left(), rect.top(), rect.width(), 1), theme["line_0"])
        if index.column() == 0 and row.state in ("on air", "next"):
            bar = QRectF(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(bar, theme["onair" if row.state == "on air" else "next"])
        self._paint_lines(painter, rect, row.cells[COLUMNS[index.column()]], index.column())

    def _paint_lines(self, painter: QPainter, rect: QRectF, lines: TwoLines, column: int) -> None:
        theme = self._table().theme
        side = Qt.AlignmentFlag.AlignRight
        if column == 0:
            side = Qt.AlignmentFlag.AlignHCenter
        elif column == 1:
            side = Qt.AlignmentFlag.AlignLeft
        right = {"mark": 0, "segment": 0, "revenue": 8}.get(COLUMNS[column], 4)
        inner = rect.adjusted(4 if column < 2 else 2, 0, -right, 0)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not lines.second:
            paint_runs(painter, theme, lines.first, inner, side)
            return
        middle = inner.center().y()
        upper = QRectF(inner.left(), middle - 17, inner.width(), 17)
        paint_runs(painter, theme, lines.first, upper, side)
        lower = QRectF(inner.left(), middle + 1, inner.width(), 15)
        paint_runs(painter, theme, lines.second, lower, side)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        editor = CellEditor(parent)
        editor.setFont(self._table().theme.font())
        if COLUMNS[index.column()] == "length":
            editor.setValidator(QRegularExpressionValidator(_DURATION, editor))
            editor.setToolTip("Minutes and seconds, such as 6:30")
        if COLUMNS[index.column()] == "revenue":
            editor.setToolTip("What the segment shall bring; blank: no target")
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        # Called again whenever the item changes: what the producer types is not overwritten.
        assert isinstance(editor, QLineEdit)
        row = self._table().row_at(index)
        if row is None or editor.property("filled"):
            return
        editor.setProperty("filled", True)
        texts = {"segment": row.title, "revenue": row.target}
        editor.setText(texts.get(COLUMNS[index.column()], fmt.duration(row.duration_ms)))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        assert isinstance(editor, QLineEdit)
        table, text = self._table(), editor.text().strip()
        row = table.row_at(index)
        if row is not None and COLUMNS[index.column()] == "revenue":
            if text != row.target:
                table.target_typed.emit(row.segment_id, text)
            return
        if row is None or not text:
            return
        if COLUMNS[index.column()] == "segment":
            if text != row.title:
                table.renamed.emit(row.segment_id, text)
            return
        try:
            duration_ms = fmt.parse_duration(text)
        except ValueError as error:
            place = table.viewport().mapToGlobal(editor.geometry().bottomLeft())
            QToolTip.showText(place, str(error), table)
            return
        if duration_ms != row.duration_ms:
            table.duration_changed.emit(row.segment_id, duration_ms)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        rect = option.rect
        if isinstance(editor, TimeLeft):
            editor.setGeometry(rect)
            return
        editor.setGeometry(rect.left(), rect.center().y() - 13, rect.width(), 26)

    def _table(self) -> SegmentTable:
        table = self.parent()
        assert isinstance(table, SegmentTable)
        return table


def _shape(rows: Sequence[SegmentRow]) -> list[tuple[str, bool]]:
    return [(row.segment_id, row.state == "on air") for row in rows]
