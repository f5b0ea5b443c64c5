"""The strip of key figures: its order, what has no room, its list."""

from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liveroom.models.targets import TargetKpi
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.strips import editor_of, strip_of
from tests.ui.target_snapshots import with_targets

ALT = Qt.KeyboardModifier.AltModifier


def test_tiles_move_by_keys_and_the_order_is_kept(
    make_desk: MakeDesk, qtbot: QtBot, settings: QSettings
) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(with_targets())
    strip = strip_of(desk)
    strip.setFocus(Qt.FocusReason.TabFocusReason)
    assert strip._tiles["revenue"]._is_chosen
    qtbot.keyClick(strip, Qt.Key.Key_Right)
    qtbot.keyClick(strip, Qt.Key.Key_Right, ALT)
    assert strip.shown()[:3] == ["revenue", "audience", "sales_per_minute"]
    qtbot.keyClick(strip, Qt.Key.Key_Left, ALT)
    qtbot.keyClick(strip, Qt.Key.Key_Left, ALT)
    assert strip.shown()[:2] == ["sales_per_minute", "revenue"]
    qtbot.keyClick(strip, Qt.Key.Key_Delete)
    assert "sales_per_minute" not in strip.shown()
    again = make_desk(1920, 1080)
    again.show_snapshot(with_targets())
    other = strip_of(again)
    assert other.shown() == strip.shown()
    menu = other.menu_of("revenue")
    names = [action.text().partition("\t")[0] for action in menu.actions() if action.text()]
    assert names == [
        "Set target…", "Move left", "Move right", "Take off the strip",
        "Key figures and targets…", "Usual key figures",
    ]  # fmt: skip
    menu.actions()[-1].trigger()
    assert other.shown()[:3] == ["revenue", "sales_per_minute", "audience"]
    assert not other.choice.is_own
    menu.close()


def test_the_last_tile_moves_before_what_is_hidden_behind_it(
    make_desk: MakeDesk, qtbot: QtBot
) -> None:
    desk = make_desk(1366, 768)
    desk.show_snapshot(with_targets())
    strip = strip_of(desk)
    first = strip.shown()[0]
    for _ in range(len(strip.shown()) - 1):
        strip.move_tile(first, 1)
    assert strip.choice.order[-1] == first


def test_a_tile_is_dragged_to_another_place(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(with_targets())
    strip = strip_of(desk)
    audience, revenue = strip._tiles["audience"], strip._tiles["revenue"]
    end = revenue.geometry().center() - QPoint(40, 0) - audience.pos()
    qtbot.mousePress(audience, Qt.MouseButton.LeftButton, pos=audience.rect().center())
    qtbot.mouseMove(audience, end)
    QApplication.processEvents()
    assert strip._mark.isVisible()
    qtbot.mouseRelease(audience, Qt.MouseButton.LeftButton, pos=end)
    assert strip.shown()[:2] == ["audience", "revenue"]
    assert not strip._mark.isVisible()


def test_the_keyboard_comes_to_the_strip_and_leaves_it(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(with_targets())
    strip = strip_of(desk)
    qtbot.keyClick(desk, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is strip
    assert strip._tiles["revenue"]._is_chosen
    qtbot.keyClick(desk, Qt.Key.Key_F6)
    assert QApplication.focusWidget() is not strip
    assert not strip._tiles["revenue"]._is_chosen


def test_what_has_no_room_is_named_and_leads_to_the_list(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk(1366, 768)
    desk.show_snapshot(with_targets())
    strip = strip_of(desk)
    assert strip._more.text() == "+4"
    tip = strip._tip(strip._more)
    assert "ROAS, show: 5.92" in tip
    assert len(tip.splitlines()) == 4
    qtbot.mouseClick(strip._more, Qt.MouseButton.LeftButton)
    assert editor_of(desk).isVisible()


def test_a_click_without_a_drag_moves_nothing(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(with_targets())
    strip = strip_of(desk)
    before = strip.shown()
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=QPoint(500, 40))
    assert strip.shown() == before
    assert not strip.choice.is_own


def test_a_figure_with_a_target_comes_onto_the_strip_by_itself(make_desk: MakeDesk) -> None:
    desk = make_desk(2560, 1080)
    desk.show_snapshot(snapshots.full())
    strip = strip_of(desk)
    assert "mean_watch" not in strip.choice.shown(strip._with_target)
    desk.show_snapshot(snapshots.full(targets={TargetKpi.WATCH_TIME: 9.0}))
    assert "mean_watch" in strip.choice.shown(strip._with_target)


def test_the_list_moves_rows_and_turns_them_off(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(with_targets())
    strip = strip_of(desk)
    strip.edit("audience")
    editor = editor_of(desk)
    field = editor.rows["audience"].field
    qtbot.keyClick(field, Qt.Key.Key_Up, ALT)
    assert strip.shown()[:2] == ["revenue", "audience"]
    qtbot.keyClick(field, Qt.Key.Key_Return, ALT)
    assert editor.texts()["audience.on"] == "Off"
    assert "audience" not in strip.shown()
    editor.usual.click()
    assert strip.shown()[:3] == ["revenue", "sales_per_minute", "audience"]
