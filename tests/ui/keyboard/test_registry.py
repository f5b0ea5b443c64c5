"""Every key and every action of the desk is in the one list; everything else is made from it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QAction, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from liveroom.models.commands import Command, TakeSegment
from liveroom.models.facts import Mode
from liveroom.models.pacing import Pace
from liveroom.models.snapshot import Snapshot
from liveroom.ui.desk_menu import build_menu
from liveroom.ui.keyboard.bindings import resolve
from liveroom.ui.keyboard.caps import in_words
from liveroom.ui.keyboard.commands import PanelCommand
from liveroom.ui.keyboard.keys import parse_key
from liveroom.ui.keyboard.sheet_rows import rows_of
from liveroom.ui.main_window import MainWindow
from liveroom.ui.panel import Panel, PanelSpec
from liveroom.ui.panels import PANELS
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel, title_of


@pytest.fixture
def desk(make_desk: MakeDesk) -> MainWindow:
    made = make_desk(1920, 1080)
    made.show_snapshot(replace(snapshots.rehearsal(), pace=Pace(speed=1.0)))
    for spec in PANELS:
        open_panel(made, spec.panel_id)
    made.keyboard.read_all()
    return made


def keys_in_the_tree(desk: MainWindow) -> Iterator[tuple[str, str]]:
    for shortcut in desk.findChildren(QShortcut):
        host = shortcut.parent()
        panel = next((d.objectName() for d in desk.docks if d.host is host), "")
        yield parse_key(shortcut.key().toString()), panel or type(host).__name__
    for action in desk.findChildren(QAction):
        for sequence in action.shortcuts():
            if not sequence.isEmpty() and not is_of_qt(action):
                yield parse_key(sequence.toString()), "an action"


def is_of_qt(action: QAction) -> bool:
    """Return whether an action is of a field's own menu: undo, copy, paste."""
    return type(action.parent()).__name__ in ("QLineEdit", "QWidgetLineControl", "ViewBoxMenu")


def test_every_key_that_anything_listens_to_is_in_the_registry(desk: MainWindow) -> None:
    registry = desk.keyboard.registry
    known = {
        (key, one.panel_id or "Desk")
        for one in registry.commands()
        for key in registry.keys(one.command_id)
    }
    found = set(keys_in_the_tree(desk))
    assert found == known, "declare the key as a command: docs/desk.md, A new panel"


def test_no_two_commands_of_the_desk_answer_the_same_key_at_first(desk: MainWindow) -> None:
    registry = desk.keyboard.registry
    _, notes = resolve(registry.commands(), registry.fixed(), {})
    assert notes == []


def test_keys_are_written_as_qt_writes_them_and_ids_are_stable_words(desk: MainWindow) -> None:
    for one in desk.keyboard.registry.commands():
        assert all(parse_key(key) == key for key in one.keys), one
        assert one.command_id.replace(".", "").replace("_", "").isalnum(), one
        assert one.title[0].isupper() or one.title[0].isdigit(), one
    for fixed in desk.keyboard.registry.fixed():
        assert all(parse_key(key) for key in fixed.keys), fixed


def texts_of(menu: QMenu) -> list[str]:
    found: list[str] = []
    for action in menu.actions():
        inner = action.menu()
        found += texts_of(inner) if isinstance(inner, QMenu) else [action.text()]
    return found


def test_menu_and_cheat_sheet_leave_nothing_out(desk: MainWindow) -> None:
    registry = desk.keyboard.registry
    menu = build_menu(registry, desk)
    texts = texts_of(menu)
    for one in registry.commands():
        if one.command_id == "desk.menu":
            continue
        line = next(text for text in texts if text.startswith(one.title))
        key = in_words(registry.key(one.command_id))
        assert not key or any(text.endswith(f"\t{key}") for text in texts), line
    menu.deleteLater()
    rows = rows_of(registry)
    assert {row.command_id for row in rows} - {""} == {
        one.command_id for one in registry.commands()
    }
    assert sum(not row.command_id for row in rows) == len(registry.fixed())


def test_the_menu_says_why_something_cannot_be_done_now(desk: MainWindow) -> None:
    desk.show_snapshot(snapshots.full(mode=Mode.DEBRIEF))
    menu = build_menu(desk.keyboard.registry, desk)
    line = next(text for text in texts_of(menu) if text.startswith("GO: take the next segment"))
    assert "the debrief is read only" in line
    menu.deleteLater()


class Greeting(Panel):
    """A later panel: it declares what it can do, and nothing else is to be edited."""

    commands = (
        PanelCommand("wave", "Wave to the room", ("W",), lambda panel: panel.wave()),
        PanelCommand(
            "call", "Call the room", ("Ctrl+Shift+W",), lambda panel: panel.wave(), everywhere=True
        ),
    )
    waved = 0

    def wave(self) -> None:
        Greeting.waved += 1

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def numbers(self) -> dict[str, str]:
        return {}


def test_a_later_panel_brings_its_keys_along(make_desk: MakeDesk) -> None:
    Greeting.waved = 0
    desk = make_desk(panels=(*PANELS[:3], PanelSpec("hello", "Hello", "left", lambda: Greeting)))
    desk.show_snapshot(snapshots.full())
    desk.keyboard.read_all()
    desk.activateWindow()
    desk.setFocus()
    QTest.keyClick(desk, Qt.Key.Key_W)
    assert Greeting.waved == 0
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(desk, Qt.Key.Key_W, both)
    assert Greeting.waved == 1
    desk.ways.go_to(desk.docks[-1])
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_W)
    assert Greeting.waved == 2
    desk.ways.toggle(desk.docks[-1])
    QTest.keyClick(desk, Qt.Key.Key_W, both)
    assert Greeting.waved == 3
    assert desk.docks[-1].isVisible()


class Clumsy(Greeting):
    """Raises when it is asked to do something."""

    commands = (
        PanelCommand("fall", "Fall over", ("Ctrl+Shift+W",), lambda panel: 1 / 0, everywhere=True),
    )


def test_a_command_that_raises_stops_its_panel_alone_and_f5_restarts_it(
    make_desk: MakeDesk, caplog: pytest.LogCaptureFixture
) -> None:
    desk = make_desk(panels=(*PANELS[:3], PanelSpec("hello", "Hello", "left", lambda: Clumsy)))
    desk.show_snapshot(snapshots.full())
    desk.keyboard.read_all()
    desk.activateWindow()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(desk, Qt.Key.Key_W, both)
    host = desk.docks[-1].host
    assert "ZeroDivisionError" in host.message()
    assert "panel hello stopped" in caplog.text
    QTest.keyClick(desk, Qt.Key.Key_F5)
    assert host.stopped is None


def test_a_key_that_can_do_nothing_now_says_why(
    make_desk: MakeDesk, commands: list[Command]
) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    desk.activateWindow()
    QTest.keyClick(desk, Qt.Key.Key_F7)
    assert commands == []
    assert "rehearsal or a replay only" in desk.keyboard.notice()


def test_a_key_of_the_producers_own_works_at_once_and_the_old_one_no_more(
    make_desk: MakeDesk, settings: QSettings, commands: list[Command]
) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.rehearsal())
    panel = open_panel(desk, "run_of_show")
    desk.activateWindow()
    panel.setFocus()
    desk.keyboard.registry.set_keys("run_of_show.go", ("G",))
    QTest.keyClick(panel.table, Qt.Key.Key_Space)
    assert commands == []
    QTest.keyClick(panel.table, Qt.Key.Key_G)
    assert [type(one) for one in commands] == [TakeSegment]
    assert panel.go._key == "G"
    desk.close()
    again = make_desk()
    again.show_snapshot(snapshots.rehearsal())
    assert open_panel(again, "run_of_show").go._key == "G"
    assert again.keyboard.registry.keys("run_of_show.go") == ("G",)


def test_key_caps_follow_the_real_keys(desk: MainWindow) -> None:
    registry = desk.keyboard.registry
    registry.set_keys("log.call", ("Ctrl+Shift+M",))
    registry.set_keys("time.pause", ("F9",))
    registry.set_keys("layout.choose", ())
    log = next(one for one in desk.docks if one.objectName() == "log").host.panel
    assert log is not None
    assert "Ctrl+Shift+M takes a note" in title_of(desk, "log")
    assert desk.show_bar.time is not None
    assert desk.show_bar.time.pause.toolTip() == "Pause (F9)"
    desk.set_theme("light")
    assert desk.show_bar.layout_button._key == ""
    registry.reset_all()
    assert desk.show_bar.layout_button._key == "F2"


def test_menu_opens_by_its_key_and_goes(desk: MainWindow) -> None:
    desk.activateWindow()
    QTest.keyClick(desk, Qt.Key.Key_F10)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()
    assert QApplication.activePopupWidget() is None
