"""What the desk shows at one instant: frozen, and all that a panel ever reads.

Parts that did not change keep their identity from one snapshot to the next, so that a panel can skip
them with `is`. Times are milliseconds UTC, money is minor units of `currency`, None is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from liveroom.models.cart_board import CartBoard
from liveroom.models.channel_blocks import ChannelBlocks
from liveroom.models.chat.board import ChatBoard
from liveroom.models.connections import Quota
from liveroom.models.counting import SourceFigures
from liveroom.models.earlier_shows import Median
from liveroom.models.facts import TROUBLED, ConnectionState, EntryChannel, Fact, Mode
from liveroom.models.figures import Figures
from liveroom.models.journal import Entry
from liveroom.models.lags import Lag
from liveroom.models.levers import Levers
from liveroom.models.pacing import Pace
from liveroom.models.past.blocks import Blocks
from liveroom.models.presenter import Presenter
from liveroom.models.run_of_show import RunOfShow
from liveroom.models.running_totals import RunningTotals
from liveroom.models.splits import PeopleSales, Sales
from liveroom.models.targets import TargetKpi
from liveroom.models.timeline import Column


class Audience(Struct, frozen=True, kw_only=True, gc=False):
    """Concurrent viewers: samples of a gauge. `mean` is over samples, `weighted_mean` over time (ACU)."""

    first: int | None = None
    last: int | None = None
    last_at: int | None = None
    mean: float | None = None
    weighted_mean: float | None = None
    peak: int | None = None
    peak_at: int | None = None
    samples: int = 0


class ProductRow(Struct, frozen=True, kw_only=True, gc=False):
    """One product on the board; `units_per_minute` and `trend` (units, 40 minutes) look back from now."""

    sku: str
    name: str
    category: str
    price_minor: int | None
    impressions: int | None
    views: int | None
    clicks: int | None
    cart_adds: int | None
    orders: int | None
    units: int | None
    revenue_minor: int | None
    click_through_rate: float | None
    click_to_order_rate: float | None
    units_per_minute: float | None
    trend: tuple[int, ...]
    stock: int | None = None
    """Units that can be sold, as measured last."""
    cost_minor: int | None = None
    """Of a unit."""
    margin_minor: int | None = None
    """Revenue minus the cost of the units that brought it."""

    @property
    def margin_rate(self) -> float | None:
        """Margin ÷ revenue."""
        if self.margin_minor is None or not self.revenue_minor:
            return None
        return self.margin_minor / self.revenue_minor

    @property
    def view_to_order_rate(self) -> float | None:
        """Orders ÷ views of the product."""
        if self.orders is None or not self.views:
            return None
        return self.orders / self.views

    @property
    def minutes_of_stock(self) -> float | None:
        """Units that can be sold ÷ units sold per minute; None where nothing is sold now."""
        if self.stock is None or not self.units_per_minute:
            return 0.0 if self.stock is not None and self.stock <= 0 else None
        return max(0, self.stock) / self.units_per_minute


class ChannelRow(Struct, frozen=True, kw_only=True, gc=False):
    """One entry channel, by the platform's own label; conversion is orders ÷ visits of the channel."""

    channel: EntryChannel
    label: str
    visits: int | None
    orders: int | None
    revenue_minor: int | None
    conversion_rate: float | None
    recent_visits: int | None
    """Visits and orders of the last 10 minutes; `earlier_…` of the 10 minutes before those."""
    recent_orders: int | None
    earlier_visits: int | None
    earlier_orders: int | None
    ad_spend_minor: int | None = None
    """Of the paid channel, by the ad account's label; None for every other."""
    new_visits: int | None = None
    """Of people who never bought before; `returning_…` of those who did, where a source says so."""
    returning_visits: int | None = None
    new_orders: int | None = None
    returning_orders: int | None = None


class Series(Struct, frozen=True, kw_only=True, gc=False, eq=False):
    """What the charts draw; all arrays are read-only.

    `totals` holds the running totals of all that is counted. `audience_times` (m, ms UTC) and `audience`
    (m) are the samples as they came.
    """

    totals: RunningTotals
    audience_times: NDArray[np.int64]
    audience: NDArray[np.int64]
    ad_spend_at: int | None = None
    """The second (s UTC) of the newest ad spend; None before the first."""

    @property
    def seconds(self) -> NDArray[np.int64]:
        """Return a copy of the seconds (s UTC) in which something was counted, as the three below do.

        For what looks at all of them, now and then: charts ask `totals` for the instants that they draw.
        """
        return self.totals.seconds()

    @property
    def visits(self) -> NDArray[np.int64]:
        """Return the running total of visits at each of `seconds`."""
        return self.totals.column(Column.VISITS)

    @property
    def orders(self) -> NDArray[np.int64]:
        """Return the running total of orders at each of `seconds`."""
        return self.totals.column(Column.ORDERS)

    @property
    def revenue_minor(self) -> NDArray[np.int64]:
        """Return the running total of revenue at each of `seconds`."""
        return self.totals.column(Column.REVENUE)

    def until(self, at: int) -> Series:
        """Return what was counted and measured up to and with an instant (ms UTC), to the second."""
        samples = int(np.searchsorted(self.audience_times, at, side="right"))
        return Series(
            totals=self.totals.until(at // 1000 + 1),
            audience_times=self.audience_times[:samples],
            audience=self.audience[:samples],
        )


class SegmentSales(Struct, frozen=True, kw_only=True, gc=False):
    """What sold while a segment was on air."""

    segment_id: str
    orders: int | None
    revenue_minor: int | None


class Connection(Struct, frozen=True, kw_only=True, gc=False):
    """A source: its state and since when, what arrived from it and when (ms UTC), what it counts for."""

    source: str
    title: str
    mode: str
    state: ConnectionState
    since: int
    reason: str
    provides: tuple[Fact, ...]
    counts_for: tuple[Fact, ...]
    facts: int
    last_received_at: int | None
    set_aside: int
    due_ms: int | None = None
    """After so long without a fact it is late; None: never."""
    errors: int = 0
    """How often it got into trouble; of the last time the reason and when (ms UTC)."""
    last_error: str = ""
    last_error_at: int | None = None
    next_try_at: int | None = None
    lag: Lag | None = None
    quota: Quota | None = None
    clock_shift_ms: int = 0
    """By how much its facts are counted earlier than it says."""

    def late_since(self, at: int) -> int | None:
        """Return since when a source that runs owes a fact (ms UTC), None while it is not late.

        One that was silent when it came back has its time anew.
        """
        if self.due_ms is None or self.state is not ConnectionState.RUNNING:
            return None
        heard = self.since if self.last_received_at is None else self.last_received_at
        due_at = max(heard, self.since) + self.due_ms
        return due_at if at > due_at else None


class Stale(Struct, frozen=True, kw_only=True, gc=False):
    """Why a number is old: its source, since when it is silent, and when it tries again (ms UTC)."""

    source: str
    title: str
    late: bool
    """It runs and says nothing; else it is in trouble, for `reason`."""
    since: int
    next_try_at: int | None = None
    reason: str = ""


class Recording(Struct, frozen=True, kw_only=True, gc=False):
    """Whether what happens is safely on disk; `trouble` is empty while it is."""

    path: str = ""
    events: int = 0
    repeated: int = 0
    set_aside: int = 0
    waiting: int = 0
    trouble: str = ""


class Snapshot(Struct, frozen=True, kw_only=True):
    """The state of the show at `at`."""

    at: int
    mode: Mode
    title: str
    currency: str | None
    timezone: str
    started_at: int | None
    """When the first counted fact happened."""
    totals: Figures
    recent: Figures
    """The last 10 minutes before `at`."""
    earlier: Figures
    """The 10 minutes before those."""
    visitors: int | None
    carts: int | None
    chat_people: int | None
    audience: Audience
    products: tuple[ProductRow, ...]
    channels: tuple[ChannelRow, ...]
    series: Series
    run_of_show: RunOfShow
    segment_sales: tuple[SegmentSales, ...]
    connections: tuple[Connection, ...]
    sources: tuple[SourceFigures, ...]
    counting: Mapping[Fact, str]
    money_set_aside: Mapping[str, int]
    recording: Recording
    errors: tuple[str, ...] = ()
    levers: Levers = Levers()
    journal: tuple[Entry, ...] = ()
    """What was done and what befell the show, in order of time."""
    cart_board: CartBoard = CartBoard()
    """As of `at`; of more than some thousand carts as of up to a few seconds before."""
    blocks: Blocks | None = None
    """Clicks, carts, orders, chat and reactions by block of time; as of the last whole second at most."""
    chat: ChatBoard = ChatBoard()
    """As of `at`; of a very busy chat people and questions as of up to a second before."""
    new: PeopleSales = PeopleSales()
    """People who never bought before; `returning` those who did, where a source says so."""
    returning: PeopleSales = PeopleSales()
    by_method: Mapping[str, Sales] = {}
    """Orders by payment method, where a source says it; `by_offer` those bought under an offer."""
    by_offer: Mapping[str, Sales] = {}
    margin_minor: int | None = None
    """Of the products whose cost is known."""
    cac_minor: int | None = None
    mean_watch_minutes: float | None = None
    presenter: Presenter = Presenter()
    """What the presenter was told, up to `at`."""
    channel_blocks: ChannelBlocks = ChannelBlocks()
    """Entry channels over time."""
    targets: Mapping[TargetKpi, float] = {}
    """What the producer wants to reach, as it held at `at`; money in minor units, rates from 0 to 1."""
    medians: Mapping[str, Median] = {}
    """By key figure, what earlier shows had so long after their first fact; empty without any."""
    pace: Pace | None = None
    """How fast the time of a rehearsal or a replay runs; None where it is the producer's own."""
    is_past: bool = False
    """An earlier second of the show, looked back at: read only."""
    back: Snapshot | None = None
    """What is looked back at, while the desk does so; the rest is the present all the same."""

    def connection_of(self, fact: Fact) -> Connection | None:
        """Return the source that counts for a fact."""
        source = self.counting.get(fact)
        return next((one for one in self.connections if one.source == source), None)

    def is_late(self, fact: Fact) -> bool:
        """Return whether the source that counts for a fact is past its own due time."""
        connection = self.connection_of(fact)
        return connection is not None and connection.late_since(self.at) is not None

    def is_silent(self, connection: Connection) -> bool:
        """Return whether a source does not deliver: it is in trouble, or past its own due time."""
        return connection.state in TROUBLED or connection.late_since(self.at) is not None

    def stale(self, fact: Fact) -> Stale | None:
        """Return why a fact's numbers do not move; None while its source delivers, or none counts."""
        one = self.connection_of(fact)
        if one is None or not self.is_silent(one):
            return None
        return Stale(
            source=one.source,
            title=one.title or one.source,
            late=one.late_since(self.at) is not None,
            since=one.since if one.last_received_at is None else one.last_received_at,
            next_try_at=one.next_try_at,
            reason=one.reason,
        )

    def age_ms(self, fact: Fact) -> int | None:
        """Return how old the newest fact of the counting source is, None before the first."""
        for figures in self.sources:
            if figures.fact is fact and figures.counts and figures.received_at:
                return max(0, self.at - figures.received_at)
        return None
