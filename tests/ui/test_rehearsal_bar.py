"""The time of a rehearsal at the desk: seen in words, changed by keys and clicks, never without them."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from liveroom.models.commands import Command, JumpToNextSegment, SetSpeed
from liveroom.models.facts import ConnectionState, Mode
from liveroom.models.limits import LATEST_MS
from liveroom.models.pacing import Pace
from liveroom.models.snapshot import Snapshot
from liveroom.ui.main_window import MainWindow
from liveroom.ui.theme import THEMES
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk

CTRL = Qt.KeyboardModifier.ControlModifier


def at_pace(speed: float | None, until: int | None = None, **fields: object) -> Snapshot:
    return replace(snapshots.rehearsal(), pace=Pace(speed=speed, until=until), **fields)


def press(desk: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    desk.activateWindow()
    QApplication.processEvents()  # a new bar is seen, and its keys work, a turn later
    QTest.keyClick(
        QApplication.focusWidget() or desk, key, modifier or Qt.KeyboardModifier.NoModifier
    )


def lit(desk: MainWindow) -> list[str]:
    bar = desk.show_bar.time
    assert bar is not None
    return [each.text() for each in (bar.pause, *bar.speeds, bar.jump) if each.is_lit]


@pytest.mark.parametrize(
    ("speed", "until", "words", "marks"),
    [
        (1, None, "real time", ["Real time"]),
        (5, None, "5× as fast", ["5× as fast"]),
        (20, None, "20× as fast", ["20× as fast"]),
        (0.5, None, "0.5× as fast", []),
        (0, None, "PAUSED", ["Go on"]),
        (5, snapshots.NOW + 78_000, "to 20:42:54 …", ["Jump to the next segment"]),
        (1, LATEST_MS, "as fast as possible", ["Jump to the next segment"]),
    ],
)
def test_the_speed_is_seen_in_words(
    make_desk: MakeDesk, speed: float, until: int | None, words: str, marks: list[str]
) -> None:
    desk = make_desk()
    desk.show_snapshot(at_pace(speed, until))
    assert desk.numbers()["show_bar"]["pace"] == words
    assert lit(desk) == marks


@pytest.mark.parametrize(
    ("key", "modifier", "command"),
    [
        (Qt.Key.Key_1, CTRL, SetSpeed(speed=1)),
        (Qt.Key.Key_2, CTRL, SetSpeed(speed=5)),
        (Qt.Key.Key_3, CTRL, SetSpeed(speed=20)),
        (Qt.Key.Key_F7, None, SetSpeed(speed=0)),
        (Qt.Key.Key_F8, None, JumpToNextSegment()),
    ],
)
def test_a_key_asks_once_and_shows_nothing_before_it_is_so(
    make_desk: MakeDesk,
    commands: list[Command],
    key: Qt.Key,
    modifier: Qt.KeyboardModifier | None,
    command: Command,
) -> None:
    desk = make_desk()
    desk.show_snapshot(at_pace(5))
    press(desk, key, modifier)
    assert commands == [command]
    assert lit(desk) == ["5× as fast"]


def test_a_click_does_what_the_key_does_and_takes_no_focus(
    make_desk: MakeDesk, commands: list[Command]
) -> None:
    desk = make_desk()
    desk.show_snapshot(at_pace(1))
    bar = desk.show_bar.time
    assert bar is not None
    focused = QApplication.focusWidget()
    for button in (bar.pause, *bar.speeds, bar.jump):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    speeds = [one.speed for one in commands if isinstance(one, SetSpeed)]
    assert speeds == [0, 1, 5, 20]
    assert commands[-1] == JumpToNextSegment()
    assert QApplication.focusWidget() is focused


def test_going_on_after_a_pause_goes_on_as_fast_as_before(
    make_desk: MakeDesk, commands: list[Command]
) -> None:
    desk = make_desk()
    for pace in (20, 0):
        desk.show_snapshot(at_pace(pace))
    press(desk, Qt.Key.Key_F7)
    assert commands == [SetSpeed(speed=20)]


def test_the_keys_work_while_a_panel_has_the_focus(
    make_desk: MakeDesk, commands: list[Command]
) -> None:
    desk = make_desk()
    desk.show_snapshot(at_pace(1))
    desk.activateWindow()
    desk.ways.step(1)
    press(desk, Qt.Key.Key_F7)
    assert commands == [SetSpeed(speed=0)]


@pytest.mark.parametrize("mode", [Mode.LIVE, Mode.DEBRIEF])
def test_a_live_show_and_a_debrief_have_no_such_bar_and_no_such_keys(
    make_desk: MakeDesk, commands: list[Command], mode: Mode
) -> None:
    desk = make_desk()
    desk.show_snapshot(replace(snapshots.full(mode=mode), pace=Pace(speed=1)))
    press(desk, Qt.Key.Key_F7)
    press(desk, Qt.Key.Key_F8)
    assert desk.show_bar.time is None
    assert commands == []


def test_at_the_end_the_time_cannot_be_changed_any_more(
    make_desk: MakeDesk, commands: list[Command]
) -> None:
    desk = make_desk()
    sources = tuple(
        replace(one, state=ConnectionState.FINISHED) for one in snapshots.rehearsal().connections
    )
    desk.show_snapshot(at_pace(5, connections=sources))
    assert desk.numbers()["show_bar"]["pace"] == "rehearsal ended"
    press(desk, Qt.Key.Key_F7)
    press(desk, Qt.Key.Key_1, CTRL)
    assert commands == []


def test_a_change_of_colours_leaves_one_bar_and_one_set_of_keys(
    make_desk: MakeDesk, commands: list[Command]
) -> None:
    desk = make_desk()
    for name in THEMES:
        desk.show_snapshot(at_pace(5))
        desk.set_theme(name)
    assert desk.numbers()["show_bar"]["pace"] == "5× as fast"
    QApplication.processEvents()
    press(desk, Qt.Key.Key_F7)
    assert commands == [SetSpeed(speed=0)]


@pytest.mark.parametrize("width", [1366, 1920, 2560])
def test_no_word_of_the_show_bar_is_cut_at_any_size(make_desk: MakeDesk, width: int) -> None:
    desk = make_desk(width, 768)
    for pace in (at_pace(0), at_pace(1, LATEST_MS)):
        desk.show_snapshot(pace)
        QApplication.processEvents()
        desk.show_snapshot(pace)
        bar = desk.show_bar
        assert bar.time is not None
        lines = (bar.title, bar.meaning, bar.time.words, bar.since, bar.until, bar.clock)
        assert not any(line.is_cut() for line in lines)
        assert "nothing is sent" in bar.meaning.text()
