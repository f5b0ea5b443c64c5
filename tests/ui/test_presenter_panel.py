"""The producer writes to the presenter, sees what they see, and never waits for a click to be believed."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liveroom.models.commands import Command, TellPresenter
from liveroom.models.facts import Mode
from liveroom.models.levers import Levers
from liveroom.models.presenter import Presenter, Told
from liveroom.ui.panels.presenter import PresenterPanel
from liveroom.ui.theme import Theme
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel, spec_of, title_of
from tests.ui.presenter_facts import asked, stocked, told

AT = snapshots.NOW
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def written(panel: PresenterPanel, qtbot: QtBot, text: str) -> None:
    panel.called()
    qtbot.keyClicks(panel.field, text)
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)


def test_a_key_writes_enter_sends_and_the_keyboard_goes_back(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[Command]
) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    table = open_panel(desk, "run_of_show").table
    table.setFocus()
    qtbot.keyClick(desk, Qt.Key.Key_M, CTRL)
    panel = open_panel(desk, "presenter")
    assert QApplication.focusWidget() is panel.field
    qtbot.keyClicks(panel.field, "Wrap up ")
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert commands == [TellPresenter(text="Wrap up")]
    assert panel.field.text() == ""
    assert QApplication.focusWidget() is table


def test_shift_and_enter_begins_the_second_line(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[Command]
) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    panel = open_panel(desk, "presenter")
    panel.called()
    qtbot.keyClicks(panel.field, "Ten minutes only")
    qtbot.keyClick(panel.field, Qt.Key.Key_Return, SHIFT)
    qtbot.keyClicks(panel.field, "Show the price")
    assert panel.numbers()["fit"] == "fits in 2 lines"
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert commands == [TellPresenter(text="Ten minutes only\nShow the price")]


def test_what_does_not_fit_is_said_while_typing_and_not_sent(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[Command]
) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    panel = open_panel(desk, "presenter")
    text = "Please hold the blue one to the camera, people ask for it " * 3
    panel.field.setPlainText(text)
    assert "too many for 2 lines" in panel.numbers()["fit"]
    assert panel.field.property("wrong") is True
    panel.send()
    assert commands == []
    assert panel.field.text() == text
    panel.field.setPlainText(text[:40])
    assert panel.field.property("wrong") is False


def test_only_the_fact_that_comes_back_changes_the_panel(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    panel = open_panel(desk, "presenter")
    written(panel, qtbot, "Wrap up")
    shown = panel.numbers()
    assert (shown["standing"], shown["message"]) == ("asked…", "")
    desk.show_snapshot(snapshots.full(at=AT + 1000))
    assert panel.numbers()["standing"] == "asked…"
    desk.show_snapshot(snapshots.full(at=AT + 2000, presenter=told("Wrap up", -1)))
    shown = panel.numbers()
    assert (shown["standing"], shown["message"]) == ("Message shown for 0:01", "Wrap up")
    assert shown["recent.0"] == "Wrap up"


def test_a_refused_message_says_why_and_is_back_in_the_field(
    make_desk: MakeDesk, qtbot: QtBot
) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    panel = open_panel(desk, "presenter")
    written(panel, qtbot, "Wrap up")
    refused = Levers(refusal="the disk is full", refused="TellPresenter", set_at={"refusal": AT})
    desk.show_snapshot(snapshots.full(at=AT + 1000, levers=refused))
    assert panel.numbers()["standing"] == "Refused: the disk is full"
    assert panel.field.text() == "Wrap up"


@pytest.mark.parametrize("how", ["blank", "key", "button"])
def test_a_message_is_cleared_by_enter_on_blank_by_a_key_or_by_the_button(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[Command], how: str
) -> None:
    desk = make_desk()
    panel = open_panel(desk, "presenter")
    desk.show_snapshot(snapshots.full(presenter=told("Wrap up")))
    if how == "blank":
        written(panel, qtbot, "")
    elif how == "key":
        panel.called()
        qtbot.keyClick(panel.field, Qt.Key.Key_Escape, SHIFT)
    else:
        qtbot.mouseClick(panel.clear, Qt.MouseButton.LeftButton)
    assert commands == [TellPresenter(text="")]


def test_nothing_is_asked_where_no_message_stands(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[Command]
) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    panel = open_panel(desk, "presenter")
    written(panel, qtbot, "")
    panel.clear_message()
    assert commands == []
    assert panel.numbers()["standing"] == "No message on the display"


def test_escape_leaves_and_what_was_typed_stays(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[Command]
) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    panel = open_panel(desk, "presenter")
    panel.called()
    qtbot.keyClicks(panel.field, "Wrap")
    qtbot.keyClick(panel.field, Qt.Key.Key_Escape)
    assert not panel.field.hasFocus()
    desk.show_snapshot(snapshots.full(at=AT + 5_000))
    assert panel.field.text() == "Wrap"
    assert commands == []


def test_a_space_in_a_message_is_no_go(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[Command]
) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    panel = open_panel(desk, "presenter")
    panel.called()
    qtbot.keyClicks(panel.field, "a b")
    assert panel.field.text() == "a b"
    panel.clear.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(panel.clear, Qt.Key.Key_Space)
    assert commands == []


def test_an_earlier_message_can_be_taken_again(make_desk: MakeDesk) -> None:
    desk = make_desk()
    panel = open_panel(desk, "presenter")
    both = Presenter(
        told=(Told(at=AT - 90_000, text="One\nTwo"), Told(at=AT - 60_000, text="Three"))
    )
    desk.show_snapshot(snapshots.full(presenter=both))
    assert [panel.numbers()[f"recent.{row}"] for row in (0, 1)] == ["Three", "One / Two"]
    panel.recent.activated.emit(panel.recent.model().index(1, 0))
    assert panel.field.text() == "One\nTwo"


@pytest.mark.parametrize("make", [snapshots.replay, snapshots.full])
def test_a_recording_shows_the_message_of_then_and_takes_none(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[Command], make: Any
) -> None:
    mode = Mode.REPLAY if make is snapshots.replay else Mode.DEBRIEF
    desk = make_desk(mode=mode)
    panel = open_panel(desk, "presenter")
    desk.show_snapshot(make(mode=mode, presenter=told("Wrap up")))
    assert panel.numbers()["message"] == "Wrap up"
    assert not panel.field.isEnabled()
    panel.clear_message()
    assert commands == []


def test_looking_back_it_shows_the_message_of_then_and_takes_none(
    make_desk: MakeDesk, commands: list[Command]
) -> None:
    desk = make_desk()
    panel = open_panel(desk, "presenter")
    desk.show_snapshot(snapshots.full(is_past=True, presenter=told("Wrap up")))
    assert panel.numbers()["message"] == "Wrap up"
    assert not panel.field.isEnabled()
    assert "Looking back" in panel.field.placeholderText()
    panel.clear_message()
    assert commands == []
    desk.show_snapshot(snapshots.full(presenter=told("Wrap up")))
    assert panel.field.isEnabled()
    assert panel.field.placeholderText() == "Message to the presenter"


def test_the_title_says_when_the_question_is_cut(
    make_desk: MakeDesk,
) -> None:
    desk = make_desk()
    panel = open_panel(desk, "presenter")
    desk.show_snapshot(snapshots.full(chat=asked("why " * 60)))
    desk.turns.take_all()
    assert "the question is cut" in title_of(desk, "presenter")
    assert panel is not None


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080), (2560, 1440)])
def test_the_preview_keeps_its_shape_and_leaves_room_for_the_field(
    make_desk: MakeDesk, width: int, height: int
) -> None:
    desk = make_desk(width, height)
    desk.show_snapshot(snapshots.full(presenter=told("Wrap up")))
    panel = open_panel(desk, "presenter")
    board = panel.preview.board
    assert board.width() / board.height() == pytest.approx(16 / 9, rel=0.03)
    assert board.width() > 200
    assert panel.field.geometry().bottom() < panel.height() - 20
    for line in (panel.standing, panel.fit):
        assert not line.is_cut(), line.text()


def test_the_numbers_of_the_preview_explain_themselves(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    panel = open_panel(desk, "presenter")
    desk.show_snapshot(snapshots.full(products=stocked(stock=39)))
    board = panel.preview.board
    parts = {}
    for x in range(4, board.width(), 6):
        for y in range(4, board.height(), 6):
            parts[board.part_at(x, y)] = panel._explain(board.part_at(x, y))
    assert "catalogue" in parts["price"]
    assert "as measured last" in parts["stock"]
    assert "OVER" in parts["remaining"]
    assert parts["following"] == ""


def test_the_panel_can_be_shown_alone(make_desk: MakeDesk) -> None:
    desk = make_desk(panels=spec_of("presenter"))
    desk.show_snapshot(replace(snapshots.empty()))
    panel = open_panel(desk, "presenter")
    assert panel.theme.name == Theme().name
    assert panel.numbers()["sign"] == "OFF AIR"
