"""Cells as values: each distinct text is parsed once, so that a million rows stay cheap."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Generic, Protocol, TypeVar

from liveroom.connectors.tables.chunks import Chunk
from liveroom.connectors.tables.words import whole_characters
from liveroom.models.money import parse_amount

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

LARGEST_COUNT = 1 << 53
"""No count, quantity or number of viewers is larger: beyond it JSON and spreadsheets lose exactness."""
_MEMO_LIMIT = 1 << 16
_MOST_DIGITS = 30
_COMMA_NUMBER = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")


class BrokenRow(ValueError):
    """A row that cannot be taken: what is wrong with it and the fix."""


class BrokenCell(BrokenRow):
    """A cell that cannot be read: which column, what it holds, what is wrong and the fix."""

    def __init__(self, column: str, text: str, why: str) -> None:
        """Name the column, the text in it and the trouble."""
        super().__init__(f"column {column!r} is {shortened(text)!r}: {why}")
        self.column = column


class Memo(dict[str, T]):
    """Text → parsed value, remembered; forgets everything when it grows too large."""

    __slots__ = ("_parse",)

    def __init__(self, parse: Callable[[str], T]) -> None:
        """Take the parser, which raises for what it cannot read."""
        super().__init__()
        self._parse = parse

    def __missing__(self, text: str) -> T:
        value = self._parse(text)
        if len(self) >= _MEMO_LIMIT:
            self.clear()
        self[text] = value
        return value


class Reading(Protocol[T_co]):
    """Something that can be read from rows."""

    def of(self, chunk: Chunk) -> Sequence[T_co]:
        """Return the value of every row; raise BrokenCell where one cannot be read."""
        ...


class Field(Generic[T]):
    """A value that depends on one column."""

    __slots__ = ("index", "memo")

    def __init__(self, index: int, parse: Callable[[str], T]) -> None:
        """Take the column's place and the parser of its text."""
        self.index = index
        self.memo = Memo(parse)

    def of(self, chunk: Chunk) -> list[T]:
        """Return the value of every row."""
        return list(map(self.memo.__getitem__, chunk.columns[self.index]))


class Constant(Generic[T]):
    """The same value in every row."""

    __slots__ = ("value",)

    def __init__(self, value: T) -> None:
        """Take the value."""
        self.value = value

    def of(self, chunk: Chunk) -> list[T]:
        """Return the value, once for every row."""
        return [self.value] * len(chunk)


Exact = int | Decimal
"""Minor units: an integer where they are whole, else the exact decimal."""


class Money:
    """An amount in minor units, exact, in the row's currency; None where the cell is blank."""

    __slots__ = ("_amounts", "_column", "_currency", "_text")

    def __init__(self, column: str, text: Reading[str], currency: Reading[str]) -> None:
        """Take where the amount's text and its currency come from."""
        self._column = column
        self._text = text
        self._currency = currency
        self._amounts: dict[str, Memo[Exact | None]] = {}

    def of(self, chunk: Chunk) -> list[Exact | None]:
        """Return the amount of every row."""
        texts = self._text.of(chunk)
        if isinstance(self._currency, Constant):
            return list(map(self._in(self._currency.value).__getitem__, texts))
        currencies = self._currency.of(chunk)
        return [self._in(code)[text] for code, text in zip(currencies, texts, strict=True)]

    def _in(self, currency: str) -> Memo[Exact | None]:
        amounts = self._amounts.get(currency)
        if amounts is None:
            amounts = self._amounts[currency] = Memo(lambda text: self._parse(text, currency))
        return amounts

    def _parse(self, text: str, currency: str) -> Exact | None:
        if not text:
            return None
        try:
            amount = parse_amount(text, currency)
        except ValueError as error:
            raise BrokenCell(self._column, text, f"{error}; write a plain number") from None
        whole = int(amount)
        return whole if whole == amount else amount


def parse_number(text: str) -> Decimal:
    """Return a plain finite number; raise ValueError for anything else."""
    try:
        number = Decimal(text)
    except ArithmeticError:
        raise ValueError("this is not a number such as 12 or 12.5; correct the cell") from None
    if not number.is_finite():
        raise ValueError("this is not a finite number; correct the cell")
    # An exponent of a billion must never be worked out.
    if number and number.adjusted() >= _MOST_DIGITS:
        raise ValueError("this number is too large; correct the cell")
    return number


def parse_whole(text: str) -> int:
    """Return a whole number, also when a program wrote it as `6.0`."""
    if not text:
        raise ValueError("a whole number is missing; fill it in or give the cell a default")
    number = parse_number(text)
    whole = int(number)
    if whole != number:
        raise ValueError("a whole number is expected here; correct the cell")
    if abs(whole) > LARGEST_COUNT:
        raise ValueError("this number is too large to be a count; correct the cell")
    return whole


def parse_count(text: str) -> int:
    """Return a number of facts, zero or more."""
    count = parse_whole(text)
    if count < 0:
        raise ValueError("a count cannot be below zero; correct it or filter the row out")
    return count


def parse_optional_count(text: str) -> int | None:
    """Return a number of facts, or None for a blank (a running total carries on)."""
    return parse_count(text) if text else None


def parse_present(text: str) -> str:
    """Return a text that must not be blank."""
    if not text:
        raise ValueError("it is blank but needed; fill it in or filter such rows out")
    return text


def parse_title(text: str) -> str:
    """Return a free text that must not be blank."""
    return parse_present(whole_characters(text))


def parse_duration_ms(text: str) -> int:
    """Return a duration as milliseconds, from `H:MM:SS` or a number of seconds."""
    parts = text.split(":")
    if len(parts) not in (1, 3):
        raise ValueError("a duration is written as H:MM:SS or as seconds; correct the cell")
    seconds = Decimal(0)
    for part in parts:
        number = parse_number(part)
        if number < 0:
            raise ValueError("a duration cannot be below zero; correct the cell")
        seconds = seconds * 60 + number
    if seconds > LARGEST_COUNT // 1000:
        raise ValueError("this is too long for a duration; correct the cell")
    return int(seconds * 1000)


def with_point(text: str) -> str:
    """Return a number written with a decimal comma (`1.234,50`) as one with a point."""
    if not text or _COMMA_NUMBER.fullmatch(text):
        return text.replace(".", "").replace(",", ".")
    raise ValueError("this is not a number with a decimal comma such as 1.234,50; correct the cell")


def shortened(text: str, limit: int = 80) -> str:
    """Return a text short enough for a message."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
