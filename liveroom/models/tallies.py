"""Running counts per product and per entry channel, cheap to add to and frozen on demand."""

from __future__ import annotations

from bisect import bisect_right
from itertools import repeat

from msgspec import Struct

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
        return sum(self.trend(minute, minutes))

    def trend(self, minute: int, minutes: int = TREND_MINUTES) -> tuple[int, ...]:
        """Return the counts of the `minutes` up to and including `minute`."""
        return tuple(map(self.counts.get, range(minute - minutes + 1, minute + 1), repeat(0)))


class Listing(Struct, frozen=True, gc=False, array_like=True):
    """What the catalogue said of a product's price and cost at `at` (ms UTC); None: nothing."""

    at: int
    price_minor: int | None
    cost_minor: int | None
    currency: str | None

    @property
    def says(self) -> tuple[int | None, int | None, str | None]:
        """Return what it says, whenever it said so."""
        return self.price_minor, self.cost_minor, self.currency


def _listed(listings: list[Listing], new: Listing) -> list[Listing]:
    place = bisect_right(listings, new.at, key=lambda listing: listing.at)
    before, after = listings[:place], listings[place:]
    if len(before) > 1 and before[-2].says == before[-1].says == new.says:
        del before[-1]
    elif before and after and before[-1].says == new.says == after[0].says:
        return listings
    elif len(after) > 1 and new.says == after[0].says == after[1].says:
        del after[0]
    return [*before, new, *after]


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
        "listings",
        "name",
        "number",
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

    def __init__(self, sku: str, number: int = 0) -> None:
        """Start at zero; `number` is the product's place among those of the show."""
        self.sku, self.number = sku, number
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
        self.listings: list[Listing] = []
        """What the catalogue said of price and cost, in order of time; of one said again and again the
        first and the last."""
        self.last_order: OrderPlaced | None = None
        self.impressions = self.views = self.clicks = self.cart_adds = self.cart_units = 0
        self.orders = self.units = self.revenue_minor = self.priced_lines = 0
        self.priced_units = 0
        """Of the lines that have an amount: what their cost is reckoned from."""
        self.recent_units = RecentMinutes()

    def listed(self, event: ProductListed) -> None:
        """Take what a listing says: per field the latest that is not blank counts."""
        at, listed_at = event.occurred_at, self.listed_at
        listing = Listing(at, event.price_minor, event.cost_minor, event.currency)
        if event.name and at >= listed_at.get("name", at):
            self.name, listed_at["name"] = event.name, at
        if event.category and at >= listed_at.get("category", at):
            self.category, listed_at["category"] = event.category, at
        self.take_listing(listing)

    def take_listing(self, listing: Listing) -> None:
        """Take what the catalogue said of price and cost: of each the latest counts."""
        self.listings = _listed(self.listings, listing)
        at, listed_at = listing.at, self.listed_at
        if listing.price_minor is not None and at >= listed_at.get("price", at):
            self.price_minor, self.currency = listing.price_minor, listing.currency
            listed_at["price"] = at
        if listing.cost_minor is not None and at >= listed_at.get("cost", at):
            self.cost_minor, self.cost_currency = listing.cost_minor, listing.currency
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
        "channel",
        "label",
        "new_orders",
        "new_visits",
        "number",
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

    def __init__(self, channel: EntryChannel, label: str, number: int = 0) -> None:
        """Start at zero; `number` is the channel's place among those of the show."""
        self.channel, self.number = channel, number
        self.label = label
        self.visits = self.orders = self.priced_orders = self.revenue_minor = 0
        self.ad_spends = self.priced_ad_spends = self.ad_spend_minor = 0
        self.new_visits = self.returning_visits = self.new_orders = self.returning_orders = 0
        """Of people who never bought before and of those who did, where the source says so."""
        self.recent_visits = RecentMinutes()
        self.recent_orders = RecentMinutes()

    @property
    def happened(self) -> bool:
        """Return whether anything came through the channel."""
        return any(getattr(self, name) for name in self.COUNTS if not name.startswith("priced"))

    def add_visit(self, minute: int, count: int, returning: bool | None) -> None:
        """Count visits; `returning` says whether the person bought before, if known."""
        self.visits += count
        self.recent_visits.add(minute, count)
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
    second: int
    count: int
    value: int | None
    returning: bool | None = None
