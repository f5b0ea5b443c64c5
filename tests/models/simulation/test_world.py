from itertools import pairwise

import pytest

from liveroom.models import events as e
from liveroom.models.simulation.world import World
from tests.models.simulation.playing import first_show, of, play

MINUTES_12 = 720


def test_same_seed_gives_the_same_session_event_for_event() -> None:
    assert play(first_show(), 7, MINUTES_12)[1] == play(first_show(), 7, MINUTES_12)[1]


def test_another_seed_gives_another_session_of_similar_size() -> None:
    one, other = (play(first_show(), seed, MINUTES_12)[1] for seed in (1, 2))
    assert one != other
    assert len(one) == pytest.approx(len(other), rel=0.1)


def test_events_come_in_order_of_arrival_and_never_before_they_happened() -> None:
    events = play(first_show(), 3, MINUTES_12)[1]
    arrivals = [event.received_at for event in events]
    assert arrivals == sorted(arrivals)
    assert all(event.received_at > event.occurred_at for event in events)


def test_events_of_a_step_occur_within_its_second() -> None:
    world = World(first_show(), 5)
    for second in range(300):
        begin = world.scenario.starts_at + second * 1000
        assert all(begin <= event.occurred_at < begin + 1000 for event in world.step(second))


def test_source_ids_are_unique_and_numbered_per_kind() -> None:
    events = play(first_show(), 4, MINUTES_12)[1]
    assert len({(event.source, event.source_id) for event in events}) == len(events)
    numbers = [int(visit.source_id.removeprefix("visit:")) for visit in of(e.VisitStarted, events)]
    assert numbers == list(range(1, len(numbers) + 1))
    assert {event.source for event in events} == {"stream", "shop", "ads"}


def test_keys_are_distinct_and_fit_sqlite() -> None:
    visits = of(e.VisitStarted, play(first_show(), 4, MINUTES_12)[1])
    keys = {visit.visit for visit in visits}
    assert len(keys) == len(visits)
    people = {visit.person for visit in visits}
    assert 0.85 * len(visits) < len(people) < len(visits)
    assert not keys & people
    assert all(-(2**63) <= key < 2**63 for key in keys | people)
    assert min(keys) < 0 < max(keys)


def test_catalogue_and_plan_come_before_anything_else() -> None:
    events = play(first_show(), 1, 10)[1]
    assert [type(event) for event in events[:12]] == [
        *[e.ProductListed] * 10,
        e.RunOfShowChanged,
        e.SegmentStarted,
    ]
    assert events[10].title == "Festa da Eletrônica"
    assert len(events[10].segments) == 9


def test_targets_are_told_in_the_first_instant() -> None:
    scenario = first_show()
    told = of(e.TargetSet, play(scenario, 1, 10)[1])
    assert {each.kpi: each.value for each in told} == dict(scenario.targets)
    assert {each.occurred_at for each in told} == {scenario.starts_at}
    assert {each.kpi.value for each in told if each.currency == "BRL"} == {
        "revenue",
        "sales_per_minute",
        "average_order_value",
    }


def test_world_refuses_to_skip_a_second() -> None:
    world = World(first_show(), 1)
    world.step(0)
    with pytest.raises(ValueError, match="second 2 is not the next one, which is 1"):
        world.step(2)


def test_show_at_another_start_is_the_same_show_moved() -> None:
    moved_by = 86_400_000
    here, there = World(first_show(), 9), World(first_show(), 9, first_show().starts_at + moved_by)
    for second in range(120):
        for one, other in zip(here.step(second), there.step(second), strict=True):
            assert one.source_id == other.source_id
            assert other.occurred_at - one.occurred_at == moved_by
    (one,), (other,) = (
        [each.starts_at for each in world.running_order.segments if each.starts_at is not None]
        for world in (here, there)
    )
    assert other - one == moved_by


def test_audience_is_reported_every_five_seconds_and_at_the_end() -> None:
    samples = of(e.AudienceMeasured, play(first_show(), 1, 61)[1])
    assert len(samples) == 13
    gaps = {b.occurred_at - a.occurred_at for a, b in pairwise(samples[:-1])}
    assert gaps == {5000}


def test_show_ends_off_air() -> None:
    events = play(first_show(), 1, 30)[1]
    assert of(e.SegmentStarted, events)[-1].segment_id == ""
