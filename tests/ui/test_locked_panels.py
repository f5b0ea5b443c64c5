"""Panels are locked while on air."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDockWidget

from liveroom.ui.main_window import MainWindow
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.layout_hands import dock_of, open_chooser, press


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
