"""The map of clicks and chat: hot cells speak, and each cell opens what was said and done in it."""

from datetime import UTC, datetime

import numpy as np
import pytest
from msgspec.structs import replace
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liveroom.models.chat.intents import Intent
from liveroom.models.journal import Entry, EntryKind
from liveroom.models.past.blocks import Blocks
from liveroom.models.run_of_show import RunOfShow
from liveroom.models.snapshot import Snapshot
from liveroom.ui.heat_rows import HeatRow, heads_of
from liveroom.ui.parts.heat_grid import HeatGrid, ink_on, mixed
from liveroom.ui.theme import THEMES, Theme, contrast
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel, title_of

NOW = snapshots.NOW // 1000
SKUS = tuple(row.sku for row in snapshots.full().products)
ON_AIR = snapshots.full().run_of_show.segments[4].skus[0]


def blocks(products: int = len(SKUS), **fields: object) -> Blocks:
    starts = np.arange(snapshots.START // 1000 // 300 * 300, NOW + 1, 300)
    skus = tuple(SKUS[:products]) + tuple(f"more {n}" for n in range(products - len(SKUS)))
    clicks = np.arange(len(skus) * len(starts)).reshape(len(skus), len(starts))
    given = {
        "clicks": clicks,
        "carts": clicks // 10,
        "orders": clicks // 40,
        "chat": np.arange(len(starts)) * 10,
        "reactions": np.arange(len(starts)) * 50,
        "intents": np.zeros((len(Intent), len(starts)), dtype=np.int64),
    } | fields
    return Blocks(minutes=5, until=NOW + 1, starts=starts, skus=skus, **given)


def mapped(**fields: object) -> Snapshot:
    return snapshots.full(blocks=blocks(**fields))


def test_a_hot_cell_says_its_rate_a_minute(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    last = len(blocks().starts) - 2
    clicks = blocks().clicks.copy()
    clicks[:, last + 1] = 0
    desk.show_snapshot(mapped(clicks=clicks))
    panel = open_panel(desk, "clicks_chat")
    hottest = int(clicks[-1, last])
    assert panel.numbers()[f"{SKUS[-1]}.{last}"] == f"{hottest / 5:.0f}"
    assert f"{SKUS[0]}.0" not in panel.numbers()
    assert "clicks a minute, in 5-min blocks" in title_of(desk, "clicks_chat")


def test_rates_have_the_decimal_sign_of_the_locale(make_desk: MakeDesk) -> None:
    QLocale.setDefault(QLocale("de_DE"))
    desk = make_desk(1920, 1080)
    clicks = np.zeros_like(blocks().clicks)
    clicks[0, 0] = 8
    desk.show_snapshot(mapped(clicks=clicks))
    assert "1,6" in open_panel(desk, "clicks_chat").numbers().values()


def test_a_full_hour_says_which_also_where_blocks_are_narrow() -> None:
    hour = int(datetime(2026, 11, 20, 20, tzinfo=UTC).timestamp())
    starts = hour + np.arange(16) * 300
    at = (int(starts[-1]) + 60) * 1000
    snapshot = replace(snapshots.full(), at=at, timezone="UTC", run_of_show=RunOfShow())
    shown = replace(blocks(), starts=starts, until=int(starts[-1]) + 60)
    heads = heads_of(snapshot, shown, 16 * 22)
    assert heads[:3] == ("20:00", ":05", ":10")
    assert heads[10:14] == (":50", "", "21:00", ":05")


@pytest.mark.parametrize(("room", "hours"), [(40, "06:00 12:00 18:00"), (25, "  ")])
def test_of_a_show_of_days_the_first_block_of_each_has_its_date(room: int, hours: str) -> None:
    first = int(datetime(2026, 11, 20, 18, tzinfo=UTC).timestamp())
    starts = first + np.arange(8) * 6 * 3600
    days = replace(blocks(), starts=starts, minutes=360, until=int(starts[-1]) + 600)
    snapshot = replace(snapshots.full(), blocks=days, at=days.until * 1000, timezone="UTC")
    heads = heads_of(snapshot, days, 8 * room)
    assert heads[:2] == ("20 Nov", "21 Nov")
    assert " ".join(heads[2:5]) == hours
    assert heads[5] == "22 Nov"


def test_half_of_the_map_is_the_products_however_much_is_said(make_desk: MakeDesk) -> None:
    desk = make_desk(1366, 768)
    said = np.ones((len(Intent), len(blocks().starts)), dtype=np.int64)
    desk.show_snapshot(mapped(products=40, intents=said))
    rows = [row.group for row in open_panel(desk, "clicks_chat").grid._rows]
    assert len(rows) >= 4
    assert rows.count("clicks") >= len(rows) // 2
    assert "chat" in rows
    few = blocks().clicks.copy()
    few[1:] = 0
    desk.show_snapshot(mapped(clicks=few, intents=said))
    rows = [row.group for row in open_panel(desk, "clicks_chat").grid._rows]
    assert rows.count("clicks") == 1, "what has no product is left to the chat"


def test_where_no_source_counts_clicks_it_begins_with_what_one_counts(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    snapshot = mapped()
    without = replace(snapshot, totals=replace(snapshot.totals, product_clicks=None))
    desk.show_snapshot(without)
    panel = open_panel(desk, "clicks_chat")
    assert panel.choice.text() == "Carts"
    assert "carts a minute" in title_of(desk, "clicks_chat")
    panel.count(2)
    desk.show_snapshot(replace(snapshot, at=snapshot.at + 1000))
    assert panel.choice.text() == "Orders", "what was chosen stays"


def test_the_running_block_counts_by_the_minutes_it_lasted(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(mapped())
    panel = open_panel(desk, "clicks_chat")
    last = len(blocks().starts) - 1
    lasted = (NOW + 1 - int(blocks().starts[-1])) / 60
    row = next(row for row in panel.grid._rows if row.key == SKUS[-1])
    assert row.rates[last] == pytest.approx(int(blocks().clicks[-1, last]) / lasted)


def test_m_counts_something_else(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(mapped())
    panel = open_panel(desk, "clicks_chat")
    panel.setFocus()
    qtbot.keyClick(panel.grid, Qt.Key.Key_M)
    assert (
        "carts a minute" in title_of(desk, "clicks_chat") or panel.heading().subtitle[:5] == "carts"
    )
    assert panel.choice.text() == "Carts"


def test_a_cell_opens_what_was_said_and_done(make_desk: MakeDesk, qtbot: QtBot) -> None:
    starts = blocks().starts
    place = len(starts) - 2
    at = int(starts[place]) * 1000 + 60_000
    journal = (
        Entry(at=at, kind=EntryKind.NOTE, text="the host coughed"),
        Entry(at=at + 600_000, kind=EntryKind.NOTE, text="later"),
    )
    desk = make_desk(1920, 1080)
    asked = list[int | None]()
    desk.travel.offer(asked.append)
    desk.show_snapshot(replace(mapped(), journal=journal))
    panel = open_panel(desk, "clicks_chat")
    panel.grid.setFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Return):
        qtbot.keyClick(panel.grid, key)
    words = " ".join(panel.numbers().values())
    assert "20:35–20:40" in words
    assert "the host coughed" in words
    assert "later" not in words
    row = next(place for place, sku in enumerate(SKUS) if sku == panel._cell[0])
    assert f"{blocks().clicks[row, place]} clicks" in words
    qtbot.keyClick(panel.page, Qt.Key.Key_T)
    # Its last second: all that was said and done in the block is there then.
    assert asked == [(min(int(starts[place]) + 300, NOW + 1) - 1) * 1000]
    qtbot.keyClick(panel.page, Qt.Key.Key_Escape)
    assert panel.grid.hasFocus()


def test_what_is_on_air_has_a_row_however_many_products_there_are(make_desk: MakeDesk) -> None:
    desk = make_desk(1366, 768)
    many = blocks(products=200)
    clicks = many.clicks.copy()
    clicks[SKUS.index(ON_AIR)] = 1
    desk.show_snapshot(mapped(products=200, clicks=clicks))
    panel = open_panel(desk, "clicks_chat")
    keys = [row.key for row in panel.grid._rows]
    assert ON_AIR in keys
    assert "others" in keys
    row = next(row for row in panel.grid._rows if row.key == ON_AIR)
    assert len(many.starts) - 1 in row.outlined


def test_what_no_source_counts_has_no_rows(make_desk: MakeDesk) -> None:
    full = mapped()
    nothing = {"product_clicks": None, "reactions": None, "chat_messages": None}
    silent = replace(full.totals, **nothing, cart_adds=None, orders=None)
    desk = make_desk(1920, 1080)
    desk.show_snapshot(replace(full, totals=silent))
    open_panel(desk, "clicks_chat")
    dock = next(one for one in desk.docks if one.objectName() == "clicks_chat")
    assert "Nothing clicked or said yet" in dock.host.message()
    desk.show_snapshot(replace(full, at=full.at + 1000, totals=replace(full.totals, **nothing)))
    assert dock.host.message() == ""
    assert "carts a minute" in title_of(desk, "clicks_chat"), "the first that a source counts"


def test_rates_of_days_are_per_day(make_desk: MakeDesk) -> None:
    starts = (snapshots.START // 1000) - np.arange(4)[::-1] * 86_400 * 7
    counts = np.array([[7, 70, 700, 0]])
    days = replace(
        blocks(),
        minutes=10_080,
        starts=starts,
        until=int(starts[-1]) + 30,
        skus=("watch",),
        **dict.fromkeys(("clicks", "carts", "orders"), counts),
        chat=counts[0],
        reactions=counts[0],
        intents=np.zeros((len(Intent), 4), dtype=np.int64),
    )
    desk = make_desk(1920, 1080)
    desk.show_snapshot(snapshots.full(blocks=days))
    panel = open_panel(desk, "clicks_chat")
    assert "clicks a day, in blocks of 7 d" in title_of(desk, "clicks_chat")
    assert panel.grid._rows[0].rates[:3] == (1.0, 10.0, 100.0)
    assert "0.0" not in panel.numbers().values()


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("share", [0.0, 0.3, 0.7, 0.8, 0.9, 1.0])
def test_numbers_can_be_read_on_every_heat(theme: str, share: float, qapp: object) -> None:
    colours, heat = Theme(theme), 0.92 * share**1.4
    ground = mixed(colours["heat0"], colours["heat1"], heat)
    assert contrast(colours[ink_on(colours, heat)], ground) >= 4.5


def test_a_low_map_shows_whole_rows_and_says_how_many(qapp: QApplication) -> None:
    rows = [HeatRow(f"r{n}", f"Row {n}", (1.0,), group="clicks", scale="c") for n in range(9)]
    grid = HeatGrid(Theme())
    grid.resize(300, 18 + 4 + 5 * 15)
    assert len(grid.fitting(rows)) == 5
    grid.resize(300, 18 + 4 + 5 * 15 - 1)
    assert len(grid.fitting(rows)) == 4
    grid.resize(300, 400)
    assert len(grid.fitting(rows)) == 9
