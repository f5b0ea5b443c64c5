"""Rows in chunks of columns: a column at once costs a fraction of doing it row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from operator import itemgetter
from typing import Protocol

CHUNK_ROWS = 256
"""Spreads the cost of a chunk; more leaves the processor's caches (4,096 read half as fast)."""

Texts = Sequence[str]
RowNumber = int | str
"""The row as a spreadsheet counts it; `3.17` is item 17 of record 3."""
NumberedRow = tuple[RowNumber, list[str]]


class OnBroken(Protocol):
    """Called with a row's number, its text and what is wrong, for what is not even a row."""

    def __call__(self, number: RowNumber, text: str, why: str, cells: Texts = (), /) -> None:
        """Take the row; `cells` are those it has, more or fewer than the header's."""


class Chunk:
    """Some rows of a table, column by column, with their numbers."""

    __slots__ = ("columns", "numbers")

    def __init__(self, numbers: Sequence[RowNumber], columns: Sequence[Texts]) -> None:
        """Take the rows' numbers and, for each column, the rows' texts."""
        self.numbers = numbers
        self.columns = columns

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.numbers)

    def take(self, places: Sequence[int]) -> Chunk:
        """Return the rows at these places, in this order."""
        if len(places) == len(self.numbers):
            return self
        if len(places) < 2:
            return Chunk(
                [self.numbers[place] for place in places],
                [[column[place] for place in places] for column in self.columns],
            )
        pick = itemgetter(*places)
        return Chunk(pick(self.numbers), [pick(column) for column in self.columns])

    def halves(self) -> tuple[Chunk, Chunk]:
        """Return the first and the second half of the rows."""
        middle = len(self.numbers) // 2
        return (
            Chunk(self.numbers[:middle], [column[:middle] for column in self.columns]),
            Chunk(self.numbers[middle:], [column[middle:] for column in self.columns]),
        )

    def row(self, place: int) -> list[str]:
        """Return one row's texts."""
        return [column[place] for column in self.columns]


def in_chunks(rows: Iterator[NumberedRow], size: int) -> Iterator[Chunk]:
    """Yield rows in chunks of `size`, the last one smaller."""
    while batch := list(islice(rows, size)):
        numbers, texts = zip(*batch, strict=True)
        yield Chunk(numbers, list(zip(*texts, strict=True)))
