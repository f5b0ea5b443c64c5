"""Which entry channel an order came through: its own, or that of its visit, whichever arrives first."""

from __future__ import annotations

from liveroom.models.events import OrderPlaced
from liveroom.models.facts import EntryChannel
from liveroom.models.keys import KeyMap
from liveroom.models.past.delta_log import DeltaLog
from liveroom.models.tallies import ChannelTally, WaitingOrder

_WIDTH = len(ChannelTally.COUNTS)
_ORDERS, _PRICED, _REVENUE, _NEW, _RETURNING = map(
    ChannelTally.COUNTS.index,
    ("orders", "priced_orders", "revenue_minor", "new_orders", "returning_orders"),
)


class Attribution:
    """Counts per entry channel and label; orders whose visit is not known yet count as unknown."""

    def __init__(self, log: DeltaLog | None = None) -> None:
        """Start with no channel; orders are noted in `log` too, by channel and second."""
        self._log = log
        self.channels: list[ChannelTally] = []
        self.visit_channels = KeyMap()
        self._places: dict[tuple[EntryChannel, str], int] = {}
        self._fresh: list[WaitingOrder] = []
        self._waiting: dict[int, list[WaitingOrder]] = {}

    def channel(self, channel: EntryChannel, label: str) -> ChannelTally:
        """Return the running counts of a channel by its original label."""
        return self.channels[self._place(channel, label)]

    def visit_started(self, visit: int, tally: ChannelTally) -> None:
        """Remember a visit's channel and give it the orders that waited for it."""
        place = self._place(tally.channel, tally.label)
        self.visit_channels.put(visit, place)
        for order in self._waiting.pop(visit, ()):
            self._move(order, tally)

    def order_placed(self, order: OrderPlaced, value: int | None) -> None:
        """Count an order worth `value` (minor units of the session's currency) in its channel."""
        second = order.occurred_at // 1000
        channel = order.channel or EntryChannel.UNKNOWN
        tally = self.channel(channel, order.label if order.channel else "")
        self._add(tally, second, order.count, value, order.returning)
        if order.channel is None and order.visit is not None:
            self._fresh.append(
                WaitingOrder(order.visit, second, order.count, value, order.returning)
            )

    def settle(self) -> None:
        """Move orders whose visit is known by now; the rest wait for it."""
        if not self._fresh:
            return
        places = self.visit_channels.get_many(order.visit for order in self._fresh)
        for order, place in zip(self._fresh, places, strict=True):
            if place is None:
                self._waiting.setdefault(order.visit, []).append(order)
            else:
                self._move(order, self.channels[place])
        self._fresh.clear()

    def waiting(self) -> list[WaitingOrder]:
        """Return the orders whose visit is not known."""
        self.settle()
        return [order for orders in self._waiting.values() for order in orders]

    def wait(self, orders: list[WaitingOrder]) -> None:
        """Put stored waiting orders back; they are counted as unknown already."""
        self._fresh.extend(orders)

    def _place(self, channel: EntryChannel, label: str) -> int:
        key = (channel, label)
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self.channels)
            self.channels.append(ChannelTally(channel, label, place))
        return place

    def _move(self, order: WaitingOrder, to: ChannelTally) -> None:
        unknown = self.channel(EntryChannel.UNKNOWN, "")
        for tally, sign in ((unknown, -1), (to, 1)):
            value = None if order.value is None else sign * order.value
            self._add(tally, order.second, sign * order.count, value, order.returning)

    def _add(
        self,
        tally: ChannelTally,
        second: int,
        count: int,
        value: int | None,
        returning: bool | None,
    ) -> None:
        tally.add_order(second // 60, count, value, returning)
        if self._log is None:
            return
        key = tally.number * _WIDTH
        self._log.add(second, key + _ORDERS, count)
        if value is not None:
            self._log.add(second, key + _PRICED, count)
            self._log.add(second, key + _REVENUE, value)
        if returning is not None:
            self._log.add(second, key + (_RETURNING if returning else _NEW), count)
