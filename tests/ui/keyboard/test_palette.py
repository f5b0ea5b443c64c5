"""The palette: a few letters, Enter, and the focus is back where it was; the desk never waits for it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liveroom.models.commands import Command, TakeSegment
from liveroom.models.facts import Mode
from liveroom.ui.keyboard.palette import Found, Palette
from liveroom.ui.main_window import MainWindow
from liveroom.ui.theme import THEMES
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel

CTRL = Qt.KeyboardModifier.ControlModifier


def open_palette(desk: MainWindow) -> Palette:
    desk.activateWindow()
    QApplication.processEvents()
    QTest.keyClick(QApplication.focusWidget() or desk, Qt.Key.Key_K, CTRL)
    palette = desk.keyboard.sheet
    assert isinstance(palette, Palette)
    assert palette.isVisible()
    return palette


def find(desk: MainWindow, words: str) -> list[Found]:
    palette = open_palette(desk)
    QTest.keyClicks(palette.field, words)
    return palette.shown()


def press(key: Qt.Key) -> None:
    QTest.keyClick(QApplication.focusWidget(), key)


@pytest.fixture
def desk(make_desk: MakeDesk) -> MainWindow:
    made = make_desk(1920, 1080)
    made.show_snapshot(snapshots.rehearsal())
    return made


def test_a_segment_is_cued_by_name(desk: MainWindow, commands: list[Command]) -> None:
    found = find(desk, "cue tabl")
    assert found[0].title == "Cue Tablet 11″ + caneta"
    press(Qt.Key.Key_Return)
    assert [type(one) for one in commands] == [TakeSegment]
    assert desk.keyboard.sheet is None


def test_what_comes_next_stands_first_and_what_was_on_says_once_more(desk: MainWindow) -> None:
    titles = [one.title for one in find(desk, "cue ") if one.group == "Run of show"]
    assert titles[:2] == ["Cue Tablet 11″ + caneta", "Cue Monitor 27″ QHD"]
    assert "Cue Opening and welcome once more" in titles[3:]
    assert not [title for title in titles if "Notebook Air 14" in title]


def test_esc_gives_the_focus_back_where_it_was(desk: MainWindow) -> None:
    panel = open_panel(desk, "run_of_show")
    desk.activateWindow()
    panel.setFocus()
    before = QApplication.focusWidget()
    palette = open_palette(desk)
    assert QApplication.focusWidget() is palette.field
    press(Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before
    assert desk.keyboard.sheet is None


def test_the_key_that_opens_it_closes_it_too(desk: MainWindow) -> None:
    open_palette(desk)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_K, CTRL)
    assert desk.keyboard.sheet is None


def test_it_opens_while_a_note_is_typed_and_the_note_is_still_there(desk: MainWindow) -> None:
    panel = open_panel(desk, "log")
    desk.activateWindow()
    panel.called()
    QTest.keyClicks(panel._field, "applause")
    open_palette(desk)
    press(Qt.Key.Key_Escape)
    assert panel._field.text() == "applause"
    assert panel._field.hasFocus()


def test_nothing_that_is_typed_reaches_the_desk_beneath(
    desk: MainWindow, commands: list[Command]
) -> None:
    panel = open_panel(desk, "run_of_show")
    desk.activateWindow()
    panel.setFocus()
    palette = open_palette(desk)
    QTest.keyClicks(palette.field, "o p l ")
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Up):
        press(key)
    assert commands == []


def test_what_cannot_be_done_now_is_grey_says_why_and_does_nothing(
    make_desk: MakeDesk, commands: list[Command]
) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full(mode=Mode.DEBRIEF))
    found = find(desk, "take the next segment")
    assert found[0].why_not == "the debrief is read only"
    palette = desk.keyboard.sheet
    assert isinstance(palette, Palette)
    assert not palette.list.rows[0].able
    assert "read only" in palette.list.rows[0].note
    press(Qt.Key.Key_Return)
    assert commands == []
    assert palette.foot.text() == "Not now: the debrief is read only"
    assert desk.keyboard.sheet is palette


def test_what_can_be_done_stands_above_what_cannot(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full(mode=Mode.DEBRIEF))
    able = [not one.why_not for one in find(desk, "run of show")]
    assert True in able
    assert False in able
    assert able == sorted(able, reverse=True)


def test_it_is_asked_again_whether_it_can_be_done_when_it_is_to_be_done(
    desk: MainWindow, commands: list[Command]
) -> None:
    find(desk, "take the next segment")
    desk.show_snapshot(
        snapshots.full(mode=Mode.REHEARSAL, run_of_show=snapshots.empty().run_of_show)
    )
    press(Qt.Key.Key_Return)
    assert commands == []


def test_the_desk_goes_on_while_it_is_open(desk: MainWindow) -> None:
    palette = open_palette(desk)
    desk.show_snapshot(snapshots.rehearsal(at=snapshots.NOW + 5_000))
    assert desk.numbers()["show_bar"]["clock"] == "20:41:41"
    assert palette.field.hasFocus()


def test_what_was_used_last_stands_first_also_after_a_restart(
    desk: MainWindow, make_desk: MakeDesk
) -> None:
    find(desk, "light")
    press(Qt.Key.Key_Return)
    assert desk.theme.name == "light"
    assert open_palette(desk).shown()[0].title == "Colours: light"
    desk.close()
    again = make_desk()
    again.show_snapshot(snapshots.rehearsal())
    assert open_palette(again).shown()[0].title == "Colours: light"


def test_the_panel_with_the_keyboard_stands_before_the_others(desk: MainWindow) -> None:
    panel = open_panel(desk, "products")
    desk.activateWindow()
    panel._table.setFocus()
    assert open_palette(desk).shown()[0].group == "Products"


def test_a_product_is_shown_and_sorted_by_name(desk: MainWindow) -> None:
    panel = open_panel(desk, "products")
    find(desk, "sort ctor")
    press(Qt.Key.Key_Return)
    assert panel.controls.wish.sort == "click_to_order_rate"
    find(desk, "show carreg")
    press(Qt.Key.Key_Return)
    row = panel._table.currentRow()
    assert panel._table.text_at(row, "product").startswith("Carregador")
    assert panel._table.hasFocus()


def test_a_hidden_panel_is_shown_by_name(desk: MainWindow) -> None:
    dock = next(one for one in desk.docks if one.objectName() == "instructor")
    assert dock.isHidden()
    find(desk, "go instr")
    press(Qt.Key.Key_Return)
    assert dock.isVisible()
    assert desk.ways.focus.held() is dock


def test_a_click_elsewhere_closes_it_and_leaves_the_focus_there(desk: MainWindow) -> None:
    open_palette(desk)
    log = open_panel(desk, "log")
    log._field.setFocus(Qt.FocusReason.MouseFocusReason)
    assert desk.keyboard.sheet is None
    assert log._field.hasFocus()


def test_other_colours_leave_the_keyboard_in_its_panel(desk: MainWindow) -> None:
    dock = next(one for one in desk.docks if one.objectName() == "products")
    desk.ways.go_to(dock)
    find(desk, "colours light")
    press(Qt.Key.Key_Return)
    assert desk.theme.name == "light"
    assert desk.ways.focus.held() is dock
    assert dock.title_bar is not None
    assert dock.title_bar.row.held.isVisible()


def test_a_change_of_colours_closes_it(desk: MainWindow) -> None:
    open_palette(desk)
    desk.set_theme("light")
    assert desk.keyboard.sheet is None


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("annotate", "Note at the cursor"),
        ("go back", "10 seconds earlier"),
        ("zoom in", "Look closer"),
        ("screenshot", "Copy a picture of the desk"),
        ("delete", "Cut the chosen segment, twice to be sure"),
    ],
)
def test_what_others_call_it_finds_it_too(desk: MainWindow, words: str, title: str) -> None:
    assert title in [one.title for one in find(desk, words)]


def test_nothing_found_is_said(desk: MainWindow) -> None:
    assert find(desk, "qqqq") == []
    palette = desk.keyboard.sheet
    assert isinstance(palette, Palette)
    assert palette.foot.text() == "Nothing is called 'qqqq'"
    press(Qt.Key.Key_Return)
    assert desk.keyboard.sheet is palette


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("width", "height"), [(1366, 768), (2560, 1440)])
def test_it_lies_within_the_window_below_the_key_figures(
    make_desk: MakeDesk, qtbot: QtBot, width: int, height: int, theme: str
) -> None:
    desk = make_desk(width, height, theme=theme, mode=Mode.REHEARSAL)
    desk.show_snapshot(snapshots.rehearsal())
    strip = next(one for one in desk.docks if one.objectName() == "kpi_strip")
    qtbot.waitUntil(lambda: strip.height() < 100)
    palette = open_palette(desk)
    assert desk.rect().contains(palette.geometry())
    assert palette.geometry().top() > strip.geometry().bottom()
    assert not palette.foot.is_cut()


def test_a_floating_panel_gets_the_focus_back(desk: MainWindow, qtbot: QtBot) -> None:
    dock = next(one for one in desk.docks if one.objectName() == "log")
    dock.setFloating(True)
    panel = open_panel(desk, "log")
    dock.activateWindow()
    panel.called()
    qtbot.waitUntil(lambda: panel._field.hasFocus())
    QTest.keyClick(panel._field, Qt.Key.Key_K, CTRL)
    palette = desk.keyboard.sheet
    assert isinstance(palette, Palette)
    qtbot.waitUntil(lambda: palette.field.hasFocus())
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: panel._field.hasFocus())


def test_garbage_in_what_was_used_last_is_no_harm(make_desk: MakeDesk, settings: QSettings) -> None:
    settings.setValue("desk/palette/recent", ["x", 3])
    desk = make_desk()
    desk.show_snapshot(snapshots.rehearsal())
    assert open_palette(desk).shown()


def test_a_longer_word_finds_what_it_finds_when_it_is_typed_at_once(desk: MainWindow) -> None:
    def titles(palette: Palette) -> list[str]:
        return [one.title for one in palette.shown()]

    for words in ("show smart", "carregador", "27 mon", "cue t", "sort un"):
        palette = open_palette(desk)
        QTest.keyClicks(palette.field, words)
        typed = titles(palette)
        palette.field.clear()
        palette._narrowed = ("", ())
        palette.field.setText(words)
        assert titles(palette) == typed
        assert typed
        press(Qt.Key.Key_Escape)
