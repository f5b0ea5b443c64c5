"""Layouts: of a phase and of the producer's own, kept per screens, locked on air, never off screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar
from pytestqt.qtbot import QtBot

from liveroom.models.facts import Mode
from liveroom.ui.dock import PanelDock
from liveroom.ui.layout_store import BUILT_IN, LayoutStore, name_set_up
from liveroom.ui.panel import PanelSpec
from liveroom.ui.panels import PANELS
from liveroom.ui.phases import DEBRIEF, ON_AIR, PHASES, PREPARE
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.layout_hands import dock_of, open_chooser, press, seen

PREPARED, AIRED, DEBRIEFED = BUILT_IN


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


def test_a_window_that_becomes_narrow_gets_the_small_arrangement_and_wide_its_own_again(
    make_desk: MakeDesk, qtbot: QtBot, settings: QSettings
) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(snapshots.full())
    clicks, channels = dock_of(desk, "clicks_chat"), dock_of(desk, "channels")
    assert clicks not in desk.tabifiedDockWidgets(channels)
    wide = {dock.objectName(): dock.geometry() for dock in desk.docks if seen_in_front(dock)}
    desk.resize(1366, 768)
    qtbot.waitUntil(lambda: clicks in desk.tabifiedDockWidgets(channels))
    QTest.qWait(400)
    small = make_desk(1366, 768)
    assert dock_of(small, "clicks_chat") in small.tabifiedDockWidgets(dock_of(small, "channels"))
    desk.resize(1920, 1080)
    qtbot.waitUntil(lambda: clicks not in desk.tabifiedDockWidgets(channels))
    QApplication.processEvents()
    again = {dock.objectName(): dock.geometry() for dock in desk.docks if seen_in_front(dock)}
    assert again.keys() == wide.keys()


def seen_in_front(dock: PanelDock) -> bool:
    return not dock.visibleRegion().isEmpty()
