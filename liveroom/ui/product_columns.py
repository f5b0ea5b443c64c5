"""The columns of the product board: what each shows, sorts by and sums to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from liveroom.models.facts import Fact
from liveroom.ui import format as fmt
from liveroom.ui.parts.table import Cell, Column

if TYPE_CHECKING:
    from liveroom.models.snapshot import ProductRow

Value = int | float | None
SOON_MINUTES = 15
"""Stock that lasts no longer at the present pace is told in amber."""
_FAR_MINUTES = 180
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
    alarm: Callable[[Any], str] | None = None
    """Returns the tone of a value that stands out, blank for any other."""

    @property
    def key(self) -> str:
        """Return the column's key."""
        return self.column.key

    def cell(self, value: Value, currency: str | None) -> Cell:
        """Return the cell of a product with this value."""
        text = self.write(value, currency)
        tone = self.tone if text not in (fmt.UNKNOWN, fmt.NONE_YET) else "text_3"
        loud = self.alarm(value) if self.alarm is not None and value is not None else ""
        return Cell(text, loud or tone, 600 if loud else 400)


def _count(value: int | None, currency: str | None) -> str:
    return fmt.count(value)


def _rate(value: float | None, currency: str | None) -> str:
    return fmt.percent(value)


def _price(value: int | None, currency: str | None) -> str:
    return fmt.NONE_YET if value is None else fmt.amount(value, currency)


def _per_minute(value: float | None, currency: str | None) -> str:
    return fmt.number(value)


def _stock(value: int | None, currency: str | None) -> str:
    return fmt.NONE_YET if value is None else fmt.count(value)


def _sells_out(minutes: float | None, currency: str | None) -> str:
    if minutes is None or minutes > _FAR_MINUTES:
        return fmt.NONE_YET
    return f"{fmt.count(max(1, round(minutes)))}{fmt.NO_BREAK}min" if minutes else "sold out"


def _soon(minutes: float) -> str:
    return "warn" if minutes <= SOON_MINUTES else ""


def _column(key: str, title: str, width: int, keep: int) -> Column:
    return Column(key, title, width, keep, definition=f"product.{key}")


MARK = Column("mark", "", 28)
NAME = Column("product", "Product", 0, left=True)
TREND = Column("trend", "40 min", 60, 4, left=True, definition="product.trend")

NUMBERS = (
    ProductColumn(_column("price", "Price", 62, 10), "price_minor", _price, "text_2", summed=False),
    ProductColumn(
        _column("units_per_minute", "Sales/min", 68, 2),
        "units_per_minute",
        _per_minute,
        fact=Fact.ORDERS,
    ),
    ProductColumn(
        _column("impressions", "Shown", 60, 11), "impressions", _count, "text_2", Fact.IMPRESSIONS
    ),
    ProductColumn(_column("views", "Views", 58, 8), "views", _count, "text_2", Fact.PRODUCT_VIEWS),
    ProductColumn(
        _column("clicks", "Clicks", 56, 7), "clicks", _count, "text_2", Fact.PRODUCT_CLICKS
    ),
    ProductColumn(
        _column("click_through_rate", "CTR", 58, 6),
        "click_through_rate",
        _rate,
        "text_2",
        Fact.IMPRESSIONS,
        summed=False,
    ),
    ProductColumn(_column("carts", "Carts", 52, 9), "cart_adds", _count, "text_2", Fact.CARTS),
    ProductColumn(
        _column("orders", "Orders", 54, 1), "orders", _count, fact=Fact.ORDERS, summed=False
    ),
    ProductColumn(
        _column("click_to_order_rate", "CTOR", 58, 3),
        "click_to_order_rate",
        _rate,
        fact=Fact.PRODUCT_CLICKS,
        summed=False,
    ),
    ProductColumn(_column("units", "Units", 52, 5), "units", _count, "text_2", Fact.ORDERS),
    ProductColumn(
        _column("revenue", "Revenue", 80, 0), "revenue_minor", fmt.amount, fact=Fact.ORDERS
    ),
    ProductColumn(
        _column("margin_rate", "Margin", 58, 7),
        "margin_rate",
        _rate,
        "text_2",
        summed=False,
        optional=True,
    ),
    ProductColumn(_column("stock", "Stock", 50, 4), "stock", _stock, "text_2", optional=True),
    ProductColumn(
        _column("minutes_of_stock", "Sells out", 66, 3),
        "minutes_of_stock",
        _sells_out,
        "text_3",
        summed=False,
        optional=True,
        alarm=_soon,
    ),
)
VALUES: Callable[[ProductRow], tuple[Value, ...]] = attrgetter(*(c.field for c in NUMBERS))
"""Returns the values of a product, in the order of `NUMBERS`."""
BY_KEY = {column.key: column for column in NUMBERS}
_SUMMED = tuple(column for column in NUMBERS if column.summed)
_SUMMED_VALUES: Callable[[ProductRow], tuple[Value, ...]] = attrgetter(*(c.field for c in _SUMMED))
COLUMNS = (MARK, NAME, *(c.column for c in NUMBERS[:2]), TREND, *(c.column for c in NUMBERS[2:]))


def sort_value(key: str) -> Callable[[ProductRow], Any]:
    """Return what a column sorts by: values, not text; the unknown comes last when falling."""
    if key == NAME.key:
        return lambda row: (row.name or row.sku).casefold()
    field = BY_KEY[key].field

    def value(row: ProductRow) -> float:
        found: Value = getattr(row, field)
        return _BEFORE_ANY if found is None else found

    return value


def sums(rows: Iterable[ProductRow]) -> dict[str, Value]:
    """Return the sum of each column that can be summed; unknown where no row knows it."""
    values = zip(*map(_SUMMED_VALUES, rows), strict=True)
    totals: dict[str, Value] = {column.key: None for column in _SUMMED}
    for column, found in zip(_SUMMED, values, strict=False):
        known = [value for value in found if value is not None] if None in found else found
        totals[column.key] = sum(known) if known else None
    return totals
