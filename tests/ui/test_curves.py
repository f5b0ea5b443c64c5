"""Curves: as many points as pixels, windows and bars that count right."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from msgspec.structs import replace

from liveroom.models.timeline import Column
from liveroom.ui.parts import curves
from tests.ui import snapshots
from tests.ui.conftest import MakeDesk


def test_a_long_curve_has_at_most_two_points_per_pixel() -> None:
    times = np.arange(1_000_000, dtype=np.int64) * 1000
    values = np.arange(1_000_000, dtype=np.int64)
    at, kept = curves.decimate(times, values, 0, 1_000_000, 600)
    assert len(at) == len(kept) == 1199
    assert (at[-1], kept[-1]) == (999_999, 999_999)


@given(arrays(np.int64, st.integers(0, 400), elements=st.integers(0, 9000)), st.integers(20, 300))
def test_the_area_ends_behind_the_stroke_of_its_curve(values: np.ndarray, width: int) -> None:
    times = np.arange(len(values), dtype=np.int64) * 1000
    at, kept = curves.decimate(times, values, 0, 400, width)
    edge_at, edge = curves.area_beneath(at, kept)
    if len(values) <= 2 * width:
        assert (edge_at.tolist(), edge.tolist()) == (at.tolist(), kept.tolist())
        return
    assert len(edge_at) == len(edge) == width
    for instant, height in zip(edge_at, edge, strict=True):
        stroke = kept[at == instant]
        assert stroke.min() <= height <= stroke.max()


@given(arrays(np.int64, st.integers(50, 400), elements=st.integers(0, 9000)))
def test_decimating_keeps_the_peak_the_trough_and_the_newest(values: np.ndarray) -> None:
    times = np.arange(len(values), dtype=np.int64) * 1000
    _, kept = curves.decimate(times, values, 0, float(len(values)), 20)
    assert kept[-1] == values[-1]
    assert kept.max() == values.max()
    assert kept.min() == values.min()
    assert np.isin(kept, values).all()


def test_a_short_curve_is_kept_as_it_is() -> None:
    times, values = np.array([0, 5000, 9000]), np.array([3, 1, 2])
    at, kept = curves.decimate(times, values, 0, 10, 600)
    assert at.tolist() == [0, 5, 9]
    assert kept.tolist() == [3, 1, 2]


def test_one_sample_beyond_each_edge_is_kept() -> None:
    times = np.arange(10, dtype=np.int64) * 1000
    at, _ = curves.decimate(times, times, 4.5, 6.5, 600)
    assert at.tolist() == [4, 5, 6, 7]


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=200), st.integers(0, 5000))
def test_a_rolling_window_counts_what_a_plain_count_counts(ats: list[int], now: int) -> None:
    seconds, counts = np.unique(np.array(ats), return_counts=True)
    totals = snapshots.totals(seconds, orders=np.cumsum(counts))
    instants = np.array([float(now)])
    ((found,),) = curves.counted(totals, instants, Column.ORDERS)
    assert found == curves.rolling(seconds, np.cumsum(counts), instants)[0]
    assert found == sum(now - 600 <= at < now for at in ats)


@given(st.lists(st.integers(0, 20_000), min_size=1, max_size=200))
def test_bars_add_up_to_all_orders(ats: list[int]) -> None:
    seconds, counts = np.unique(np.array(ats), return_counts=True)
    start, end = float(seconds[0]), float(seconds[-1]) + 1
    minutes = curves.bar_minutes(end - start)
    totals = snapshots.totals(seconds, orders=np.cumsum(counts))
    edges, bars = curves.bars(totals, Column.ORDERS, start, end, minutes)
    assert bars.sum() == len(ats)
    assert len(edges) <= curves.MOST_BARS + 2


def test_bars_of_days_are_wider_than_a_minute() -> None:
    assert curves.bar_minutes(3600) == 1
    assert curves.bar_minutes(86_400) == 15
    assert curves.bar_minutes(370 * 86_400) == 10_080


def test_few_visits_draw_no_conversion() -> None:
    few = replace(
        snapshots.series(),
        totals=snapshots.totals(
            np.array([10, 20]), visits=np.array([9, 12]), orders=np.array([1, 2])
        ),
    )
    assert np.isnan(curves.rolling_conversion(few, np.array([30.0]))).all()


def test_a_session_of_days_is_drawn_with_few_points(make_desk: MakeDesk) -> None:
    desk = make_desk()
    times = snapshots.START + np.arange(150_000, dtype=np.int64) * 4000
    days = replace(
        snapshots.series(), audience_times=times, audience=np.arange(150_000, dtype=np.int64)
    )
    desk.show_snapshot(snapshots.full(series=days, at=int(times[-1]), run_of_show=replace(
        snapshots.PLAN, segments=(), cues=())))  # fmt: skip
    desk.finish_building()
    from liveroom.ui.chart import Chart

    chart = desk.findChild(Chart)
    assert chart is not None
    assert 200 < chart.points() <= 2 * desk.width()


def test_a_moved_axis_stays_until_it_is_asked_to_follow(make_desk: MakeDesk) -> None:
    desk = make_desk()
    desk.show_snapshot(snapshots.full())
    desk.finish_building()
    from liveroom.ui.chart import Chart

    chart = desk.findChild(Chart)
    assert chart is not None
    start = snapshots.START / 1000
    chart.zoom(0.1, start)
    seen = chart.canvas.span()
    assert seen[0] == start
    assert seen[1] < snapshots.NOW / 1000 - 600
    desk.show_snapshot(snapshots.full(at=snapshots.NOW + 5000))
    desk.finish_building()
    assert not chart.is_following()
    assert chart.canvas.span() == seen
    assert desk.numbers()["audience"]["follows"] == "Not following"
    chart.follow()
    assert chart.is_following()
    assert chart.canvas.span()[0] < snapshots.NOW / 1000 < chart.canvas.span()[1]


def test_the_labels_at_the_ends_have_room_beside_the_curves(make_desk: MakeDesk) -> None:
    desk = make_desk()
    plan = replace(snapshots.PLAN, segments=(), cues=())
    desk.show_snapshot(snapshots.full(run_of_show=plan))
    desk.finish_building()
    from liveroom.ui.chart import Chart

    chart = desk.findChild(Chart)
    assert chart is not None
    _, end = chart.canvas.span()
    free = chart.canvas.pixels(end - snapshots.NOW / 1000)
    label = chart.canvas.right.end
    assert label is not None
    assert free >= label.label.boundingRect().width()


def test_a_second_that_is_no_pixel_draws_no_curve_but_moves_the_label(
    make_desk: MakeDesk,
) -> None:
    desk = make_desk()
    plan = replace(snapshots.PLAN, segments=(), cues=())
    seconds = np.arange(43_200, dtype=np.int64)
    long = replace(
        snapshots.series(),
        totals=snapshots.totals(
            seconds + snapshots.START // 1000 - 43_000,
            visits=seconds, orders=seconds // 30, revenue=seconds,
        ),
        audience_times=(seconds + snapshots.START // 1000 - 43_000) * 1000,
        audience=seconds % 4000,
    )  # fmt: skip
    first = snapshots.full(run_of_show=plan, series=long, started_at=snapshots.START - 43_000_000)
    desk.show_snapshot(first)
    desk.finish_building()
    from liveroom.ui.chart import Chart

    chart = desk.findChild(Chart)
    assert chart is not None
    drawn = chart.canvas.left.curve.getData()[0]
    now = replace(first.audience, last=4001)
    desk.show_snapshot(replace(first, at=first.at + 1000, audience=now))
    assert desk.numbers()["audience"]["audience"] == "4,001 audience"
    assert chart.canvas.left.curve.getData()[0] is drawn
    desk.show_snapshot(replace(first, at=first.at + 600_000))
    desk.finish_building()
    assert chart.canvas.left.curve.getData()[0] is not drawn


def test_labels_at_the_foot_push_the_others_up() -> None:
    from liveroom.ui.parts.curve_ends import _apart

    assert _apart([0.9, 0.5], 0.1, 0.05, None) == [0.9, 0.5]
    assert _apart([0.06, 0.05, 0.0], 0.1, 0.05, None) == pytest.approx([0.25, 0.15, 0.05])
    assert _apart([0.5], 0.1, 0.05, line=0.52) == pytest.approx([0.42])
