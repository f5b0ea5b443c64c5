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
from liveroom.models.distinct import are_among, distinct, with_first
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

    Instants are ms UTC, `NEVER` where it did not happen. Carts are in order of their beginning, moves and
    what is held in order of time: whoever looks at an early instant reads no further. The arrays of
    moves have one entry for each time that something was put in or (with negative units) taken out.
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
        which = self._which(at, since, until)
        abandoned, recovered = self._left(which, at)
        return Abandonment(
            carts=which.stop - which.start,
            abandoned=int(np.count_nonzero(abandoned)),
            recovered=int(np.count_nonzero(recovered)),
        )

    def by_product(
        self, at: int, since: int | None = None, until: int | None = None
    ) -> Mapping[str, Abandonment]:
        """Return, for every product that was put into one, the carts that it was put into."""
        held = _until(self.held_at, at)
        # How far each cart came: each of these is also the one before.
        stages = self._stages(at, since, until)
        reached = self.held_product[held] * 4 + stages[self.held_cart[held]]
        counts = _at_least(reached, len(self.skus))
        return {
            sku: Abandonment(carts=begun, abandoned=abandoned, recovered=recovered)
            for sku, (there, begun, abandoned, recovered) in zip(self.skus, counts, strict=True)
            if there
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
        held, stages = _until(self.held_at, at), self._stages(at, since, until)
        dearest = np.full(len(stages), -1, dtype=np.int64)
        np.maximum.at(dearest, self.held_cart[held], of_sku[self.held_product[held]])
        priced = dearest >= 0
        band = np.searchsorted(np.asarray(edges, dtype=np.int64), dearest[priced])
        counts = _at_least(band * 4 + stages[priced], len(edges) + 1)
        return [
            Abandonment(carts=begun, abandoned=abandoned, recovered=recovered)
            for _, begun, abandoned, recovered in counts
        ]

    def open_at(self, at: int) -> int:
        """Return the carts with something put in since their last order that are not abandoned yet."""
        moves, begun = _until(self.move_at, at), _until(self.begun, at)
        put_in = (self.move_units[moves] > 0) & (self.move_ordered[moves] > at)
        waiting = np.zeros(begun.stop, dtype=np.bool_)
        waiting[self.move_cart[moves][put_in]] = True
        return int(np.count_nonzero(waiting & (self.abandoned[begun] >= at)))

    def at_stake_minor(self, prices: Mapping[str, int], at: int) -> int:
        """Return what lies in the carts that are abandoned and not recovered, at list prices.

        Only what was put in after a cart's last order; products of unknown price count nothing.
        """
        is_left = (self.abandoned < at) & (self.recovered > at)
        moves = _until(self.move_at, at)
        lies = is_left[self.move_cart[moves]] & (self.move_ordered[moves] > at)
        of_sku = np.array([prices.get(sku, 0) for sku in self.skus] or [0], dtype=np.int64)
        held: dict[tuple[int, int], int] = {}
        rows = (self.move_cart, self.move_product, self.move_units)
        for cart, product, units in zip(*(row[moves][lies].tolist() for row in rows), strict=True):
            held[cart, product] = held.get((cart, product), 0) + units
        return sum(max(0, units) * int(of_sku[product]) for (_, product), units in held.items())

    def _which(self, at: int, since: int | None, until: int | None) -> slice:
        """Return which carts were begun up to `at`, from `since` to before `until`."""
        last = at if until is None else min(at, until - 1)
        first = 0 if since is None else int(np.searchsorted(self.begun, since))
        return slice(first, max(first, _until(self.begun, last).stop))

    def _left(self, which: slice, at: int) -> tuple[Truths, Truths]:
        """Return which of some carts were abandoned and recovered, as of `at`."""
        abandoned = self.abandoned[which] < at
        return abandoned, abandoned & (self.recovered[which] <= at)

    def _stages(self, at: int, since: int | None, until: int | None) -> Ints:
        """Return of the carts begun up to `at` how far those of a span came.

        1 is begun, 2 abandoned, 3 recovered; 0 stands for a cart that is not of the span.
        """
        which = self._which(at, since, until)
        stages = np.zeros(max(which.stop, _until(self.begun, at).stop), dtype=np.int64)
        abandoned, recovered = self._left(which, at)
        stages[which] = 1 + abandoned.astype(np.int64) + recovered
        return stages


def settled(moves: Ints, skus: tuple[str, ...], orders_of: Callable[[Ints], CartOrders]) -> Carts:
    """Work out what became of every cart; `moves` are rows of (visit, at, product, units)."""
    put_in = moves[:, 3] >= 0
    visits = distinct(moves[put_in, 0])
    orders = orders_of(visits)
    # What was taken out of a cart into which nothing was put is nothing to us.
    known = put_in | are_among(moves[:, 0], visits)
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
    _, first = with_first(places * max(1, len(skus)) + products)
    begun = _first(len(visits), places, puts)
    by_age, by_move, by_put = (np.argsort(at, kind="stable") for at in (begun, times, puts[first]))
    first, number = first[by_put], np.empty(len(visits), dtype=np.int64)
    number[by_age] = np.arange(len(visits))
    return Carts(
        skus=skus,
        begun=begun[by_age],
        abandoned=abandoned[by_age],
        recovered=recovered[by_age],
        move_cart=number[carts][by_move],
        move_at=times[by_move],
        move_product=moves[by_move, 2],
        move_units=moves[by_move, 3],
        move_ordered=ordered[by_move],
        held_cart=number[places[first]],
        held_product=products[first],
        held_at=puts[first],
    )


def _until(times: Ints, at: int) -> slice:
    """Return which of some times, in order, are up to and including `at`."""
    return slice(0, int(np.searchsorted(times, at, side="right")))


def _at_least(reached: Ints, size: int) -> list[list[int]]:
    """Return of `size` groups how many reached at least each of four stages.

    `reached` (n) is 4 * group + stage of each.
    """
    counts = np.bincount(reached, minlength=4 * size).reshape(-1, 4)
    at_least: list[list[int]] = counts[:, ::-1].cumsum(axis=1)[:, ::-1].tolist()
    return at_least


def _first(size: int, places: NDArray[np.intp], times: Ints) -> Ints:
    """Return the first time at each of `size` places; `times` increase at each place."""
    first = np.full(size, NEVER, dtype=np.int64)
    there, at = with_first(places)
    first[there] = times[at]
    return first
