"""Values of a TOML file as they stand in it, ranges in words, and the word that was perhaps meant."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal
from difflib import get_close_matches

from liveroom.models.money import minor_digits
from liveroom.models.simulation.scenarios.ranges import Range

_LONGEST = 80
_ALIKE = 0.7
_ENDLESS = 1e12
MOST_MONEY = 10_000_000
"""No amount of a file is larger, in major units."""


def shown(value: object) -> str:
    """Return a value as TOML writes it, a long one cut."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, dict):
        text = f"{{ {', '.join(f'{key} = {shown(each)}' for key, each in value.items())} }}"
    elif isinstance(value, list):
        text = f"[{', '.join(map(shown, value))}]"
    else:
        text = repr(value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def nearest(word: object, known: Iterable[str], alike: float = _ALIKE) -> str:
    """Return the known word that is spelt most alike, blank where none is near."""
    if not isinstance(word, str):
        return ""
    by_lower = {each.lower(): each for each in known}
    found = get_close_matches(word.lower(), by_lower, n=1, cutoff=alike)
    return by_lower[found[0]] if found else ""


def meant(word: object, known: Iterable[str], alike: float = _ALIKE) -> str:
    """Return the question whether a near word was meant, blank where none is near."""
    near = nearest(word, known, alike)
    return f"did you mean {near!r}? " if near else ""


def range_words(allowed: Range) -> str:
    """Return what a number may be."""
    if allowed.high >= _ENDLESS:
        return f"a number ({allowed.unit})"
    return f"a number from {_plain(allowed.low)} to {_plain(allowed.high)} ({allowed.unit})"


def whole_words(low: int, high: int) -> str:
    """Return what a whole number may be."""
    return f"a whole number from {_plain(low)} to {_plain(high)}"


def amount_words(currency: str, low_minor: int) -> str:
    """Return what an amount of a currency may be, in its major units."""
    digits = minor_digits(currency)
    low, sample = Decimal(low_minor).scaleb(-digits), Decimal("1234.5")
    return (
        f'an amount of {currency} as a text, "{sample:.{digits}f}", '
        f"from {low:.{digits if low else 0}f} to {MOST_MONEY:,}"
    )


def _plain(number: float) -> str:
    return f"{number:,.10g}" if number < _ENDLESS else f"{number:g}"
