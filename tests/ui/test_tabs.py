"""A panel behind another one costs nothing, says in its tab what waits in it, and comes up right."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from liveroom.models.facts import ConnectionState, Mode
from liveroom.ui.dock import PanelDock
from liveroom.ui.host import PanelHost
from liveroom.ui.main_window import MainWindow
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk

SHOP = replace(snapshots.CONNECTIONS[1], state=ConnectionState.FAILING, reason="503")


def marks_of(desk: MainWindow) -> dict[str, bool]:
    bars = desk.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return {
        bar.tabText(tab): not bar.tabIcon(tab).isNull()
        for bar in bars
        for tab in range(bar.count())
    }


def test_tabs_tell_of_hidden_panels(make_desk: MakeDesk) -> None:
    desk = make_desk(1366, 768)
    desk.show_snapshot(snapshots.full())
    assert not marks_of(desk)["Connections"]
    assert not marks_of(desk)["Chat"]
    chat = replace(snapshots.full().chat, unanswered=12)
    sources = (snapshots.CONNECTIONS[0], SHOP)
    desk.show_snapshot(snapshots.full(chat=chat, connections=sources))
    assert marks_of(desk)["Connections"]
    assert marks_of(desk)["Chat"]
    assert not marks_of(desk)["Products"]
    desk.set_theme("light")
    assert marks_of(desk)["Connections"]
    desk.show_snapshot(snapshots.full(mode=Mode.LIVE))
    assert not any(marks_of(desk).values())


@pytest.fixture
def desk(qtbot: QtBot, settings: QSettings) -> MainWindow:
    """Return a desk that shows a snapshot, and then another one, as its event loop lets it."""
    desk = MainWindow(lambda command: None, settings)
    qtbot.addWidget(desk)
    desk.resize(1920, 1080)
    with qtbot.waitExposed(desk):
        desk.show()
    for snapshot in (snapshots.full(products=snapshots.full().products[:1]), snapshots.full()):
        desk.show_snapshot(snapshot)
        qtbot.waitUntil(lambda: not desk.turns.are_due)
    return desk


def tabbed(desk: MainWindow) -> list[PanelDock]:
    found = [one for one in desk.docks if one.isVisible() and one.visibleRegion().isEmpty()]
    assert {"offers", "carts", "connections"} <= {one.objectName() for one in found}
    return found


def test_a_panel_behind_a_tab_is_there_and_shows_nothing_that_nobody_sees(
    desk: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    show = PanelHost._show_now
    monkeypatch.setattr(
        PanelHost, "_show_now", lambda host: (shown.append(host.spec.panel_id), show(host))
    )
    for dock in desk.docks:
        assert (dock.host.panel is not None) == dock.isVisible()
    desk.show_snapshot(snapshots.full(at=snapshots.NOW + 1000))
    desk.turns.take_all()
    seen = {one.objectName() for one in desk.docks if not one.visibleRegion().isEmpty()}
    assert set(shown) == seen


def test_turned_to_the_front_it_shows_the_newest_at_once(desk: MainWindow) -> None:
    dock = next(one for one in tabbed(desk) if one.objectName() == "connections")
    assert dock.host._stale
    dock.raise_()
    assert not dock.host._stale
    panel = dock.host.panel
    assert panel is not None
    assert panel._snapshot is desk.snapshot
    assert dock.title_bar is not None
    assert "2 sources" in dock.title_bar.text()


def test_so_it_does_by_whatever_way_it_comes_to_the_front(desk: MainWindow, qtbot: QtBot) -> None:
    for dock in tabbed(desk):
        # As where Qt says nothing of it.
        dock.visibilityChanged.disconnect()
        dock.raise_()
        qtbot.waitUntil(lambda dock=dock: not dock.host._stale)


def test_what_is_asked_of_a_hidden_panel_is_answered_by_the_newest(desk: MainWindow) -> None:
    dock = next(one for one in tabbed(desk) if one.objectName() == "connections")
    panels = []
    dock.host.do(panels.append)
    assert panels[0]._snapshot is desk.snapshot
    other = next(one for one in tabbed(desk) if one.objectName() == "presenter")
    panel = other.host.newest()
    assert panel is not None
    assert panel._snapshot is desk.snapshot


def test_a_panel_in_which_something_was_asked_for_is_kept_up_to_date_behind_its_tab(
    desk: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = next(one for one in tabbed(desk) if one.objectName() == "offers").host
    assert not host.is_behind()
    monkeypatch.setattr(type(host.panel.asked), "is_waiting", True)
    assert host.is_behind()
    desk.turns.take_all()
    assert host.panel._snapshot is desk.snapshot
    assert not host.is_behind()


def test_curves_that_come_to_the_front_are_not_those_of_before(
    qtbot: QtBot, settings: QSettings
) -> None:
    desk = MainWindow(lambda command: None, settings)
    qtbot.addWidget(desk)
    desk.resize(1920, 1080)
    with qtbot.waitExposed(desk):
        desk.show()
    desk.show_snapshot(snapshots.full())
    qtbot.waitUntil(lambda: not desk.turns.are_due)
    dock = next(one for one in tabbed(desk) if one.objectName() == "spend")
    dock.raise_()
    panel = dock.host.panel
    assert panel is not None
    before = panel.numbers()
    next(one for one in desk.docks if one.objectName() == "audience").raise_()
    desk.show_snapshot(snapshots.full(at=snapshots.NOW + 300_000))
    qtbot.waitUntil(lambda: not desk.turns.are_due)
    assert panel.numbers() == before
    dock.raise_()
    assert panel.numbers() != before
    assert panel.numbers() == dock.host.numbers()
