"""Numbers, money and times as the desk writes them; the last moment before they become text.

Digits are grouped by the locale that Qt has as its default. Rates carry one decimal and a narrow
space before the per cent sign, minus is U+2212, an em dash stands for "does not apply" and the word
`unknown` for what no source says; neither is ever a zero.
"""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from PySide6.QtCore import QLocale

from liveroom.models.money import minor_digits

THIN = "\u202f"
NO_BREAK = "\u00a0"
MINUS = "\u2212"
NONE_YET = "\u2014"
UNKNOWN = "unknown"

SECOND, MINUTE, HOUR, DAY = 1_000, 60_000, 3_600_000, 86_400_000

_SYMBOLS = {
    "BRL": "R$",
    "USD": "US$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "CNY": "CN¥",
    "INR": "₹",
    "KRW": "₩",
}
_C = QLocale.c().name()
_ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
_SMALLEST_WITHOUT_CENTS = 100


def locale() -> QLocale:
    """Return the locale in use; the C locale has no grouping and is read as English."""
    chosen = QLocale()
    # By name: asking for the language makes an enum member, which costs more than all the rest.
    return _ENGLISH if chosen.name() == _C else chosen


def symbol(currency: str | None) -> str:
    """Return a currency's sign, or its code where no sign is common."""
    return "" if currency is None else _SYMBOLS.get(currency, currency)


def count(value: int | None) -> str:
    """Return a whole number with grouped digits."""
    if value is None:
        return UNKNOWN
    return locale().toString(value).replace("-", MINUS)


def number(value: float | None, digits: int = 1) -> str:
    """Return a number with a fixed count of decimals."""
    if value is None:
        return UNKNOWN
    return locale().toString(float(value), "f", digits).replace("-", MINUS)


def amount(minor: int | None, currency: str | None) -> str:
    """Return an amount without its sign: no cents from 100 major units up."""
    if minor is None:
        return UNKNOWN
    digits = minor_digits(currency) if currency else 2
    unit = 10**digits
    if abs(minor) >= _SMALLEST_WITHOUT_CENTS * unit:
        whole = (abs(minor) + unit // 2) // unit
        return count(-whole if minor < 0 else whole)
    return number(minor / unit, digits)


def money(minor: int | None, currency: str | None) -> str:
    """Return an amount with its currency's sign before it."""
    text = amount(minor, currency)
    if minor is None or currency is None:
        return text
    return f"{symbol(currency)}{NO_BREAK}{text}"


def money_exact(minor: int | None, currency: str | None) -> str:
    """Return an amount to the minor unit, for tooltips."""
    if minor is None:
        return UNKNOWN
    digits = minor_digits(currency) if currency else 2
    text = number(minor / 10**digits, digits)
    return text if currency is None else f"{symbol(currency)}{NO_BREAK}{text}"


def money_short(minor: int | None, currency: str | None) -> str:
    """Return an amount rounded to thousands or millions; for captions only."""
    if minor is None:
        return UNKNOWN
    major = minor / 10 ** (minor_digits(currency) if currency else 2)
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if abs(major) >= size:
            return f"{symbol(currency)}{NO_BREAK}{number(major / size)}{letter}".strip()
    return money(minor, currency)


def money_round(minor: int | None, currency: str | None) -> str:
    """Return an amount in three digits or so (`R$ 16.8k`, `R$ 360k`); for captions only."""
    text = money_short(minor, currency)
    number_, point, end = text.rpartition(locale().decimalPoint())
    if not point or end[1:] not in ("k", "M"):
        return text
    digits = sum(character.isdigit() for character in number_)
    if digits < 3 and end[0] != "0":
        return text
    unit = {"k": 1_000, "M": 1_000_000}[end[1:]]
    major = abs(minor or 0) / 10 ** (minor_digits(currency) if currency else 2) / unit
    sign = MINUS if (minor or 0) < 0 else ""
    return f"{symbol(currency)}{NO_BREAK}{sign}{number(major, 0)}{end[1:]}".strip()


def percent(rate: float | None, digits: int = 1, missing: str = NONE_YET) -> str:
    """Return a ratio as a percentage; without a ratio, an em dash (or `missing`)."""
    if rate is None:
        return missing
    return f"{number(rate * 100, digits)}{THIN}%"


def duration(span_ms: int | None, hours: bool = False) -> str:
    """Return `m:ss`, `h:mm:ss` from one hour (or where `hours`), `2 d h:mm` from a day."""
    if span_ms is None:
        return NONE_YET
    sign = MINUS if span_ms < 0 else ""
    seconds = abs(span_ms) // SECOND
    days, seconds = divmod(seconds, DAY // SECOND)
    whole_hours, seconds = divmod(seconds, 3600)
    minutes, seconds = divmod(seconds, 60)
    if days:
        return f"{sign}{days}{NO_BREAK}d {whole_hours}:{minutes:02}"
    if whole_hours or hours:
        return f"{sign}{whole_hours}:{minutes:02}:{seconds:02}"
    return f"{sign}{minutes}:{seconds:02}"


def parse_duration(text: str) -> int:
    """Return milliseconds of `h:mm:ss`, `m:ss` or whole minutes; raise ValueError naming the form."""
    parts = text.strip().split(":")
    if not 1 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise ValueError(f"{text!r} is not a duration such as 6:30 or 1:05:00")
    values = [int(part) for part in parts]
    if len(values) == 1:
        values.append(0)
    if any(value >= 60 for value in values[1:]) or not any(values):
        raise ValueError(f"{text!r} is not a duration such as 6:30 or 1:05:00")
    seconds = 0
    for value in values:
        seconds = seconds * 60 + value
    return seconds * SECOND


def over_under(late_ms: int | None) -> str:
    """Return `OVER 0:24`, `UNDER 0:36` or `ON TIME`; never a bare sign."""
    if late_ms is None:
        return NONE_YET
    if abs(late_ms) < SECOND:
        return "ON TIME"
    return f"{'OVER' if late_ms > 0 else 'UNDER'} {duration(abs(late_ms))}"


@lru_cache(maxsize=64)
def zone(name: str) -> tzinfo:
    """Return a time zone, UTC where the name is not known."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def clock(at: int | None, timezone: str, seconds: bool = True) -> str:
    """Return the time of day of an instant (ms UTC) in the session's time zone."""
    if at is None:
        return NONE_YET
    return _written(at // SECOND, timezone, "%H:%M:%S" if seconds else "%H:%M")


def day(at: int, timezone: str) -> str:
    """Return the day of an instant (ms UTC) in the session's time zone: `27 Nov`."""
    return _written(at // SECOND, timezone, "%d %b").removeprefix("0")


@lru_cache(maxsize=1024)
def _written(second: int, timezone: str, form: str) -> str:
    """Return a second (s UTC) as a form of `strftime` says; axes ask for the same ones at every tick."""
    return datetime.fromtimestamp(second, zone(timezone)).strftime(form)


def moment(at: int | None, timezone: str, now: int) -> str:
    """Return the time of day to the second; of what is a day or more from `now` the day and the minute."""
    if at is None or abs(now - at) < DAY:
        return clock(at, timezone)
    return f"{day(at, timezone)} {clock(at, timezone, seconds=False)}"


def stamp(at: int, timezone: str) -> str:
    """Return the day and the time of an instant (ms UTC) for a file name: `2026-11-20-204136`."""
    return datetime.fromtimestamp(at // SECOND, zone(timezone)).strftime("%Y-%m-%d-%H%M%S")


def clock_with_day(at: int | None, timezone: str, now: int, seconds: bool = False) -> str:
    """Return the time of day, to the minute or second, with the day where it is not the day of `now`."""
    if at is None:
        return NONE_YET
    of, today = (_written(each // SECOND, timezone, "%Y-%m-%d") for each in (at, now))
    time = clock(at, timezone, seconds)
    return time if of == today else f"{day(at, timezone)} {time}"


def age(age_ms: int | None, now: int, timezone: str) -> str:
    """Return how old something is: `now`, `12 s`, `7 min`, then since when."""
    if age_ms is None:
        return NONE_YET
    if age_ms < SECOND:
        return "now"
    if age_ms < MINUTE:
        return f"{age_ms // SECOND}{NO_BREAK}s"
    if age_ms < HOUR:
        return f"{age_ms // MINUTE}{NO_BREAK}min"
    return f"since {clock_with_day(now - age_ms, timezone, now)}"


def change(recent: float | None, earlier: float | None) -> str:
    """Return the size of a relative change without its direction; an em dash where there is none."""
    if recent is None or not earlier:
        return NONE_YET
    share = abs(recent - earlier) / abs(earlier)
    if share >= 10:
        return f"×{number(recent / earlier, 0)}"
    return percent(share, 0)


def plural(value: int, word: str, words: str = "") -> str:
    """Return a count with its noun."""
    return f"{count(value)} {word if value == 1 else words or word + 's'}"
