"""The columns of the product board: what each shows, sorts by and sums to, and the sets of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from liveroom.models.chat.tokens import folded
from liveroom.models.facts import Fact
from liveroom.ui import format as fmt
from liveroom.ui.parts.cells import Cell, Column
from liveroom.ui.product_board import (
    Board,
    attention_cell,
    click_to_order_cell,
    price_cell,
    sells_out_cell,
    stock_cell,
)

if TYPE_CHECKING:
    from liveroom.models.snapshot import ProductRow

Value = int | float | str | None
_BEFORE_ANY = float("-inf")


class ProductColumn(NamedTuple):
    """A column, the field it reads, how that becomes text, and the fact it cannot do without.

    Orders are not summed: an order of two products counts at both.
    """

    column: Column
    field: str
    write: Callable[[Any, str | None], str]
    tone: str = "text"
    fact: Fact | None = None
    summed: bool = True
    optional: bool = False
    """Left out, without a word, where no product has a value."""
    of_board: Callable[[ProductRow, Board], Cell] | None = None
    """Makes the cell where it depends on more than the field."""

    @property
    def key(self) -> str:
        """Return the column's key."""
        return self.column.key

    def cell(self, value: Value, currency: str | None, kit: bool = False) -> Cell:
        """Return the cell of a product with this value; what a kit has not does not apply to it."""
        text = fmt.NONE_YET if kit and value is None else self.write(value, currency)
        tone = self.tone if text not in (fmt.UNKNOWN, fmt.NONE_YET) else "text_3"
        return Cell(text, tone)


def _count(value: int | None, currency: str | None) -> str:
    return fmt.count(value)


def _rate(value: float | None, currency: str | None) -> str:
    return fmt.percent(value)


def _whole_rate(value: float | None, currency: str | None) -> str:
    return fmt.percent(value, 0)


def _money(value: int | None, currency: str | None) -> str:
    return fmt.NONE_YET if value is None else fmt.amount(value, currency)


def _per_minute(value: float | None, currency: str | None) -> str:
    return fmt.number(value)


def _stock(value: int | None, currency: str | None) -> str:
    return fmt.NONE_YET if value is None else fmt.count(value)


def _words(value: object, currency: str | None) -> str:
    return "" if value is None else str(value)


def _column(key: str, title: str, width: int, keep: int, left: bool = False) -> Column:
    return Column(key, title, width, keep, left, definition=f"product.{key}")


MARK = Column("mark", "", 28)
NAME = Column("product", "Product", 0, left=True)
TREND = Column("trend", "40 min", 56, 5, left=True, definition="product.trend")

NUMBERS = (
    ProductColumn(Column("sku", "SKU", 84, 13, left=True), "sku", _words, "text_3", summed=False),
    ProductColumn(
        _column("price", "Price", 50, 8),
        "price_minor",
        _money,
        "text_2",
        summed=False,
        of_board=price_cell,
    ),
    ProductColumn(
        _column("units_per_minute", "Sales/min", 66, 3),
        "units_per_minute",
        _per_minute,
        fact=Fact.ORDERS,
    ),
    ProductColumn(
        _column("impressions", "Shown", 54, 12), "impressions", _count, "text_2", Fact.IMPRESSIONS
    ),
    ProductColumn(_column("views", "Views", 50, 10), "views", _count, "text_2", Fact.PRODUCT_VIEWS),
    ProductColumn(
        _column("clicks", "Clicks", 50, 9), "clicks", _count, "text_2", Fact.PRODUCT_CLICKS
    ),
    ProductColumn(
        _column("click_through_rate", "CTR", 48, 6),
        "click_through_rate",
        _rate,
        "text_2",
        Fact.IMPRESSIONS,
        summed=False,
    ),
    ProductColumn(_column("carts", "Carts", 46, 11), "cart_adds", _count, "text_2", Fact.CARTS),
    ProductColumn(
        _column("orders", "Orders", 52, 2), "orders", _count, fact=Fact.ORDERS, summed=False
    ),
    ProductColumn(
        _column("click_to_order_rate", "CTOR", 50, 2),
        "click_to_order_rate",
        _rate,
        fact=Fact.PRODUCT_CLICKS,
        summed=False,
        of_board=click_to_order_cell,
    ),
    ProductColumn(
        _column("conversion", "Conv.", 48, 7),
        "view_to_order_rate",
        _rate,
        "text_2",
        Fact.PRODUCT_VIEWS,
        summed=False,
    ),
    ProductColumn(_column("units", "Units", 48, 12), "units", _count, "text_2", Fact.ORDERS),
    ProductColumn(
        _column("revenue", "Revenue", 62, 0), "revenue_minor", fmt.amount, fact=Fact.ORDERS
    ),
    ProductColumn(
        _column("margin_rate", "Margin", 52, 7),
        "margin_rate",
        _whole_rate,
        "text_2",
        summed=False,
        optional=True,
    ),
    ProductColumn(
        _column("margin", "Margin, sum", 80, 8), "margin_minor", _money, "text_2", optional=True
    ),
    ProductColumn(
        _column("stock", "Stock", 46, 4), "stock", _stock, optional=True, of_board=stock_cell
    ),
    ProductColumn(
        _column("minutes_of_stock", "Sells out", 64, 4),
        "minutes_of_stock",
        _words,
        summed=False,
        optional=True,
        of_board=sells_out_cell,
    ),
    ProductColumn(
        _column("attention", "Attention", 136, 1, left=True),
        "sku",
        _words,
        summed=False,
        of_board=attention_cell,
    ),
)
BY_KEY = {column.key: column for column in NUMBERS}
_SUMMED = tuple(column for column in NUMBERS if column.summed)
_SUMMED_VALUES: Callable[[ProductRow], tuple[int | float | None, ...]] = attrgetter(
    *(c.field for c in _SUMMED)
)
COLUMNS = (MARK, NAME, *(c.column for c in NUMBERS[:3]), TREND, *(c.column for c in NUMBERS[3:]))
_RATIOS = {
    "click_through_rate": attrgetter("clicks", "impressions"),
    "click_to_order_rate": attrgetter("orders", "clicks"),
    "view_to_order_rate": attrgetter("orders", "views"),
    "margin_rate": attrgetter("margin_minor", "revenue_minor"),
}

ALL, OWN = "All", "Own"
_SETS = {
    "Selling": "price units_per_minute trend views clicks carts orders click_to_order_rate units revenue"
    " margin_rate stock minutes_of_stock attention",
    "Funnel": "impressions views click_through_rate clicks carts orders click_to_order_rate"
    " conversion units attention",
    "Stock": "sku units_per_minute trend units stock minutes_of_stock attention",
    "Money": "price orders units revenue margin_rate margin attention",
    ALL: " ".join(column.key for column in COLUMNS[2:]),
}
PRESETS = {name: tuple(keys.split()) for name, keys in _SETS.items()}
"""Sets of columns by name; the mark and the name are in each of them."""


def sort_value(key: str, board: Board) -> Callable[[ProductRow], Any]:
    """Return what a column sorts by: values, not text; the unknown comes last when falling."""
    if key == NAME.key:
        return lambda row: folded(row.name or row.sku)
    if key == "sku":
        return lambda row: row.sku.casefold()
    if key == "attention":
        # Falling: the most urgent first, then what brings most.
        return lambda row: (-_urgency(row, board), row.revenue_minor or 0)
    if key == "price":
        return lambda row: _or_lowest(board.price(row).now)
    field = BY_KEY[key].field
    return lambda row: _or_lowest(getattr(row, field))


def sums(rows: Iterable[ProductRow]) -> dict[str, int | float | None]:
    """Return the sum of each column that can be summed; unknown where no row knows it."""
    values = zip(*map(_SUMMED_VALUES, rows), strict=True)
    totals: dict[str, int | float | None] = {column.key: None for column in _SUMMED}
    for column, found in zip(_SUMMED, values, strict=False):
        known = [value for value in found if value is not None] if None in found else found
        totals[column.key] = sum(known) if known else None
    return totals


def ratios(rows: Iterable[ProductRow]) -> dict[str, float | None]:
    """Return the rates of all products together: sums ÷ sums over the rows that know both."""
    found = list(rows)
    totals: dict[str, float | None] = {}
    for column in NUMBERS:
        if column.field not in _RATIOS:
            continue
        pairs = list(map(_RATIOS[column.field], found))
        parts, wholes = zip(*pairs, strict=True) if pairs else ((), ())
        if None in parts or None in wholes:
            known = [pair for pair in pairs if None not in pair]
            parts, wholes = zip(*known, strict=True) if known else ((), ())
        below = sum(wholes)
        totals[column.key] = sum(parts) / below if below else None
    return totals


def _urgency(row: ProductRow, board: Board) -> int:
    found = board.attention.get(row.sku)
    return 99 if found is None else int(found.reason)


def _or_lowest(value: float | None) -> float:
    return _BEFORE_ANY if value is None else value
