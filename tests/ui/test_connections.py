"""Connections: what every source says of itself, and which one counts."""

from typing import Any

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liveroom.models import commands as c
from liveroom.models.connections import Quota
from liveroom.models.facts import ConnectionState, Fact, Mode
from liveroom.models.lags import Lag
from liveroom.models.levers import Levers
from liveroom.models.snapshot import Connection, Snapshot
from liveroom.ui.parts.source_card import shift_of
from liveroom.ui.parts.table import Table
from liveroom.ui.source_words import span
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel, press, title_of

NARROW, SPACE = "\u202f", "\u00a0"
STREAM, SHOP = snapshots.CONNECTIONS
LATE = replace(STREAM, due_ms=15_000, last_received_at=snapshots.NOW - 45_000)
FAILING = replace(
    SHOP,
    state=ConnectionState.FAILING,
    reason="the shop answers 503",
    next_try_at=snapshots.NOW + 12_000,
    set_aside=3,
    errors=4,
)


def with_sources(*connections: Connection, **changes: Any) -> Snapshot:
    return snapshots.full(connections=connections, **changes)


def shown(make_desk: MakeDesk, snapshot: Snapshot) -> dict[str, str]:
    desk = make_desk()
    open_panel(desk, "connections")
    desk.show_snapshot(snapshot)
    return desk.numbers()["connections"]


def test_a_card_says_state_figures_and_what_a_source_counts_for(make_desk: MakeDesk) -> None:
    lag = Lag(p50_ms=1_200, p95_ms=34_000, facts=100)
    texts = shown(make_desk, with_sources(replace(STREAM, lag=lag, due_ms=15_000), FAILING))
    assert texts["stream.state"] == "Stream · YouTube OK LIVE"
    assert texts["stream.figures"] == (
        f"Facts 17,904, Due after 15{SPACE}s, Lag 1.2{SPACE}s, 95 in 100 34{SPACE}s, Troubles 0"
    )
    assert texts["stream.provides"] == "Counts for audience, visits, chat; also reports orders"
    assert texts["stream.restart"] == ""
    assert texts["shop.state"] == "Shop FAILING LIVE"
    assert texts["shop.reason"] == "the shop answers 503; next try at 20:41:48"
    assert texts["shop.figures"].startswith("Facts 2,414, Due after —, Lag —")
    assert texts["shop.figures"].endswith("Troubles 4")
    assert texts["shop.aside"] == "3 payloads set aside: not understood, kept whole"
    assert texts["shop.restart"] == "Restart"


def test_a_late_source_is_named_in_every_place_that_speaks_of_it(make_desk: MakeDesk) -> None:
    desk = make_desk()
    open_panel(desk, "connections")
    desk.show_snapshot(with_sources(LATE, SHOP))
    texts = desk.numbers()["connections"]
    assert texts["stream.state"] == "Stream · YouTube LATE LIVE"
    assert texts["stream.reason"] == f"Nothing since 20:40:51; something is due every 15{SPACE}s"
    assert title_of(desk, "connections").endswith("1 late")
    assert f"Stream · YouTube LATE 45{SPACE}s" in desk.status_line.text()
    assert "Stream · YouTube LATE" in title_of(desk, "audience")


def test_a_clock_that_is_ahead_is_said(make_desk: MakeDesk) -> None:
    ahead = replace(STREAM, lag=Lag(p50_ms=-20_000, p95_ms=400, facts=9))
    reason = shown(make_desk, with_sources(ahead, SHOP))["stream.reason"]
    assert reason == f"Its clock is 20{SPACE}s ahead: facts arrive before they happen"


def test_the_last_trouble_of_a_source_that_runs_again_is_remembered(make_desk: MakeDesk) -> None:
    again = replace(STREAM, errors=2, last_error="time-out", last_error_at=snapshots.NOW - 600_000)
    texts = shown(make_desk, with_sources(again, SHOP))
    assert texts["stream.reason"] == "Last trouble 20:31: time-out"


@pytest.mark.parametrize(
    ("quota", "words"),
    [
        (None, ""),
        (Quota(90), "Quota: 90 left"),
        (Quota(812, 1000, snapshots.NOW + 60_000, "units"),
         "Quota: 812 of 1,000 left (units), whole again at 20:42"),
        (Quota(3, 1000, snapshots.NOW - 1), "Quota: 3 of 1,000 left, as of before its reset"),
    ],
)  # fmt: skip
def test_a_quota_is_shown_where_a_source_reports_one(
    make_desk: MakeDesk, quota: Quota | None, words: str
) -> None:
    texts = shown(make_desk, with_sources(replace(STREAM, quota=quota), SHOP))
    assert texts["stream.quota"] == words
    assert texts["shop.quota"] == ""


@pytest.mark.parametrize(
    ("ms", "words"),
    [(0, "0.0 s"), (400, "0.4 s"), (8_000, "8 s"), (9_949, "9.9 s"), (9_950, "10 s"),
     (150_400, "150 s"), (300_000, "5 min"), (-3_200, "−3.2 s")],
)  # fmt: skip
def test_delays_are_written_as_fine_as_they_are_long(ms: int, words: str) -> None:
    assert span(ms) == words.replace(" ", SPACE)


# Which source counts


def test_the_difference_stands_beside_the_choice_before_one_chooses(make_desk: MakeDesk) -> None:
    texts = shown(make_desk, snapshots.full())
    assert texts["counts.orders"] == "Shop"
    assert texts["counts.orders.difference"] == (
        f"428 at Shop, 421 at Stream · YouTube (−7, −1.6{NARROW}%)"
    )
    assert "counts.visits" not in texts


def test_a_source_that_provides_a_fact_can_be_chosen_before_it_reports(make_desk: MakeDesk) -> None:
    waiting = replace(STREAM, provides=(*STREAM.provides, Fact.CANCELLATIONS))
    texts = shown(make_desk, with_sources(waiting, SHOP))
    assert texts["counts.cancellations.difference"] == "428 at Shop, none yet at Stream · YouTube"


def test_a_source_is_chosen_by_keys_and_the_mark_follows_the_fact(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[c.Command]
) -> None:
    desk = make_desk()
    panel = open_panel(desk, "connections")
    desk.show_snapshot(snapshots.full())
    choice = panel.counting.choice(Fact.ORDERS)
    press(qtbot, choice, Qt.Key.Key_Left)
    assert commands == []
    press(qtbot, choice, Qt.Key.Key_Return)
    assert commands == [c.ChooseCountingSource(counted=Fact.ORDERS, source="stream")]
    assert desk.numbers()["connections"]["counts.orders"] == "Shop → Stream · YouTube"
    counting = {**snapshots.full().counting, Fact.ORDERS: "stream"}
    desk.show_snapshot(snapshots.full(at=snapshots.NOW + 1000, counting=counting))
    assert desk.numbers()["connections"]["counts.orders"] == "Stream · YouTube"


def test_a_choice_keeps_its_ring_while_totals_go_on(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk()
    panel = open_panel(desk, "connections")
    desk.show_snapshot(snapshots.full())
    choice = panel.counting.choice(Fact.ORDERS)
    press(qtbot, choice, Qt.Key.Key_Left)
    more = tuple(replace(one, total=one.total + 1) for one in snapshots.SOURCES)
    desk.show_snapshot(snapshots.full(at=snapshots.NOW + 1000, sources=more))
    assert panel.counting.choice(Fact.ORDERS) is choice
    press(qtbot, choice, Qt.Key.Key_Return)
    assert choice.text() == "Shop → Stream · YouTube"


def test_a_refused_choice_says_why(make_desk: MakeDesk, commands: list[c.Command]) -> None:
    desk = make_desk()
    panel = open_panel(desk, "connections")
    desk.show_snapshot(snapshots.full())
    panel.counting.choice(Fact.ORDERS).pick(0)
    refused = Levers(
        refusal="there is no such source",
        refused="ChooseCountingSource",
        set_at={"refusal": snapshots.NOW},
    )
    desk.show_snapshot(snapshots.full(at=snapshots.NOW + 1000, levers=refused))
    texts = desk.numbers()["connections"]
    assert texts["counts.orders"] == "Shop"
    assert texts["notice"] == "Refused: there is no such source"


# Clock shifts


@pytest.mark.parametrize(
    ("text", "ms"),
    [("8", 8000), ("8.5 s", 8500), ("0", 0), ("-3", -3000), ("−3 s", -3000), ("x", None), ("", None)],
)  # fmt: skip
def test_a_shift_is_typed_in_seconds(text: str, ms: int | None) -> None:
    assert shift_of(text) == ms


def test_a_shift_is_asked_for_and_shown_once_it_is_confirmed(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[c.Command]
) -> None:
    desk = make_desk()
    panel = open_panel(desk, "connections")
    desk.show_snapshot(snapshots.full())
    card = panel.cards["stream"]
    card.shift.setText("8")
    press(qtbot, card.shift, Qt.Key.Key_Return)
    assert commands == [c.SetClockShift(source="stream", shift_ms=8000)]
    assert card.set_shift.words() == "asked…"
    assert desk.numbers()["connections"]["stream.shift"] == "counted as it says"
    shifted = replace(STREAM, clock_shift_ms=8000)
    desk.show_snapshot(with_sources(shifted, SHOP, at=snapshots.NOW + 1000))
    assert desk.numbers()["connections"]["stream.shift"] == f"counted 8{SPACE}s earlier"
    assert card.set_shift.words() == "Set"


def test_what_is_no_shift_is_not_asked_for(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[c.Command]
) -> None:
    desk = make_desk()
    card = open_panel(desk, "connections").cards
    desk.show_snapshot(snapshots.full())
    card["stream"].shift.setText("eight")
    press(qtbot, card["stream"].shift, Qt.Key.Key_Return)
    assert commands == []
    assert card["stream"].shift.property("wrong")


def test_a_replay_shows_shifts_and_moves_nothing(make_desk: MakeDesk) -> None:
    desk = make_desk()
    panel = open_panel(desk, "connections")
    shifted = replace(STREAM, clock_shift_ms=8000)
    desk.show_snapshot(with_sources(shifted, SHOP, mode=Mode.REPLAY))
    panel = open_panel(desk, "connections")
    assert panel.cards["stream"].shift.isHidden()
    assert not panel.counting.choice(Fact.ORDERS).isEnabled()
    assert desk.numbers()["connections"]["stream.shift"] == f"counted 8{SPACE}s earlier"


def test_space_never_restarts_a_source_and_enter_does(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[c.Command]
) -> None:
    desk = make_desk()
    panel = open_panel(desk, "connections")
    desk.show_snapshot(with_sources(STREAM, FAILING))
    restart = panel.cards["shop"].restart
    press(qtbot, restart, Qt.Key.Key_Space)
    assert c.RestartConnector(source="shop") not in commands
    press(qtbot, restart, Qt.Key.Key_Return)
    assert commands[-1] == c.RestartConnector(source="shop")


def test_every_figure_finds_room_on_a_small_screen(make_desk: MakeDesk) -> None:
    desk = make_desk(1366, 768)
    panel = open_panel(desk, "connections")
    slow = replace(LATE, facts=1_234_567, lag=Lag(p50_ms=-290_000, p95_ms=299_000, facts=1))
    desk.show_snapshot(with_sources(slow, FAILING))
    QApplication.processEvents()
    for card in panel.cards.values():
        assert not card.figures.is_cut()
        assert not card.shifted.is_cut()


def test_the_row_on_air_has_its_background(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(snapshots.full())
    table: Table = open_panel(desk, "products")._table
    row = (
        desk.docks[[d.objectName() for d in desk.docks].index("products")]
        .host.panel.order()
        .index("notebook")
    )
    picture = table.viewport().grab().toImage()
    middle = table.rowViewportPosition(row) + table.rowHeight(row) - 3
    assert picture.pixelColor(table.columnWidth(0) - 4, middle) == desk.theme["air_bg"]
