"""Targets on the desk: the plan's curve, what is wanted of every key figure, and setting it by keys."""

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from liveroom.models import commands as c
from liveroom.models.commands import Command
from liveroom.models.earlier_shows import Median
from liveroom.models.facts import Mode
from liveroom.models.snapshot import SegmentSales
from liveroom.models.targets import RULES, TargetKpi
from liveroom.ui import format as fmt
from liveroom.ui.kpi_list import KPIS
from liveroom.ui.parts.kpi_tile import Foot, KpiTile
from liveroom.ui.target_words import bare_text, parse_target, target_text
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk
from tests.ui.panels import open_panel
from tests.ui.strips import editor_of, strip_of
from tests.ui.target_snapshots import MEDIANS, TARGETS, alarmed, with_targets

NARROW, HARD = "\u202f", "\u00a0"

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_revenue_stands_against_the_plans_curve(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(with_targets())
    shown = desk.numbers()["kpi_strip"]
    assert shown["revenue.beside"] == f"93{NARROW}% of the curve"
    behind, forecast = f"R${HARD}16.8k behind", f"forecast R${HARD}335k"
    assert shown["revenue.foot"] == f"{behind} · target R${HARD}360k · {forecast}"
    bar = strip_of(desk)._tiles["revenue"].reading.bar
    assert bar is not None
    assert bar.share == pytest.approx(225_992 / 360_000)
    assert bar.tick == pytest.approx(242_800 / 360_000)
    assert bar.tone == "warn"


def test_ahead_of_the_curve_is_grey_and_said_in_words(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(with_targets(targets={TargetKpi.REVENUE: 20_000_000.0}))
    reading = strip_of(desk)._tiles["revenue"].reading
    assert reading.bar is not None
    assert reading.bar.tone == "text_2"
    assert "ahead" in desk.numbers()["kpi_strip"]["revenue.foot"]


def test_before_a_tenth_of_the_curve_nothing_is_forecast_or_amber(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    totals = replace(snapshots.TOTALS, revenue_minor=100_000)
    desk.show_snapshot(with_targets(at=snapshots.START + 90_000, totals=totals))
    reading = strip_of(desk)._tiles["revenue"].reading
    assert reading.bar is not None
    assert reading.bar.tone == "text_2"
    foot = desk.numbers()["kpi_strip"]["revenue.foot"]
    assert "forecast" not in foot
    assert foot == f"R${HARD}2k behind · target R${HARD}360k"


def test_without_a_plan_the_target_is_there_alone(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(snapshots.only_orders(targets=TARGETS))
    shown = desk.numbers()["kpi_strip"]
    assert shown["revenue.target"] == f"target R${HARD}360,000"
    assert shown["revenue.beside"] == ""
    assert strip_of(desk)._tiles["revenue"].reading.bar is None


def test_every_target_stands_at_its_figure(make_desk: MakeDesk) -> None:
    desk = make_desk(2560, 1080)
    desk.show_snapshot(with_targets())
    shown = desk.numbers()["kpi_strip"]
    assert shown["sales_per_minute.target"] == f"target R${HARD}6,000"
    assert shown["audience.target"] == "PCU 4,812 of 5,000"
    assert shown["conversion.target"] == f"target 4.0{NARROW}%"
    assert shown["abandonment_10.target"] == f"target ≤{HARD}55{NARROW}%"
    assert shown["roas.target"] == "target 6.00"
    assert shown["orders.target"] == ""
    for key in ("sales_per_minute", "audience", "conversion", "average_order_value"):
        assert strip_of(desk)._tiles[key].reading.level is not None, key


def test_a_falling_figure_that_reaches_its_target_is_not_coral(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(with_targets(targets={TargetKpi.CONVERSION: 0.03}))
    assert strip_of(desk)._tiles["conversion"].reading.value_tone == "text"
    desk.show_snapshot(with_targets(targets={TargetKpi.CONVERSION: 0.04}))
    assert strip_of(desk)._tiles["conversion"].reading.value_tone == "bad"


def test_a_figure_is_compared_with_the_median_of_earlier_shows(make_desk: MakeDesk) -> None:
    desk = make_desk(2560, 1080)
    desk.show_snapshot(with_targets(medians=MEDIANS))
    shown = desk.numbers()["kpi_strip"]
    assert shown["revenue.against"] == f"8{NARROW}% vs 4 shows"
    assert shown["audience.against"] == f"32{NARROW}% vs 2 shows"
    tiles = strip_of(desk)._tiles
    # Less is better; and two shows are too few for a colour.
    assert tiles["abandonment_10"].reading.against[1].tone == "bad"
    assert tiles["audience"].reading.against[1].tone == "text_2"
    assert tiles["roas"].reading.against == ()
    tip = strip_of(desk)._tip(tiles["revenue"])
    assert f"Median of 4 earlier shows at this minute: R${HARD}210,000" in tip
    one = {"orders": Median(value=400, shows=1)}
    desk.show_snapshot(with_targets(medians=one))
    assert "The earlier show had 400 at this minute" in strip_of(desk)._tip(tiles["orders"])


def test_over_and_under_says_how_late_it_runs_and_what_takes_it_up(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(with_targets())
    shown = desk.numbers()["kpi_strip"]
    assert shown["over_under"] == "OVER 0:24"
    assert shown["over_under.foot"] == "running late 0:54 · slack 0:30 used"


def test_no_text_of_a_tile_is_cut_at_any_size(make_desk: MakeDesk) -> None:
    for width in (1366, 1600, 1920, 2560):
        desk = make_desk(width, 800)
        for snapshot in (with_targets(), alarmed(), with_targets(medians=MEDIANS)):
            desk.show_snapshot(snapshot)
            for tile in desk.findChildren(KpiTile):
                if tile.isHidden():
                    continue
                assert not tile.is_cut(), tile.reading
                foot = tile._foot()
                assert foot in (*tile.reading.possible_feet(), Foot())
                wide = sum(
                    run.gap
                    + (run.px if run.glyph else desk.theme.advance(run.text, run.px, run.weight))
                    for run in (*foot.left, *foot.right)
                )
                assert wide <= tile.width() - 20, (width, tile.reading.label, tile.texts()[".foot"])


def test_the_desk_leaves_room_for_what_the_pictures_show(make_desk: MakeDesk) -> None:
    small = make_desk(1366, 768)
    small.show_snapshot(with_targets())
    assert strip_of(small).shown() == [
        "revenue", "sales_per_minute", "audience", "conversion", "abandonment_10", "over_under",
    ]  # fmt: skip
    large = make_desk(1920, 1080)
    large.show_snapshot(with_targets())
    assert strip_of(large).shown() == [
        "revenue", "sales_per_minute", "audience", "conversion", "average_order_value",
        "abandonment_10", "roas", "over_under",
    ]  # fmt: skip


@pytest.mark.parametrize("kpi", list(TargetKpi))
def test_what_is_written_as_a_target_can_be_typed(kpi: TargetKpi) -> None:
    values = {"money": 612_300.0, "count": 480.0, "rate": 0.045, "factor": 6.25, "minutes": 9.5}
    value = values[RULES[kpi].unit]
    assert parse_target(kpi, bare_text(kpi, value, "BRL"), "BRL") == pytest.approx(value)
    text = target_text(kpi, value, "BRL")
    assert text.startswith("≤") is RULES[kpi].at_most
    assert parse_target(kpi, text, "BRL") == pytest.approx(value)
    assert parse_target(kpi, "  ", "BRL") is None


@pytest.mark.parametrize(
    ("kpi", "text", "said"),
    [
        (TargetKpi.CONVERSION, "abc", "not a number"),
        (TargetKpi.CONVERSION, "120", "at most 100 %"),
        (TargetKpi.REVENUE, "0", "above 0"),
        (TargetKpi.REVENUE, "10.001", "not a number"),
        (TargetKpi.ORDERS, "2.5", "whole number"),
    ],
)
def test_what_can_be_no_target_is_said(kpi: TargetKpi, text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        parse_target(kpi, text, "BRL")


def test_a_target_is_set_by_keys_and_holds_when_the_fact_is_back(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[Command]
) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    qtbot.keyClick(desk, Qt.Key.Key_T, CONTROL)
    editor = editor_of(desk)
    assert editor.isVisible()
    field = editor.rows["conversion"].field
    field.setFocus()
    qtbot.keyClicks(field, "4.5")
    desk.show_snapshot(snapshots.full())
    assert field.text() == "4.5"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert commands == [c.SetTarget(kpi=TargetKpi.CONVERSION, value=0.045)]
    assert editor.texts()["conversion.state"] == "asked…"
    assert desk.numbers()["kpi_strip"]["conversion.target"] == ""
    desk.show_snapshot(snapshots.full(targets={TargetKpi.CONVERSION: 0.045}))
    assert editor.texts()["conversion.state"] == "%"
    assert desk.numbers()["kpi_strip"]["conversion.target"] == f"target 4.5{NARROW}%"
    field.selectAll()
    qtbot.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert commands[-1] == c.SetTarget(kpi=TargetKpi.CONVERSION, value=None)
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()


def test_a_target_typed_in_the_past_stays_in_its_field_for_the_second_press(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[Command]
) -> None:
    desk, asked = make_desk(), list[int | None]()
    desk.travel.offer(asked.append)
    desk.show_snapshot(snapshots.full())
    desk.travel.step(-60_000)
    at = snapshots.NOW - 60_000
    desk.show_snapshot(snapshots.full(back=snapshots.full(at=at, is_past=True)))
    strip_of(desk).edit("conversion")
    editor = editor_of(desk)
    field = editor.rows["conversion"].field
    qtbot.keyClicks(field, "4.5")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert (commands, asked[-1]) == ([], None)
    assert "Enter again" in editor.texts()["problem"]
    desk.show_snapshot(snapshots.full())
    assert field.text() == "4.5"
    assert editor.texts()["conversion.state"] == "%"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert commands == [c.SetTarget(kpi=TargetKpi.CONVERSION, value=0.045)]


def test_a_wrong_target_is_marked_and_asks_for_nothing(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[Command]
) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    strip_of(desk).edit("conversion")
    editor = editor_of(desk)
    field = editor.rows["conversion"].field
    qtbot.keyClicks(field, "400")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert commands == []
    assert field.property("wrong") is True
    assert "at most 100 %" in editor.texts()["problem"]


@pytest.mark.parametrize("mode", [Mode.REPLAY, Mode.DEBRIEF])
def test_what_happened_takes_no_target(make_desk: MakeDesk, mode: Mode) -> None:
    desk = make_desk(mode=mode)
    desk.show_snapshot(snapshots.full(mode=mode))
    strip_of(desk).edit("revenue")
    assert not any(row.field.isEnabled() for row in editor_of(desk).rows.values())


def test_the_list_shows_every_figure_with_median_and_trend(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(with_targets(medians=MEDIANS))
    strip_of(desk).edit("")
    shown = editor_of(desk).texts()
    assert {key.partition(".")[0] for key in shown} == {kpi.key for kpi in KPIS} | {"problem"}
    assert shown["revenue.now"] == f"R${HARD}225,992"
    assert shown["revenue.median"] == f"R${HARD}210,000 (4)"
    assert shown["abandonment_10.target"] == "55"
    assert shown["margin.now"] == f"37.0{NARROW}%"
    assert (shown["revenue.on"], shown["visits.on"]) == ("On", "Off")


def test_space_presses_nothing_in_the_list(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[Command]
) -> None:
    desk = make_desk()
    desk.show_snapshot(with_targets())
    strip_of(desk).edit("revenue")
    editor = editor_of(desk)
    toggle = editor.rows["revenue"].toggle
    toggle.setFocus()
    qtbot.keyClick(toggle, Qt.Key.Key_Space)
    assert editor.texts()["revenue.on"] == "On"
    assert commands == []


def test_a_segments_target_is_shown_and_edited_in_the_run_of_show(
    make_desk: MakeDesk, qtbot: QtBot, commands: list[Command]
) -> None:
    desk = make_desk(1920, 1080)
    desk.show_snapshot(with_targets())
    shown = desk.numbers()["run_of_show"]
    assert shown["s1.revenue.second"] == f"81{NARROW}% of 6k"
    assert shown["s2.revenue.second"] == f"116{NARROW}% of 44k"
    assert shown["s5.revenue.second"] == f"59{NARROW}% of 96k"
    assert shown["s6.revenue.second"] == "of 42k"
    panel = open_panel(desk, "run_of_show")
    tones = {
        row.segment_id: row.cells["revenue"].second[0].tone for row in panel.table.segment_rows
    }
    assert [tones[key] for key in ("s1", "s2", "s5", "s6")] == ["text_2", "text_2", "bad", "text_3"]
    panel.table.target_typed.emit("s6", "45,000")
    assert commands == [c.SetSegmentTarget(segment_id="s6", revenue_target_minor=4_500_000)]
    panel.table.target_typed.emit("s6", "")
    assert commands[-1] == c.SetSegmentTarget(segment_id="s6", revenue_target_minor=None)
    panel.table.target_typed.emit("s6", "much")
    assert len(commands) == 2
    assert "no amount" in panel.hint.text()


def test_a_segment_just_begun_is_not_far_off_its_target(make_desk: MakeDesk) -> None:
    desk = make_desk(1920, 1080)
    panel = open_panel(desk, "run_of_show")
    for clock, tone in (("20:31:30", "text_2"), ("20:33:00", "bad")):
        nothing = (SegmentSales(segment_id="s5", orders=0, revenue_minor=0),)
        at = snapshots.instant(clock)
        desk.show_snapshot(with_targets(at=at, segment_sales=nothing))
        row = next(one for one in panel.table.segment_rows if one.segment_id == "s5")
        assert row.cells["revenue"].second[0].tone == tone


def test_captions_have_three_digits() -> None:
    assert fmt.money_round(36_000_000, "BRL") == f"R${HARD}360k"
    assert fmt.money_round(1_680_800, "BRL") == f"R${HARD}16.8k"
    assert fmt.money_round(600_000, "BRL") == f"R${HARD}6k"
    assert fmt.money_round(99_00, "BRL") == f"R${HARD}99.00"
    assert fmt.money_round(123_456_700_000, "BRL") == f"R${HARD}1,235M"
    assert fmt.money_round(-36_000_000, "BRL") == f"R${HARD}\u2212360k"
    assert fmt.money_round(None, "BRL") == "unknown"
