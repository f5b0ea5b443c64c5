"""What cancellations take out of the revenue, in any order of arrival.

A refund takes its own amount. A cancellation without an amount takes what is left of its order: the
amount placed under its id minus what was refunded of it, never below zero. An order is taken out once,
at its earliest such cancellation. All the shop's orders and refunds have a say, in the window or not.
"""

from __future__ import annotations

from msgspec import Struct

from liveroom.models.events import OrderCancelled
from liveroom.models.key_sums import KeySums, key_of
from liveroom.models.timeline import Column, Timeline

Order = tuple[str, str]
"""A source and its order id."""

_CANCELLATIONS, _CANCELLED = int(Column.CANCELLATIONS), int(Column.CANCELLED)
_PRICED = int(Column.PRICED_CANCELLATIONS)


class WholeCancellation(Struct, kw_only=True, gc=False):
    """The cancellations of one order that name no amount."""

    at: int
    """When the earliest of them occurred (ms UTC): there the order is taken out."""
    inside: bool
    taken_minor: int = 0
    waiting: list[tuple[int, int]] = []
    """Second and count of those in the window, until the amount of the order is known."""


class Cancellations:
    """Counts cancellations into a timeline; what was placed and refunded per order decides how much."""

    def __init__(self) -> None:
        """Start with no order."""
        self.placed = KeySums()
        self.refunded: dict[Order, int] = {}
        self.whole: dict[Order, WholeCancellation] = {}

    def order_placed(self, order: Order, value: int, timeline: Timeline) -> bool:
        """Remember what an order is worth; return whether a cancellation waited for that.

        An id can carry two orders: a cancellation of it takes both, whichever comes first.
        """
        self.placed.add(key_of(*order), value)
        return self.settle(order, timeline)

    def cancelled(
        self, event: OrderCancelled, inside: bool, value: int | None, timeline: Timeline
    ) -> bool:
        """Count a cancellation whose own amount is `value`; return whether what it takes is known."""
        second = event.occurred_at // 1000
        order = (event.source, event.order_id)
        if inside:
            row = timeline.row(second)
            row[_CANCELLATIONS] += event.count
            if value is not None:
                row[_PRICED] += event.count
                row[_CANCELLED] += value
        if not event.order_id:
            return value is not None
        if event.amount_minor is None:
            self._take_whole(order, event, inside, timeline)
        elif value is not None:
            self.refunded[order] = self.refunded.get(order, 0) + value
        return self.settle(order, timeline) or value is not None

    def settle(self, order: Order, timeline: Timeline) -> bool:
        """Take out what is left of a cancelled order by now; return whether its amount is known."""
        whole = self.whole.get(order)
        if whole is None:
            return False
        placed = self.placed.get(key_of(*order))
        if placed is None:
            return False
        for second, count in whole.waiting:
            timeline.row(second)[_PRICED] += count
        whole.waiting.clear()
        left = max(0, placed - self.refunded.get(order, 0))
        if whole.inside:
            timeline.row(whole.at // 1000)[_CANCELLED] += left - whole.taken_minor
        whole.taken_minor = left
        return True

    def _take_whole(
        self, order: Order, event: OrderCancelled, inside: bool, timeline: Timeline
    ) -> None:
        whole = self.whole.get(order)
        if whole is None:
            whole = self.whole[order] = WholeCancellation(at=event.occurred_at, inside=inside)
        elif event.occurred_at < whole.at:
            if whole.inside:
                timeline.row(whole.at // 1000)[_CANCELLED] -= whole.taken_minor
            whole.at, whole.inside, whole.taken_minor = event.occurred_at, inside, 0
        if inside:
            whole.waiting.append((event.occurred_at // 1000, event.count))
