"""Records events, then counts them: the store and the show of one session, side by side.

Belongs to the thread that opened it.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import structs

from liveroom.connectors.base import SetAside
from liveroom.errors import KnownError
from liveroom.history import show_of
from liveroom.models import rollup
from liveroom.models.camera import Camera, Caption
from liveroom.models.chat.chat_camera import ChatCamera
from liveroom.models.counting import ClockShift
from liveroom.models.earlier_shows import EarlierShow, EarlierShows
from liveroom.models.events import Event
from liveroom.models.facts import Fact, Mode
from liveroom.models.limits import misfit, misfits
from liveroom.models.past.as_of import as_of
from liveroom.models.show import Show
from liveroom.models.snapshot import Recording, Snapshot
from liveroom.session_file import SessionMeta
from liveroom.spill import forget, recover, spill
from liveroom.store import SessionStore

if TYPE_CHECKING:
    from concurrent.futures import Executor

log = logging.getLogger(__name__)

ROLLUP_EVERY = 65_536
ROLLUP_SHARE = 16
"""The counted state is saved every so many events; a longer session's when it grew by a sixteenth.

A session that was killed counts again what came after it. One that runs as fast as facts come saves when
it has doubled: nobody waits for it in the middle of a show, and it spends a sixth of its time less.
"""
RETRY_SECONDS = 1.0


class Recorder:
    """What is not recorded did not happen: every batch is written before it is counted."""

    def __init__(
        self, path: Path, meta: SessionMeta, *, safe: bool, beside: Executor | None = None
    ) -> None:
        """Open a session file: to look at (mode debrief), else to record into.

        `safe` syncs every batch to the disk, and saves what is counted more often. `beside` works out
        what would hold snapshots up. Raises KnownError where the file cannot be opened.
        """
        self._beside = beside
        self.trouble = ""
        self.errors: deque[str] = deque(maxlen=20)
        self.changed = True
        self._spilled = 0
        self._rollup_share = ROLLUP_SHARE if safe else 1
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
        self._asides: list[SetAside] = []
        self._counting: dict[Fact, str] = {}
        self._earlier = EarlierShows()
        self._shifts: dict[str, ClockShift] = {}
        self._rolled_up = self._settled = self._saved_up_to()
        self._back: Snapshot | None = None
        self._look_at(show_of(self.store))
        if not self._reads_only:
            self._take_back()

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
                new = self._append(batch)
            except KnownError as error:
                if not self.trouble:
                    log.error("not recording: %s", error)
                self.trouble, self.changed = str(error), True
                waiting()
                late = gives_up_at is not None and time.monotonic() >= gives_up_at
                # Not a lock but another writer: the file goes on without us, trying is no use.
                foreign = isinstance(error.__cause__, sqlite3.IntegrityError)
                if late or foreign or ending.wait(RETRY_SECONDS):
                    raise self.give_up(batch) from error
            else:
                break
        if self.trouble:
            log.warning("recording again")
            self.trouble = ""
        self._count(new)
        self._write_asides()

    def give_up(self, batch: Sequence[Event]) -> KnownError:
        """Spill a batch that cannot be written; return the error that says how many are where."""
        kept = spill(self.meta.session_id, [*batch, *self._asides])
        self._spilled += len(batch) + len(self._asides)
        self._asides.clear()
        where = f"kept in {kept} until the session is opened again" if kept else "lost: no disk"
        return KnownError(
            f"{self.trouble}; {self._spilled} events were not recorded and are {where}"
        )

    def keep_aside(self, item: SetAside) -> None:
        """Keep a payload that was not understood; waits in memory while it cannot be written."""
        if not self._reads_only:
            self._asides.append(item)
            self._write_asides()

    def snapshot(self, at: int, waiting: int = 0, *, ends: bool = False) -> Snapshot:
        """Return the state at `at` (ms UTC) with `waiting` batches still in the inbox.

        Where it `ends` with this one, nothing in it is as of some seconds before.
        """
        quiet, self.changed = not self.changed, False
        recording, errors = self._recording(waiting), tuple(self.errors)
        return self._camera.snapshot(at, recording, self._set_aside, errors, quiet=quiet, ends=ends)

    def look_back(self, at: int) -> Snapshot:
        """Return the state as of an earlier second (ms UTC), by all that is recorded now.

        The same object again while nothing was recorded since.
        """
        recording, last = self._recording(0), self._back
        if last is None or (last.at, last.recording) != (at, recording):
            camera = Camera(as_of(self._show, at), self._caption, self._earlier, self._past_chat)
            then = camera.snapshot(at, recording, self._set_aside, tuple(self.errors))
            last = self._back = structs.replace(then, is_past=True)
        return last

    def _recording(self, waiting: int) -> Recording:
        return Recording(
            path=str(self.store.path),
            events=self.store.last_seq,
            repeated=self.store.repeated,
            set_aside=sum(self._set_aside.values()),
            waiting=waiting,
            trouble=self.trouble,
        )

    def compare_with(self, earlier: EarlierShow) -> None:
        """Take an earlier show that snapshots compare this one with."""
        self._earlier.add(earlier)
        self.changed = True

    def close(self) -> None:
        """Keep the counted state and close the file."""
        try:
            self._write_asides()
            if self._asides:
                log.error("%s", self.give_up(()))
            if not self._reads_only and self.store.last_seq > self._rolled_up:
                self._save_rollup()
        finally:
            self.store.close()

    def _take_back(self) -> None:
        """Record what the last time had to be kept elsewhere."""
        events, asides = recover(self.meta.session_id)
        if events or asides:
            self._count(self._append(events))
            self._asides.extend(asides)
            self._write_asides()
            forget(self.meta.session_id)
            log.info("%d events of the last time were saved", len(events))

    def _append(self, batch: Sequence[Event]) -> Sequence[Event]:
        """Write a batch and return what is new of it; what cannot be written is set aside."""
        sound = batch
        if refused := misfits(batch):
            self._refuse(refused)
            sound = [event for event in batch if event not in refused]
        try:
            return self.store.append(sound)
        except KnownError:
            raise
        except Exception:
            # One event that SQLite or UTF-8 cannot hold must not cost the others.
            log.exception("a batch of %d cannot be written as it is", len(sound))
        if len(sound) == 1:
            self._refuse(sound, "it cannot be stored")
            return []
        half = len(sound) // 2
        return [*self._append(sound[:half]), *self._append(sound[half:])]

    def _refuse(self, events: Sequence[Event], why: str = "") -> None:
        for event in events:
            self._asides.append(
                SetAside(
                    source=event.source.encode(errors="replace").decode(),
                    received_at=0 if misfit(event) else event.received_at,
                    reason=f"{type(event).__name__} {event.source_id!a}: {why or misfit(event)}",
                    payload=ascii(event),
                )
            )

    def _write_asides(self) -> None:
        while self._asides:
            item = self._asides[0]
            try:
                new = self.store.set_aside(item.source, item.received_at, item.reason, item.payload)
            except KnownError as error:
                log.warning("a payload waits to be set aside: %s", error)
                return
            except Exception:
                log.exception("a payload cannot be set aside: %a", item)
                new = False
            del self._asides[0]
            if new:
                self._set_aside[item.source] = self._set_aside.get(item.source, 0) + 1
                self.changed = True

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
        self._write_counting()
        last = self.store.last_seq
        if last - self._rolled_up >= max(ROLLUP_EVERY, self._rolled_up // self._rollup_share):
            self._save_rollup()
        elif last - self._settled >= ROLLUP_EVERY:
            self._settle()

    def _look_at(self, show: Show) -> None:
        self._show = show
        self._camera = Camera(show, self._caption, self._earlier, beside=self._beside)
        # Questions keep what they are about, whichever moment is looked back at.
        self._past_chat = ChatCamera(show)

    def _saved_up_to(self) -> int:
        """Return how many events are in the saved state: fewer than there are, where it was killed."""
        saved = None if self._reads_only else self.store.load_rollup(rollup.VERSION)
        return 0 if saved is None else saved[0]

    # What follows can be made again from the events: a failure is no reason to stop recording.

    def _write_counting(self) -> None:
        counting = self._show.counting.by_fact()
        shifts = self._show.counting.shifts
        if counting == self._counting and shifts == self._shifts:
            return
        try:
            self.store.set_counting(counting)
            self.store.set_clock_shifts({source: shift.ms for source, shift in shifts.items()})
        except KnownError as error:
            log.warning("the counting sources were not written: %s", error)
        else:
            self._counting, self._shifts = counting, dict(shifts)

    def _settle(self) -> None:
        self._show.settle()
        self._settled = self.store.last_seq

    def _save_rollup(self) -> None:
        try:
            self.store.save_rollup(rollup.dump(self._show), rollup.VERSION)
        except KnownError as error:
            log.warning("the counted state was not saved: %s", error)
        self._rolled_up = self._settled = self.store.last_seq
