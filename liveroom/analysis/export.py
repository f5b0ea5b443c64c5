"""A session as files for other programs: events, order lines and the tables of key figures."""

from __future__ import annotations

import contextlib
import csv
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from liveroom.errors import KnownError
from liveroom.history import show_of
from liveroom.models.kpis import kpis_of
from liveroom.store import SessionStore

TABLES = {
    "events": "SELECT * FROM events ORDER BY seq",
    "order_lines": "SELECT * FROM order_lines ORDER BY number",
    "set_aside": "SELECT * FROM set_aside ORDER BY number",
    "kpi_totals": "SELECT * FROM kpi_totals",
    "kpi_audience": "SELECT * FROM kpi_audience",
    "kpi_chat": "SELECT * FROM kpi_chat",
    "kpi_by_channel": "SELECT * FROM kpi_by_channel ORDER BY channel, label",
    "kpi_by_product": "SELECT * FROM kpi_by_product ORDER BY sku",
    "kpi_by_minute": "SELECT * FROM kpi_by_minute ORDER BY minute",
    "kpi_by_segment": "SELECT * FROM kpi_by_segment ORDER BY number",
}
"""Every exported table and its query; the key figures are the session file's own views."""

_TEXTS = frozenset(
    "source source_id kind sku channel label order_id currency text extra name title segment_id"
    " reason payload minute peak_at".split()
)
_REALS = frozenset("mean audience conversion_rate average_order_value_minor".split())

SHEET_ROWS = 1_048_576 - 1
_CHUNK = 50_000


Progress = Callable[[int], None]


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
    object; sqlite a copy of the session file. `progress` is called with the number of tables written.
    Raises KnownError where `out` exists or cannot be written.
    """
    store = SessionStore.read(session)
    try:
        if out.exists():
            if not replace or out.resolve() == session.resolve():
                raise KnownError(f"{out} exists; name another place or add --force")
            shutil.rmtree(out) if out.is_dir() else out.unlink()
        if not out.parent.is_dir():
            raise KnownError(f"there is no folder {out.parent} to export into")
        try:
            return _WRITERS[kind](store, out, progress)
        except OSError as error:
            raise KnownError(f"{out} cannot be written: {error.strerror or error}") from error
    finally:
        store.close()


def _csv(store: SessionStore, out: Path, progress: Progress) -> list[str]:
    out.mkdir()
    for number, (name, query) in enumerate(TABLES.items()):
        progress(number)
        with (
            store.query(query) as cursor,
            (out / f"{name}.csv").open("w", newline="", encoding="utf-8") as file,
        ):
            writer = csv.writer(file)
            writer.writerow(column[0] for column in cursor.description)
            writer.writerows(cursor)
    return [f"{name}.csv" for name in TABLES]


def _parquet(store: SessionStore, out: Path, progress: Progress) -> list[str]:
    import fastparquet

    out.mkdir()
    for number, (name, query) in enumerate(TABLES.items()):
        progress(number)
        path = str(out / f"{name}.parquet")
        for part, frame in enumerate(_frames(store, query)):
            fastparquet.write(
                path, frame, append=part > 0, object_encoding="utf8", compression="SNAPPY"
            )
    return [f"{name}.parquet" for name in TABLES]


def _xlsx(store: SessionStore, out: Path, progress: Progress) -> list[str]:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    written = []
    for place, (name, query) in enumerate(TABLES.items()):
        progress(place)
        with store.query(query) as cursor:
            titles = [column[0] for column in cursor.description]
            for number, rows in enumerate(_sheets(cursor)):
                title = name if number == 0 else f"{name}_{number + 1}"
                sheet = book.create_sheet(title)
                sheet.append(titles)
                for row in rows:
                    sheet.append([_cell(sheet, value) for value in row])
                written.append(title)
    book.save(out)
    return written


def _json(store: SessionStore, out: Path, progress: Progress) -> list[str]:
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
            with store.query(TABLES[name]) as cursor:
                titles = [column[0] for column in cursor.description]
                for place, row in enumerate(cursor):
                    body = dict(zip(titles, row, strict=True))
                    file.write((",\n" if place else "\n") + json.dumps(body, ensure_ascii=False))
            file.write("]")
        file.write("}\n")
    return ["session", "kpis", "events", "order_lines", "set_aside"]


def _sqlite(store: SessionStore, out: Path, progress: Progress) -> list[str]:
    with contextlib.closing(sqlite3.connect(out)) as copy:
        store.copy_to(copy)
    return ["the session file"]


_WRITERS: dict[str, Callable[[SessionStore, Path, Progress], list[str]]] = {
    "csv": _csv,
    "parquet": _parquet,
    "xlsx": _xlsx,
    "json": _json,
    "sqlite": _sqlite,
}


def _frames(store: SessionStore, query: str) -> Iterator[Any]:
    """Yield a table as data frames of one schema: nullable integers, floats and text."""
    import pandas as pd

    with store.query(query) as cursor:
        titles = [column[0] for column in cursor.description]
        kinds = {title: _kind(title) for title in titles}
        while True:
            rows = cursor.fetchmany(_CHUNK)
            frame = pd.DataFrame(rows, columns=titles)
            yield frame.astype(kinds)
            if len(rows) < _CHUNK:
                return


def _kind(column: str) -> str:
    if column in _REALS:
        return "Float64"
    return "object" if column in _TEXTS else "Int64"


def _sheets(cursor: sqlite3.Cursor) -> Iterator[Iterator[Any]]:
    """Yield the rows in portions that fit a sheet."""
    row = cursor.fetchone()
    if row is None:
        yield iter(())
    while row is not None:
        rows = [row]
        while len(rows) < SHEET_ROWS and (row := cursor.fetchone()) is not None:
            rows.append(row)
        yield iter(rows)
        if len(rows) < SHEET_ROWS:
            return
        row = cursor.fetchone()


def _cell(sheet: Any, value: Any) -> Any:
    """Return a value a sheet can hold: 64-bit keys do not fit its numbers, nor control characters."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, int) and abs(value) >= 1 << 53:
        return str(value)
    if isinstance(value, str):
        text = "".join(c for c in value if c in "\t\n" or ord(c) >= 32)[:32_767]
        if text.startswith("="):
            # Else it would be a formula, made of what somebody typed into a chat.
            cell = WriteOnlyCell(sheet, text)
            cell.data_type = "s"
            return cell
        return text
    return value
