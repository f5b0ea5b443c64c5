"""Which files of a source a mapping reads, and where the mapping and the files do not fit."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Formatter

from msgspec import Struct

from liveroom.connectors.tables import spec
from liveroom.connectors.tables.json_files import JsonFile
from liveroom.connectors.tables.readers import CsvFile, TableFile, XlsxFile, detect_format
from liveroom.connectors.tables.usage import Use, uses_of
from liveroom.connectors.tables.words import did_you_mean, whole_characters
from liveroom.errors import KnownError

log = logging.getLogger(__name__)


class Files(Struct, frozen=True, kw_only=True):
    """The files of a source, by the mapping's names of its tables."""

    mapping: spec.Mapping
    paths: Mapping[str, Path]
    captured: Mapping[str, str]
    """What `{show}` and the like stand for in this source."""

    def opened(self) -> dict[str, TableFile]:
        """Open every file that is read; raise KnownError for one that lacks a column."""
        used = uses_of(self.mapping)
        found: dict[str, TableFile] = {}
        for name, path in self.paths.items():
            uses = [use for use in used if use.table == name]
            wanted = list(dict.fromkeys(use.column for use in uses))
            found[name] = _open(path, self.mapping.tables[name], wanted)
            for use in uses:
                self._check(found[name], use)
        return found

    def _check(self, file: TableFile, use: Use) -> None:
        if use.column not in file.columns:
            there = sorted(file.names) if isinstance(file, JsonFile) else file.columns
            raise KnownError(
                f"{file.name} has no column {use.column!r}, which the mapping "
                f"{self.mapping.name!r} names at {use.place}"
                f"{did_you_mean(use.column, there)}; it has: {whole_characters(', '.join(there))}"
            )


def find_files(mapping: spec.Mapping, source: Path) -> Files:
    """Find the files that a mapping reads of `source`: a folder, or one of the files."""
    if not source.exists():
        raise KnownError(f"there is no file or folder {source}")
    chosen, captured = _main_file(mapping, source)
    paths: dict[str, Path] = {}
    for place, (name, table) in enumerate(mapping.tables.items()):
        path = chosen
        if place and table.file:
            path = chosen.parent / _filled(mapping.name, table.file, captured, chosen.name)
        if path.is_file():
            paths[name] = path
        elif table.optional:
            log.warning("%s is not there; %r goes without it", path, mapping.name)
        else:
            raise KnownError(
                f"{path} is missing; the mapping {mapping.name!r} reads it as its table {name!r}"
            )
    return Files(mapping=mapping, paths=paths, captured=captured)


def _main_file(mapping: spec.Mapping, source: Path) -> tuple[Path, dict[str, str]]:
    """Return the file of the mapping's first table, and what its name's placeholders stand for."""
    main = next(iter(mapping.tables.values()))
    if source.is_dir():
        path = _only_match(mapping.name, main.file, source)
        return path, _captured(main.file, path.name) or {}
    for table in mapping.tables.values():
        captured = _captured(table.file, source.name)
        if captured is not None and main.file:
            if table is main:
                return source, captured
            return source.parent / _filled(mapping.name, main.file, captured, source.name), captured
    return source, {}


def _only_match(name: str, pattern: str, folder: Path) -> Path:
    if not pattern:
        raise KnownError(f"{folder} is a folder; the mapping {name!r} reads one file: name it")
    found = sorted(path for path in folder.iterdir() if _captured(pattern, path.name) is not None)
    if len(found) == 1:
        return found[0]
    if not found:
        raise KnownError(f"{folder} holds no {pattern}, which the mapping {name!r} reads")
    names = ", ".join(path.name for path in found)
    raise KnownError(f"{folder} holds several sources; name one of its files: {names}")


def _captured(pattern: str, name: str) -> dict[str, str] | None:
    """Return what the placeholders of `pattern` stand for in a name, None where it does not fit."""
    if not pattern:
        return None
    regex = ""
    for literal, field, _, _ in Formatter().parse(pattern):
        regex += re.escape(literal) + (f"(?P<{field}>.+)" if field else "")
    match = re.fullmatch(regex, name)
    return None if match is None else match.groupdict()


def _filled(mapping: str, pattern: str, captured: Mapping[str, str], name: str) -> str:
    try:
        return pattern.format(**captured)
    except KeyError as missing:
        raise KnownError(
            f"the mapping {mapping!r} reads {pattern!r} too, but the name {name!r} does not tell "
            f"what {{{missing.args[0]}}} stands for"
        ) from None


def _open(path: Path, table: spec.TableSpec, wanted: Iterable[str]) -> TableFile:
    written = table.format or detect_format(path)
    if written == "xlsx":
        return XlsxFile(path, table)
    if written == "csv":
        return CsvFile(path, table)
    return JsonFile(path, table, list(wanted), lines=written == "jsonl")
