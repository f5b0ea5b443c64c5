"""Carts that nobody orders from in time, and those that are ordered from after all.

A cart is a visit into which something was put. It is abandoned once it was left alone, nothing put in and
nothing ordered, for longer than `ABANDONED_AFTER_MS`; recovered where an order comes after that. Orders
count for the cart of their visit and for the carts of their person. What is kept is 16 bytes a fact;
what follows from it is worked out when it is asked for, so the order of arrival does not matter.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from liveroom.models.figures import ratio

ABANDONED_AFTER_MS = 10 * 60_000
"""The abandonment window. The field has none (`metrics.md`: no vendor defines one for a live show).

Ten minutes is the span over which the desk compares everything else, and leaves a show of 30 to 90
minutes the time to win a cart back. Whoever shows the rate says the window beside it.
"""

_BUFFER = 8192
_NEVER = int(np.iinfo(np.int64).max)

Ints = NDArray[np.int64]


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


class Pairs:
    """Pairs of 64-bit integers, in the order in which they came: 16 bytes each."""

    __slots__ = ("_buffer", "_chunks", "_rows")

    def __init__(self) -> None:
        """Start empty."""
        self._buffer: list[int] = []
        self._chunks: list[Ints] = []
        self._rows = 0

    def add(self, one: int, other: int) -> None:
        """Add a pair."""
        buffer = self._buffer
        buffer.append(one)
        buffer.append(other)
        if len(buffer) >= _BUFFER:
            self._flush()

    def __len__(self) -> int:
        """Return the number of pairs."""
        return self._rows + len(self._buffer) // 2

    def to_array(self) -> Ints:
        """Return all pairs as (n, 2)."""
        self._flush()
        if len(self._chunks) != 1:
            none: Ints = np.empty((0, 2), dtype=np.int64)
            self._chunks = [np.concatenate((none, *self._chunks))]
        return self._chunks[0]

    def restore(self, stored: bytes) -> None:
        """Put the bytes of `to_array` back; raises ValueError where they are no pairs."""
        self._chunks = [np.frombuffer(stored, dtype=np.int64).reshape(-1, 2)]
        self._rows = len(self._chunks[0])

    def _flush(self) -> None:
        if self._buffer:
            flat = np.fromiter(self._buffer, dtype=np.int64, count=len(self._buffer))
            self._chunks.append(flat.reshape(-1, 2))
            self._rows += len(self._chunks[-1])
            self._buffer.clear()


class CartLog:
    """What was put into carts and ordered, by visit and person; only what occurred in the window."""

    def __init__(self) -> None:
        """Start empty."""
        self.carts = Pairs()
        """Visits that put something into a cart, and when (ms UTC)."""
        self.orders_of_visits = Pairs()
        self.orders_of_people = Pairs()
        self.owners = Pairs()
        """Visits and whose they are."""
        self._parts = (self.carts, self.orders_of_visits, self.orders_of_people, self.owners)
        self._settled = 0
        self._fates = self._settle()

    def ordered(self, visit: int | None, person: int | None, at: int) -> None:
        """Take an order of a visit, a person or both at `at` (ms UTC)."""
        if visit is not None:
            self.orders_of_visits.add(visit, at)
        if person is not None:
            self.orders_of_people.add(person, at)

    def __len__(self) -> int:
        """Return how many facts are kept: what `as_of` costs grows with it."""
        return sum(map(len, self._parts))

    def to_bytes(self) -> list[bytes]:
        """Return all that is kept, to be stored and given back to `restore`."""
        return [part.to_array().tobytes() for part in self._parts]

    def restore(self, stored: Sequence[bytes]) -> None:
        """Put what was stored into an empty log; raises ValueError where it does not fit."""
        for part, its in zip(self._parts, stored, strict=True):
            part.restore(its)

    def as_of(self, at: int, since: int | None = None, until: int | None = None) -> Abandonment:
        """Return the carts as of `at` (ms UTC).

        With `since` and `until` only those into which something was first put from then to before then:
        with `until` a window before `at` all of them had their time.
        """
        if len(self) != self._settled:
            self._fates, self._settled = self._settle(), len(self)
        fates = self._fates
        begun = fates.begun <= at
        if since is not None:
            begun &= fates.begun >= since
        if until is not None:
            begun &= fates.begun < until
        abandoned = begun & (fates.abandoned < at)
        return Abandonment(
            carts=int(begun.sum()),
            abandoned=int(abandoned.sum()),
            recovered=int((abandoned & (fates.recovered <= at)).sum()),
        )

    def _settle(self) -> _Fates:
        """Work out what became of every cart."""
        carts = self.carts.to_array()
        visits, cart_places = np.unique(carts[:, 0], return_inverse=True)
        order_places, order_times = self._orders_of(visits)
        times = np.concatenate((carts[:, 1], order_times))
        places = np.concatenate((cart_places, order_places))
        is_order = np.arange(len(times)) >= len(cart_places)
        # Of one instant the order comes last: what is put in and ordered at once is ordered.
        by_time = np.lexsort((is_order, times, places))
        places, times, is_order = places[by_time], times[by_time], is_order[by_time]
        following = np.append(times[1:], _NEVER)
        following[np.diff(places, append=-1) != 0] = _NEVER
        due = times + ABANDONED_AFTER_MS
        put_in = ~is_order
        late = put_in & (following > due)
        abandoned = _first(len(visits), places[late], due[late])
        after = is_order & (times > abandoned[places])
        return _Fates(
            begun=_first(len(visits), places[put_in], times[put_in]),
            abandoned=abandoned,
            recovered=_first(len(visits), places[after], times[after]),
        )

    def _orders_of(self, visits: Ints) -> tuple[Ints, Ints]:
        """Return the orders that count for carts: the place of the cart's visit, and the time."""
        orders = self.orders_of_visits.to_array()
        places, found = _places(visits, orders[:, 0])
        times = orders[found, 1]
        pairs = self.owners.to_array()
        owned, known = _places(visits, pairs[:, 0])
        owners = pairs[known, 1]
        by_person = np.argsort(owners, kind="stable")
        owned, owners = owned[by_person], owners[by_person]
        orders = self.orders_of_people.to_array()
        people = orders[:, 0]
        start = np.searchsorted(owners, people)
        carts = np.searchsorted(owners, people, side="right") - start
        # An order of a person counts for each of their carts.
        each = np.repeat(np.arange(len(people)), carts)
        nth = np.arange(len(each)) - np.repeat(np.cumsum(carts) - carts, carts)
        of_people = owned[start[each] + nth]
        return (
            np.concatenate((places, of_people)),
            np.concatenate((times, orders[each, 1])),
        )


class _Fates(Struct, frozen=True, kw_only=True):
    """Per cart when (ms UTC) it began, was abandoned, and was recovered; `_NEVER` where it was not."""

    begun: Ints
    abandoned: Ints
    recovered: Ints


def _places(visits: Ints, asked: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """Return where those of `asked` that are among sorted `visits` are, and which they are."""
    places = np.searchsorted(visits, asked)
    found = np.zeros(len(asked), dtype=np.bool_)
    inside = places < len(visits)
    found[inside] = visits[places[inside]] == asked[inside]
    return places[found], found


def _first(size: int, places: Ints, times: Ints) -> Ints:
    """Return the first time at each of `size` places; `times` increase at each place."""
    first = np.full(size, _NEVER, dtype=np.int64)
    distinct, at = np.unique(places, return_index=True)
    first[distinct] = times[at]
    return first
