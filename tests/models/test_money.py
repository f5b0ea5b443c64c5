"""Money is whole minor units of a named currency, never a float and never guessed."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.models.money import (
    Ledger,
    divide_minor,
    minor_digits,
    parse_amount,
    parse_currency,
    round_minor,
)


@given(st.integers(-(10**15), 10**15), st.sampled_from(["USD", "JPY", "KWD", "BRL"]))
def test_an_amount_as_text_comes_back_exactly(minor: int, currency: str) -> None:
    text = str(Decimal(minor).scaleb(-minor_digits(currency)))
    assert round_minor(parse_amount(text, currency)) == minor


def test_a_sum_of_prices_is_rounded_once_not_per_line() -> None:
    lines = [parse_amount("0.005", "GBP")] * 4
    assert round_minor(sum(lines, Decimal(0))) == 2


@pytest.mark.parametrize("text", ["", "free", "1,234.50", "nan", "inf", "R$ 10"])
def test_what_is_not_an_amount_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="amount"):
        parse_amount(text, "USD")


@pytest.mark.parametrize("text", ["1e999999999", "-1e999998", "90071992547409.93", "9" * 5000])
def test_what_is_too_large_for_an_amount_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="is too large for an amount") as raised:
        parse_amount(text, "USD")
    assert repr(text[:40]).strip("'") in str(raised.value)
    assert len(str(raised.value)) < 80


@pytest.mark.parametrize("text", ["1e-999999999", "0e999999999", "-0"])
def test_an_amount_of_next_to_nothing_is_nothing(text: str) -> None:
    assert round_minor(parse_amount(text, "USD")) == 0


def test_the_largest_amount_is_exact() -> None:
    assert round_minor(parse_amount("90071992547409.92", "USD")) == 2**53


def test_more_digits_than_can_be_rounded_are_a_value_error() -> None:
    with pytest.raises(ValueError, match="too large"):
        round_minor(Decimal("1e40"))


def test_a_value_that_becomes_too_large_at_its_rate_is_kept_apart() -> None:
    ledger = Ledger(currency="BRL", rates={"USD": "1e20", "EUR": "1e999999"})
    assert ledger.value(2**53, "USD") is None
    assert ledger.value(2**53, "EUR") is None


@pytest.mark.parametrize(("text", "code"), [("brl", "BRL"), (" usd ", "USD")])
def test_currency_codes_are_read_without_regard_to_case(text: str, code: str) -> None:
    assert parse_currency(text) == code


@pytest.mark.parametrize("text", ["", "R$", "EURO", "12A", "€"])
def test_what_is_not_a_currency_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="ISO 4217"):
        parse_currency(text)


def test_another_currency_counts_only_by_a_stated_rate() -> None:
    ledger = Ledger(currency="BRL", rates={"USD": "5.40", "JPY": "0.036"})
    assert ledger.value(1000, "BRL") == 1000
    assert ledger.value(1000, "USD") == 5400
    assert ledger.value(1000, "JPY") == 3600
    assert ledger.value(1000, "EUR") is None
    assert ledger.value(None, "BRL") is None
    assert Ledger().value(1000, "BRL") is None


def test_means_are_rounded_half_to_even() -> None:
    assert divide_minor(25, 10) == 2
    assert divide_minor(35, 10) == 4
    assert divide_minor(528530, 16) == 33033
