"""What panels say of an earlier moment, and what can be done there."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from liveroom.models import commands as c
from liveroom.models.commands import Command
from liveroom.models.facts import Mode
from liveroom.ui.product_columns import NAME
from liveroom.ui.theme import THEMES, contrast
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel, spec_of, title_of
from tests.ui.past import NOTE_AT, Past, travelling

NOW = snapshots.NOW


ACTS = (
    *(f"run_of_show.{name}" for name in ("go", "previous", "edit", "move_up", "move_down", "cut")),
    *(f"products.{name}" for name in ("pin", "offer", "take")),
    *(f"offers.{name}" for name in ("new", "launch", "pin", "link")),
    *(f"chat.{name}" for name in ("answer", "pin", "undo")),
    "presenter.clear",
    "instructor.cause",
)


@pytest.fixture
def past(make_desk: MakeDesk) -> Past:
    return travelling(make_desk)


def test_a_theme_changed_in_the_past_stays_there(past: Past) -> None:
    past.desk.travel.travel(NOTE_AT)
    past.answer()
    past.desk.set_theme("light")
    past.answer()
    assert past.desk.scrub_bar.numbers()["where"] == "20:31:36"
    assert "20:31:36" in title_of(past.desk, "channels")


def test_a_theme_changed_in_the_past_leaves_every_title_its_definition(past: Past) -> None:
    past.desk.travel.travel(NOTE_AT)
    past.answer()
    panels = [dock.objectName() for dock in past.desk.docks if dock.title_bar is not None]
    before = {panel: title_of(past.desk, panel) for panel in panels}
    past.desk.set_theme("light")
    past.desk.turns.take_all()
    assert {panel: title_of(past.desk, panel) for panel in panels} == before


def test_the_hint_to_press_again_goes_with_the_second_press(
    past: Past, commands: list[Command], qtbot: QtBot
) -> None:
    past.desk.travel.travel(NOTE_AT)
    past.answer()
    table = open_panel(past.desk, "run_of_show").table
    past.desk.activateWindow()
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Space)
    past.answer()
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert [type(one) for one in commands] == [c.TakeSegment]
    assert past.desk.scrub_bar.numbers()["hint"] == "[ ] 10 s , . marks"


def test_the_board_has_the_rows_of_then_in_their_order(past: Past) -> None:
    panel = open_panel(past.desk, "products")
    rows = past.present.products
    seen = panel.order()
    first = panel._all[seen[0]]
    # What sold most was not listed yet, and the second best had sold nothing.
    products = tuple(
        replace(row, revenue_minor=0, orders=0) if row.sku == seen[1] else row
        for row in rows
        if row.sku != first.sku
    )
    panel._table.selectRow(0)
    past.desk.travel.travel(NOTE_AT)
    back = snapshots.full(at=NOTE_AT, is_past=True, products=products)
    past.desk.show_snapshot(replace(past.present, back=back))
    assert panel.order()[0] == seen[2]
    assert first.sku not in panel.order()
    past.desk.travel.back()
    past.desk.show_snapshot(past.present)
    assert panel.order() == seen


def test_a_moment_of_another_day_is_told_with_its_day(make_desk: MakeDesk) -> None:
    past = travelling(make_desk, started_at=NOW - 3 * 86_400_000)
    at = NOW - 2 * 86_400_000
    past.desk.travel.travel(at)
    past.answer()
    assert past.desk.scrub_bar.numbers()["where"] == "18 Nov 20:41:36"
    assert "18 Nov 20:41:36" in title_of(past.desk, "channels")
    track = past.desk.scrub_bar.track
    assert track.tip_at(track.x_of(at)).startswith("18 Nov 20:4")


def test_a_picture_of_a_moment_says_so_everywhere(make_desk: MakeDesk) -> None:
    desk = make_desk(1366, 768, mode=Mode.DEBRIEF)
    desk.show_snapshot(snapshots.full(mode=Mode.DEBRIEF, is_past=True))
    assert desk.scrub_bar.numbers() == {
        "where": "20:41:36",
        "hint": "as it was then",
        "now": "THEN",
    }
    assert "as it was then" in desk.show_bar.numbers()["meaning"]
    for panel in ("products", "channels", "audience"):
        assert "20:41:36" in title_of(desk, panel)


def test_where_no_mark_is_left_it_is_said(past: Past, qtbot: QtBot) -> None:
    past.desk.travel.begin()
    past.answer()
    qtbot.keyClick(past.desk, Qt.Key.Key_Comma)
    assert past.asked[-1] == snapshots.START
    assert past.desk.scrub_bar.numbers()["hint"] == "No mark before"


def test_no_row_of_the_board_shows_the_words_of_another_time(
    make_desk: MakeDesk, qtbot: QtBot
) -> None:
    # From 16 rows on the filter is in sight: without it there is room for one row more.
    desk = make_desk(1366, 768, panels=spec_of("products"))
    row = snapshots.full().products[0]
    many = tuple(
        replace(row, sku=f"s{place}", name=f"Now {place}", revenue_minor=1000 - place)
        for place in range(60)
    )
    few = tuple(replace(each, name=each.name.replace("Now", "Then")) for each in many[:15])
    asked = list[int | None]()
    desk.travel.offer(asked.append)
    desk.resize(1366, 560)
    desk.show_snapshot(snapshots.full(products=many))
    panel = open_panel(desk, "products")
    tall = panel._table.viewport().height()
    desk.travel.travel(NOTE_AT)
    back = snapshots.full(at=NOTE_AT, is_past=True, products=few)
    desk.show_snapshot(snapshots.full(products=many, back=back))
    table = panel._table

    def names() -> list[str]:
        last = table.rowAt(table.viewport().height() - 1)
        rows = range(max(0, table.rowAt(0)), table.rowCount() if last < 0 else last + 1)
        return [table.text_at(each, NAME.key) for each in rows]

    # The filter goes, and there is room for one row more than were brought up to date.
    qtbot.waitUntil(lambda: table.viewport().height() > tall)
    qtbot.waitUntil(lambda: all(name.startswith("Then") for name in names()))


@pytest.mark.parametrize(
    ("mode", "words"),
    [(Mode.DEBRIEF, "ON AIR"), (Mode.REPLAY, "IN REPLAY"), (Mode.REHEARSAL, "IN REHEARSAL")],
)
def test_what_was_on_air_then_is_not_what_was_on_air_at_the_end(
    make_desk: MakeDesk, mode: Mode, words: str
) -> None:
    past = travelling(make_desk, mode=mode)
    past.desk.travel.travel(NOTE_AT)
    back = snapshots.full(at=NOTE_AT, is_past=True, mode=mode)
    past.desk.show_snapshot(replace(past.present, back=back))
    cue = back.run_of_show.on_air.segment_id
    shown = past.desk.numbers()["run_of_show"][f"{cue}.segment.second"]
    assert shown.split(" · ")[0].startswith(words)
    assert "AT END" not in shown


@pytest.mark.parametrize("command_id", ["chat.answer", "products.pin", "presenter.clear"])
def test_a_deed_in_a_debrief_leads_nowhere_and_says_why(
    make_desk: MakeDesk, command_id: str
) -> None:
    past = travelling(make_desk, mode=Mode.DEBRIEF)
    past.desk.keyboard.read_all()
    past.desk.travel.travel(NOTE_AT)
    past.answer()
    past.desk.keyboard.press(command_id)
    assert past.asked[-1] == NOTE_AT
    assert "what happened cannot be changed" in past.desk.keyboard.notice()


def test_a_debrief_promises_neither_notes_nor_a_cue_in_the_past(make_desk: MakeDesk) -> None:
    past = travelling(make_desk, mode=Mode.DEBRIEF)
    past.desk.travel.travel(NOTE_AT)
    back = snapshots.full(at=NOTE_AT, is_past=True, mode=Mode.DEBRIEF)
    past.desk.show_snapshot(replace(past.present, back=back))
    assert "the debrief is read only" in past.desk.numbers()["run_of_show"]["go"]
    assert "takes a note" not in title_of(past.desk, "log")


def test_tiles_have_the_edge_of_the_past(past: Past) -> None:
    tile = open_panel(past.desk, "kpi_strip")._tiles["orders"]
    violet, place = past.desk.theme["offer"], QPoint(tile.width() // 2, 0)
    assert tile.grab().toImage().pixelColor(place) != violet
    past.desk.travel.travel(NOTE_AT)
    past.answer()
    assert tile.grab().toImage().pixelColor(place) == violet


@pytest.mark.parametrize("command_id", ACTS)
def test_every_deed_of_a_panel_only_leads_back(
    make_desk: MakeDesk, commands: list[Command], command_id: str
) -> None:
    past = travelling(make_desk, mode=Mode.REHEARSAL)
    desk = past.desk
    desk.keyboard.read_all()
    open_panel(desk, command_id.partition(".")[0])
    desk.travel.travel(NOTE_AT)
    past.answer()
    desk.keyboard.registry.run(command_id)
    assert past.asked[-1] is None
    assert desk.scrub_bar.numbers()["hint"] == "Back: press again"
    assert commands == []


def test_no_deed_of_a_panel_is_missing_above(make_desk: MakeDesk) -> None:
    specs = {dock.host.spec.panel_id: dock.host.spec.load() for dock in make_desk().docks}
    acts = {
        f"{panel_id}.{one.name}"
        for panel_id, panel in specs.items()
        for one in panel.commands
        if one.acts
    }
    assert acts == set(ACTS)


def test_looking_is_free_in_the_past(make_desk: MakeDesk, commands: list[Command]) -> None:
    past = travelling(make_desk, mode=Mode.REHEARSAL)
    past.desk.travel.travel(NOTE_AT)
    past.answer()
    for command_id in ("products.group", "channels.view", "audience.closer", "clicks_chat.count"):
        past.desk.keyboard.read_all()
        assert past.desk.keyboard.registry.run(command_id)
    assert past.asked[-1] == NOTE_AT
    assert commands == []


def test_what_is_over_can_be_seen_in_the_scrub_bar(make_desk: MakeDesk) -> None:
    for theme in THEMES:
        desk = make_desk(1366, 768, theme=theme)
        desk.show_snapshot(snapshots.full())
        track = desk.scrub_bar.track
        image = track.grab().toImage()
        x = round(track.x_of(snapshots.instant("20:02:00")))
        done = image.pixelColor(x, 37)
        assert contrast(done, desk.theme["panel"]) >= 3, theme
