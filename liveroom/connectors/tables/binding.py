"""Ties the cells of a mapping to the columns of a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from string import Formatter
from typing import TypeVar

from msgspec import Struct

from liveroom.connectors.tables.cells import (
    BrokenCell,
    Constant,
    Field,
    Reading,
    parse_present,
    with_point,
)
from liveroom.connectors.tables.chunks import Chunk
from liveroom.connectors.tables.readers import TableFile
from liveroom.connectors.tables.spec import Cell, Source, Time, cell_of, texts
from liveroom.connectors.tables.times import LocalTimes
from liveroom.connectors.tables.words import has_half_character
from liveroom.models.channels import ChannelRules, original_label
from liveroom.models.facts import EntryChannel

T = TypeVar("T")


class Lookup(Struct, frozen=True, kw_only=True):
    """A second table, held by its key; of rows with the same key the first counts."""

    file: str
    key: str
    columns: Mapping[str, int]
    rows: Mapping[str, Sequence[str]]
    decimal_comma: bool = False


class Binder:
    """Where a table's columns stand, and what its cells may ask: second tables, salted keys."""

    def __init__(
        self,
        file: TableFile,
        lookups: Mapping[str, Lookup],
        key: Callable[[str], int],
    ) -> None:
        """Take the table's file and what its cells may ask."""
        self.file = file
        self.key = key
        self.decimal_comma = file.spec.decimal_comma
        # Of two columns with the same name the first counts.
        self._columns = {column: file.columns.index(column) for column in file.columns}
        self._lookups = lookups
        self.times: dict[Time, LocalTimes] = {}
        """The time columns that are read; rules that read the same one share it."""

    def index(self, column: str) -> int:
        """Return a column's place."""
        return self._columns[column]

    def read(
        self,
        source: Source,
        parse: Callable[[str], T],
        number: bool = False,
        strip: bool = True,
        free: bool = False,
    ) -> Reading[T]:
        """Bind a cell whose cleaned text `parse` turns into a value.

        Half a character is refused unless the text is `free`: then `parse` mends it.
        """
        cell = cell_of(source)
        if cell.value is not None:
            return Constant(parse(cell.value))
        return self._field(cell, parse, number, strip, free)

    def _field(
        self, cell: Cell, parse: Callable[[str], T], number: bool, strip: bool, free: bool
    ) -> Field[T]:
        comma = self.decimal_comma
        column = cell.column
        find: Callable[[str], str] = str
        if cell.table:
            lookup = self._lookups.get(cell.table)
            column, find = cell.by, _finder(cell, lookup)
            comma = lookup is not None and lookup.decimal_comma
        blanks, default = frozenset(texts(cell.blank)), cell.default
        if default:
            parse(
                default
            )  # a default that cannot be read is a mistake of the mapping, not of a row

        def parse_cell(text: str) -> T:
            found = find(text)
            clean = found.strip()
            if not clean or clean in blanks:
                clean = default or ""
            elif not strip:
                clean = found
            if not free and has_half_character(clean):
                raise BrokenCell(
                    cell.column, found, "it holds half a character (a lone surrogate); correct it"
                )
            try:
                return parse(with_point(clean) if number and comma and clean else clean)
            except BrokenCell:
                raise
            except ValueError as error:
                raise BrokenCell(cell.column, found, str(error)) from None

        return Field(self.index(column), parse_cell)

    def time(self, time: Time, default_zone: str) -> Reading[int]:
        """Bind a time; rules that read the same one share what was parsed."""
        reading = self.times.get(time)
        if reading is None:
            reading = LocalTimes(time, default_zone)
            reading.bind(self._field(Cell(column=time.column), reading.parse, False, True, False))
            self.times[time] = reading
        return reading

    def salted(self, source: Source, role: str) -> Reading[int | None]:
        """Bind a cell that names a person or a visit; only its salted key leaves this module."""
        return self.read(source, lambda text: self.key(f"{role}:{text}") if text else None)

    def identity(self, kind: str, template: str) -> Identity:
        """Bind the natural id of an event: a template of columns, or file and row."""
        if not template:
            name = self.file.label.replace("{", "{{").replace("}", "}}")
            return Identity(f"{kind}:{name}:{{}}", ())
        pattern, fields = f"{kind}:", []
        for literal, column, _, _ in Formatter().parse(template):
            pattern += literal.replace("{", "{{").replace("}", "}}")
            if column is not None:
                pattern += "{}"
                fields.append(self.read(column, parse_present))
        return Identity(pattern, tuple(fields))


class Identity:
    """The id under which a source's fact is taken once."""

    __slots__ = ("_fields", "_format")

    def __init__(self, pattern: str, fields: tuple[Reading[str], ...]) -> None:
        """Take a pattern and the columns that fill it; without any, the row's number does."""
        self._format = pattern.format
        self._fields = fields

    def of(self, chunk: Chunk) -> list[str]:
        """Return the id of the fact in every row."""
        if not self._fields:
            return list(map(self._format, chunk.numbers))
        return list(map(self._format, *[field.of(chunk) for field in self._fields]))


class Channel:
    """The entry channel and the platform's own label for it."""

    __slots__ = ("_cells", "_known", "_rules")

    def __init__(self, rules: ChannelRules, cells: Sequence[Reading[str]]) -> None:
        """Take the rule table and the cells of label, source and medium."""
        self._rules = rules
        self._cells = cells
        self._known: dict[tuple[str, ...], tuple[EntryChannel, str]] = {}

    def of(self, chunk: Chunk) -> list[tuple[EntryChannel, str]]:
        """Return channel and label of every row."""
        rows = zip(*[cell.of(chunk) for cell in self._cells], strict=True)
        return [self._known.get(words) or self._decide(words) for words in rows]

    def _decide(self, words: tuple[str, ...]) -> tuple[EntryChannel, str]:
        found = self._rules.classify(*words), original_label(*words)
        self._known[words] = found
        return found


def _finder(cell: Cell, lookup: Lookup | None) -> Callable[[str], str]:
    if lookup is None:  # an optional table that this source does not have
        return lambda text: ""
    place = lookup.columns[cell.column]

    def find(text: str) -> str:
        row = lookup.rows.get(text.strip())
        if row is not None:
            return row[place]
        if cell.default is None:
            raise BrokenCell(
                cell.by,
                text,
                f"{lookup.file} has no row whose {lookup.key!r} is this; add it, or give the cell "
                "a default",
            )
        return ""

    return find
