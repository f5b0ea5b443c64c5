"""Money as integers of minor units; one ledger currency per session."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal

from msgspec import Struct

# ISO 4217 currencies whose minor unit is not a hundredth (list one of the standard, 2024).
_EXPONENTS = {
    **dict.fromkeys(
        "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF".split(), 0
    ),
    **dict.fromkeys("BHD IQD JOD KWD LYD OMR TND".split(), 3),
    **dict.fromkeys("CLF UYW".split(), 4),
}

LARGEST_MINOR = 1 << 53
"""No amount is larger (90 trillion in cents): beyond it JSON, spreadsheets and SQL lose exactness."""
_MOST_DIGITS = 30
_SHOWN = 40


def minor_digits(currency: str) -> int:
    """Return the number of decimals of a currency's minor unit (ISO 4217)."""
    return _EXPONENTS.get(currency, 2)


def parse_currency(text: str) -> str:
    """Return the ISO 4217 code in `text`; raise ValueError where there is none."""
    code = text.strip().upper()
    if len(code) != 3 or not code.isascii() or not code.isalpha():
        raise ValueError(f"{text!r} is not an ISO 4217 currency code such as BRL")
    return code


def parse_amount(text: str, currency: str) -> Decimal:
    """Return a decimal amount of major units as exact decimal minor units, not yet rounded.

    Raises ValueError for anything but a plain finite number with a point as the decimal sign, and for
    one beyond `LARGEST_MINOR`.
    """
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    try:
        amount = Decimal(text.strip())
        if not amount.is_finite():
            raise ValueError(f"{shown!r} is not a finite amount")
        # Asked first: an exponent of a billion must not be worked out.
        if not amount or amount.adjusted() < _MOST_DIGITS:
            minor = amount.scaleb(minor_digits(currency))
            if abs(minor) <= LARGEST_MINOR:
                return minor
    except ArithmeticError:
        raise ValueError(f"{shown!r} is not an amount such as 1234.50") from None
    raise ValueError(f"{shown!r} is too large for an amount")


def amount_text(amount_minor: int, currency: str | None) -> str:
    """Return minor units as a plain amount with its currency, such as 1,234.50 BRL."""
    digits = minor_digits(currency or "")
    amount = Decimal(amount_minor).scaleb(-digits)
    return f"{amount:,.{digits}f} {currency or ''}".rstrip()


def round_minor(amount: Decimal) -> int:
    """Round exact minor units to whole ones, half to even; raise ValueError beyond 28 digits."""
    try:
        return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))
    except ArithmeticError:
        raise ValueError(f"{amount} is too large for an amount") from None


def divide_minor(amount_minor: int, count: int) -> int:
    """Return a mean in whole minor units, half to even."""
    return round_minor(Decimal(amount_minor) / count)


class Ledger(Struct, frozen=True, kw_only=True):
    """The currency a session counts in and the stated rates into it (major units per major unit)."""

    currency: str | None = None
    rates: Mapping[str, str] = {}

    def value(self, amount_minor: int | None, currency: str | None) -> int | None:
        """Return an amount in the session's currency.

        None where it is unknown, has no rate, or would be too large at that rate.
        """
        if amount_minor is None or currency is None:
            return None
        if currency == self.currency:
            return amount_minor
        rate = self.rates.get(currency)
        if rate is None or self.currency is None:
            return None
        digits = minor_digits(self.currency) - minor_digits(currency)
        try:
            value = round_minor((Decimal(amount_minor) * Decimal(rate)).scaleb(digits))
        except (ArithmeticError, ValueError):
            return None
        return value if abs(value) <= LARGEST_MINOR else None
