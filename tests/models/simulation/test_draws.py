import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.models.simulation.calendar import Calendar
from liveroom.models.simulation.draws import KeyMaker, Streams


def test_draws_of_a_second_do_not_depend_on_how_many_came_before() -> None:
    busy, idle = Streams(1), Streams(1)
    for streams, number in ((busy, 5000), (idle, 1)):
        streams.at(7)
        streams["chat"].random(number)
        streams.at(8)
    assert (busy["chat"].random(50) == idle["chat"].random(50)).all()


def test_purposes_and_seconds_and_seeds_have_their_own_draws() -> None:
    drawn = []
    for seed in (1, 2):
        streams = Streams(seed)
        for second in (0, 1, 2):
            streams.at(second)
            drawn += [tuple(streams[purpose].random(4)) for purpose in ("chat", "looks")]
    assert len(set(drawn)) == 12


def test_draws_within_a_second_go_on() -> None:
    streams = Streams(1)
    streams.at(3)
    assert streams["chat"].random() != streams["chat"].random()


def test_delays_last_a_second_at_least_and_keep_their_mean() -> None:
    streams = Streams(1)
    delays = np.array(streams.delays("carts", 35.0, 20_000))
    assert delays.min() >= 1000
    assert delays.mean() == pytest.approx(35_000, rel=0.03)
    assert streams.delays("carts", 0.2, 3) == [1000, 1000, 1000]
    assert streams.delays("carts", 35.0, 0) == []


@given(st.integers(0, 2**70), st.integers(0, 10**9), st.integers(0, 10**9))
def test_keys_are_repeatable_distinct_and_signed_64_bits(seed: int, one: int, other: int) -> None:
    keys = KeyMaker(seed, "visit")
    assert keys.key(one) == KeyMaker(seed, "visit").key(one)
    assert (keys.key(one) == keys.key(other)) == (one == other)
    assert -(2**63) <= keys.key(one) < 2**63


def test_calendar_gives_each_second_what_is_due_in_order_and_once() -> None:
    calendar: Calendar[str] = Calendar()
    for at_ms, item in ((2500, "b"), (2100, "a"), (3000, "c"), (2500, "b2")):
        calendar.put(at_ms, item)
    assert calendar.take(1) == []
    assert calendar.take(2) == [(2100, "a"), (2500, "b"), (2500, "b2")]
    assert calendar.take(2) == []
    assert calendar.take(3) == [(3000, "c")]
