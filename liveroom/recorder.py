"""Records events, then counts them: the store and the show of one session, side by side.

Belongs to the thread that opened it.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path

from liveroom.connectors.base import SetAside
from liveroom.errors import KnownError
from liveroom.history import show_of
from liveroom.models import rollup
from liveroom.models.camera import Camera, Caption
from liveroom.models.events import Event
from liveroom.models.facts import Fact, Mode
from liveroom.models.show import Show
from liveroom.models.snapshot import Recording, Snapshot
from liveroom.session_file import SessionMeta
from liveroom.spill import forget, recover, spill
from liveroom.store import SessionStore

log = logging.getLogger(__name__)

ROLLUP_EVERY = 65_536
RETRY_SECONDS = 1.0


class Recorder:
    """What is not recorded did not happen: every batch is written before it is counted."""

    def __init__(self, path: Path, meta: SessionMeta, *, safe: bool) -> None:
        """Open a session file: to look at (mode debrief), else to record into.

        `safe` syncs every batch to the disk. Raises KnownError where the file cannot be opened.
        """
        self.trouble = ""
        self._spilled = 0
        self.errors: deque[str] = deque(maxlen=20)
        self.changed = True
        self._reads_only = meta.mode == Mode.DEBRIEF
        self.store = (
            SessionStore.read(path)
            if self._reads_only
            else SessionStore.record(path, meta, safe=safe)
        )
        self.meta = self.store.meta
        self._caption = Caption(
            mode=Mode(meta.mode), title=self.meta.title, timezone=self.meta.timezone
        )
        self._set_aside = self.store.set_aside_counts()
        self._counting: dict[Fact, str] = {}
        self._rolled_up = self.store.last_seq
        self._look_at(show_of(self.store))
        if not self._reads_only and (unsaved := recover(path)):
            self._count(self.store.append(unsaved))
            forget(path)
            log.info("%d events of the last time were saved", len(unsaved))

    @property
    def show(self) -> Show:
        """Return the show as counted so far."""
        return self._show

    def take_in(
        self,
        batch: Sequence[Event],
        ending: threading.Event,
        patience_seconds: float | None,
        waiting: Callable[[], None],
    ) -> None:
        """Record a batch and count what is new of it; tries again while it cannot be written.

        Calls `waiting` at every failure. Gives up after `patience_seconds` (None: never) or when
        `ending` is set: then the batch is spilled and KnownError says where.
        """
        if self._reads_only:
            return
        gives_up_at = None if patience_seconds is None else time.monotonic() + patience_seconds
        while True:
            try:
                new = self.store.append(batch)
            except KnownError as error:
                if not self.trouble:
                    log.error("not recording: %s", error)
                self.trouble, self.changed = str(error), True
                waiting()
                late = gives_up_at is not None and time.monotonic() >= gives_up_at
                if late or ending.wait(RETRY_SECONDS):
                    raise self.give_up(batch) from error
            else:
                break
        if self.trouble:
            log.warning("recording again")
            self.trouble = ""
        self._count(new)

    def give_up(self, batch: Sequence[Event]) -> KnownError:
        """Spill a batch that cannot be written; return the error that says how many are where."""
        kept = spill(self.store.path, batch)
        self._spilled += len(batch)
        where = f"kept in {kept} until the session is opened again" if kept else "lost: no disk"
        return KnownError(
            f"{self.trouble}; {self._spilled} events were not recorded and are {where}"
        )

    def keep_aside(self, item: SetAside) -> None:
        """Keep a payload that was not understood."""
        if self._reads_only:
            return
        try:
            new = self.store.set_aside(item.source, item.received_at, item.reason, item.payload)
        except KnownError as error:
            self.trouble = str(error)
            return
        if new:
            self._set_aside[item.source] = self._set_aside.get(item.source, 0) + 1
            self.changed = True

    def snapshot(self, at: int, waiting: int = 0) -> Snapshot:
        """Return the state at `at` (ms UTC) with `waiting` batches still in the inbox."""
        self.changed = False
        recording = Recording(
            path=str(self.store.path),
            events=self.store.last_seq,
            repeated=self.store.repeated,
            set_aside=sum(self._set_aside.values()),
            waiting=waiting,
            trouble=self.trouble,
        )
        return self._camera.snapshot(at, recording, self._set_aside, tuple(self.errors))

    def close(self) -> None:
        """Keep the counted state and close the file."""
        try:
            if not self._reads_only and self.store.last_seq > self._rolled_up:
                self._save_rollup()
        except KnownError as error:
            log.warning("the counted state was not saved: %s", error)
        finally:
            self.store.close()

    def _count(self, new: Sequence[Event]) -> None:
        apply = self._show.apply
        for event in new:
            try:
                apply(event)
            except Exception as error:
                log.exception("not counted: %r", event)
                self.errors.append(f"{type(event).__name__} not counted: {error!r}")
        self.changed = self.changed or bool(new)
        if self._show.counting.recount:
            self._look_at(show_of(self.store))
        counting = self._show.counting.by_fact()
        if counting != self._counting:
            self.store.set_counting(counting)
            self._counting = counting
        if self.store.last_seq - self._rolled_up >= max(ROLLUP_EVERY, self._rolled_up // 4):
            self._save_rollup()

    def _look_at(self, show: Show) -> None:
        self._show = show
        self._camera = Camera(show, self._caption)

    def _save_rollup(self) -> None:
        self.store.save_rollup(rollup.dump(self._show), rollup.VERSION)
        self._rolled_up = self.store.last_seq
