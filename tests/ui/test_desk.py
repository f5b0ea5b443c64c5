"""The window: layouts, fences, modes, trouble, themes."""

import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from liveroom.models.facts import Mode
from liveroom.models.snapshot import Recording
from liveroom.ui.main_window import MainWindow
from liveroom.ui.panel import Panel
from liveroom.ui.panels import PANELS
from liveroom.ui.picture import picture, save_picture
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import dock_of


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


def test_f6_goes_as_one_reads(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(snapshots.full())
    desk.activateWindow()
    seen: list[str] = []
    for _ in range(8):
        desk.ways.step(1)
        held = desk.ways.focus.held()
        assert held is not None
        seen.append(held.objectName())
    column = [name for name in seen if name in ("log", "channels", "clicks_chat", "chat")]
    assert column[:4] == ["log", "channels", "clicks_chat", "chat"]
    assert seen.index("run_of_show") < seen.index("audience") < seen.index("products")
