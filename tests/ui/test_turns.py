"""Panels are built and brought up to date in turns, none for longer than it must; hidden ones wait."""

import pytest
from PySide6.QtCore import QRect, QSettings, Qt
from pytestqt.qtbot import QtBot

from liveroom.ui.host import PanelHost
from liveroom.ui.main_window import MainWindow
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import dock_of


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080)])
def test_the_first_paint_has_every_dock_in_its_place_and_panels_move_none(
    qtbot: QtBot, settings: QSettings, width: int, height: int
) -> None:
    desk = MainWindow(lambda command: None, settings)
    qtbot.addWidget(desk)
    desk.resize(width, height)
    places: list[list[QRect]] = []
    built: list[bool] = []

    def look() -> None:
        places.append([dock.geometry() for dock in desk.docks])
        built.append(any(dock.host.panel for dock in desk.docks))

    desk.painted.connect(look)
    desk.show()
    qtbot.waitUntil(lambda: bool(places))
    assert built == [False]
    assert all("Waiting for the session" in dock.host.message() for dock in desk.docks)
    qtbot.waitUntil(lambda: not any(dock.host.is_behind() for dock in desk.docks))
    look()
    desk.show_snapshot(snapshots.full())
    qtbot.waitUntil(lambda: not any(dock.host.is_behind() for dock in desk.docks))
    look()
    assert built == [False, True, True]
    assert places[0] == places[1] == places[2]


def test_keys_work_before_any_panel_is_there(qtbot: QtBot, settings: QSettings) -> None:
    desk = MainWindow(lambda command: None, settings)
    qtbot.addWidget(desk)
    dock = dock_of(desk, "products")
    floating: list[bool] = []

    def press() -> None:
        assert not any(dock.host.panel for dock in desk.docks)
        dock.setFloating(True)
        floating.append(dock.isFloating())
        qtbot.keyClick(desk, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
        floating.append(dock.isFloating())

    desk.painted.connect(press)
    desk.show()
    qtbot.waitUntil(lambda: bool(floating))
    assert floating == [True, False]


def test_panels_take_turns_in_the_event_loop(
    make_desk: MakeDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(1920, 1080)
    turns: list[int] = []
    show = PanelHost._show_now
    monkeypatch.setattr(PanelHost, "_show_now", lambda host: (turns.append(1), show(host)))
    MainWindow.show_snapshot(desk, snapshots.full())
    assert turns == []
    shown = sum(not dock.visibleRegion().isEmpty() for dock in desk.docks)
    assert sum(dock.host.is_behind() for dock in desk.docks) == shown
    desk.turns.take_one()
    assert len(turns) == 1
    qtbot.waitUntil(lambda: not any(dock.host.is_behind() for dock in desk.docks))
    assert len(turns) == shown
    qtbot.waitUntil(lambda: not desk.turns.are_due)


def test_the_first_numbers_come_in_the_order_of_the_panels_whichever_was_built_last(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = make_desk(1920, 1080)
    refreshed: list[str] = []
    monkeypatch.setattr(PanelHost, "refresh", lambda host: refreshed.append(host.spec.panel_id))
    desk.turns._place = 5
    MainWindow.show_snapshot(desk, snapshots.full())
    desk.turns.take_one()
    desk.turns._place = 5
    MainWindow.show_snapshot(desk, snapshots.full(at=snapshots.NOW + 1000))
    desk.turns.take_one()
    behind = [dock.objectName() for dock in desk.docks if dock.host.is_behind()]
    assert refreshed[0] == behind[0]
    assert refreshed[1] != behind[0], "nobody waits for ever"


def test_hidden_panels_cost_nothing_and_are_right_when_shown(make_desk: MakeDesk) -> None:
    desk = make_desk()
    dock = dock_of(desk, "products")
    desk.show_snapshot(snapshots.full())
    dock.hide()
    desk.show_snapshot(snapshots.full(products=snapshots.full().products[:3]))
    assert dock.host._stale
    dock.show()
    assert not dock.host._stale
    assert dock.host.numbers()["total.revenue"] == "141,688"
