"""A session as files for other programs: events, order lines and the tables of key figures."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from liveroom.analysis.tables import TABLES
from liveroom.analysis.target import replacing
from liveroom.analysis.writers import FOLDERS, WRITERS, Progress
from liveroom.errors import KnownError
from liveroom.session_file import sqlite_errors
from liveroom.store import SessionStore

__all__ = ["TABLES", "export_session"]


def export_session(
    session: Path,
    kind: str,
    out: Path,
    *,
    replace: bool = False,
    progress: Progress = lambda tables: None,
) -> list[str]:
    """Write a session as `kind` to `out` and return the names of what was written.

    csv and parquet make a folder with a file per table; xlsx a workbook with a sheet per table; json one
    object; sqlite a copy of the session file with another salt. Keys of facts, visits and people are
    64-bit integers in parquet and sqlite, and text in csv, xlsx and json: `k` and the number, such as
    `k-1682906807314140285`, which no program rounds. `progress` is called with the number of tables
    written. `out` appears when it is whole; with `replace` a file, or a folder of an earlier export in
    the same format, is replaced.
    Raises KnownError where `out` may not be replaced or cannot be written, then it is as it was.
    """
    replaceable = [f"{name}.{kind}" for name in TABLES] if kind in FOLDERS else []
    store = SessionStore.read(session)
    try:
        with (
            replacing(out, session, replaceable, replace=replace) as partial,
            sqlite_errors(out),
            _overflow_explained(session),
        ):
            return WRITERS[kind](store, partial, progress)
    finally:
        store.close()


@contextmanager
def _overflow_explained(session: Path) -> Iterator[None]:
    try:
        yield
    except KnownError as error:
        if "integer overflow" not in str(error.__cause__):
            raise
        raise KnownError(
            f"{session} has no key figures to export: its amounts or units add up to numbers beyond "
            f'64 bits. Find the wrong one with: sqlite3 {session.name} "SELECT seq, source, source_id,'
            ' units, value_minor FROM events ORDER BY value_minor DESC LIMIT 5"; '
            "--format sqlite copies the session as it is"
        ) from error
