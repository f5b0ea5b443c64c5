"""Turns what the user names into a session ready to start: a recording, a folder, a rehearsal."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct, structs

from liveroom.clock import LiveClock, ShowClock
from liveroom.connectors import CONNECTORS
from liveroom.connectors.base import Connector
from liveroom.connectors.recording import Recording
from liveroom.errors import KnownError
from liveroom.models.facts import Mode
from liveroom.models.snapshot import Snapshot
from liveroom.models.window import Window
from liveroom.paths import sessions_dir
from liveroom.session import Session
from liveroom.session_file import SUFFIX, SessionMeta, new_meta
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


def rehearsal(
    seed: int,
    speed: float | None,
    minutes: int | None,
    session: Path | None,
    scenario: str = "first_show",
    policy: str = "none",
    trouble: str = "none",
    producer: str = "",
) -> Plan:
    """Return an offline rehearsal; see `liveroom.scenarios` for what the words mean."""
    from liveroom.connectors.simulator import open_simulator

    simulator = open_simulator(
        seed=seed, minutes=minutes, scenario=scenario, policy=policy, trouble=trouble
    )
    meta = new_meta(
        Mode.REHEARSAL,
        simulator.show_title,
        currency=simulator.currency,
        timezone=simulator.timezone,
        origin=f"the rehearsal {simulator.scenario.title!r} with seed {seed}",
    )
    meta = structs.replace(meta, producer=producer)
    return Plan(
        path=session or _new_path(f"rehearsal-{seed}"),
        meta=meta,
        connectors=(simulator,),
        speed=speed,
        starts_at=simulator.start_ms,
    )


def recording(source: Path, mapping: str | None = None, window: Window | None = None) -> Recording:
    """Open a recording, or a window of it, with the first of `CONNECTORS` that reads its kind."""
    if not source.exists():
        raise KnownError(f"there is no {source}; give an existing file or folder to replay")
    for load in CONNECTORS:
        kind = load()
        if issubclass(kind, Recording) and kind.reads(source):
            found = kind.open(source, mapping)
            found.window = window or found.window
            return found
    raise KnownError(f"nothing here reads {source}")


def replay(recording: Recording, speed: float | None, session: Path | None) -> Plan:
    """Return the replay of a recording."""
    path = session or _new_path(f"replay-{recording.path.name.split('.')[0]}")
    return Plan(path=path, meta=recording.session_meta(), connectors=(recording,), speed=speed)


def recorded(path: Path) -> Plan:
    """Return a recorded session to look at."""
    store = SessionStore.read(path)
    meta = structs.replace(store.meta, mode=Mode.DEBRIEF.value)
    store.close()
    return Plan(path=path, meta=meta, connectors=(), speed=None)


def new_show(title: str, currency: str, timezone: str) -> Plan:
    """Return a live show of one's own, of which no source reports anything yet."""
    meta = new_meta(Mode.LIVE, title, currency=currency, timezone=timezone)
    return Plan(path=_new_path(title), meta=meta, connectors=(), speed=None)


def _new_path(name: str) -> Path:
    slug = re.sub(r"[^A-Za-z0-9_-]+", "-", name).strip("-") or "session"
    stamp = time.strftime("%Y%m%d-%H%M%S")
    path = sessions_dir() / f"{slug}-{stamp}{SUFFIX}"
    number = 2
    while path.exists():
        path = sessions_dir() / f"{slug}-{stamp}-{number}{SUFFIX}"
        number += 1
    return path
