"""The product board: order, marks, large catalogues."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QElapsedTimer

from liveroom.models.snapshot import ProductRow
from liveroom.ui.main_window import MainWindow
from liveroom.ui.panels.products import MOST_ROWS, ProductsPanel
from liveroom.ui.product_columns import COLUMNS
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel


@pytest.fixture
def desk(make_desk: MakeDesk) -> MainWindow:
    return make_desk(1920, 1080)


@pytest.fixture
def panel(desk: MainWindow) -> ProductsPanel:
    return next(dock.host.panel for dock in desk.docks if dock.objectName() == "products")  # type: ignore[return-value]


def catalogue(count: int) -> tuple[ProductRow, ...]:
    return tuple(
        snapshots.product(f"sku{n}", f"Product {n}", orders=n, units=n, revenue_minor=n * 100)
        for n in range(count)
    )


def place_of(key: str) -> int:
    return [column.key for column in COLUMNS].index(key)


def test_rows_sort_by_value_and_not_by_text(desk: MainWindow, panel: ProductsPanel) -> None:
    desk.show_snapshot(snapshots.full(products=catalogue(12)))
    assert panel.order()[:3] == ["sku11", "sku10", "sku9"]
    panel._sort_by(place_of("orders"))
    assert panel.order()[:3] == ["sku11", "sku10", "sku9"]
    panel._sort_by(place_of("orders"))
    assert panel.order()[:3] == ["sku0", "sku1", "sku2"]


def test_the_unknown_sorts_below_zero(desk: MainWindow, panel: ProductsPanel) -> None:
    rows = (snapshots.product("a", "A"), snapshots.product("b", "B", revenue_minor=0))
    desk.show_snapshot(snapshots.full(products=rows))
    assert panel.order() == ["b", "a"]
    assert panel.numbers()["a.revenue"] == "unknown"


def test_rows_do_not_move_while_one_looks_at_them(
    desk: MainWindow, panel: ProductsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.show_snapshot(snapshots.full())
    before = panel.order()
    changed = tuple(
        replace(row, revenue_minor=99_000_000) if row.sku == "power" else row
        for row in snapshots.full().products
    )
    desk.show_snapshot(snapshots.full(products=changed))
    assert panel.order() == before
    assert panel.numbers()["power.revenue"] == "990,000"
    monkeypatch.setattr(QElapsedTimer, "elapsed", lambda self: 10_000)
    panel._table.selectRow(2)
    desk.show_snapshot(snapshots.full(products=(*changed[:1], *changed[1:])))
    assert panel.order() == before
    panel._table.clearSelection()
    desk.show_snapshot(snapshots.full(products=(*changed[1:], changed[0])))
    assert panel.order()[0] == "power"


def test_on_air_and_next_are_marked(desk: MainWindow, panel: ProductsPanel) -> None:
    desk.show_snapshot(snapshots.full())
    panel.numbers()
    marks = dict(zip(panel.order(), panel._marks, strict=True))
    assert marks["notebook"] == "on air"
    assert marks["tablet"] == "next"
    assert marks["fone"] == ""


def test_a_large_catalogue_is_cut_and_says_so(desk: MainWindow, panel: ProductsPanel) -> None:
    rows = (*catalogue(4000), snapshots.product("notebook", "Notebook Air 14", revenue_minor=1))
    desk.show_snapshot(snapshots.full(products=rows))
    assert len(panel.order()) == MOST_ROWS + 1
    assert "notebook" in panel.order()
    assert panel._hidden.text() == "3,900 more products are not shown; filter to find them"
    assert panel.numbers()["total.units"] == f"{sum(range(4000)):,}"


def test_the_filter_finds_what_was_cut(desk: MainWindow, panel: ProductsPanel) -> None:
    desk.show_snapshot(snapshots.full(products=catalogue(4000)))
    assert "sku7" not in panel.order()
    panel._filter.setText("product 7")
    assert panel.order()[0] == "sku799"
    panel._filter.setText("SKU7 ")
    assert "sku7" in panel.order()
    assert panel.numbers()["sku7.orders"] == "7"


def test_only_rows_that_changed_are_painted(
    desk: MainWindow, panel: ProductsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = list(snapshots.full().products)
    desk.show_snapshot(snapshots.full(products=tuple(rows)))
    panel.numbers()
    painted: list[tuple[int, str]] = []
    set_cell = panel._table.set_cell
    monkeypatch.setattr(
        panel._table,
        "set_cell",
        lambda row, key, cell: painted.append((row, key)) or set_cell(row, key, cell),
    )
    rows[3] = replace(rows[3], orders=12)
    desk.show_snapshot(snapshots.full(products=tuple(rows)))
    assert {row for row, _ in painted} == {panel.order().index("notebook")}


def test_columns_without_a_source_are_left_out(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.only_orders())
    panel = next(d.host.panel for d in desk.docks if d.objectName() == "products")
    assert isinstance(panel, ProductsPanel)
    shown = panel._table.shown_columns()
    assert "views" not in shown
    assert "click_to_order_rate" not in shown
    assert {"orders", "units", "revenue"} <= set(shown)


def test_stock_and_margin_have_columns_where_they_are_known(make_desk: MakeDesk) -> None:
    desk = make_desk(2560, 1080)
    desk.show_snapshot(snapshots.full())
    panel = open_panel(desk, "products")
    known = {"stock", "minutes_of_stock", "margin_rate"}
    assert not known & set(panel._table.shown_columns())
    rows = {row.sku: row for row in snapshots.full().products}
    rows["boom"] = replace(rows["boom"], stock=13, margin_minor=1_738_528)
    rows["fone"] = replace(rows["fone"], stock=0)
    rows["gan"] = replace(rows["gan"], stock=140, units_per_minute=0.5)
    desk.show_snapshot(snapshots.full(products=tuple(rows.values())))
    assert known <= set(panel._table.shown_columns())
    shown = desk.numbers()["products"]
    assert (shown["boom.stock"], shown["boom.minutes_of_stock"]) == ("13", "6\u00a0min")
    assert shown["boom.margin_rate"] == "44.0\u202f%"
    assert (shown["fone.stock"], shown["fone.minutes_of_stock"]) == ("0", "sold out")
    assert shown["gan.minutes_of_stock"] == shown["watch.stock"] == "—"
    assert shown["total.stock"] == "153"
    place = panel._table.places["minutes_of_stock"]
    loud = {
        sku
        for row, sku in enumerate(panel._order)
        if panel._table._shown[row][place].tone == "warn"
    }
    assert loud == {"boom", "fone"}
