"""Screens come and go: no panel is lost, and each comes back where it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liveroom.ui import screens
from tests.ui.conftest import MakeDesk
from tests.ui.layout_hands import dock_of

ONE = [QRect(0, 0, 1920, 1080)]

TWO = [*ONE, QRect(1920, 0, 2560, 1440)]

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
