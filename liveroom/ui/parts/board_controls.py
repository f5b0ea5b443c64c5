"""What the producer wishes of the product board: keys, menus, filter, order, columns, deeds about a row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from liveroom.ui import format as fmt
from liveroom.ui import glyphs
from liveroom.ui.column_choice import ColumnChoice
from liveroom.ui.parts.board_menu import Deed, open_menu
from liveroom.ui.parts.board_table import BoardTable
from liveroom.ui.parts.board_tools import BoardTools
from liveroom.ui.parts.column_chooser import ColumnChooser
from liveroom.ui.parts.row_actions import RowActions
from liveroom.ui.product_board import Board
from liveroom.ui.product_columns import BY_KEY, COLUMNS, NAME
from liveroom.ui.product_order import ATTENTION, EVERY, GROUP, ON_AIR, Wish, category_of, matching
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from liveroom.models.snapshot import ProductRow, Snapshot

_TOOLS_FROM = 16
"""So many products have the filter in sight; of fewer it comes when it is asked for."""
_ARROW = 32
"""Room for a header's paddings and its arrow."""
_RISING = (NAME.key, "sku", "minutes_of_stock")
"""Columns that one reads from the least to the most."""


class BoardControls(QObject):
    """`wished` tells that rows are to be arranged anew, `columns_changed` that others are on show."""

    wished = Signal()
    columns_changed = Signal()

    def __init__(
        self,
        panel: QWidget,
        theme: Theme,
        table: BoardTable,
        actions: RowActions,
        say: Callable[[str, str], None],
    ) -> None:
        """Take the table that is steered, and where to say what is missing."""
        super().__init__(panel)
        self._theme, self._table, self._say = theme, table, say
        self.actions = actions
        self.wish = Wish()
        self.choice = ColumnChoice()
        self.tools = BoardTools(theme)
        self.tools_wanted = False
        self.menu: QMenu | None = None
        self._chooser: ColumnChooser | None = None
        # What is on the board now, as the panel last said.
        self.snapshot: Snapshot | None = None
        self.board = Board()
        self.rows: Mapping[str, ProductRow] = {}
        self.order: list[str] = []
        self.absent: frozenset[str] = frozenset()
        self._connect()
        self.take_columns()
        self.show_arrow()

    def _connect(self) -> None:
        table = self._table
        self.tools.changed.connect(self._filter_changed)
        self.tools.left.connect(self._to_rows)
        self.tools.hide()
        table.sort_moved.connect(self._move_sort)
        table.order_changed.connect(self._columns_dragged)
        table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        table.customContextMenuRequested.connect(self._open_row_menu)
        header = table.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._header_clicked)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda place: self.open_board_menu(header.mapToGlobal(place))
        )
        picture = glyphs.pixmap("menu", 10, self._theme["text_3"], table.devicePixelRatioF())
        corner = table.horizontalHeaderItem(0)
        assert corner is not None
        corner.setIcon(picture)

    def open_filter(self) -> None:
        """Let the producer type what is to be found."""
        self.tools_wanted = True
        self.show_tools()
        self.tools.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.tools.filter.selectAll()

    def open_chooser(self) -> None:
        """List the columns, above the board."""
        if self._chooser is None:
            self._chooser = ColumnChooser(self._theme, self.choice, self._table)
            self._chooser.changed.connect(self.take_columns)
        header = self._table.horizontalHeader()
        self._chooser.open_at(header.mapToGlobal(QPoint(28, header.height())), self.absent)

    @property
    def chooser(self) -> ColumnChooser | None:
        """Return the list of columns while it is open."""
        return self._chooser if self._chooser is not None and self._chooser.isVisible() else None

    def open_board_menu(self, place: QPoint) -> None:
        """Offer everything that can be done with the board."""
        wish, show = self.wish, self.tools.show_now
        deeds = [
            Deed("Columns…", "C", self.open_chooser),
            Deed("Columns in the shipped order", "", self._forget_order),
            Deed("Filter…", "/", self.open_filter),
            Deed("Only what needs attention", "A", lambda: self.show_only(ATTENTION), show == ATTENTION),
            Deed("Only on air and next", "", lambda: self.show_only(ON_AIR), show == ON_AIR),
            Deed(
                "Group by category", "G",
                self.group, wish.grouped,
            ),
            Deed("Let go of rows kept on top", "", self._keep_none, able=bool(wish.kept)),
        ]  # fmt: skip
        categories = sorted({category_of(row) for row in self.rows.values()})
        take = lambda name: self.wish_for(self.wish._replace(category=name))  # noqa: E731
        self.menu = open_menu(self._table, place, deeds, categories, wish.category, take)

    def _open_row_menu(self, place: QPoint) -> None:
        row = self._table.indexAt(place).row()
        if not self._table.viewport().underMouse() and self.sku() is not None:
            row = self._table.currentRow()
        if not 0 <= row < len(self.order) or self.order[row].startswith(GROUP):
            return
        self._table.selectRow(row)
        sku, board = self.order[row], self.board
        kit = sku in board.kit_prices
        pinned = self.snapshot is not None and self.snapshot.levers.pinned == sku
        deeds = [
            Deed("Keep on top", "K", self.keep, sku in self.wish.kept),
            Deed("Pin product card", "P", lambda: self.act(self.actions.pin), pinned, not kit),
            Deed("New offer for it…", "O", lambda: self.act(self.actions.offer), able=not kit),
            Deed("Take its segment", "T", lambda: self.act(self.actions.take), able=not kit),
        ]
        self.menu = open_menu(self._table, self._table.viewport().mapToGlobal(place), deeds)

    def wish_for(self, wish: Wish) -> None:
        """Let the board be ordered and narrowed in another way."""
        if wish != self.wish:
            self.wish = wish
            self.show_arrow()
            self.wished.emit()

    def _filter_changed(self) -> None:
        self.wish_for(self.wish._replace(text=self.tools.filter.text(), show=self.tools.show_now))

    def show_only(self, show: str) -> None:
        """Narrow the board to some rows; again: all of them."""
        self.tools.set_show(EVERY if self.tools.show_now == show else show)

    def _header_clicked(self, place: int) -> None:
        key = COLUMNS[place].key
        if place == 0:
            header = self._table.horizontalHeader()
            self.open_board_menu(header.mapToGlobal(QPoint(0, header.height())))
        elif key == NAME.key or key in BY_KEY:
            self._sort_by(key)

    def _sort_by(self, key: str) -> None:
        falling = not self.wish.falling if key == self.wish.sort else key not in _RISING
        self.wish_for(self.wish._replace(sort=key, falling=falling))

    def _move_sort(self, step: int) -> None:
        """Sort by the next column to the left or to the right that can be sorted by."""
        keys = [key for key in self._table.shown_columns() if key == NAME.key or key in BY_KEY]
        sort = self.wish.sort
        place = keys.index(sort) + step if sort in keys else 0
        if 0 <= place < len(keys):
            self.wish_for(self.wish._replace(sort=keys[place], falling=keys[place] not in _RISING))

    def show_all(self) -> None:
        """Let go of whatever narrows the board."""
        self.tools.clear()
        self.wish_for(self.wish._replace(category=""))

    def group(self) -> None:
        """Group the rows by category, or not."""
        self.wish_for(self.wish._replace(grouped=not self.wish.grouped))

    def reverse(self) -> None:
        """Turn the order of the rows round."""
        self.wish_for(self.wish._replace(falling=not self.wish.falling))

    def keep(self) -> None:
        """Keep the selected row on top, or no more."""
        sku, kept = self.sku(), self.wish.kept
        if sku is not None:
            kept = tuple(one for one in kept if one != sku) if sku in kept else (*kept, sku)
            self.wish_for(self.wish._replace(kept=kept))

    def _keep_none(self) -> None:
        self.wish_for(self.wish._replace(kept=()))

    def let_go(self) -> bool:
        """Leave the filter, else let go of the selected row, else show everything; was there anything?"""
        there = True
        if self.tools.filter.hasFocus():
            self.tools.filter.clear()
            self._to_rows()
        elif self._table.selectedItems():
            self._table.clearSelection()
        elif self.wish.narrows:
            self.show_all()
        else:
            there = False
        self.tools_wanted = False
        self.show_tools()
        return there

    def _to_rows(self) -> None:
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.order and not self._table.selectedItems():
            self._table.selectRow(0)

    def sort_by(self, key: str) -> None:
        """Sort by a column; by the one that is sorted by already, the other way round."""
        self._sort_by(key)

    def sku(self) -> str | None:
        """Return the product of the selected row."""
        row = self._table.currentRow() if self._table.selectedItems() else -1
        if not 0 <= row < len(self.order) or self.order[row].startswith(GROUP):
            return None
        return self.order[row]

    def act(self, action: Callable[[str, str, Snapshot], None]) -> None:
        """Do something with the selected row's product."""
        sku = self.sku()
        if self.snapshot is None or sku in self.board.kit_prices:
            return
        if sku is None:
            self._say("choose a row first: ↑ and ↓, or a click", "text_2")
            return
        action(sku, self.rows[sku].name or sku, self.snapshot)

    def take_columns(self) -> None:
        """Show the chosen columns in their order."""
        self._table.set_order([NAME.key, *self.choice.order])
        self._table.leave_out(self.absent | self.choice.hidden())
        self.columns_changed.emit()

    def _columns_dragged(self) -> None:
        self.choice.take_order(self._table.order_of_columns())

    def _forget_order(self) -> None:
        self.choice.forget_order()
        self.take_columns()

    def show_arrow(self) -> None:
        """Mark the column that the rows are sorted by."""
        glyph = "sorted down" if self.wish.falling else "sorted up"
        for place, column in enumerate(COLUMNS[1:], 1):
            item = self._table.horizontalHeaderItem(place)
            assert item is not None
            if column.key == self.wish.sort:
                picture = glyphs.pixmap(
                    glyph, 8, self._theme["text"], self._table.devicePixelRatioF()
                )
                item.setIcon(picture)
                title = self._theme.advance(column.title, 11, 500)
                self._table.make_room(column.key, title + _ARROW)
            elif not item.icon().isNull():
                item.setIcon(QPixmap())

    def show_tools(self) -> None:
        """Show the filter where there are many products or it is in use, and what it found."""
        many = len(self.rows) >= _TOOLS_FROM or self.tools_wanted or self.wish.narrows
        if self.tools.isHidden() == many:
            self.tools.setVisible(many)
        words = ""
        if self.wish.narrows:
            shown = sum(map(matching(self.wish, self.board), self.rows.values()))
            words = f"{fmt.count(shown)} of {fmt.plural(len(self.rows), 'product')}"
            if self.wish.category:
                words += f" · {self.wish.category}"
        self.tools.say(words)
