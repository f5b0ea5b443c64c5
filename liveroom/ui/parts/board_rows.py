"""Paints products, kits and headed groups into the rows of the board, and touches only what changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtGui import QPixmap

from liveroom.models.kits import KITS
from liveroom.ui import format as fmt
from liveroom.ui import glyphs
from liveroom.ui.parts.cells import Cell
from liveroom.ui.parts.swatch import swatch
from liveroom.ui.parts.table import Table
from liveroom.ui.parts.trend import trend_picture
from liveroom.ui.product_board import Board
from liveroom.ui.product_columns import BY_KEY, NAME, NUMBERS, ProductColumn, ratios, sums
from liveroom.ui.product_order import GROUP
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import ProductRow

_MARKS = {"on air": "air_text", "next": "next", "kept": "text_2"}


class BoardRows:
    """Remembers what each row shows; `painted` and `marks` have an entry per row."""

    def __init__(self, table: Table, theme: Theme) -> None:
        """Take the table to paint into."""
        self._table, self._theme = table, theme
        self._columns: tuple[ProductColumn, ...] = NUMBERS
        self.painted: list[ProductRow | None] = []
        self.marks: list[str] = []
        self._boards: list[Board | None] = []
        self._trends: list[tuple[int, ...] | None] = []

    def resize(self, rows: int) -> None:
        """Make the table this long; every row is painted anew when it is seen."""
        self._table.resize_rows(rows)
        self.painted = [None] * rows
        self.marks = ["?"] * rows
        self._boards = [None] * rows
        self._trends = [None] * rows

    def show_columns(self, keys: Collection[str]) -> None:
        """Write the values of these columns only: nobody sees those of the others."""
        columns = tuple(column for column in NUMBERS if column.key in keys)
        if columns != self._columns:
            self._columns = columns
            self.forget_values()

    def forget_values(self) -> None:
        """Write every value anew: they are told in another way from now on."""
        self.painted = [None] * len(self.painted)
        self._boards = [None] * len(self._boards)

    def paint(self, row: int, product: ProductRow, board: Board, kept: Collection[str]) -> None:
        """Bring a row up to a product."""
        if product is self.painted[row] and board is self._boards[row]:
            return
        mark = _mark_of(product.sku, board, kept)
        if mark != self.marks[row]:
            self.marks[row] = mark
            self._paint_mark(row, mark, product)
        weight = 600 if mark in ("on air", "next") else 400
        self._table.set_cell(row, NAME.key, Cell(product.name or product.sku, "text", weight))
        self._paint_numbers(row, product, board)
        self._boards[row] = board
        if product.trend != self._trends[row]:
            self._trends[row] = product.trend
            picture = trend_picture(product.trend, self._theme, self._table.devicePixelRatioF())
            self._table.set_picture(row, "trend", picture)

    def paint_group(
        self, row: int, name: str, find: Callable[[], Sequence[ProductRow]], board: Board
    ) -> None:
        """Head a category with the sums of its products, found when they are needed."""
        if self._boards[row] is board:
            return
        self._boards[row] = board
        if self.marks[row] != GROUP:
            self.marks[row] = GROUP
            self._table.set_picture(row, "mark", QPixmap())
            self._table.set_picture(row, "trend", QPixmap())
            self._table.set_background(row, "header")
            self._table.set_bar(row, "")
        members = find()
        self._table.set_cell(
            row, NAME.key, Cell(f"{name} · {fmt.count(len(members))}", "text", 600)
        )
        for key, cell in sum_cells(members, board.currency, name == KITS).items():
            self._table.set_cell(row, key, cell)

    def _paint_numbers(self, row: int, product: ProductRow, board: Board) -> None:
        """Write the values that are not on show yet."""
        painted, self.painted[row] = self.painted[row], product
        kit = board.is_kit(product)
        for column in self._columns:
            if column.of_board is not None:
                self._table.set_cell(row, column.key, column.of_board(product, board))
                continue
            value = getattr(product, column.field)
            if painted is None or value != getattr(painted, column.field):
                self._table.set_cell(row, column.key, column.cell(value, board.currency, kit))

    def _paint_mark(self, row: int, mark: str, product: ProductRow) -> None:
        scale = self._table.devicePixelRatioF()
        if mark:
            picture = glyphs.pixmap(mark, 12, self._theme[_MARKS[mark]], scale)
        else:
            picture = swatch(product.name or product.sku, product.category, self._theme, scale)
        self._table.set_picture(row, "mark", picture)
        self._table.set_background(row, "air_bg" if mark == "on air" else "")
        self._table.set_bar(row, {"on air": "onair", "next": "next"}.get(mark, ""))


def sum_cells(
    rows: Sequence[ProductRow], currency: str | None, kits: bool = False
) -> dict[str, Cell]:
    """Return the cells of rows together; what cannot be summed up stays blank."""
    cells = {column.key: Cell("") for column in NUMBERS}
    for key, value in {**sums(rows), **ratios(rows)}.items():
        cells[key] = BY_KEY[key].cell(value, currency, kits)._replace(tone="text_2")
    return cells


def _mark_of(sku: str, board: Board, kept: Collection[str]) -> str:
    if sku in board.on_air.now:
        return "on air"
    if sku in board.on_air.following:
        return "next"
    return "kept" if sku in kept else ""
