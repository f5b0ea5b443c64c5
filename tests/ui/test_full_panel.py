"""A panel on the whole screen, and back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liveroom.models.score_card import ScoreProgress
from liveroom.ui.main_window import MainWindow
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.layout_hands import dock_of, press, seen


def geometries(desk: MainWindow) -> dict[str, QRect]:
    return {dock.objectName(): dock.geometry() for dock in desk.docks if dock.isVisible()}


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080)])
def test_a_panel_fills_the_screen_and_all_is_exactly_as_before(
    make_desk: MakeDesk, qtbot: QtBot, width: int, height: int
) -> None:
    desk = make_desk(width, height)
    desk.show_snapshot(snapshots.rehearsal())
    dock = dock_of(desk, "products")
    pair = [dock_of(desk, "run_of_show"), dock_of(desk, "audience")]
    desk.resizeDocks(pair, [333, 555], Qt.Orientation.Horizontal)
    QApplication.processEvents()
    desk.ways.go_to(dock)
    before, size = geometries(desk), desk.size()
    focused = QApplication.focusWidget()
    QTest.keyClick(focused, Qt.Key.Key_F11)
    qtbot.waitUntil(lambda: dock.body.width() > desk.width() - 40)
    assert desk.isFullScreen()
    assert desk.show_bar.isVisible()
    assert QApplication.focusWidget() is focused
    assert desk.numbers()["products"]
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.size() == size)
    qtbot.waitUntil(lambda: geometries(desk) == before)
    assert dock.body.parentWidget() is dock
    assert QApplication.focusWidget() is focused


def test_a_panel_on_the_whole_screen_goes_on_and_its_own_esc_comes_first(
    make_desk: MakeDesk,
) -> None:
    desk = make_desk(1366, 768)
    desk.show_snapshot(snapshots.rehearsal())
    dock = dock_of(desk, "products")
    desk.ways.go_to(dock)
    desk.ways.toggle_full_screen()
    panel = dock.host.panel
    panel._table.selectRow(1)  # type: ignore[union-attr]
    desk.show_snapshot(snapshots.rehearsal(at=snapshots.NOW + 9_000))
    press(Qt.Key.Key_Escape)
    assert desk.full.dock is dock
    press(Qt.Key.Key_Escape)
    assert desk.full.dock is None


@pytest.mark.parametrize("act", ["layout.prepare", "panels.next", "log.call", "colours.light"])
def test_whatever_shows_another_panel_puts_the_full_one_back_first(
    make_desk: MakeDesk, act: str
) -> None:
    desk = make_desk(1366, 768)
    desk.show_snapshot(snapshots.rehearsal())
    desk.ways.go_to(dock_of(desk, "products"))
    desk.ways.toggle_full_screen()
    assert desk.keyboard.registry.run(act)
    assert desk.full.dock is None
    assert all(dock.body.parentWidget() is dock for dock in desk.docks)


def test_a_full_panel_is_no_layout(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk(1366, 768)
    desk.show_snapshot(snapshots.rehearsal())
    desk.ways.go_to(dock_of(desk, "products"))
    desk.ways.toggle_full_screen()
    desk.close()
    again = make_desk(1366, 768)
    assert not again.isFullScreen()
    assert {"run_of_show", "audience", "products"} <= seen(again)


def test_a_floating_panel_fills_the_screen_that_it_is_on_and_comes_back(
    make_desk: MakeDesk, qtbot: QtBot
) -> None:
    desk = make_desk(1366, 768)
    desk.show_snapshot(snapshots.rehearsal())
    dock = dock_of(desk, "log")
    dock.setFloating(True)
    dock.setGeometry(40, 60, 420, 300)
    desk.ways.go_to(dock)
    qtbot.waitUntil(lambda: desk.ways.focus.held() is dock)
    desk.ways.toggle_full_screen()
    assert dock.geometry() == dock.screen().geometry()
    QTest.keyClick(dock.host, Qt.Key.Key_Escape)
    assert dock.geometry() == QRect(40, 60, 420, 300)


def in_front(desk: MainWindow, panel_id: str) -> bool:
    return not dock_of(desk, panel_id).visibleRegion().isEmpty()


@pytest.mark.parametrize("wanted", ["offers", "presenter"])
def test_a_panel_that_is_asked_for_from_a_full_one_stays_in_front_with_the_keyboard(
    make_desk: MakeDesk, qtbot: QtBot, wanted: str
) -> None:
    desk = make_desk(1366, 768)
    desk.show_snapshot(snapshots.rehearsal())
    size = desk.size()
    desk.ways.go_to(dock_of(desk, "chat"))
    desk.ways.toggle_full_screen()
    qtbot.waitUntil(lambda: desk.full.dock is not None)
    desk.ways.go_to(dock_of(desk, wanted))
    qtbot.waitUntil(lambda: desk.size() == size)
    QTest.qWait(50)
    assert in_front(desk, wanted)
    assert not in_front(desk, "chat")
    focused = QApplication.focusWidget()
    assert focused is not None
    assert dock_of(desk, wanted).isAncestorOf(focused)


def test_a_score_that_comes_while_a_panel_fills_the_screen_has_its_place(
    make_desk: MakeDesk, qtbot: QtBot
) -> None:
    desk = make_desk(1366, 768)
    desk.show_snapshot(snapshots.rehearsal())
    desk.ways.go_to(dock_of(desk, "chat"))
    desk.ways.toggle_full_screen()
    desk.show_score(ScoreProgress(done=1, total=6))
    assert desk.full.dock is None
    QTest.qWait(50)
    assert in_front(desk, "score")
    assert dock_of(desk, "score") in desk.tabifiedDockWidgets(dock_of(desk, "audience"))
