"""Which columns of which table a mapping uses, and where in the mapping it says so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import Formatter

from msgspec import Struct

from liveroom.connectors.tables.kinds import KINDS
from liveroom.connectors.tables.spec import (
    Cell,
    EventSpec,
    LinesSpec,
    Source,
    TableSpec,
    alternatives,
    cell_of,
    texts,
    time_of,
)
from liveroom.connectors.tables.spec import Mapping as MappingSpec

CELLS = tuple(
    dict.fromkeys(
        cell
        for kind in KINDS.values()
        for cell in (*kind.cells, "traffic_source", "traffic_medium")
        if cell != "lines"
    )
)
"""The keys of an event that hold a cell."""
LINE_CELLS = ("sku", "units", "amount", "price")


class Use(Struct, frozen=True):
    """A column that a mapping reads, and the key that names it."""

    table: str
    column: str
    place: str


def table_of(mapping: MappingSpec, event: EventSpec) -> str:
    """Return the name of the table an event is read from: its own or the first."""
    return event.table or next(iter(mapping.tables))


def cells_of(event: EventSpec) -> dict[str, Cell]:
    """Return an event's cells by their keys, those of its lines as `lines.sku` and so on."""
    named: dict[str, Source | None] = {name: getattr(event, name) for name in CELLS}
    if event.lines is not None:
        named |= {f"lines.{name}": getattr(event.lines, name) for name in LINE_CELLS}
    return {name: cell_of(source) for name, source in named.items() if source is not None}


def template_columns(template: str) -> list[str]:
    """Return the columns in a template such as `{session_id}/{hit}`."""
    return [column for _, column, _, _ in Formatter().parse(template) if column is not None]


def uses_of(mapping: MappingSpec) -> list[Use]:
    """Return every use of a column in a mapping."""
    found: list[Use] = []
    for name, table in mapping.tables.items():
        found += [Use(name, column, place) for column, place in _table_columns(name, table)]
    for number, event in enumerate(mapping.events, 1):
        name = table_of(mapping, event)
        prefix = f"events {number} ({event.event})"
        for column, key in _event_columns(event):
            found.append(Use(name, column, f"{prefix}: {key}"))
        for key, cell in cells_of(event).items():
            if cell.table:
                found.append(Use(name, cell.by, f"{prefix}: {key}.by"))
                found.append(Use(cell.table, cell.column, f"{prefix}: {key}"))
            elif cell.column:
                found.append(Use(name, cell.column, f"{prefix}: {key}"))
            found += [Use(name, column, f"{prefix}: {key}.per") for column in texts(cell.per)]
    return found


def _table_columns(name: str, table: TableSpec) -> Iterator[tuple[str, str]]:
    for key in ("key", "choose"):
        if column := getattr(table, key):
            yield column, f"tables.{name}.{key}"
    if table.at is not None:
        yield time_of(table.at).column, f"tables.{name}.at"


def _event_columns(event: EventSpec) -> Iterator[tuple[str, str]]:
    if event.at is not None:
        yield time_of(event.at).column, "at"
    for column in texts(event.group):
        yield column, "group"
    for column in template_columns(event.id):
        yield column, "id"
    wheres: list[tuple[str, Mapping[str, object]]]
    wheres = [("where", where) for where in alternatives(event.where)]
    lines: LinesSpec | None = event.lines
    if lines is not None:
        wheres += [("lines.service", where) for where in lines.service]
    for key, where in wheres:
        for column in where:
            yield column, key
