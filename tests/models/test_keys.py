"""Sets and maps of 64-bit keys behave like Python's, at eight bytes a key."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from liveroom.models.keys import KeyMap, KeySet

KEYS = st.lists(st.integers(-(2**63), 2**63 - 1), max_size=200)


@given(st.lists(KEYS, max_size=8))
def test_the_size_is_the_number_of_distinct_keys(batches: list[list[int]]) -> None:
    keys = KeySet()
    for batch in batches:
        for key in batch:
            keys.add(key)
    assert len(keys) == len({key for batch in batches for key in batch})


@given(st.lists(st.lists(st.integers(0, 50), max_size=60), max_size=8))
def test_unknown_keys_are_those_never_added_and_only_once(batches: list[list[int]]) -> None:
    keys, seen = KeySet(), set[int]()
    for batch in batches:
        array = np.array(batch, dtype=np.uint64)
        new = keys.unknown(array)
        expected = []
        for key in batch:
            expected.append(key not in seen)
            seen.add(key)
        assert new.tolist() == expected
        keys.add_distinct(array[new])
    assert keys.to_array().tolist() == sorted(seen)


def test_asking_for_unknown_keys_does_not_add_them() -> None:
    keys = KeySet()
    asked = np.array([7, 8], dtype=np.uint64)
    assert keys.unknown(asked).all()
    assert keys.unknown(asked).all()
    assert len(keys) == 0


def test_a_million_keys_take_eight_bytes_each() -> None:
    keys = KeySet()
    every = np.random.default_rng(1).integers(0, 2**63, 1_000_000).astype(np.uint64)
    for start in range(0, len(every), 1000):
        batch = every[start : start + 1000]
        keys.add_distinct(batch[keys.unknown(batch)])
    assert len(keys) == len(np.unique(every))
    assert sum(level.nbytes for level in keys.levels) == 8 * len(keys)
    assert len(keys.levels) <= 20


@given(st.lists(st.tuples(st.integers(-(2**63), 2**63 - 1), st.integers(0, 1000)), max_size=100))
def test_a_map_keeps_the_first_value_of_a_key(pairs: list[tuple[int, int]]) -> None:
    values, expected = KeyMap(), dict[int, int]()
    for number, (key, value) in enumerate(pairs):
        values.put(key, value)
        expected.setdefault(key, value)
        if number % 7 == 0:
            assert values.get_many([key]) == [expected[key]]
    assert values.get_many(expected) == list(expected.values())
    assert values.get_many([2**62 + 12345]) == [expected.get(2**62 + 12345)]


@given(st.dictionaries(st.integers(0, 2**64 - 1), st.integers(0, 2**31 - 1), max_size=50))
def test_a_stored_map_is_the_same_map(pairs: dict[int, int]) -> None:
    values = KeyMap()
    for key, value in pairs.items():
        values.put(key, value)
    again = KeyMap(*values.to_arrays())
    assert again.get_many(pairs) == list(pairs.values())
