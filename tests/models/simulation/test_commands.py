from collections import Counter

import pytest
from msgspec.structs import replace

from liveroom.models import events as e
from liveroom.models.commands import ChangeSegmentDuration, RenameSegment, TakeSegment
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.simulation.world import World
from tests.models.simulation.playing import first_show, of, play, with_audience

TAKEN_AT = 300
SECONDS = 900


def small() -> Scenario:
    return with_audience(first_show(), scale=0.05)


def started(events: list[e.Event]) -> list[tuple[str, int]]:
    begin = first_show().starts_at
    return [
        (cue.segment_id, (cue.occurred_at - begin) // 1000) for cue in of(e.SegmentStarted, events)
    ]


def test_plan_runs_by_itself_until_its_end() -> None:
    cues = started(play(small(), 1)[1])
    assert cues == [
        ("opening", 0),
        ("fone", 240),
        ("watch", 720),
        ("caixa", 1260),
        ("notebook", 1800),
        ("tablet", 2520),
        ("monitor", 2880),
        ("giveaway", 3300),
        ("recap", 3480),
        ("", 3600),
    ]


def test_taking_another_segment_moves_views_to_its_product() -> None:
    take = (TAKEN_AT, TakeSegment(segment_id="notebook"))

    def late_views(events: list[e.Event]) -> Counter[str]:
        since = first_show().starts_at + TAKEN_AT * 1000
        views = of(e.ProductViewed, events)
        return Counter(view.sku for view in views if view.occurred_at >= since)

    untouched = late_views(play(first_show(), 1, SECONDS)[1])
    acted = late_views(play(first_show(), 1, SECONDS, [take])[1])
    assert untouched.most_common(1)[0][0] == "FONE-P3"
    assert acted.most_common(1)[0][0] == "NOTE-A14"
    assert acted["NOTE-A14"] > 5 * untouched["NOTE-A14"]


def test_command_changes_nothing_before_it_and_no_arrival_after_it() -> None:
    take = (TAKEN_AT, TakeSegment(segment_id="giveaway"))
    show = replace(first_show(), push=replace(first_show().push, response=0.0))
    untouched = play(show, 2, SECONDS)[1]
    acted = play(show, 2, SECONDS, [take])[1]
    at = first_show().starts_at + TAKEN_AT * 1000

    def before(events: list[e.Event]) -> list[e.Event]:
        return [event for event in events if event.occurred_at < at]

    def arrivals(events: list[e.Event]) -> list[tuple[int, str, int | None]]:
        return [(each.occurred_at, each.label, each.visit) for each in of(e.VisitStarted, events)]

    assert before(acted) == before(untouched)
    assert acted != untouched
    assert arrivals(acted) == arrivals(untouched)


def test_platform_push_moves_organic_arrivals_and_no_others() -> None:
    def visits(response: float, label: str) -> list[tuple[int, int | None]]:
        push = replace(first_show().push, response=response, usual_reactions=0.02)
        events = play(replace(first_show(), push=push), 2, SECONDS)[1]
        return [
            (each.occurred_at, each.visit)
            for each in of(e.VisitStarted, events)
            if each.label == label
        ]

    for label in ("Meta", "TikTok", "WhatsApp"):
        assert visits(0.0, label) == visits(0.5, label)
    assert len(visits(0.5, "YouTube")) > 1.2 * len(visits(0.0, "YouTube"))
    assert set(visits(0.0, "YouTube")) <= set(visits(0.5, "YouTube"))


def test_segment_that_drives_people_out_leaves_a_smaller_room() -> None:
    def last_audience(segment_id: str) -> int:
        take = (TAKEN_AT, TakeSegment(segment_id=segment_id))
        return of(e.AudienceMeasured, play(first_show(), 3, SECONDS, [take])[1])[-1].viewers

    assert last_audience("recap") < 0.9 * last_audience("giveaway")


def test_producer_who_takes_a_segment_keeps_the_cue() -> None:
    take = (TAKEN_AT, TakeSegment(segment_id="fone"))
    assert started(play(small(), 1, 1500, [take])[1]) == [
        ("opening", 0),
        ("fone", 240),
        ("", 1500),
    ]


def test_longer_segment_delays_the_ones_after_it_until_the_hard_start() -> None:
    longer = (60, ChangeSegmentDuration(segment_id="opening", duration_ms=270_000))
    cues = dict(started(play(small(), 1, 3400, [longer])[1]))
    assert (cues["fone"], cues["monitor"], cues["giveaway"]) == (270, 2910, 3300)


def test_renaming_a_segment_does_not_touch_the_audience() -> None:
    rename = (60, RenameSegment(segment_id="opening", title="Boas-vindas"))
    assert play(first_show(), 1, 200, [rename])[1] == play(first_show(), 1, 200)[1]


def test_show_ends_when_the_producer_has_given_the_last_segment_its_time() -> None:
    take = (TAKEN_AT, TakeSegment(segment_id="recap"))
    cues = started(play(small(), 1, None, [take])[1])
    assert cues[-1] == ("", TAKEN_AT + 120)


def test_show_of_a_producer_who_never_goes_on_ends_after_the_overrun() -> None:
    take = (10, TakeSegment(segment_id="opening"))
    shorter = [
        (5, ChangeSegmentDuration(segment_id=plan.segment.segment_id, duration_ms=1000))
        for plan in first_show().segments
    ]
    world, events = play(small(), 1, None, [*shorter, take])
    planned_seconds = world.running_order.planned_ms // 1000
    assert planned_seconds == 3300 + 2  # the giveaway starts hard at minute 55
    assert started(events)[-1] == ("", planned_seconds + 30 * 60)


def test_unknown_segment_takes_everything_off_air() -> None:
    take = (TAKEN_AT, TakeSegment(segment_id="someone else's"))
    world, _ = play(first_show(), 1, SECONDS, [take])
    assert world.running_order.on_air is None


@pytest.mark.parametrize("late_ms", [1, 500, 999])
def test_command_within_a_second_holds_from_the_next_one(late_ms: int) -> None:
    world = World(first_show(), 1)
    world.command(TakeSegment(segment_id="recap"), first_show().starts_at + 3000 + late_ms)
    on_air = []
    for second in range(6):
        world.step(second)
        plan = world.running_order.on_air
        on_air.append(plan and plan.segment.segment_id)
    assert on_air == ["opening"] * 4 + ["recap"] * 2
