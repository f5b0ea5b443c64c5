"""Carts that nobody orders from in time, and those that are ordered from after all.

A cart is a visit into which something was put. It is abandoned once it was left alone, nothing put in and
nothing ordered, for longer than `ABANDONED_AFTER_MS`; recovered where an order comes after that. Orders
count for the cart of their visit and for the carts of their person.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from liveroom.models.cart_orders import NEVER, CartOrders
from liveroom.models.figures import ratio
from liveroom.models.int_rows import Ints

Truths = NDArray[np.bool_]

ABANDONED_AFTER_MS = 10 * 60_000
"""The abandonment window. The field has none (`metrics.md`: no vendor defines one for a live show).

Ten minutes is the span over which the desk compares everything else, and leaves a show of 30 to 90
minutes the time to win a cart back. Whoever shows the rate says the window beside it.
"""


class Abandonment(Struct, frozen=True, kw_only=True, gc=False):
    """The carts as of an instant; None where the source does not say which visit a cart belongs to."""

    carts: int | None = None
    abandoned: int | None = None
    """Recovered ones among them: they had no order within the window."""
    recovered: int | None = None

    @property
    def rate(self) -> float | None:
        """Carts with no order within the window ÷ carts."""
        return ratio(self.abandoned, self.carts)

    @property
    def recovery_rate(self) -> float | None:
        """Abandoned carts ordered from after all ÷ abandoned carts."""
        return ratio(self.recovered, self.abandoned)


class Carts(Struct, frozen=True, kw_only=True):
    """What became of every cart: when it began, was abandoned and recovered, and what is in it.

    Instants are ms UTC, `NEVER` where it did not happen. The arrays of moves have one entry for each time
    that something was put in or (with negative units) taken out.
    """

    skus: tuple[str, ...]
    begun: Ints
    abandoned: Ints
    recovered: Ints
    move_cart: Ints
    move_at: Ints
    move_product: Ints
    """The product's place in `skus`."""
    move_units: Ints
    move_ordered: Ints
    """When the first order after the move came."""
    held_cart: Ints
    """Of each product in a cart: the cart, the product, and when it was first put in."""
    held_product: Ints
    held_at: Ints

    def as_of(self, at: int, since: int | None = None, until: int | None = None) -> Abandonment:
        """Return the carts as of `at`.

        With `since` and `until` only those into which something was first put from then to before then:
        with `until` a window before `at` all of them had their time.
        """
        begun, abandoned, recovered = self._which(at, since, until)
        return Abandonment(
            carts=int(begun.sum()), abandoned=int(abandoned.sum()), recovered=int(recovered.sum())
        )

    def by_product(
        self, at: int, since: int | None = None, until: int | None = None
    ) -> Mapping[str, Abandonment]:
        """Return, for every product that was put into one, the carts that it was put into."""
        held = self.held_at <= at
        carts, products = self.held_cart[held], self.held_product[held]
        counts = [
            np.bincount(products[which[carts]], minlength=len(self.skus)).tolist()
            for which in self._which(at, since, until)
        ]
        there = np.bincount(products, minlength=len(self.skus)).tolist()
        return {
            sku: Abandonment(carts=begun, abandoned=abandoned, recovered=recovered)
            for sku, is_there, begun, abandoned, recovered in zip(
                self.skus, there, *counts, strict=True
            )
            if is_there
        }

    def by_price(
        self,
        prices: Mapping[str, int],
        edges: Sequence[int],
        at: int,
        since: int | None = None,
        until: int | None = None,
    ) -> list[Abandonment]:
        """Return the carts by their dearest product's price (minor units), in `len(edges) + 1` bands.

        A price at an edge is in the lower band. Carts without a product of known price are left out.
        """
        of_sku = np.array([prices.get(sku, -1) for sku in self.skus] or [-1], dtype=np.int64)
        held = self.held_at <= at
        dearest = np.full(len(self.begun), -1, dtype=np.int64)
        np.maximum.at(dearest, self.held_cart[held], of_sku[self.held_product[held]])
        band = np.searchsorted(np.asarray(edges, dtype=np.int64), dearest)
        counts = [
            np.bincount(band[which & (dearest >= 0)], minlength=len(edges) + 1).tolist()
            for which in self._which(at, since, until)
        ]
        return [
            Abandonment(carts=begun, abandoned=abandoned, recovered=recovered)
            for begun, abandoned, recovered in zip(*counts, strict=True)
        ]

    def open_at(self, at: int) -> int:
        """Return the carts with something put in since their last order that are not abandoned yet."""
        put_in = (self.move_units > 0) & (self.move_at <= at) & (self.move_ordered > at)
        waiting = np.zeros(len(self.begun), dtype=np.bool_)
        waiting[self.move_cart[put_in]] = True
        return int((waiting & (self.abandoned >= at)).sum())

    def at_stake_minor(self, prices: Mapping[str, int], at: int) -> int:
        """Return what lies in the carts that are abandoned and not recovered, at list prices.

        Only what was put in after a cart's last order; products of unknown price count nothing.
        """
        is_left = (self.abandoned < at) & (self.recovered > at)
        lies = is_left[self.move_cart] & (self.move_at <= at) & (self.move_ordered > at)
        of_sku = np.array([prices.get(sku, 0) for sku in self.skus] or [0], dtype=np.int64)
        held: dict[tuple[int, int], int] = {}
        rows = (self.move_cart[lies], self.move_product[lies], self.move_units[lies])
        for cart, product, units in zip(*(row.tolist() for row in rows), strict=True):
            held[cart, product] = held.get((cart, product), 0) + units
        return sum(max(0, units) * int(of_sku[product]) for (_, product), units in held.items())

    def _which(self, at: int, since: int | None, until: int | None) -> tuple[Truths, ...]:
        """Return which carts were begun, abandoned and recovered, as of `at`."""
        begun = self.begun <= at
        if since is not None:
            begun &= self.begun >= since
        if until is not None:
            begun &= self.begun < until
        abandoned = begun & (self.abandoned < at)
        return begun, abandoned, abandoned & (self.recovered <= at)


def settled(moves: Ints, skus: tuple[str, ...], orders_of: Callable[[Ints], CartOrders]) -> Carts:
    """Work out what became of every cart; `moves` are rows of (visit, at, product, units)."""
    put_in = moves[:, 3] >= 0
    visits = np.unique(moves[put_in, 0])
    orders = orders_of(visits)
    # What was taken out of a cart into which nothing was put is nothing to us.
    known = put_in | np.isin(moves[:, 0], visits)
    moves, put_in = moves[known], put_in[known]
    by_time = np.lexsort((moves[:, 1], np.searchsorted(visits, moves[:, 0])))
    moves, put_in = moves[by_time], put_in[by_time]
    carts, times = np.searchsorted(visits, moves[:, 0]), moves[:, 1]
    ordered = orders.first_from(carts, times)
    places, puts = carts[put_in], times[put_in]
    following = np.append(puts[1:], NEVER)
    following[np.diff(places, append=-1) != 0] = NEVER
    due = puts + ABANDONED_AFTER_MS
    late = np.minimum(following, ordered[put_in]) > due
    abandoned = _first(len(visits), places[late], due[late])
    recovered = np.full(len(visits), NEVER)
    left = np.flatnonzero(abandoned != NEVER)
    recovered[left] = orders.first_from(left, abandoned[left] + 1)
    products = moves[put_in, 2]
    _, first = np.unique(places * max(1, len(skus)) + products, return_index=True)
    return Carts(
        skus=skus,
        begun=_first(len(visits), places, puts),
        abandoned=abandoned,
        recovered=recovered,
        move_cart=carts,
        move_at=times,
        move_product=moves[:, 2],
        move_units=moves[:, 3],
        move_ordered=ordered,
        held_cart=places[first],
        held_product=products[first],
        held_at=puts[first],
    )


def _first(size: int, places: NDArray[np.intp], times: Ints) -> Ints:
    """Return the first time at each of `size` places; `times` increase at each place."""
    first = np.full(size, NEVER, dtype=np.int64)
    distinct, at = np.unique(places, return_index=True)
    first[distinct] = times[at]
    return first
