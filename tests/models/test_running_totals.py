"""What a snapshot lends the charts is the show as of an instant, whatever came when."""

import random

from hypothesis import given
from hypothesis import strategies as st

from liveroom.models import events as e
from liveroom.models.camera import Camera, Caption
from liveroom.models.show import Show
from liveroom.models.snapshot import Recording, Series
from liveroom.models.timeline import WIDTH

T0 = 1_700_000_000_000
TIMES = st.lists(st.tuples(st.integers(0, 900_000), st.sampled_from("vca")), max_size=40)


def events_of(times: list[tuple[int, str]]) -> list[e.Event]:
    made: list[e.Event] = []
    for number, (after, kind) in enumerate(times):
        common = {
            "occurred_at": T0 + after,
            "received_at": T0 + 1_000_000,
            "source": "stream",
            "source_id": str(number),
        }
        if kind == "v":
            made.append(e.VisitStarted(**common))  # type: ignore[arg-type]
        elif kind == "c":
            made.append(e.ChatPosted(**common))  # type: ignore[arg-type]
        else:
            made.append(e.AudienceMeasured(**common, viewers=number))  # type: ignore[arg-type]
    return made


def series_of(events: list[e.Event], looks: int = 1) -> Series:
    show = Show()
    camera = Camera(show, Caption())
    for part in range(looks):
        show.apply_all(events[part::looks])
        series = camera.snapshot(T0 + 1_000_000, Recording()).series
    return series


def content(series: Series) -> tuple[list[int], ...]:
    totals = series.totals
    columns = [totals.column(column).tolist() for column in range(WIDTH)]
    return (
        totals.seconds().tolist(),
        *columns,
        series.audience_times.tolist(),
        series.audience.tolist(),
    )


def test_the_whole_columns_can_be_had_as_well() -> None:
    series = series_of(events_of([(1000, "v"), (5000, "v"), (5400, "c"), (9000, "v")]))
    assert (series.seconds - T0 // 1000).tolist() == [1, 5, 9]
    assert series.visits.tolist() == [1, 2, 3]
    assert series.orders.tolist() == series.revenue_minor.tolist() == [0, 0, 0]


@given(TIMES, st.integers(0, 900), st.randoms(use_true_random=False))
def test_a_series_up_to_an_instant_is_that_of_the_facts_until_then(
    times: list[tuple[int, str]], second: int, chance: random.Random
) -> None:
    events = events_of(times)
    until = T0 + second * 1000 + 999
    shuffled = chance.sample(events, len(events))
    then = [event for event in events if event.occurred_at <= until]
    assert content(series_of(shuffled, looks=3).until(until)) == content(series_of(then))
