"""A mapping bound to the files of a source: how each table is read, and the rules of its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from liveroom.connectors.tables.binding import Binder, Lookup
from liveroom.connectors.tables.cells import Reading
from liveroom.connectors.tables.files import Files
from liveroom.connectors.tables.readers import TableFile
from liveroom.connectors.tables.rule_maker import RuleMaker
from liveroom.connectors.tables.rules import Rule
from liveroom.connectors.tables.spec import EventSpec, TableSpec, texts
from liveroom.connectors.tables.times import LocalTimes
from liveroom.connectors.tables.usage import table_of
from liveroom.errors import KnownError
from liveroom.models.channels import ChannelRules


class TablePlan(Struct, frozen=True, kw_only=True):
    """A table to be read and its rules; `chooser` refuses rows that nothing maps or ignores."""

    file: TableFile
    rules: tuple[Rule, ...]
    chooser: Reading[str] | None = None
    times: tuple[LocalTimes, ...] = ()


def make_plans(
    files: Files,
    opened: Mapping[str, TableFile],
    key: Callable[[str], int],
    channels: ChannelRules,
) -> list[TablePlan]:
    """Bind a mapping to its files, ready to be fed once."""
    mapping = files.mapping
    lookups = _lookups(files, opened)
    plans = []
    for name, file in opened.items():
        table = mapping.tables[name]
        binder = Binder(file, lookups, key)
        events = {
            number: event
            for number, event in enumerate(mapping.events, 1)
            if table_of(mapping, event) == name
        }
        if events:
            rules = tuple(_rule(RuleMaker(files, number, binder, channels)) for number in events)
            chooser = _chooser(table, list(events.values()), binder)
            times = tuple(binder.times.values())
            plans.append(TablePlan(file=file, rules=rules, chooser=chooser, times=times))
    return plans


def _rule(maker: RuleMaker) -> Rule:
    try:
        return maker.rule()
    except ValueError as error:
        place = f"events {maker.number} ({maker.event.event})"
        raise KnownError(f"the mapping {maker.mapping.path}: {place}: {error}") from error


def _chooser(table: TableSpec, events: Sequence[EventSpec], binder: Binder) -> Reading[str] | None:
    """Return what checks that each row's event is named by the mapping, or ignored by it."""
    if not table.choose:
        return None
    known = {*table.ignore, *(value for event in events for value in texts(event.when))}

    def check(text: str) -> str:
        if text not in known:
            names = ", ".join(sorted(map(repr, known)))
            raise ValueError(
                f"the mapping has no event for it (it knows {names}); add one, or ignore it"
            )
        return text

    return binder.read(table.choose, check)


def _lookups(files: Files, opened: Mapping[str, TableFile]) -> dict[str, Lookup]:
    """Read the tables in which others look things up."""
    found = {}
    for name, file in opened.items():
        table = files.mapping.tables[name]
        if table.key:
            place = file.columns.index(table.key)
            rows: dict[str, tuple[str, ...]] = {}
            for chunk in file.chunks(lambda number, text, why, cells=(): None):
                for row in zip(*chunk.columns, strict=True):
                    rows.setdefault(row[place].strip(), row)
            found[name] = Lookup(
                file=file.name,
                key=table.key,
                columns={column: index for index, column in enumerate(file.columns)},
                rows=rows,
                decimal_comma=table.decimal_comma,
            )
    return found
