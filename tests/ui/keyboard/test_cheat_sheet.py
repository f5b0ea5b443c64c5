"""The cheat sheet: every key on one sheet, found, changed, told who has it, and given back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from liveroom.models.commands import Command
from liveroom.ui.keyboard.cheat_sheet import CheatSheet
from liveroom.ui.keyboard.sheet_rows import SheetRow, plan
from liveroom.ui.main_window import MainWindow
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel

CTRL = Qt.KeyboardModifier.ControlModifier


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def open_sheet(desk: MainWindow, words: str = "") -> CheatSheet:
    desk.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(QApplication.focusWidget() or desk, Qt.Key.Key_F1)
    QApplication.processEvents()
    sheet = desk.keyboard.sheet
    assert isinstance(sheet, CheatSheet)
    QTest.keyClicks(sheet.field, words)
    return sheet


@pytest.fixture
def desk(make_desk: MakeDesk) -> MainWindow:
    made = make_desk(1920, 1080)
    made.show_snapshot(snapshots.rehearsal())
    return made


def test_at_1920_by_1080_all_keys_are_on_one_sheet_and_at_1366_they_scroll(
    make_desk: MakeDesk,
) -> None:
    large = open_sheet(make_desk(1920, 1080))
    assert large._area.verticalScrollBar().maximum() == 0
    assert large.parentWidget().rect().contains(large.geometry())
    small = open_sheet(make_desk(1366, 768))
    bar = small._area.verticalScrollBar()
    assert bar.maximum() > 0
    assert small.parentWidget().rect().contains(small.geometry())
    press(Qt.Key.Key_Up)
    assert small._area.viewport().rect().top() <= small.grid.current_box().bottom() - bar.value()
    assert small.grid.current_box().bottom() - bar.value() <= small._area.viewport().height() + 1


def test_a_question_mark_opens_it_where_nothing_is_typed(desk: MainWindow) -> None:
    log = open_panel(desk, "log")
    desk.activateWindow()
    log.called()
    QTest.keyClicks(log._field, "why?")
    assert log._field.text() == "why?"
    assert desk.keyboard.sheet is None
    open_panel(desk, "run_of_show").setFocus()
    QTest.keyClicks(QApplication.focusWidget(), "?")
    assert isinstance(desk.keyboard.sheet, CheatSheet)
    press(Qt.Key.Key_Escape)
    assert desk.keyboard.sheet is None


@pytest.mark.parametrize("words", ["note", "ctrl+n", "Ctrl N"])
def test_a_row_is_found_by_word_and_by_key(desk: MainWindow, words: str) -> None:
    titles = [row.title for row in open_sheet(desk, words).grid.rows()]
    assert "Take a note" in titles
    assert "Quit" not in titles


def test_a_key_is_changed_at_the_row_and_works_at_once(desk: MainWindow) -> None:
    sheet = open_sheet(desk, "take a note")
    press(Qt.Key.Key_Return)
    assert "Press the new key" in sheet.foot.text()
    press(Qt.Key.Key_J, CTRL)
    assert sheet.grid.rows()[0].keys == ("Ctrl+J",)
    assert sheet.grid.rows()[0].own
    press(Qt.Key.Key_Escape)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_J, CTRL)
    panel = open_panel(desk, "log")
    assert panel._field.hasFocus()


def test_while_a_key_is_asked_for_it_is_not_obeyed(
    desk: MainWindow, commands: list[Command]
) -> None:
    left: list[str] = []
    desk.offer_way_back(lambda: left.append("left"))
    sheet = open_sheet(desk, "take a note")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_W, CTRL)
    assert left == []
    assert "Ctrl+W is taken: Back to start" in sheet.foot.text()
    assert desk.keyboard.registry.keys("desk.back") == ("Ctrl+W",)


def test_a_key_that_somebody_has_is_told_and_taken_only_when_it_is_wanted(
    desk: MainWindow,
) -> None:
    registry = desk.keyboard.registry
    sheet = open_sheet(desk, "take a note")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_K, CTRL)
    assert "Ctrl+K is taken: Find a command" in sheet.foot.text()
    press(Qt.Key.Key_Escape)
    assert registry.keys("log.call") == ("Ctrl+N",)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_K, CTRL)
    press(Qt.Key.Key_Return)
    assert registry.keys("log.call") == ("Ctrl+K",)
    assert registry.keys("desk.palette") == ()
    press(Qt.Key.Key_Backspace, CTRL)
    assert registry.keys("log.call") == ("Ctrl+N",)


@pytest.mark.parametrize(
    ("key", "modifier", "said"),
    [
        (Qt.Key.Key_Space, Qt.KeyboardModifier.NoModifier, "space bar is GO"),
        (Qt.Key.Key_C, CTRL, "needed where text is typed"),
        (Qt.Key.Key_M, Qt.KeyboardModifier.NoModifier, "typed in fields"),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier, "next control everywhere"),
    ],
)
def test_a_key_that_is_not_to_be_had_says_why_and_another_may_be_pressed(
    desk: MainWindow, key: Qt.Key, modifier: Qt.KeyboardModifier, said: str
) -> None:
    sheet = open_sheet(desk, "take a note")
    press(Qt.Key.Key_Return)
    press(key, modifier)
    assert said in sheet.foot.text()
    press(Qt.Key.Key_F9)
    assert desk.keyboard.registry.keys("log.call") == ("F9",)


def test_a_key_can_be_taken_off_and_all_are_given_back_by_two_presses(desk: MainWindow) -> None:
    registry = desk.keyboard.registry
    sheet = open_sheet(desk, "take a note")
    press(Qt.Key.Key_Delete, CTRL)
    assert registry.keys("log.call") == ()
    sheet.reset.guard._seconds = 0
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is sheet.reset
    press(Qt.Key.Key_Return)
    assert registry.keys("log.call") == ()
    press(Qt.Key.Key_Return)
    assert registry.keys("log.call") == ("Ctrl+N",)
    assert sheet.field.hasFocus()


def test_a_key_of_a_control_cannot_be_changed_and_says_so(desk: MainWindow) -> None:
    sheet = open_sheet(desk, "choose a product")
    assert sheet.grid.rows()[0].command_id == ""
    press(Qt.Key.Key_Return)
    assert "cannot be changed" in sheet.foot.text()


def test_arrows_walk_through_rows_and_columns(desk: MainWindow) -> None:
    sheet = open_sheet(desk)
    first = sheet.grid.row()
    press(Qt.Key.Key_Right)
    beside = sheet.grid.row()
    assert beside != first
    press(Qt.Key.Key_Left)
    assert sheet.grid.row() == first
    press(Qt.Key.Key_Up)
    assert sheet.grid.row() == sheet.grid.rows()[-1]


@pytest.mark.parametrize("columns", [1, 2, 3, 5])
def test_rows_fill_columns_evenly_and_no_head_stands_alone(columns: int) -> None:
    rows = [SheetRow(str(n), f"group {n // 7}", ()) for n in range(53)]
    found = plan(rows, columns)
    assert len(found.places) == len(rows)
    assert len(set(found.places)) == len(rows)
    assert {place.column for place in found.places} <= set(range(columns))
    assert list(found.places) == sorted(found.places)
    for head in found.heads:
        below = [
            p for p in found.places if p.column == head.place.column and p.top > head.place.top
        ]
        assert below
    single = plan(rows, 1).height
    assert found.height <= single / columns + 120
