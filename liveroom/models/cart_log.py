"""What was put into carts, taken out and ordered: kept of every fact, looked at when asked.

Some ten integers a cart. What follows from them is worked out when it is asked for, so the order of
arrival does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from liveroom.models.abandonment import Carts, settled
from liveroom.models.cart_orders import CartOrders
from liveroom.models.int_rows import IntRows


class CartLog:
    """Carts by visit, orders by visit and person; only what occurred in the window."""

    def __init__(self) -> None:
        """Start empty."""
        self.moves = IntRows(4)
        """Visit, instant (ms UTC), product's place in `skus`, and units: negative are taken out."""
        self.orders_of_visits, self.orders_of_people = IntRows(2), IntRows(2)
        self.owners = IntRows(2)
        """Visits and whose they are."""
        self.skus: list[str] = []
        self._places: dict[str, int] = {}
        self._parts = (self.moves, self.orders_of_visits, self.orders_of_people, self.owners)
        self._settled = -1
        self._carts: Carts | None = None

    def put_in(self, visit: int, sku: str, units: int, at: int) -> None:
        """Take that something was put into the cart of a visit at `at` (ms UTC)."""
        self.moves.add(visit, at, self._place(sku), max(0, units))

    def taken_out(self, visit: int, sku: str, units: int, at: int) -> None:
        """Take that something was taken out again."""
        if units > 0:
            self.moves.add(visit, at, self._place(sku), -units)

    def ordered(self, visit: int | None, person: int | None, at: int) -> None:
        """Take an order of a visit, a person or both."""
        if visit is not None:
            self.orders_of_visits.add(visit, at)
        if person is not None:
            self.orders_of_people.add(person, at)

    def __len__(self) -> int:
        """Return how many facts are kept: what `carts` costs grows with it."""
        return sum(map(len, self._parts))

    def to_bytes(self) -> list[bytes]:
        """Return all that is kept, to be stored and given back to `restore`."""
        return [
            msgspec.json.encode(self.skus),
            *(part.to_array().tobytes() for part in self._parts),
        ]

    def restore(self, stored: Sequence[bytes]) -> None:
        """Put what was stored into an empty log; raises ValueError where it does not fit."""
        skus, *parts = stored
        for part, its in zip(self._parts, parts, strict=True):
            part.restore(its)
        for sku in msgspec.json.decode(skus, type=list[str]):
            self._place(sku)

    def carts(self) -> Carts:
        """Return what became of every cart by now."""
        if self._carts is None or len(self) != self._settled:
            self._settled = len(self)
            self._carts = settled(
                self.moves.to_array(),
                tuple(self.skus),
                lambda visits: CartOrders(
                    visits, self.orders_of_visits, self.orders_of_people, self.owners
                ),
            )
        return self._carts

    @property
    def was_worked_out(self) -> bool:
        """Return whether `carts` was asked for before."""
        return self._carts is not None

    def copy(self) -> CartLog:
        """Return a log of its own, with all that is kept by now: for another thread to look at."""
        copy = CartLog()
        copy.skus = list(self.skus)
        for mine, its in zip(self._parts, copy._parts, strict=True):
            its.share(mine)
        return copy

    def keep(self, copy: CartLog, carts: Carts) -> None:
        """Take what was worked out from a copy, as of when it was taken."""
        self._settled, self._carts = len(copy), carts

    def lately(self) -> CartLog:
        """Return the carts as they were last worked out: enough for whoever looks at an earlier moment."""
        return self if self._carts is None else _Settled(self._carts)

    def _place(self, sku: str) -> int:
        place = self._places.get(sku)
        if place is None:
            place = self._places[sku] = len(self.skus)
            self.skus.append(sku)
        return place


class _Settled(CartLog):
    """Carts that were worked out before."""

    def __init__(self, carts: Carts) -> None:
        super().__init__()
        self._carts = carts

    def carts(self) -> Carts:
        assert self._carts is not None
        return self._carts
