"""Mapping files: loaded, checked, and every mistake named with its place and its fix."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from liveroom.connectors.tables import spec
from liveroom.connectors.tables.checks import problems_of
from liveroom.connectors.tables.words import did_you_mean, whole_characters
from liveroom.errors import KnownError
from liveroom.paths import resource

T = TypeVar("T")

_STRUCTS: tuple[Any, ...] = (
    spec.Cell, spec.Condition, spec.Time, spec.TableSpec, spec.LinesSpec, spec.EventSpec,
    spec.Mapping,
)  # fmt: skip
_FRIENDLY = {
    "str": "a text",
    "object": "a table",
    "array": "a list",
    "bool": "true or false",
    "int": "a whole number",
    "float": "a number with a point",
}


def shipped_mappings() -> dict[str, Path]:
    """Return the mappings that come with liveroom, by name."""
    return {path.stem: path for path in sorted(resource("mappings").glob("*.toml"))}


def load_mapping(name_or_path: str | Path) -> spec.Mapping:
    """Load a mapping by its shipped name or from a file; raise KnownError for any mistake in it."""
    path = _find(name_or_path)
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise KnownError(f"the mapping {path} cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise KnownError(f"the mapping {path} is not TOML: {error}") from error

    def fail(place: str, problem: str) -> KnownError:
        return KnownError(
            f"the mapping {path}: {place}: {problem}" if place else f"the mapping {path}: {problem}"
        )

    mapping = _typed(raw, path, fail)
    for place, problem in problems_of(mapping):
        raise fail(place, problem)
    return mapping


def _find(name_or_path: str | Path) -> Path:
    shipped = shipped_mappings()
    name = str(name_or_path)
    if name in shipped:
        return shipped[name]
    path = Path(name_or_path)
    if path.is_file():
        return path
    if path.suffix == ".toml" or len(path.parts) > 1:
        raise KnownError(f"there is no mapping file {path}")
    raise KnownError(
        f"there is no mapping {name!r}{did_you_mean(name, shipped)}; liveroom ships "
        f"{', '.join(shipped)}, or name a file that ends in .toml"
    )


def _typed(raw: dict[str, Any], path: Path, fail: Callable[[str, str], KnownError]) -> spec.Mapping:
    """Convert part by part, so that a mistake is named by its table or event."""
    rest = dict(raw)
    tables, events = rest.pop("tables", {}), rest.pop("events", [])
    if not isinstance(tables, dict) or not tables:
        raise fail("tables", "at least one [tables.NAME] must say which file is read")
    if not isinstance(events, list) or not events:
        raise fail("events", "at least one [[events]] must say what the rows are")
    for own in ("name", "path"):
        if own in rest:
            raise fail(own, "unknown key; a mapping is named after its file")
    typed_tables = {
        name: _convert(table, spec.TableSpec, f"tables.{name}", fail)
        for name, table in tables.items()
    }
    typed_events = tuple(
        _convert(event, spec.EventSpec, _event_place(number, event), fail)
        for number, event in enumerate(events, 1)
    )
    top = _convert({**rest, "tables": {}, "events": []}, spec.Mapping, "", fail)
    return msgspec.structs.replace(
        top,
        tables=typed_tables,
        events=typed_events,
        name=whole_characters(path.stem),
        path=str(path),
    )


def _event_place(number: int, event: Any) -> str:
    kind = event.get("event") if isinstance(event, dict) else None
    return f"events {number}" + (f" ({kind})" if kind else "")


def _convert(raw: Any, kind: type[T], place: str, fail: Callable[[str, str], KnownError]) -> T:
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `$")
        where = path.rstrip("`").lstrip(".")
        where = ": ".join(filter(None, (place, where)))
        raise fail(where, _friendly(message)) from None


def _friendly(message: str) -> str:
    """Put msgspec's words into a mapping writer's."""
    if unknown := re.search(r"unknown field `(.+)`", message):
        return f"unknown key {unknown[1]!r}{did_you_mean(unknown[1], _known_keys())}"
    if missing := re.search(r"missing required field `(.+)`", message):
        return f"the key {missing[1]!r} is missing"

    def translated(match: re.Match[str]) -> str:
        words = [_FRIENDLY.get(word, word) for word in match[1].split(" | ") if word != "null"]
        return " or ".join(words)

    return re.sub(r"`([^`]+)`", translated, message)


def _known_keys() -> Iterator[str]:
    for struct in _STRUCTS:
        for field in msgspec.structs.fields(struct):
            yield field.encode_name
