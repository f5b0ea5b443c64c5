"""The product board by keys and menus: sorting, columns, and what is done to a chosen product."""

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from pytestqt.qtbot import QtBot

from liveroom.models.commands import Command, PinProduct, TakeSegment
from liveroom.models.facts import Mode
from liveroom.models.levers import Levers
from liveroom.ui.column_choice import ColumnChoice
from liveroom.ui.main_window import MainWindow
from liveroom.ui.panels.products import ProductsPanel
from liveroom.ui.product_columns import COLUMNS, PRESETS
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel, title_of
from tests.ui.products.boards import choose, key, sort_by, stocked
from tests.ui.snapshots import NOW


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
