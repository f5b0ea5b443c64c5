"""How fast events are recorded and counted, against rows written by sqlite3 alone."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.feeds import Feed, Prepared, seconds_to_record
from benchmarks.harness import Goal, Result, alternate, scratch
from benchmarks.mix import show_events
from benchmarks.raw_sqlite import Batches, batches_of, seconds_to_write
from benchmarks.wire import encode, parser
from liveroom.models.events import Event
from liveroom.models.facts import Fact

_SOURCES = {
    "room": (Fact.AUDIENCE, Fact.VISITS, Fact.PRODUCT_VIEWS, Fact.PRODUCT_CLICKS),
    "shop": (Fact.CARTS, Fact.ORDERS),
    "chat": (Fact.CHAT,),
}
_PEER = "executemany of the same rows, unique index"


def measure(quick: bool) -> Iterator[Result]:
    """Record ready events, then the same from JSON through three connectors."""
    number, runs = (5_000, 1) if quick else (300_000, 5)
    with scratch() as folder:
        yield _from_events(number, runs, folder)
        yield _from_json(number, runs, folder)


def _from_events(number: int, runs: int, folder: Path) -> Result:
    events = list(show_events(number))
    batches = batches_of(events)

    def subject() -> float:
        go = threading.Event()
        return seconds_to_record(folder / "a.liveroom", [Feed(events, go=go)], go)

    return _against_raw("record events", 0.45, number, runs, subject, batches, folder)


def _from_json(number: int, runs: int, folder: Path) -> Result:
    events: list[Event] = list(show_events(number, sources=("room", "shop", "chat")))
    batches = batches_of(events)
    texts: dict[str, list[bytes]] = {source: [] for source in _SOURCES}
    for event in events:
        texts[event.source].append(encode(event))
    events.clear()

    def subject() -> float:
        go = threading.Event()
        connectors = [
            Prepared(source, provides, texts[source], parser(source), go)
            for source, provides in _SOURCES.items()
        ]
        return seconds_to_record(folder / "b.liveroom", connectors, go)

    name = "record from JSON, three connectors"
    return _against_raw(name, 0.35, number, runs, subject, batches, folder)


def _against_raw(
    name: str,
    goal: float,
    number: int,
    runs: int,
    subject: Callable[[], float],
    batches: Batches,
    folder: Path,
) -> Result:
    def peer() -> float:
        return seconds_to_write(batches, folder / "raw.db", unique=True)

    ours, raw = alternate(runs, subject, peer)
    return Result(
        benchmark=name,
        measured=number / ours,
        unit="events/s",
        peer=_PEER,
        limit=number / raw,
        goal=Goal("ratio", at_least=goal),
    )
