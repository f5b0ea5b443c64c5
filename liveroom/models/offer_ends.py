"""Offers that end by themselves: when their time is over, or when all their units are sold.

Nobody reports that on a live show. An end that somebody did report has its own entry in the journal.
"""

from __future__ import annotations

import numpy as np

from liveroom.models.int_rows import IntRows
from liveroom.models.journal import Entry, EntryKind
from liveroom.models.levers import Levers, RunningOffer

SAME_END_MS = 60_000
"""An end that is reported so soon after the last unit was sold is the same end, in its source's words."""

TIME_OVER = "offer over"


class OfferSales:
    """The units of orders that say they were bought under an offer, and when."""

    def __init__(self) -> None:
        """Start with none."""
        self.sold: dict[str, IntRows] = {}
        """Instant (ms UTC) and units of every order, by the id of the offer."""
        self._units: dict[str, int] = {}
        self._found: dict[str, tuple[int, int, int | None]] = {}

    def add(self, offer_id: str, at: int, units: int) -> None:
        """Take an order."""
        rows = self.sold.get(offer_id)
        if rows is None:
            rows = self.sold[offer_id] = IntRows(2)
        rows.add(at, units)
        self._units[offer_id] = self._units.get(offer_id, 0) + units

    def sold_out_at(self, offer_id: str, limit: int) -> int | None:
        """Return when the last of `limit` units was sold (ms UTC), None while some are left."""
        if self._units.get(offer_id, 0) < limit:
            return None
        rows = self.sold[offer_id]
        orders, of, found = self._found.get(offer_id, (0, 0, None))
        if (orders, of) != (len(rows), limit):
            sales = rows.to_array()
            sales = sales[np.argsort(sales[:, 0], kind="stable")]
            reached = np.flatnonzero(np.cumsum(sales[:, 1]) >= limit)
            found = int(sales[reached[0], 0]) if len(reached) else None
            self._found[offer_id] = (len(rows), limit, found)
        return found

    def restore(self, sold: dict[str, bytes]) -> None:
        """Put stored sales back; raises ValueError where they are none."""
        for offer_id, stored in sold.items():
            rows = self.sold[offer_id] = IntRows(2)
            rows.restore(stored)
            self._units[offer_id] = int(rows.to_array()[:, 1].sum())


def offer_ends(levers: Levers, sales: OfferSales, at: int) -> tuple[Entry, ...]:
    """Return the ends that nobody reported, up to an instant (ms UTC), in the order of the offers."""
    found = (_end_of(running, sales, at) for running in levers.offers)
    return tuple(entry for entry in found if entry is not None)


def _end_of(running: RunningOffer, sales: OfferSales, at: int) -> Entry | None:
    offer, ended_at = running.offer, running.ended_at
    limit = offer.limit_units
    sold_out_at = None if limit is None else sales.sold_out_at(offer.offer_id, limit)
    ends = [(running.ends_at, TIME_OVER), (sold_out_at, f"all {limit} units sold")]
    first = min(
        ((end, why) for end, why in ends if end is not None and running.started_at <= end <= at),
        default=None,
    )
    if first is None:
        return None
    told = None if ended_at is None or ended_at > at else ended_at
    grace = SAME_END_MS if first[1] != TIME_OVER else 0
    if told is not None and told <= first[0] + grace:
        return None
    return Entry(at=first[0], kind=EntryKind.OFFER_ENDED, subject=offer.offer_id, text=first[1])
