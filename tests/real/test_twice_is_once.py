"""However the events of a recording arrive, its key figures are those of a clean run."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from liveroom.models.events import Event
from liveroom.models.facts import Mode
from liveroom.recorder import Recorder
from liveroom.session_file import SessionMeta, new_meta
from liveroom.store import SessionStore
from tests.real.recordings import RECORDINGS, kpis, replay

Replayed = Callable[[str], Path]
NAMES = ("gms", "sgdq", "uci", "otto", "irc")


def recorded(session: Path) -> tuple[SessionMeta, list[Event]]:
    store = SessionStore.read(session)
    try:
        return store.meta, [event for batch in store.events() for event in batch]
    finally:
        store.close()


def record(path: Path, meta: SessionMeta, batches: Sequence[Sequence[Event]]) -> Path:
    own = new_meta(Mode.REPLAY, meta.title, currency=meta.currency, timezone=meta.timezone)
    store = SessionStore.record(path, own, safe=False)
    for batch in batches:
        store.append(batch)
    store.close()
    # Counted by the same hands as in a show.
    recorder = Recorder(path, own, safe=False)
    recorder.close()
    return path


def in_batches(events: Sequence[Event], size: int = 700) -> list[Sequence[Event]]:
    return [events[start : start + size] for start in range(0, len(events), size)]


@pytest.mark.parametrize("name", NAMES)
def test_replaying_again_into_the_same_session(
    name: str, replayed: Replayed, shared_data: Path, tmp_path: Path
) -> None:
    session = tmp_path / "twice.liveroom"
    source = RECORDINGS[name].source(shared_data)
    replay(source, session)
    replay(source, session)
    assert kpis(session) == kpis(replayed(name))


@pytest.mark.parametrize("name", NAMES)
def test_every_event_delivered_twice_and_shuffled_within_a_minute(
    name: str, replayed: Replayed, tmp_path: Path
) -> None:
    meta, events = recorded(replayed(name))
    dice = random.Random(name)
    late = sorted([*events, *events], key=lambda event: event.received_at + dice.randrange(60_000))
    session = record(tmp_path / "shuffled.liveroom", meta, in_batches(late))
    assert kpis(session) == kpis(replayed(name))


@pytest.mark.parametrize("name", NAMES)
def test_counted_as_it_came_and_counted_again_from_the_file(
    name: str, replayed: Replayed, tmp_path: Path
) -> None:
    meta, events = recorded(replayed(name))
    session = record(tmp_path / "again.liveroom", meta, in_batches(events))
    assert kpis(session) == kpis(replayed(name))
