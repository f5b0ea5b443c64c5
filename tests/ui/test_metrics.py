"""Every metric that can be plotted is what a plain count says, and unknown where nobody can know it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from liveroom.models.definitions import DEFINITIONS
from liveroom.models.facts import Fact
from liveroom.models.snapshot import Series, Snapshot
from liveroom.models.timeline import Column
from liveroom.ui.parts.metrics import BY_KEY, DEFAULT, HELD_SECONDS, METRICS, Unit
from tests.ui import snapshots

T0 = 1_700_000_000
FACTS = st.lists(st.tuples(st.integers(0, 3000), st.integers(1, 40)), max_size=60)


def showing(at: int, **columns: list[tuple[int, int]]) -> Snapshot:
    """Return a show whose facts are (second, count) by column; it began at T0, now is T0 + `at`."""
    seconds = sorted({second for facts in columns.values() for second, _ in facts})
    sums = {
        name: [sum(n for second, n in facts if second <= until) for until in seconds]
        for name, facts in columns.items()
    }
    series = Series(
        totals=snapshots.totals(np.array([T0 + second for second in seconds]), **sums),
        audience_times=snapshots.NO_INTS,
        audience=snapshots.NO_INTS,
    )
    return snapshots.full(series=series, at=(T0 + at) * 1000, started_at=T0 * 1000)


@given(FACTS, st.integers(1, 3001), st.sampled_from([1, 5, 15]))
def test_a_metric_per_minute_is_the_mean_of_the_minutes_before(
    facts: list[tuple[int, int]], instant: int, minutes: int
) -> None:
    snapshot = showing(4000, product_clicks=facts)
    (found,) = BY_KEY["clicks"].at(snapshot, np.array([float(T0 + instant)]), minutes)
    counted = sum(n for second, n in facts if instant - minutes * 60 <= second < instant)
    assert found == pytest.approx(counted / minutes)


@given(FACTS, FACTS, st.integers(300, 3001))
def test_a_rate_is_of_ten_minutes_and_says_nothing_of_too_few(
    orders: list[tuple[int, int]], clicks: list[tuple[int, int]], instant: int
) -> None:
    snapshot = showing(4000, orders=orders, product_clicks=clicks)
    (found,) = BY_KEY["click_to_order_rate"].at(snapshot, np.array([float(T0 + instant)]))

    def counted(facts: list[tuple[int, int]]) -> int:
        return sum(n for second, n in facts if instant - 600 <= second < instant)

    if counted(clicks) < 30:
        assert np.isnan(found)
    else:
        assert found == pytest.approx(counted(orders) / counted(clicks))


def test_a_mean_order_counts_only_orders_with_an_amount() -> None:
    snapshot = showing(2000, orders=[(900, 10)], priced_orders=[(900, 8)], revenue=[(900, 80_000)])
    (found,) = BY_KEY["average_order_value"].at(snapshot, np.array([float(T0 + 1000)]))
    assert found == 10_000


def test_rates_start_when_half_of_their_window_is_there() -> None:
    snapshot = showing(2000, orders=[(10, 9)], visits=[(10, 90)])
    early, later = BY_KEY["conversion"].at(snapshot, np.array([T0 + 299.0, T0 + 301.0]))
    assert np.isnan(early)
    assert later == pytest.approx(0.1)


def test_nothing_is_known_of_the_time_after_now_or_before_the_show() -> None:
    snapshot = showing(100, orders=[(10, 9)])
    found = BY_KEY["orders"].at(snapshot, np.array([T0 - 10.0, T0 + 50.0, T0 + 200.0]))
    assert np.isnan(found).tolist() == [True, False, True]


def test_a_sample_of_the_audience_is_held_for_two_minutes() -> None:
    series = replace(
        snapshots.series(), audience_times=np.array([T0 * 1000]), audience=np.array([77])
    )
    snapshot = snapshots.full(series=series, at=(T0 + 900) * 1000, started_at=T0 * 1000)
    instants = np.array([T0 - 1.0, T0, T0 + HELD_SECONDS, T0 + HELD_SECONDS + 1])
    found = BY_KEY["audience"].at(snapshot, instants)
    assert np.isnan(found).tolist() == [True, False, False, True]
    assert found[1] == 77


def test_a_metric_is_known_once_a_source_provides_it() -> None:
    known = {metric.key for metric in METRICS if metric.is_known(snapshots.full())}
    assert {"audience", "conversion", "revenue", "clicks", "chat"} <= known
    assert not known & {"reactions", "leads", "ad_spend"}
    orders_alone = {m.key for m in METRICS if m.is_known(snapshots.only_orders())}
    assert orders_alone == {"revenue", "orders", "average_order_value"}


def test_every_metric_says_what_it_means_and_every_meaning_can_be_plotted() -> None:
    assert {f"curve.{key}" for key in BY_KEY} == {k for k in DEFINITIONS if k.startswith("curve.")}
    assert DEFAULT == ("audience", "conversion")
    for metric in METRICS:
        assert metric.definition.facts, metric.key
        if metric.unit is Unit.RATE:
            assert metric.definition.denominator
            assert metric.ratio_words()
    assert BY_KEY["conversion"].definition.facts == (Fact.ORDERS, Fact.VISITS)
    assert Column.ORDERS in Column
