"""A TOML table that is taken apart key by key, with errors that name file, key, value and range."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from typing import Any

from liveroom.errors import KnownError
from liveroom.models.money import minor_digits, parse_amount
from liveroom.models.simulation.scenarios.ranges import Range
from liveroom.models.toml.words import (
    MOST_MONEY,
    amount_words,
    meant,
    nearest,
    range_words,
    shown,
    whole_words,
)

_MISSING = object()


class Table:
    """One table of a scenario file; `nothing_else` complains about keys nobody asked for."""

    def __init__(
        self,
        file: str,
        path: str,
        values: Mapping[str, Any],
        lines: Mapping[str, int] | None = None,
        fallback: Table | None = None,
    ) -> None:
        """Take the file's name, the table's key in it, its content and the lines of all keys.

        What is not in it is read from `fallback`, and then it is that file which an error names.
        """
        self._file, self._path = file, path
        self._values = values
        self._lines = lines or {}
        self._fallback = fallback
        self._taken: set[str] = set()
        self._asked: set[str] = set()

    def error(self, key: str, value: object, allowed: str) -> KnownError:
        """Return the error for a value that is not allowed."""
        return self.mistake(key, f"is {shown(value)}; allowed: {allowed}")

    def wrong_word(self, key: str, value: object, words: Iterable[str]) -> KnownError:
        """Return the error for a value that is none of some words, with the one that is near."""
        listed = list(words)
        allowed = " or ".join(map(repr, listed))
        return self.mistake(key, f"is {shown(value)}; {meant(value, listed)}allowed: {allowed}")

    def mistake(self, key: str, what: str) -> KnownError:
        """Return the error that says what is wrong with a key, with its file and line."""
        elsewhere = self._elsewhere(re.split(r"[.\[]", key)[0])
        if elsewhere is not None:
            return elsewhere.mistake(key, what)
        return KnownError(f"{self.where(key)}: {self._key(key)} {what}")

    def missing(self, key: str, *instead: str) -> KnownError:
        """Return the error for a key that is not there, nor any `instead`; a near one is named."""
        others = sorted(self._values.keys() - self._taken - self._asked)
        for wanted in (key, *instead):
            near = nearest(wanted, others)
            if near:
                what = f"is missing, but there is {near!r}: did you mean {wanted!r}?"
                return KnownError(f"{self.where(near)}: {self._key(wanted)} {what}")
        what = "is missing; please add it"
        what += f", or one of {', '.join(instead)}" if instead else ""
        return KnownError(f"{self.where(key)}: {self._key(key)} {what}")

    def where(self, key: str) -> str:
        """Return the file and, where it is known, the line of a key or of the table around it."""
        path = self._key(key)
        while path and path not in self._lines:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return f"{self._file}, line {self._lines[path]}" if path else self._file

    def take(self, key: str) -> object:
        """Return the value of a key that must be there."""
        self._taken.add(key)
        if self._fallback is not None:
            self._fallback._taken.add(key)
        elsewhere = self._elsewhere(key)
        if elsewhere is not None:
            return elsewhere.take(key)
        value: object = self._values.get(key, _MISSING)
        if value is _MISSING:
            raise self.missing(key)
        return value

    def table(self, key: str, merged: bool = False, such_as: str = "") -> Table:
        """Return the table under a key; `merged` with the one the fallback has under that key."""
        elsewhere = self._elsewhere(key)
        value = self.take(key)
        if elsewhere is not None:
            return elsewhere.table(key)
        if not isinstance(value, dict):
            raise self.error(key, value, f"a table such as {such_as or f'[{self._key(key)}]'}")
        other = self._fallback
        spare = other.table(key) if merged and other is not None and other.has(key) else None
        return Table(self._file, self._key(key), value, self._lines, spare)

    def rows(self, key: str) -> list[Table]:
        """Return the tables of a list with at least one."""
        elsewhere = self._elsewhere(key)
        value = self.take(key)
        if elsewhere is not None:
            return elsewhere.rows(key)
        if not isinstance(value, list) or not value or not all(isinstance(r, dict) for r in value):
            written = f"[[{key}]]" if not self._path else "[{ … }]"
            raise self.error(key, value, f"a list of at least one table, {written}")
        name = self._key(key)
        return [
            Table(self._file, f"{name}[{place}]", row, self._lines)
            for place, row in enumerate(value)
        ]

    def has(self, key: str) -> bool:
        """Return whether a key is there, or in the fallback."""
        self._asked.add(key)
        return key in self._values or self._elsewhere(key) is not None

    def says(self, key: str) -> bool:
        """Return whether a key is there, and not only in the fallback."""
        return key in self._values

    def ignore(self, *keys: str) -> None:
        """Leave keys to somebody else."""
        self._taken.update(keys)

    def optional_rows(self, key: str) -> list[Table]:
        """Return the tables of a list, none where the key is absent."""
        return self.rows(key) if self.has(key) else []

    def truth(self, key: str) -> bool:
        """Return true or false."""
        value = self.take(key)
        if not isinstance(value, bool):
            raise self.error(key, value, "true or false")
        return value

    def optional_truth(self, key: str, otherwise: bool) -> bool:
        """Return true or false, or `otherwise` where the key is absent."""
        return self.truth(key) if self.has(key) else otherwise

    def number(self, key: str, allowed: Range) -> float:
        """Return a number within its range."""
        value = self.take(key)
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.error(key, value, range_words(allowed))
        if not math.isfinite(value) or not allowed.low <= value <= allowed.high:
            raise self.error(key, value, range_words(allowed))
        return float(value)

    def optional_number(self, key: str, allowed: Range) -> float | None:
        """Return a number within its range, or None where the key is absent."""
        return self.number(key, allowed) if self.has(key) else None

    def whole(self, key: str, low: int, high: int) -> int:
        """Return a whole number within its range."""
        value = self.take(key)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise self.error(key, value, whole_words(low, high))
        return value

    def text(self, key: str) -> str:
        """Return a text that says something."""
        value = self.take(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(key, value, "a text that is not blank")
        return value

    def texts(self, key: str, allow_none: bool = False) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self.take(key)
        if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise self.error(key, value, "a list of texts")
        if not value and not allow_none:
            raise self.error(key, value, "a list of at least one text")
        return tuple(value)

    def choice(self, key: str, allowed: Iterable[str]) -> str:
        """Return one of the allowed words."""
        value, words = self.take(key), tuple(allowed)
        if not isinstance(value, str) or value not in words:
            raise self.wrong_word(key, value, words)
        return value

    def amount(self, key: str, currency: str, low_minor: int = 0) -> int:
        """Return an amount of money, written as a text in major units, in minor units."""
        value = self.take(key)
        allowed = amount_words(currency, low_minor)
        if not isinstance(value, str):
            raise self.error(key, value, allowed)
        try:
            minor = parse_amount(value, currency)
        except ValueError:
            raise self.error(key, value, allowed) from None
        limit = MOST_MONEY * 10 ** minor_digits(currency)
        if minor != minor.to_integral_value() or not low_minor <= minor <= limit:
            raise self.error(key, value, allowed)
        return int(minor)

    def nothing_else(self) -> None:
        """Complain about a key that nobody asked for: it may be a misspelt one."""
        for key in self._values:
            if key not in self._taken:
                known = sorted(self._taken | self._asked)
                what = f"is not known; {meant(key, known)}known: {', '.join(known)}"
                raise KnownError(f"{self.where(key)}: {self._key(key)} {what}")

        if self._fallback is not None:
            self._fallback.nothing_else()

    def _elsewhere(self, key: str) -> Table | None:
        """Return the fallback where it has a key that is not here."""
        other = self._fallback
        return other if other is not None and key not in self._values and other.has(key) else None

    def _key(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key
