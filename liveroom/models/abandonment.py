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

from liveroom.models.figures import ratio
from liveroom.models.pairs import Ints, Pairs

ABANDONED_AFTER_MS = 10 * 60_000
"""The abandonment window. The field has none (`metrics.md`: no vendor defines one for a live show).

Ten minutes is the span over which the desk compares everything else, and leaves a show of 30 to 90
minutes the time to win a cart back. Whoever shows the rate says the window beside it.
"""

_NEVER = int(np.iinfo(np.int64).max)


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
        visits, places = np.unique(carts[:, 0], return_inverse=True)
        orders = _Orders(self, visits)
        by_time = np.lexsort((carts[:, 1], places))
        places, times = places[by_time], carts[by_time, 1]
        following = np.append(times[1:], _NEVER)
        following[np.diff(places, append=-1) != 0] = _NEVER
        due = times + ABANDONED_AFTER_MS
        late = np.minimum(following, orders.first_from(places, times)) > due
        abandoned = _first(len(visits), places[late], due[late])
        recovered = np.full(len(visits), _NEVER)
        left = np.flatnonzero(abandoned != _NEVER)
        recovered[left] = orders.first_from(left, abandoned[left] + 1)
        return _Fates(
            begun=_first(len(visits), places, times), abandoned=abandoned, recovered=recovered
        )


class _Fates(Struct, frozen=True, kw_only=True):
    """Per cart when (ms UTC) it began, was abandoned, and was recovered; `_NEVER` where it was not."""

    begun: Ints
    abandoned: Ints
    recovered: Ints


class _Orders:
    """The orders that count for carts, which are known by their place among sorted `visits`."""

    def __init__(self, log: CartLog, visits: Ints) -> None:
        self._of_visits = _among(log.orders_of_visits, visits)
        owned, owners = _among(log.owners, visits)
        by_place = np.argsort(owned, kind="stable")
        self._owned, self._owners = owned[by_place], owners[by_place]
        of_people = log.orders_of_people.to_array()
        self._of_people = of_people[:, 0], of_people[:, 1]

    def first_from(self, places: Ints, times: Ints) -> Ints:
        """Return when the first order at or after each time came, of the cart's visit or its people."""
        first = _first_from(places, times, *self._of_visits)
        start = np.searchsorted(self._owned, places)
        owners = np.searchsorted(self._owned, places, side="right") - start
        each = np.repeat(np.arange(len(places)), owners)
        nth = np.arange(len(each)) - np.repeat(np.cumsum(owners) - owners, owners)
        people = self._owners[start[each] + nth]
        np.minimum.at(first, each, _first_from(people, times[each], *self._of_people))
        return first


def _among(pairs: Pairs, visits: Ints) -> tuple[Ints, Ints]:
    """Return, of pairs whose first is among sorted `visits`, where it is there, and the second."""
    all_places, seconds = [np.empty(0, dtype=np.int64)], [np.empty(0, dtype=np.int64)]
    # A chunk at a time: most visits have no cart, and there are many of them.
    for chunk in pairs.chunks():
        asked = chunk[:, 0]
        places = np.searchsorted(visits, asked)
        found = places < len(visits)
        found[found] = visits[places[found]] == asked[found]
        all_places.append(places[found])
        seconds.append(chunk[found, 1])
    return np.concatenate(all_places), np.concatenate(seconds)


def _first_from(keys: Ints, times: Ints, order_keys: Ints, order_times: Ints) -> Ints:
    """Return the time of the first order of each key at or after its time, `_NEVER` where none is."""
    all_keys, all_times = np.concatenate((keys, order_keys)), np.concatenate((times, order_times))
    is_order = np.arange(len(all_keys)) >= len(keys)
    # Of one instant the order comes last: what is put in and ordered at once is ordered.
    by_time = np.lexsort((is_order, all_times, all_keys))
    number = len(by_time)
    order_at = np.where(is_order[by_time], np.arange(number), number)
    order_at = np.minimum.accumulate(order_at[::-1])[::-1]
    found = order_at < number
    following = by_time[order_at[found]]
    found[found] = all_keys[following] == all_keys[by_time[found]]
    first = np.full(number, _NEVER)
    first[by_time[found]] = all_times[by_time[order_at[found]]]
    return first[: len(keys)]


def _first(size: int, places: Ints, times: Ints) -> Ints:
    """Return the first time at each of `size` places; `times` increase at each place."""
    first = np.full(size, _NEVER, dtype=np.int64)
    distinct, at = np.unique(places, return_index=True)
    first[distinct] = times[at]
    return first
