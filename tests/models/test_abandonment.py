"""A cart is abandoned once it was left alone for longer than the window, and may come back."""

from __future__ import annotations

import pytest

from liveroom.models import events as e
from liveroom.models.abandonment import ABANDONED_AFTER_MS, Abandonment
from liveroom.models.cart_log import CartLog
from liveroom.models.int_rows import IntRows
from liveroom.models.measures import abandonment_of
from liveroom.models.show import Show
from tests.factory import SHOW_START, event, order

AFTER = ABANDONED_AFTER_MS / 1000  # seconds


def carts(at_seconds: float, *facts: e.Event) -> tuple[int | None, int | None, int | None]:
    """Return carts, abandoned and recovered ones as of an instant, in both orders of arrival."""
    found = []
    for events in (facts, facts[::-1]):
        show = Show()
        show.apply_all(events)
        found.append(abandonment_of(show, SHOW_START + round(at_seconds * 1000)))
    assert found[0] == found[1]
    return found[0].carts, found[0].abandoned, found[0].recovered


def added(at_seconds: float, visit: int | None = 1) -> e.CartItemAdded:
    return event(e.CartItemAdded, at_seconds, sku="mug", visit=visit)


def test_a_cart_is_abandoned_when_the_window_is_over_and_not_before() -> None:
    assert carts(AFTER, added(0)) == (1, 0, 0)
    assert carts(AFTER + 0.001, added(0)) == (1, 1, 0)


def test_an_order_within_the_window_keeps_a_cart() -> None:
    assert carts(9999, added(0), order(AFTER, visit=1)) == (1, 0, 0)


def test_an_order_after_the_window_recovers_the_cart() -> None:
    facts = (added(0), order(AFTER + 1, visit=1))
    assert carts(9999, *facts) == (1, 1, 1)
    assert carts(AFTER + 0.5, *facts) == (1, 1, 0)


def test_who_goes_on_shopping_abandons_nothing() -> None:
    facts = (added(0), added(AFTER - 1), order(2 * AFTER - 2, visit=1))
    assert carts(9999, *facts) == (1, 0, 0)


def test_a_kit_put_in_after_the_window_recovers_the_cart_only_with_the_order() -> None:
    facts = (added(0), added(AFTER + 60))
    assert carts(AFTER + 90, *facts) == (1, 1, 0)
    assert carts(AFTER + 99, *facts, order(AFTER + 95, visit=1)) == (1, 1, 1)


def test_a_cart_filled_again_after_its_order_can_be_abandoned() -> None:
    assert carts(9999, added(0), order(1, visit=1), added(60)) == (1, 1, 0)


def test_a_person_who_comes_back_in_another_visit_recovers_the_cart_of_the_first() -> None:
    first = event(e.VisitStarted, 0, visit=1, person=-7)
    facts = (first, added(0), order(AFTER + 1, visit=2, person=-7))
    assert carts(9999, *facts) == (1, 1, 1)
    assert carts(9999, first, added(0), order(AFTER + 1, visit=2, person=8)) == (1, 1, 0)


def test_orders_of_strangers_and_before_the_cart_change_nothing() -> None:
    assert carts(9999, order(0, visit=1), added(1), order(2, visit=3)) == (1, 1, 0)


def test_facts_after_the_instant_asked_for_are_not_seen() -> None:
    assert carts(30, added(0), added(60, visit=2)) == (1, 0, 0)


def test_carts_of_a_span_are_told_by_when_they_began() -> None:
    log = CartLog()
    for minute in range(0, 40, 10):
        log.put_in(minute, "mug", 1, minute * 60_000)
    end = 60 * 60_000
    assert log.carts().as_of(end) == Abandonment(carts=4, abandoned=4, recovered=0)
    assert log.carts().as_of(end, since=600_000, until=1_800_000).carts == 2


def test_carts_of_unknown_visits_are_unknown_and_not_zero() -> None:
    assert carts(9999, added(0, visit=None)) == (None, None, None)


def test_the_rates_are_unknown_without_carts() -> None:
    nothing = Abandonment(carts=0, abandoned=0, recovered=0)
    assert (nothing.rate, nothing.recovery_rate) == (None, None)
    some = Abandonment(carts=4, abandoned=2, recovered=1)
    assert (some.rate, some.recovery_rate) == (0.5, 0.5)


def test_stored_parts_that_do_not_fit_are_refused() -> None:
    log = CartLog()
    log.put_in(1, "mug", 1, 2)
    stored = log.to_bytes()
    again = CartLog()
    again.restore(stored)
    assert again.to_bytes() == stored
    with pytest.raises(ValueError, match="reshape"):
        CartLog().restore([stored[0], stored[1][:8], *stored[2:]])
    with pytest.raises(ValueError, match="shorter"):
        CartLog().restore(stored[:3])
    with pytest.raises(ValueError, match="malformed"):
        CartLog().restore([b"mug", *stored[1:]])


def test_a_long_log_is_kept_whole() -> None:
    rows, stored = IntRows(2), IntRows(2)
    for number in range(9_000):
        rows.add(number, -number)
        assert number % 1000 or sum(map(len, rows.chunks())) == number + 1
    assert len(rows) == 9_000
    stored.restore(rows.to_array().tobytes())
    assert stored.to_array().tolist() == [[number, -number] for number in range(9_000)]
    stored.add(7, 8)
    assert (len(stored), stored.to_array()[-1].tolist()) == (9_001, [7, 8])
