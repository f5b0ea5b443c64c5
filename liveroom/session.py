"""A session: the one thread that owns a show's state, from inbox to record, apply and publish."""

from __future__ import annotations

import contextlib
import logging
import queue
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures.thread import ThreadPoolExecutor
from hashlib import blake2b
from pathlib import Path

from msgspec import structs

from liveroom.clock import Clock, ShowClock
from liveroom.connectors.base import BATCH, Connector, Link, SetAside
from liveroom.earlier_files import earlier_shows
from liveroom.errors import CommandRefused, KnownError
from liveroom.look_back import LookBack
from liveroom.memory import return_large_arrays
from liveroom.models.commands import (
    Command,
    JumpToNextSegment,
    RestartConnector,
    SetSpeed,
)
from liveroom.models.direction import confirm, given
from liveroom.models.earlier_shows import EarlierShow
from liveroom.models.events import Event, SourceAttached
from liveroom.models.facts import Mode
from liveroom.models.pacing import check_speed, next_segment_at
from liveroom.models.score_card import ScoreCard
from liveroom.models.snapshot import Snapshot
from liveroom.recorder import Recorder
from liveroom.session_file import SessionMeta

log = logging.getLogger(__name__)

PUBLISH_EVERY_SECONDS = 0.1
IDLE_PUBLISH_SECONDS = 1.0
READ_EARLIER_SECONDS = 0.02
LARGEST_BATCH = 8192
INBOX_BATCHES = 64

Item = Sequence[Event] | SetAside | None

_OWN_SOURCES = {Mode.REHEARSAL: "simulated", Mode.REPLAY: "recorded"}
"""What a session without real platforms is made of; nothing else gets into it, and no command out."""


class Session:
    """Runs a show from its connectors, or just shows a recorded one when there are none."""

    def __init__(
        self,
        path: Path,
        meta: SessionMeta,
        connectors: Sequence[Connector],
        clock: Clock,
        publish: Callable[[Snapshot], None] | None = None,
        *,
        patience_seconds: float | None = None,
    ) -> None:
        """Record into `path`; `publish` is called in the session's thread, at most ten times a second.

        `patience_seconds` is how long a batch that cannot be written is tried again: for ever by
        default, so that a show goes on; an import gives up. Raises KnownError for a rehearsal or a
        replay with a source that may act on a real platform.
        """
        _refuse_others(meta.mode, connectors)
        self.path, self.meta, self.clock = path, meta, clock
        self.connectors = {connector.source: connector for connector in connectors}
        self.failure: KnownError | None = None
        """Why the session could not be opened, or gave up."""
        self.opened = threading.Event()
        self.finished = threading.Event()
        """Set when every connector has ended and all it sent was recorded and counted."""
        self.score: ScoreCard | None = None
        """The score that was kept in the file, once it is open."""
        self._publish = publish
        self._patience = patience_seconds
        self._inbox: queue.Queue[Item] = queue.Queue(maxsize=INBOX_BATCHES)
        self._commands: queue.SimpleQueue[Command] = queue.SimpleQueue()
        self._scores: queue.SimpleQueue[ScoreCard] = queue.SimpleQueue()
        self._stop, self._ending = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._main, name="session")
        self._beside = ThreadPoolExecutor(1, thread_name_prefix="beside the session")
        self._published_at = 0.0
        self._shown_at = 0
        self._is_over = False
        self._look_back = LookBack()
        self._earlier: Iterator[EarlierShow | None] = iter(())

    def start(self) -> None:
        """Open the file and start the connectors, in the session's thread."""
        self._thread.start()

    def wait_open(self) -> None:
        """Wait until the file is open; raises KnownError where it cannot be."""
        self.opened.wait()
        if self.failure is not None:
            raise self.failure

    def submit(self, command: Command) -> None:
        """Ask for something; any thread, never waits. The event that confirms it changes the desk."""
        self._commands.put(command)
        # Wakes the session up; when the inbox is full, it is awake.
        with contextlib.suppress(queue.Full):
            self._inbox.put_nowait(None)

    def look(self, at: int | None) -> None:
        """Look back at an earlier second of the show (ms UTC), or at the present only (None).

        Any thread, never waits. Looking is no deed: nothing is recorded. The next snapshot has it.
        """
        self._look_back.ask(at)
        with contextlib.suppress(queue.Full):
            self._inbox.put_nowait(None)

    def keep_score(self, card: ScoreCard) -> None:
        """Have the score of a rehearsal written into its file; any thread, never waits."""
        self._scores.put(card)

    def end_show(self) -> None:
        """Let the sources stop where they are; what they sent is counted, and the session stays open."""
        self._stop.set()
        for connector in self.connectors.values():
            connector.stop()

    def stop(self) -> None:
        """End in order: connectors, inbox, store, last snapshot; returns when all has ended."""
        self._stop.set()
        if self._thread.ident is not None:
            self.opened.wait()
        for connector in self.connectors.values():
            connector.stop()
        for connector in self.connectors.values():
            if not connector.join(10):
                log.error("%s does not stop", connector.source)
        self._ending.set()
        if self._thread.ident is not None:
            self._thread.join()

    # In the session's thread from here on.

    def _main(self) -> None:
        return_large_arrays()
        try:
            self._recorder = Recorder(
                self.path,
                self.meta,
                safe=self.clock.paced,
                beside=self._beside if self.clock.paced else None,
            )
            self.score = self._recorder.store.load_score()
        except KnownError as error:
            self.failure = error
        except Exception as error:
            log.exception("%s did not open", self.path)
            self.failure = KnownError(f"{self.path} did not open: {error!r}")
        if self.failure is not None:
            self.finished.set()
            self.opened.set()
            return
        try:
            self._begin()
            self._loop()
        except KnownError as error:
            self.failure = error
            log.error("%s", error)
        except Exception as error:
            log.exception("the session ended")
            self.failure = KnownError(f"the session ended by a bug: {error!r}; see the log")
        finally:
            self._end()

    def _begin(self) -> None:
        attached = [self._attached(connector) for connector in self.connectors.values()]
        if attached:
            # Watches for the stop, not for the end of the connectors: none has started yet.
            self._recorder.take_in(attached, self._stop, self._patience, self._publish_now)
        self._catch_up()
        self._publish_now()
        if self.clock.paced and self._publish is not None:
            self._earlier = earlier_shows(self.path, self._recorder.meta)
        link = Link(
            clock=self.clock,
            send=self._send,
            set_aside=self._put,
            key=_Keys(self._recorder.meta.salt),
            stop=self._stop,
        )
        for connector in self.connectors.values():
            connector.start(link)
        self.opened.set()

    def _catch_up(self) -> None:
        """Go on where an earlier run into the same file ended: hurry through what is recorded already."""
        last, clock = self._recorder.show.last_at, self.clock
        if last is None or not self.connectors or not isinstance(clock, ShowClock):
            return
        if clock.paced and clock.pace.until is None:
            clock.run_until(last)

    def _end(self) -> None:
        self._stop.set()
        for connector in self.connectors.values():
            connector.stop()
        self.opened.set()
        if self.failure is not None:
            self._save_rest()
        self._publish_now(ends=True)
        self._recorder.close()
        self._beside.shutdown(cancel_futures=True)
        self.finished.set()

    def _loop(self) -> None:
        while True:
            # Asked before: what the connectors sent last may come in while a batch is written.
            ending = self._ending.is_set()
            batch, aside, empty = self._take()
            self._take_in(batch)
            if aside is not None:
                self._recorder.keep_aside(aside)
            while not self._commands.empty():
                self._direct(self._commands.get())
            while not self._scores.empty():
                self._keep(self._scores.get())
            if empty and ending:
                return
            if empty:
                self._read_earlier()
            self._publish_if_due()
            if empty and not self.finished.is_set() and self._all_ended():
                if self.connectors and isinstance(self.clock, ShowClock):
                    # A show that is over does not grow older.
                    self.clock.set_speed(0)
                    self._is_over = True
                self._publish_now(ends=True)
                self.finished.set()

    def _read_earlier(self) -> None:
        """Read one earlier show, while nothing else is to be done; files that are none cost no turn."""
        until = time.monotonic() + READ_EARLIER_SECONDS
        for earlier in self._earlier:
            if earlier is not None:
                self._recorder.compare_with(earlier)
            if earlier is not None or time.monotonic() >= until:
                return

    def _take(self) -> tuple[list[Event], SetAside | None, bool]:
        """Return the events that wait, a payload behind them, and whether nothing more waits."""
        batch: list[Event] = []
        try:
            item = self._inbox.get(timeout=0 if self._ending.is_set() else PUBLISH_EVERY_SECONDS)
            while True:
                if item is None or isinstance(item, SetAside):
                    return batch, item, False
                batch.extend(item)
                if len(batch) >= LARGEST_BATCH:
                    return batch, None, False
                item = self._inbox.get_nowait()
        except queue.Empty:
            return batch, None, True

    def _take_in(self, batch: Sequence[Event]) -> None:
        if batch:
            self._recorder.take_in(batch, self._ending, self._patience, self._publish_now)

    def _direct(self, command: Command) -> None:
        """Validate a command, record it with what confirms it, and pass it on to who accepts it."""
        now = self.clock.now()
        number = uuid.uuid4().hex[:12]
        refusal = ""
        confirmed: list[Event] = []
        try:
            if isinstance(command, RestartConnector):
                self._restart(command.source)
            elif isinstance(command, SetSpeed | JumpToNextSegment):
                self._set_pace(command, now)
            else:
                if self._is_over and self._asks_a_source(command):
                    raise CommandRefused(f"the {self.meta.mode} has come to its end")
                confirmed = confirm(command, self._recorder.show, self.meta.mode, now, number)
        except CommandRefused as error:
            refusal = str(error)
            log.warning("refused: %s", refusal)
        self._take_in([given(command, refusal, now, number), *confirmed])
        if not refusal:
            for connector in self.connectors.values():
                if isinstance(command, connector.accepts) and self._may_act(connector):
                    connector.submit(command)

    def _asks_a_source(self, command: Command) -> bool:
        return any(isinstance(command, each.accepts) for each in self.connectors.values())

    def _may_act(self, connector: Connector) -> bool:
        """Return whether commands may reach a source: no real platform but from a live show.

        Asked again for each command, although a session refuses such sources when it is made.
        """
        return self.meta.mode == Mode.LIVE or connector.mode == _OWN_SOURCES.get(
            Mode(self.meta.mode)
        )

    def _keep(self, card: ScoreCard) -> None:
        try:
            self._recorder.store.save_score(card)
        except KnownError as error:
            log.error("the score was not kept: %s", error)

    def _set_pace(self, command: SetSpeed | JumpToNextSegment, now: int) -> None:
        mode, clock = self.meta.mode, self.clock
        if isinstance(command, SetSpeed):
            check_speed(command.speed, mode)
        else:
            until = next_segment_at(self._recorder.show.run_of_show, mode, now)
        if not isinstance(clock, ShowClock):
            raise CommandRefused("this session runs on the wall clock")
        if self.finished.is_set():
            raise CommandRefused(f"the {mode} has come to its end")
        if isinstance(command, SetSpeed):
            clock.set_speed(command.speed)
        else:
            clock.run_until(until)

    def _restart(self, source: str) -> None:
        if source not in self.connectors:
            raise CommandRefused(f"there is no source {source!r} in this session")
        if not self.connectors[source].is_alive:
            raise CommandRefused(f"{source!r} has played to its end; there is nothing to restart")
        self.connectors[source].restart()

    def _attached(self, connector: Connector) -> Event:
        now = self.clock.now()
        return SourceAttached(
            occurred_at=now,
            received_at=now,
            source=connector.source,
            source_id="attached",
            title=connector.title,
            provides=tuple(connector.provides),
            mode=connector.mode,
            due_seconds=connector.due_seconds,
        )

    def _all_ended(self) -> bool:
        return all(not connector.is_alive for connector in self.connectors.values()) and (
            self._inbox.empty()
        )

    def _publish_if_due(self) -> None:
        age = time.monotonic() - self._published_at
        changed = self._recorder.changed and age >= PUBLISH_EVERY_SECONDS
        if changed or self._look_back.is_asked or age >= IDLE_PUBLISH_SECONDS:
            self._publish_now()

    def _publish_now(self, *, ends: bool = False) -> None:
        self._published_at = time.monotonic()
        if self._publish is not None:
            snapshot = self._recorder.snapshot(self._now(), self._inbox.qsize(), ends=ends)
            if isinstance(self.clock, ShowClock):
                pace = structs.replace(self.clock.pace, has_ended=self._is_over)
                snapshot = structs.replace(snapshot, pace=pace)
            self._publish(self._look_back.beside(snapshot, self._recorder))

    def _now(self) -> int:
        """Return the instant to show: a debrief looks at a show as it ended.

        While the clock hurries, it is ahead of what is counted: what waits in the inbox is no silence.
        """
        show, clock = self._recorder.show, self.clock
        if self.meta.mode == Mode.DEBRIEF and show.last_at is not None:
            return show.last_at
        now, heard_at = clock.now(), show.counting.heard_at
        if isinstance(clock, ShowClock) and clock.has_begun:
            if clock.pace.hurries:
                reached = max(heard_at or clock.begun_at or 0, self._shown_at)
                return min(now, reached)
            self._shown_at = now
        return now

    def _save_rest(self) -> None:
        """Keep what still waits when the session has to give up."""
        rest: list[Event] = []
        while any(c.is_alive for c in self.connectors.values()) or not self._inbox.empty():
            batch, aside, _ = self._take()
            rest.extend(batch)
            if aside is not None:
                self._recorder.keep_aside(aside)
        if rest:
            self._recorder.trouble = self._recorder.trouble or str(self.failure)
            self.failure = self._recorder.give_up(rest)

    # In a connector's thread.

    def _send(self, events: Sequence[Event]) -> None:
        """Take events from a connector; waits while the session is far behind."""
        for start in range(0, len(events), BATCH):
            self._put(events[start : start + BATCH])

    def _put(self, item: Sequence[Event] | SetAside) -> None:
        self._inbox.put(item)


def _refuse_others(mode: str, connectors: Sequence[Connector]) -> None:
    own = _OWN_SOURCES.get(Mode(mode))
    for connector in connectors:
        if own is not None and connector.mode != own:
            raise KnownError(
                f"{connector.source!r} is a {connector.mode} source: a {mode} takes {own} ones "
                "only, so that nothing of it can reach a real platform"
            )


class _Keys:
    """Salted 64-bit keys of people and visits: the same name gives the same key, the key no name."""

    def __init__(self, salt: str) -> None:
        self._salt = bytes.fromhex(salt)

    def __call__(self, text: str) -> int:
        digest = blake2b(text.encode(), key=self._salt, digest_size=8).digest()
        return int.from_bytes(digest, "little", signed=True)
