"""Product boards to look at, and hands for them."""

from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from liveroom.models.snapshot import ProductRow, Snapshot
from liveroom.ui.panels.products import ProductsPanel
from liveroom.ui.product_columns import COLUMNS
from tests.ui import snapshots
from tests.ui.panels import press


def catalogue(count: int) -> tuple[ProductRow, ...]:
    return tuple(
        snapshots.product(f"sku{n}", f"Product {n}", orders=n, units=n, revenue_minor=n * 100)
        for n in range(count)
    )


def stocked(**changes: object) -> Snapshot:
    stocks = {"boom": 13, "fone": 0, "gan": 140, "notebook": 39, "tablet": 58}
    rows = tuple(
        replace(
            row, stock=stocks.get(row.sku), category="Audio" if row.sku in ("fone", "boom") else ""
        )
        for row in snapshots.full().products
    )
    return snapshots.full(**({"products": rows} | changes))


def sort_by(panel: ProductsPanel, key: str) -> None:
    """Click a column's title."""
    place = [column.key for column in COLUMNS].index(key)
    panel._table.horizontalHeader().sectionClicked.emit(place)


def key(qtbot: QtBot, panel: ProductsPanel, *keys: Qt.Key) -> None:
    for one in keys:
        press(qtbot, panel._table, one)


def choose(panel: ProductsPanel, sku: str) -> None:
    panel._table.selectRow(panel._order.index(sku))
