"""What the gaps before hard starts take up of a delay."""

from liveroom.models.run_of_show import Cue, RunOfShow, Segment, timings
from liveroom.models.slack import Slack, slack_of

START, MINUTE = 1_700_000_000_000, 60_000


def slack(cue: str, started: float, now: float, *gaps: float) -> Slack | None:
    """Return the slack of three segments of ten minutes, the last with a hard start after `gaps`."""
    hard = START + round((20 + sum(gaps)) * MINUTE)
    segments = tuple(
        Segment(
            segment_id=name,
            title=name,
            duration_ms=10 * MINUTE,
            starts_at=hard if name == "c" and gaps else None,
        )
        for name in "abc"
    )
    show = RunOfShow(
        segments=segments,
        starts_at=START,
        cues=(Cue(segment_id=cue, started_at=START + round(started * MINUTE)),),
    )
    return slack_of(timings(show, START + round(now * MINUTE)))


def test_a_gap_takes_up_a_delay_until_it_is_used() -> None:
    found = slack("a", 2, 5, 5)
    assert found == Slack(late=2 * MINUTE, over=0, gaps=5 * MINUTE)
    assert found.used == 2 * MINUTE
    found = slack("a", 7, 8, 5)
    assert found == Slack(late=7 * MINUTE, over=2 * MINUTE, gaps=5 * MINUTE)
    assert found.used == 5 * MINUTE


def test_an_overrun_of_the_segment_on_air_counts_as_late() -> None:
    found = slack("a", 0, 12, 5)
    assert found == Slack(late=2 * MINUTE, over=0, gaps=5 * MINUTE)


def test_without_gaps_or_early_none_is_used() -> None:
    found = slack("a", 2, 5)
    assert found == Slack(late=2 * MINUTE, over=2 * MINUTE, gaps=0)
    assert found.used == 0
    early = slack("b", 8, 9, 5)
    assert early == Slack(late=-2 * MINUTE, over=0, gaps=5 * MINUTE)
    assert early.used == 0


def test_a_gap_that_is_behind_is_no_slack_any_more() -> None:
    found = slack("c", 27, 28, 5)
    assert found is not None
    assert found.gaps == 0


def test_nothing_on_air_has_no_slack() -> None:
    show = RunOfShow(segments=(Segment(segment_id="a", title="A", duration_ms=MINUTE),))
    assert slack_of(timings(show, START)) is None
