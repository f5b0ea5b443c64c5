"""Makes the rule of one event of a mapping: binds its cells, its time, its conditions, its id."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec import Struct

from liveroom.connectors.addresses import addressed
from liveroom.connectors.tables import cells
from liveroom.connectors.tables.binding import Binder, Channel
from liveroom.connectors.tables.cells import Constant, Money, Reading
from liveroom.connectors.tables.conditions import Filter
from liveroom.connectors.tables.files import Files
from liveroom.connectors.tables.groups import GroupRule, LineCells
from liveroom.connectors.tables.kinds import KINDS
from liveroom.connectors.tables.rules import (
    UNTIMED,
    CounterRule,
    Parts,
    RowRule,
    Rule,
    SegmentRule,
)
from liveroom.connectors.tables.spec import (
    Cell,
    LinesSpec,
    Source,
    Where,
    alternatives,
    cell_of,
    texts,
    time_of,
)
from liveroom.connectors.tables.usage import table_of
from liveroom.connectors.tables.words import whole_characters
from liveroom.models.channels import ChannelRules
from liveroom.models.events import ChatPosted
from liveroom.models.money import parse_currency


class RuleMaker:
    """Binds one event of a mapping to the columns of its table."""

    def __init__(self, files: Files, number: int, binder: Binder, channels: ChannelRules) -> None:
        """Take the event by its number in the mapping, and what knows its table's columns."""
        self.mapping = files.mapping
        self.captured = files.captured
        self.number = number
        self.event = self.mapping.events[number - 1]
        self.table = self.mapping.tables[table_of(self.mapping, self.event)]
        self.kind = KINDS[self.event.event]
        self.binder = binder
        self.channels = channels

    def rule(self) -> Rule:
        """Return the rule that fits the event: per row, per group, running totals or segments."""
        event, parts, read = self.event, self._parts(), self.binder.read
        if event.event == "segment":
            title = whole_characters(self.mapping.show.format(**self.captured))
            return SegmentRule(parts, self.binder.file.label, title)
        counters = self._counters()
        if counters:
            named = {column for cell in counters.values() for column in texts(cell.per)}
            per = [read(column, str) for column in sorted(named)]
            steps = {name: cell.step_back for name, cell in counters.items() if cell.step_back}
            return CounterRule(parts, steps, per)
        if event.group or event.lines is not None:
            columns = texts(event.group)
            key = [read(column, cells.parse_present) for column in columns]
            lines = None if event.lines is None else self._lines(event.lines)
            once = () if self.kind.timed else [self.binder.index(column) for column in columns]
            return GroupRule(parts, key, lines, once)
        return RowRule(parts)

    def _counters(self) -> dict[str, Cell]:
        """Return the cells that are running totals."""
        sources = {"count": self.event.count, "amount": self.event.amount}
        found = {name: cell_of(source) for name, source in sources.items() if source is not None}
        return {name: cell for name, cell in found.items() if cell.step_back}

    def _parts(self) -> Parts:
        event, binder = self.event, self.binder
        comma = self.table.decimal_comma
        at = event.at or (self.table.at if self.kind.timed else None)
        reading: Reading[int] = Constant(UNTIMED)
        if at is not None:
            reading = binder.time(time_of(at), self.mapping.timezone)
        wheres = alternatives(event.where)
        if self.table.choose:
            chosen: Where = {self.table.choose: texts(event.when)}
            wheres = tuple({**chosen, **where} for where in wheres)
        return Parts(
            source=self.mapping.name,
            kind=self.kind,
            filter=Filter(wheres, binder.index, comma),
            at=reading,
            identity=binder.identity(event.event, event.id),
            cells=self._cells(),
            channel=self._channel(),
            negate=event.negate,
            total=self._total(),
            number=self.number,
        )

    def _cells(self) -> dict[str, Reading[Any]]:
        """Bind the cells that an event keeps under their own names."""
        found: dict[str, Reading[Any]] = {}
        for name in self.kind.cells:
            source: Source | None = getattr(self.event, name, None)
            if name in _PARSERS and source is not None:
                parser = _PARSERS[name]
                parse = parser.parse
                if name == "count" and cell_of(source).step_back:
                    parse = cells.parse_optional_count
                found[name] = self.binder.read(
                    source, parse, parser.is_number, parser.strip, parser.is_free
                )
            elif name in ("visit", "person") and source is not None:
                found[name] = self.binder.salted(source, name)
            elif name in ("amount", "price") and source is not None:
                found[name] = self._money(source)
            elif name == "currency" and (self.event.currency or self.mapping.currency):
                found[name] = self._currency()
        if self.kind.event is ChatPosted and self.event.person and self.event.text:
            found["to_person"] = self._addressee(self.event.text)
        return found

    def _addressee(self, text: Source) -> Reading[int | None]:
        """Bind whom a message is written to; like its author only as a salted key."""

        def key(said: str) -> int | None:
            name = addressed(said)
            return self.binder.key(f"person:{name}") if name else None

        return self.binder.read(text, key, free=True)

    def _currency(self) -> Reading[str]:
        if self.event.currency is not None:
            return self.binder.read(self.event.currency, parse_currency)
        return Constant(parse_currency(self.mapping.currency or ""))

    def _money(self, source: Source) -> Money:
        text = self.binder.read(source, str, number=True)
        return Money(cell_of(source).column, text, self._currency())

    def _channel(self) -> Channel | None:
        event = self.event
        if event.channel is event.traffic_source is event.traffic_medium is None:
            return None
        sources = (event.channel, event.traffic_source, event.traffic_medium)
        empty: Reading[str] = Constant("")
        return Channel(
            self.channels,
            [
                empty if source is None else self.binder.read(source, whole_characters, free=True)
                for source in sources
            ],
        )

    def _total(self) -> str:
        """Return the column or columns that a total comes from, for messages."""
        lines = self.event.lines
        sources = [self.event.amount]
        if self.event.amount is None and lines is not None:
            sources = [lines.units, lines.price] if lines.price is not None else [lines.amount]
        columns = [cell_of(source).column for source in sources if source is not None]
        named = [repr(column) for column in columns if column]
        if not named:
            return "amount" if columns else ""
        return ("column " if len(named) == 1 else "columns ") + " and ".join(named)

    def _lines(self, lines: LinesSpec) -> LineCells:
        units: Reading[int] = Constant(1)
        if lines.units is not None:
            units = self.binder.read(lines.units, cells.parse_whole, number=True)
        service = None
        if lines.service:
            service = Filter(lines.service, self.binder.index, self.table.decimal_comma)
        return LineCells(
            sku=self.binder.read(lines.sku, cells.parse_present),
            units=units,
            amount=None if lines.amount is None else self._money(lines.amount),
            price=None if lines.price is None else self._money(lines.price),
            service=service,
            sign=-1 if self.event.negate else 1,
        )


class _Parser(Struct, frozen=True):
    parse: Callable[[str], Any]
    is_number: bool = False
    """May be written with a decimal comma."""
    strip: bool = True
    is_free: bool = False
    """Half a character in it is mended; elsewhere it is refused, for ids could become alike."""


_PARSERS = {
    "sku": _Parser(cells.parse_present),
    "units": _Parser(cells.parse_whole, is_number=True),
    "count": _Parser(cells.parse_count, is_number=True),
    "viewers": _Parser(cells.parse_count, is_number=True),
    "order_id": _Parser(str),
    "text": _Parser(whole_characters, strip=False, is_free=True),
    "name": _Parser(whole_characters, is_free=True),
    "category": _Parser(whole_characters, is_free=True),
    "segment": _Parser(str),
    "title": _Parser(cells.parse_title, is_free=True),
    "duration": _Parser(cells.parse_duration_ms),
}
