"""Panels show what the snapshot says, read back from the widgets."""

import pytest
from msgspec.structs import replace

from liveroom.models.facts import ConnectionState, EntryChannel, Fact, Mode
from liveroom.models.figures import Figures
from liveroom.models.snapshot import ChannelRow, Recording, Snapshot
from liveroom.ui import format as fmt
from liveroom.ui.parts.kpi_tile import KpiTile
from liveroom.ui.parts.segment_table import SegmentTable
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk

NARROW = "\u202f"


def test_key_figures_show_totals_and_changes(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    shown = desk.numbers()["kpi_strip"]
    assert shown["revenue"] == "R$\u00a0225,992"
    assert shown["revenue.caption"] == "net R$\u00a0221.9k"
    assert shown["sales_per_minute"] == "R$\u00a05,429"
    assert shown["audience"] == "3,964"
    assert shown["audience.caption"].startswith("PCU 4,812 at 20:32 · ACU 3,391")
    assert shown["conversion"] == f"3.8{NARROW}%"
    assert shown["conversion.caption"] == f"now 2.6{NARROW}%"
    assert shown["conversion.change"] == f"38{NARROW}% 10 min"
    assert shown["average_order_value"] == "R$\u00a0528"
    assert shown["orders"] == "428"
    assert shown["visits"] == "11,230"
    assert shown["chat_per_minute"] == "46.0"
    assert shown["carts"] == "991"
    assert shown["over_under"] == "OVER 0:24"
    assert shown["orders.age"] == "1\u00a0s"


def test_what_no_source_reports_is_a_word_and_never_zero(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.only_orders())
    shown = desk.numbers()["kpi_strip"]
    for key in ("audience", "conversion", "visits", "chat_per_minute", "carts"):
        assert shown[key] == "unknown"
    assert shown["visits.caption"] == "no source for visits"
    assert shown["over_under"] == "no plan"
    assert shown["orders"] == "428"


def test_a_known_zero_is_a_zero(make_desk: MakeDesk) -> None:
    desk = make_desk()
    none = Figures(orders=0, orders_without_amount=0, revenue_minor=0, visits=0)
    desk.show_snapshot(snapshots.full(totals=none, recent=none, earlier=none))
    shown = desk.numbers()["kpi_strip"]
    assert shown["orders"] == shown["visits"] == "0"
    assert shown["revenue"] == "R$\u00a00.00"
    assert shown["conversion"] == shown["average_order_value"] == "—"


def test_orders_without_amounts_leave_revenue_unknown(make_desk: MakeDesk) -> None:
    desk = make_desk()
    figures = Figures(orders=12, orders_without_amount=12, revenue_minor=None)
    desk.show_snapshot(snapshots.full(totals=figures, recent=figures, earlier=figures))
    shown = desk.numbers()["kpi_strip"]
    assert shown["revenue"] == "unknown"
    assert shown["revenue.caption"] == "orders carry no amount"


def test_a_young_show_divides_by_the_minutes_it_had(make_desk: MakeDesk) -> None:
    desk = make_desk()
    young = snapshots.full(started_at=snapshots.NOW - 4 * fmt.MINUTE)
    desk.show_snapshot(young)
    shown = desk.numbers()["kpi_strip"]
    assert shown["sales_per_minute"] == fmt.money(5429000 // 4, "BRL")
    assert shown["orders.change"] == "— 10 min"


def test_the_board_shows_every_number_of_a_product(make_desk: MakeDesk) -> None:
    desk = make_desk(2560, 1080)
    desk.show_snapshot(snapshots.full())
    shown = desk.numbers()["products"]
    assert shown["notebook.price"] == "3,499"
    assert shown["notebook.units_per_minute"] == "0.6"
    assert shown["notebook.impressions"] == "30,780"
    assert shown["notebook.views"] == "10,260"
    assert shown["notebook.clicks"] == "1,964"
    assert shown["notebook.click_through_rate"] == f"6.4{NARROW}%"
    assert shown["notebook.carts"] == "148"
    assert shown["notebook.orders"] == "11"
    assert shown["notebook.click_to_order_rate"] == f"0.6{NARROW}%"
    assert shown["notebook.units"] == "11"
    assert shown["notebook.revenue"] == "38,489"
    assert shown["total.revenue"] == "225,992"
    assert shown["total.units"] == "459"
    assert shown["total.orders"] == "428"
    assert shown["total.views"] == "50,800"


def test_channels_add_up_and_keep_their_labels(make_desk: MakeDesk) -> None:
    desk = make_desk(2560, 1080)
    desk.show_snapshot(snapshots.full())
    shown = desk.numbers()["channels"]
    assert shown["organic.visits"] == "5,840"
    assert shown["paid.visits"] == "3,930"
    assert shown["paid/Meta.orders"] == "82"
    assert shown["paid/TikTok.recent"] == f"3.6 → 1.8{NARROW}%"
    # Both accounts together, not the mean of their rates.
    assert shown["paid.recent"] == f"3.8 → 1.9{NARROW}%"
    assert shown["direct.conversion"] == f"4.8{NARROW}%"
    assert shown["organic.average_order_value"] == "510"
    assert shown["total.visits"] == "11,230"
    assert shown["total.orders"] == "428"
    assert shown["total.revenue"] == "225,992"
    assert shown["total.conversion"] == f"3.8{NARROW}%"
    assert shown["total.recent"] == f"4.2 → 2.6{NARROW}%"


def test_many_labels_are_summed_up_in_a_line(make_desk: MakeDesk) -> None:
    desk = make_desk()
    many = tuple(
        ChannelRow(
            channel=EntryChannel.UNKNOWN, label=f"site {n}", visits=100 - n, orders=None,
            revenue_minor=None, conversion_rate=None, recent_visits=9, recent_orders=None,
            earlier_visits=9, earlier_orders=None,
        )
        for n in range(20)
    )  # fmt: skip
    desk.show_snapshot(snapshots.full(channels=many))
    shown = desk.numbers()["channels"]
    assert shown["unknown/site 0.visits"] == "100"
    assert shown["unknown/….visits"] == fmt.count(sum(100 - n for n in range(8, 20)))
    assert shown["unknown.orders"] == "unknown"
    assert "unknown/site 8.visits" not in shown


def test_the_chart_labels_the_ends_of_its_curves(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    shown = desk.numbers()["audience"]
    assert shown["audience"] == "3,964 audience"
    assert shown["conversion"] == f"2.6{NARROW}% conversion"
    assert shown["peak"] == "PCU 4,812 at 20:32"
    assert shown["bars"] == "orders per minute"
    assert "Notebook Air 14" in shown["segments"]


def test_the_newest_point_of_the_conversion_curve_is_the_recent_conversion() -> None:
    from liveroom.ui.parts.curves import rolling_conversion

    snapshot = snapshots.full()
    newest = rolling_conversion(snapshot.series, snapshot.series.totals.seconds()[-1:] + 1.0)
    assert newest[0] == pytest.approx(80 / 3077)


def test_without_an_audience_the_chart_says_so(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.only_orders())
    dock = next(one for one in desk.docks if one.objectName() == "audience")
    desk.finish_building()
    assert dock.title_bar is not None
    assert "no source for audience and visits" in dock.title_bar.text()
    assert desk.numbers()["audience"]["audience"] == ""


def test_the_run_of_show_says_when_how_long_and_how_much(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(snapshots.full())
    shown = desk.numbers()["run_of_show"]
    assert shown["s1.start"] == "20:00:32"
    assert shown["s1.start.second"] == "20:00:00"
    assert shown["s1.length"] == "4:10"
    assert shown["s1.length.second"] == "OVER 0:10"
    assert shown["s4.length.second"] == "UNDER 0:36"
    assert shown["s5.segment.second"].startswith("ON AIR")
    assert shown["s5.revenue"] == "56,312"
    assert shown["s5.revenue.second"] == "80 orders"
    assert shown["s6.segment.second"].startswith("NEXT")
    assert shown["s6.revenue"] == "—"
    assert shown["s8.start"] == "20:55:24"
    assert shown["s8.segment.second"] == "hard start 20:55:00"
    assert shown["time_left"] == "1:18 left of 12:00 · ends 20:42:54"
    assert shown["over_under"] == "OVER 0:24"
    assert shown["go"] == "GO take next 6 · Tablet 11″ + caneta"


def test_a_segment_past_its_end_is_over_and_not_negative(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full(at=snapshots.instant("20:43:30")))
    left = desk.numbers()["run_of_show"]["time_left"]
    assert left == "OVER 0:36 of 12:00 · plan 20:42:54"


@pytest.mark.parametrize("make", [snapshots.full, snapshots.rehearsal, snapshots.only_orders])
def test_the_same_snapshot_twice_changes_nothing(make_desk: MakeDesk, make: object) -> None:
    desk = make_desk()
    snapshot: Snapshot = make()  # type: ignore[operator]
    desk.show_snapshot(snapshot)
    before = desk.numbers()
    desk.show_snapshot(snapshot)
    assert desk.numbers() == before


def test_empty_panels_say_what_will_fill_them(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.empty())
    desk.finish_building()
    messages = {dock.objectName(): dock.host.message() for dock in desk.docks}
    assert "Products appear with" in messages["products"]
    assert "Curves start with" in messages["audience"]
    assert "Segments appear when" in messages["run_of_show"]
    assert "Entry channels need a source" in messages["channels"]
    assert desk.numbers()["products"] == {}


def test_every_number_explains_itself(make_desk: MakeDesk) -> None:
    from liveroom.models.definitions import DEFINITIONS
    from liveroom.ui.tooltips import explain

    full = snapshots.full()
    snapshot = replace(full, counting=dict.fromkeys(Fact, "shop") | dict(full.counting))
    for key, definition in DEFINITIONS.items():
        text = explain(key, snapshot)
        assert definition.title in text
        assert (" ÷ " in text) == bool(definition.denominator)
        for fact in definition.facts:
            assert f"Source of {fact.value.replace('_', ' ')}: " in text
    assert "No source reports visits." in explain("visits", snapshots.only_orders())


def test_facts_that_arrived_late_have_the_age_of_the_counting_source(make_desk: MakeDesk) -> None:
    snapshot = snapshots.full()
    assert snapshot.age_ms(Fact.ORDERS) == 1200
    desk = make_desk()
    desk.show_snapshot(replace(snapshot, at=snapshots.NOW + 90_000))
    assert desk.numbers()["kpi_strip"]["orders.age"] == "1\u00a0min"


def test_money_without_a_rate_and_errors_are_in_the_status_line(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(
        snapshots.full(
            money_set_aside={"USD": 12_000},
            errors=("apply: ValueError",),
            recording=Recording(events=7, set_aside=2, waiting=40),
        )
    )
    words = desk.status_line.text()
    assert "US$\u00a0120 set aside: no rate" in words
    assert "1 error" in words
    assert "2 not understood" in words
    assert "7 events 40 waiting" in words
    assert "Stream · YouTube OK now" in words


@pytest.mark.parametrize(
    ("mode", "words"),
    [(Mode.DEBRIEF, "the debrief is read only"), (Mode.REPLAY, "the recording has the cue")],
)
def test_what_was_recorded_offers_no_go_and_no_edits(
    mode: Mode, words: str, make_desk: MakeDesk
) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full(mode=mode))
    assert desk.numbers()["run_of_show"]["go"] == f"GO {words}"
    panels = {dock.objectName(): dock.host.panel for dock in desk.docks}
    table = panels["run_of_show"].table
    assert table.editTriggers() == SegmentTable.EditTrigger.NoEditTriggers


def test_numbers_of_a_source_in_trouble_are_aged_and_named(make_desk: MakeDesk) -> None:
    desk = make_desk()
    late = replace(snapshots.CONNECTIONS[1], state=ConnectionState.FAILING, reason="503")
    silent = tuple(
        replace(one, received_at=snapshots.NOW - 430_000) if one.source == "shop" else one
        for one in snapshots.SOURCES
    )
    desk.show_snapshot(snapshots.full(connections=(snapshots.CONNECTIONS[0], late), sources=silent))
    desk.finish_building()
    tiles = {tile.reading.label: tile.reading for tile in desk.findChildren(KpiTile)}
    assert tiles["Orders"].troubled
    assert not tiles["Visits"].troubled
    titles = {dock.objectName(): dock.title_bar for dock in desk.docks}
    assert titles["audience"].text().endswith("Shop 7\u00a0min")
    assert titles["connections"].text().endswith("1 needs attention")


def test_tooltips_and_exact_values_keep_the_minor_units(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    shown = desk.numbers()["kpi_strip"]
    assert shown["revenue.exact"] == "R$\u00a0225,992.00"
    assert shown["average_order_value.exact"] == "R$\u00a0528.02"
