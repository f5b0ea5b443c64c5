"""A recorded session as it looked at an instant: what a picture of its desk shows."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec import Struct, structs

from liveroom.errors import KnownError
from liveroom.history import show_of
from liveroom.models.camera import Camera, Caption
from liveroom.models.chat.chat_camera import ChatCamera
from liveroom.models.facts import Mode
from liveroom.models.past.as_of import as_of
from liveroom.models.score_card import ScoreCard
from liveroom.models.show import Show
from liveroom.models.snapshot import Recording, Snapshot
from liveroom.models.window import Window
from liveroom.store import SessionStore


class Shot(Struct, frozen=True, kw_only=True):
    """What a desk is pictured with."""

    snapshot: Snapshot
    score: ScoreCard | None
    """Of a rehearsal as it ended; None at an instant before."""


def shot_of(path: Path, at: Callable[[str], int] | None = None) -> Shot:
    """Return a session as it ended, or at the instant that `at` reads in its time zone (ms UTC).

    Not beside earlier shows: a session gives the same picture wherever its file lies. Raises KnownError
    for a session that cannot be read, or an instant outside of it.
    """
    store = SessionStore.read(path)
    try:
        show = show_of(store)
        asked = None if at is None else at(store.meta.timezone)
        if asked is not None:
            _check_span(path, show, asked, store.meta.timezone)
        now = show.last_at if asked is None else asked
        instant = int(time.time() * 1000) if now is None else now
        aside = store.set_aside_counts()
        recording = Recording(path=str(path), events=store.last_seq, set_aside=sum(aside.values()))
        caption = Caption(mode=Mode.DEBRIEF, title=store.meta.title, timezone=store.meta.timezone)
        # As for a desk that looks back: the chat is told as of any instant from the whole of it.
        seen = show if asked is None else as_of(show, asked)
        camera = Camera(seen, caption, chat=ChatCamera(show))
        snapshot = camera.snapshot(instant, recording, aside)
        if asked is not None:
            snapshot = structs.replace(snapshot, is_past=True)
        return Shot(snapshot=snapshot, score=store.load_score() if asked is None else None)
    finally:
        store.close()


def _check_span(path: Path, show: Show, at: int, timezone: str) -> None:
    if show.first_at is None or show.last_at is None:
        raise KnownError(
            f"nothing was counted in {path}, so it has no instant to go to: leave --at out"
        )
    if not show.first_at <= at <= show.last_at:
        first, last = (_iso(edge, timezone) for edge in (show.first_at, show.last_at))
        raise KnownError(
            f"{_iso(at, timezone)} is not in {path}, which goes from {first} to {last}: "
            "choose an instant between them"
        )


def check_window(path: Path, show: Show, window: Window, timezone: str) -> None:
    """Raise KnownError for a window that has nothing of a show in it because it lies beside it."""
    if show.first_at is None or show.last_at is None:
        return
    if window.end <= show.first_at or window.start > show.last_at:
        first, last = (_iso(edge, timezone) for edge in (show.first_at, show.last_at))
        raise KnownError(
            f"nothing of {path} lies between --from and --to: it goes from {first} to {last}"
        )


def _iso(at: int, timezone: str) -> str:
    moment = datetime.fromtimestamp(at // 1000, ZoneInfo(timezone))
    return moment.isoformat()
