"""What a well-typed mapping can still get wrong: names that lead nowhere, keys at odds."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from liveroom.connectors.tables.cells import parse_number
from liveroom.connectors.tables.kinds import KINDS
from liveroom.connectors.tables.spec import (
    Cell,
    Condition,
    EventSpec,
    Mapping,
    Time,
    Where,
    alternatives,
    texts,
    time_of,
)
from liveroom.connectors.tables.times import find_zone, time_parser
from liveroom.connectors.tables.usage import cells_of, table_of
from liveroom.connectors.tables.words import did_you_mean
from liveroom.models.money import parse_currency

Problem = tuple[str, str]
"""The key that is wrong, and what is wrong with it and the fix."""


def problems_of(mapping: Mapping) -> Iterator[Problem]:
    """Yield what is wrong with a mapping, the first and most basic things first."""
    yield from _top_problems(mapping)
    for name, table in mapping.tables.items():
        place = f"tables.{name}"
        if table.at is not None:
            yield from _time_problems(place, time_of(table.at), mapping)
        if table.ignore and not table.choose:
            yield place, "'ignore' needs 'choose', the column whose values are ignored"
        if len(table.delimiter) > 1:
            yield place, "'delimiter' is one character"
        if problem := _template_problem(table.file):
            yield f"{place}.file", problem
        try:
            "".encode(table.encoding)
        except LookupError:
            yield place, f"{table.encoding!r} is no encoding; write one such as cp1252"
    for number, event in enumerate(mapping.events, 1):
        place = f"events {number} ({event.event})"
        for key, problem in _event_problems(event, mapping):
            yield f"{place}: {key}" if key else place, problem


def _top_problems(mapping: Mapping) -> Iterator[Problem]:
    try:
        find_zone(mapping.timezone)
    except ValueError as error:
        yield "timezone", str(error)
    for key, code in (("currency", mapping.currency), *(("rates", c) for c in mapping.rates)):
        if code is not None:
            try:
                parse_currency(code)
            except ValueError as error:
                yield key, str(error)
    for code, rate in mapping.rates.items():
        try:
            if parse_number(rate) <= 0:
                yield f"rates.{code}", f"{rate!r} must be above zero"
        except ValueError:
            yield f"rates.{code}", f'{rate!r} is not a rate such as "5.43"'
    if problem := _template_problem(mapping.show):
        yield "show", problem


def _event_problems(event: EventSpec, mapping: Mapping) -> Iterator[Problem]:
    kind = KINDS.get(event.event)
    if kind is None:
        close = did_you_mean(event.event, KINDS)
        yield "", f"there is no event {event.event!r}{close}; there is {', '.join(KINDS)}"
        return
    name = table_of(mapping, event)
    table = mapping.tables.get(name)
    if table is None:
        yield "table", f"there is no [tables.{name}]{did_you_mean(name, mapping.tables)}"
        return
    if bool(event.when) != bool(table.choose):
        yield "when", f"'when' and [tables.{name}] choose = … go together; give both or none"
    at = event.at or table.at
    if at is None and kind.timed:
        yield "at", f"say which column holds the time, here or in [tables.{name}]"
    elif event.at is not None:
        yield from _time_problems("at", time_of(event.at), mapping)
    if problem := _template_problem(event.id):
        yield "id", problem
    for where in alternatives(event.where):
        yield from _where_problems(where)
        if table.choose in where:
            yield f"where.{table.choose}", "this column chooses the event; use 'when'"
    cells = cells_of(event)
    yield from _cell_problems(event, cells, mapping)
    yield from _money_problems(event, cells, mapping)


def _where_problems(where: Where) -> Iterator[Problem]:
    for column, wanted in where.items():
        if isinstance(wanted, Condition):
            for limit in (wanted.above, wanted.below):
                try:
                    parse_number("0" if limit is None else str(limit))
                except ValueError as error:
                    yield f"where.{column}", f"{limit!r}: {error}"


def _cell_problems(event: EventSpec, cells: dict[str, Cell], mapping: Mapping) -> Iterator[Problem]:
    kind = KINDS[event.event]
    allowed = (*kind.cells, *(f"lines.{key}" for key in ("sku", "units", "amount", "price")))
    for needed in kind.needs:
        if needed not in cells:
            yield needed, f"it is missing; an event {event.event!r} needs it"
    if event.lines is not None and "lines" not in kind.cells:
        yield "lines", f"an event {event.event!r} has no lines"
    for key, cell in cells.items():
        if key not in allowed:
            yield key, f"an event {event.event!r} has no such cell; it has {', '.join(kind.cells)}"
        if not cell.column and cell.value is None:
            yield key, "say the column, or a constant value"
        if cell.table:
            other = mapping.tables.get(cell.table)
            if other is None:
                close = did_you_mean(cell.table, mapping.tables)
                yield f"{key}.table", f"there is no [tables.{cell.table}]{close}"
            elif not other.key:
                yield f"{key}.table", f"[tables.{cell.table}] needs 'key', its column to look up by"
            if not cell.by:
                yield f"{key}.by", f"say which of our columns is looked up in {cell.table!r}"
        if cell.step_back and (key not in ("count", "amount") or event.group or event.lines):
            yield key, "only 'count' and 'amount' of ungrouped events can be running totals"
        if texts(cell.per) and not cell.step_back:
            yield f"{key}.per", "'per' belongs to a running total; give 'step_back' too"


def _money_problems(
    event: EventSpec, cells: dict[str, Cell], mapping: Mapping
) -> Iterator[Problem]:
    money = [key for key in cells if key.rpartition(".")[2] in ("amount", "price")]
    if money and "currency" not in cells and mapping.currency is None:
        yield money[0], 'money needs a currency: write currency = "BRL" at the top of the mapping'
    if event.lines is not None and event.lines.amount and event.lines.price:
        yield "lines", "give either the line's amount or the price of one unit"
    if event.lines is not None and "units" in cells:
        yield "units", "the lines say the units of this event; leave it out"


def _time_problems(place: str, time: Time, mapping: Mapping) -> Iterator[Problem]:
    try:
        time_parser(time, mapping.timezone)
    except ValueError as error:
        yield place, str(error)
    if time.unit != "iso" and time.format:
        yield place, f"'format' is for texts; a time in {time.unit!r} is a number"


def _template_problem(template: str) -> str:
    try:
        fields = [field for _, field, _, _ in Formatter().parse(template) if field is not None]
    except ValueError as error:
        return f"{template!r} is no template such as {{session_id}}/{{hit}}: {error}"
    return "" if all(fields) else f"{template!r}: write a name between the braces"
