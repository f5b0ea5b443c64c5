"""The formats of an export: each writes the tables of a session to a path that does not exist yet."""

from __future__ import annotations

import contextlib
import csv
import json
import secrets
import sqlite3
from collections.abc import Callable
from pathlib import Path

from liveroom.analysis.parquet import write_table
from liveroom.analysis.tables import TABLES, TEXT_TABLES
from liveroom.analysis.workbook import write_workbook
from liveroom.errors import KnownError
from liveroom.history import show_of
from liveroom.models.kpis import kpis_of
from liveroom.store import SessionStore

Progress = Callable[[int], None]
Writer = Callable[[SessionStore, Path, Progress], list[str]]


def write_csv(store: SessionStore, out: Path, progress: Progress) -> list[str]:
    """Write a folder with a file per table; keys are text."""
    out.mkdir()
    for number, (name, query) in enumerate(TEXT_TABLES.items()):
        progress(number)
        with (
            store.query(query) as cursor,
            (out / f"{name}.csv").open("w", newline="", encoding="utf-8") as file,
        ):
            writer = csv.writer(file)
            writer.writerow(column[0] for column in cursor.description)
            writer.writerows(cursor)
    return [f"{name}.csv" for name in TABLES]


def write_parquet(store: SessionStore, out: Path, progress: Progress) -> list[str]:
    """Write a folder with a file per table; keys are 64-bit integers."""
    out.mkdir()
    for number, (name, query) in enumerate(TABLES.items()):
        progress(number)
        write_table(store, query, out / f"{name}.parquet")
    return [f"{name}.parquet" for name in TABLES]


def write_xlsx(store: SessionStore, out: Path, progress: Progress) -> list[str]:
    """Write a workbook with a sheet per table, or several where one is full; keys are text."""
    return write_workbook(store, TEXT_TABLES, out, progress)


def write_json(store: SessionStore, out: Path, progress: Progress) -> list[str]:
    """Write one object: the session, its key figures and its tables; keys are text."""
    with out.open("w", encoding="utf-8") as file:
        kpis = kpis_of(show_of(store), store.set_aside_counts())
        meta = {
            name: getattr(store.meta, name)
            for name in store.meta.__struct_fields__
            if name != "salt"
        }
        file.write(f'{{"session": {json.dumps(meta)},\n"kpis": {json.dumps(kpis)}')
        for number, name in enumerate(("events", "order_lines", "set_aside")):
            progress(number)
            file.write(f',\n"{name}": [')
            with store.query(TEXT_TABLES[name]) as cursor:
                titles = [column[0] for column in cursor.description]
                for place, row in enumerate(cursor):
                    body = dict(zip(titles, row, strict=True))
                    file.write((",\n" if place else "\n") + json.dumps(body, ensure_ascii=False))
            file.write("]")
        file.write("}\n")
    return ["session", "kpis", "events", "order_lines", "set_aside"]


def write_sqlite(store: SessionStore, out: Path, progress: Progress) -> list[str]:
    """Write a copy of the session file with a salt of its own, which leads to nobody.

    People and visits keep their keys. The first 64 bits of the salt stay: they seed the keys of facts
    and are none of a person's secret, so that the copy still takes each fact once.
    """
    with contextlib.closing(sqlite3.connect(out, isolation_level=None)) as copy:
        try:
            store.copy_to(copy)
        except KnownError as error:
            # The store blames its own file, whichever of the two it was.
            if isinstance(error.__cause__, sqlite3.Error) and _of_target(error.__cause__):
                raise error.__cause__ from None
            raise
        # One file without a log beside it, and nothing of the old salt left in its pages.
        copy.execute("PRAGMA journal_mode = DELETE")
        copy.execute("PRAGMA secure_delete = ON")
        salt = store.meta.salt[:16] + secrets.token_hex(24)
        copy.execute("UPDATE meta SET value = ? WHERE name = 'salt'", (salt,))
    return ["the session file"]


WRITERS: dict[str, Writer] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "xlsx": write_xlsx,
    "json": write_json,
    "sqlite": write_sqlite,
}

FOLDERS = ("csv", "parquet")
"""The formats that make a folder, of files NAME.FORMAT."""


def _of_target(error: sqlite3.Error) -> bool:
    primary = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return primary in (
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CANTOPEN,
    )
