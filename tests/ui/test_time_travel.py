"""The whole desk at an earlier second: asked for by hand or key, said everywhere, and left by one key."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from liveroom.models import commands as c
from liveroom.models.commands import Command
from liveroom.models.facts import Mode
from liveroom.ui.main_window import MainWindow
from liveroom.ui.parts.kpi_tile import KpiTile
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel, title_of
from tests.ui.past import NOTE_AT, Past, then, travelling

NOW = snapshots.NOW


CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def past(make_desk: MakeDesk) -> Past:
    return travelling(make_desk)


def test_every_panel_shows_that_moment_and_says_so(past: Past) -> None:
    past.desk.travel.travel(NOTE_AT)
    assert past.asked == [NOTE_AT]
    past.answer()
    assert past.desk.numbers()["kpi_strip"]["orders"] == "111"
    assert past.desk.scrub_bar.numbers() == {
        "where": "20:31:36",
        "hint": "10:00 before live",
        "now": "Back to live",
    }
    for panel in ("products", "channels", "run_of_show", "audience"):
        assert "20:31:36" in title_of(past.desk, panel)


def test_key_figures_without_a_title_have_the_edge_of_the_past(past: Past) -> None:
    tile = next(
        one for one in open_panel(past.desk, "kpi_strip").findChildren(KpiTile) if one.isVisible()
    )

    def edge() -> str:
        return str(tile.grab().toImage().pixelColor(0, tile.height() // 2).name()).upper()

    assert edge() == past.desk.theme.hexes["line"]
    past.desk.travel.travel(NOTE_AT)
    past.answer()
    assert edge() == past.desk.theme.hexes["offer"]
    past.desk.travel.back()
    past.answer()
    assert edge() == past.desk.theme.hexes["line"]


def test_one_key_leads_back_to_the_present(past: Past, qtbot: QtBot) -> None:
    past.desk.travel.travel(NOTE_AT)
    past.answer()
    qtbot.keyClick(past.desk, Qt.Key.Key_End)
    assert past.asked[-1] is None
    past.answer()
    assert past.desk.numbers()["kpi_strip"]["orders"] == "428"
    assert past.desk.scrub_bar.numbers()["now"] == "LIVE"
    assert "20:31:36" not in title_of(past.desk, "products")


def test_the_bars_go_on_showing_the_present(past: Past) -> None:
    past.desk.travel.travel(NOTE_AT)
    past.answer()
    assert past.desk.show_bar.numbers()["clock"] == "20:41:36"
    later = replace(past.present, at=NOW + 1000, back=then(NOTE_AT))
    past.desk.show_snapshot(later)
    assert past.desk.show_bar.numbers()["clock"] == "20:41:37"
    assert past.desk.scrub_bar.numbers()["hint"] == "10:01 before live"


@pytest.mark.parametrize(
    ("key", "modifiers", "at"),
    [
        (Qt.Key.Key_BracketLeft, Qt.KeyboardModifier.NoModifier, NOW - 10_000),
        (Qt.Key.Key_BracketLeft, CTRL, NOW - 60_000),
        (Qt.Key.Key_Home, CTRL, snapshots.START),
        (Qt.Key.Key_Comma, Qt.KeyboardModifier.NoModifier, NOTE_AT),
    ],
)
def test_keys_lead_back(past: Past, qtbot: QtBot, key: Qt.Key, modifiers: object, at: int) -> None:
    qtbot.keyClick(past.desk, key, modifiers)
    assert past.asked == [at]


def test_steps_forward_end_at_the_present(past: Past, qtbot: QtBot) -> None:
    qtbot.keyClick(past.desk, Qt.Key.Key_BracketLeft)
    past.answer()
    qtbot.keyClick(past.desk, Qt.Key.Key_BracketRight)
    assert past.asked == [NOW - 10_000, None]


def test_marks_are_walked_in_order(past: Past, qtbot: QtBot) -> None:
    qtbot.keyClick(past.desk, Qt.Key.Key_Comma)
    past.answer()
    assert past.asked[-1] == NOTE_AT
    qtbot.keyClick(past.desk, Qt.Key.Key_Comma)
    past.answer()
    assert past.asked[-1] == NOW - 900_000
    qtbot.keyClick(past.desk, Qt.Key.Key_Period)
    assert past.asked[-1] == NOTE_AT


def test_a_drag_asks_for_the_newest_place_only(past: Past, qtbot: QtBot) -> None:
    track = past.desk.scrub_bar.track
    places = [int(track.x_of(NOW - minutes * 60_000)) for minutes in (30, 20, 15, 12)]
    qtbot.mousePress(track, Qt.MouseButton.LeftButton, pos=QPoint(places[0], 30))
    for x in places[1:]:
        qtbot.mouseMove(track, QPoint(x, 30))
        track.travelled.emit(track.instant_at(x))
    assert len(past.asked) == 1
    past.answer()
    assert len(past.asked) == 2
    assert abs(past.asked[1] - (NOW - 12 * 60_000)) < 30_000
    qtbot.mouseRelease(track, Qt.MouseButton.LeftButton, pos=QPoint(places[-1], 30))


def test_near_the_present_one_means_the_present(past: Past) -> None:
    track = past.desk.scrub_bar.track
    assert track.instant_at(track.x_of(NOW) - 3) is None
    assert track.instant_at(track.x_of(NOW) + 50) is None
    assert track.instant_at(-20) == snapshots.START


def test_near_a_mark_one_means_the_mark(past: Past) -> None:
    track = past.desk.scrub_bar.track
    assert track.instant_at(track.x_of(NOTE_AT) + 3) == NOTE_AT
    assert "the host coughed" in track.tip_at(track.x_of(NOTE_AT))


def test_what_is_pressed_in_the_past_only_leads_back(
    past: Past, commands: list[Command], qtbot: QtBot
) -> None:
    past.desk.travel.travel(NOTE_AT)
    past.answer()
    panels = {dock.objectName(): dock.host.panel for dock in past.desk.docks}
    panels["run_of_show"].setFocus()
    qtbot.keyClick(panels["run_of_show"].table, Qt.Key.Key_Space)
    assert commands == []
    assert past.asked[-1] is None
    assert past.desk.scrub_bar.numbers()["hint"] == "Back: press again"


def test_a_note_in_the_past_is_about_that_moment(
    past: Past, commands: list[Command], qtbot: QtBot
) -> None:
    past.desk.travel.travel(NOTE_AT)
    past.answer()
    qtbot.keyClick(past.desk, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    field = past.desk.focusWidget()
    qtbot.keyClicks(field, "here it fell")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert commands == [c.TakeNote(text="here it fell", about_at=NOTE_AT)]
    assert past.asked[-1] == NOTE_AT


@pytest.mark.parametrize(
    ("mode", "present"),
    [(Mode.REHEARSAL, "NOW"), (Mode.REPLAY, "NOW"), (Mode.DEBRIEF, "THE END")],
)
def test_the_present_has_its_own_name_in_each_mode(
    make_desk: MakeDesk, mode: Mode, present: str
) -> None:
    past = travelling(make_desk, mode=mode)
    assert past.desk.scrub_bar.numbers()["now"] == present
    past.desk.travel.travel(NOTE_AT)
    past.answer()
    assert past.desk.scrub_bar.numbers()["hint"] == f"10:00 before {present.lower()}"


def test_before_the_first_fact_nothing_is_asked_for(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk, asked = make_desk(), list[int | None]()
    desk.travel.offer(asked.append)
    desk.show_snapshot(snapshots.empty())
    qtbot.keyClick(desk, Qt.Key.Key_BracketLeft)
    qtbot.keyClick(desk, Qt.Key.Key_Comma)
    assert asked == []


def test_end_moves_in_a_table_while_the_desk_shows_the_present(past: Past, qtbot: QtBot) -> None:
    table = open_panel(past.desk, "products")._table
    past.desk.activateWindow()
    table.setFocus()
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert past.desk.keyboard.notice() == ""
    past.desk.travel.travel(NOTE_AT)
    past.answer()
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert past.asked[-1] is None


def test_no_panel_says_another_time_than_that_of_its_numbers(
    make_desk: MakeDesk, qtbot: QtBot
) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(snapshots.full())
    earlier = replace(snapshots.full(at=snapshots.NOW - 600_000), is_past=True)
    desk.travel.travel(earlier.at)
    MainWindow.show_snapshot(desk, replace(snapshots.full(), back=earlier))
    titles = {dock.objectName(): dock for dock in desk.docks if dock.title_bar is not None}
    assert not any("20:31:36" in title_of(desk, name) for name in titles)
    desk.turns.take_one()
    said = [dock for name, dock in titles.items() if "20:31:36" in title_of(desk, name)]
    assert all(not dock.host.has_to_show for dock in said)
    desk.turns.take_all()
    seen = [name for name, dock in titles.items() if not dock.visibleRegion().isEmpty()]
    assert all("20:31:36" in title_of(desk, name) for name in seen)
