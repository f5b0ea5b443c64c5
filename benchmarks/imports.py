"""How fast big files come in: an order book end to end, and a million facts with random ids."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.feeds import Feed, seconds_to_record
from benchmarks.harness import SHARED_DATA, Goal, Result, alternate, scratch
from benchmarks.mix import random_ids, show_events
from benchmarks.raw_sqlite import batches_in, batches_of, seconds_to_write
from liveroom import sources
from liveroom.headless import Watcher, play

ORDER_BOOK = SHARED_DATA / "uci_online_retail" / "bench_2011-01_to_2011-10.csv.gz"
ORDER_BOOK_LINES = 389_192
_PEER = "executemany of the resulting rows, no index"


def measure(quick: bool) -> Iterator[Result]:
    """Import the order book, then events with random ids."""
    with scratch() as folder:
        if not quick:
            yield _order_book(folder)
        yield _random_ids(5_000 if quick else 1_000_000, 1 if quick else 3, folder)


def _order_book(folder: Path) -> Result:
    name = "import the order book"
    if not ORDER_BOOK.exists():
        return Result(benchmark=name, note=f"left out: no {ORDER_BOOK}")
    session = folder / "book.liveroom"

    def subject() -> float:
        session.unlink(missing_ok=True)
        began = time.perf_counter()
        watcher = Watcher()
        plan = sources.replay(sources.recording(ORDER_BOOK), None, session)
        play(plan.session(watcher, 1.0), watcher)
        return time.perf_counter() - began

    subject()
    batches = batches_in(session)
    ours, raw = alternate(3, subject, lambda: seconds_to_write(batches, folder / "raw.db", False))
    return Result(
        benchmark=name,
        measured=ORDER_BOOK_LINES / ours,
        unit="lines/s",
        peer=_PEER,
        limit=ORDER_BOOK_LINES / raw,
        note=f"{ours:.1f} s with unpacking, parsing and grouping; the peer has its rows ready",
    )


def _random_ids(number: int, runs: int, folder: Path) -> Result:
    events = list(show_events(number, ids=random_ids()))
    batches = batches_of(events)

    def subject() -> float:
        go = threading.Event()
        return seconds_to_record(folder / "random.liveroom", [Feed(events, go=go)], go)

    raw_path = folder / "raw.db"
    ours, raw = alternate(runs, subject, lambda: seconds_to_write(batches, raw_path, unique=False))
    unique = seconds_to_write(batches, raw_path, unique=True)
    return Result(
        benchmark="import random 128-bit ids",
        measured=number / ours,
        unit="events/s",
        peer=_PEER,
        limit=number / raw,
        goal=Goal("ratio", at_least=0.4),
        note=f"with a unique index executemany itself reaches {number / unique:,.0f}/s",
    )
