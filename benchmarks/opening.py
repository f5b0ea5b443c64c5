"""How long a session of a million events takes to open, against reading its rows back."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from benchmarks.feeds import prepare
from benchmarks.harness import Goal, Result, alternate, in_process_of_its_own, scratch
from benchmarks.mix import START_MS, show_events

_PEER = "fetchall of its rows"


def measure(quick: bool) -> Iterator[Result]:
    """Open a session that was closed in order, and one that was killed."""
    number, runs = (20_000, 1) if quick else (1_000_000, 5)
    with scratch() as folder:
        path = folder / "million.liveroom"
        _record(path, number, killed=False)
        yield _opened("open a session", path, runs, Goal("ratio", at_most=0.25))
        path.unlink()
        _record(path, number, killed=True)
        note = f"{_uncounted(number):,} events came after the last saved counts, which is the most"
        yield _opened("open a killed session", path, runs, None, note)


def _record(path: Path, number: int, killed: bool) -> None:
    """Record events at 20 a second; a killed session is about to save its counts again."""
    if not killed:
        prepare(path, show_events(number, per_second=20))
        return
    part = number - _uncounted(number)
    prepare(path, show_events(part, per_second=20))
    with sqlite3.connect(path) as connection:
        saved = connection.execute("SELECT * FROM rollups").fetchall()
    prepare_on(path, number, part)
    with sqlite3.connect(path) as connection:
        connection.executemany("INSERT OR REPLACE INTO rollups VALUES (?, ?, ?, ?)", saved)
    connection.close()


def _uncounted(number: int) -> int:
    """Return how many of so many events the saved counts lack at most."""
    from liveroom.recorder import ROLLUP_EVERY, ROLLUP_SHARE

    return min(number - 1, max(ROLLUP_EVERY, number // (ROLLUP_SHARE + 1)))


def prepare_on(path: Path, number: int, part: int) -> None:
    """Go on recording where the first `part` of `number` events ended."""
    from benchmarks.feeds import meta
    from liveroom.recorder import Recorder

    recorder = Recorder(path, meta(), safe=False)
    ids = (f"later-{place:09d}" for place in count())
    rest = show_events(
        number - part, per_second=20, start_ms=START_MS + part * 50, seed=2, ids=lambda: next(ids)
    )
    recorder.store.append(list(rest))
    recorder.store.close()


def _opened(name: str, path: Path, runs: int, goal: Goal | None, note: str = "") -> Result:
    def subject() -> float:
        return float(in_process_of_its_own("opening:seconds_to_open", path=str(path)))

    def peer() -> float:
        return float(in_process_of_its_own("opening:seconds_to_fetch", path=str(path)))

    ours, raw = alternate(runs, subject, peer)
    return Result(
        benchmark=name,
        measured=ours * 1000,
        unit="ms",
        peer=_PEER,
        limit=raw * 1000,
        goal=goal,
        note=note,
    )


def seconds_to_open(path: str) -> float:
    """Open a session file and take the first snapshot."""
    from liveroom.history import show_of
    from liveroom.models.camera import Camera, Caption
    from liveroom.models.snapshot import Recording
    from liveroom.store import SessionStore

    began = time.perf_counter()
    store = SessionStore.read(Path(path))
    Camera(show_of(store), Caption()).snapshot(START_MS, Recording())
    seconds = time.perf_counter() - began
    store.close()
    return seconds


def seconds_to_fetch(path: str) -> float:
    """Read all rows of the file's events and order lines."""
    import gc

    # A hundred thousand tuples would wake the collector again and again: not the peer's fault.
    gc.disable()
    began = time.perf_counter()
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT * FROM events").fetchall()
    lines = connection.execute("SELECT * FROM order_lines").fetchall()
    seconds = time.perf_counter() - began
    connection.close()
    assert rows
    assert lines
    return seconds
