"""Rules that make one event of several rows: an order of its lines, a visit of its first hit."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from decimal import Decimal
from operator import itemgetter
from typing import Any

from msgspec import Struct

from liveroom.connectors.tables.cells import BrokenCell, BrokenRow, Constant, Exact, Reading
from liveroom.connectors.tables.chunks import Chunk, OnBroken, RowNumber
from liveroom.connectors.tables.conditions import Filter
from liveroom.connectors.tables.kinds import Values, round_minor_of
from liveroom.connectors.tables.rules import Parts, Rule
from liveroom.connectors.tables.shares import exact_total, shared_out
from liveroom.models.events import Event, OrderCancelled, OrderLine, OrderPlaced
from liveroom.models.money import LARGEST_MINOR


class LineCells(Struct, frozen=True, kw_only=True):
    """Where the sku, units and amount of an order's line stand."""

    sku: Reading[str]
    units: Reading[int]
    amount: Reading[Exact | None] | None
    price: Reading[Exact | None] | None
    service: Filter | None
    sign: int
    """-1 where a file writes what comes back below zero."""

    @property
    def priced(self) -> bool:
        """Return whether the lines say their amount."""
        return self.price is not None or self.amount is not None

    def of(self, chunk: Chunk) -> tuple[list[OrderLine], dict[int, Decimal]]:
        """Return the line of every row, and the exact amounts of those that had to be rounded."""
        sign, units = self.sign, self.units.of(chunk)
        if sign != 1:
            units = [count * sign for count in units]
        amounts: Sequence[Exact | None] = [None] * len(chunk)
        if self.price is not None:
            prices = self.price.of(chunk)
            amounts = [p if p is None else p * n for p, n in zip(prices, units, strict=True)]
        elif self.amount is not None:
            amounts = [a if a is None else a * sign for a in self.amount.of(chunk)]
        for amount in amounts:
            if amount is not None and not -LARGEST_MINOR <= amount <= LARGEST_MINOR:
                raise BrokenRow(
                    f"the amount of its line is too large ({amount}); correct the cells"
                )
        products = [True] * len(chunk)
        for place in () if self.service is None else self.service.places(chunk):
            products[place] = False
        exact: dict[int, Decimal] = {}
        if Decimal in set(map(type, amounts)):
            exact = {p: amount for p, amount in enumerate(amounts) if isinstance(amount, Decimal)}
            amounts = [a if a is None else round_minor_of(a) for a in amounts]
        rows = zip(self.sku.of(chunk), units, amounts, products, strict=True)
        lines = [
            OrderLine(sku=sku, units=count, amount_minor=amount, is_product=is_product)  # type: ignore[arg-type]
            for sku, count, amount, is_product in rows
        ]
        return lines, exact


class Group:
    """The rows of one event so far."""

    __slots__ = ("at", "exact", "lines", "number", "source_id", "values")

    def __init__(self, number: RowNumber, at: int, source_id: str, values: Values) -> None:
        """Start with the first row: its number and its own values."""
        self.number = number
        self.at = at
        self.source_id = source_id
        self.values = values
        self.lines: list[OrderLine] = []
        self.exact: list[tuple[OrderLine, Decimal]] = []


class GroupReading(Struct, frozen=True):
    """What was read of a chunk: each row's group, time and line, and the groups that are new."""

    keys: Sequence[Hashable]
    times: Sequence[int]
    lines: Sequence[OrderLine] | None
    exact: dict[int, Decimal]
    fresh: dict[Hashable, Group]
    texts: Sequence[Hashable]


class GroupRule(Rule):
    """One event per group of rows, at its earliest time; its own cells come from the first row."""

    def __init__(
        self,
        parts: Parts,
        key: Sequence[Reading[str]],
        lines: LineCells | None,
        once: Sequence[int] = (),
    ) -> None:
        """Take what a group's rows have in common (nothing: each is its own) and the lines.

        `once` are the places of the key's columns where only the first row matters; later ones are
        then not even looked at.
        """
        super().__init__(parts)
        self._once = once
        self._seen: set[Hashable] = set()
        self._key = key
        self._lines = lines
        self._groups: dict[Hashable, Group] = {}
        self._incomplete: set[Hashable] = set()
        currency = parts.cells.get("currency")
        self._currency = None if isinstance(currency, Constant) else currency

    def read(self, chunk: Chunk) -> GroupReading:
        """Read the rows that the rule wants; raise BrokenCell where one cannot be read."""
        if self._once:
            seen, keys = self._seen, self._texts(chunk)
            chunk = chunk.take([place for place, key in enumerate(keys) if key not in seen])
        return self._read(chunk.take(self.parts.filter.places(chunk)))

    def _read(self, chunk: Chunk) -> GroupReading:
        keys = self._keys(chunk)
        times = self.parts.at.of(chunk)
        # Backwards, so that of equal keys the first place stays.
        places = dict(zip(reversed(keys), range(len(keys) - 1, -1, -1), strict=True))
        new = [(place, key) for key, place in places.items() if key not in self._groups]
        first = {key: place for place, key in sorted(new, key=itemgetter(0))}
        heads = chunk.take(list(first.values()))
        ids, values = self.parts.identity.of(heads), self._values(heads)
        fresh = {
            key: Group(number, times[place], source_id, own)
            for (key, place), number, source_id, own in zip(
                first.items(), heads.numbers, ids, values, strict=True
            )
        }
        if self._currency is not None:
            self._check_currencies(keys, self._currency.of(chunk), fresh)
        lines, exact = (None, {}) if self._lines is None else self._lines.of(chunk)
        texts = self._texts(chunk) if self._once else ()
        return GroupReading(keys, times, lines, exact, fresh, texts)

    def commit(self, reading: GroupReading) -> None:
        """Add the rows to their groups."""
        groups = self._groups
        groups.update(reading.fresh)
        self._seen.update(reading.texts)
        if reading.lines is None:
            for key, at in zip(reading.keys, reading.times, strict=True):
                if at < groups[key].at:
                    groups[key].at = at
            return
        for key, at, line in zip(reading.keys, reading.times, reading.lines, strict=True):
            group = groups[key]
            group.lines.append(line)
            if at < group.at:
                group.at = at
        for place, amount in reading.exact.items():
            groups[reading.keys[place]].exact.append((reading.lines[place], amount))

    def lose(self, chunk: Chunk, is_ragged: bool = False) -> None:
        """Learn that the lines of a group are not all there: what they add up to is unknown."""
        if self._lines is None or not self._key:
            return
        try:
            if not is_ragged:
                chunk = chunk.take(self.parts.filter.places(chunk))
        except BrokenRow:
            pass  # whether it is one of ours cannot be read, so it may be
        try:
            self._incomplete.update(self._keys(chunk))
        except BrokenRow:
            return  # it does not say whose it is

    def events(self, broken: OnBroken) -> list[Event]:
        """Return one event per group."""
        if self._lines is None:
            return [self._event(g.at, g.source_id, g.values) for g in self._groups.values()]
        found = []
        for key, group in self._groups.items():
            event = self._order(group, key in self._incomplete)
            if why := self._trouble(event):
                broken(group.number, repr(event), why)
            else:
                found.append(event)
        return found

    def _keys(self, chunk: Chunk) -> Sequence[Hashable]:
        if len(self._key) == 1:
            return self._key[0].of(chunk)
        if not self._key:
            return chunk.numbers
        return list(zip(*[reading.of(chunk) for reading in self._key], strict=True))

    def _texts(self, chunk: Chunk) -> Sequence[Hashable]:
        return list(zip(*[chunk.columns[place] for place in self._once], strict=True))

    def _order(self, group: Group, is_incomplete: bool) -> Event:
        values = group.values
        lines: Sequence[OrderLine] = group.lines
        exact_sum = exact_total(lines, group.exact)
        if "amount" not in values and self._lines is not None and self._lines.priced:
            values["amount"] = None if is_incomplete else exact_sum
            if is_incomplete and self.parts.kind.event is OrderCancelled:
                # Without an amount the whole order would count as cancelled.
                values.pop("order_id", None)
        if group.exact and exact_sum is not None and values.get("amount") is not None:
            lines = shared_out(lines, group.exact, exact_sum, round_minor_of(values["amount"]))
        values["lines"] = tuple(lines)
        if self.parts.kind.event is OrderPlaced:
            values["units"] = None if is_incomplete else sum([line.units for line in lines])
        return self._event(group.at, group.source_id, values)

    def _check_currencies(
        self, keys: Sequence[Hashable], found: Sequence[Any], fresh: dict[Hashable, Group]
    ) -> None:
        for key, currency in zip(keys, found, strict=True):
            wanted = (self._groups.get(key) or fresh[key]).values["currency"]
            if currency != wanted:
                raise BrokenCell(
                    "currency", currency, f"the first row of its group is in {wanted}; use one"
                )
