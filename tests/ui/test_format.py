from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale

from liveroom.ui import format as fmt

NIGHT = int(datetime(2026, 11, 20, 23, 41, 36, tzinfo=UTC).timestamp()) * 1000


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (22_599_200, "BRL", "R$\u00a0225,992"),
        (9_999, "BRL", "R$\u00a099.99"),
        (10_000, "BRL", "R$\u00a0100"),
        (10_050, "BRL", "R$\u00a0101"),
        (-412_300, "USD", "US$\u00a0\u22124,123"),
        (1_234, "JPY", "¥\u00a01,234"),
        (1_234, "KWD", "KWD\u00a01.234"),
        (0, "EUR", "€\u00a00.00"),
        (None, "EUR", "unknown"),
        (500_00, None, "500"),
    ],
)
def test_money_shows_no_cents_from_a_hundred_up(
    minor: int | None, currency: str | None, text: str
) -> None:
    assert fmt.money(minor, currency) == text


def test_captions_round_to_thousands_and_millions() -> None:
    assert fmt.money_short(1_680_000, "BRL") == "R$\u00a016.8k"
    assert fmt.money_short(268_000_000, "BRL") == "R$\u00a02.7M"
    assert fmt.money_short(4_200, "BRL") == "R$\u00a042.00"


def test_tooltips_keep_every_minor_unit() -> None:
    assert fmt.money_exact(22_599_201, "BRL") == "R$\u00a0225,992.01"


def test_rates_carry_one_decimal_and_a_narrow_space() -> None:
    assert fmt.percent(0.0259) == "2.6\u202f%"
    assert fmt.percent(None) == "—"
    assert fmt.percent(0.0) == "0.0\u202f%"


def test_unknown_is_a_word_and_never_zero() -> None:
    assert fmt.count(None) == fmt.number(None) == fmt.amount(None, "BRL") == "unknown"
    assert fmt.count(0) == "0"


def test_minus_is_the_minus_sign() -> None:
    assert fmt.count(-7) == "\u22127"
    assert fmt.number(-1.5) == "\u22121.5"


@pytest.mark.parametrize(
    ("span", "text"),
    [(78_000, "1:18"), (78_999, "1:18"), (2_464_000, "41:04"), (3_600_000, "1:00:00"),
     (90_061_000, "1\u00a0d 1:01"), (-5_000, "\u22120:05"), (None, "—")],
)  # fmt: skip
def test_durations_grow_from_minutes_to_days(span: int | None, text: str) -> None:
    assert fmt.duration(span) == text


def test_since_start_always_has_hours() -> None:
    assert fmt.duration(2_464_000, hours=True) == "0:41:04"


@given(st.integers(min_value=1, max_value=86_399))
def test_a_duration_that_was_written_reads_back(seconds: int) -> None:
    assert fmt.parse_duration(fmt.duration(seconds * 1000)) == seconds * 1000


def test_bare_numbers_are_minutes() -> None:
    assert fmt.parse_duration("6") == 360_000


@pytest.mark.parametrize("text", ["", "six", "6:", "6:75", "-1:00", "1:2:3:4", "0:00", "6.5"])
def test_a_bad_duration_names_the_right_form(text: str) -> None:
    with pytest.raises(ValueError, match="such as 6:30"):
        fmt.parse_duration(text)


def test_the_schedule_is_in_words() -> None:
    assert fmt.over_under(24_000) == "OVER 0:24"
    assert fmt.over_under(-36_000) == "UNDER 0:36"
    assert fmt.over_under(400) == "ON TIME"


def test_a_moment_a_day_or_more_away_has_its_day() -> None:
    near, far = NIGHT + 86_399_000, NIGHT + 86_400_000
    assert fmt.moment(NIGHT, "America/Sao_Paulo", near) == "20:41:36"
    assert fmt.moment(NIGHT, "America/Sao_Paulo", far) == "20 Nov 20:41"
    assert fmt.moment(None, "UTC", far) == "—"


def test_clocks_follow_the_time_zone_of_the_session() -> None:
    assert fmt.clock(NIGHT, "America/Sao_Paulo") == "20:41:36"
    assert fmt.clock(NIGHT, "Asia/Kolkata", seconds=False) == "05:11"
    assert fmt.clock(NIGHT, "Nowhere/Land") == "23:41:36"
    assert fmt.clock(None, "UTC") == "—"


def test_another_day_is_named() -> None:
    tomorrow = NIGHT + 24 * 3_600_000
    assert fmt.clock_with_day(NIGHT, "America/Sao_Paulo", NIGHT) == "20:41"
    assert fmt.clock_with_day(NIGHT, "America/Sao_Paulo", tomorrow) == "20 Nov 20:41"
    exact = fmt.clock_with_day(NIGHT, "America/Sao_Paulo", tomorrow, seconds=True)
    assert exact.startswith("20 Nov 20:41:")


@pytest.mark.parametrize(
    ("age", "text"),
    [(400, "now"), (12_400, "12\u00a0s"), (430_000, "7\u00a0min"), (4_000_000, "since 19:34"),
     (None, "—")],
)  # fmt: skip
def test_ages_get_coarser(age: int | None, text: str) -> None:
    assert fmt.age(age, NIGHT, "America/Sao_Paulo") == text


def test_changes_have_a_size_and_no_sign() -> None:
    assert fmt.change(80, 131) == "39\u202f%"
    assert fmt.change(131, 80) == "64\u202f%"
    assert fmt.change(300, 10) == "×30"
    assert fmt.change(3, 0) == fmt.change(None, 4) == "—"


def test_digits_are_grouped_as_the_locale_says() -> None:
    QLocale.setDefault(QLocale("pt_BR"))
    assert fmt.count(11_230) == "11.230"
    assert fmt.percent(0.0259) == "2,6\u202f%"
    QLocale.setDefault(QLocale.c())
    assert fmt.count(11_230) == "11,230"
