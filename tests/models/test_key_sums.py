"""Sums by key are those of a Python dict, at sixteen bytes a key, whatever the amounts."""

from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.models import key_sums
from liveroom.models.key_sums import KeySums, key_of

KEYS = st.integers(0, 12) | st.integers(0, 2**64 - 1)
AMOUNTS = st.integers(-(10**13), 10**13) | st.integers(-(2**66), 2**66) | st.just(2**62 - 1)
PAIRS = st.lists(st.tuples(KEYS, AMOUNTS), max_size=80)


@given(PAIRS, st.integers(1, 9))
def test_the_sum_of_a_key_is_exact_at_any_time(pairs: list[tuple[int, int]], buffer: int) -> None:
    with patch.object(key_sums, "_BUFFER", buffer):
        sums, expected = KeySums(), dict[int, int]()
        for key, amount in pairs:
            sums.add(key, amount)
            expected[key] = expected.get(key, 0) + amount
            assert sums.get(key) == expected[key]
        assert [sums.get(key) for key in expected] == list(expected.values())
        assert sums.get(77) == expected.get(77)


@given(PAIRS, PAIRS, st.integers(1, 9))
def test_stored_sums_go_on_as_the_same_sums(
    before: list[tuple[int, int]], after: list[tuple[int, int]], buffer: int
) -> None:
    with patch.object(key_sums, "_BUFFER", buffer):
        sums, expected = KeySums(), dict[int, int]()
        for key, amount in before:
            sums.add(key, amount)
            expected[key] = expected.get(key, 0) + amount
        keys, amounts = sums.to_arrays()
        assert keys.tolist() == sorted(set(keys.tolist()))
        again = KeySums(keys, amounts, sums.large)
        for key, amount in after:
            again.add(key, amount)
            expected[key] = expected.get(key, 0) + amount
        assert {key: again.get(key) for key in expected} == expected


def test_a_sum_of_nothing_is_not_the_same_as_no_sum() -> None:
    sums = KeySums()
    sums.add(1, 5)
    sums.add(1, -5)
    sums.to_arrays()
    assert (sums.get(1), sums.get(2)) == (0, None)


def test_two_hundred_thousand_sums_take_sixteen_bytes_each() -> None:
    sums, number = KeySums(), 200_000
    for place in range(number):
        sums.add(key_of("shop", f"order {place}"), place)
    assert sums.get(key_of("shop", "order 77")) == 77
    assert len(sums.levels) < 12
    keys, amounts = sums.to_arrays()
    assert len(keys) == number
    assert keys.nbytes + amounts.nbytes == 16 * number
    assert int(amounts.sum()) == number * (number - 1) // 2


@pytest.mark.parametrize(("keys", "sums"), [(2, 1), (1, 2), (0, 1)])
def test_keys_and_sums_of_unequal_number_are_refused(keys: int, sums: int) -> None:
    with pytest.raises(ValueError, match=f"{keys} keys with {sums} sums"):
        KeySums(np.arange(keys, dtype=np.uint64), np.arange(sums, dtype=np.int64))


@given(st.text(), st.text(), st.text(), st.text())
def test_another_source_or_another_name_is_another_key(a: str, b: str, c: str, d: str) -> None:
    assert (key_of(a, b) == key_of(c, d)) == ((a, b) == (c, d))
    assert key_of(a, b + c) != key_of(a + b, c) or not b


def test_a_key_is_the_same_in_every_process_and_takes_any_text() -> None:
    assert key_of("shop", "A-1") == 4493959746787549391
    assert key_of("shop", "\ud800") != key_of("shop", "\ud801")
