"""Tables as an Excel workbook, written row by row; a failure leaves no scratch files and no noise."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from liveroom.errors import KnownError
from liveroom.store import SessionStore

SHEET_ROWS = 1_048_576 - 1
"""The rows that a sheet holds below its titles."""

_CELL_CHARACTERS = 32_767
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


def write_workbook(
    store: SessionStore, tables: Mapping[str, str], out: Path, progress: Callable[[int], None]
) -> list[str]:
    """Write the results of queries as sheets and return the names of the sheets."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    try:
        with _scratch_errors():
            for place, (name, query) in enumerate(tables.items()):
                progress(place)
                with store.query(query) as cursor:
                    _add_sheets(book, name, cursor)
        _save(book, out)
        return list(book.sheetnames)
    finally:
        for sheet in book.worksheets:
            _discard(sheet)


def _add_sheets(book: Any, name: str, cursor: sqlite3.Cursor) -> None:
    titles = [column[0] for column in cursor.description]
    for number, rows in enumerate(_sheets(cursor)):
        sheet = book.create_sheet(name if number == 0 else f"{name}_{number + 1}")
        sheet.append(titles)
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
        sheet.close()


@contextlib.contextmanager
def _scratch_errors() -> Iterator[None]:
    """Name the folder in which openpyxl collects the sheets, which may be on another disk."""
    try:
        yield
    except OSError as error:
        raise KnownError(
            f"{tempfile.gettempdir()} cannot be written: {error.strerror or error}; a workbook is "
            "put together there, free some space or let TMPDIR name another folder"
        ) from error


def _save(book: Any, out: Path) -> None:
    """Save as `Workbook.save` does, through an archive that is closed whatever happens."""
    from openpyxl.writer.excel import ExcelWriter

    with out.open("wb") as file:
        archive = ZipFile(file, "w", ZIP_DEFLATED, allowZip64=True)
        try:
            ExcelWriter(book, archive).save()
        except BaseException:
            # Else it tries to go on writing when it is collected, and complains on the terminal.
            with contextlib.suppress(OSError, ValueError):
                archive.close()
            raise


def _discard(sheet: Any) -> None:
    """Close a sheet that was not saved and remove its scratch file; a saved one has none."""
    writer = sheet._writer
    if writer is None or not os.path.exists(writer.out):
        return
    for close in (sheet.close, writer.close):
        with contextlib.suppress(Exception):
            close()
    writer.cleanup()


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
    """Return a value a sheet can hold: no integer beyond 53 bits, no control character, no formula."""
    from openpyxl.cell import WriteOnlyCell

    if isinstance(value, int) and abs(value) >= 1 << 53:
        return str(value)
    if isinstance(value, str):
        text = _NOT_IN_XML.sub("", value)[:_CELL_CHARACTERS]
        if text.startswith("="):
            # Else it would be a formula, made of what somebody typed into a chat.
            cell = WriteOnlyCell(sheet, text)
            cell.data_type = "s"
            return cell
        return text
    return value
