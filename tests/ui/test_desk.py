"""The window: layouts, fences, modes, trouble, themes."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSettings, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from liveroom.models.facts import Mode
from liveroom.models.snapshot import Recording, Snapshot
from liveroom.ui import layouts
from liveroom.ui.dock import PanelDock
from liveroom.ui.host import PanelHost
from liveroom.ui.main_window import MainWindow
from liveroom.ui.panel import Panel, PanelSpec
from liveroom.ui.panels import PANELS
from liveroom.ui.picture import picture, save_picture
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk


def dock_of(desk: MainWindow, panel_id: str) -> PanelDock:
    return next(dock for dock in desk.docks if dock.objectName() == panel_id)


class Fragile(Panel):
    """Stops at the first snapshot that has no title."""

    def show_snapshot(self, snapshot: Snapshot) -> None:
        if not snapshot.title:
            raise KeyError("direct")

    def numbers(self) -> dict[str, str]:
        return {"fine": "yes"}


class Unbuildable(Panel):
    """Cannot even be built."""

    def __init__(self, *arguments: object) -> None:
        raise RuntimeError("no such font")


FRAGILE = PanelSpec("fragile", "Fragile", "left", lambda: Fragile)
UNBUILDABLE = PanelSpec("unbuildable", "Unbuildable", "left", lambda: Unbuildable)


def test_every_panel_has_an_id_of_its_own_and_a_dock_of_that_name(make_desk: MakeDesk) -> None:
    ids = [panel.panel_id for panel in PANELS]
    assert len(set(ids)) == len(ids)
    assert [dock.objectName() for dock in make_desk().docks] == ids


def test_every_panel_is_where_its_line_in_the_registry_says() -> None:
    found = [spec.load() for spec in PANELS]
    assert all(issubclass(panel, Panel) for panel in found)
    assert len(set(found)) == len(found)
    stems = [Path(sys.modules[panel.__module__].__file__ or "").stem for panel in found]
    files = Path(sys.modules["liveroom.ui.panels"].__file__ or "").parent.glob("[a-z]*.py")
    assert sorted(stems) == sorted(file.stem for file in files)


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


def test_a_large_screen_shows_channels_map_and_levers_at_once_a_small_one_by_tabs(
    make_desk: MakeDesk,
) -> None:
    large = make_desk(1920, 1080)
    assert all(
        not dock_of(large, panel).visibleRegion().isEmpty()
        for panel in ("channels", "clicks_chat", "offers", "products", "audience")
    )
    small = make_desk(1366, 768)
    assert dock_of(small, "clicks_chat") in small.tabifiedDockWidgets(dock_of(small, "channels"))
    assert dock_of(small, "connections") in small.tabifiedDockWidgets(dock_of(small, "products"))


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
    first = make_desk(panels=(*PANELS, FRAGILE))
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


def test_a_panel_that_raises_stops_alone_and_can_be_restarted(
    make_desk: MakeDesk, caplog: pytest.LogCaptureFixture
) -> None:
    desk = make_desk(panels=(*PANELS, FRAGILE))
    host = dock_of(desk, "fragile").host
    desk.show_snapshot(snapshots.full())
    assert host.numbers() == {"fine": "yes"}
    with caplog.at_level("ERROR"):
        desk.show_snapshot(snapshots.full(title=""))
        host.refresh()
    assert "panel fragile stopped" in caplog.text
    assert "This panel stopped at 20:41:36" in host.message()
    assert "KeyError: 'direct' · test_desk.py:" in host.message()
    assert desk.numbers()["kpi_strip"]["orders"] == "428"
    desk.show_snapshot(snapshots.full())
    assert "stopped" in host.message()
    host.restart()
    host.refresh()
    assert host.message() == ""
    assert host.numbers() == {"fine": "yes"}


def test_what_a_panel_does_on_its_own_time_is_fenced_too(
    make_desk: MakeDesk, caplog: pytest.LogCaptureFixture, qtbot: QtBot
) -> None:
    from liveroom.ui.chart import Chart

    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    desk.finish_building()
    chart = desk.findChild(Chart)
    assert chart is not None
    chart.canvas.draw = None  # type: ignore[assignment,method-assign]
    desk.show_snapshot(snapshots.full(at=snapshots.NOW + 5000))
    host = dock_of(desk, "audience").host
    qtbot.waitUntil(lambda: host.stopped is not None)
    assert "TypeError" in host.message()
    assert "panel audience stopped" in caplog.text


def test_curves_that_fail_at_their_first_snapshot_stop_their_panel_too(
    make_desk: MakeDesk, caplog: pytest.LogCaptureFixture
) -> None:
    from liveroom.ui.chart import Chart

    desk = make_desk()
    chart = desk.findChild(Chart)
    assert chart is not None
    chart.canvas.draw = None  # type: ignore[assignment,method-assign]
    desk.show_snapshot(snapshots.full())
    host = dock_of(desk, "audience").host
    assert "TypeError" in host.message()
    assert host.panel is None
    assert caplog.text.count("panel audience stopped") == 1
    assert desk.numbers()["kpi_strip"]["orders"] == "428"


def test_a_panel_that_cannot_be_built_does_not_stop_the_desk(make_desk: MakeDesk) -> None:
    desk = make_desk(panels=(*PANELS, UNBUILDABLE))
    desk.show_snapshot(snapshots.full())
    assert "RuntimeError: no such font" in dock_of(desk, "unbuildable").host.message()
    assert desk.numbers()["products"]["fone.orders"] == "128"


@pytest.mark.parametrize(
    ("mode", "lamp", "words"),
    [
        (Mode.LIVE, "ON AIR", "Live data"),
        (Mode.REHEARSAL, "REHEARSAL", "nothing is sent to platform, shop or OBS"),
        (Mode.REPLAY, "REPLAY", "Recorded data, played again"),
        (Mode.DEBRIEF, "DEBRIEF", "read only"),
    ],
)
def test_modes_are_told_apart_in_words_and_colours(
    make_desk: MakeDesk, mode: Mode, lamp: str, words: str
) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full(mode=mode))
    bar = desk.numbers()["show_bar"]
    assert bar["lamp"] == lamp
    assert words in bar["meaning"]
    image = desk.grab().toImage()
    edge = {image.pixelColor(1, y).name() for y in range(image.height())}
    assert (edge == {desk.theme["window"].name()}) == (mode is Mode.LIVE)


@pytest.mark.parametrize("letters", [*range(4, 90, 6), 250, 400])
def test_beside_a_long_title_the_meaning_is_said_shorter_and_never_cut(
    make_desk: MakeDesk, letters: int
) -> None:
    desk = make_desk(1600, 900)
    desk.show_snapshot(
        snapshots.rehearsal(title="Brincar é " * (letters // 10) + "x" * (letters % 10))
    )
    QApplication.processEvents()
    bar, meaning = desk.show_bar, desk.show_bar.meaning
    assert bar.title.geometry().right() < bar.lamp.x()
    assert bar.title.is_cut() is (letters >= 250)
    assert not meaning.is_cut()
    assert meaning.text() in (
        "Simulated data · nothing is sent to platform, shop or OBS",
        "Simulated · nothing is sent",
        "Nothing is sent",
        "",
    )


def test_a_rehearsal_and_recorded_data_show_no_on_air_red(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    red = desk.theme["onair"]
    for mode in (Mode.REHEARSAL, Mode.REPLAY, Mode.DEBRIEF):
        desk.show_snapshot(snapshots.full(mode=mode))
        assert desk.theme["onair"] != red


def test_a_live_show_before_its_first_cue_is_off_air(make_desk: MakeDesk) -> None:
    from msgspec.structs import replace

    desk = make_desk()
    plan = replace(snapshots.PLAN, cues=())
    desk.show_snapshot(snapshots.full(run_of_show=plan))
    assert desk.numbers()["show_bar"]["lamp"] == "OFF AIR"
    assert desk.numbers()["run_of_show"]["go"] == "GO take next 1 · Opening and welcome"


def test_the_clock_is_the_sessions_not_the_machines(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    bar = desk.numbers()["show_bar"]
    assert bar["clock"] == "20:41:36"
    assert bar["since"] == "Since start 0:41:04"
    assert bar["until"] == "Off air in 18:48"


def test_trouble_with_recording_is_a_banner_and_moves_nothing(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    before = [dock.geometry() for dock in desk.docks]
    trouble = Recording(events=10, trouble="the disk is full; free some space on /data")
    desk.show_snapshot(snapshots.full(recording=trouble))
    bar = desk.numbers()["show_bar"]
    assert bar["trouble"] == "NOT RECORDING the disk is full; free some space on /data"
    assert desk.show_bar.banner.isVisible()
    assert "NOT SAVED" in desk.status_line.text()
    assert [dock.geometry() for dock in desk.docks] == before
    desk.show_snapshot(snapshots.full())
    assert not desk.show_bar.banner.isVisible()


def test_the_theme_can_change_while_the_show_goes_on(
    make_desk: MakeDesk, settings: QSettings, qtbot: QtBot
) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    desk.numbers()  # builds what nobody has seen yet
    QApplication.processEvents()
    before = desk.numbers()
    desk.set_theme("light")
    qtbot.waitUntil(lambda: desk.numbers() == before)
    assert settings.value("desk/theme") == "light"
    desk.close()
    assert make_desk().theme.name == "light"


def test_the_theme_can_change_before_anybody_asked_for_a_key(
    settings: QSettings, qtbot: QtBot
) -> None:
    desk = MainWindow(lambda command: None, settings)
    qtbot.addWidget(desk)
    desk.show()
    desk.set_theme("light")
    desk.finish_building()
    desk.show_snapshot(snapshots.full())
    desk.turns.take_all()
    assert [dock.objectName() for dock in desk.docks if dock.host.stopped] == []
    assert dock_of(desk, "run_of_show").host.panel.go.text()
    desk.close()


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


def test_a_picture_has_the_size_that_was_asked_for(make_desk: MakeDesk, tmp_path: Path) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    image = picture(desk, 1600, 900)
    assert (image.width(), image.height()) == (1600, 900)
    path = save_picture(desk, tmp_path / "new" / "desk.png", 1366, 768)
    assert path.read_bytes()[:4] == b"\x89PNG"


def test_f6_walks_through_the_panels(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    desk.activateWindow()
    seen = []
    for _ in range(4):
        desk.ways.step(1)
        held: QWidget | None = desk.focusWidget()
        seen += [dock.objectName() for dock in desk.docks if held and dock.isAncestorOf(held)]
    assert len(set(seen)) >= 3
    assert "run_of_show" in seen
    assert "products" in seen
