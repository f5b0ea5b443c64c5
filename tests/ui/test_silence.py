"""What the desk shows of a source that does not deliver: grey, named, and never as if nothing happened."""

from typing import Any

import numpy as np
import pytest
from msgspec.structs import replace

from liveroom.models.chat.board import Blocks as ChatBlocks
from liveroom.models.chat.board import ChatBoard
from liveroom.models.chat.intents import Intent
from liveroom.models.facts import ConnectionState
from liveroom.models.past.blocks import Blocks
from liveroom.models.snapshot import Connection, Snapshot
from liveroom.ui import format as fmt
from liveroom.ui.heat_rows import heat_rows
from liveroom.ui.parts.metrics import BY_KEY
from liveroom.ui.parts.money_curves import money_curves, newest
from liveroom.ui.parts.table import Table
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel, spec_of, title_of

SPACE, MINUTE = "\u00a0", 60_000
NOW = snapshots.NOW
STREAM, SHOP = snapshots.CONNECTIONS
HEARD = NOW - 3 * MINUTE
STREAM_LATE = replace(STREAM, due_ms=15_000, last_received_at=HEARD)
SHOP_FAILS = replace(
    SHOP,
    state=ConnectionState.FAILING,
    reason="the shop answers 503",
    last_received_at=HEARD,
    next_try_at=NOW + 12_000,
)


def silent(source: Connection, **changes: Any) -> Snapshot:
    """Return the show with one of its sources silent for three minutes."""
    connections = tuple(source if one.source == source.source else one for one in (STREAM, SHOP))
    heard = source.last_received_at or 0
    figures = tuple(
        replace(one, received_at=heard) if one.source == source.source else one
        for one in snapshots.SOURCES
    )
    return snapshots.full(**({"connections": connections, "sources": figures} | changes))


# Tables, tiles and tooltips


def test_a_stale_source_greys_and_hatches_its_columns_and_no_others(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(silent(SHOP_FAILS))
    table: Table = open_panel(desk, "channels")._table
    assert table.tone_at(0, "revenue") == "text_3"
    assert table.tone_at(0, "visits") != "text_3"
    assert table.text_at(0, "revenue") == "118,406"
    picture = table.viewport().grab().toImage()
    hatch = desk.theme["hatch"]

    def hatched(key: str) -> bool:
        place = table.places[key]
        left, wide = table.columnViewportPosition(place), table.columnWidth(place)
        return any(
            picture.pixelColor(x, y) == hatch for x in range(left, left + wide) for y in range(20)
        )

    assert hatched("revenue")
    assert not hatched("visits")
    desk.show_snapshot(snapshots.full(at=snapshots.NOW + 1000))
    assert table.tone_at(0, "revenue") != "text_3"


def test_a_late_source_ages_the_figures_it_feeds_amber(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(silent(STREAM_LATE))
    strip = open_panel(desk, "kpi_strip")
    assert strip._tiles["audience"].reading.troubled
    assert not strip._tiles["orders"].reading.troubled


def test_a_tooltip_says_since_when_why_and_when_it_is_tried_again() -> None:
    from liveroom.ui.tooltips import explain

    text = explain("orders", silent(SHOP_FAILS))
    assert (
        "Shop does not deliver since 20:38:36: the shop answers 503; next try at 20:41:48." in text
    )
    late = explain("audience", silent(STREAM_LATE))
    assert "Stream · YouTube is late: nothing since 20:38:36." in late
    assert fmt.UNKNOWN not in text


def test_a_tile_names_the_source_where_there_is_room_and_loses_its_colours(
    make_desk: MakeDesk,
) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(silent(STREAM_LATE))
    tiles = open_panel(desk, "kpi_strip")._tiles
    reading = tiles["conversion"].reading
    assert reading.owed == (f"Stream · YouTube LATE 3{SPACE}min", f"Stream · YouTube 3{SPACE}min")
    assert {run.tone for run in reading.change} == {"text_3"}
    assert (reading.value_tone, reading.curve_tone) == ("text_3", "text_3")
    words = [run.text for run in tiles["conversion"]._age(500)]
    assert words[-1] == f"Stream · YouTube LATE 3{SPACE}min"
    assert tiles["conversion"]._age(20)[-1].text == reading.age
    assert tiles["orders"].reading.owed == ()


def test_an_alarm_keeps_its_colour_when_its_source_falls_silent(make_desk: MakeDesk) -> None:
    from liveroom.ui.parts.kpi_tile import Reading
    from liveroom.ui.parts.runs import Run

    alarm = ((Run("above 67 %", "bad"),),)
    assert Reading("", "74 %", value_tone="bad", alarms=alarm).stale(()).alarms == alarm


# Curves


@pytest.mark.parametrize("key", ["conversion", "visits", "chat"])
def test_a_curve_ends_where_its_source_was_heard_last(key: str) -> None:
    instants = np.array([HEARD / 1000 - 60, HEARD / 1000, HEARD / 1000 + 30, NOW / 1000])
    drawn = BY_KEY[key].at(silent(STREAM_LATE), instants)
    assert np.isnan(drawn).tolist() == [False, False, True, True]
    assert not np.isnan(BY_KEY[key].at(snapshots.full(), instants)).any()


def test_a_curve_of_another_source_goes_on() -> None:
    now = np.array([NOW / 1000])
    assert not np.isnan(BY_KEY["orders"].at(silent(STREAM_LATE), now)).any()


def test_the_dot_stays_at_the_end_of_the_curve_and_its_words_turn_grey(
    make_desk: MakeDesk,
) -> None:
    desk = make_desk(1400, 800, panels=spec_of("audience"))
    desk.show_snapshot(silent(STREAM_LATE))
    panel = open_panel(desk, "audience")
    end = panel.chart.canvas.right.end
    assert end._dot.getData()[0][0] == HEARD // 1000 + 1
    assert end.label.color == desk.theme["text_3"]
    assert panel.numbers()["conversion"] != ""
    desk.show_snapshot(snapshots.full(at=NOW + 1000))
    desk.finish_building()
    assert end._dot.getData()[0][0] == NOW / 1000 + 1
    assert end.label.color == desk.theme["conv"]


def without_orders_since(at: int) -> Any:
    """Return the series with not an order after an instant (ms UTC), while visits go on."""
    series = snapshots.series()
    told = series.seconds <= at // 1000
    return replace(
        series,
        totals=snapshots.totals(
            series.seconds,
            visits=series.visits,
            orders=np.where(told, series.orders, series.orders[told][-1]),
            revenue=series.revenue_minor,
        ),
    )


def test_orders_that_nobody_reports_are_no_fall_of_the_conversion(make_desk: MakeDesk) -> None:
    heard = NOW - 8 * MINUTE
    fails = replace(SHOP_FAILS, last_received_at=heard, since=heard)
    series = without_orders_since(heard)
    desk = make_desk(1400, 800, panels=spec_of("audience"))
    desk.show_snapshot(snapshots.full(series=series))
    panel = open_panel(desk, "audience")
    assert panel.numbers()["lower_since"] == "lower since 20:34"
    desk.show_snapshot(silent(fails, series=series, at=NOW + 1000))
    desk.finish_building()
    assert panel.numbers()["lower_since"] == ""


def test_the_money_curves_end_with_the_orders() -> None:
    instants = np.arange(HEARD // 1000 - 600, NOW // 1000, 10, dtype=np.float64)
    drawn = money_curves(silent(SHOP_FAILS), instants)
    last = newest(drawn.revenue)
    assert last is not None
    assert instants[last[0]] == HEARD // 1000
    assert newest(money_curves(snapshots.full(), instants).revenue)[0] == len(instants) - 1  # type: ignore[index]


# The map and the chat


def test_the_map_has_no_cells_of_what_nobody_told(make_desk: MakeDesk) -> None:
    starts = np.arange(snapshots.START // 1000 // 300 * 300, NOW // 1000 + 1, 300)
    room, skus = np.ones(len(starts), dtype=np.int64) * 60, ("watch",)
    blocks = Blocks(
        minutes=5,
        until=NOW // 1000 + 1,
        starts=starts,
        skus=skus,
        clicks=room.reshape(1, -1),
        carts=room.reshape(1, -1),
        orders=room.reshape(1, -1),
        chat=room,
        reactions=room,
        intents=np.zeros((len(Intent), len(starts)), dtype=np.int64),
    )
    heard = int(starts[-2]) * 1000 + 2 * MINUTE
    late = silent(replace(STREAM_LATE, last_received_at=heard), blocks=blocks)
    clicks, chat = (
        next(row for row in heat_rows(late, "clicks", 9) if row.key == key)
        for key in ("watch", "chat")
    )
    assert chat.rates[-2] == pytest.approx(60 / 2, rel=0.01)  # by the minutes that were told
    assert chat.rates[-1] is None
    assert clicks.rates[-1] is not None  # the shop's
    desk = make_desk(1920, 1080)
    open_panel(desk, "clicks_chat")
    desk.show_snapshot(late)
    assert "Stream · YouTube LATE" in title_of(desk, "clicks_chat")


def test_the_chat_names_its_silent_source_and_greys_its_figures(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    one = np.ones(1, dtype=np.int64)
    blocks = ChatBlocks(
        starts=one * (NOW - 5 * MINUTE), messages=one, questions=one, people=one,
        intents=np.ones((1, len(Intent)), dtype=np.int64),
    )  # fmt: skip
    board = ChatBoard(
        minutes=10, messages=120, people=40, questions=20, unanswered=3, blocks=blocks
    )
    desk.show_snapshot(snapshots.full(chat=board))
    panel = open_panel(desk, "chat")
    assert {figure.tone for figure in panel.figures.figures} == {"text"}
    desk.show_snapshot(silent(STREAM_LATE, chat=board))
    assert {figure.tone for figure in panel.figures.figures} == {"text_3"}
    assert "Stream · YouTube LATE" in title_of(desk, "chat")
