"""The display is a window of its own: any screen, no focus, remembered, and no danger to the desk."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSettings, QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from liveroom.models.facts import Mode
from liveroom.ui.main_window import MainWindow
from liveroom.ui.presenter import choice as choices
from liveroom.ui.presenter import words
from liveroom.ui.presenter.choice import Choice
from liveroom.ui.presenter.compose import Composer
from liveroom.ui.presenter.display import PresenterDisplay
from liveroom.ui.theme import Theme
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.hands import double_click
from tests.ui.presenter_facts import told

CTRL = Qt.KeyboardModifier.ControlModifier


class Screen:
    """As much of a QScreen as a choice looks at."""

    def __init__(self, name: str, x: int = 0, wide: int = 1920, tall: int = 1080) -> None:
        self._name, self._rect = name, QRect(x, 0, wide, tall)

    def name(self) -> str:
        return self._name

    def model(self) -> str:
        return ""

    def geometry(self) -> QRect:
        return self._rect

    def size(self) -> QSize:
        return self._rect.size()


LAPTOP, WALL = Screen("eDP-1", 0, 1366, 768), Screen("HDMI-1", 1366)


@pytest.fixture
def opened(make_desk: MakeDesk) -> Iterator[MainWindow]:
    """Return a desk on air with its display open."""
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    desk.presenter.open()
    yield desk
    desk.presenter.end()


def said(desk: MainWindow) -> list[str]:
    window = desk.presenter.window
    assert window is not None
    return [item.text for item in window.board.items() if hasattr(item, "text")]


def test_a_key_opens_and_closes_it(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    qtbot.keyClick(desk, Qt.Key.Key_P, CTRL)
    assert desk.presenter.is_open
    assert "Notebook Air 14 · demo" in said(desk)
    qtbot.keyClick(desk, Qt.Key.Key_P, CTRL)
    assert not desk.presenter.is_open


def test_it_shows_the_newest_snapshot_and_its_message(opened: MainWindow) -> None:
    opened.show_snapshot(snapshots.full(presenter=told("Wrap up")))
    assert "Wrap up" in said(opened)
    opened.show_snapshot(snapshots.full(at=snapshots.NOW + 1000))
    assert "Wrap up" not in said(opened)
    assert "1:17" in said(opened)


def test_it_shows_the_present_whatever_the_desk_looks_back_at(opened: MainWindow) -> None:
    then = snapshots.full(at=snapshots.instant("20:35:00"), is_past=True)
    opened.travel.offer(lambda at: None)
    opened.travel.travel(then.at)
    opened.show_snapshot(snapshots.full(at=snapshots.NOW + 1000, back=then))
    assert opened.numbers()["presenter"]["clock"] == "20:35:00"
    assert "20:41:37" in said(opened)
    assert "20:35:00" not in said(opened)


def test_it_never_takes_the_focus(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    desk.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is desk)
    before = QApplication.focusWidget()
    desk.presenter.open()
    window = desk.presenter.window
    assert window is not None
    qtbot.waitUntil(window.isVisible)
    window.activateWindow()  # as a window system may that does not heed the flags
    qtbot.waitUntil(lambda: QApplication.activeWindow() is desk)
    assert QApplication.focusWidget() is before
    assert window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    desk.presenter.end()


def test_it_ends_with_the_desk_which_remembers_that_it_was_open(
    make_desk: MakeDesk, qtbot: QtBot
) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    desk.presenter.open()
    window = desk.presenter.window
    assert window is not None
    desk.close()
    assert not desk.presenter.is_open
    assert not window.isVisible()
    assert desk.presenter.choice.opened


def test_closed_by_the_window_system_it_is_closed(opened: MainWindow, qtbot: QtBot) -> None:
    window = opened.presenter.window
    assert window is not None
    window.close()
    assert not opened.presenter.is_open
    assert not opened.presenter.choice.opened


@pytest.mark.parametrize("where", ["facts", "layout", "paint"])
def test_an_error_stops_the_display_and_nothing_else(
    opened: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a wire came loose")

    if where == "facts":
        monkeypatch.setattr(words, "facts_of", fail)
    elif where == "layout":
        monkeypatch.setattr(Composer, "parts", fail)
    else:
        monkeypatch.setattr("liveroom.ui.presenter.board.paint_item", fail)
    window = opened.presenter.window
    assert window is not None
    opened.show_snapshot(snapshots.full(at=snapshots.NOW + 1000))
    qtbot.waitUntil(lambda: bool(window.trouble))
    assert window.trouble == "RuntimeError: a wire came loose"
    opened.show_snapshot(snapshots.full(at=snapshots.NOW + 2000))
    assert opened.show_bar.clock.text() == "20:41:38"
    window.grab()
    monkeypatch.undo()
    opened.presenter.toggle()
    opened.presenter.toggle()
    assert "1:16" in said(opened)


def test_the_mode_and_the_colours_of_the_desk_are_its_own(opened: MainWindow) -> None:
    window = opened.presenter.window
    assert window is not None
    opened.set_theme("high_contrast")
    assert window.board.theme.name == "high_contrast"
    opened.show_snapshot(snapshots.rehearsal())
    assert window.board.theme.mode is Mode.REHEARSAL
    assert "REHEARSAL" in said(opened)


def test_on_the_glass_of_a_teleprompter_a_light_desk_gives_a_dark_display(
    opened: MainWindow,
) -> None:
    window = opened.presenter.window
    assert window is not None
    opened.set_theme("light")
    assert window.board.theme.name == "light"
    opened.presenter.set_mirrored(True)
    assert window.board.theme.name == "dark"
    opened.presenter.set_mirrored(False)
    assert window.board.theme.name == "light"


# --- Screens ------------------------------------------------------------------------------------


def test_beside_another_screen_it_opens_there_full_screen_and_alone_as_a_window(
    settings: QSettings,
) -> None:
    assert choices.first_choice([LAPTOP, WALL], LAPTOP) == Choice("HDMI-1", full=True)
    assert choices.first_choice([LAPTOP, WALL], WALL) == Choice("eDP-1", full=True)
    assert choices.first_choice([LAPTOP], LAPTOP) == Choice("eDP-1", full=False)


def test_a_choice_is_remembered_for_each_set_up_of_screens(settings: QSettings) -> None:
    both = [LAPTOP, WALL]
    chosen = Choice("eDP-1", False, mirrored=True, opened=True, window=QRect(5, 6, 700, 400))
    choices.save(settings, both, chosen)
    settings.sync()
    again = QSettings(settings.fileName(), QSettings.Format.IniFormat)
    assert choices.load(again, [WALL, LAPTOP], LAPTOP) == chosen
    assert choices.load(again, [LAPTOP], LAPTOP) == Choice("eDP-1", full=False)
    larger = [LAPTOP, Screen("HDMI-1", 1366, 3840, 2160)]
    assert not choices.is_known(again, larger)
    assert choices.load(again, larger, LAPTOP) == Choice("HDMI-1", full=True)


TWO_SCREENS = """
import sys
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from liveroom.ui.presenter.display import PresenterDisplay
from liveroom.ui.theme import Theme
app = QApplication([])
first, second = QGuiApplication.screens()
there = [first, second]
desk = QWidget(); desk.setGeometry(0, 0, 640, 480); desk.show()
settings = QSettings(sys.argv[1], QSettings.Format.IniFormat)
display = PresenterDisplay(desk, settings, Theme(), lambda: there)
def where():
    app.processEvents(); app.processEvents()
    window = display.window
    print(window.screen().name(), window.isFullScreen(), window.geometry().getRect())
display.open(); where()
there.remove(second); app.screenRemoved.emit(second); where()
there.append(second); app.screenAdded.emit(second); where()
display.set_full(False); where()
display.choose_screen(first.name()); where()
display.choose_screen(second.name()); where()
display.end()
again = PresenterDisplay(desk, settings, Theme(), lambda: there)
again.reopen(); display = again; where()
again.choose_screen(first.name()); again.end()
third = PresenterDisplay(desk, settings, Theme(), lambda: there)
third.reopen(); print(third.choice.screen, third.is_open)
"""
PLACES = {"desk": (0, 1366, 768), "wall": (1366, 1920, 1080)}
CONFIG = {
    "synchronizeOutput": True,
    "screens": [
        {
            "name": name,
            "x": x,
            "y": 0,
            "width": w,
            "height": h,
            "logicalDpi": 96,
            "dpi": 96,
            "dpr": 1,
        }
        for name, (x, w, h) in PLACES.items()
    ],
}


def test_its_screen_is_chosen_unplugged_and_plugged_in_again(tmp_path: Path) -> None:
    (tmp_path / "screens.json").write_text(json.dumps(CONFIG))
    done = subprocess.run(
        [sys.executable, "-c", TWO_SCREENS, str(tmp_path / "desk.ini")],
        env=os.environ | {"QT_QPA_PLATFORM": f"offscreen:configfile={tmp_path / 'screens.json'}"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    wall, small = "(1366, 0, 1920, 1080)", "(203, 114, 960, 540)"
    assert done.stdout.splitlines() == [
        f"wall True {wall}",  # beside the desk's own screen
        f"desk False {small}",  # unplugged: a window, so that it does not cover the desk
        f"wall True {wall}",  # plugged in again
        "wall False (1846, 270, 960, 540)",
        f"desk False {small}",
        f"wall True {wall}",
        f"wall True {wall}",  # opened with the next desk, where it was
        "desk False",  # on the desk's own screen it waits to be asked
    ]


def test_commands_open_fill_and_mirror_the_display(opened: MainWindow) -> None:
    registry = opened.keyboard.registry
    full, mirrored = registry.get("display.full"), registry.get("display.mirrored")
    assert full is not None
    assert mirrored is not None
    assert registry.run("display.full")
    assert opened.presenter.window is not None
    assert opened.presenter.window.isFullScreen()
    assert full.is_on is not None
    assert full.is_on()
    assert registry.run("display.mirrored")
    assert opened.presenter.choice.mirrored
    next_screen = registry.get("display.screen")
    assert next_screen is not None
    assert registry.why_not(next_screen) == "there is one screen only"
    assert registry.run("display.open")
    assert not opened.presenter.is_open


def test_a_double_click_fills_the_screen_and_leaves_it(opened: MainWindow) -> None:
    window = opened.presenter.window
    assert window is not None
    for full in (True, False):
        double_click(window.board)
        assert window.isFullScreen() is full


def test_what_the_desk_does_not_show_costs_nothing(
    qtbot: QtBot, settings: QSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[object] = []
    monkeypatch.setattr(words, "facts_of", made.append)
    desk = QWidget()
    qtbot.addWidget(desk)
    display = PresenterDisplay(desk, settings, Theme())
    display.take(snapshots.full())
    assert made == []
