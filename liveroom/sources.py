"""Turns what the user names into a session ready to start: a recording, a folder, a rehearsal."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct, structs

from liveroom.clock import LiveClock, ShowClock
from liveroom.connectors.base import Connector
from liveroom.connectors.recorded_session import RecordedSession
from liveroom.connectors.simulator import open_simulator
from liveroom.connectors.table import open_table
from liveroom.models.facts import Mode
from liveroom.models.snapshot import Snapshot
from liveroom.models.window import Window
from liveroom.paths import sessions_dir
from liveroom.session import Session
from liveroom.session_file import SUFFIX, SessionMeta, is_session, new_meta
from liveroom.store import SessionStore

Publish = Callable[[Snapshot], None]


class Plan(Struct, frozen=True, kw_only=True):
    """A session that is ready to be started: where it records, what it is, and from what."""

    path: Path
    meta: SessionMeta
    connectors: tuple[Connector, ...]
    speed: float | None
    starts_at: int | None = None
    """When the show begins on its own clock (ms UTC), where that is known before it is played."""

    def session(
        self, publish: Publish | None = None, patience_seconds: float | None = None
    ) -> Session:
        """Return the session, not yet started."""
        clock = ShowClock(self.speed, self.starts_at) if self.connectors else LiveClock()
        return Session(
            self.path,
            self.meta,
            self.connectors,
            clock,
            publish,
            patience_seconds=patience_seconds,
        )


def rehearsal(seed: int, speed: float | None, minutes: int | None, session: Path | None) -> Plan:
    """Return an offline rehearsal."""
    simulator = open_simulator(seed=seed, minutes=minutes)
    meta = new_meta(
        Mode.REHEARSAL,
        simulator.show_title,
        currency=simulator.currency,
        timezone=simulator.timezone,
        origin=f"the rehearsal {simulator.scenario.title!r} with seed {seed}",
    )
    return Plan(
        path=session or _new_path(f"rehearsal-{seed}"),
        meta=meta,
        connectors=(simulator,),
        speed=speed,
        starts_at=simulator.start_ms,
    )


def replay(
    source: Path,
    mapping: str | None,
    window: Window,
    speed: float | None,
    session: Path | None,
) -> Plan:
    """Return the replay of a recording: a liveroom session, or files read through a mapping."""
    connector: Connector
    if is_session(source):
        recorded = RecordedSession(source, window)
        # The same show, recorded another time: people keep their keys, the file is its own.
        own = new_meta(Mode.REPLAY, recorded.meta.title)
        meta = structs.replace(
            recorded.meta,
            mode=own.mode,
            session_id=own.session_id,
            created_at=own.created_at,
            made_by=own.made_by,
            origin="",
        )
        connector = recorded
    else:
        table = open_table(
            source,
            mapping,
            *window.edges,
        )
        meta = new_meta(
            Mode.REPLAY,
            table.show_title,
            currency=table.currency,
            rates=table.rates,
            timezone=table.timezone,
        )
        connector = table
    path = session or _new_path(f"replay-{source.name.split('.')[0]}")
    return Plan(path=path, meta=meta, connectors=(connector,), speed=speed)


def timezone_of(source: Path, mapping: str | None) -> str:
    """Return the time zone in which instants of a recording are meant when they name none."""
    if is_session(source):
        return RecordedSession(source).meta.timezone
    return open_table(source, mapping, None, None).timezone


def recorded(path: Path) -> Plan:
    """Return a recorded session to look at."""
    store = SessionStore.read(path)
    meta = structs.replace(store.meta, mode=Mode.DEBRIEF.value)
    store.close()
    return Plan(path=path, meta=meta, connectors=(), speed=None)


def _new_path(name: str) -> Path:
    slug = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-") or "session"
    stamp = time.strftime("%Y%m%d-%H%M%S")
    path = sessions_dir() / f"{slug}-{stamp}{SUFFIX}"
    number = 2
    while path.exists():
        path = sessions_dir() / f"{slug}-{stamp}-{number}{SUFFIX}"
        number += 1
    return path
