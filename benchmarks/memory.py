"""How much memory a show takes as it grows."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.harness import Goal, Result, in_process_of_its_own, scratch


def measure(quick: bool) -> Iterator[Result]:
    """Let a session grow by a million events, without and with the desk open."""
    number = 20_000 if quick else 1_000_000
    for desk in (False, True):
        grown = in_process_of_its_own("memory:grow", number=number, desk=desk)
        yield Result(
            benchmark="memory, desk open" if desk else "memory, headless",
            measured=grown["growth_mb"] * 1e6 / number,
            unit="MB per million events",
            goal=Goal("measured", at_most=40),
            note=f"{grown['resident_mb']:.0f} MB in all; the first {number:,} events not counted",
        )


def grow(number: int, desk: bool) -> dict[str, float]:
    """Return what `number` events added to resident memory after as many others."""
    from benchmarks.feeds import Feed, seconds_to_record
    from benchmarks.mix import show_events

    at: list[float] = []

    def events() -> Iterator[Any]:
        source = show_events(2 * number)
        # SQLite fills its page cache (64 MB) first; that does not grow with the show.
        yield from islice(source, number)
        at.append(resident_mb())
        yield from source
        at.append(resident_mb())

    with scratch() as folder:
        path = folder / "memory.liveroom"
        if desk:
            from benchmarks.desk import run_until

            run_until(lambda: len(at) == 2, path, Feed(events()), speed=None)
        else:
            go = threading.Event()
            seconds_to_record(path, [Feed(events(), go=go)], go)
    return {"growth_mb": at[1] - at[0], "resident_mb": at[1]}


def resident_mb() -> float:
    """Return how much memory this process holds."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
