"""The product board: order, marks, columns, filters, large catalogues."""

import time

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QElapsedTimer, QPoint, QSettings, Qt
from pytestqt.qtbot import QtBot

from liveroom.models.commands import Command, PinProduct, TakeSegment
from liveroom.models.facts import ConnectionState, Mode
from liveroom.models.levers import Levers, RunningOffer
from liveroom.models.offers import Offer, OfferKind
from liveroom.models.snapshot import ProductRow, Snapshot
from liveroom.models.splits import Sales
from liveroom.ui.column_choice import ColumnChoice
from liveroom.ui.main_window import MainWindow
from liveroom.ui.panels.products import ProductsPanel
from liveroom.ui.product_columns import COLUMNS, PRESETS
from liveroom.ui.product_order import ATTENTION, ON_AIR
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel, press, title_of
from tests.ui.snapshots import NOW

NARROW = "\u202f"


@pytest.fixture
def desk(make_desk: MakeDesk) -> MainWindow:
    return make_desk(1920, 1080)


@pytest.fixture
def panel(desk: MainWindow) -> ProductsPanel:
    found: ProductsPanel = open_panel(desk, "products")
    return found


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
    rows = {row.sku: row for row in stocked().products}
    rows["boom"] = replace(rows["boom"], margin_minor=1_738_528)
    rows["gan"] = replace(rows["gan"], units_per_minute=0.5)
    desk.show_snapshot(snapshots.full(products=tuple(rows.values()), at=NOW + 1000))
    assert known <= set(panel._table.shown_columns())
    shown = desk.numbers()["products"]
    assert (shown["boom.stock"], shown["boom.minutes_of_stock"]) == ("13", "20:47")
    assert shown["boom.margin_rate"] == f"44{NARROW}%"
    assert (shown["fone.stock"], shown["fone.minutes_of_stock"]) == ("0", "sold out")
    assert shown["gan.minutes_of_stock"] == "after show"
    assert shown["watch.stock"] == shown["watch.minutes_of_stock"] == "—"
    assert shown["total.stock"] == "250"
    place = panel._table.places["minutes_of_stock"]
    loud = {
        sku
        for row, sku in enumerate(panel._order)
        if panel._table.cell_at(row, place).tone == "warn"
    }
    assert loud == {"boom", "fone"}


def test_what_needs_attention_says_so_in_words(desk: MainWindow, panel: ProductsPanel) -> None:
    desk.show_snapshot(stocked())
    shown = panel.numbers()
    assert shown["notebook.attention"] == "clicks, few orders"
    assert shown["boom.attention"] == "sells out in 6\u00a0min"
    assert shown["fone.attention"] == "sold out"
    assert shown["tablet.attention"] == "NEXT · on at 20:42"
    assert shown["watch.attention"] == ""
    assert shown["total.attention"] == "3 need attention"
    place = panel._table.places["click_to_order_rate"]
    tones = {sku: panel._table.cell_at(row, place).tone for row, sku in enumerate(panel._order)}
    assert {sku for sku, tone in tones.items() if tone == "bad"} == {"notebook"}
    tip = panel._describe("attention", panel._order.index("notebook"))
    assert f"11 orders of 1,964 clicks: 0.6{NARROW}%, at most 1.0{NARROW}%" in tip
    assert f"the other products bring 5.1{NARROW}%" in tip


def test_on_air_and_sold_well_is_said_without_alarm(desk: MainWindow, panel: ProductsPanel) -> None:
    rows = tuple(replace(row, orders=90) for row in snapshots.full().products)
    desk.show_snapshot(snapshots.full(products=rows))
    assert panel.numbers()["notebook.attention"] == "ON AIR · until 20:42"
    assert panel.numbers()["total.attention"] == ""
    desk.show_snapshot(snapshots.rehearsal(products=rows, at=NOW + 1000))
    shown = open_panel(desk, "products").numbers()
    assert shown["notebook.attention"] == "IN REHEARSAL · until 20:42"


def test_under_an_offer_the_price_before_is_struck_through(
    desk: MainWindow, panel: ProductsPanel
) -> None:
    offer = Offer(offer_id="o", kind=OfferKind.PERCENTAGE, title="", skus=("notebook",), percent=10)
    running = RunningOffer(offer=offer, started_at=NOW - 1000, ends_at=NOW + 5000)
    desk.show_snapshot(snapshots.full(levers=Levers(offers=(running,))))
    assert panel.numbers()["notebook.price"] == "3,499 → 3,149"
    place = panel._table.places["price"]
    cell = panel._table.cell_at(panel._order.index("notebook"), place)
    assert cell is not None
    assert [(run.text, run.strike) for run in cell.runs] == [("3,499", True), ("3,149", False)]
    assert panel.numbers()["fone.price"] == "349"
    desk.show_snapshot(snapshots.full(levers=Levers(offers=(running,)), at=NOW + 6000))
    assert panel.numbers()["notebook.price"] == "3,499"


def test_a_kit_is_a_row_and_in_no_total(desk: MainWindow, panel: ProductsPanel) -> None:
    kit = Offer(
        offer_id="k", kind=OfferKind.KIT, title="Office kit", skus=("monitor", "mouse"),
        amount_minor=139_900,
    )  # fmt: skip
    levers = Levers(offers=(RunningOffer(offer=kit, started_at=NOW - 1000),))
    sales = {"k": Sales(orders=7, revenue_minor=979_300)}
    desk.show_snapshot(snapshots.full(levers=levers, by_offer=sales))
    shown = panel.numbers()
    assert (shown["k.orders"], shown["k.revenue"], shown["k.clicks"]) == ("7", "9,793", "—")
    assert shown["k.price"] == "1,548 → 1,399"
    assert shown["total.revenue"] == "225,992"
    assert panel._totals.text_at(0, "product") == "10 products · 1 kit"


def test_the_totals_are_of_the_show_and_rates_are_of_sums(
    desk: MainWindow, panel: ProductsPanel
) -> None:
    desk.show_snapshot(snapshots.full())
    shown = panel.numbers()
    assert shown["total.orders"] == "428"
    assert shown["total.click_to_order_rate"] == f"4.2{NARROW}%"
    assert shown["total.conversion"] == f"0.8{NARROW}%"
    assert shown["watch.conversion"] == f"1.1{NARROW}%"


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


def test_the_keyboard_sorts(desk: MainWindow, panel: ProductsPanel, qtbot: QtBot) -> None:
    desk.show_snapshot(snapshots.full())
    before = panel.controls.wish.sort
    shown = panel._table.shown_columns()
    key(qtbot, panel, Qt.Key.Key_Left)
    assert panel.controls.wish.sort == shown[shown.index(before) - 1] == "units"
    assert panel.order()[0] == "fone"
    key(qtbot, panel, Qt.Key.Key_R)
    assert panel.order()[0] == "kit"
    key(qtbot, panel, Qt.Key.Key_Right)
    assert panel.controls.wish.sort == "revenue"


def test_sorted_by_attention_the_most_urgent_is_first(
    desk: MainWindow, panel: ProductsPanel
) -> None:
    desk.show_snapshot(stocked())
    sort_by(panel, "attention")
    assert panel.order()[:5] == ["notebook", "boom", "fone", "tablet", "watch"]


def test_sets_of_columns_and_ones_own_are_kept_for_the_next_start(
    make_desk: MakeDesk, qtbot: QtBot
) -> None:
    desk = make_desk(2560, 1440)
    desk.show_snapshot(stocked())
    panel = open_panel(desk, "products")
    assert "conversion" not in panel._table.shown_columns()
    key(qtbot, panel, Qt.Key.Key_C)
    chooser = panel.controls.chooser
    assert chooser is not None
    chooser.sets.pick(1)
    assert "conversion" in panel._table.shown_columns()
    assert "revenue" not in panel._table.shown_columns()
    row = panel.controls.choice.order.index("revenue")
    chooser.list.setCurrentRow(row)
    qtbot.keyClick(chooser.list, Qt.Key.Key_Return)
    assert panel.controls.choice.preset == "Own"
    assert {*PRESETS["Funnel"], "revenue"} == set(chooser.ticked())
    qtbot.keyClick(chooser.list, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert panel.controls.choice.order.index("revenue") == row - 1
    chooser.close()
    again = open_panel(make_desk(2560, 1440), "products")
    assert again.controls.choice.preset == "Own"
    assert again.controls.choice.order == panel.controls.choice.order
    assert again.controls.choice.shown() == panel.controls.choice.shown()


def test_a_dragged_column_is_kept_and_mark_and_name_stay_first(
    make_desk: MakeDesk, settings: QSettings
) -> None:
    desk = make_desk(2560, 1440)
    desk.show_snapshot(stocked())
    panel = open_panel(desk, "products")
    table = panel._table
    header = table.horizontalHeader()
    header.moveSection(header.visualIndex(table.places["stock"]), 2)
    assert table.shown_columns()[:3] == ["mark", "product", "stock"]
    assert panel._totals.order_of_columns() == table.order_of_columns()
    header.moveSection(header.visualIndex(table.places["product"]), 5)
    header.moveSection(header.visualIndex(table.places["revenue"]), 1)
    assert table.shown_columns()[:3] == ["mark", "product", "stock"]
    kept = ColumnChoice()
    kept.take_settings(settings)
    assert kept.order[0] == "stock"


@pytest.mark.parametrize("nonsense", ["", "no such columns", "revenue revenue mark product \0"])
def test_a_settings_file_that_was_tampered_with_harms_nothing(
    settings: QSettings, nonsense: str
) -> None:
    for name in ("preset", "own", "order"):
        settings.setValue(f"products/columns/v1/{name}", nonsense)
    choice = ColumnChoice()
    choice.take_settings(settings)
    assert sorted(choice.order) == sorted(column.key for column in COLUMNS[2:])
    assert choice.preset == "Selling"
    assert choice.shown()


def test_keys_pin_offer_and_take_what_is_chosen(
    desk: MainWindow, panel: ProductsPanel, qtbot: QtBot, commands: list[Command]
) -> None:
    desk.show_snapshot(stocked())
    key(qtbot, panel, Qt.Key.Key_P)
    assert commands == []
    assert "choose a row first" in title_of(desk, "products")
    choose(panel, "tablet")
    key(qtbot, panel, Qt.Key.Key_P)
    assert commands == [PinProduct(sku="tablet")]
    key(qtbot, panel, Qt.Key.Key_T)
    assert commands == [PinProduct(sku="tablet")]
    assert "T again takes 6 · Tablet 11″ + caneta" in title_of(desk, "products")
    key(qtbot, panel, Qt.Key.Key_T)
    assert commands[1:] == [TakeSegment(segment_id="s6")]
    desk.show_snapshot(stocked(levers=Levers(pinned="tablet"), at=NOW + 1000))
    key(qtbot, panel, Qt.Key.Key_P)
    assert commands[2:] == [PinProduct(sku="")]
    key(qtbot, panel, Qt.Key.Key_Space)
    assert len(commands) == 3
    key(qtbot, panel, Qt.Key.Key_O)
    offers = open_panel(desk, "offers")
    assert offers.form_is_open()
    assert offers.form.products.skus() == ("tablet",)


def test_a_question_that_was_not_answered_in_time_is_asked_again(
    desk: MainWindow, panel: ProductsPanel, qtbot: QtBot, commands: list[Command]
) -> None:
    desk.show_snapshot(stocked())
    now = [0.0]
    panel.controls.actions.clock = lambda: now[0]
    choose(panel, "tablet")
    key(qtbot, panel, Qt.Key.Key_T)
    now[0] = 5.0
    key(qtbot, panel, Qt.Key.Key_T)
    assert commands == []


def test_in_a_replay_nothing_is_asked_for(
    desk: MainWindow, qtbot: QtBot, commands: list[Command]
) -> None:
    desk.show_snapshot(stocked(mode=Mode.REPLAY))
    panel = open_panel(desk, "products")
    choose(panel, "tablet")
    key(qtbot, panel, Qt.Key.Key_P, Qt.Key.Key_T, Qt.Key.Key_T, Qt.Key.Key_O)
    assert commands == []
    assert "what happened cannot be changed" in desk.keyboard.notice()


def test_only_columns_of_the_silent_source_are_grey(desk: MainWindow, panel: ProductsPanel) -> None:
    snapshot = stocked()
    connections = tuple(
        replace(one, state=ConnectionState.FAILING) if one.source == "shop" else one
        for one in snapshot.connections
    )
    desk.show_snapshot(snapshot)
    table = panel._table
    assert (table.tone_at(0, "orders"), table.tone_at(0, "product")) == ("text", "text")
    desk.show_snapshot(replace(snapshot, connections=connections, at=NOW + 1000))
    assert (table.tone_at(0, "orders"), table.tone_at(0, "product")) == ("text_3", "text")
    assert table.is_stale(table.places["revenue"])
    assert not table.is_stale(table.places["price"])
    assert "Shop" in title_of(desk, "products")
    desk.show_snapshot(replace(snapshot, at=NOW + 2000))
    assert table.tone_at(0, "orders") == "text"


def test_menus_offer_what_the_keys_do(desk: MainWindow, panel: ProductsPanel) -> None:
    desk.show_snapshot(stocked())
    panel._table.horizontalHeader().sectionClicked.emit(0)
    assert panel.controls.menu is not None
    words = [action.text().split("\t")[0] for action in panel.controls.menu.actions()]
    assert {"Columns…", "Filter…", "Group by category", "Category"} <= set(words)
    audio = (
        next(a for a in panel.controls.menu.actions() if a.text() == "Category").menu().actions()[1]
    )
    assert audio.text() == "Audio"
    audio.trigger()
    assert set(panel.order()) == {"fone", "boom", "notebook"}
    panel.controls.menu.close()
    choose(panel, "boom")
    panel._table.customContextMenuRequested.emit(QPoint(5000, 5000))
    words = [action.text().split("\t")[0] for action in panel.controls.menu.actions()]
    assert words == ["Keep on top", "Pin product card", "New offer for it…", "Take its segment"]
    panel.controls.menu.close()
