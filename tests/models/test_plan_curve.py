"""The plan's curve: what revenue the plan owes at every minute, whatever the plan is made of."""

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from liveroom.models.plan_curve import plan_curve, standing
from liveroom.models.run_of_show import Cue, RunOfShow, Segment

START = 1_700_000_000_000
MINUTE = 60_000


def segment(number: int, minutes: float, target: int | None = None, **fields: object) -> Segment:
    return Segment(
        segment_id=f"s{number}",
        title=f"S{number}",
        duration_ms=round(minutes * MINUTE),
        revenue_target_minor=target,
        **fields,  # type: ignore[arg-type]
    )


def plan(*segments: Segment, starts_at: int | None = START) -> RunOfShow:
    return RunOfShow(segments=segments, starts_at=starts_at)


def at(show: RunOfShow, total: int | None, minute: float) -> int:
    curve = plan_curve(show, total)
    assert curve is not None
    return curve.at(START + round(minute * MINUTE))


PICTURE = plan(
    *(
        segment(n, minutes, thousands * 100_000)
        for n, (minutes, thousands) in enumerate(
            [(4, 6), (8, 44), (9, 52), (9, 48), (12, 96), (6, 42), (6.5, 36), (3, 12), (2, 24)]
        )
    )
)


def test_the_show_of_the_pictures_is_at_93_percent_of_its_curve() -> None:
    now = START + (41 * 60 + 36) * 1000
    found = standing(PICTURE, 36_000_000, 22_599_200, now)
    assert found is not None
    assert found.total_minor == 36_000_000
    assert found.expected_minor == 24_280_000
    assert round(found.share_of_curve or 0, 2) == 0.93
    assert found.ahead_minor == -1_680_800
    assert found.forecast_minor == 22_599_200 * 36_000_000 // 24_280_000


def test_without_targets_of_segments_the_total_is_spread_by_planned_duration() -> None:
    show = plan(segment(1, 10), segment(2, 30))
    assert [at(show, 4_000, minute) for minute in (-5, 0, 10, 25, 40, 90)] == [
        0, 0, 1_000, 2_500, 4_000, 4_000,
    ]  # fmt: skip


def test_segments_that_say_nothing_share_what_the_others_leave() -> None:
    show = plan(segment(1, 10, 1_000), segment(2, 10), segment(3, 20))
    assert [at(show, 4_000, minute) for minute in (10, 20, 40)] == [1_000, 2_000, 4_000]


def test_what_segments_state_is_scaled_to_the_target_of_the_show() -> None:
    show = plan(segment(1, 10, 1_000), segment(2, 10, 3_000))
    assert [at(show, 8_000, minute) for minute in (10, 20)] == [2_000, 8_000]
    crowded = plan(segment(1, 10, 6_000), segment(2, 10))
    assert [at(crowded, 3_000, minute) for minute in (10, 20)] == [3_000, 3_000]


def test_the_segments_alone_make_a_curve() -> None:
    show = plan(segment(1, 10, 1_000), segment(2, 10))
    assert [at(show, None, minute) for minute in (5, 10, 20)] == [500, 1_000, 1_000]


def test_a_gap_before_a_hard_start_owes_nothing() -> None:
    show = plan(segment(1, 10, 1_000), segment(2, 10, 1_000, starts_at=START + 20 * MINUTE))
    assert [at(show, None, minute) for minute in (10, 19, 25, 30)] == [1_000, 1_000, 1_500, 2_000]


def test_without_a_target_or_a_start_there_is_no_curve() -> None:
    assert plan_curve(plan(segment(1, 10)), None) is None
    assert plan_curve(plan(), 1_000) is None
    assert plan_curve(plan(segment(1, 10), starts_at=None), 1_000) is None
    assert standing(PICTURE, 36_000_000, None, START) is None


def test_a_forecast_waits_for_a_tenth_of_the_curve() -> None:
    show = plan(segment(1, 100, 10_000))
    early = standing(show, None, 500, START + 9 * MINUTE)
    assert early is not None
    assert early.forecast_minor is None
    later = standing(show, None, 500, START + 10 * MINUTE)
    assert later is not None
    assert later.forecast_minor == 5_000
    before = standing(show, None, 0, START - MINUTE)
    assert before is not None
    assert before.share_of_curve is None


def test_a_late_cue_does_not_move_what_the_plan_owes() -> None:
    show = plan(segment(1, 10, 1_000), segment(2, 10, 1_000))
    late = replace(show, cues=(Cue(segment_id="s1", started_at=START + 5 * MINUTE),))
    assert at(late, None, 15) == at(show, None, 15)


SEGMENTS = st.lists(
    st.tuples(
        st.integers(1, 7_200_000),
        st.none() | st.integers(1, 10**9),
        st.none() | st.integers(-3_600_000, 36_000_000),
    ),
    min_size=1,
    max_size=12,
)
TOTALS = st.none() | st.integers(1, 10**12)


def made(rows: list[tuple[int, int | None, int | None]]) -> RunOfShow:
    return plan(
        *(
            Segment(
                segment_id=f"s{n}",
                title="",
                duration_ms=duration,
                revenue_target_minor=target,
                starts_at=None if hard is None else START + hard,
            )
            for n, (duration, target, hard) in enumerate(rows)
        )
    )


@given(SEGMENTS, TOTALS, st.lists(st.integers(-(10**8), 10**9), min_size=2, max_size=6))
def test_a_curve_never_falls_and_ends_at_its_target(
    rows: list[tuple[int, int | None, int | None]], total: int | None, offsets: list[int]
) -> None:
    show = made(rows)
    curve = plan_curve(show, total)
    if curve is None:
        assert total is None
        assert not any(target for _, target, _ in rows)
        return
    owed = [curve.at(START + offset) for offset in sorted(offsets)]
    assert owed == sorted(owed)
    wanted = total if total is not None else sum(target or 0 for _, target, _ in rows)
    assert curve.total_minor == wanted
    first = min(start for start, _, _ in curve.spans)
    last = max(start + duration for start, duration, _ in curve.spans)
    assert curve.at(first) == 0
    assert curve.at(last) == wanted
    assert all(target >= 0 for _, _, target in curve.spans)


@given(SEGMENTS, st.integers(1, 10**12), st.randoms(use_true_random=False))
def test_moved_cut_and_longer_segments_still_end_at_the_target_of_the_show(
    rows: list[tuple[int, int | None, int | None]], total: int, random: object
) -> None:
    changed = [row for row in rows if random.random() < 0.7] or rows[:1]  # type: ignore[attr-defined]
    random.shuffle(changed)  # type: ignore[attr-defined]
    longer = [(duration + 60_000, target, hard) for duration, target, hard in changed]
    curve = plan_curve(made(longer), total)
    assert curve is not None
    assert curve.total_minor == total


@given(SEGMENTS, TOTALS, st.integers(0, 10**12), st.integers(-(10**7), 10**8))
def test_a_forecast_at_the_end_of_the_plan_is_what_is_there(
    rows: list[tuple[int, int | None, int | None]], total: int | None, achieved: int, offset: int
) -> None:
    show = made(rows)
    curve = plan_curve(show, total)
    if curve is None:
        return
    over = max(start + duration for start, duration, _ in curve.spans)
    ended = standing(show, total, achieved, over)
    assert ended is not None
    assert ended.forecast_minor == achieved
    now = standing(show, total, achieved, START + offset)
    assert now is not None
    assert now.achieved_minor - now.expected_minor == now.ahead_minor
    if now.forecast_minor is not None and now.share_of_curve is not None:
        on_course = now.forecast_minor >= now.total_minor
        assert on_course == (now.achieved_minor >= now.expected_minor)
