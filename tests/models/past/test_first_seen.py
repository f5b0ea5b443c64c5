"""How many different people there were by any second."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.models.past import first_seen
from liveroom.models.past.first_seen import FirstSeen

SIGHTINGS = st.lists(
    st.tuples(st.integers(-(1 << 63), (1 << 63) - 1) | st.integers(0, 5), st.integers(0, 99)),
    max_size=40,
)


@pytest.fixture(autouse=True)
def small_buffer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(first_seen, "_BUFFER", 3)


def seen(sightings: list[tuple[int, int]]) -> FirstSeen:
    found = FirstSeen()
    for key, second in sightings:
        found.add(key, second)
    return found


@given(SIGHTINGS, st.integers(0, 100))
def test_each_counts_once_from_when_it_was_first_seen(
    sightings: list[tuple[int, int]], second: int
) -> None:
    found = seen(sightings)
    assert len(found) == len({key for key, _ in sightings})
    assert found.before(second) == len({key for key, at in sightings if at < second})
    assert len(found.until(second)) == found.before(second)


@given(SIGHTINGS, SIGHTINGS)
def test_stored_ones_go_on_counting(
    before: list[tuple[int, int]], after: list[tuple[int, int]]
) -> None:
    found = FirstSeen(*seen(before).to_arrays())
    for key, second in after:
        found.add(key, second)
    assert found.before(50) == len({key for key, at in before + after if at < 50})


def test_keys_without_their_seconds_are_refused() -> None:
    keys, seconds = seen([(1, 1), (2, 2)]).to_arrays()
    with pytest.raises(ValueError, match="2 keys with 1 seconds"):
        FirstSeen(keys, seconds[:1])
