"""A producer without a mouse: from the rehearsal's first second to a key of her own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from liveroom import sources
from liveroom.app.desk import Desk
from liveroom.app.settings import desk_settings
from liveroom.models.facts import Mode
from liveroom.ui.dock import PanelDock
from liveroom.ui.keyboard.cheat_sheet import CheatSheet
from liveroom.ui.keyboard.palette import Palette

NONE = Qt.KeyboardModifier.NoModifier
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None, "the keyboard is nowhere"
    return widget


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.keyClick(focused(), key, modifier)
    QApplication.processEvents()


def write(text: str) -> None:
    QTest.keyClicks(focused(), text)


def test_a_rehearsal_is_worked_through_by_keyboard_alone(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    desk = Desk(
        lambda: sources.rehearsal(7, 1.0, None, tmp_path / "r.liveroom"), Mode.REHEARSAL, print
    )
    window = desk.window
    window.resize(1366, 768)
    desk.show()
    window.activateWindow()

    def settled() -> bool:
        """Return whether the newest cue is old enough not to take another press for its echo."""
        shown = window.snapshot
        cue = None if shown is None else shown.run_of_show.on_air
        return shown is not None and cue is not None and shown.at - cue.started_at > 1_500

    qtbot.waitUntil(settled, timeout=20_000)

    def dock(panel_id: str) -> PanelDock:
        return next(one for one in window.docks if one.objectName() == panel_id)

    def by_name(words: str) -> None:
        press(Qt.Key.Key_K, CTRL)
        assert isinstance(window.keyboard.sheet, Palette)
        write(words)
        press(Qt.Key.Key_Return)

    # The palette takes the next segment, wherever the focus is.
    show = window.snapshot.run_of_show  # type: ignore[union-attr]
    following = show.neighbour(1)
    assert following is not None
    by_name("take the next segment")

    def cue() -> str:
        found = window.snapshot.run_of_show.on_air  # type: ignore[union-attr]
        return "" if found is None else found.segment_id

    qtbot.waitUntil(lambda: cue() == following.segment_id, timeout=20_000)

    # A note about this moment.
    press(Qt.Key.Key_N, CTRL)
    write("applause at the price")
    press(Qt.Key.Key_Return)
    log = dock("log").host
    qtbot.waitUntil(lambda: "applause at the price" in log.numbers().values(), timeout=20_000)

    # The products by another column.
    by_name("go to products")
    assert window.ways.focus.held() is dock("products")
    panel = dock("products").host.panel
    before = panel.controls.wish.sort  # type: ignore[union-attr]
    press(Qt.Key.Key_Left)
    assert panel.controls.wish.sort != before  # type: ignore[union-attr]
    press(Qt.Key.Key_Right)
    assert panel.controls.wish.sort == before  # type: ignore[union-attr]

    # Another layout, and back.
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)
    assert window.layouts.current.title == "Prepare"
    press(Qt.Key.Key_F2)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert window.layouts.current.title == "On air"

    # One panel on the whole screen, and back.
    by_name("go to products")
    press(Qt.Key.Key_F11)
    assert window.full.dock is dock("products")
    press(Qt.Key.Key_Escape)
    assert window.full.dock is None
    assert window.ways.focus.held() is dock("products")

    # The sheet of keys; another key for a note, after one that is taken.
    press(Qt.Key.Key_F1)
    sheet = window.keyboard.sheet
    assert isinstance(sheet, CheatSheet)
    write("take a note")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_K, CTRL)
    assert "Ctrl+K is taken: Find a command" in sheet.foot.text()
    press(Qt.Key.Key_J, CTRL)
    press(Qt.Key.Key_Escape)
    press(Qt.Key.Key_J, CTRL)
    assert dock("log").host.panel._field.hasFocus()  # type: ignore[union-attr]
    press(Qt.Key.Key_Escape)

    # GO in the run of show, where the space bar is at home.
    by_name("go to run of show")
    following = window.snapshot.run_of_show.neighbour(1)  # type: ignore[union-attr]
    assert following is not None
    qtbot.waitUntil(settled, timeout=20_000)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: cue() == following.segment_id, timeout=20_000)

    assert desk.stop() == ""
    desk.discard()
    assert (
        QSettings(desk_settings().fileName(), QSettings.Format.IniFormat).value(
            "desk/keys/log.call"
        )
        == "Ctrl+J"
    )
