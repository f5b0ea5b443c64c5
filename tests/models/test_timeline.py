"""Counts land in the second in which they occurred, and any moment can be read."""

from collections import defaultdict

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from liveroom.models.timeline import WIDTH, Column, Samples, Timeline

WRITES = st.lists(
    st.lists(
        st.tuples(st.integers(0, 400), st.sampled_from(Column), st.integers(-5, 9)), max_size=15
    ),
    max_size=10,
)


@given(WRITES, st.integers(-1, 401))
def test_totals_at_any_second_are_the_sums_of_what_came_before(
    batches: list[list[tuple[int, Column, int]]], second: int
) -> None:
    timeline, truth = Timeline(), defaultdict(int)
    for batch in batches:
        for at, column, count in batch:
            timeline.row(at)[column] += count
            truth[at, column] += count
        timeline.totals()
    expected = [0] * WIDTH
    for (at, column), count in truth.items():
        if at < second:
            expected[column] += count
    assert timeline.totals_until(second) == expected
    assert timeline.totals_at(np.array([second])).tolist() == [expected]
    assert sum(timeline.totals()) == sum(truth.values())


@given(WRITES)
def test_minutes_hold_the_sums_of_their_seconds(
    batches: list[list[tuple[int, Column, int]]],
) -> None:
    timeline, truth = Timeline(), defaultdict(int)
    for batch in batches:
        for at, column, count in batch:
            timeline.row(at)[column] += count
            truth[at // 60, column] += count
        timeline.seconds()
    minutes, counts = timeline.by_minute()
    found = {
        (int(minute), Column(column)): int(count)
        for minute, row in zip(minutes, counts, strict=True)
        for column, count in enumerate(row)
        if count
    }
    assert found == {key: count for key, count in truth.items() if count}


@given(WRITES)
def test_a_stored_timeline_goes_on_as_the_same_timeline(
    batches: list[list[tuple[int, Column, int]]],
) -> None:
    through, kept = Timeline(), Timeline()
    for batch in batches:
        for at, column, count in batch:
            through.row(at)[column] += count
            kept.row(at)[column] += count
        kept = Timeline(*kept.to_arrays())
    assert kept.totals() == through.totals()
    assert kept.sums(Column.ORDERS).tolist() == through.sums(Column.ORDERS).tolist()


def test_ten_months_of_sparse_orders_take_rows_only_for_their_seconds() -> None:
    timeline = Timeline()
    for day in range(300):
        timeline.row(day * 86_400)[Column.ORDERS] += 1
    assert len(timeline.seconds()) == 300


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 9)), max_size=40))
def test_samples_are_in_time_order_whatever_the_order_of_arrival(
    pairs: list[tuple[int, int]],
) -> None:
    samples = Samples()
    for number, (at, value) in enumerate(pairs):
        samples.add(at, value)
        if number % 3 == 0:
            samples.to_arrays()
    times, values = samples.to_arrays()
    expected = {at: max(v for a, v in pairs if a == at) for at, _ in pairs}
    assert dict(zip(times.tolist(), values.tolist(), strict=True)) == expected
    assert times.tolist() == sorted(expected)


def test_series_cannot_be_written_to() -> None:
    timeline = Timeline()
    timeline.row(1)[Column.VISITS] += 1
    assert not timeline.seconds().flags.writeable
    assert not timeline.sums(Column.VISITS).flags.writeable
