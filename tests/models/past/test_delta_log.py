"""What was counted by any second, and how little it takes to remember that."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.models.past import delta_log
from liveroom.models.past.delta_log import DeltaLog

ROWS = st.lists(
    st.tuples(st.integers(-50, 400), st.integers(0, 9), st.integers(-(10**13), 10**13)), max_size=60
)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A log of a few rows goes through all that one of millions goes through."""
    monkeypatch.setattr(delta_log, "_BUFFER", 3)
    monkeypatch.setattr(delta_log, "_RECENT", 5)
    monkeypatch.setattr(delta_log, "_CHUNK", 3)


def filled(rows: list[tuple[int, int, int]]) -> DeltaLog:
    log = DeltaLog()
    for row in rows:
        log.add(*row)
    return log


def slow_totals(rows: list[tuple[int, int, int]], second: int) -> list[int]:
    return [sum(n for at, key, n in rows if key == k and at < second) for k in range(10)]


@given(ROWS, st.integers(-60, 410))
def test_totals_are_of_all_seconds_before(rows: list[tuple[int, int, int]], second: int) -> None:
    assert filled(rows).totals(second, 10).tolist() == slow_totals(rows, second)


@given(ROWS, ROWS, st.lists(st.integers(-60, 410), max_size=4))
def test_asking_changes_nothing(
    rows: list[tuple[int, int, int]], more: list[tuple[int, int, int]], seconds: list[int]
) -> None:
    log = filled(rows)
    for second in seconds:
        assert log.totals(second, 10).tolist() == slow_totals(rows, second)
    for row in more:
        log.add(*row)
    for second in seconds:
        assert log.totals(second, 10).tolist() == slow_totals(rows + more, second)


@given(ROWS, st.integers(-60, 410))
def test_a_stored_log_is_the_same_log(rows: list[tuple[int, int, int]], second: int) -> None:
    log = DeltaLog()
    log.restore(filled(rows).to_bytes())
    assert log.totals(second, 10).tolist() == slow_totals(rows, second)
    log.add(7, 3, 1)
    assert log.totals(second, 10).tolist() == slow_totals([*rows, (7, 3, 1)], second)


@given(ROWS, st.integers(-60, 410), st.integers(-60, 410))
def test_rows_between_two_seconds(rows: list[tuple[int, int, int]], start: int, end: int) -> None:
    seconds, keys, counts = filled(rows).between(start, end)
    found: dict[tuple[int, int], int] = {}
    for at, key, count in zip(seconds.tolist(), keys.tolist(), counts.tolist(), strict=True):
        found[at, key] = found.get((at, key), 0) + count
    expected: dict[tuple[int, int], int] = {}
    for at, key, count in rows:
        if start <= at < end:
            expected[at, key] = expected.get((at, key), 0) + count
    assert {k: n for k, n in found.items() if n} == {k: n for k, n in expected.items() if n}


@given(st.lists(st.tuples(st.integers(1, 300), st.integers(0, 9), st.integers(1, 5)), max_size=60))
def test_the_last_second_of_each_key(rows: list[tuple[int, int, int]]) -> None:
    latest = filled(rows).latest(200, 10).tolist()
    assert latest == [
        max((at for at, key, _ in rows if key == k and at < 200), default=0) for k in range(10)
    ]


def test_keys_that_are_not_asked_for_are_left_out() -> None:
    log = filled([(1, 2, 5), (1, 7, 9)])
    assert log.totals(2, 3).tolist() == [0, 0, 5]
    assert log.latest(2, 3).tolist() == [0, 0, 1]


def test_a_damaged_chunk_is_told() -> None:
    body, *others = filled([(n, 1, 1) for n in range(40)]).to_bytes()
    with pytest.raises(ValueError):
        DeltaLog().restore([body[:-9], *others])


def test_a_million_rows_take_about_three_bytes_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    log, chance = DeltaLog(), random.Random(7)
    for number in range(200_000):
        log.add(1_700_000_000 + number // 20, int(chance.paretovariate(1)) % 2000, 1)
    log.totals(1_700_000_000, 1)
    held = sum(len(part) for part in log.to_bytes())
    assert held / len(log) < 3.5
    assert int(log.totals(1_700_009_999, 2000).sum()) == np.sum(20 * 9999)
