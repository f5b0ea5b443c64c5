"""What is seen of a time axis: never beyond the whole, and it stays where it was put."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.ui.parts.time_window import LEAST_SECONDS, TimeWindow

HOUR = 3600.0
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("zoom"), st.floats(0.05, 20), st.floats(-HOUR, 2 * HOUR)),
        st.tuples(st.just("pan"), st.floats(-2 * HOUR, 2 * HOUR)),
        st.tuples(st.just("reveal"), st.floats(0, HOUR)),
        st.tuples(st.just("take"), st.tuples(st.just(0.0), st.just(HOUR)), st.floats(0, HOUR)),
        st.tuples(st.sampled_from(["follow", "reset"])),
    ),
    max_size=20,
)


def window(now: float = 1800.0) -> TimeWindow:
    made = TimeWindow()
    made.take((0.0, HOUR), now)
    return made


@given(ACTS)
def test_whatever_is_done_a_part_of_the_whole_is_seen(acts: list[tuple]) -> None:  # type: ignore[type-arg]
    seen = window()
    for name, *arguments in acts:
        getattr(seen, name)(*arguments)
        start, end = seen.shown
        assert -1e-6 <= start < end <= HOUR + 1e-6
        assert end - start >= LEAST_SECONDS - 1e-6
        if seen.is_whole and name == "zoom":
            assert seen.follows


@given(st.floats(0.1, 0.9), st.floats(0.3, 0.95))
def test_the_instant_that_is_zoomed_about_keeps_its_place(share: float, factor: float) -> None:
    seen = window()
    about = share * HOUR
    seen.zoom(factor, about)
    start, end = seen.shown
    assert (about - start) / (end - start) == pytest.approx(share)
    assert end - start == pytest.approx(factor * HOUR)


def test_the_whole_show_is_seen_while_it_grows() -> None:
    seen = window()
    seen.take((0.0, HOUR + 600), 3500.0)
    assert seen.shown == (0.0, HOUR + 600)
    assert seen.follows


def test_a_closer_look_at_now_keeps_up_in_steps() -> None:
    seen = window(1800)
    seen.zoom(0.1, 1800)
    before = seen.shown
    assert seen.follows
    seen.take((0.0, HOUR), 1801)
    assert seen.shown == before, "it does not creep"
    seen.take((0.0, HOUR), before[1] - 1)
    assert seen.shown[0] > before[0]
    assert seen.shown[0] < before[1] - 1 < seen.shown[1]
    assert seen.shown[1] - seen.shown[0] == pytest.approx(before[1] - before[0])


def test_an_earlier_time_stays_until_the_show_is_followed_again() -> None:
    seen = window(1800)
    seen.zoom(0.1, 300)
    before = seen.shown
    assert not seen.follows
    seen.take((0.0, 2 * HOUR), 1900)
    assert seen.shown == before
    seen.follow()
    assert seen.follows
    assert seen.shown[0] <= 1900 <= seen.shown[1]
    assert seen.shown[1] - seen.shown[0] == pytest.approx(before[1] - before[0])


def test_what_cannot_move_goes_on_following() -> None:
    seen = window()
    seen.pan(500)
    assert seen.follows
    assert seen.is_whole


def test_an_instant_is_revealed_with_the_least_move() -> None:
    seen = window()
    seen.zoom(0.1, 300)
    start, end = seen.shown
    seen.reveal((start + end) / 2)
    assert seen.shown == (start, end)
    seen.reveal(end + 100)
    assert seen.shown[1] == pytest.approx(end + 100 + (end - start) * 0.04)
