"""Conditions on a row's columns, decided once for each distinct text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import compress

from liveroom.connectors.tables.cells import BrokenCell, Memo, parse_number, with_point
from liveroom.connectors.tables.chunks import Chunk
from liveroom.connectors.tables.spec import Condition, Where, texts

Alternative = tuple[tuple[int, Memo[bool]], ...]


class Filter:
    """Which rows fit one of several sets of conditions."""

    __slots__ = ("_alternatives",)

    def __init__(
        self, wheres: Sequence[Where], index: Callable[[str], int], decimal_comma: bool = False
    ) -> None:
        """Take the alternatives and where each column stands."""
        self._alternatives: tuple[Alternative, ...] = tuple(
            tuple(
                (index(column), Memo(_test(column, condition, decimal_comma)))
                for column, condition in where.items()
            )
            for where in wheres
        )

    def places(self, chunk: Chunk) -> Sequence[int]:
        """Return the places of the rows that fit, in order."""
        if len(self._alternatives) == 1:
            return _fitting(self._alternatives[0], chunk)
        found: set[int] = set()
        for alternative in self._alternatives:
            found.update(_fitting(alternative, chunk))
        return sorted(found)


def _fitting(alternative: Alternative, chunk: Chunk) -> Sequence[int]:
    """Ask each condition only of the rows that fitted those before it."""
    places: Sequence[int] = range(len(chunk))
    for index, memo in alternative:
        column = chunk.columns[index]
        if len(places) == len(column):
            places = list(compress(places, map(memo.__getitem__, column)))
        else:
            places = [place for place in places if memo[column[place]]]
    return places


def _test(
    column: str, wanted: str | tuple[str, ...] | Condition, decimal_comma: bool
) -> Callable[[str], bool]:
    if not isinstance(wanted, Condition):
        wanted = Condition(among=wanted)
    fold = str.casefold if wanted.ignore_case else str
    tests = [*_text_tests(wanted, fold), *_number_tests(column, wanted, decimal_comma)]

    if len(tests) == 1:
        only = tests[0]
        return lambda text: only(text.strip())

    def test(text: str) -> bool:
        text = text.strip()
        return all(one(text) for one in tests)

    return test


def _text_tests(wanted: Condition, fold: Callable[[str], str]) -> list[Callable[[str], bool]]:
    tests: list[Callable[[str], bool]] = []
    if wanted.present is not None:
        present = wanted.present
        tests.append(lambda text: bool(text) is present)
    if wanted.among is not None:
        among = frozenset(map(fold, texts(wanted.among)))
        tests.append(lambda text: fold(text) in among)
    if wanted.not_among is not None:
        not_among = frozenset(map(fold, texts(wanted.not_among)))
        tests.append(lambda text: fold(text) not in not_among)
    if wanted.prefix is not None:
        prefix = tuple(map(fold, texts(wanted.prefix)))
        tests.append(lambda text: fold(text).startswith(prefix))
    if wanted.not_prefix is not None:
        not_prefix = tuple(map(fold, texts(wanted.not_prefix)))
        tests.append(lambda text: not fold(text).startswith(not_prefix))
    return tests


def _number_tests(
    column: str, wanted: Condition, decimal_comma: bool
) -> list[Callable[[str], bool]]:
    def number(text: str) -> Decimal:
        try:
            return parse_number(with_point(text) if decimal_comma else text)
        except ValueError as error:
            raise BrokenCell(column, text, str(error)) from None

    tests: list[Callable[[str], bool]] = []
    if wanted.above is not None:
        above = parse_number(str(wanted.above))
        tests.append(lambda text: number(text) > above)
    if wanted.below is not None:
        below = parse_number(str(wanted.below))
        tests.append(lambda text: number(text) < below)
    return tests
