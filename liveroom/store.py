"""The session store: one SQLite file per session, append-only, each fact taken once.

A store belongs to the thread that opened it. `append` writes a batch in one transaction and returns the
events that were new. Uniqueness of `(source, source_id)` is kept with 64-bit keys in memory (eight bytes
an event) instead of an index, which would slow the file down as it grows; the keys are saved in chunks,
and one program at a time may record into a file.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import numpy as np
from numpy.typing import NDArray
from xxhash import xxh3_64_intdigest

from liveroom import schema, session_file
from liveroom.errors import KnownError
from liveroom.models.events import Event, OrderCancelled, OrderLine, OrderPlaced
from liveroom.models.facts import Fact
from liveroom.models.keys import KeySet
from liveroom.models.money import Ledger
from liveroom.models.score_card import ScoreCard
from liveroom.rows import COLUMNS, ENCODERS, Row, decode, decode_line, encode_lines
from liveroom.session_file import SessionMeta, sqlite_errors

if TYPE_CHECKING:
    from filelock import FileLock

log = logging.getLogger(__name__)

CHUNK = 1 << 16
_INSERT = f"INSERT INTO events VALUES ({', '.join('?' * len(COLUMNS))})"
_NO_LINES: tuple[int, tuple[OrderLine, ...]] = (0, ())
_SAVE_ROLLUP = """
    INSERT OR REPLACE INTO rollups SELECT 'show', :version, :seq, :body WHERE :seq >= 0
"""
_INSERT_LINE = "INSERT INTO order_lines VALUES (?, ?, ?, ?, ?, ?, ?, ?)"


class SessionStore:
    """A session's facts on disk."""

    def __init__(self, path: Path, connection: sqlite3.Connection, meta: SessionMeta) -> None:
        """Take over an open file; use `create`, `resume` or `read`."""
        self.path = path
        self.meta = meta
        self.ledger = Ledger(currency=meta.currency, rates=meta.rates)
        self.repeated = 0
        self._connection = connection
        self._lock: FileLock | None = None
        self._seen: KeySet | None = None
        self._chunks = 0
        self._unsaved: list[NDArray[np.uint64]] = []
        self._unsaved_count = 0
        self._seed = int(meta.salt[:16], 16)
        self.last_seq = self._scalar("SELECT COALESCE(MAX(seq), 0) FROM events")

    @classmethod
    def record(cls, path: Path, meta: SessionMeta, *, safe: bool = True) -> SessionStore:
        """Open a file to record into: a new one as `meta`, or an old one as what it is.

        `safe` syncs every batch to the disk, which a live show can afford and an import cannot.
        Raises KnownError where the file cannot be recorded into.
        """
        if path.exists() and path.stat().st_size:
            session_file.check(path)
        elif not path.parent.is_dir():
            raise KnownError(f"there is no folder {path.parent} for the session {path.name}")
        file_lock = session_file.lock(path)
        try:
            with sqlite_errors(path):
                connection = session_file.connect(path, read_only=False)
            try:
                with sqlite_errors(path):
                    store = cls._prepare(path, connection, meta, safe)
            except BaseException:
                connection.close()
                raise
        except BaseException:
            file_lock.release()
            raise
        store._lock = file_lock
        return store

    @classmethod
    def read(cls, path: Path) -> SessionStore:
        """Open a file to read; an older one is migrated first."""
        session_file.check(path)
        with sqlite_errors(path):
            connection = session_file.connect(path, read_only=True)
            try:
                if not session_file.check_version(path, connection):
                    connection.close()
                    _migrate(path)
                    connection = session_file.connect(path, read_only=True)
                found = session_file.read_meta(path, connection)
                if found is None:
                    raise KnownError(f"{path} is empty: nothing was ever recorded into it")
                return cls(path, connection, found)
            except BaseException:
                connection.close()
                raise

    @classmethod
    def _prepare(
        cls, path: Path, connection: sqlite3.Connection, meta: SessionMeta, safe: bool
    ) -> SessionStore:
        current = session_file.check_version(path, connection)
        if not current:
            # Before the write-ahead log: a file says whose it is from its first page on, however
            # early its making is cut short.
            connection.execute(f"PRAGMA application_id = {session_file.APPLICATION_ID}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {'FULL' if safe else 'NORMAL'}")
        connection.execute("PRAGMA cache_size = -65536")
        if not current:
            _bring_up_to_date(connection)
        found = session_file.read_meta(path, connection)
        if found is None:
            session_file.write_meta(connection, meta)
            found = meta
        else:
            session_file.check_same(path, found, meta)
        return cls(path, connection, found)

    def append(self, events: Sequence[Event]) -> Sequence[Event]:
        """Write the events that were not there in one transaction and return them.

        Raises KnownError when the disk is full or the file locked; then nothing of the batch is
        written and it can be given again.
        """
        seen = self._load_seen()
        seed = self._seed
        keys = np.fromiter(
            (
                xxh3_64_intdigest(f"{event.source}\0{event.source_id}".encode(), seed)
                for event in events
            ),
            dtype=np.uint64,
            count=len(events),
        )
        new = seen.unknown(keys)
        if not new.all():
            events = [event for event, is_new in zip(events, new.tolist(), strict=True) if is_new]
            keys = keys[new]
        rows, lines = self._rows(events, keys)
        with sqlite_errors(self.path):
            self._write(rows, lines, keys)
        seen.add_distinct(keys)
        self.repeated += len(new) - len(keys)
        self.last_seq += len(events)
        return events

    def set_aside(self, source: str, received_at: int, reason: str, payload: str) -> bool:
        """Keep a payload that was not understood, whole; return whether it is new."""
        with sqlite_errors(self.path):
            return bool(
                self._connection.execute(
                    "INSERT OR IGNORE INTO set_aside (source, received_at, reason, payload)"
                    " VALUES (?, ?, ?, ?)",
                    (source, received_at, reason, payload),
                ).rowcount
            )

    def set_aside_counts(self) -> dict[str, int]:
        """Return how many payloads were set aside, per source."""
        with sqlite_errors(self.path):
            return dict(
                self._connection.execute("SELECT source, COUNT(*) FROM set_aside GROUP BY source")
            )

    def payloads_set_aside(self) -> Iterator[tuple[str, int, str, str]]:
        """Yield source, time of arrival (ms UTC), reason and payload of all that was set aside."""
        with sqlite_errors(self.path):
            yield from self._connection.execute(
                "SELECT source, received_at, reason, payload FROM set_aside ORDER BY number"
            )

    def set_counting(self, counting: Mapping[Fact, str]) -> None:
        """Write which source counts for each fact, for the SQL views."""
        with sqlite_errors(self.path):
            self._connection.executemany(
                "INSERT OR REPLACE INTO counting VALUES (?, ?)",
                [(fact.value, source) for fact, source in counting.items()],
            )

    def set_clock_shifts(self, shifts: Mapping[str, int]) -> None:
        """Write by how much (ms) each source's facts are counted earlier, for the SQL views."""
        with sqlite_errors(self.path):
            self._connection.executemany(
                "INSERT OR REPLACE INTO clock_shifts VALUES (?, ?)", list(shifts.items())
            )

    def events(self, after: int = 0, size: int = 10_000) -> Iterator[list[Event]]:
        """Yield the recorded events after a sequence number, in order, in batches."""
        with sqlite_errors(self.path):
            cursor = self._connection.execute(
                f"SELECT {', '.join(COLUMNS)} FROM events WHERE seq > ? ORDER BY seq", (after,)
            )
            lines = self._lines(after)
            order, order_lines = next(lines, _NO_LINES)
            while rows := cursor.fetchmany(size):
                batch = []
                for row in rows:
                    if row[0] == order:
                        batch.append(decode(row, order_lines))
                        order, order_lines = next(lines, _NO_LINES)
                    else:
                        batch.append(decode(row, ()))
                yield batch

    def save_rollup(self, body: bytes, version: int) -> None:
        """Keep the counted state as of now, so that opening need not count again."""
        with sqlite_errors(self.path):
            kept = {"version": version, "seq": self.last_seq, "body": body}
            self._connection.execute(_SAVE_ROLLUP, kept)
            # The statement is kept for the next time, and its copy of the body with it: 37 MB of a show
            # of two million events. Another use that saves nothing lets go of it.
            self._connection.execute(_SAVE_ROLLUP, kept | {"seq": -1, "body": b""})

    def load_rollup(self, version: int) -> tuple[int, bytes] | None:
        """Return the last kept state and the sequence number it reaches to."""
        with sqlite_errors(self.path):
            row: tuple[int, bytes] | None = self._connection.execute(
                "SELECT last_seq, body FROM rollups WHERE name = 'show' AND version = ?"
                " AND last_seq <= ?",
                (version, self.last_seq),
            ).fetchone()
        return row

    def save_score(self, card: ScoreCard) -> None:
        """Keep the score of a rehearsal with it; a later one replaces it."""
        with sqlite_errors(self.path):
            self._connection.execute(
                "INSERT OR REPLACE INTO meta VALUES ('score', ?)",
                (msgspec.json.encode(card).decode(),),
            )

    def load_score(self) -> ScoreCard | None:
        """Return the score that was kept; None without one, or with one of another version."""
        with sqlite_errors(self.path):
            row = self._connection.execute("SELECT value FROM meta WHERE name = 'score'").fetchone()
        if row is None:
            return None
        try:
            return msgspec.json.decode(row[0], type=ScoreCard)
        except (msgspec.DecodeError, TypeError) as error:
            log.warning("the score in %s is not understood: %s", self.path, error)
            return None

    @contextmanager
    def query(self, sql: str) -> Iterator[sqlite3.Cursor]:
        """Run a query of an export; its errors name the file."""
        with sqlite_errors(self.path), closing(self._connection.execute(sql)) as cursor:
            yield cursor

    def copy_to(self, target: sqlite3.Connection) -> None:
        """Copy the whole file into another database, consistent while recording goes on."""
        with sqlite_errors(self.path):
            self._connection.backup(target)

    def close(self) -> None:
        """Flush and close; the write-ahead log is folded into the file."""
        self._connection.close()
        if self._lock is not None:
            self._lock.release()

    def _rows(
        self, events: Sequence[Event], keys: NDArray[np.uint64]
    ) -> tuple[list[Row], list[Row]]:
        ledger, encoders = self.ledger, ENCODERS
        first = self.last_seq + 1
        lines: list[Row] = []
        rows = [
            encoders[type(event)](seq, key, event, ledger)
            for seq, (key, event) in enumerate(
                zip(keys.view(np.int64).tolist(), events, strict=True), first
            )
        ]
        for seq, event in enumerate(events, first):
            if isinstance(event, OrderPlaced | OrderCancelled) and event.lines:
                lines += encode_lines(seq, event, ledger)
        return rows, lines

    def _write(self, rows: list[Row], lines: list[Row], keys: NDArray[np.uint64]) -> None:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            connection.executemany(_INSERT, rows)
            if lines:
                connection.executemany(_INSERT_LINE, lines)
            unsaved = [*self._unsaved, keys]
            saved = self._unsaved_count + len(keys) >= CHUNK
            if saved:
                connection.execute(
                    "INSERT INTO seen_keys VALUES (?, ?, ?)",
                    (self._chunks, self.last_seq + len(rows), np.concatenate(unsaved).tobytes()),
                )
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        self._unsaved = [] if saved else unsaved
        self._unsaved_count = 0 if saved else self._unsaved_count + len(keys)
        self._chunks += saved

    def _load_seen(self) -> KeySet:
        if self._seen is not None:
            return self._seen
        with sqlite_errors(self.path):
            chunks = self._connection.execute(
                "SELECT last_seq, keys FROM seen_keys ORDER BY chunk"
            ).fetchall()
            reached = chunks[-1][0] if chunks else 0
            rest = self._connection.execute(
                "SELECT key FROM events WHERE seq > ? ORDER BY seq", (reached,)
            ).fetchall()
        tail = np.array([key for (key,) in rest], dtype=np.int64).view(np.uint64)
        self._chunks, self._unsaved, self._unsaved_count = len(chunks), [tail], len(tail)
        saved = [np.frombuffer(keys, dtype=np.uint64) for _, keys in chunks]
        self._seen = KeySet(np.concatenate([*saved, tail]))
        return self._seen

    def _lines(self, after: int) -> Iterator[tuple[int, tuple[OrderLine, ...]]]:
        """Yield the orders after a sequence number with their lines; both were written in that order."""
        cursor = self._connection.execute(
            "SELECT * FROM order_lines WHERE seq > ? ORDER BY number", (after,)
        )
        for seq, rows in groupby(cursor, key=itemgetter(1)):
            yield seq, tuple(map(decode_line, rows))

    def _scalar(self, query: str) -> int:
        return int(self._connection.execute(query).fetchone()[0])


def keep_score(path: Path, meta: SessionMeta, card: ScoreCard) -> None:
    """Keep a score with a session that nobody has open."""
    store = SessionStore.record(path, meta)
    try:
        store.save_score(card)
    finally:
        store.close()


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    # Whatever opened it knows whose file it is; where the making was cut short, SQLite takes back even that.
    connection.execute(f"PRAGMA application_id = {session_file.APPLICATION_ID}")
    if connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None:
        schema.create(connection)
        return
    # Imported here: it takes up to a second, and only an old file needs it.
    from sqlite_utils import Database

    from liveroom.migrations import migrations

    migrations.apply(Database(connection))


def _migrate(path: Path) -> None:
    """Bring an older file to the present schema."""
    file_lock = session_file.lock(path)
    connection = session_file.connect(path, read_only=False)
    try:
        _bring_up_to_date(connection)
    finally:
        connection.close()
        file_lock.release()
