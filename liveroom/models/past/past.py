"""What a show keeps beside its running counts so that any earlier second of it can be shown again.

The running counts say how things stand; these logs say when they came to stand so. Which key stands
for what follows from the places of products, channels, people and sources in the show.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from liveroom.models.int_rows import IntRows
from liveroom.models.past.delta_log import DeltaLog
from liveroom.models.past.edges import EdgeTotals
from liveroom.models.run_of_show import Segment
from liveroom.models.splits import SalesTally
from liveroom.models.tallies import ChannelTally

LOOKS = ("impressions", "views", "clicks", "cart_adds", "cart_units")
SALES = ("orders", "units", "revenue_minor", "priced_lines", "priced_units")
"""The counts of a product, by key: place of the product × their number + place of the count."""
CHANNEL = ChannelTally.COUNTS
SPLIT = SalesTally.COUNTS


class PlanVersion(Struct, frozen=True, kw_only=True, array_like=True):
    """The run of show as it was planned from `at` (ms UTC) on."""

    at: int
    segments: tuple[Segment, ...]
    title: str


class Past:
    """The logs of one show."""

    def __init__(self) -> None:
        """Start empty."""
        self.looks, self.sales, self.units = DeltaLog(), DeltaLog(), DeltaLog()
        """Of products; the units sold once more by themselves, for their trends."""
        self.looks_at_edges, self.sales_at_edges = EdgeTotals(self.looks), EdgeTotals(self.sales)
        self.channels = DeltaLog()
        self.channels_at_edges = EdgeTotals(self.channels)
        self.visits, self.people = DeltaLog(), DeltaLog()
        """Of new people (key 0) and of returning ones (1)."""
        self.methods, self.offers = DeltaLog(), DeltaLog()
        self.sources = DeltaLog()
        """What each source reported of each fact, whether it counts or not."""
        self.amounts = DeltaLog()
        self.stock = IntRows(3)
        """Instant (ms UTC), product's place, and units that can be sold."""
        self.plans: list[PlanVersion] = []
        """In order of time; of two at one instant the one that came later is behind."""

    def planned(self, at: int, segments: tuple[Segment, ...], title: str) -> None:
        """Take that the run of show was planned anew at `at` (ms UTC)."""
        version = PlanVersion(at=at, segments=segments, title=title)
        place = len(self.plans)
        while place and self.plans[place - 1].at > at:
            place -= 1
        self.plans.insert(place, version)

    def plan_at(self, at: int) -> PlanVersion | None:
        """Return what was planned at an instant (ms UTC)."""
        return next((plan for plan in reversed(self.plans) if plan.at <= at), None)

    def logs(self) -> Sequence[DeltaLog]:
        """Return every log, to be stored and put back in this order."""
        return (
            self.looks,
            self.sales,
            self.units,
            self.channels,
            self.visits,
            self.people,
            self.methods,
            self.offers,
            self.sources,
            self.amounts,
        )
