"""Files as rows of text: CSV (plain or gzipped), XLSX, JSON lines and JSON arrays."""

from __future__ import annotations

import csv
import gzip
import io
import os
import warnings
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile

from xxhash import xxh3_64

from liveroom.connectors.tables.chunks import (
    CHUNK_ROWS,
    Chunk,
    NumberedRow,
    OnBroken,
    in_chunks,
)
from liveroom.connectors.tables.spec import TableSpec
from liveroom.connectors.tables.words import whole_characters
from liveroom.errors import NeedsAttention

_DELIMITERS = ",;\t|"
_BLOCK = 1 << 20
_GZIP, _ZIP = b"\x1f\x8b", b"PK"


class TableFile(ABC):
    """A file of rows; may be read several times."""

    columns: list[str]

    def __init__(self, path: Path, spec: TableSpec) -> None:
        """Take the file and how it is written."""
        self.path = path
        self.spec = spec
        self._plain: IO[bytes] | None = None

    def bytes_read(self) -> tuple[int, int]:
        """Return how far the reading of the file has come, and its size; zeros where unknown."""
        if self._plain is None:
            return 0, 0
        return self._plain.tell(), os.fstat(self._plain.fileno()).st_size

    @property
    def name(self) -> str:
        """Return the file's name, in characters that can be written."""
        return whole_characters(self.path.name)

    @cached_property
    def label(self) -> str:
        """Return a name that another file of the same name does not share, `orders.csv#5f1c09ab`.

        The same bytes always have the same one, wherever the file lies.
        """
        digest = xxh3_64()
        try:
            with self.path.open("rb") as stream:
                while block := stream.read(_BLOCK):
                    digest.update(block)
        except OSError as error:
            raise self.unreadable(error.strerror or str(error)) from error
        return f"{self.name}#{digest.hexdigest()[:8]}"

    @abstractmethod
    def chunks(self, on_broken: OnBroken, size: int = CHUNK_ROWS) -> Iterator[Chunk]:
        """Yield every row, in chunks of about `size`, as texts in the order of `columns`."""

    def unreadable(self, why: str) -> NeedsAttention:
        """Return the error of a file that cannot be read."""
        return NeedsAttention(f"{self.name} cannot be read: {why}")

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """Open the file's bytes, unpacked, and name what is wrong with them."""
        try:
            with self.path.open("rb") as plain:
                packed = plain.peek(2)[:2] == _GZIP
                self._plain = plain
                with gzip.open(plain) if packed else plain as stream:
                    yield stream  # type: ignore[misc]
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise self.unreadable(f"the gzip file is cut off or damaged ({error})") from error
        except UnicodeDecodeError as error:
            byte = error.object[error.start]
            raise self.unreadable(
                f"byte 0x{byte:02x} is not {error.encoding}; save the file as UTF-8 or name its "
                'encoding in the mapping, such as encoding = "cp1252"'
            ) from error
        except OSError as error:
            raise self.unreadable(error.strerror or str(error)) from error
        finally:
            self._plain = None


class CsvFile(TableFile):
    """Comma-, semicolon- or tab-separated text with a header, plain or gzipped."""

    def __init__(self, path: Path, spec: TableSpec) -> None:
        """Read the header."""
        super().__init__(path, spec)
        with self._opened_text() as text:
            header = text.readline()
        if not header.strip():
            raise self.unreadable("it is empty; its first row must name the columns")
        self._delimiter = spec.delimiter or max(_DELIMITERS, key=header.count)
        with self._opened_text() as text:
            self.columns = [name.strip() for name in next(self._reader(text))]

    def chunks(self, on_broken: OnBroken, size: int = CHUNK_ROWS) -> Iterator[Chunk]:
        """Yield every row that has as many cells as the header."""
        width = len(self.columns)
        with self._opened_text() as text:
            reader = self._reader(text)
            try:
                next(reader)
                numbers = range(2, 2)
                while lines := list(islice(reader, size)):
                    numbers = range(numbers.stop, numbers.stop + len(lines))
                    whole: Sequence[int] = numbers
                    if set(map(len, lines)) != {width}:
                        whole, lines = self._whole(numbers, lines, on_broken)
                    if lines:
                        yield Chunk(whole, list(zip(*lines, strict=True)))
            except csv.Error as error:
                raise self.unreadable(f"row {reader.line_num}: {error}") from error

    def _whole(
        self, numbers: Sequence[int], lines: list[list[str]], on_broken: OnBroken
    ) -> tuple[list[int], list[list[str]]]:
        """Leave out blank lines, and rows with more or fewer cells than the header."""
        width = len(self.columns)
        whole: list[int] = []
        for number, line in zip(numbers, lines, strict=True):
            if len(line) == width:
                whole.append(number)
            elif line:
                why = f"it has {len(line)} cells, the header has {width}; is one unquoted?"
                on_broken(number, self._delimiter.join(line), why, line)
        return whole, [line for line in lines if len(line) == width]

    @contextmanager
    def _opened_text(self) -> Iterator[io.TextIOWrapper]:
        with (
            self.opened() as stream,
            io.TextIOWrapper(stream, encoding=self.spec.encoding, newline="") as text,
        ):
            yield text

    def _reader(self, text: io.TextIOWrapper) -> Any:
        return csv.reader(text, delimiter=self._delimiter)


class XlsxFile(TableFile):
    """A sheet of a workbook; its first row that holds anything names the columns."""

    def __init__(self, path: Path, spec: TableSpec) -> None:
        """Read the header."""
        super().__init__(path, spec)
        for _, header in self._sheet_rows():
            self.columns = [name.strip() for name in header]
            while self.columns and not self.columns[-1]:
                self.columns.pop()
            return
        raise self.unreadable("it is empty; its first row must name the columns")

    def chunks(self, on_broken: OnBroken, size: int = CHUNK_ROWS) -> Iterator[Chunk]:
        """Yield every row that holds anything, filled up to the header's width."""
        yield from in_chunks(self._rows(on_broken), size)

    def _rows(self, on_broken: OnBroken) -> Iterator[NumberedRow]:
        width = len(self.columns)
        found = self._sheet_rows()
        next(found)
        for number, row in found:
            if any(row[width:]):
                why = f"it has more cells than the header's {width}"
                on_broken(number, ",".join(row), why, row)
            else:
                yield number, row[:width] + [""] * (width - len(row))

    def _sheet_rows(self) -> Iterator[tuple[int, list[str]]]:
        from openpyxl import load_workbook  # late: it takes 150 ms, and few sources need it

        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # it warns of styles, which do not concern us
                book = load_workbook(self.path, read_only=True, data_only=True)
        except (BadZipFile, KeyError, ValueError, OSError) as error:
            raise self.unreadable(f"it is not an XLSX workbook ({error})") from error
        try:
            sheets = {sheet.title: sheet for sheet in book.worksheets}
            name = self.spec.sheet or next(iter(sheets), "")
            if name not in sheets:
                names = ", ".join(map(repr, sheets)) or "none"
                raise self.unreadable(f"there is no sheet {name!r}; there is {names}")
            sheet = sheets[name]
            sheet.reset_dimensions()  # some programs write wrong ones, and rows would be missing
            for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                row = [_cell_text(cell) for cell in cells]
                if any(row):
                    yield number, row
        finally:
            book.close()


def detect_format(path: Path) -> str:
    """Return how a file is written, from its first bytes and its name."""
    try:
        with path.open("rb") as stream:
            start = stream.read(2)
    except OSError as error:
        raise NeedsAttention(f"{path} cannot be read: {error.strerror or error}") from error
    if start == _ZIP:
        return "xlsx"
    name = path.name.lower().removesuffix(".gz")
    if name.endswith((".jsonl", ".ndjson")):
        return "jsonl"
    return "json" if name.endswith(".json") else "csv"


def _cell_text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)
