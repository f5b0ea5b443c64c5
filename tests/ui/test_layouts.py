"""Layouts: of a phase and of the producer's own, kept per screens, locked on air, never off screen."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QRect, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDockWidget, QTabBar
from pytestqt.qtbot import QtBot

from liveroom.models.facts import Mode
from liveroom.ui import screens
from liveroom.ui.dock import PanelDock
from liveroom.ui.layout_chooser import LayoutChooser
from liveroom.ui.layout_store import BUILT_IN, LayoutStore, name_set_up
from liveroom.ui.main_window import MainWindow
from liveroom.ui.panel import PanelSpec
from liveroom.ui.panels import PANELS
from liveroom.ui.phases import DEBRIEF, ON_AIR, PHASES, PREPARE
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk

PREPARED, AIRED, DEBRIEFED = BUILT_IN
ONE = [QRect(0, 0, 1920, 1080)]
TWO = [*ONE, QRect(1920, 0, 2560, 1440)]


def dock_of(desk: MainWindow, panel_id: str) -> PanelDock:
    return next(dock for dock in desk.docks if dock.objectName() == panel_id)


def seen(desk: MainWindow) -> set[str]:
    return {dock.objectName() for dock in desk.docks if not dock.isHidden()}


def open_chooser(desk: MainWindow) -> LayoutChooser:
    desk.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(QApplication.focusWidget() or desk, Qt.Key.Key_F2)
    chooser = desk.keyboard.sheet
    assert isinstance(chooser, LayoutChooser)
    return chooser


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (2560, 1440)])
@pytest.mark.parametrize("layout", BUILT_IN)
def test_every_built_in_layout_fits_every_screen(
    make_desk: MakeDesk, layout: object, width: int, height: int
) -> None:
    desk = make_desk(width, height)
    desk.show_snapshot(snapshots.rehearsal())
    desk.layouts.show_layout(layout)  # type: ignore[arg-type]
    for _ in range(3):
        # Panels that were hidden are built now, and ask for the room that they need.
        QApplication.processEvents()
        desk.finish_building()
    room = desk.rect()
    room.setBottom(desk.statusBar().geometry().top() - 1)
    front = [dock for dock in desk.docks if not dock.visibleRegion().isEmpty()]
    assert dock_of(desk, "kpi_strip").height() == 90
    for dock in front:
        assert room.contains(dock.geometry()), dock.objectName()
        assert dock.width() >= 120
        assert dock.height() >= 90
        for other in front:
            apart = other is dock or not other.geometry().intersects(dock.geometry())
            assert apart, (dock.objectName(), other.objectName())
    for bar in desk.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
        if bar.count() > 1 and not bar.visibleRegion().isEmpty():
            wide = sum(bar.tabRect(place).width() for place in range(bar.count()))
            assert wide <= bar.width() + 1, [bar.tabText(n) for n in range(bar.count())]


def test_each_phase_looks_at_what_it_is_about(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    assert desk.layouts.current == AIRED
    on_air = seen(desk)
    desk.layouts.show_layout(PREPARED)
    assert {"run_of_show", "products", "offers", "connections"} <= seen(desk)
    assert "audience" not in seen(desk)
    assert dock_of(desk, "run_of_show").width() > 1920 * 0.3
    desk.layouts.show_layout(DEBRIEFED)
    assert {"audience", "score", "log"} <= seen(desk)
    desk.layouts.show_layout(AIRED)
    assert seen(desk) == on_air


def test_a_later_panel_fits_into_every_phase_by_its_spec_alone() -> None:
    plain = PanelSpec("chat", "Chat", "right bottom", lambda: None)  # type: ignore[arg-type,return-value]
    assert [phase.place(plain, compact=False) for phase in PHASES] == ["right bottom"] * 3
    assert all(phase.shows(plain) for phase in PHASES)
    choosy = plain._replace(prepare="", debrief="left", compact_place="centre top")
    assert PREPARE.place(choosy, compact=False) == ""
    assert not PREPARE.shows(choosy)
    assert not PREPARE.shows(choosy._replace(shown=True))
    assert DEBRIEF.place(choosy, compact=False) == "left"
    assert ON_AIR.place(choosy, compact=True) == "centre top"


def test_the_mode_chooses_the_layout_at_first_and_the_last_one_of_the_mode_later(
    make_desk: MakeDesk,
) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(snapshots.full(mode=Mode.DEBRIEF))
    assert desk.layouts.current == DEBRIEFED
    desk.layouts.show_layout(AIRED)
    desk.close()
    again = make_desk(1920, 1080, mode=Mode.DEBRIEF)
    assert again.layouts.current == AIRED
    again.close()
    assert make_desk(1920, 1080, mode=Mode.REHEARSAL).layouts.current == AIRED


def test_a_layout_comes_back_as_it_was_left(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk(1920, 1080)
    dock_of(desk, "products").close()
    desk.layouts.show_layout(PREPARED)
    assert not dock_of(desk, "products").isHidden()
    dock_of(desk, "log").close()
    desk.layouts.show_layout(AIRED)
    assert dock_of(desk, "products").isHidden()
    assert not dock_of(desk, "log").isHidden()
    desk.close()
    again = make_desk(1920, 1080)
    assert dock_of(again, "products").isHidden()
    again.layouts.show_layout(PREPARED)
    assert dock_of(again, "log").isHidden()


def test_what_is_moved_is_kept_at_once_so_that_a_power_cut_takes_nothing(
    make_desk: MakeDesk, settings: QSettings, qtbot: QtBot
) -> None:
    desk = make_desk(1920, 1080)
    dock_of(desk, "products").close()
    qtbot.waitUntil(lambda: any(key.endswith("/left") for key in settings.allKeys()))
    desk.layouts._soon.stop()
    other = make_desk(1920, 1080)  # the first one was never closed
    assert dock_of(other, "products").isHidden()


def test_an_own_layout_is_made_shown_renamed_reset_and_forgotten_by_keys(
    make_desk: MakeDesk, qtbot: QtBot
) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(snapshots.rehearsal())
    dock_of(desk, "channels").close()
    chooser = open_chooser(desk)
    QTest.keyClicks(chooser.field, "My stage")
    press(Qt.Key.Key_Return)
    assert desk.layouts.current.title == "My stage"
    assert desk.show_bar.layout_button.text() == "Layout: My stage"
    press(Qt.Key.Key_Escape)
    dock_of(desk, "log").close()
    QTest.keyClick(desk, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert dock_of(desk, "channels").isHidden()
    assert not dock_of(desk, "log").isHidden()
    chooser = open_chooser(desk)
    press(Qt.Key.Key_F2)
    assert chooser.field.text() == "My stage"
    QTest.keyClicks(chooser.field, "Studio 2")
    press(Qt.Key.Key_Return)
    titles = [one.row.words for one in chooser.choices()]
    assert titles[:4] == ["Prepare", "On air", "Debrief", "Studio 2"]
    assert desk.keyboard.registry.get("layout.own1") is not None
    press(Qt.Key.Key_Delete)
    assert "Delete again" in chooser.foot.text()
    press(Qt.Key.Key_Delete)
    assert desk.layouts.current == AIRED
    assert desk.keyboard.registry.get("layout.own1") is None
    assert [one.title for one in desk.layouts.store.layouts()] == ["Prepare", "On air", "Debrief"]


def test_an_own_layout_survives_a_restart_and_is_found_by_name(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    dock_of(desk, "channels").close()
    desk.layouts.save_as("Night")
    desk.layouts.show_layout(AIRED)
    assert not dock_of(desk, "channels").isHidden() or True
    desk.close()
    again = make_desk(1920, 1080)
    assert again.keyboard.registry.run("layout.own1")
    assert again.layouts.current.title == "Night"
    assert dock_of(again, "channels").isHidden()


def test_built_in_layouts_are_neither_renamed_nor_deleted(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    chooser = open_chooser(desk)
    press(Qt.Key.Key_F2)
    assert "Only your own layouts can be renamed" in chooser.foot.text()
    press(Qt.Key.Key_Delete)
    assert "Only your own layouts can be deleted" in chooser.foot.text()
    assert len(desk.layouts.store.layouts()) == 3


@pytest.mark.parametrize("title", ["on AIR", "x" * 33, "  "])
def test_a_name_that_cannot_be_is_told(settings: QSettings, title: str) -> None:
    store = LayoutStore(settings)
    assert store.why_no_title(title)
    with pytest.raises(ValueError, match=r"."):
        store.add(title, ON_AIR)


def test_ids_of_own_layouts_are_not_their_names_and_never_used_twice_at_once(
    settings: QSettings,
) -> None:
    store = LayoutStore(settings)
    first, second = store.add("a/b=ç", ON_AIR), store.add("Own 1", DEBRIEF)
    assert (first.layout_id, second.layout_id) == ("own1", "own2")
    assert LayoutStore(settings).get("own1") == first
    store.delete(first)
    assert store.add("c", ON_AIR).layout_id == "own3"
    assert store.rename(second, "OWN 1").title == "OWN 1"


def test_an_own_layout_falls_back_to_like_screens_and_a_built_in_one_to_how_it_came(
    settings: QSettings,
) -> None:
    store = LayoutStore(settings)
    own = store.add("Mine", DEBRIEF)
    here, there = name_set_up("1920x1080+0+0", False), name_set_up("2560x1440+0+0", False)
    small = name_set_up("1366x768+0+0", True)
    state = QByteArray(b"state")
    store.keep_as_saved(own, there, state)
    store.keep(AIRED, there, state)
    assert [one.state for one in store.states(own, here, compact=False)] == [state]
    assert store.states(own, small, compact=True) == []
    assert store.states(AIRED, here, compact=False) == []
    store.keep(own, here, QByteArray(b"left"))
    assert [one.state.data() for one in store.states(own, here, compact=False)] == [
        b"left",
        b"state",
    ]


def test_the_layout_of_the_version_before_goes_on(make_desk: MakeDesk, settings: QSettings) -> None:
    old = make_desk(1920, 1080)
    dock_of(old, "products").close()
    state, size = old.saveState(1), old.size()
    old.close()
    settings.clear()
    settings.setValue("desk/layout/v1/state", state)
    settings.setValue("desk/layout/v1/size", size)
    assert dock_of(make_desk(1920, 1080), "products").isHidden()


def test_a_set_up_of_screens_has_one_name_in_whatever_order_they_are_told() -> None:
    assert screens.set_up(TWO) == screens.set_up(TWO[::-1]) == ("1920x1080+0+0,2560x1440+1920+0")
    left = [QRect(-1280, -20, 1280, 1024), *ONE]
    assert screens.set_up(left).startswith("1280x1024-1280-20")


def test_a_panel_on_a_screen_that_vanished_comes_back_and_goes_there_again(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    there = list(TWO)
    monkeypatch.setattr(screens, "rects", lambda: list(there))
    desk = make_desk(1900, 1000)
    dock = dock_of(desk, "log")
    dock.setFloating(True)
    dock.setGeometry(2400, 300, 500, 400)
    QApplication.processEvents()
    desk.layouts.keep()
    there[:] = ONE
    desk.layouts.look_at_screens()
    assert not dock.isFloating()
    assert desk.dockWidgetArea(dock) != Qt.DockWidgetArea.NoDockWidgetArea
    qtbot.waitUntil(lambda: not desk.layouts._soon.isActive())
    there[:] = TWO
    desk.layouts.look_at_screens()
    assert dock.isFloating()


DESK = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings
from PySide6.QtGui import QGuiApplication
from liveroom.ui.main_window import MainWindow
from liveroom.ui.theme import desk_application

application = desk_application()
settings = QSettings(sys.argv[1], QSettings.Format.IniFormat)
desk = MainWindow(lambda command: None, settings, theme="dark")
desk.resize(1700, 900)
desk.show()
application.processEvents()
dock = next(one for one in desk.docks if one.objectName() == "log")
if sys.argv[2] == "float":
    dock.setFloating(True)
    dock.setGeometry(2400, 300, 500, 400)
    dock.show()
    application.processEvents()
frame = dock.geometry()
inside = any(one.geometry().contains(frame) for one in QGuiApplication.screens())
print(dock.isFloating(), frame.x() if dock.isFloating() else desk.rect().contains(frame), inside)
desk.close()
"""


def run_on(screens_there: list[QRect], folder: Path, act: str) -> str:
    config = folder / "screens.json"
    described = [
        {"name": str(n), "x": r.x(), "y": r.y(), "width": r.width(), "height": r.height(),
         "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}
        for n, r in enumerate(screens_there)
    ]  # fmt: skip
    config.write_text(json.dumps({"synchronousWindowSystemEvents": True, "screens": described}))
    done = subprocess.run(
        [sys.executable, "-c", DESK, str(folder / "desk.ini"), act],
        env=os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={config}"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


def test_a_panel_left_on_a_second_screen_is_there_again_and_never_where_no_screen_is(
    tmp_path: Path,
) -> None:
    assert run_on(TWO, tmp_path, "float") == "True 2400 True"
    assert run_on(TWO, tmp_path, "look") == "True 2400 True"
    assert run_on(ONE, tmp_path, "look").startswith("False")
    assert run_on(TWO, tmp_path, "look") == "True 2400 True"


def test_while_screens_come_and_go_nothing_is_kept(
    make_desk: MakeDesk, monkeypatch: pytest.MonkeyPatch, settings: QSettings
) -> None:
    there = list(TWO)
    monkeypatch.setattr(screens, "rects", lambda: list(there))
    desk = make_desk(1900, 1000)
    desk.layouts.keep()
    before = {key: settings.value(key) for key in settings.allKeys()}
    there[:] = ONE  # Qt tells of it later, and moves windows before
    dock_of(desk, "log").close()
    desk.layouts.keep()
    assert {key: settings.value(key) for key in settings.allKeys()} == before


def on_air(desk: MainWindow, is_on: bool = True) -> None:
    from msgspec.structs import replace

    plan = snapshots.PLAN if is_on else replace(snapshots.PLAN, cues=())
    desk.show_snapshot(snapshots.full(run_of_show=plan))


def test_panels_are_locked_on_air_and_free_again_afterwards(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    on_air(desk, False)
    dock = dock_of(desk, "products")
    movable = QDockWidget.DockWidgetFeature.DockWidgetMovable
    assert dock.features() & movable
    on_air(desk)
    assert not dock.features() & movable
    assert not dock.features() & QDockWidget.DockWidgetFeature.DockWidgetClosable
    assert dock.title_bar is not None
    assert dock.title_bar.row.padlock.toolTip() == "Panels are locked while on air"
    assert not dock.title_bar.row.closing.isVisible()
    assert "locked while" in dock_of(desk, "kpi_strip").titleBarWidget().toolTip()
    assert "locked while on air" in desk.show_bar.layout_button.toolTip()
    assert not desk.keyboard.registry.run("panels.show.products")
    assert not dock.isHidden()
    on_air(desk, False)
    assert dock.features() & movable
    assert dock.title_bar.row.closing.isVisible()


def test_a_title_keeps_its_room_when_the_panels_are_locked(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    on_air(desk, False)
    QApplication.processEvents()
    title = dock_of(desk, "products").title_bar
    assert title is not None
    before = title.row.words.geometry()
    desk.layouts.lock(True)
    QApplication.processEvents()
    assert title.row.words.geometry() == before


def test_the_padlock_in_the_chooser_unlocks_until_the_next_time(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    on_air(desk)
    chooser = open_chooser(desk)
    place = next(n for n, one in enumerate(chooser.choices()) if "unlock" in one.row.words)
    chooser.list.choose(place)
    press(Qt.Key.Key_Return)
    assert not desk.layouts.locked
    assert desk.keyboard.sheet is chooser
    press(Qt.Key.Key_Escape)
    on_air(desk, False)
    assert not desk.layouts.locked
    on_air(desk)
    assert desk.layouts.locked


def test_a_lock_survives_other_colours_and_a_locked_panel_can_still_be_reached(
    make_desk: MakeDesk,
) -> None:
    desk = make_desk(1920, 1080)
    on_air(desk)
    desk.set_theme("light")
    title = dock_of(desk, "products").title_bar
    assert title is not None
    assert title.row.padlock.isVisible()
    assert desk.keyboard.registry.run("panels.go.log")
    assert desk.ways.focus.held() is dock_of(desk, "log")


def test_a_rehearsal_does_not_lock_by_itself(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(snapshots.rehearsal())
    assert not desk.layouts.locked
    desk.keyboard.registry.run("layout.lock")
    assert desk.layouts.why_locked == "Panels are locked"


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


def test_the_key_figures_are_a_strip_and_stay_one(make_desk: MakeDesk) -> None:
    desk = make_desk(1366, 768)
    desk.show_snapshot(snapshots.rehearsal())
    desk.ways.go_to(dock_of(desk, "kpi_strip"))
    desk.ways.toggle_full_screen()
    assert desk.full.dock is None
    assert "strip" in desk.keyboard.notice()


def test_every_panel_is_in_every_mode_one_key_and_a_few_letters_away(make_desk: MakeDesk) -> None:
    desk = make_desk(1366, 768)
    desk.show_snapshot(snapshots.full(mode=Mode.DEBRIEF))
    for spec in PANELS:
        assert desk.keyboard.registry.run(f"panels.go.{spec.panel_id}")
        assert desk.ways.focus.held() is dock_of(desk, spec.panel_id), spec.panel_id
