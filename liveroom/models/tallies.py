"""Running counts per product and per entry channel, cheap to add to and frozen on demand."""

from __future__ import annotations

from msgspec import Struct

from liveroom.models.block_counts import BlockCounts
from liveroom.models.events import OrderPlaced, ProductListed
from liveroom.models.facts import EntryChannel

TREND_MINUTES = 40


class RecentMinutes:
    """Counts of the last minutes: at least the `TREND_MINUTES` behind the newest are kept."""

    __slots__ = ("counts",)

    def __init__(self, counts: dict[int, int] | None = None) -> None:
        """Start empty, or from the `counts` of another, by minute."""
        self.counts: dict[int, int] = counts or {}

    def add(self, minute: int, count: int) -> None:
        """Add to a minute."""
        counts = self.counts
        counts[minute] = counts.get(minute, 0) + count
        if len(counts) > 3 * TREND_MINUTES:
            oldest = max(counts) - TREND_MINUTES
            self.counts = {at: n for at, n in counts.items() if at > oldest}

    def total(self, minute: int, minutes: int = 10) -> int:
        """Return the sum of the `minutes` up to and including `minute`."""
        return sum(n for at, n in self.counts.items() if minute - minutes < at <= minute)

    def trend(self, minute: int) -> tuple[int, ...]:
        """Return the counts of the `TREND_MINUTES` up to and including `minute`."""
        counts = self.counts
        return tuple(counts.get(at, 0) for at in range(minute - TREND_MINUTES + 1, minute + 1))


class ProductTally:
    """What happened to one product so far."""

    __slots__ = (
        "cart_adds",
        "cart_units",
        "category",
        "clicks",
        "cost_currency",
        "cost_minor",
        "currency",
        "impressions",
        "last_order",
        "listed_at",
        "name",
        "orders",
        "price_minor",
        "priced_lines",
        "priced_units",
        "recent_units",
        "revenue_minor",
        "sku",
        "stock",
        "stock_at",
        "units",
        "views",
    )

    COUNTS = (
        "impressions",
        "views",
        "clicks",
        "cart_adds",
        "cart_units",
        "orders",
        "units",
        "revenue_minor",
        "priced_lines",
        "priced_units",
    )

    def __init__(self, sku: str) -> None:
        """Start at zero."""
        self.sku = sku
        self.name = self.category = ""
        self.currency: str | None = None
        self.price_minor: int | None = None
        self.cost_currency: str | None = None
        self.cost_minor: int | None = None
        """What a unit costs the shop, in `cost_currency`."""
        self.stock: int | None = None
        """Units that can be sold: as measured last, at `stock_at` (ms UTC)."""
        self.stock_at = -(1 << 62)
        self.listed_at: dict[str, int] = {}
        """When the listing occurred (ms UTC) that each known field is from."""
        self.last_order: OrderPlaced | None = None
        self.impressions = self.views = self.clicks = self.cart_adds = self.cart_units = 0
        self.orders = self.units = self.revenue_minor = self.priced_lines = 0
        self.priced_units = 0
        """Of the lines that have an amount: what their cost is reckoned from."""
        self.recent_units = RecentMinutes()

    def listed(self, event: ProductListed) -> None:
        """Take what a listing says: per field the latest that is not blank counts."""
        at, listed_at = event.occurred_at, self.listed_at
        if event.name and at >= listed_at.get("name", at):
            self.name, listed_at["name"] = event.name, at
        if event.category and at >= listed_at.get("category", at):
            self.category, listed_at["category"] = event.category, at
        if event.price_minor is not None and at >= listed_at.get("price", at):
            self.price_minor, self.currency = event.price_minor, event.currency
            listed_at["price"] = at
        if event.cost_minor is not None and at >= listed_at.get("cost", at):
            self.cost_minor, self.cost_currency = event.cost_minor, event.currency
            listed_at["cost"] = at

    def stock_measured(self, at: int, units: int) -> None:
        """Take a measured stock: the latest counts, of two at one instant the smaller."""
        if self.stock is None or (at, -units) > (self.stock_at, -self.stock):
            self.stock, self.stock_at = units, at

    @property
    def happened(self) -> bool:
        """Return whether anything was counted (a catalogue entry alone is not)."""
        return any(getattr(self, name) for name in self.COUNTS)


class ChannelTally:
    """What came through one entry channel, by the platform's own label."""

    __slots__ = (
        "ad_spend_minor",
        "ad_spends",
        "blocks",
        "channel",
        "label",
        "new_orders",
        "new_visits",
        "orders",
        "priced_ad_spends",
        "priced_orders",
        "recent_orders",
        "recent_visits",
        "returning_orders",
        "returning_visits",
        "revenue_minor",
        "visits",
    )

    COUNTS = (
        "visits",
        "orders",
        "priced_orders",
        "revenue_minor",
        "ad_spends",
        "priced_ad_spends",
        "ad_spend_minor",
        "new_visits",
        "returning_visits",
        "new_orders",
        "returning_orders",
    )

    def __init__(
        self, channel: EntryChannel, label: str, blocks: BlockCounts | None = None
    ) -> None:
        """Start at zero; all labels of a channel share its `blocks` of time."""
        self.channel = channel
        self.label = label
        self.visits = self.orders = self.priced_orders = self.revenue_minor = 0
        self.ad_spends = self.priced_ad_spends = self.ad_spend_minor = 0
        self.new_visits = self.returning_visits = self.new_orders = self.returning_orders = 0
        """Of people who never bought before and of those who did, where the source says so."""
        self.recent_visits = RecentMinutes()
        self.recent_orders = RecentMinutes()
        self.blocks = BlockCounts() if blocks is None else blocks

    @property
    def happened(self) -> bool:
        """Return whether anything came through the channel."""
        return any(getattr(self, name) for name in self.COUNTS if not name.startswith("priced"))

    def add_visit(self, minute: int, count: int, returning: bool | None) -> None:
        """Count visits; `returning` says whether the person bought before, if known."""
        self.visits += count
        self.recent_visits.add(minute, count)
        self.blocks.add(minute, visits=count)
        if returning is not None:
            if returning:
                self.returning_visits += count
            else:
                self.new_visits += count

    def add_order(
        self, minute: int, count: int, value: int | None, returning: bool | None = None
    ) -> None:
        """Count orders; `value` is their amount in the session's currency, if known."""
        self.orders += count
        self.recent_orders.add(minute, count)
        self.blocks.add(minute, orders=count, revenue_minor=value or 0)
        if value is not None:
            self.priced_orders += count
            self.revenue_minor += value
        if returning is not None:
            if returning:
                self.returning_orders += count
            else:
                self.new_orders += count


class WaitingOrder(Struct, frozen=True, gc=False):
    """An order whose visit, and so whose entry channel, is not known yet."""

    visit: int
    minute: int
    count: int
    value: int | None
    returning: bool | None = None
