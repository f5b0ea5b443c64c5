"""What stands out on the product board: with enough evidence, against the show's own mean."""

from __future__ import annotations

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.models.attention import (
    FEW,
    LEAST_UNITS,
    Attention,
    OnAir,
    Reason,
    Watch,
    on_air_of,
    wilson_upper,
)
from liveroom.models.run_of_show import timings
from liveroom.models.snapshot import ProductRow
from tests.ui import snapshots
from tests.ui.snapshots import instant, product

NOTHING = OnAir()


def seen(row: ProductRow, *others: ProductRow, shown: OnAir = NOTHING) -> Attention | None:
    return Watch((row, *others)).attention(row, shown)


def sold(sku: str, orders: int | None, clicks: int | None, **fields: Any) -> ProductRow:
    return product(sku, sku, orders=orders, clicks=clicks, **fields)


def reasons(rows: tuple[ProductRow, ...], shown: OnAir = NOTHING) -> dict[str, Reason]:
    watch = Watch(rows)
    found = {row.sku: watch.attention(row, shown) for row in rows}
    return {sku: attention.reason for sku, attention in found.items() if attention is not None}


def test_of_the_festa_only_the_notebook_draws_and_does_not_sell() -> None:
    rows = snapshots.full().products
    assert reasons(rows) == {"notebook": Reason.FEW_ORDERS}
    found = Watch(rows).few_orders(rows[3])
    assert found is not None
    assert (found.orders, found.tries) == (11, 1964)
    assert found.others == pytest.approx(417 / 8130)
    assert found.upper == pytest.approx(0.01, abs=0.0001)


def test_wilson_gives_the_textbook_interval() -> None:
    # Newcombe 1998, Statistics in Medicine 17, table I: 81 of 263 and 0 of 20.
    assert wilson_upper(81, 263) == pytest.approx(0.3662, abs=0.0001)
    assert wilson_upper(0, 20) == pytest.approx(0.1611, abs=0.0001)


def test_little_evidence_accuses_nobody() -> None:
    other = sold("other", 500, 10_000)
    assert seen(sold("new", 0, 70), other) is None  # 3.5 orders expected
    assert seen(sold("new", 0, 140), other) is None  # 7 expected: none may still be chance
    assert seen(sold("new", 0, 400), other) is not None


def test_a_single_product_has_no_mean_to_be_held_against() -> None:
    assert seen(sold("only", 0, 5_000)) is None
    assert seen(sold("only", 0, 5_000), sold("other", 0, 5_000)) is None


def test_without_clicks_views_are_the_measure_and_without_both_there_is_none() -> None:
    row = product("a", "A", orders=1, views=4_000)
    other = product("b", "B", orders=200, views=4_000)
    found = seen(row, other)
    assert found is not None
    assert not found.of_clicks
    assert seen(product("a", "A", orders=1), product("b", "B", orders=200)) is None
    assert seen(sold("a", None, 4_000), sold("b", None, 4_000)) is None


@given(st.integers(1, 2_000), st.floats(0.001, 0.6))
def test_a_product_as_good_as_the_mean_is_accused_less_than_once_in_a_thousand(
    clicks: int, mean: float
) -> None:
    other = sold("other", round(mean * 1_000_000), 1_000_000)
    chance = 0.0
    for orders in range(clicks + 1):
        if orders >= FEW * mean * clicks:
            break
        if seen(sold("row", orders, clicks), other) is not None:
            log = (
                math.lgamma(clicks + 1) - math.lgamma(orders + 1) - math.lgamma(clicks - orders + 1)
                + orders * math.log(mean) + (clicks - orders) * math.log1p(-mean)
            )  # fmt: skip
            chance += math.exp(log)
    assert chance < 0.001


@given(st.integers(0, 50), st.integers(0, 20_000), st.integers(0, 5_000))
def test_more_orders_of_the_same_clicks_never_bring_the_accusation(
    orders: int, clicks: int, of_others: int
) -> None:
    other = sold("other", of_others, 20_000)
    worse = seen(sold("row", orders, clicks), other)
    better = seen(sold("row", orders + 1, clicks), other)
    assert better is None or worse is not None


def test_stock_that_ends_soon_is_told_with_its_minutes_unless_hardly_anything_sells() -> None:
    found = seen(sold("boom", 88, 1_702, stock=13, units_per_minute=2.2))
    assert found is not None
    assert found.reason is Reason.SELLS_OUT
    assert found.minutes == pytest.approx(13 / 2.2)
    pace = (LEAST_UNITS - 1) / 10
    assert seen(sold("slow", 2, 10, stock=1, units_per_minute=pace)) is None
    assert seen(sold("full", 2, 10, stock=200, units_per_minute=2.0)) is None


def test_sold_out_matters_while_it_is_shown_or_was_just_bought() -> None:
    row = sold("gone", 90, 900, stock=0, units_per_minute=0.0)
    assert seen(row) is None
    assert reasons((row,), OnAir({"gone": None})) == {"gone": Reason.SOLD_OUT}
    assert reasons((row,), OnAir({}, {"gone": None})) == {"gone": Reason.SOLD_OUT}


def test_what_is_on_air_and_next_is_said_where_nothing_is_wrong() -> None:
    shown = on_air_of(timings(snapshots.PLAN, snapshots.NOW))
    assert shown.now == {"notebook": instant("20:42:54")}
    assert shown.following == {"tablet": instant("20:42:54")}
    rows = snapshots.full().products
    assert reasons(rows, shown) == {"notebook": Reason.FEW_ORDERS, "tablet": Reason.NEXT}
    found = Watch(rows).attention(rows[4], shown)
    assert found is not None
    assert found.at == instant("20:42:54")
