"""Carts by product and by price, and what lies in those left behind, against a slow count."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from liveroom.models.abandonment import ABANDONED_AFTER_MS, Abandonment
from liveroom.models.cart_log import CartLog

PRICES = {"sticker": 500, "doll": 14_990, "drone": 55_900}
EDGES = (5_000, 50_000)
MINUTE = 60_000

Move = tuple[str, int, str, int, int]
"""What happened, visit, sku, units, minute."""

moves = st.lists(
    st.tuples(
        st.sampled_from(("put in", "taken out", "ordered")),
        st.integers(1, 3),
        st.sampled_from((*PRICES, "unpriced")),
        st.integers(1, 2),
        st.integers(0, 40),
    ),
    max_size=14,
)


def log_of(facts: Sequence[Move]) -> CartLog:
    log = CartLog()
    for what, visit, sku, units, minute in facts:
        at = minute * MINUTE
        if what == "put in":
            log.put_in(visit, sku, units, at)
        elif what == "taken out":
            log.taken_out(visit, sku, units, at)
        else:
            log.ordered(visit, None, at)
    return log


def of(facts: Sequence[Move], what: str, visit: int) -> list[Move]:
    return [fact for fact in facts if fact[0] == what and fact[1] == visit]


def counted(facts: Sequence[Move], visits: set[int], at: int) -> Abandonment:
    """Return the carts of some visits as of an instant, the obvious way: each in a log of its own."""
    alone = [log_of([f for f in facts if f[1] == visit]).carts().as_of(at) for visit in visits]
    return Abandonment(
        carts=sum(each.carts or 0 for each in alone),
        abandoned=sum(each.abandoned or 0 for each in alone),
        recovered=sum(each.recovered or 0 for each in alone),
    )


def skus_put(facts: Sequence[Move], visit: int, at: int) -> set[str]:
    return {sku for _, _, sku, _, minute in of(facts, "put in", visit) if minute * MINUTE <= at}


@given(moves, st.integers(0, 60))
def test_carts_of_a_product_are_those_it_was_put_into(facts: list[Move], minute: int) -> None:
    at = minute * MINUTE
    found = log_of(facts).carts().by_product(at)
    for sku in (*PRICES, "unpriced"):
        visits = {visit for visit in (1, 2, 3) if sku in skus_put(facts, visit, at)}
        assert found.get(sku, Abandonment(carts=0, abandoned=0, recovered=0)) == counted(
            facts, visits, at
        )


@given(moves, st.integers(0, 60))
def test_a_cart_is_in_the_band_of_its_dearest_product(facts: list[Move], minute: int) -> None:
    at = minute * MINUTE
    found = log_of(facts).carts().by_price(PRICES, EDGES, at)
    expected: list[set[int]] = [set(), set(), set()]
    for visit in (1, 2, 3):
        prices = [PRICES[sku] for sku in skus_put(facts, visit, at) if sku in PRICES]
        if prices:
            expected[sum(max(prices) > edge for edge in EDGES)].add(visit)
    assert found == [counted(facts, visits, at) for visits in expected]


@given(moves, st.integers(0, 60))
def test_what_lies_in_carts_left_behind_is_at_stake(facts: list[Move], minute: int) -> None:
    at, expected = minute * MINUTE, 0
    for visit in (1, 2, 3):
        alone = counted(facts, {visit}, at)
        if not alone.abandoned or alone.recovered:
            continue
        orders = [each[4] for each in of(facts, "ordered", visit) if each[4] * MINUTE <= at]
        held: dict[str, int] = {}
        for what, sign in (("put in", 1), ("taken out", -1)):
            for _, _, sku, units, when in of(facts, what, visit):
                if when * MINUTE <= at and not any(order >= when for order in orders):
                    held[sku] = held.get(sku, 0) + sign * units
        expected += sum(PRICES.get(sku, 0) * max(0, units) for sku, units in held.items())
    assert log_of(facts).carts().at_stake_minor(PRICES, at) == expected


def test_the_price_that_parts_two_bands_belongs_to_the_lower_one() -> None:
    log = log_of([("put in", 1, "doll", 1, 0)])
    low, high = log.carts().by_price(PRICES, (14_990,), ABANDONED_AFTER_MS + 1)
    assert (low.abandoned, high.abandoned) == (1, 0)


def test_an_empty_log_has_no_groups() -> None:
    carts = CartLog().carts()
    assert carts.by_product(0) == {}
    assert carts.by_price({}, (), 0) == [Abandonment(carts=0, abandoned=0, recovered=0)]
    assert carts.at_stake_minor({}, 0) == 0
