"""Opening a session file: whose it is, whether it is whole, and the errors that name what to do."""

from __future__ import annotations

import json
import os
import secrets
import sqlite3
import time
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from liveroom import __version__
from liveroom.errors import KnownError
from liveroom.paths import user_data_dir

if TYPE_CHECKING:
    # A session that is only read needs no lock.
    from filelock import FileLock

APPLICATION_ID = 0x4C56524D  # "LVRM"
MIGRATION_NAMES = (
    "m0001_events",
    "m0002_views",
    "m0003_what_the_desk_knows",
    "m0004_clock_shifts",
    "m0005_unread_ad_accounts",
)
"""The schema changes this program knows, oldest first; checked without importing sqlite_utils."""

SUFFIX = ".liveroom"


class SessionMeta(Struct, frozen=True, kw_only=True):
    """What a session is: fixed when it is created. `salt` keys people, visits and fact ids."""

    session_id: str
    mode: str
    title: str
    created_at: int
    salt: str
    currency: str | None = None
    rates: dict[str, str] = {}
    timezone: str = "UTC"
    made_by: str = ""
    origin: str = ""
    """What a rehearsal is made of (scenario and seed): two of them are two shows."""
    producer: str = ""
    """Who rehearses, as they call themselves; attempts of one producer are compared."""


def new_meta(
    mode: str,
    title: str,
    *,
    currency: str | None = None,
    rates: Mapping[str, str] | None = None,
    timezone: str = "UTC",
    origin: str = "",
) -> SessionMeta:
    """Return what a new session is; people are keyed by the salt of this installation."""
    return SessionMeta(
        session_id=uuid.uuid4().hex,
        mode=mode,
        title=title,
        created_at=int(time.time() * 1000),
        salt=installation_salt(),
        currency=currency,
        rates=dict(rates or {}),
        timezone=timezone,
        made_by=f"liveroom {__version__}",
        origin=origin,
    )


def installation_salt() -> str:
    """Return the salt that keys people in every session of this installation, made on first use.

    One salt for all sessions lets a returning customer be told from a new one without a name.
    """
    path = user_data_dir() / "salt"
    try:
        salt = path.read_text().strip()
        if len(bytes.fromhex(salt)) == 32:
            return salt
    except (OSError, ValueError):
        pass
    salt = secrets.token_hex(32)
    path.write_text(salt + "\n")
    path.chmod(0o600)
    return salt


@contextmanager
def sqlite_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into ones that name the file and the fix."""
    try:
        yield
    except sqlite3.Error as error:
        raise KnownError(_explain(path, error)) from error


def _explain(path: Path, error: sqlite3.Error) -> str:
    text = str(error)
    if "not a database" in text:
        return f"{path} is not a liveroom session; choose a file ending in {SUFFIX}"
    if "malformed" in text or "corrupt" in text:
        return (
            f"{path} is damaged ({text}); it was not changed. "
            f"Get back what is left with: sqlite3 {path.name} .recover | sqlite3 recovered{SUFFIX}"
        )
    if "locked" in text or "busy" in text:
        return f"{path} is locked by another program; close that program or its transaction"
    if "readonly" in text or "read-only" in text:
        return f"{path} is read-only; give write permission to it and its folder"
    if "full" in text:
        return f"no space left on the disk of {path}; free some space, nothing recorded is lost"
    if "unable to open" in text:
        return f"{path} cannot be opened; check that its folder exists and is writable"
    return f"{path}: {text}"


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """Open the database of a session file, or say why it cannot be."""
    if read_only:
        check(path)
        return _connect_to_read(path)
    if path.exists() and not os.access(path, os.W_OK):
        raise KnownError(f"{path} is read-only; give write permission to it and its folder")
    return sqlite3.connect(path, timeout=5, isolation_level=None)


def _connect_to_read(path: Path) -> sqlite3.Connection:
    uri = path.absolute().as_uri()
    if os.access(path, os.W_OK) and os.access(path.parent, os.W_OK):
        # With permission to write, though nothing is written: the last one to close a file has to
        # be able to clear the write-ahead log away.
        connection = sqlite3.connect(f"{uri}?mode=rw", uri=True, isolation_level=None)
        connection.execute("PRAGMA query_only = ON")
        return connection
    connection = sqlite3.connect(f"{uri}?mode=ro", uri=True, isolation_level=None)
    try:
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    except sqlite3.OperationalError:
        # A write-ahead log cannot be opened in a folder where nothing may be written;
        # without a log beside it the file is complete by itself.
        connection.close()
        if path.with_name(path.name + "-wal").exists():
            raise
        connection = sqlite3.connect(f"{uri}?immutable=1", uri=True, isolation_level=None)
        connection.execute("SELECT 1 FROM sqlite_master").fetchone()
    return connection


def check(path: Path) -> None:
    """Raise KnownError unless `path` is a whole session file of this program."""
    if not path.exists():
        raise KnownError(f"there is no session file {path}")
    if path.is_dir():
        raise KnownError(f"{path} is a folder, not a session file")
    head = _head(path)
    if not head.startswith(b"SQLite format 3\0"):
        raise KnownError(f"{path} is not a liveroom session; choose a file ending in {SUFFIX}")
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise KnownError(f"{path} is an SQLite file of another program, not a liveroom session")
    size = int.from_bytes(head[16:18], "big")
    pages = int.from_bytes(head[28:32], "big")
    expected = pages * (65536 if size == 1 else size)
    wal = path.with_name(path.name + "-wal")
    if path.stat().st_size < expected and not (wal.exists() and wal.stat().st_size):
        raise KnownError(
            f"{path} is truncated: {path.stat().st_size} of {expected} bytes; it was not changed. "
            f"Get back what is left with: sqlite3 {path.name} .recover | sqlite3 recovered{SUFFIX}"
        )


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(100)
    except OSError as error:
        raise KnownError(f"{path} cannot be read: {error.strerror}") from error


def check_version(path: Path, connection: sqlite3.Connection) -> bool:
    """Return whether the schema is the present one; raise KnownError for a newer one."""
    known = connection.execute(
        "SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'"
    ).fetchone()
    if known is None:
        return False
    names = {
        name
        for (name,) in connection.execute(
            "SELECT name FROM _sqlite_migrations WHERE migration_set = 'liveroom'"
        )
    }
    if newer := names - set(MIGRATION_NAMES):
        raise KnownError(
            f"{path} was made by a newer liveroom ({', '.join(sorted(newer))}); "
            "install that version to open it"
        )
    return names == set(MIGRATION_NAMES)


def lock(path: Path) -> FileLock:
    """Take the lock of the only program that may record into a session file."""
    from filelock import FileLock, Timeout

    # Of the file itself: under another name it is still the same file.
    real = path.resolve()
    file_lock = FileLock(real.with_name(f".{real.name}.lock"), timeout=0)
    try:
        file_lock.acquire()
    except Timeout:
        raise KnownError(
            f"another liveroom is recording into {path}; close it or choose another --session"
        ) from None
    except OSError as error:
        raise KnownError(f"{path} cannot be written: {error.strerror} in {path.parent}") from error
    return file_lock


def is_session(path: Path) -> bool:
    """Return whether a file is an SQLite database, whatever its name."""
    return path.is_file() and _head(path).startswith(b"SQLite format 3\0")


def check_same(path: Path, found: SessionMeta, meta: SessionMeta) -> None:
    """Raise KnownError where a source does not belong into the session that a file holds."""
    fix = "record it into another --session"
    if found.mode != meta.mode:
        raise KnownError(f"{path} holds a {found.mode}, this is a {meta.mode}; {fix}")
    if found.origin != meta.origin:
        raise KnownError(
            f"{path} holds {found.origin or 'a recording'}, this is {meta.origin or 'another'}; {fix}"
        )
    if meta.currency is not None and found.currency != meta.currency:
        raise KnownError(
            f"{path} counts in {found.currency or 'no currency'}, "
            f"this source in {meta.currency}; {fix}"
        )
    if meta.rates and found.rates != meta.rates:
        raise KnownError(f"{path} converts by other rates ({found.rates}) than this source; {fix}")


def read_meta(path: Path, connection: sqlite3.Connection) -> SessionMeta | None:
    """Return what the file says it is, or None where nothing was written yet."""
    rows = dict(connection.execute("SELECT name, value FROM meta").fetchall())
    if not rows:
        return None
    try:
        return SessionMeta(
            session_id=rows["session_id"],
            mode=rows["mode"],
            title=rows["title"],
            created_at=int(rows["created_at"]),
            salt=rows["salt"],
            currency=rows["currency"],
            rates=json.loads(rows["rates"]),
            timezone=rows["timezone"],
            made_by=rows["made_by"],
            origin=rows.get("origin") or "",
            producer=rows.get("producer") or "",
        )
    except (KeyError, ValueError) as error:
        raise KnownError(f"{path} is damaged: its table meta lacks or garbles {error}") from error


def write_meta(connection: sqlite3.Connection, meta: SessionMeta) -> None:
    """Write what the file is."""
    values = {name: getattr(meta, name) for name in meta.__struct_fields__}
    values["rates"] = json.dumps(meta.rates)
    with connection:
        connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())
