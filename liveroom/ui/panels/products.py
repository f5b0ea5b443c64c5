"""The product performance board: what each product draws, sells and earns."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from liveroom.models.facts import Fact
from liveroom.ui import format as fmt
from liveroom.ui import glyphs
from liveroom.ui.freshness import freshness
from liveroom.ui.keyboard.commands import Entry
from liveroom.ui.panel import Heading, Nothing, Panel, Submit
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.parts.table import Cell, Table
from liveroom.ui.parts.trend import SIZE, trend_picture
from liveroom.ui.product_columns import BY_KEY, COLUMNS, NAME, NUMBERS, VALUES, sort_value, sums
from liveroom.ui.product_commands import COMMANDS, FIXED_KEYS
from liveroom.ui.theme import Theme
from liveroom.ui.tooltips import explain

if TYPE_CHECKING:
    from liveroom.models.snapshot import ProductRow, Snapshot

MOST_ROWS = 100
RESORT_MS = 10_000
_FILTER_FROM = 16
_NO_VALUES = (object(),) * len(NUMBERS)
"""Equal to no values of a product."""


class ProductsPanel(Panel):
    """At most `MOST_ROWS` products, by the chosen column; a filter finds the others."""

    commands = COMMANDS
    fixed_keys = FIXED_KEYS

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build the board, its total row and the filter."""
        super().__init__(submit, theme)
        self._snapshot: Snapshot | None = None
        self._all: dict[str, ProductRow] = {}
        self._order: list[str] = []
        self._painted: list[ProductRow | None] = []
        self._marks: list[str] = []
        self._trends: list[tuple[int, ...] | None] = []
        self._sort, self._falling = "revenue", True
        self._since_sort = QElapsedTimer()
        self._matching = 0
        self._marked_of: object = None
        self._marked_skus: dict[str, str] = {}
        self._second = -1
        self._filter = QLineEdit()
        self._hidden = RunLine(theme, 24)
        self._table = Table(theme, COLUMNS, 26, self._describe)
        self._totals = Table(theme, COLUMNS, 26, self._describe, leader=self._table)
        self._build()

    def _build(self) -> None:
        self._filter.setPlaceholderText("Filter by name, SKU or category")
        self._filter.setClearButtonEnabled(True)
        self._filter.setFont(self.theme.font())
        self._filter.textChanged.connect(self._sort_now)
        self._filter.setFixedWidth(250)
        self._table.setIconSize(SIZE)
        header = self._table.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._sort_by)
        self._table.verticalScrollBar().valueChanged.connect(self._paint_visible)
        self._totals.setObjectName("totals")
        self._totals.horizontalHeader().hide()
        self._totals.setFixedHeight(26)
        self._totals.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._totals.setSelectionMode(Table.SelectionMode.NoSelection)
        self._totals.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._totals.resize_rows(1)
        self._finder = QWidget()
        row = QHBoxLayout(self._finder)
        row.setContentsMargins(8, 4, 8, 4)
        row.addWidget(self._filter)
        row.addWidget(self._hidden, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self._table, self._totals, self._finder):
            column.addWidget(widget)
        self._finder.hide()
        self._show_arrow()

    def nothing(self, snapshot: Snapshot) -> Nothing | None:
        if snapshot.products:
            return None
        hint = "Products appear with the catalogue or with the first view, click or order."
        return Nothing("No products yet", hint)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        if before is not None and before.currency != snapshot.currency:
            self._painted = [None] * len(self._order)
        if before is None or before.products is not snapshot.products:
            self._all = {row.sku: row for row in snapshot.products}
            if not self._order or self._may_sort():
                self._arrange()
        self._table.leave_out(self._without_source(snapshot))
        self._paint_visible()
        if snapshot.at // fmt.SECOND != self._second:
            self._second = snapshot.at // fmt.SECOND
            self._show_totals()

    def heading(self) -> Heading:
        snapshot = self._snapshot
        if snapshot is None:
            return Heading("whole show")
        currency = fmt.symbol(snapshot.currency)
        unit = f", {currency}" if currency else ""
        words = f"whole show{unit} · CTOR = orders ÷ clicks"
        missing = [
            fact for fact in (c.fact for c in NUMBERS) if fact and fact not in snapshot.counting
        ]
        if missing:
            names = ", ".join(dict.fromkeys(fact.value.replace("_", " ") for fact in missing))
            words = f"whole show{unit} · no source for {names}"
        possible = len(COLUMNS) - len(self._without_source(snapshot)) - 1
        shown = len(self._table.shown_columns()) - 1
        if shown < possible:
            return Heading(words, f"{shown} of {possible} columns")
        fresh = freshness(snapshot, (Fact.ORDERS,))
        return Heading(words, fresh.note, fresh.tone)

    def numbers(self) -> dict[str, str]:
        for row in range(len(self._order)):
            self._paint_row(row)
        self._show_totals()
        texts = {
            f"{sku}.{column.key}": self._table.text_at(row, column.key)
            for row, sku in enumerate(self._order)
            for column in NUMBERS
        }
        totals = {f"total.{c.key}": self._totals.text_at(0, c.key) for c in NUMBERS}
        return texts | totals

    def order(self) -> list[str]:
        """Return the SKUs on the board from top to bottom."""
        return list(self._order)

    def is_being_edited(self) -> bool:
        return self._filter.hasFocus()

    def leave(self) -> bool:
        if self._filter.hasFocus():
            self._filter.clear()
            self._table.setFocus(Qt.FocusReason.OtherFocusReason)
            self._arrange_finder()
            return True
        chosen = bool(self._table.selectedItems())
        self._table.clearSelection()
        return chosen

    def entries(self) -> Sequence[Entry]:
        columns = [NAME, *(column.column for column in NUMBERS)]
        found = [
            Entry(f"Sort products by {column.title}", partial(self.sort_by, column.key))
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
        if sku not in self._order and sku in self._all:
            self._filter.setText(sku)
        if sku in self._order:
            row = self._order.index(sku)
            self._table.selectRow(row)
            self._table.scrollToItem(self._table.cell_item(row, 1))
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def open_filter(self) -> None:
        """Let a name be typed."""
        self._finder.show()
        self._filter.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._filter.selectAll()

    def sort_by(self, key: str) -> None:
        """Sort by a column; numbers fall, names rise."""
        self._sort, self._falling = key, key != NAME.key
        self._show_arrow()
        self._sort_now()

    def sort_beside(self, step: int) -> None:
        """Sort by the next column on show that can be sorted by, to the right or to the left."""
        keys = [key for key in self._table.shown_columns() if key == NAME.key or key in BY_KEY]
        if keys:
            place = keys.index(self._sort) if self._sort in keys else -max(0, step)
            self.sort_by(keys[(place + step) % len(keys)])

    def turn_round(self) -> None:
        """Let what fell rise."""
        self._falling = not self._falling
        self._show_arrow()
        self._sort_now()

    def _may_sort(self) -> bool:
        """Return whether rows may move: not often, not under the pointer, not while one is chosen."""
        if self._since_sort.isValid() and self._since_sort.elapsed() < RESORT_MS:
            return False
        return not self._table.underMouse() and not self._table.selectedItems()

    def _sort_by(self, place: int) -> None:
        key = COLUMNS[place].key
        if key == NAME.key or key in BY_KEY:
            self._falling = not self._falling if key == self._sort else key != NAME.key
            self._sort = key
            self._show_arrow()
            self._sort_now()

    def _show_arrow(self) -> None:
        glyph = "sorted down" if self._falling else "sorted up"
        for place, column in enumerate(COLUMNS):
            item = self._table.horizontalHeaderItem(place)
            if item is None:
                continue
            if column.key == self._sort:
                picture = glyphs.pixmap(glyph, 8, self.theme["text"], self.devicePixelRatioF())
                item.setIcon(picture)
            elif not item.icon().isNull():
                item.setIcon(QPixmap())

    def _sort_now(self) -> None:
        if self._snapshot is not None:
            chosen = self._table.currentRow() if self._table.selectedItems() else -1
            sku = self._order[chosen] if 0 <= chosen < len(self._order) else ""
            self._arrange()
            self._paint_visible()
            if sku in self._order:
                self._table.selectRow(self._order.index(sku))

    def _arrange(self) -> None:
        """Choose and order the rows to show; what is on air or next is always among them."""
        self._since_sort.start()
        wanted = self._filter.text().strip().casefold()
        rows = [row for row in self._all.values() if not wanted or _matches(row, wanted)]
        self._matching = len(rows)
        rows.sort(key=sort_value(self._sort), reverse=self._falling)
        kept = rows[:MOST_ROWS]
        marked = {sku for sku, _ in self._marked().items()}
        kept += [
            row
            for row in rows[MOST_ROWS:]
            if row.sku in marked or (wanted and wanted in (row.sku.casefold(), row.name.casefold()))
        ]
        self._order = [row.sku for row in kept]
        self._table.resize_rows(len(kept))
        self._painted = [None] * len(kept)
        self._marks = ["?"] * len(kept)
        self._trends = [None] * len(kept)
        self._arrange_finder()
        self._show_hidden()

    def _arrange_finder(self) -> None:
        """Show the filter where there are many products, and while somebody uses it."""
        wanted = len(self._all) >= _FILTER_FROM or self._filter.hasFocus() or self._filter.text()
        if self._finder.isHidden() == bool(wanted):
            self._finder.setVisible(bool(wanted))

    def _show_hidden(self) -> None:
        hidden = self._matching - len(self._order)
        words = f"{fmt.count(hidden)} more products are not shown; filter to find them"
        if hidden <= 0:
            words = f"{fmt.plural(self._matching, 'product')} found" if self._filter.text() else ""
        self._hidden.set_runs(Run(words, "text_3", 11, gap=6))

    def _marked(self) -> dict[str, str]:
        """Return the products of the segment on air and of the next one."""
        if self._snapshot is None:
            return {}
        show = self._snapshot.run_of_show
        cue = show.on_air
        following = show.neighbour(1)
        place = None if cue is None else show.index(cue.segment_id)
        marks = {} if following is None else dict.fromkeys(following.skus, "next")
        if place is not None:
            marks |= dict.fromkeys(show.segments[place].skus, "on air")
        return marks

    def _paint_visible(self) -> None:
        """Bring the rows that can be seen up to date; the others wait until they are scrolled to."""
        if self._snapshot is None or not self._order:
            return
        first = max(0, self._table.rowAt(0))
        last = self._table.rowAt(self._table.viewport().height() - 1)
        last = len(self._order) - 1 if last < 0 else last
        for row in range(first, last + 1):
            self._paint_row(row)

    def _paint_row(self, row: int) -> None:
        sku = self._order[row]
        product = self._all.get(sku)
        mark = self._marked_now().get(sku, "")
        if product is None or (product is self._painted[row] and mark == self._marks[row]):
            return
        assert self._snapshot is not None
        if mark != self._marks[row]:
            self._marks[row] = mark
            self._paint_mark(row, mark)
        self._table.set_cell(row, NAME.key, Cell(product.name or sku, "text", 600 if mark else 400))
        self._paint_numbers(row, product)
        if product.trend != self._trends[row]:
            self._trends[row] = product.trend
            picture = trend_picture(product.trend, self.theme, self.devicePixelRatioF())
            self._table.set_picture(row, "trend", picture)

    def _paint_numbers(self, row: int, product: ProductRow) -> None:
        """Write the values that are not on show yet."""
        assert self._snapshot is not None
        painted, self._painted[row] = self._painted[row], product
        before = _NO_VALUES if painted is None else VALUES(painted)
        for column, value, shown in zip(NUMBERS, VALUES(product), before, strict=True):
            if value != shown:
                cell = column.cell(value, self._snapshot.currency)
                self._table.set_cell(row, column.key, cell)

    def _marked_now(self) -> dict[str, str]:
        show = self._snapshot.run_of_show if self._snapshot is not None else None
        if show is not self._marked_of:
            self._marked_of, self._marked_skus = show, self._marked()
        return self._marked_skus

    def _paint_mark(self, row: int, mark: str) -> None:
        tone = {"on air": "air_text", "next": "next"}.get(mark, "")
        picture = QPixmap()
        if tone:
            picture = glyphs.pixmap(mark, 12, self.theme[tone], self.devicePixelRatioF())
        self._table.set_picture(row, "mark", picture)
        self._table.set_background(row, "air_bg" if mark == "on air" else "")
        self._table.set_bar(row, {"on air": "onair", "next": "next"}.get(mark, ""))

    def _show_totals(self) -> None:
        if self._snapshot is None:
            return
        words = fmt.plural(len(self._all), "product")
        self._totals.set_cell(0, NAME.key, Cell(words, "text_2"))
        totals = sums(self._all.values())
        for key, value in totals.items():
            column = BY_KEY[key]
            text = column.write(value, self._snapshot.currency)
            weight = 600 if key == "revenue" else 400
            self._totals.set_cell(0, key, Cell(text, "text_2" if weight == 400 else "text", weight))

    def _without_source(self, snapshot: Snapshot) -> frozenset[str]:
        """Return the columns that no source fills."""
        absent = {c.key for c in NUMBERS if c.fact is not None and c.fact not in snapshot.counting}
        if Fact.ORDERS in (c.fact for c in NUMBERS if c.key in absent):
            absent.add("trend")
        if Fact.PRODUCT_CLICKS not in snapshot.counting:
            absent.add("click_through_rate")
        for column in NUMBERS:
            if column.optional and all(
                getattr(row, column.field) is None for row in snapshot.products
            ):
                absent.add(column.key)
        return frozenset(absent)

    def _describe(self, key: str, row: int) -> str:
        if key in ("mark", NAME.key):
            if not 0 <= row < len(self._order):
                return ""
            product = self._all.get(self._order[row])
            category = f"\n{product.category}" if product and product.category else ""
            return f"{product.name or product.sku}\nSKU {product.sku}{category}" if product else ""
        exact = self._table.text_at(row, key) if row >= 0 else ""
        if key == "revenue" and 0 <= row < len(self._order) and self._snapshot is not None:
            minor = self._all[self._order[row]].revenue_minor
            exact = fmt.money_exact(minor, self._snapshot.currency)
        return explain(f"product.{key}", self._snapshot, exact)


def _matches(row: ProductRow, wanted: str) -> bool:
    return wanted in f"{row.name}\n{row.sku}\n{row.category}".casefold()
