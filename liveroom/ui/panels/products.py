"""The product performance board: what each product draws, sells and earns, and which needs attention."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QSettings, Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout

from liveroom.models.definitions import DEFINITIONS
from liveroom.models.facts import Fact
from liveroom.models.kits import kit_rows
from liveroom.ui import format as fmt
from liveroom.ui.freshness import freshness, troubled_facts
from liveroom.ui.keyboard.commands import Entry
from liveroom.ui.panel import Heading, Nothing, Panel, Submit
from liveroom.ui.parts.board_controls import BoardControls
from liveroom.ui.parts.board_rows import BoardRows, sum_cells
from liveroom.ui.parts.board_table import BoardTable
from liveroom.ui.parts.cells import Cell
from liveroom.ui.parts.row_actions import RowActions
from liveroom.ui.parts.table import Table
from liveroom.ui.product_board import Board, board_of
from liveroom.ui.product_columns import BY_KEY, COLUMNS, NAME, NUMBERS
from liveroom.ui.product_commands import COMMANDS, FIXED_KEYS
from liveroom.ui.product_order import (
    ATTENTION,
    GROUP,
    arranged,
    category_of,
)
from liveroom.ui.product_tips import number_tip, product_tip, total_revenue_tip
from liveroom.ui.theme import Theme
from liveroom.ui.tooltips import explain

if TYPE_CHECKING:
    from liveroom.models.snapshot import ProductRow, Snapshot

RESORT_MS = 10_000
_NOTICE_MS = 6_000
_ROW, _COMPACT_ROW, _COMPACT_BELOW = 26, 23, 330
"""Heights of a row, and the height of the panel below which rows are compact (px)."""


class ProductsPanel(Panel):
    """Every product and kit, by the chosen column; what is on air or kept on top never scrolls away."""

    commands = COMMANDS
    fixed_keys = FIXED_KEYS

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build the board, its tools and its total row."""
        super().__init__(submit, theme)
        self._snapshot: Snapshot | None = None
        self._all: dict[str, ProductRow] = {}
        self._kits: tuple[ProductRow, ...] = ()
        self._board = Board()
        self._order: list[str] = []
        self._absent: frozenset[str] = frozenset()
        self._since_sort = QElapsedTimer()
        self._seen: tuple[object, ...] = ()
        self._notice = ("", "")
        self._notice_ends = QTimer(self, singleShot=True, interval=_NOTICE_MS)
        self._notice_ends.timeout.connect(lambda: self._say("", ""))
        self._table = BoardTable(theme, COLUMNS, _ROW, self._describe)
        self._totals = BoardTable(theme, COLUMNS, _ROW, self._describe_total, self._table)
        self.rows = BoardRows(self._table, theme)
        actions = RowActions(submit, self._say, lambda panel, sku: self.turn_to(panel, sku))
        self.controls = BoardControls(self, theme, self._table, actions, self._say)
        self._build()

    def _build(self) -> None:
        self.controls.wished.connect(self._sort_now)
        self.controls.columns_changed.connect(self._columns_changed)
        self._table.set_least_name(140)
        bar = self._table.verticalScrollBar()
        bar.valueChanged.connect(self._paint_visible)
        # Later: while rows and columns come and go they have no place yet.
        for changed in (bar.rangeChanged, self._table.columns_changed):
            changed.connect(self._paint_visible, Qt.ConnectionType.QueuedConnection)
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
        for widget in (self._table, self._totals, self.controls.tools):
            column.addWidget(widget)
        self.setFocusProxy(self._table)

    def take_settings(self, settings: QSettings) -> None:
        """Show the columns that were chosen last."""
        self.controls.choice.take_settings(settings)
        self.controls.take_columns()

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
        controls = self.controls
        controls.snapshot, controls.board = snapshot, self._board
        if changed or due:
            self._all = controls.rows = {row.sku: row for row in (*snapshot.products, *self._kits)}
        if due:
            self._show_sources(snapshot)
        if before is not None and before.at != snapshot.at and (before.is_past or snapshot.is_past):
            # Another time has other rows, in another order, and nothing follows that would move them.
            self._sort_now()
        elif not self._order or ((changed or due) and self._may_sort()):
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
        hidden = self.controls.choice.hidden()
        chosen = [column for column in NUMBERS if column.key not in hidden]
        missing = [c.fact for c in chosen if c.fact and c.fact not in snapshot.counting]
        if missing:
            names = ", ".join(dict.fromkeys(fact.value.replace("_", " ") for fact in missing))
            words = f"whole show{unit} · no source for {names}"
        facts = {fact for c in chosen for fact in _facts(c.key) if fact in snapshot.counting}
        if self._notice[0]:
            return Heading(words, *self._notice)
        fresh = freshness(snapshot, facts or (Fact.ORDERS,))
        possible = len(COLUMNS) - len(hidden | self._absent) - 1
        shown = len(self._table.shown_columns()) - 1
        few = f"{shown} of {possible} columns"
        if shown < possible and not fresh.troubled and not snapshot.is_past:
            return Heading(words, few)
        if shown < possible:
            # The note is about a source or an earlier time: what has no room is told before it.
            return Heading(f"{few} · {words}", fresh.note, fresh.tone)
        return Heading(words, fresh.note, fresh.tone)

    def numbers(self) -> dict[str, str]:
        self.rows.show_columns(BY_KEY)
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
        return self.controls.tools.filter.hasFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        tall = _COMPACT_ROW if self.height() < _COMPACT_BELOW else _ROW
        self._table.set_row_height(tall)

    def _show_sources(self, snapshot: Snapshot) -> None:
        self._absent = self.controls.absent = self._without_source(snapshot)
        self._table.leave_out(self._absent | self.controls.choice.hidden())
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
            if column.optional and set(map(attrgetter(column.field), snapshot.products)) <= {None}:
                absent.add(column.key)
        return frozenset(absent)

    def _columns_changed(self) -> None:
        self._paint_visible()
        self.say_heading()

    def _say(self, words: str, tone: str) -> None:
        """Say in the title what was just done or is missing, for a few seconds: no row moves for it."""
        self._notice = (words, tone)
        self.say_heading()
        if words:
            self._notice_ends.start()

    # Rows.

    def leave(self) -> bool:
        return self.controls.let_go()

    def entries(self) -> Sequence[Entry]:
        columns = [NAME, *(column.column for column in NUMBERS)]
        found = [
            Entry(f"Sort products by {column.title}", partial(self.controls.sort_by, column.key))
            for column in columns
            if column.key in self._table.shown_columns()
        ]
        products = [
            Entry(
                f"Show {row.name or row.sku} in the products",
                partial(self.choose, row.sku),
                words=f"{row.sku} {row.category}",
            )
            for row in self._all.values()
        ]
        return found + products

    def choose(self, sku: str) -> None:
        """Bring a product into sight and choose its row."""
        if sku not in self._order:
            # Narrowed away: whoever names it wants to see it.
            self.controls.show_all()
        if sku in self._order:
            row = self._order.index(sku)
            self._table.selectRow(row)
            self._table.scrollToItem(self._table.cell_item(row, 1))
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def only_attention(self) -> None:
        """Show only what needs attention, or everything again."""
        self.controls.show_only(ATTENTION)

    def pin(self) -> None:
        """Pin the chosen product's card above the stream, or take it away."""
        self.controls.act(self.controls.actions.pin)

    def offer(self) -> None:
        """Begin an offer for the chosen product."""
        self.controls.act(self.controls.actions.offer)

    def take(self) -> None:
        """Take the segment of the chosen product."""
        self.controls.act(self.controls.actions.take)

    def _may_sort(self) -> bool:
        """Return whether rows may move: not often, not under the pointer, not while one is chosen."""
        if self._since_sort.isValid() and self._since_sort.elapsed() < RESORT_MS:
            return False
        return not self._table.underMouse() and not self._table.selectedItems()

    def _sort_now(self) -> None:
        if self._snapshot is not None:
            sku = self.controls.sku()
            self._table.clearSelection()
            self.rows.forget_values()
            self._arrange()
            self._paint_visible()
            if sku in self._order:
                self._table.selectRow(self._order.index(sku))

    def _arrange(self) -> None:
        """Choose and order the rows to show."""
        self._since_sort.start()
        order = arranged(self._all.values(), self.controls.wish, self._board)
        if order != self._order:
            self._order = order
            self.rows.resize(len(order))
        self._keep_in_view()
        self.controls.order = order
        self.controls.show_tools()

    def _keep_in_view(self) -> None:
        kept = {*self.controls.wish.kept, *self._board.on_air.now}
        self._table.keep_in_view(row for row, sku in enumerate(self._order) if sku in kept)

    def _paint_visible(self) -> None:
        """Bring the rows that can be seen up to date; the others wait until they are scrolled to."""
        if self._snapshot is None or not self._order:
            return
        self.rows.show_columns(self._table.shown_columns())
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
            self.rows.paint_group(
                row,
                name,
                lambda: [one for one in self._all.values() if category_of(one) == name],
                self._board,
            )
        elif (product := self._all.get(sku)) is not None:
            self.rows.paint(row, product, self._board, self.controls.wish.kept)

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
        if key == "revenue" and self._snapshot is not None:
            return total_revenue_tip(self._snapshot)
        return self._describe(key, -1) if key in BY_KEY else ""


def _facts(key: str) -> tuple[Fact, ...]:
    definition = DEFINITIONS.get(f"product.{key}")
    return () if definition is None else definition.facts
