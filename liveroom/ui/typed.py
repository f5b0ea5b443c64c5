"""What the producer types, read by the locale in which the desk writes."""

from __future__ import annotations

from decimal import Decimal

from liveroom.models.money import minor_digits
from liveroom.ui import format as fmt

_LARGEST = 10**9


def number(text: str) -> Decimal | None:
    """Return a plain number of 0 or more, None where the text is none."""
    value, is_number = fmt.locale().toDouble(text.strip().removesuffix("%").strip())
    if not is_number or not 0 <= value <= _LARGEST:
        return None
    return Decimal(repr(value))


def whole(text: str) -> int | None:
    """Return a whole number of 0 or more."""
    value = number(text)
    return int(value) if value is not None and value == value.to_integral_value() else None


def money(text: str, currency: str | None) -> int | None:
    """Return an amount in minor units; a finer one than the currency has is none."""
    bare = text.strip().removeprefix(fmt.symbol(currency)).strip()
    value = number(bare)
    if value is None:
        return None
    minor = value.scaleb(minor_digits(currency) if currency else 2)
    return int(minor) if minor == minor.to_integral_value() else None


def span(text: str) -> int | None:
    """Return a duration in milliseconds, None where the text is none."""
    try:
        return fmt.parse_duration(text)
    except ValueError:
        return None
