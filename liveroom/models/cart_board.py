"""Carts as the desk shows them: open, abandoned, recovered, by price and product, and what is at stake."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from math import floor, log10

import numpy as np
from msgspec import Struct

from liveroom.models.abandonment import ABANDONED_AFTER_MS, Abandonment, Carts
from liveroom.models.cart_alarm import WINDOW_MS, Alarm, alarms, recent_carts
from liveroom.models.facts import Fact
from liveroom.models.figures import ratio
from liveroom.models.money import minor_digits
from liveroom.models.show import Show
from liveroom.models.targets import TargetKpi

_MOST_EDGES = 3
_RATE_MINUTES = 40


class PriceBand(Struct, frozen=True, kw_only=True, gc=False):
    """Carts whose dearest product costs more than `above_minor` and at most `up_to_minor`; None: no bound."""

    above_minor: int | None
    up_to_minor: int | None
    carts: Abandonment


class ProductCarts(Struct, frozen=True, kw_only=True, gc=False):
    """The carts that a product was put into."""

    sku: str
    carts: Abandonment


class CartBoard(Struct, frozen=True, kw_only=True):
    """The carts as of an instant. Rates are of carts that were begun at least ten minutes before."""

    whole: Abandonment = Abandonment()
    """All carts, young ones too; unknown where the source does not say which visit a cart belongs to."""
    due: Abandonment = Abandonment()
    """Those that have had their time."""
    recent: Abandonment = Abandonment()
    """Those begun between 20 and 10 minutes ago; `earlier` between 30 and 20."""
    earlier: Abandonment = Abandonment()
    open: int | None = None
    at_stake_minor: int | None = None
    """What lies in abandoned carts, at list prices."""
    bands: tuple[PriceBand, ...] = ()
    products: tuple[ProductCarts, ...] = ()
    rates: tuple[float | None, ...] = ()
    """The rate of the recent ones at each of the last 40 whole minutes, oldest first."""
    alarms: tuple[Alarm, ...] = ()
    """The times at which the rate of the recent ones was above the producer's line, oldest first."""

    @property
    def alarm(self) -> Alarm | None:
        """Return the alarm that is up."""
        newest = self.alarms[-1] if self.alarms else None
        return newest if newest is not None and newest.until is None else None


def cart_board(show: Show, at: int, carts: Carts) -> CartBoard:
    """Return the carts of a show as of `at` (ms UTC)."""
    if not show.knows(Fact.CARTS, "visit"):
        return CartBoard()
    due = at - ABANDONED_AFTER_MS
    prices = {
        sku: price
        for sku in carts.skus
        if (tally := show.products.get(sku)) is not None
        and (price := show.ledger.value(tally.price_minor, tally.currency)) is not None
    }
    edges = price_edges(prices.values(), show.ledger.currency)
    bounds = (None, *edges, None)
    bands = carts.by_price(prices, edges, at, until=due) if prices else []
    return CartBoard(
        whole=carts.as_of(at),
        due=carts.as_of(at, until=due),
        recent=carts.as_of(at, since=due - WINDOW_MS, until=due),
        earlier=carts.as_of(at, since=due - 2 * WINDOW_MS, until=due - WINDOW_MS),
        open=carts.open_at(at),
        at_stake_minor=carts.at_stake_minor(prices, at) if prices else None,
        bands=tuple(
            PriceBand(above_minor=bounds[place], up_to_minor=bounds[place + 1], carts=found)
            for place, found in enumerate(bands)
        ),
        products=tuple(
            ProductCarts(sku=sku, carts=found)
            for sku, found in carts.by_product(at, until=due).items()
        ),
        rates=_rates(carts, at),
        alarms=alarms(carts, show.targets.of(TargetKpi.ABANDONMENT), at),
    )


def _rates(carts: Carts, at: int) -> tuple[float | None, ...]:
    minutes = at // 60_000 - np.arange(_RATE_MINUTES - 1, -1, -1, dtype=np.int64)
    recent = recent_carts(carts, minutes * 60_000)
    pairs = zip(recent.abandoned.tolist(), recent.begun.tolist(), strict=True)
    return tuple(ratio(abandoned, begun) for abandoned, begun in pairs)


def price_edges(prices: Iterable[int], currency: str | None) -> list[int]:
    """Return up to three round prices (minor units; 1, 2 or 5 × 10ⁿ) that part products by their price.

    They are those nearest to the quartiles that have a product on either side.
    """
    sorted_prices = sorted(price for price in prices if price > 0)
    unit = 10 ** minor_digits(currency) if currency else 1
    edges: set[int] = set()
    for quarter in (1, 2, 3):
        if not sorted_prices:
            break
        quartile = sorted_prices[len(sorted_prices) * quarter // 4]
        edge = _nearest_round(quartile / unit) * unit
        if 0 < bisect_left(sorted_prices, edge + 1) < len(sorted_prices):
            edges.add(round(edge))
    return sorted(edges)[:_MOST_EDGES]


def _nearest_round(price: float) -> float:
    """Return the 1, 2 or 5 × 10ⁿ that is nearest by ratio."""
    power = 10.0 ** floor(log10(price))
    candidates = [factor * power for factor in (1, 2, 5, 10)]
    return min(candidates, key=lambda each: max(each / price, price / each))
