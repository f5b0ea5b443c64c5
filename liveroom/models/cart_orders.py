"""Which order comes next for a cart: of its visit, or of a person whose visit it is."""

from __future__ import annotations

import numpy as np

from liveroom.models.int_rows import IntRows, Ints

NEVER = int(np.iinfo(np.int64).max)


class CartOrders:
    """The orders that count for carts, which are known by their place among sorted `visits`."""

    def __init__(
        self, visits: Ints, of_visits: IntRows, of_people: IntRows, owners: IntRows
    ) -> None:
        """Take orders as (visit, ms UTC) and (person, ms UTC), owners as (visit, person)."""
        self._of_visits = _among(of_visits, visits)
        owned, people = _among(owners, visits)
        by_place = np.argsort(owned, kind="stable")
        self._owned, self._owners = owned[by_place], people[by_place]
        orders = of_people.to_array()
        self._of_people = orders[:, 0], orders[:, 1]

    def first_from(self, places: Ints, times: Ints) -> Ints:
        """Return when each cart's first order at or after a time came (ms UTC); `NEVER`: none did."""
        first = _first_from(places, times, *self._of_visits)
        start = np.searchsorted(self._owned, places)
        owners = np.searchsorted(self._owned, places, side="right") - start
        each = np.repeat(np.arange(len(places)), owners)
        nth = np.arange(len(each)) - np.repeat(np.cumsum(owners) - owners, owners)
        people = self._owners[start[each] + nth]
        np.minimum.at(first, each, _first_from(people, times[each], *self._of_people))
        return first


def _among(pairs: IntRows, visits: Ints) -> tuple[Ints, Ints]:
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
    """Return the time of the first order of each key at or after its time, `NEVER` where none is."""
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
    first = np.full(number, NEVER)
    first[by_time[found]] = all_times[by_time[order_at[found]]]
    return first[: len(keys)]
