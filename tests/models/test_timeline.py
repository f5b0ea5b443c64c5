"""Counts land in the second in which they occurred, and any moment can be read."""

from collections import defaultdict
from unittest.mock import patch

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


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 90), st.sampled_from(Column)), max_size=9), max_size=25
    ),
    st.lists(st.floats(-1, 95), min_size=1, max_size=5),
)
def test_what_was_lent_stays_what_it_was_whatever_comes_late(
    batches: list[list[tuple[int, Column]]], instants: list[float]
) -> None:
    with patch.multiple("liveroom.models.timeline", _UNSETTLED_SECONDS=10, _SETTLE_ROWS=3):
        timeline, written = Timeline(), []  # type: ignore[var-annotated]
        lent = [(timeline.running_totals(), 0)]
        for batch in batches:
            for at, column in batch:
                timeline.row(at)[column] += 1
                written.append((at, column))
            lent.append((timeline.running_totals(), len(written)))
    for totals, number in lent:
        known = written[:number]
        assert totals.seconds().tolist() == sorted({at for at, _ in known})
        for column in (Column.VISITS, Column.ORDERS):
            (found,) = totals.before(np.array(instants), column).T
            expected = [sum(at < now and c is column for at, c in known) for now in instants]
            assert found.tolist() == expected
        half = totals.until(45)
        assert half.seconds().tolist() == sorted({at for at, _ in known if at < 45})
        everything = half.before(np.array([1000]), *Column).sum()
        assert everything == sum(at < 45 for at, _ in known)


def test_what_is_lent_of_a_long_show_is_shared_from_tick_to_tick() -> None:
    timeline = Timeline()
    for second in range(4000):
        timeline.row(second)[Column.ORDERS] += 1
        if second == 2500:
            timeline.totals()
    first = timeline.running_totals()
    timeline.row(4000)[Column.ORDERS] += 1
    timeline.row(3500)[Column.ORDERS] += 1
    second = timeline.running_totals()
    assert len(second.recent_seconds) < 1500
    assert np.shares_memory(first.settled_sums, second.settled_sums)
    assert not first.settled_sums.flags.writeable
    assert not first.recent_sums.flags.writeable
    timeline.row(10)[Column.ORDERS] += 1
    late = timeline.running_totals()
    assert not np.shares_memory(first.settled_sums, late.settled_sums)
    assert first.before(np.array([11]), Column.ORDERS).tolist() == [[11]]
    assert late.before(np.array([11]), Column.ORDERS).tolist() == [[12]]
