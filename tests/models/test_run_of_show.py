"""Planned, actual and expected times of segments, against the timing vectors of the field."""

from liveroom.models.run_of_show import Cue, RunOfShow, Segment, timings

T20 = 1_700_000_000_000  # 20:00:00 of some evening


def at(clock: str) -> int:
    hours, minutes, seconds = map(int, clock.split(":"))
    return T20 + ((hours - 20) * 3600 + minutes * 60 + seconds) * 1000


def show(*cues: Cue) -> RunOfShow:
    return RunOfShow(
        segments=(
            Segment(segment_id="a", title="A", duration_ms=300_000),
            Segment(segment_id="b", title="B", duration_ms=600_000),
            Segment(segment_id="c", title="C", duration_ms=300_000, starts_at=at("20:20:00")),
        ),
        starts_at=T20,
        cues=cues,
    )


def test_before_the_show_the_plan_is_what_is_expected() -> None:
    rows = timings(show(), T20 - 60_000)
    assert [row.start for row in rows] == [at("20:00:00"), at("20:05:00"), at("20:20:00")]
    assert [row.state for row in rows] == ["next", "planned", "planned"]


def test_a_late_start_moves_soft_segments_and_a_gap_absorbs_it() -> None:
    rows = timings(show(Cue(segment_id="a", started_at=at("20:01:00"))), at("20:03:00"))
    assert rows[0].state == "on air"
    assert rows[0].start == at("20:01:00")
    assert rows[1].state == "next"
    assert rows[1].start == at("20:06:00")
    assert rows[1].planned_start == at("20:05:00")
    assert rows[2].start == at("20:20:00")


def test_overtime_pushes_even_a_hard_start_once_the_gap_is_used_up() -> None:
    rows = timings(show(Cue(segment_id="a", started_at=at("20:01:00"))), at("20:12:00"))
    assert rows[1].start == at("20:12:00")
    assert rows[2].start == at("20:22:00")


def test_a_segment_that_was_passed_over_is_skipped_and_an_aired_one_done() -> None:
    rows = timings(
        show(
            Cue(segment_id="a", started_at=at("20:00:00")),
            Cue(segment_id="c", started_at=at("20:04:00")),
        ),
        at("20:05:00"),
    )
    assert [row.state for row in rows] == ["done", "skipped", "on air"]
    assert (rows[0].start, rows[0].end) == (at("20:00:00"), at("20:04:00"))


def test_neighbours_follow_the_cue() -> None:
    plan = show(Cue(segment_id="b", started_at=at("20:05:00")))
    following, previous = plan.neighbour(1), plan.neighbour(-1)
    assert following is not None
    assert following.segment_id == "c"
    assert previous is not None
    assert previous.segment_id == "a"
    assert show(Cue(segment_id="c", started_at=T20)).neighbour(1) is None
    first = show().neighbour(1)
    assert first is not None
    assert first.segment_id == "a"


def test_a_blank_cue_takes_everything_off_air() -> None:
    plan = show(Cue(segment_id="a", started_at=T20), Cue(segment_id="", started_at=T20 + 1000))
    assert plan.on_air is None
    assert plan.neighbour(1) is None
