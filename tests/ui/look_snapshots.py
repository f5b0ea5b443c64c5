"""The states in which a panel is looked at: empty, partial, stale, full, and ten times as much."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from msgspec.structs import replace

from liveroom.models.camera import Camera, Caption
from liveroom.models.facts import ConnectionState, Mode
from liveroom.models.rehearsal.trial import Trial
from liveroom.models.snapshot import Recording, Snapshot
from liveroom.scenarios import read_case, read_scenario
from tests.ui import snapshots

SECOND = 2400
_SILENT_MS = 400_000
_TIMES = 10
_LONG = " edição limitada de aniversário"


@lru_cache(maxsize=1)
def full() -> Snapshot:
    """Return case C9 forty minutes into the show, on air, with a segment and an offer running."""
    scenario = read_scenario("c09")
    case = read_case("c09", scenario)
    assert case is not None
    trial, number = Trial(scenario, 1, case.policy), 0
    for events in trial.events():
        number += len(events)
        if trial.second >= SECOND:
            break
    caption = Caption(mode=Mode.LIVE, title=scenario.title, timezone=scenario.timezone)
    recording = Recording(path="show.liveroom", events=number)
    return Camera(trial.show, caption).snapshot(scenario.starts_at + SECOND * 1000, recording)


def stale() -> Snapshot:
    """Return it while no source delivers: one late, the others in trouble for a long reason."""
    shown = full()
    reasons = ("", "HTTPS request timed out after 30 seconds; the shop answered 503 before that")
    connections = tuple(
        replace(
            one,
            state=ConnectionState.RUNNING if place == 0 else ConnectionState.FAILING,
            due_ms=60_000,
            reason=reasons[min(place, 1)],
            last_received_at=shown.at - _SILENT_MS,
            next_try_at=shown.at + 30_000,
            errors=3,
        )
        for place, one in enumerate(shown.connections)
    )
    sources = tuple(replace(one, received_at=shown.at - _SILENT_MS) for one in shown.sources)
    recording = replace(shown.recording, waiting=320, trouble="the disk is full")
    return replace(shown, connections=connections, sources=sources, recording=recording)


def tenfold() -> Snapshot:
    """Return a show of ten times as much: numbers, products, segments, sources, names."""
    shown = full()
    products = tuple(
        _larger(replace(row, sku=f"{row.sku}-{n}", name=f"{row.name}{_LONG} {n}"))
        for n in range(_TIMES)
        for row in shown.products
    )
    segments = tuple(
        replace(one, title=f"{one.title}{_LONG}") for one in shown.run_of_show.segments
    )
    connections = tuple(
        replace(
            one, source=f"{one.source}{n}" if n else one.source, title=f"{one.title}{_LONG} {n}"
        )
        for n in range(4)
        for one in shown.connections
    )
    sales = tuple(_larger(one) for one in shown.segment_sales)
    return replace(
        shown,
        title=f"{shown.title}{_LONG}",
        totals=_larger(shown.totals),
        recent=_larger(shown.recent),
        earlier=_larger(shown.earlier),
        audience=_larger(shown.audience),
        products=(*shown.products, *products),
        channels=tuple(
            _larger(replace(row, label=f"{row.label}{_LONG}" if row.label else ""))
            for row in shown.channels
        ),
        run_of_show=replace(shown.run_of_show, segments=segments),
        segment_sales=sales,
        connections=connections,
        journal=shown.journal * _TIMES,
        recording=replace(shown.recording, events=123_456_789, set_aside=1234, waiting=9999),
        errors=("apply: ValueError",) * 12,
        money_set_aside={"USD": 12_345_600, "EUR": 98_765_400},
    )


def _larger(counts: Any) -> Any:
    """Return counts and amounts times ten; rates and times stay as they are."""
    changes = {
        name: getattr(counts, name) * _TIMES
        for name in counts.__struct_fields__
        if isinstance(getattr(counts, name), int) and not name.endswith("_at")
    }
    return replace(counts, **changes)


STATES = {
    "empty": snapshots.empty,
    "partial": lambda: snapshots.only_orders(mode=Mode.LIVE),
    "stale": stale,
    "full": full,
    "ten times": tenfold,
}
