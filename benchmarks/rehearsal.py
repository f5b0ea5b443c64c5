"""How fast a rehearsal runs without a window."""

from __future__ import annotations

import time
from collections.abc import Iterator

from benchmarks.harness import Goal, Result, alternate, scratch
from liveroom import sources
from liveroom.connectors.simulator import open_simulator
from liveroom.headless import Watcher, play


def measure(quick: bool) -> Iterator[Result]:
    """Play the first show, recorded; the peer only simulates it."""
    minutes, runs = (1, 1) if quick else (60, 3)
    numbers: list[int] = []

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
            from liveroom.models.simulation.world import World

            simulator = open_simulator(seed=1, minutes=minutes)
            world = World(simulator.scenario, simulator.seed, simulator.start_ms, simulator.source)
            began = time.perf_counter()
            for second in range(minutes * 60):
                list(world.step(second))
            list(world.close())
            return time.perf_counter() - began

        ours, alone = alternate(runs, subject, peer)
    length = minutes * 60
    yield Result(
        benchmark=f"rehearse {minutes} minutes, recorded",
        measured=length / ours,
        unit="x real time",
        peer="the simulation alone",
        limit=length / alone,
        goal=Goal("measured", at_least=500),
        note=f"{numbers[-1]:,} events",
    )
