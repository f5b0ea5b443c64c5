"""What advertising brings per channel, and who is new: read from the table."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from liveroom.models.channel_blocks import ChannelBlocks, ChannelLane
from liveroom.models.facts import ConnectionState, EntryChannel, Fact
from liveroom.models.snapshot import Snapshot
from liveroom.models.splits import PeopleSales
from liveroom.ui.channel_rows import fitting, lines_of
from liveroom.ui.main_window import MainWindow
from liveroom.ui.parts.channel_lanes import LEAST_VISITS
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel, press, title_of

NARROW = "\u202f"


def with_ads() -> Snapshot:
    spends = {"Meta": 2_215_300, "TikTok": 1_603_300}
    channels = tuple(
        replace(row, ad_spend_minor=spends.get(row.label))
        if row.channel is EntryChannel.PAID
        else row
        for row in snapshots.CHANNELS
    )
    counting = {**snapshots.full().counting, Fact.AD_SPEND: "ads"}
    return snapshots.full(channels=channels, counting=counting)


def shown_columns(desk: MainWindow) -> list[str]:
    found: list[str] = open_panel(desk, "channels")._table.shown_columns()
    return found


def test_spend_and_return_stand_beside_the_channel_that_cost_it(make_desk: MakeDesk) -> None:
    desk = make_desk(2560, 1080)
    desk.show_snapshot(with_ads())
    shown = desk.numbers()["channels"]
    assert (shown["paid/Meta.ad_spend"], shown["paid/Meta.roas"]) == ("22,153", "2.22")
    assert (shown["paid/TikTok.ad_spend"], shown["paid/TikTok.roas"]) == ("16,033", "1.58")
    assert (shown["paid.ad_spend"], shown["paid.roas"]) == ("38,186", "1.95")
    assert shown["total.roas"] == "5.92"
    assert shown["organic.ad_spend"] == shown["organic.roas"] == "—"
    assert {"ad_spend", "roas"} <= set(shown_columns(desk))


def test_without_a_source_for_spend_there_are_no_such_columns(make_desk: MakeDesk) -> None:
    desk = make_desk(2560, 1080)
    desk.show_snapshot(snapshots.full())
    assert not {"ad_spend", "roas"} & set(shown_columns(desk))


def test_new_and_returning_people_have_a_line_each_where_they_are_known(
    make_desk: MakeDesk,
) -> None:
    desk = make_desk(2560, 1080)
    desk.show_snapshot(snapshots.full())
    assert "new.orders" not in desk.numbers()["channels"]
    desk.show_snapshot(
        snapshots.full(
            new=PeopleSales(visits=800, orders=20, revenue_minor=1_000_000),
            returning=PeopleSales(visits=200, orders=30, revenue_minor=2_400_000),
        )
    )
    shown = desk.numbers()["channels"]
    assert (shown["new.visits"], shown["new.share"]) == ("800", f"80.0{NARROW}%")
    assert shown["new.conversion"] == f"2.5{NARROW}%"
    assert (shown["returning.orders"], shown["returning.average_order_value"]) == ("30", "800")
    assert shown["total.orders"] == "428"


def told(spend: bool = True) -> Snapshot:
    """Return channels of which the shop says who is new."""
    snapshot = with_ads() if spend else snapshots.full()
    new = {"feed": 60, "Meta": 61, "TikTok": 0, "": 9}
    channels = tuple(
        replace(
            row,
            new_orders=new[row.label],
            returning_orders=(row.orders or 0) - new[row.label],
            new_visits=100,
            returning_visits=(row.visits or 0) - 100,
        )
        for row in snapshot.channels
    )
    return replace(snapshot, channels=channels)


def test_cac_is_what_a_channel_spent_per_new_customer(make_desk: MakeDesk) -> None:
    desk = make_desk(2560, 1080)
    desk.show_snapshot(told())
    shown = desk.numbers()["channels"]
    assert shown["paid/Meta.cac"] == "363"
    assert (shown["paid.cac"], shown["total.cac"]) == ("626", "294")
    assert shown["paid/TikTok.cac"] == "—"
    assert shown["organic.cac"] == "—"
    assert shown["paid/Meta.new_share"] == f"74{NARROW}%"
    assert shown["organic.new_share"] == f"26{NARROW}%"
    tip = open_panel(desk, "channels")._describe("channel", 0)
    assert "Orders: 60 of new people, 172 of returning" in tip


def test_where_nobody_says_who_is_new_there_is_neither_cac_nor_their_share(
    make_desk: MakeDesk,
) -> None:
    desk = make_desk(2560, 1080)
    desk.show_snapshot(with_ads())
    assert not {"cac", "new_share"} & set(shown_columns(desk))
    assert desk.numbers()["channels"]["paid/Meta.cac"] == "unknown"
    desk.show_snapshot(told(spend=False))
    assert "cac" not in shown_columns(desk)


BLOCKS = ChannelBlocks(
    start=snapshots.instant("20:30:00"),
    minutes=5,
    count=3,
    lanes=(
        ChannelLane(
            channel=EntryChannel.ORGANIC, visits=(100, 300, 40), orders=(4, 9, 1),
            revenue_minor=(1, 1, 1),
        ),
        ChannelLane(
            channel=EntryChannel.PAID, visits=(300, LEAST_VISITS - 1, 20), orders=(3, 5, 0),
            revenue_minor=(1, 1, 1),
        ),
    ),
)  # fmt: skip


@pytest.mark.parametrize(
    ("presses", "organic", "paid", "words"),
    [
        (1, f"94.0{NARROW}%", f"6.0{NARROW}%", "parts of all visits"),
        (2, "300", "19", "visits"),
        (3, "9", "5", "orders"),
        (4, f"3.0{NARROW}%", "—", "conversion: orders ÷ visits"),
    ],
)
def test_over_time_the_newest_whole_block_is_told_and_v_turns_to_the_next_measure(
    make_desk: MakeDesk, qtbot: QtBot, presses: int, organic: str, paid: str, words: str
) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(snapshots.full(channel_blocks=BLOCKS))
    panel = open_panel(desk, "channels")
    for _ in range(presses):
        press(qtbot, panel.views, Qt.Key.Key_V)
    assert panel.lanes.isVisible()
    assert title_of(desk, "channels").startswith(f"{words} · blocks of 5 minutes")
    shown = panel.numbers()
    assert (shown["organic.over_time"], shown["paid.over_time"]) == (organic, paid)
    assert not panel.views.is_cut()
    panel.lanes.grab()


def test_a_block_says_what_is_in_it(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(snapshots.full(channel_blocks=BLOCKS))
    panel = open_panel(desk, "channels")
    panel.views.pick(2)
    room = panel.lanes._room()
    assert panel.lanes.tip_at(room.left() + 1) == "20:30 to 20:35\nOrganic: 100\nPaid: 300"
    assert panel.lanes.tip_at(room.right() - 1) == "20:40 to now\nOrganic: 40\nPaid: 20"
    assert panel.lanes.tip_at(room.left() - 1) == ""


def test_five_turns_lead_back_to_the_table(make_desk: MakeDesk, qtbot: QtBot) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(snapshots.full(channel_blocks=BLOCKS))
    panel = open_panel(desk, "channels")
    for _ in range(5):
        press(qtbot, panel.views, Qt.Key.Key_V)
    assert panel._table.isVisible()


def test_without_blocks_yet_nothing_is_drawn_and_nothing_breaks(make_desk: MakeDesk) -> None:
    desk = make_desk(1366, 768)
    desk.show_snapshot(snapshots.full())
    panel = open_panel(desk, "channels")
    for place in range(1, 5):
        panel.views.pick(place)
        panel.lanes.grab()
    assert not any(name.endswith("over_time") for name in panel.numbers())


def test_only_columns_of_the_silent_source_are_grey(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    snapshot = with_ads()
    connections = tuple(
        replace(one, state=ConnectionState.FAILING) if one.source == "shop" else one
        for one in snapshot.connections
    )
    desk.show_snapshot(replace(snapshot, connections=connections))
    table = open_panel(desk, "channels")._table
    stale = {column.key for place, column in enumerate(table.columns) if table.is_stale(place)}
    assert {"orders", "revenue", "roas", "conversion"} <= stale
    assert not {"channel", "visits", "share", "ad_spend"} & stale


def titles(desk: MainWindow) -> list[str]:
    panel = open_panel(desk, "channels")
    QApplication.processEvents()
    return [line.title for line in panel._lines]


def test_in_a_low_panel_labels_give_way_and_every_channel_is_there(make_desk: MakeDesk) -> None:
    high, low = make_desk(2560, 1440), make_desk(1366, 768)
    for desk in (high, low):
        desk.show_snapshot(snapshots.full())
    assert titles(high) == ["Organic", "feed", "Paid", "Meta", "TikTok", "Direct"]
    assert titles(low) == ["Organic", "Paid", "Direct"]
    table = open_panel(low, "channels")._table
    total = table.rowViewportPosition(3) + table.rowHeight(3)
    assert total <= table.viewport().height(), "the line of all channels is seen"
    assert "3 labels hidden" in title_of(low, "channels")
    assert "hidden" not in title_of(high, "channels")
    low.resize(2560, 1440)
    QApplication.processEvents()
    assert titles(low) == titles(high)


def test_a_label_that_is_alone_goes_first_and_is_named_beside_its_channel() -> None:
    lines = lines_of(snapshots.CHANNELS)
    assert [line.title for line in fitting(lines, 6)] == [line.title for line in lines]
    assert [line.title for line in fitting(lines, 5)] == [
        "Organic · feed",
        "Paid",
        "Meta",
        "TikTok",
        "Direct",
    ]
    assert [line.title for line in fitting(lines, 1)] == ["Organic", "Paid", "Direct"]
