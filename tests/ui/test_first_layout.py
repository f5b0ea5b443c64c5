"""The layout that a desk begins with, and what becomes of one that was saved."""

import pytest
from PySide6.QtCore import QSettings, Qt
from pytestqt.qtbot import QtBot

from liveroom.ui import layouts
from liveroom.ui.panel import Panel, PanelSpec
from liveroom.ui.panels import PANELS
from tests.ui.conftest import MakeDesk
from tests.ui.panels import dock_of

GONE = PanelSpec("gone", "Gone", "left", lambda: Panel)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (2560, 1440)])
def test_the_first_layout_shows_every_panel_inside_the_window(
    make_desk: MakeDesk, width: int, height: int
) -> None:
    desk = make_desk(width, height)
    for dock in desk.docks:
        behind = [other for other in desk.tabifiedDockWidgets(dock) if other.isVisible()]
        assert dock.isVisible() or behind or not dock.host.spec.shown
        if not dock.visibleRegion().isEmpty():
            assert desk.rect().contains(dock.geometry())
            assert dock.width() >= 80


def test_a_large_screen_shows_log_channels_map_and_chat_at_once_a_small_one_by_tabs(
    make_desk: MakeDesk,
) -> None:
    large = make_desk(1920, 1080)
    column = [dock_of(large, panel) for panel in ("log", "channels", "clicks_chat", "chat")]
    assert all(not dock.visibleRegion().isEmpty() for dock in column)
    tops = [dock.y() for dock in column]
    assert tops == sorted(tops)
    assert dock_of(large, "offers") in large.tabifiedDockWidgets(column[-1])
    small = make_desk(1366, 768)
    assert dock_of(small, "clicks_chat") in small.tabifiedDockWidgets(dock_of(small, "channels"))
    assert not dock_of(small, "chat").visibleRegion().isEmpty()
    assert dock_of(small, "connections") in small.tabifiedDockWidgets(dock_of(small, "products"))


@pytest.mark.parametrize(("height", "stacks"), [(1080, 4), (1000, 4), (960, 3), (860, 2)])
def test_a_column_has_as_many_stacks_as_there_is_room_for(
    make_desk: MakeDesk, height: int, stacks: int
) -> None:
    desk = make_desk(1920, height)
    left = dock_of(desk, "chat").x()
    seen = [dock for dock in desk.docks if not dock.visibleRegion().isEmpty() and dock.x() == left]
    assert len({dock.y() for dock in seen}) == stacks
    assert {"channels", "chat"} <= {dock.objectName() for dock in seen}


def test_a_layout_comes_back_after_a_restart(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk()
    dock_of(desk, "products").close()
    pair = [dock_of(desk, "run_of_show"), dock_of(desk, "audience")]
    desk.resizeDocks(pair, [400, 600], Qt.Orientation.Horizontal)
    qtbot.waitUntil(lambda: dock_of(desk, "run_of_show").width() > 380)
    wide = dock_of(desk, "run_of_show").width()
    desk.close()
    again = make_desk()
    assert dock_of(again, "products").isHidden()
    assert abs(dock_of(again, "run_of_show").width() - wide) <= 4


def test_reset_brings_every_panel_back_and_forgets_the_saved_layout(
    make_desk: MakeDesk, settings: QSettings
) -> None:
    desk = make_desk()
    dock_of(desk, "products").close()
    dock_of(desk, "audience").setFloating(True)
    desk.layouts.keep()
    assert [key for key in settings.allKeys() if key.endswith("/left")]
    desk.layouts.reset()
    assert not dock_of(desk, "products").isHidden()
    assert not dock_of(desk, "audience").isFloating()
    assert not [key for key in settings.allKeys() if key.endswith("/left")]


def test_a_layout_of_a_large_screen_is_not_forced_on_a_small_one(make_desk: MakeDesk) -> None:
    large = make_desk(1920, 1080)
    dock_of(large, "products").close()
    large.close()
    small = make_desk(1366, 768)
    assert not dock_of(small, "products").isHidden()


def test_a_panel_that_floated_off_the_screen_comes_back(make_desk: MakeDesk) -> None:
    desk = make_desk()
    dock = dock_of(desk, "products")
    dock.setFloating(True)
    dock.move(20_000, 20_000)
    layouts.rescue(desk, desk.docks)
    assert not dock.isFloating()
    assert desk.rect().contains(dock.geometry())


def test_a_saved_layout_knows_nothing_of_a_new_panel_and_shows_it(
    make_desk: MakeDesk, settings: QSettings
) -> None:
    make_desk(panels=PANELS[:-1]).close()
    desk = make_desk()
    newcomer = dock_of(desk, "connections")
    assert not newcomer.isHidden()
    assert desk.dockWidgetArea(newcomer) != Qt.DockWidgetArea.NoDockWidgetArea


def test_a_saved_layout_with_a_panel_we_no_longer_have_still_opens(make_desk: MakeDesk) -> None:
    first = make_desk(panels=(*PANELS, GONE))
    dock_of(first, "products").close()
    first.close()
    desk = make_desk()
    assert dock_of(desk, "products").isHidden()
    assert not dock_of(desk, "audience").isHidden()


def test_garbage_in_the_settings_gives_the_first_layout(
    make_desk: MakeDesk, settings: QSettings
) -> None:
    first = make_desk()
    dock_of(first, "products").close()
    first.close()
    for key in settings.allKeys():
        settings.setValue(key, b"not a layout")
    desk = make_desk()
    assert all(dock.isHidden() is not dock.host.spec.shown for dock in desk.docks)
