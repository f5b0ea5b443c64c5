"""GO, previous and edits in place."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from liveroom.models.commands import (
    ChangeSegmentDuration,
    Command,
    CutSegment,
    MoveSegment,
    RenameSegment,
    SetSegmentTarget,
    TakeSegment,
)
from liveroom.models.pacing import Pace
from liveroom.models.run_of_show import Cue, RunOfShow, Segment
from liveroom.models.snapshot import Snapshot
from liveroom.ui.main_window import MainWindow
from liveroom.ui.panels.run_of_show import RunOfShowPanel
from liveroom.ui.parts.segment_table import COLUMNS
from liveroom.ui.parts.time_left import TimeLeft
from liveroom.ui.parts.transport import Guard
from liveroom.ui.segment_rows import Left
from liveroom.ui.theme import Theme
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel, spec_of


@pytest.fixture
def desk(make_desk: MakeDesk) -> MainWindow:
    window = make_desk(1920, 1080)
    window.show_snapshot(snapshots.full())
    return window


@pytest.fixture
def panel(desk: MainWindow) -> RunOfShowPanel:
    panels = [dock.host.panel for dock in desk.docks]
    return next(one for one in panels if isinstance(one, RunOfShowPanel))


def open_editor(panel: RunOfShowPanel, segment_id: str, key: str) -> QLineEdit:
    table = panel.table
    item = table.item(table.row_of[segment_id], COLUMNS.index(key))
    table.setCurrentItem(item)
    table.editItem(item)
    return next(one for one in table.findChildren(QLineEdit) if one.isVisible())


def test_space_takes_the_next_segment(
    panel: RunOfShowPanel, qtbot: QtBot, commands: list[Command]
) -> None:
    panel.table.setFocus()
    qtbot.keyClick(panel.table, Qt.Key.Key_Space)
    assert commands == [TakeSegment(segment_id="s6")]


def test_a_command_changes_nothing_until_its_fact_comes_back(
    desk: MainWindow, panel: RunOfShowPanel, commands: list[Command]
) -> None:
    before = panel.numbers()
    panel.go.click()
    assert commands == [TakeSegment(segment_id="s6")]
    assert panel.numbers() == before
    cues = (*snapshots.CUES, Cue(segment_id="s6", started_at=snapshots.NOW))
    desk.show_snapshot(snapshots.full(run_of_show=replace(snapshots.PLAN, cues=cues)))
    assert panel.numbers()["s6.segment.second"].startswith("ON AIR")
    assert panel.numbers()["go"] == "GO take next 7 · Monitor 27″ QHD"


def test_one_press_is_one_go(panel: RunOfShowPanel, commands: list[Command]) -> None:
    now = [100.0]
    panel.guard = Guard(now=lambda: now[0])
    panel.go.click()
    now[0] = 100.9
    panel.go.click()
    panel.take_previous()
    assert len(commands) == 1
    now[0] = 101.0
    panel.take_previous()
    assert commands == [TakeSegment(segment_id="s6"), TakeSegment(segment_id="s4")]


def test_transport_buttons_take_no_focus(panel: RunOfShowPanel) -> None:
    buttons = [*panel.findChildren(QAbstractButton)]
    assert panel.go in buttons
    assert panel.previous in buttons
    assert all(button.focusPolicy() == Qt.FocusPolicy.NoFocus for button in buttons)


def test_there_is_no_go_after_the_last_segment(
    desk: MainWindow, panel: RunOfShowPanel, commands: list[Command]
) -> None:
    cues = (*snapshots.CUES, Cue(segment_id="s9", started_at=snapshots.NOW))
    desk.show_snapshot(snapshots.full(run_of_show=replace(snapshots.PLAN, cues=cues)))
    assert not panel.go.isEnabled()
    panel.take_next()
    assert commands == []
    assert panel.numbers()["s6.segment.second"].startswith("skipped")


def test_a_title_is_renamed_by_a_command(
    panel: RunOfShowPanel, qtbot: QtBot, commands: list[Command]
) -> None:
    editor = open_editor(panel, "s7", "segment")
    assert editor.text() == "Monitor 27″ QHD"
    editor.clear()
    qtbot.keyClicks(editor, "Monitor e kit")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(commands))
    assert commands == [RenameSegment(segment_id="s7", title="Monitor e kit")]
    assert panel.numbers()["s7.segment"] == "Monitor 27″ QHD"


def test_space_types_a_space_while_a_title_is_edited(
    panel: RunOfShowPanel, qtbot: QtBot, commands: list[Command]
) -> None:
    editor = open_editor(panel, "s7", "segment")
    editor.clear()
    qtbot.keyClicks(editor, "a b")
    assert editor.text() == "a b"
    assert commands == []
    qtbot.keyClick(editor, Qt.Key.Key_Escape)


def test_a_length_is_changed_in_minutes_and_seconds(
    panel: RunOfShowPanel, qtbot: QtBot, commands: list[Command]
) -> None:
    editor = open_editor(panel, "s6", "length")
    assert editor.text() == "6:00"
    editor.clear()
    qtbot.keyClicks(editor, "7:30")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(commands))
    assert commands == [ChangeSegmentDuration(segment_id="s6", duration_ms=450_000)]


def test_a_length_that_is_none_is_not_sent(
    panel: RunOfShowPanel, qtbot: QtBot, commands: list[Command]
) -> None:
    editor = open_editor(panel, "s6", "length")
    editor.clear()
    qtbot.keyClicks(editor, "0:00")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not panel.table.is_editing())
    assert commands == []


def test_what_is_being_typed_is_never_overwritten(
    desk: MainWindow, panel: RunOfShowPanel, qtbot: QtBot, commands: list[Command]
) -> None:
    editor = open_editor(panel, "s6", "segment")
    editor.clear()
    qtbot.keyClicks(editor, "Tablet com")
    renamed = tuple(
        replace(one, title="Someone else's title") if one.segment_id == "s6" else one
        for one in snapshots.SEGMENTS
    )
    plan = replace(snapshots.PLAN, segments=renamed)
    desk.show_snapshot(snapshots.full(at=snapshots.NOW + 1000, run_of_show=plan))
    shorter = replace(plan, segments=renamed[:8])
    desk.show_snapshot(snapshots.full(at=snapshots.NOW + 2000, run_of_show=shorter))
    assert editor.isVisible()
    assert editor.text() == "Tablet com"
    assert "s9" in panel.table.row_of
    qtbot.keyClicks(editor, " caneta")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(commands))
    assert commands == [RenameSegment(segment_id="s6", title="Tablet com caneta")]
    qtbot.waitUntil(lambda: "s9" not in panel.table.row_of)


def test_the_countdown_moves_once_a_second(desk: MainWindow, panel: RunOfShowPanel) -> None:
    times = {}
    for tenth in range(0, 2001, 100):
        desk.show_snapshot(snapshots.full(at=snapshots.NOW + tenth))
        times[tenth // 1000] = panel.numbers()["time_left"].split()[0]
    assert times == {0: "1:18", 1: "1:17", 2: "1:16"}


def choose(panel: RunOfShowPanel, segment_id: str) -> None:
    panel.table.setFocus()
    panel.table.setCurrentCell(panel.table.row_of[segment_id], COLUMNS.index("segment"))


def test_alt_and_an_arrow_move_what_is_still_to_come(
    panel: RunOfShowPanel, qtbot: QtBot, commands: list[Command]
) -> None:
    alt = Qt.KeyboardModifier.AltModifier
    choose(panel, "s7")
    qtbot.keyClick(panel.table, Qt.Key.Key_Up, alt)
    qtbot.keyClick(panel.table, Qt.Key.Key_Down, alt)
    assert commands == [
        MoveSegment(segment_id="s7", before="s6"),
        MoveSegment(segment_id="s7", before="s9"),
    ]


def test_what_is_on_air_or_over_is_neither_moved_nor_cut(
    panel: RunOfShowPanel, qtbot: QtBot, commands: list[Command]
) -> None:
    for segment_id in ("s1", "s5"):
        choose(panel, segment_id)
        qtbot.keyClick(panel.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
        qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
        assert "still to come" in panel.hint.text()
    choose(panel, "s6")
    qtbot.keyClick(panel.table, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert commands == []


def test_cutting_takes_two_presses(
    panel: RunOfShowPanel, qtbot: QtBot, commands: list[Command]
) -> None:
    now = [0.0]
    panel.order.clock = lambda: now[0]
    choose(panel, "s7")
    qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    assert "Delete again cuts" in panel.hint.text()
    now[0] = 5.0
    qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    assert commands == []
    qtbot.keyClick(panel.table, Qt.Key.Key_Delete)
    assert commands == [CutSegment(segment_id="s7")]


def test_the_chosen_segment_stays_chosen_where_it_goes(
    desk: MainWindow, panel: RunOfShowPanel
) -> None:
    choose(panel, "s8")
    snapshot = snapshots.full()
    segments = list(snapshot.run_of_show.segments)
    segments.insert(6, segments.pop(7))
    show = replace(snapshot.run_of_show, segments=tuple(segments))
    desk.show_snapshot(replace(snapshot, run_of_show=show))
    desk.turns.take_all()
    row = panel.table.row_at(panel.table.currentIndex())
    assert row is not None
    assert row.segment_id == "s8"
    assert panel.table.currentRow() == panel.table.row_of["s8"]


def test_a_segments_target_is_typed_where_its_revenue_stands(
    panel: RunOfShowPanel, qtbot: QtBot, commands: list[Command]
) -> None:
    editor = open_editor(panel, "s7", "revenue")
    assert editor.text() == ""
    qtbot.keyClicks(editor, "36,000")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(commands))
    assert commands == [SetSegmentTarget(segment_id="s7", revenue_target_minor=3_600_000)]


def test_the_segment_on_air_is_in_sight_wherever_time_travel_leads(make_desk: MakeDesk) -> None:
    desk = make_desk()
    starts = [snapshots.START + place * 60_000 for place in range(150)]
    segments = tuple(
        Segment(segment_id=str(place), title=f"Run {place}", duration_ms=60_000)
        for place in range(150)
    )

    def on_air(place: int) -> Snapshot:
        cues = tuple(
            Cue(segment_id=str(each), started_at=starts[each]) for each in range(place + 1)
        )
        show = RunOfShow(segments=segments, starts_at=snapshots.START, cues=cues)
        return snapshots.full(at=starts[place] + 1_000, run_of_show=show)

    for place in (3, 120, 60, 148, 10):
        desk.show_snapshot(on_air(place))
        table = open_panel(desk, "run_of_show").table
        for segment in (str(place), str(place + 1)):
            row = table.row_of[segment]
            top = table.rowViewportPosition(row)
            assert 0 <= top <= table.viewport().height() - table.rowHeight(row), (place, segment)
        bar = table.verticalScrollBar()
        whole = table.rowViewportPosition(table.rowAt(0)) == 0
        assert whole or bar.value() == bar.maximum(), "no row is cut at the upper edge"


def test_what_stands_beside_the_countdown_gives_way_whole(qapp: QApplication) -> None:
    line = TimeLeft(Theme())
    line.show_left(Left("OVER 2:00", "warn", "of 12:00 · plan 20:42:00", 1.0))
    assert line.fitting_words(400) == "of 12:00 · plan 20:42:00"
    assert line.fitting_words(230) == "of 12:00"


def test_a_rehearsal_that_has_ended_has_no_go(make_desk: MakeDesk, commands: list[Command]) -> None:
    desk = make_desk(panels=spec_of("run_of_show"))
    desk.show_snapshot(snapshots.rehearsal(pace=Pace(speed=0.0, has_ended=True)))
    panel = open_panel(desk, "run_of_show")
    assert "the rehearsal has ended" in panel.go.text()
    panel.take_next()
    panel.take_previous()
    assert commands == []
