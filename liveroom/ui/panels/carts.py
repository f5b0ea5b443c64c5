"""Carts: open, abandoned and recovered, by price and by product, and what lies in those left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QObject
from PySide6.QtGui import QHelpEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolTip, QVBoxLayout

from liveroom.models.definitions import DEFINITIONS
from liveroom.models.facts import Fact
from liveroom.ui import format as fmt
from liveroom.ui import target_readings
from liveroom.ui.freshness import freshness, stale_columns
from liveroom.ui.kpi_list import BY_KEY
from liveroom.ui.money_readings import alarm_words
from liveroom.ui.panel import Heading, Nothing, Panel, Submit
from liveroom.ui.parts.cells import ROW_HEIGHT, Cell, Column, row_height
from liveroom.ui.parts.kpi_tile import KpiTile, Reading
from liveroom.ui.parts.runs import Run, text_of
from liveroom.ui.parts.table import Table
from liveroom.ui.readings import Curves
from liveroom.ui.theme import Theme
from liveroom.ui.tooltips import explain

if TYPE_CHECKING:
    from liveroom.models.abandonment import Abandonment
    from liveroom.models.cart_board import CartBoard, PriceBand
    from liveroom.models.snapshot import Snapshot

MOST_PRODUCTS = 40
STANDS_OUT, LEAST_CARTS = 1.25, 20
"""A rate that is so many times that of all carts, of so many carts, is coral."""
_TILE_HEIGHT = 78
_TILES = {"abandonment_10": 24, "carts_open": 17, "at_stake": 22}
"""The tiles, with their shares of the width; their age stands in the title bar."""
_COLUMNS = (
    Column("cart", "Carts with", 0, left=True),
    Column("carts", "Carts", 48),
    Column("abandoned", "Abandoned", 74),
    Column("rate", "Rate", 52),
    Column("recovered", "Recovered", 72, 1),
)


class Line(NamedTuple):
    """One line of the table."""

    key: str
    title: str
    carts: Abandonment
    tone: str = "text_2"


class CartsPanel(Panel):
    """Three figures above a table by price and product."""

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build the tiles and the table."""
        super().__init__(submit, theme)
        self._snapshot: Snapshot | None = None
        self._board: CartBoard | None = None
        self._lines: list[Line] = []
        self._tiles = {key: KpiTile(theme) for key in _TILES}
        row = QHBoxLayout()
        row.setContentsMargins(4, 4, 4, 0)
        row.setSpacing(4)
        for key, tile in self._tiles.items():
            tile.setFixedHeight(_TILE_HEIGHT)
            tile.set_value_px(21)
            tile.installEventFilter(self)
            row.addWidget(tile, _TILES[key])
        self._table = Table(theme, _COLUMNS, ROW_HEIGHT, self._describe)
        self._table.set_least_name(96)
        self._table.verticalScrollBar().valueChanged.connect(self._show_visible)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(row)
        column.addWidget(self._table, 1)

    def nothing(self, snapshot: Snapshot) -> Nothing | None:
        if snapshot.cart_board.whole.carts:
            return None
        if Fact.CARTS not in snapshot.counting:
            hint = "Carts need a source that reports what viewers put into them."
            return Nothing("No source reports carts", hint)
        if snapshot.cart_board.whole.carts is None and snapshot.totals.cart_adds:
            hint = "The source counts additions, but does not say which visit a cart belongs to."
            return Nothing("Carts cannot be told apart", hint)
        return Nothing("No carts yet", "They appear when somebody puts something in.")

    def show_snapshot(self, snapshot: Snapshot) -> None:
        board, self._board = self._board, snapshot.cart_board
        self._snapshot = snapshot
        # A cart is left or ordered: neither is known without both.
        carts = dict.fromkeys(self._table.places, (Fact.CARTS, Fact.ORDERS))
        self._table.set_stale(stale_columns(snapshot, carts) - {"cart"})
        self._show_tiles(snapshot)
        if board is snapshot.cart_board:
            return
        before = self._lines
        self._lines = lines_of(snapshot)
        if [line.key for line in self._lines] != [line.key for line in before]:
            # The lines are others now, also the one that was chosen; their cells serve again.
            self._table.setCurrentIndex(QModelIndex())
            self._table.resize_rows(len(self._lines))
        self._show_visible()
        self._table.set_background(0, "header")

    def heading(self) -> Heading:
        words = "rate: abandoned ÷ carts of 10 min and older"
        if self._snapshot is None:
            return Heading(words)
        fresh = freshness(self._snapshot, (Fact.CARTS, Fact.ORDERS))
        alarms = alarm_words(self._snapshot)
        if alarms and not fresh.troubled:
            return Heading(words, text_of(alarms[1]), "bad")
        return Heading(words, fresh.note, fresh.tone)

    def numbers(self) -> dict[str, str]:
        tiles = {
            key + part: text
            for key, tile in self._tiles.items()
            for part, text in tile.texts().items()
        }
        self._show_lines(0, len(self._lines))
        return tiles | {
            f"{line.key}.{column.key}": self._table.text_at(row, column.key)
            for row, line in enumerate(self._lines)
            for column in _COLUMNS[1:]
        }

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._table.set_row_height(row_height(self.height()))
        self._show_visible()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return False
        for key, tile in self._tiles.items():
            if tile is watched:
                text = explain(key, self._snapshot, tile.reading.exact or tile.reading.value)
                QToolTip.showText(event.globalPos(), text, self)
        return True

    def _show_tiles(self, snapshot: Snapshot) -> None:
        board, currency = snapshot.cart_board, snapshot.currency
        fresh = freshness(snapshot, (Fact.CARTS, Fact.ORDERS))
        tone = "text_3" if fresh.troubled else "text"
        kpi = BY_KEY["abandonment_10"]
        abandoned = target_readings.read(kpi, snapshot, Curves())
        label = DEFINITIONS[kpi.key].title
        if fresh.troubled:
            abandoned = abandoned._replace(value_tone=tone)
        self._tiles[kpi.key].show_reading(abandoned._replace(label=label))
        whole = fmt.percent(board.due.rate, 0)
        self._tiles["carts_open"].show_reading(
            Reading(
                "Open now",
                fmt.count(board.open),
                value_tone=tone,
                change=(Run(f"show {whole} left", "text_3", 11),),
            )
        )
        back = fmt.percent(board.whole.recovery_rate)
        self._tiles["at_stake"].show_reading(
            Reading(
                "Left in carts",
                fmt.money(board.at_stake_minor, currency),
                value_tone=tone,
                change=(Run(f"{back} recovered", "text_3", 11),),
                exact=fmt.money_exact(board.at_stake_minor, currency),
            )
        )

    def _show_visible(self) -> None:
        """Bring the lines that can be seen up to date; the others wait until they are scrolled to."""
        first = max(0, self._table.rowAt(0))
        last = self._table.rowAt(self._table.viewport().height() - 1)
        self._show_lines(first, len(self._lines) if last < 0 else last + 1)

    def _show_lines(self, first: int, last: int) -> None:
        whole = None if self._board is None else self._board.due.rate
        for row in range(first, last):
            self._show_line(row, self._lines[row], whole)

    def _show_line(self, row: int, line: Line, whole: float | None) -> None:
        rate, carts = line.carts.rate, line.carts.carts or 0
        stands_out = (
            whole is not None
            and rate is not None
            and carts >= LEAST_CARTS
            and rate >= STANDS_OUT * whole
        )
        cells = {
            "cart": Cell(line.title, line.tone),
            "carts": Cell(fmt.count(line.carts.carts), "text_2"),
            "abandoned": Cell(fmt.count(line.carts.abandoned), "text_2"),
            "rate": Cell(fmt.percent(rate), *(("bad", 600) if stands_out else ("text", 400))),
            "recovered": Cell(fmt.count(line.carts.recovered), "text_2"),
        }
        for key, cell in cells.items():
            self._table.set_cell(row, key, cell)

    def _describe(self, key: str, row: int) -> str:
        if key == "cart":
            return "By price: a cart belongs to the price of its dearest product."
        exact = self._table.text_at(row, key) if row >= 0 else ""
        return explain({"rate": "abandonment_due"}.get(key, f"carts.{key}"), self._snapshot, exact)


def lines_of(snapshot: Snapshot) -> list[Line]:
    """Return all carts, the price bands from the dearest, and the products with most left behind."""
    board = snapshot.cart_board
    names = {row.sku: row.name or row.sku for row in snapshot.products}
    lines = [Line("all", "All carts", board.due, "text")]
    if len(board.bands) > 1:
        lines += [
            Line(f"band.{place}", _band(band, snapshot.currency), band.carts, "text")
            for place, band in reversed(list(enumerate(board.bands)))
            if band.carts.carts
        ]
    products = sorted(
        (each for each in board.products if each.carts.carts),
        key=lambda each: (-(each.carts.abandoned or 0), each.sku),
    )
    lines += [
        Line(each.sku, f"    {names.get(each.sku, each.sku)}", each.carts)
        for each in products[:MOST_PRODUCTS]
    ]
    return lines


def _band(band: PriceBand, currency: str | None) -> str:
    if band.above_minor is None:
        return f"up to {fmt.money(band.up_to_minor, currency)}"
    if band.up_to_minor is None:
        return f"above {fmt.money(band.above_minor, currency)}"
    low, high = fmt.money(band.above_minor, currency), fmt.amount(band.up_to_minor, currency)
    return f"{low} to {high}"
