"""Who may change the speed of a show, and where its next segment is."""

from __future__ import annotations

import pytest

from liveroom.errors import CommandRefused
from liveroom.models.facts import Mode
from liveroom.models.pacing import ARRIVAL_MS, check_speed, next_segment_at
from liveroom.models.run_of_show import Cue, RunOfShow, Segment

START = 1_700_000_000_000
SEGMENTS = (
    Segment(segment_id="one", title="One", duration_ms=60_000),
    Segment(segment_id="two", title="Two", duration_ms=30_000),
)


def show(*cues: tuple[str, int], starts_at: int | None = START) -> RunOfShow:
    taken = tuple(Cue(segment_id=name, started_at=START + at) for name, at in cues)
    return RunOfShow(segments=SEGMENTS, starts_at=starts_at, cues=taken)


@pytest.mark.parametrize("mode", [Mode.REHEARSAL, Mode.REPLAY])
@pytest.mark.parametrize("speed", [0, 0.5, 1, 5, 20, 999_999])
def test_rehearsals_and_replays_run_at_any_speed(mode: Mode, speed: float) -> None:
    check_speed(speed, mode)


@pytest.mark.parametrize("speed", [-1, 1e6, float("nan"), float("inf")])
def test_a_speed_that_is_none_is_refused(speed: float) -> None:
    with pytest.raises(CommandRefused, match="allowed: 0"):
        check_speed(speed, Mode.REHEARSAL)


@pytest.mark.parametrize("mode", [Mode.LIVE, Mode.DEBRIEF])
def test_the_time_of_a_live_show_and_of_a_debrief_is_not_ours(mode: Mode) -> None:
    with pytest.raises(CommandRefused, match=f"this is a {mode}"):
        check_speed(5, mode)
    with pytest.raises(CommandRefused, match=f"this is a {mode}"):
        next_segment_at(show(("one", 0)), mode, START)


def test_the_next_segment_is_due_when_the_one_on_air_has_had_its_time() -> None:
    at = START + 10_000
    assert next_segment_at(show(("one", 5_000)), Mode.REHEARSAL, at) == START + 65_000 + ARRIVAL_MS


def test_before_the_first_cue_the_next_segment_is_the_first() -> None:
    assert next_segment_at(show(), Mode.REPLAY, START - 10_000) == START + ARRIVAL_MS


def test_after_the_last_segment_comes_its_end() -> None:
    at = START + 65_000
    assert (
        next_segment_at(show(("one", 0), ("two", 60_000)), Mode.REPLAY, at)
        == START + 90_000 + ARRIVAL_MS
    )


@pytest.mark.parametrize(
    ("plan", "at", "why"),
    [
        (RunOfShow(), START, "there is no run of show"),
        (show(("one", 0), ("", 60_000)), START + 61_000, "the show has ended"),
        (show(("one", 0)), START + 61_000, "due already; take it with GO"),
        (show(starts_at=None), START, "nothing says when"),
    ],
)
def test_where_there_is_no_next_segment_to_jump_to_it_is_said_why(
    plan: RunOfShow, at: int, why: str
) -> None:
    with pytest.raises(CommandRefused, match=why):
        next_segment_at(plan, Mode.REHEARSAL, at)
