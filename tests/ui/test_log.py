"""The log tells what happened, newest first, and takes notes with their time."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from liveroom.models import commands as c
from liveroom.models.commands import Command
from liveroom.models.facts import ConnectionState, Mode
from liveroom.models.journal import Entry, EntryKind
from liveroom.ui.log_words import is_news, line_of
from liveroom.ui.main_window import MainWindow
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import dock_of, open_panel

AT = snapshots.NOW
JOURNAL = (
    Entry(at=AT - 90_000, kind=EntryKind.SEGMENT, subject="s5"),
    Entry(at=AT - 60_000, kind=EntryKind.OFFER, subject="o", text="Boom −10 %"),
    Entry(at=AT - 40_000, kind=EntryKind.SOURCE, subject="shop", state=ConnectionState.STARTING),
    Entry(
        at=AT - 30_000,
        kind=EntryKind.SOURCE,
        subject="shop",
        text="time-out",
        state=ConnectionState.FAILING,
    ),
    Entry(at=AT - 9_000, kind=EntryKind.NOTE, text="the host coughed"),
)


def test_entries_stand_newest_first_in_words(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full(journal=JOURNAL))
    open_panel(desk, "log")
    shown = desk.numbers()["log"]
    lines = [
        (shown[f"{row}.time"], shown[f"{row}.words"], shown[f"{row}.detail"]) for row in "0123"
    ]
    assert lines == [
        ("20:41:27", "the host coughed", "note"),
        ("20:41:06", "Shop is failing", "time-out"),
        ("20:40:36", "Boom −10 %", "offer launched"),
        ("20:40:06", "5 · Notebook Air 14 · demo", "on air"),
    ]
    assert "4.words" not in shown


def test_a_price_is_told_with_the_one_before_and_its_own_currency() -> None:
    snapshot = snapshots.full()
    price = Entry(at=AT, kind=EntryKind.PRICE, subject="fone", number=29_900, before=34_900)
    assert line_of(price, snapshot).words == "Fone ANC Pulse 3: R$\u00a0349 → R$\u00a0299"
    abroad = Entry(at=AT, kind=EntryKind.PRICE, subject="fone", number=9_900, text="USD")
    assert line_of(abroad, snapshot).words == "Fone ANC Pulse 3: US$\u00a099.00"


def test_a_clock_shift_is_told_in_seconds() -> None:
    snapshot = snapshots.full()
    words = [
        line_of(Entry(at=AT, kind=EntryKind.CLOCK_SHIFT, subject="shop", number=ms), snapshot).words
        for ms in (8000, -500, 0)
    ]
    assert words == [
        "Shop counted 8\u00a0s earlier",
        "Shop counted 0.5\u00a0s later",
        "Shop counted as it says",
    ]


def test_every_kind_of_entry_has_words() -> None:
    snapshot = snapshots.full()
    for kind in EntryKind:
        of_target = kind in (EntryKind.TARGET, EntryKind.ALARM)
        subject, text = ("roas", "6.0") if of_target else ("fone", "on")
        line = line_of(Entry(at=AT, kind=kind, subject=subject, text=text, number=3), snapshot)
        assert line.words, kind
    assert not is_news(Entry(at=AT, kind=EntryKind.SOURCE, state=ConnectionState.STOPPED))


def test_a_key_takes_a_note_about_the_moment_it_was_pressed(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[Command]
) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    qtbot.keyClick(desk, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    panel = open_panel(desk, "log")
    qtbot.keyClicks(panel._field, "applause")
    desk.show_snapshot(snapshots.full(at=AT + 8_000))
    qtbot.keyClick(panel._field, Qt.Key.Key_Return)
    assert commands == [c.TakeNote(text="applause", about_at=AT)]
    assert panel._field.text() == ""


def test_enter_alone_drops_a_mark_and_escape_forgets(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[Command]
) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    panel = open_panel(desk, "log")
    panel.called()
    qtbot.keyClick(panel._field, Qt.Key.Key_Return)
    panel.called()
    qtbot.keyClicks(panel._field, "never mind")
    qtbot.keyClick(panel._field, Qt.Key.Key_Escape)
    assert commands == [c.TakeNote(text="", about_at=AT)]
    assert panel._field.text() == ""


def test_a_recording_takes_no_notes(make_desk: MakeDesk) -> None:
    desk = make_desk(mode=Mode.REPLAY)
    desk.show_snapshot(snapshots.replay(journal=JOURNAL))
    assert not open_panel(desk, "log")._field.isEnabled()


def test_targets_and_alarms_are_said_in_their_own_units() -> None:
    snapshot = snapshots.full()

    def words(kind: EntryKind, subject: str, text: str, number: int = 0) -> str:
        entry = Entry(at=AT, kind=kind, subject=subject, text=text, number=number)
        return line_of(entry, snapshot).words

    assert words(EntryKind.TARGET, "revenue", "36000000.0") == "Target for revenue: R$\u00a0360,000"
    assert words(EntryKind.TARGET, "conversion", "0.04") == "Target for conversion: 4.0\u202f%"
    assert words(EntryKind.TARGET, "cpl", "") == "No target for CPL any more"
    up = words(EntryKind.ALARM, "abandonment", "0.55", 1)
    assert up == "Cart abandonment above your line of 55\u202f%"
    over = words(EntryKind.ALARM, "abandonment", "0.55", 0)
    assert over == "Cart abandonment no longer above your line of 55\u202f%"


def low_log(make_desk: MakeDesk, qtbot: QtBot) -> tuple[MainWindow, Any]:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(snapshots.full())
    panel = open_panel(desk, "log")
    desk.activateWindow()
    assert not panel._field.isVisible()
    return desk, panel


def test_a_low_log_has_its_field_only_while_a_note_is_taken(
    make_desk: MakeDesk, qtbot: QtBot
) -> None:
    _, panel = low_log(make_desk, qtbot)
    panel.called()
    qtbot.waitUntil(panel._field.hasFocus)
    assert panel._field.isVisible()
    qtbot.keyClicks(panel._field, "price")
    qtbot.keyClick(panel._field, Qt.Key.Key_Return)
    assert not panel._field.isVisible()


def test_a_note_of_which_nothing_is_written_is_given_up_with_the_keyboard(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[Command]
) -> None:
    desk, panel = low_log(make_desk, qtbot)
    panel.called()
    qtbot.waitUntil(panel._field.hasFocus)
    open_panel(desk, "products").setFocus()
    assert not panel._field.isVisible()
    later = snapshots.NOW + 600_000
    desk.show_snapshot(snapshots.full(at=later))
    panel.called()
    qtbot.waitUntil(panel._field.hasFocus)
    qtbot.keyClick(panel._field, Qt.Key.Key_Return)
    assert [one.about_at for one in commands] == [later]


@pytest.mark.parametrize("ends", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_what_the_log_came_up_over_is_seen_again_after_the_note(
    make_desk: MakeDesk, qtbot: QtBot, ends: Qt.Key
) -> None:
    desk = make_desk(1366, 768)
    desk.show_snapshot(snapshots.full())
    log, board = dock_of(desk, "log"), dock_of(desk, "products")
    board.raise_()
    desk.activateWindow()
    desk.ways.call(log)
    panel: Any = log.host.panel
    qtbot.waitUntil(panel._field.hasFocus)
    assert board.visibleRegion().isEmpty()
    qtbot.keyClicks(panel._field, "price")
    qtbot.keyClick(panel._field, ends)
    assert not board.visibleRegion().isEmpty()
    # Whoever goes to the log by its tab stays there.
    log.raise_()
    panel._field.setFocus()
    qtbot.keyClick(panel._field, Qt.Key.Key_Return)
    assert not log.visibleRegion().isEmpty()
