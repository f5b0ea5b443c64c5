"""The product board: order, marks, columns, filters, large catalogues."""

import time

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QElapsedTimer, QPoint, Qt
from pytestqt.qtbot import QtBot

from liveroom.models.commands import Command
from liveroom.ui.main_window import MainWindow
from liveroom.ui.panels.products import ProductsPanel
from liveroom.ui.product_order import ATTENTION, ON_AIR
from tests.ui import snapshots
from tests.ui.products.boards import catalogue, choose, key, sort_by, stocked
from tests.ui.snapshots import NOW


def test_rows_sort_by_value_and_not_by_text(desk: MainWindow, panel: ProductsPanel) -> None:
    desk.show_snapshot(snapshots.full(products=catalogue(12)))
    assert panel.order()[:3] == ["sku11", "sku10", "sku9"]
    sort_by(panel, "orders")
    assert panel.order()[:3] == ["sku11", "sku10", "sku9"]
    sort_by(panel, "orders")
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
    marks = dict(zip(panel.order(), panel.rows.marks, strict=True))
    assert marks["notebook"] == "on air"
    assert marks["tablet"] == "next"
    assert marks["fone"] == ""


def test_a_large_catalogue_is_there_in_full_and_only_what_is_seen_is_painted(
    desk: MainWindow, panel: ProductsPanel
) -> None:
    rows = (*catalogue(4000), snapshots.product("notebook", "Notebook Air 14", revenue_minor=1))
    desk.show_snapshot(snapshots.full(products=rows))
    assert len(panel.order()) == 4001
    painted = sum(row is not None for row in panel.rows.painted)
    assert painted < 40
    panel._table.verticalScrollBar().setValue(panel._table.verticalScrollBar().maximum())
    assert panel._table.text_at(3998, "product") == "Product 1"
    assert panel._totals.text_at(0, "units") == f"{sum(range(4000)):,}"


def test_a_second_of_two_thousand_products_costs_milliseconds(
    desk: MainWindow, panel: ProductsPanel
) -> None:
    rows = list(catalogue(2000))
    desk.show_snapshot(snapshots.full(products=tuple(rows)))
    spent = []
    for second in range(1, 6):
        rows[1999] = replace(rows[1999], orders=2000 + second)
        at = NOW + second * 1000
        snapshot = snapshots.full(products=tuple(rows), at=at)
        before = time.perf_counter()
        panel.show_snapshot(snapshot)
        spent.append(time.perf_counter() - before)
    # Half a frame on a quiet machine; ten times that where the machine is busy.
    assert min(spent) < 0.1


def test_the_filter_finds_by_name_sku_and_category(
    desk: MainWindow, panel: ProductsPanel, qtbot: QtBot
) -> None:
    desk.show_snapshot(stocked())
    assert panel.controls.tools.isHidden()
    key(qtbot, panel, Qt.Key.Key_Slash)
    assert panel.controls.tools.isVisible()
    qtbot.keyClicks(panel.controls.tools.filter, "audio")
    assert panel.order() == ["fone", "boom", "notebook"]  # it is on air
    assert panel.controls.tools.words.text() == "2 of 10 products"
    panel.controls.tools.filter.setText("2 caneta")
    assert panel.order() == ["notebook"]
    assert panel.controls.tools.words.text() == "0 of 10 products"
    panel.controls.tools.filter.setText("caneta TABLET")
    assert panel.order() == ["notebook", "tablet"]
    qtbot.keyClick(panel.controls.tools.filter, Qt.Key.Key_Escape)
    assert len(panel.order()) == 10


def test_the_filter_does_not_mind_accents(desk: MainWindow, panel: ProductsPanel) -> None:
    rows = tuple(replace(row, category="Áudio") for row in snapshots.full().products[:2])
    desk.show_snapshot(snapshots.full(products=rows))
    panel.controls.open_filter()
    panel.controls.tools.filter.setText("audio")
    assert len(panel.order()) == 2


def test_letters_typed_into_the_filter_are_no_keys_of_the_board(
    desk: MainWindow, panel: ProductsPanel, qtbot: QtBot, commands: list[Command]
) -> None:
    desk.show_snapshot(stocked())
    choose(panel, "fone")
    panel.controls.open_filter()
    qtbot.keyClicks(panel.controls.tools.filter, "kit pat")
    assert panel.controls.tools.filter.text() == "kit pat"
    assert commands == []
    assert panel.controls.wish.kept == ()


def test_only_rows_that_changed_are_painted(
    desk: MainWindow, panel: ProductsPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = list(snapshots.full().products)
    desk.show_snapshot(snapshots.full(products=tuple(rows)))
    # Whoever asks for the numbers has every row and column written; then only what is seen.
    panel.numbers()
    desk.show_snapshot(snapshots.full(products=tuple(rows)))
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


def test_only_what_needs_attention_or_is_on_air(
    desk: MainWindow, panel: ProductsPanel, qtbot: QtBot
) -> None:
    desk.show_snapshot(stocked())
    key(qtbot, panel, Qt.Key.Key_A)
    assert panel.controls.wish.show == ATTENTION
    assert panel.order() == ["fone", "boom", "notebook"]
    key(qtbot, panel, Qt.Key.Key_A)
    assert len(panel.order()) == 10
    panel.controls.tools.set_show(ON_AIR)
    assert panel.order() == ["notebook", "tablet"]


def test_groups_head_the_products_of_a_category_with_their_sums(
    desk: MainWindow, panel: ProductsPanel, qtbot: QtBot
) -> None:
    desk.show_snapshot(stocked())
    key(qtbot, panel, Qt.Key.Key_G)
    panel.numbers()
    names = [panel._table.text_at(row, "product") for row in range(len(panel._order))]
    assert names[0] == "No category · 8"
    assert names[9:] == ["Audio · 2", "Fone ANC Pulse 3", "Caixa Boom 360"]
    assert panel._table.text_at(9, "revenue") == "84,184"
    assert len(panel.order()) == 10
    panel._table.selectRow(9)
    key(qtbot, panel, Qt.Key.Key_K)
    assert panel.controls.wish.kept == ()


def test_rows_kept_on_top_stay_there_whatever_is_sorted_or_filtered(
    desk: MainWindow, panel: ProductsPanel, qtbot: QtBot
) -> None:
    desk.show_snapshot(stocked())
    choose(panel, "mouse")
    key(qtbot, panel, Qt.Key.Key_K)
    assert panel.order()[0] == "mouse"
    panel.controls.tools.filter.setText("fone")
    assert panel.order() == ["mouse", "fone", "notebook"]
    sort_by(panel, "orders")
    assert panel.order()[0] == "mouse"
    choose(panel, "mouse")
    key(qtbot, panel, Qt.Key.Key_K)
    assert set(panel.order()) == {"fone", "notebook"}


def test_what_is_on_air_never_scrolls_away(desk: MainWindow, panel: ProductsPanel) -> None:
    rows = (*catalogue(300), snapshots.product("notebook", "Notebook Air 14", revenue_minor=15_050))
    desk.show_snapshot(snapshots.full(products=rows))
    table, row = panel._table, panel.order().index("notebook")
    tall, view = table.rowHeight(0), table.viewport().height()
    bar = table.verticalScrollBar()
    bar.setValue(0)
    assert table.overlaid() == {row: view - tall}
    assert table.indexAt(QPoint(60, view - 3)).row() == row
    bar.setValue(bar.maximum())
    assert table.overlaid() == {row: 0}
    assert table.indexAt(QPoint(60, 3)).row() == row
    bar.setValue(row * tall - view // 2)
    assert table.overlaid() == {}
    assert table.indexAt(QPoint(60, view // 2 + 3)).row() == row


def test_no_row_hides_behind_the_one_that_stays(desk: MainWindow, panel: ProductsPanel) -> None:
    rows = (*catalogue(300), snapshots.product("notebook", "Notebook Air 14", revenue_minor=29_950))
    desk.show_snapshot(snapshots.full(products=rows))
    table = panel._table
    table.selectRow(200)
    table.selectRow(150)
    top = table.rowViewportPosition(150)
    assert list(table.overlaid().values()) == [0]
    assert top >= table.rowHeight(0)
