"""What is written on the desk of keys are the keys that the producer has given, not those of a fresh desk."""

from __future__ import annotations

from typing import Any

import pytest

from liveroom.ui.main_window import MainWindow
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel, title_of


@pytest.fixture
def desk(make_desk: MakeDesk) -> MainWindow:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(snapshots.full())
    for panel_id in ("presenter", "chat", "log"):
        open_panel(desk, panel_id)
    return desk


def give(desk: MainWindow, command: str, key: str) -> None:
    desk.keyboard.registry.set_keys(command, (key,))


def hint_of_chat(desk: MainWindow) -> str:
    panel: Any = open_panel(desk, "chat")
    return str(panel._hint)


def test_the_time_bar_names_the_keys_that_lead_through_the_show(desk: MainWindow) -> None:
    bar = desk.scrub_bar
    assert bar.numbers()["hint"] == "[ ] 10 s , . marks"
    give(desk, "travel.earlier", "F7")
    give(desk, "travel.later", "F8")
    assert bar.numbers()["hint"] == "F7 F8 10 s , . marks"
    assert bar._buttons["travel.earlier"].toolTip() == "10 seconds earlier (F7)"
    give(desk, "travel.back", "F9")
    assert bar.now.toolTip() == "Back to the present (F9)"


def test_keys_without_room_in_the_time_bar_are_left_out_whole(desk: MainWindow) -> None:
    give(desk, "travel.earlier", "Ctrl+Alt+Left")
    give(desk, "travel.later", "Ctrl+Alt+Right")
    assert "marks" not in desk.scrub_bar.numbers()["hint"]


def test_panels_name_the_keys_of_their_own_deeds(desk: MainWindow) -> None:
    assert hint_of_chat(desk) == "A answered · P pin · U undo"
    give(desk, "chat.pin", "Ctrl+I")
    assert hint_of_chat(desk) == "A answered · Ctrl+I pin · U undo"
    assert "Ctrl+M writes · Ctrl+P opens the display" in title_of(desk, "presenter")
    give(desk, "presenter.call", "F10")
    give(desk, "display.open", "F12")
    assert "F10 writes · F12 opens the display" in title_of(desk, "presenter")
    assert "Ctrl+N takes a note" in title_of(desk, "log")


def test_the_menu_of_the_strip_names_its_key(desk: MainWindow) -> None:
    strip: Any = open_panel(desk, "kpi_strip")
    give(desk, "kpi_strip.call", "F10")
    texts = [action.text() for action in strip.menu_of("").actions()]
    assert texts[0] == "Key figures and targets…\tF10"
