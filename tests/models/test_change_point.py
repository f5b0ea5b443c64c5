"""A fall of a rate is found where it is, seldom where there is none, and as of an instant."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.models import change_point as cp
from liveroom.models.snapshot import Series
from liveroom.models.timeline import Column, Timeline

MINUTES = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 300)), min_size=0, max_size=45)
SHOWS = {
    "steady": np.full(60, 60.0),
    "crowd": 150 * np.exp(-(((np.arange(60) - 30) / 20) ** 2)) + 10,
}


def arrays(minutes: list[tuple[int, int]]) -> tuple[np.ndarray, np.ndarray]:
    events = np.array([n for n, _ in minutes], dtype=np.int64)
    return events, np.array([n for _, n in minutes], dtype=np.int64)


def falls_by_chance(visits: np.ndarray, rate: float, shows: int) -> float:
    """Return the share of hour-long shows of a constant rate in which a fall is seen at some minute."""
    chance = np.random.default_rng(2026)
    seen = 0
    for _ in range(shows):
        exposure = chance.poisson(visits)
        events = chance.poisson(rate * exposure)
        seen += any(
            cp.fall_of(events[max(0, now - cp.WINDOW_MINUTES) : now],
                       exposure[max(0, now - cp.WINDOW_MINUTES) : now])
            for now in range(2 * cp.LEAST_MINUTES, 61)
        )  # fmt: skip
    return seen / shows


@pytest.mark.parametrize("shape", SHOWS)
@pytest.mark.parametrize("rate", [0.01, 0.04, 0.1])
def test_chance_alone_seldom_draws_a_fall(shape: str, rate: float) -> None:
    # The manual promises 2.4 of 100, 3.8 at worst; 60 such shows have more than 7 once in 300 tests.
    assert falls_by_chance(SHOWS[shape], rate, 60) <= 7 / 60


@pytest.mark.parametrize(("visits", "of_40"), [(100, 8), (300, 36)])
def test_a_conversion_that_halves_is_found_where_it_fell(visits: int, of_40: int) -> None:
    # After ten minutes: 39 of 100 at 4 orders a minute, 97 of 100 at 12.
    chance, found = np.random.default_rng(5), []
    for _ in range(40):
        exposure = chance.poisson(np.full(40, float(visits)))
        rates = np.where(np.arange(40) < 30, 0.04, 0.02)
        fall = cp.fall_of(chance.poisson(rates * exposure), exposure)
        if fall is not None:
            found.append(fall.place)
            assert fall.since < fall.before
    assert len(found) >= of_40
    assert abs(np.median(found) - 30) <= 1


def test_a_rise_is_no_fall() -> None:
    exposure = np.full(40, 100)
    assert cp.fall_of(np.where(np.arange(40) < 20, 2, 8), exposure) is None
    assert cp.fall_of(np.where(np.arange(40) < 20, 8, 2), exposure) is not None


def test_what_was_won_back_is_not_lower_now() -> None:
    exposure, minute = np.full(40, 100), np.arange(40)
    events = np.where((minute < 15) | (minute >= 34), 8, 2)
    assert cp.fall_of(events[:34], exposure[:34]) is not None
    assert cp.fall_of(events, exposure) is None


@given(MINUTES)
def test_the_ratio_is_that_of_the_two_likelihoods(minutes: list[tuple[int, int]]) -> None:
    events, exposure = arrays(minutes)
    if not len(events):
        assert cp.fall_of(events, exposure) is None
        return
    ratios, before, since = cp.likelihood_ratios(events, exposure)

    def likelihood(counts: np.ndarray, means: np.ndarray) -> float:
        known = means > 0
        return float((counts[known] * np.log(means[known])).sum() - means.sum())

    overall = events.sum() / max(1, exposure.sum())
    for place in range(len(events)):
        if not exposure[:place].sum() or not exposure[place:].sum():
            assert ratios[place] == 0
            continue
        if ((events > 0) & (exposure == 0)).any():
            continue  # impossible under either rate
        rates = np.where(np.arange(len(events)) < place, before[place], since[place])
        expected = likelihood(events, rates * exposure) - likelihood(events, overall * exposure)
        assert ratios[place] == pytest.approx(2 * expected, abs=1e-6)
        assert ratios[place] >= -1e-6


@given(MINUTES)
def test_a_fall_keeps_its_promises(minutes: list[tuple[int, int]]) -> None:
    events, exposure = arrays(minutes)
    fall = cp.fall_of(events, exposure)
    if fall is not None:
        assert cp.LEAST_MINUTES <= fall.place <= len(events) - cp.LEAST_MINUTES
        assert fall.since <= (1 - cp.LEAST_FALL) * fall.before
        assert fall.ratio >= cp.THRESHOLD
        assert events.sum() >= cp.LEAST_EVENTS


def test_the_fall_of_a_show_is_that_as_of_an_instant() -> None:
    timeline = Timeline()
    start = 1_800_000_000 // 60 * 60
    for minute in range(90):
        row = timeline.row(start + minute * 60 + 7)
        row[Column.VISITS] += 100
        row[Column.ORDERS] += 8 if minute < 40 else 2
    nothing = np.zeros(0, dtype=np.int64)
    series = Series(
        totals=timeline.running_totals(), audience_times=nothing, audience=nothing
    )  # fmt: skip

    def since(minute: int) -> int | None:
        found = cp.conversion_fall(series, start * 1000, (start + minute * 60 + 30) * 1000)
        return None if found is None else (found[0] // 1000 - start) // 60

    assert [since(minute) for minute in (8, 39, 60, 89)] == [None, None, 40, None]
    earlier = series.until((start + 60 * 60 + 30) * 1000)
    assert cp.conversion_fall(earlier, start * 1000, (start + 3630) * 1000) is not None
