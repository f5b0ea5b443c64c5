"""JSON lines and JSON arrays as rows: nested values by dotted names, lists unnested on demand."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from liveroom.connectors.tables.chunks import (
    CHUNK_ROWS,
    Chunk,
    NumberedRow,
    OnBroken,
    RowNumber,
    Texts,
    in_chunks,
)
from liveroom.connectors.tables.readers import TableFile
from liveroom.connectors.tables.spec import TableSpec

_SAMPLE = 1000


class JsonFile(TableFile):
    """Records of a JSON file; `columns` are the wanted ones that at least one early record has."""

    def __init__(self, path: Path, spec: TableSpec, wanted: Sequence[str], lines: bool) -> None:
        """Look at the first records to learn what there is."""
        super().__init__(path, spec)
        self._lines = lines
        # Numbers with a point stay text: a float would lose cents.
        self._decoder = msgspec.json.Decoder(float_hook=str)
        self.columns = []
        self.names: set[str] = set()
        broken = 0

        def count_broken(number: RowNumber, text: str, why: str, cells: Texts = (), /) -> None:
            nonlocal broken
            broken += 1
            if broken == _SAMPLE:
                raise self.unreadable(f"not one of its records is one: {why}")

        for _, record in islice(self._items(count_broken), _SAMPLE):
            _collect_names(record, "", self.names)
        self.columns = [column for column in wanted if column in self.names]

    def chunks(self, on_broken: OnBroken, size: int = CHUNK_ROWS) -> Iterator[Chunk]:
        """Yield every record, or every item of the unnested list, as texts."""
        yield from in_chunks(self._rows(on_broken), size)

    def _rows(self, on_broken: OnBroken) -> Iterator[NumberedRow]:
        paths = [(column, column.split(".")) for column in self.columns]
        for number, record in self._items(on_broken):
            yield number, [_text_at(record, column, path) for column, path in paths]

    def _items(self, on_broken: OnBroken) -> Iterator[tuple[RowNumber, dict[str, Any]]]:
        unnest = self.spec.unnest
        for number, record in self._records(on_broken):
            if not isinstance(record, dict):
                on_broken(number, str(record), "it is not a JSON object")
            elif not unnest:
                yield number, record
            elif not isinstance(record.get(unnest), list):
                on_broken(number, str(record), f"it has no list {unnest!r}")
            else:
                for place, item in enumerate(record[unnest], 1):
                    yield f"{number}.{place}", {**record, unnest: item}

    def _records(self, on_broken: OnBroken) -> Iterator[tuple[int, Any]]:
        with self.opened() as stream:
            if self._lines:
                for number, line in enumerate(stream, 1):
                    if line.strip():
                        try:
                            record = self._decoded(line)
                        except (msgspec.DecodeError, UnicodeDecodeError) as error:
                            on_broken(number, line.decode(errors="replace").strip(), str(error))
                        else:
                            yield number, record
                return
            try:
                records = self._decoded(stream.read())
            except msgspec.DecodeError as error:
                raise self.unreadable(f"it is not JSON ({error})") from error
        if not isinstance(records, list):
            raise self.unreadable("it is not a JSON array of records")
        yield from enumerate(records, 1)

    def _decoded(self, text: bytes) -> Any:
        try:
            return self._decoder.decode(text)
        except msgspec.DecodeError as error:
            if "surrogate" not in str(error):
                raise
        # Half a character (an emoji cut in two) is no reason to lose the row; Python's decoder,
        # which takes it, is too slow for the others.
        try:
            return json.loads(text, parse_float=str, parse_constant=str)
        except (ValueError, RecursionError) as error:
            raise msgspec.DecodeError(str(error)) from None


def _collect_names(record: dict[str, Any], prefix: str, names: set[str]) -> None:
    for key, value in record.items():
        names.add(prefix + key)
        if isinstance(value, dict):
            _collect_names(value, f"{prefix}{key}.", names)


def _text_at(record: dict[str, Any], column: str, path: Sequence[str]) -> str:
    value: Any = record.get(column) if len(path) > 1 else None
    if value is None:
        value = record
        for key in path:
            value = value.get(key) if isinstance(value, dict) else None
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return str(value)
