"""How fast a rehearsal runs without a window, and how its cost grows with the show and the audience."""

from __future__ import annotations

import time
from collections.abc import Iterator

from msgspec.structs import replace

from benchmarks.harness import Goal, Result, alternate, scratch
from liveroom import sources
from liveroom.headless import Watcher, play
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.simulation.world import World
from liveroom.scenarios import read_scenario

SCENARIO = "first_show"


def measure(quick: bool) -> Iterator[Result]:
    """Play the first show, recorded; then longer and fuller ones, simulated only."""
    yield _recorded(*((1, 1) if quick else (60, 3)))
    yield _growth_with_length(*((2, 1) if quick else (60, 3)))
    yield _growth_with_audience(*((1, 1) if quick else (20, 3)))


def _recorded(minutes: int, runs: int) -> Result:
    numbers: list[int] = []
    scenario = read_scenario(SCENARIO)
    with scratch() as folder:
        path = folder / "rehearsal.liveroom"

        def subject() -> float:
            path.unlink(missing_ok=True)
            watcher = Watcher()
            began = time.perf_counter()
            plan = sources.rehearsal(1, None, minutes, path)
            last = play(plan.session(watcher, 1.0), watcher)
            numbers.append(last.recording.events)
            return time.perf_counter() - began

        def peer() -> float:
            world = World(scenario, 1)
            began = time.perf_counter()
            _live(world, 0, minutes)
            return time.perf_counter() - began

        ours, alone = alternate(runs, subject, peer)
    length = minutes * 60
    return Result(
        benchmark=f"rehearse {minutes} minutes, recorded",
        measured=length / ours,
        unit="x real time",
        peer="the simulation alone",
        limit=length / alone,
        goal=Goal("measured", at_least=500),
        note=f"{numbers[-1]:,} events",
    )


def _growth_with_length(minutes: int, runs: int) -> Result:
    """An event of the fourth part of a long show against one of its first.

    Every part is like the first: an hour that went on without a plan would have fewer viewers, and fewer
    events among which to share what every second costs.
    """
    firsts, fourths = [], []
    scenario = _again(read_scenario(SCENARIO), 4)
    for _ in range(runs):
        world = World(scenario, 1)
        parts = [_cost(world, part * minutes, minutes) for part in range(4)]
        firsts.append(parts[0])
        fourths.append(parts[3])
    return Result(
        benchmark=f"simulate: an event of minutes {3 * minutes}–{4 * minutes}",
        measured=min(fourths),
        unit="µs of CPU",
        peer=f"an event of the first {minutes} minutes",
        limit=min(firsts),
        goal=Goal("ratio", at_most=1.5),
    )


def _again(scenario: Scenario, times: int) -> Scenario:
    """Return a show that runs through its plan several times, its arrivals too, and sells all along."""
    segments = tuple(
        replace(
            plan,
            segment=replace(
                plan.segment, segment_id=f"{plan.segment.segment_id}-{round_}", starts_at=None
            ),
        )
        for round_ in range(times)
        for plan in scenario.segments
    )
    curve = tuple(
        ((round_ + at) / times, factor)
        for round_ in range(times)
        for at, factor in scenario.arrival_curve
    )
    products = tuple(replace(each, stock=each.stock * times) for each in scenario.products)
    return replace(scenario, segments=segments, arrival_curve=curve, products=products)


def _growth_with_audience(minutes: int, runs: int) -> Result:
    """An event before twenty times as many viewers."""
    small, large = [], []
    for _ in range(runs):
        scenario = read_scenario(SCENARIO)
        few = replace(scenario, audience=replace(scenario.audience, scale=0.2))
        many = replace(scenario, audience=replace(scenario.audience, scale=4.0))
        small.append(_cost(World(few, 1), 0, minutes))
        large.append(_cost(World(many, 1), 0, minutes))
    return Result(
        benchmark="simulate: an event before 8,000 viewers",
        measured=min(large),
        unit="µs of CPU",
        peer="an event before 400 viewers",
        limit=min(small),
        goal=Goal("ratio", at_most=1.5),
    )


def _cost(world: World, start_minute: int, minutes: int) -> float:
    """Return the CPU time per event (µs) of some minutes of show."""
    began = time.process_time()
    events = _live(world, start_minute, minutes)
    return (time.process_time() - began) * 1e6 / max(events, 1)


def _live(world: World, start_minute: int, minutes: int) -> int:
    return sum(
        len(world.step(second))
        for second in range(start_minute * 60, (start_minute + minutes) * 60)
    )
