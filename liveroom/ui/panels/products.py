"""The product performance board: what each product draws, sells and earns, and which needs attention."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QPoint, QSettings, Qt
from PySide6.QtGui import QKeySequence, QPixmap, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout

from liveroom.models.definitions import DEFINITIONS
from liveroom.models.facts import Fact
from liveroom.models.kits import kit_rows
from liveroom.ui import format as fmt
from liveroom.ui import glyphs
from liveroom.ui.column_choice import ColumnChoice
from liveroom.ui.freshness import freshness, troubled_facts
from liveroom.ui.panel import Heading, Nothing, Panel, Submit
from liveroom.ui.parts.board_menu import Deed, open_menu
from liveroom.ui.parts.board_rows import BoardRows, sum_cells
from liveroom.ui.parts.board_table import BoardTable
from liveroom.ui.parts.board_tools import BoardTools
from liveroom.ui.parts.column_chooser import ColumnChooser
from liveroom.ui.parts.row_actions import RowActions
from liveroom.ui.parts.table import Cell, Table
from liveroom.ui.parts.trend import SIZE
from liveroom.ui.product_board import Board, board_of
from liveroom.ui.product_columns import BY_KEY, COLUMNS, NAME, NUMBERS, WITH_RUNS
from liveroom.ui.product_order import (
    ATTENTION,
    EVERY,
    GROUP,
    ON_AIR,
    Wish,
    arranged,
    category_of,
)
from liveroom.ui.product_tips import number_tip, product_tip
from liveroom.ui.theme import Theme
from liveroom.ui.tooltips import explain

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from liveroom.models.snapshot import ProductRow, Snapshot

RESORT_MS = 10_000
_TOOLS_FROM = 16
"""So many products have the filter in sight; of fewer it comes when it is asked for."""
_ROW, _COMPACT_ROW, _COMPACT_BELOW = 26, 23, 330
"""Heights of a row, and the height of the panel below which rows are compact (px)."""
_ARROW = 32
"""Room for a header's paddings and its arrow."""


class ProductsPanel(Panel):
    """Every product and kit, by the chosen column; what is on air or kept on top never scrolls away."""

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build the board, its tools and its total row."""
        super().__init__(submit, theme)
        self._snapshot: Snapshot | None = None
        self._all: dict[str, ProductRow] = {}
        self._kits: tuple[ProductRow, ...] = ()
        self._board = Board()
        self._order: list[str] = []
        self._wish = Wish()
        self._absent: frozenset[str] = frozenset()
        self._since_sort = QElapsedTimer()
        self._seen: tuple[object, ...] = ()
        self.choice = ColumnChoice()
        self.tools = BoardTools(theme)
        self._table = BoardTable(theme, COLUMNS, _ROW, self._describe, WITH_RUNS)
        self._totals = BoardTable(
            theme, COLUMNS, _ROW, self._describe_total, WITH_RUNS, self._table
        )
        self.rows = BoardRows(self._table, theme)
        self.row_actions = RowActions(
            submit, self._say, lambda panel, sku: self.turn_to(panel, sku)
        )
        self._chooser: ColumnChooser | None = None
        self.menu: QMenu | None = None
        self._tools_wanted = False
        self._build()
        self._add_keys()

    def _build(self) -> None:
        self.tools.changed.connect(self._filter_changed)
        self.tools.left.connect(self._to_rows)
        self._table.setIconSize(SIZE)
        self._table.set_least_name(140)
        self._table.sort_moved.connect(self._move_sort)
        self._table.order_changed.connect(self._columns_dragged)
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._table.customContextMenuRequested.connect(self._open_row_menu)
        header = self._table.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._header_clicked)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(
            lambda place: self.open_board_menu(header.mapToGlobal(place))
        )
        picture = glyphs.pixmap("menu", 10, self.theme["text_3"], self.devicePixelRatioF())
        corner = self._table.horizontalHeaderItem(0)
        assert corner is not None
        corner.setIcon(picture)
        self._table.verticalScrollBar().valueChanged.connect(self._paint_visible)
        self._totals.setObjectName("totals")
        self._totals.horizontalHeader().hide()
        self._totals.setFixedHeight(_ROW)
        self._totals.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._totals.setSelectionMode(Table.SelectionMode.NoSelection)
        self._totals.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._totals.resize_rows(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._table, self._totals, self.tools):
            column.addWidget(widget)
        self.tools.hide()
        self.setFocusProxy(self._table)
        self._take_columns()
        self._show_arrow()

    def _add_keys(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "Esc": self._let_go,
            "/": self.open_filter,
            "Ctrl+F": self.open_filter,
            "C": self.open_chooser,
            "G": lambda: self._wish_for(self._wish._replace(grouped=not self._wish.grouped)),
            "A": lambda: self._show_only(ATTENTION),
            "R": self._reverse,
            "K": self._keep,
            "P": lambda: self._act(self.row_actions.pin),
            "O": lambda: self._act(self.row_actions.offer),
            "T": lambda: self._act(self.row_actions.take),
        }
        for key, act in keys.items():
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.setAutoRepeat(False)
            shortcut.activated.connect(act)

    def take_settings(self, settings: QSettings) -> None:
        """Show the columns that were chosen last."""
        self.choice.take_settings(settings)
        self._take_columns()

    def nothing(self, snapshot: Snapshot) -> Nothing | None:
        if snapshot.products:
            return None
        hint = "Products appear with the catalogue or with the first view, click or order."
        return Nothing("No products yet", hint)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        if before is not None and before.currency != snapshot.currency:
            self.rows.forget_values()
        changed = before is None or before.products is not snapshot.products
        seen = (snapshot.at // fmt.SECOND, snapshot.run_of_show, snapshot.levers, snapshot.currency)
        due = seen != self._seen
        if due:
            # What compares all products is looked at once a second, and when a fact changes it.
            self._seen = seen
            self._kits = kit_rows(snapshot) if snapshot.levers.offers else ()
            self._board = board_of(snapshot)
        if changed or due:
            self._all = {row.sku: row for row in (*snapshot.products, *self._kits)}
        if due:
            self._show_sources(snapshot)
        if not self._order or ((changed or due) and self._may_sort()):
            self._arrange()
        self._paint_visible()
        if due:
            self._show_totals()

    def heading(self) -> Heading:
        snapshot = self._snapshot
        if snapshot is None:
            return Heading("whole show")
        currency = fmt.symbol(snapshot.currency)
        unit = f", {currency}" if currency else ""
        words = f"whole show{unit} · CTOR = orders ÷ clicks"
        hidden = self.choice.hidden()
        chosen = [column for column in NUMBERS if column.key not in hidden]
        missing = [c.fact for c in chosen if c.fact and c.fact not in snapshot.counting]
        if missing:
            names = ", ".join(dict.fromkeys(fact.value.replace("_", " ") for fact in missing))
            words = f"whole show{unit} · no source for {names}"
        facts = {fact for c in chosen for fact in _facts(c.key) if fact in snapshot.counting}
        fresh = freshness(snapshot, facts or (Fact.ORDERS,))
        if fresh.troubled:
            return Heading(words, fresh.note, fresh.tone)
        possible = len(COLUMNS) - len(hidden | self._absent) - 1
        shown = len(self._table.shown_columns()) - 1
        if shown < possible:
            return Heading(words, f"{shown} of {possible} columns")
        return Heading(words, fresh.note, fresh.tone)

    def numbers(self) -> dict[str, str]:
        for row in range(len(self._order)):
            self._paint_row(row)
        self._show_totals()
        texts = {
            f"{sku}.{column.key}": self._table.text_at(row, column.key)
            for row, sku in enumerate(self._order)
            if not sku.startswith(GROUP)
            for column in NUMBERS
        }
        totals = {f"total.{c.key}": self._totals.text_at(0, c.key) for c in NUMBERS}
        return texts | totals

    def order(self) -> list[str]:
        """Return the SKUs on the board from top to bottom."""
        return [sku for sku in self._order if not sku.startswith(GROUP)]

    def is_being_edited(self) -> bool:
        return self.tools.filter.hasFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        tall = _COMPACT_ROW if self.height() < _COMPACT_BELOW else _ROW
        self._table.set_row_height(tall)

    # What the producer wishes to see.

    def open_filter(self) -> None:
        """Let the producer type what is to be found."""
        self._tools_wanted = True
        self._show_tools()
        self.tools.filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.tools.filter.selectAll()

    def open_chooser(self) -> None:
        """List the columns, above the board."""
        if self._chooser is None:
            self._chooser = ColumnChooser(self.theme, self.choice, self)
            self._chooser.changed.connect(self._take_columns)
        header = self._table.horizontalHeader()
        self._chooser.open_at(header.mapToGlobal(QPoint(28, header.height())), self._absent)

    @property
    def chooser(self) -> ColumnChooser | None:
        """Return the list of columns while it is open."""
        return self._chooser if self._chooser is not None and self._chooser.isVisible() else None

    def open_board_menu(self, place: QPoint) -> None:
        """Offer everything that can be done with the board."""
        wish, show = self._wish, self.tools.show_now
        deeds = [
            Deed("Columns…", "C", self.open_chooser),
            Deed("Columns in the shipped order", "", self._forget_order),
            Deed("Filter…", "/", self.open_filter),
            Deed("Only what needs attention", "A", lambda: self._show_only(ATTENTION), show == ATTENTION),
            Deed("Only on air and next", "", lambda: self._show_only(ON_AIR), show == ON_AIR),
            Deed(
                "Group by category", "G",
                lambda: self._wish_for(wish._replace(grouped=not wish.grouped)), wish.grouped,
            ),
            Deed("Let go of rows kept on top", "", self._keep_none, able=bool(wish.kept)),
        ]  # fmt: skip
        categories = sorted({category_of(row) for row in self._all.values()})
        take = lambda name: self._wish_for(self._wish._replace(category=name))  # noqa: E731
        self.menu = open_menu(self, place, deeds, categories, wish.category, take)

    def _open_row_menu(self, place: QPoint) -> None:
        row = self._table.indexAt(place).row()
        if not self._table.viewport().underMouse() and self._sku() is not None:
            row = self._table.currentRow()
        if not 0 <= row < len(self._order) or self._order[row].startswith(GROUP):
            return
        self._table.selectRow(row)
        sku, board = self._order[row], self._board
        kit = sku in board.kit_prices
        pinned = self._snapshot is not None and self._snapshot.levers.pinned == sku
        deeds = [
            Deed("Keep on top", "K", self._keep, sku in self._wish.kept),
            Deed("Pin product card", "P", lambda: self._act(self.row_actions.pin), pinned, not kit),
            Deed("New offer for it…", "O", lambda: self._act(self.row_actions.offer), able=not kit),
            Deed("Take its segment", "T", lambda: self._act(self.row_actions.take), able=not kit),
        ]
        self.menu = open_menu(self, self._table.viewport().mapToGlobal(place), deeds)

    def _wish_for(self, wish: Wish) -> None:
        if wish != self._wish:
            self._wish = wish
            self._show_arrow()
            self._sort_now()

    def _filter_changed(self) -> None:
        self._wish_for(self._wish._replace(text=self.tools.filter.text(), show=self.tools.show_now))

    def _show_only(self, show: str) -> None:
        self.tools.set_show(EVERY if self.tools.show_now == show else show)

    def _header_clicked(self, place: int) -> None:
        key = COLUMNS[place].key
        if place == 0:
            header = self._table.horizontalHeader()
            self.open_board_menu(header.mapToGlobal(QPoint(0, header.height())))
        elif key == NAME.key or key in BY_KEY:
            self._sort_by(key)

    def _sort_by(self, key: str) -> None:
        falling = not self._wish.falling if key == self._wish.sort else key not in _RISING
        self._wish_for(self._wish._replace(sort=key, falling=falling))

    def _move_sort(self, step: int) -> None:
        """Sort by the next column to the left or to the right that can be sorted by."""
        keys = [key for key in self._table.shown_columns() if key == NAME.key or key in BY_KEY]
        sort = self._wish.sort
        place = keys.index(sort) + step if sort in keys else 0
        if 0 <= place < len(keys):
            self._wish_for(
                self._wish._replace(sort=keys[place], falling=keys[place] not in _RISING)
            )

    def _reverse(self) -> None:
        self._wish_for(self._wish._replace(falling=not self._wish.falling))

    def _keep(self) -> None:
        sku, kept = self._sku(), self._wish.kept
        if sku is not None:
            kept = tuple(one for one in kept if one != sku) if sku in kept else (*kept, sku)
            self.rows.resize(len(self._order))
            self._wish_for(self._wish._replace(kept=kept))

    def _keep_none(self) -> None:
        self._wish_for(self._wish._replace(kept=()))

    def _let_go(self) -> None:
        """Leave the filter, else let go of the selected row, else show everything again."""
        if self.tools.filter.hasFocus():
            self.tools.filter.clear()
            self._to_rows()
        elif self._table.selectedItems():
            self._table.clearSelection()
        elif self._wish.narrows:
            self.tools.clear()
            self._wish_for(self._wish._replace(category=""))
        self._tools_wanted = False
        self._show_tools()

    def _to_rows(self) -> None:
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)
        if self._order and not self._table.selectedItems():
            self._table.selectRow(0)

    def _sku(self) -> str | None:
        """Return the product of the selected row."""
        row = self._table.currentRow() if self._table.selectedItems() else -1
        if not 0 <= row < len(self._order) or self._order[row].startswith(GROUP):
            return None
        return self._order[row]

    def _act(self, action: Callable[[str, str, Snapshot], None]) -> None:
        sku = self._sku()
        if self._snapshot is None or sku in self._board.kit_prices:
            return
        if sku is None:
            self._say("choose a row first: ↑ and ↓, or a click", "text_2")
            return
        action(sku, self._all[sku].name or sku, self._snapshot)

    def _say(self, words: str, tone: str) -> None:
        self._tools_wanted = True
        self._show_tools()
        self.tools.say(words, tone)

    # Columns.

    def _take_columns(self) -> None:
        self._table.set_order([NAME.key, *self.choice.order])
        self._table.leave_out(self._absent | self.choice.hidden())
        self._paint_visible()
        self.say_heading()

    def _columns_dragged(self) -> None:
        self.choice.take_order(self._table.order_of_columns())

    def _forget_order(self) -> None:
        self.choice.forget_order()
        self._take_columns()

    def _show_sources(self, snapshot: Snapshot) -> None:
        self._absent = self._without_source(snapshot)
        self._table.leave_out(self._absent | self.choice.hidden())
        silent = troubled_facts(snapshot)
        stale = {c.key for c in COLUMNS if silent.intersection(_facts(c.key))} if silent else set()
        self._table.set_stale(frozenset(stale))
        self._totals.set_stale(frozenset(stale))

    def _without_source(self, snapshot: Snapshot) -> frozenset[str]:
        """Return the columns that no source fills."""
        absent = {c.key for c in NUMBERS if c.fact is not None and c.fact not in snapshot.counting}
        if Fact.ORDERS not in snapshot.counting:
            absent |= {"trend", "click_to_order_rate", "conversion"}
        if Fact.PRODUCT_CLICKS not in snapshot.counting:
            absent.add("click_through_rate")
        for column in NUMBERS:
            if column.optional and all(
                getattr(row, column.field) is None for row in snapshot.products
            ):
                absent.add(column.key)
        return frozenset(absent)

    def _show_arrow(self) -> None:
        glyph = "sorted down" if self._wish.falling else "sorted up"
        for place, column in enumerate(COLUMNS[1:], 1):
            item = self._table.horizontalHeaderItem(place)
            assert item is not None
            if column.key == self._wish.sort:
                picture = glyphs.pixmap(glyph, 8, self.theme["text"], self.devicePixelRatioF())
                item.setIcon(picture)
                title = self.theme.advance(column.title, 11, 500)
                self._table.make_room(column.key, title + _ARROW)
            elif not item.icon().isNull():
                item.setIcon(QPixmap())

    # Rows.

    def _may_sort(self) -> bool:
        """Return whether rows may move: not often, not under the pointer, not while one is chosen."""
        if self._since_sort.isValid() and self._since_sort.elapsed() < RESORT_MS:
            return False
        return not self._table.underMouse() and not self._table.selectedItems()

    def _sort_now(self) -> None:
        if self._snapshot is not None:
            sku = self._sku()
            self._table.clearSelection()
            self._arrange()
            self._paint_visible()
            if sku in self._order:
                self._table.selectRow(self._order.index(sku))

    def _arrange(self) -> None:
        """Choose and order the rows to show."""
        self._since_sort.start()
        order = arranged(self._all.values(), self._wish, self._board)
        if order != self._order:
            self._order = order
            self.rows.resize(len(order))
        self._keep_in_view()
        self._show_tools()

    def _keep_in_view(self) -> None:
        kept = {*self._wish.kept, *self._board.on_air.now}
        self._table.keep_in_view(row for row, sku in enumerate(self._order) if sku in kept)

    def _show_tools(self) -> None:
        many = len(self._all) >= _TOOLS_FROM or self._tools_wanted or self._wish.narrows
        if self.tools.isHidden() == many:
            self.tools.setVisible(many)
        shown = sum(not sku.startswith(GROUP) for sku in self._order)
        words = ""
        if self._wish.narrows:
            words = f"{fmt.count(shown)} of {fmt.plural(len(self._all), 'product')}"
            if self._wish.category:
                words += f" · {self._wish.category}"
        self.tools.say(words)

    def _paint_visible(self) -> None:
        """Bring the rows that can be seen up to date; the others wait until they are scrolled to."""
        if self._snapshot is None or not self._order:
            return
        first = max(0, self._table.rowAt(0))
        last = self._table.rowAt(self._table.viewport().height() - 1)
        last = len(self._order) - 1 if last < 0 else last
        for row in range(first, last + 1):
            self._paint_row(row)
        for row in self._table.overlaid():
            self._paint_row(row)

    def _paint_row(self, row: int) -> None:
        sku = self._order[row]
        if sku.startswith(GROUP):
            name = sku.removeprefix(GROUP)
            members = [one for one in self._all.values() if category_of(one) == name]
            self.rows.paint_group(row, name, members, self._board)
        elif (product := self._all.get(sku)) is not None:
            self.rows.paint(row, product, self._board, self._wish.kept)

    def _show_totals(self) -> None:
        snapshot = self._snapshot
        if snapshot is None:
            return
        words = fmt.plural(len(snapshot.products), "product")
        if self._kits:
            words += f" · {fmt.plural(len(self._kits), 'kit')}"
        cells = sum_cells(snapshot.products, snapshot.currency)
        cells["orders"] = Cell(fmt.count(snapshot.totals.orders), "text_2")
        cells["revenue"] = Cell(cells["revenue"].text, "text", 600)
        loud = self._board.needs_attention()
        if loud:
            cells["attention"] = Cell(
                f"{fmt.count(loud)} need{'s' if loud == 1 else ''} attention", "text"
            )
        self._totals.set_cell(0, NAME.key, Cell(words, "text_2"))
        for key, cell in cells.items():
            self._totals.set_cell(0, key, cell)

    # Tooltips.

    def _describe(self, key: str, row: int) -> str:
        if key == "mark" and row < 0:
            return "Columns, filter, groups"
        sku = self._order[row] if 0 <= row < len(self._order) else ""
        product = self._all.get(sku)
        if key in ("mark", NAME.key):
            return "" if product is None else product_tip(product, self._board, self._snapshot)
        text = "" if product is None else self._table.text_at(row, key)
        return number_tip(key, product, text, self._board, self._snapshot)

    def _describe_total(self, key: str, row: int) -> str:
        if key == "orders":
            return explain("orders", self._snapshot, self._totals.text_at(0, key))
        return self._describe(key, -1) if key in BY_KEY else ""


_RISING = (NAME.key, "sku", "minutes_of_stock")
"""Columns that one reads from the least to the most."""


def _facts(key: str) -> tuple[Fact, ...]:
    definition = DEFINITIONS.get(f"product.{key}")
    return () if definition is None else definition.facts
