"""Takes snapshots of a show: frozen, and sharing every part that did not change since the last one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct

from liveroom.models.cart_board import CartBoard
from liveroom.models.cart_camera import CartCamera
from liveroom.models.channel_blocks import ChannelBlocks, channel_blocks
from liveroom.models.chat.chat_camera import ChatCamera
from liveroom.models.connections import SourceStatus
from liveroom.models.earlier_shows import EarlierShows
from liveroom.models.facts import EntryChannel, Fact, Mode
from liveroom.models.figures import Figures, ratio
from liveroom.models.journal import Entry, in_order, with_alarms
from liveroom.models.lags import Lag
from liveroom.models.measures import (
    audience_of,
    cac_minor,
    cost_of,
    mean_watch_minutes,
    people_of,
    product_margin_minor,
    segment_totals,
)
from liveroom.models.offer_ends import offer_ends
from liveroom.models.past.blocks import Blocks, blocks_of
from liveroom.models.show import Show
from liveroom.models.snapshot import (
    ChannelRow,
    Connection,
    ProductRow,
    Recording,
    SegmentSales,
    Series,
    Snapshot,
)
from liveroom.models.tallies import ChannelTally, ProductTally, RecentMinutes
from liveroom.models.timeline import Column

if TYPE_CHECKING:
    from concurrent.futures import Executor

RECENT_MINUTES = 10


class Caption(Struct, frozen=True, kw_only=True):
    """What a session is called and how it is read."""

    mode: Mode = Mode.REPLAY
    title: str = ""
    timezone: str = "UTC"


class Camera:
    """Takes one show's snapshots; keeps the parts of the last one to share them."""

    def __init__(
        self,
        show: Show,
        caption: Caption,
        earlier_shows: EarlierShows | None = None,
        chat: ChatCamera | None = None,
        beside: Executor | None = None,
    ) -> None:
        """Look at `show`, beside those before it; `chat` takes its boards where there is one already.

        `beside` works out what would hold a snapshot up; without one, a snapshot waits for it.
        """
        self._show = show
        self._earlier_shows = earlier_shows or EarlierShows()
        self._caption = caption
        self._rows: dict[str, ProductRow] = {}
        self._products: tuple[ProductRow, ...] = ()
        self._minute = -1
        self._known: frozenset[int] = frozenset()
        self._channels: tuple[ChannelRow, ...] = ()
        self._channel_blocks = ChannelBlocks()
        self._sales: tuple[SegmentSales, ...] = ()
        self._series: Series | None = None
        self._blocks: Blocks | None = None
        self._blocks_as_of: tuple[int, list[int]] = (-1, [])
        self._totals: list[int] = []
        self._journal_parts: tuple[object, ...] = ()
        self._journal: tuple[Entry, ...] = ()
        self._carts = CartCamera(show, beside)
        self._chat = chat or ChatCamera(show)

    def snapshot(
        self,
        at: int,
        recording: Recording,
        set_aside: Mapping[str, int] | None = None,
        errors: tuple[str, ...] = (),
        *,
        quiet: bool = False,
        ends: bool = False,
    ) -> Snapshot:
        """Return the state at `at` (ms UTC); `set_aside` counts payloads not understood per source.

        `quiet` tells that nothing came since the last one, `ends` that none follows: nothing in that one is
        as of some seconds before, however long it takes.
        """
        show = self._show
        show.settle()
        known = show.known()
        totals = known.figures(show.timeline.totals())
        recent, earlier = self._spans(at)
        self._take_blocks(at)
        carts = self._carts.take(at, quiet=quiet, ends=ends)
        return Snapshot(
            at=at,
            mode=self._caption.mode,
            title=self._caption.title,
            currency=show.ledger.currency,
            timezone=self._caption.timezone,
            started_at=show.first_at,
            totals=totals,
            recent=recent,
            earlier=earlier,
            visitors=len(show.visitors) if show.knows(Fact.VISITS, "person") else None,
            carts=len(show.carts) if show.knows(Fact.CARTS, "visit") else None,
            chat_people=len(show.chat_people) if show.knows(Fact.CHAT, "person") else None,
            audience=audience_of(show, at),
            products=self._product_rows(at, known.columns),
            channels=self._channel_rows(at),
            series=self._take_series(),
            run_of_show=show.run_of_show,
            segment_sales=self._segment_sales(),
            connections=self._connections(set_aside or {}, at),
            sources=show.counting.figures(),
            counting=show.counting.by_fact(),
            money_set_aside=dict(show.money_set_aside),
            recording=recording,
            errors=errors,
            levers=show.levers,
            journal=self._take_journal(at, carts),
            cart_board=carts,
            blocks=self._blocks,
            chat=self._chat.take(at),
            new=people_of(show, returning=False),
            returning=people_of(show, returning=True),
            by_method=show.splits.sales(show.splits.methods, known),
            by_offer=show.splits.sales(show.splits.offers, known),
            # The same as `measures.margin_minor`, without a look at every product.
            margin_minor=totals.margin_minor,
            cac_minor=cac_minor(show),
            mean_watch_minutes=mean_watch_minutes(show, at),
            presenter=show.presenter.as_of(at),
            channel_blocks=self._channel_blocks,
            targets=show.targets.at(at),
            medians=self._earlier_shows.medians(
                None if show.first_at is None else at - show.first_at
            ),
        )

    def _take_journal(self, at: int, carts: CartBoard) -> tuple[Entry, ...]:
        """Return the journal with what nobody reports: prices, offers that ended, alarms for carts."""
        show = self._show
        ends = offer_ends(show.levers, show.offer_sales, at)
        deeds, prices = show.journal.entries(), show.prices.entries()
        so_far = bisect_right(prices, at, key=lambda entry: entry.at)
        parts = deeds, prices, so_far, ends, carts.alarms
        if parts != self._journal_parts:
            self._journal_parts = parts
            entries = tuple(sorted((*deeds, *prices[:so_far], *ends), key=in_order))
            self._journal = with_alarms(entries, carts.alarms)
        return self._journal

    def _take_blocks(self, at: int) -> None:
        """Look at blocks of time: once a second is enough, and once more when no more facts come."""
        totals, before = self._show.timeline.totals(), self._totals
        self._totals = totals
        second, counted = self._blocks_as_of
        if second == at // 1000 and (counted == totals or before != totals):
            return
        self._blocks_as_of = (at // 1000, totals)
        self._blocks = blocks_of(self._show, at)
        channels = channel_blocks(self._show, at)
        if channels != self._channel_blocks:
            self._channel_blocks = channels

    def _spans(self, at: int) -> tuple[Figures, Figures]:
        span = RECENT_MINUTES * 60
        end = at // 1000 + 1
        edges = np.array([end - 2 * span, end - span, end], dtype=np.int64)
        sums = self._show.timeline.totals_at(edges)
        known = self._show.known()
        recent, earlier = np.diff(sums, axis=0)[::-1].tolist()
        return known.figures(recent), known.figures(earlier)

    def _product_rows(self, at: int, known: frozenset[int]) -> tuple[ProductRow, ...]:
        show, minute = self._show, at // 60_000
        if minute != self._minute or known != self._known:
            dirty: Collection[ProductTally] = show.products.values()
            self._minute, self._known = minute, known
        else:
            dirty = show.dirty_products
        if not dirty:
            return self._products
        before = len(self._rows)
        changed = False
        for tally in dirty:
            row = product_row(tally, show, known, minute)
            if row != self._rows.get(tally.sku):
                self._rows[tally.sku] = row
                changed = True
        show.dirty_products.clear()
        if changed or len(self._rows) != before:
            self._products = tuple(self._rows.values())
        return self._products

    def _channel_rows(self, at: int) -> tuple[ChannelRow, ...]:
        rows = tuple(
            channel_row(tally, self._show, at // 60_000)
            for tally in self._show.attribution.channels
            if tally.happened
        )
        if rows != self._channels:
            self._channels = rows
        return self._channels

    def _take_series(self) -> Series:
        timeline = self._show.timeline
        times, values = self._show.audience.to_arrays()
        last = self._series
        if last is not None and last.audience_times is times and not timeline.changed:
            return last
        self._series = Series(
            totals=timeline.running_totals(),
            audience_times=times,
            audience=values,
            ad_spend_at=self._ad_spend_at(),
        )
        timeline.changed = False
        return self._series

    def _ad_spend_at(self) -> int | None:
        """Return the second (s UTC) of the newest ad spend."""
        timeline = self._show.timeline
        if not timeline.totals()[Column.AD_SPENDS]:
            return None
        spends = timeline.sums(Column.AD_SPENDS)
        return int(timeline.seconds()[np.searchsorted(spends, spends[-1])])

    def _segment_sales(self) -> tuple[SegmentSales, ...]:
        known = self._show.known()
        sales = tuple(
            SegmentSales(
                segment_id=segment_id,
                orders=figures.orders,
                revenue_minor=figures.revenue_minor,
            )
            for segment_id, counts in segment_totals(self._show).items()
            for figures in (known.figures(counts),)
        )
        if sales != self._sales:
            self._sales = sales
        return self._sales

    def _lag(self, status: SourceStatus, at: int) -> Lag | None:
        """Return how late a source's facts arrive; a recording replays its own times."""
        lags = self._show.counting.lags.get(status.source)
        return None if lags is None or status.mode == "recorded" else lags.as_of(at)

    def _connections(self, set_aside: Mapping[str, int], at: int) -> tuple[Connection, ...]:
        counting = self._show.counting
        facts: dict[str, int] = {}
        arrived: dict[str, int] = {}
        for figures in counting.figures():
            facts[figures.source] = facts.get(figures.source, 0) + figures.total
            latest = arrived.get(figures.source, 0)
            arrived[figures.source] = max(latest, figures.received_at)
        return tuple(
            Connection(
                source=status.source,
                title=status.title,
                mode=status.mode,
                state=status.state,
                since=status.since,
                reason=status.reason,
                provides=status.provides,
                counts_for=tuple(
                    fact for fact in status.provides if counting.source_of(fact) == status.source
                ),
                facts=facts.get(status.source, 0),
                set_aside=set_aside.get(status.source, 0),
                last_received_at=arrived.get(status.source) or None,
                due_ms=status.due_ms,
                errors=status.errors,
                last_error=status.last_error,
                last_error_at=status.last_error_at,
                next_try_at=status.next_try_at,
                lag=self._lag(status, at),
                quota=status.quota.as_of(at),
                clock_shift_ms=counting.shifts[status.source].ms
                if status.source in counting.shifts
                else 0,
            )
            for status in self._show.connections.sources.values()
        )


def product_row(tally: ProductTally, show: Show, known: frozenset[int], minute: int) -> ProductRow:
    """Return a product's counts as of `minute` (minutes since the epoch), None where unknown."""

    def count(column: Column, value: int) -> int | None:
        return value if column in known else None

    orders, clicks = count(Column.ORDERS, tally.orders), count(Column.PRODUCT_CLICKS, tally.clicks)
    views = count(Column.PRODUCT_VIEWS, tally.views)
    impressions = count(Column.IMPRESSIONS, tally.impressions)
    units = count(Column.UNITS, tally.units)
    revenue = count(Column.REVENUE, tally.revenue_minor)
    cost = cost_of(tally, show)
    return ProductRow(
        sku=tally.sku,
        name=tally.name,
        category=tally.category,
        price_minor=show.ledger.value(tally.price_minor, tally.currency),
        impressions=impressions,
        views=views,
        clicks=clicks,
        cart_adds=count(Column.CART_ADDS, tally.cart_adds),
        orders=orders,
        units=units,
        revenue_minor=None if tally.orders and not tally.priced_lines else revenue,
        click_through_rate=ratio(clicks, impressions),
        click_to_order_rate=ratio(orders, clicks),
        units_per_minute=None
        if units is None
        else tally.recent_units.total(minute, RECENT_MINUTES) / RECENT_MINUTES,
        trend=tally.recent_units.trend(minute),
        stock=tally.stock,
        cost_minor=cost,
        margin_minor=None if revenue is None else product_margin_minor(tally, cost),
    )


def channel_row(tally: ChannelTally, show: Show, minute: int) -> ChannelRow:
    """Return a channel's counts as of `minute` (minutes since the epoch), None where unknown."""
    known = show.known().columns
    visits = tally.visits if Column.VISITS in known else None
    orders = tally.orders if Column.ORDERS in known else None
    unpriced = tally.orders and not tally.priced_orders
    revenue = None if unpriced or Column.REVENUE not in known else tally.revenue_minor
    advertised = tally.channel is EntryChannel.PAID and Column.AD_SPEND in known
    unpriced_ads = tally.ad_spends and not tally.priced_ad_spends
    told_visits = show.knows(Fact.VISITS, "returning")
    told_orders = show.knows(Fact.ORDERS, "returning")

    def recent(counts: RecentMinutes, total: int | None, until: int) -> int | None:
        return None if total is None else counts.total(until, RECENT_MINUTES)

    before = minute - RECENT_MINUTES
    return ChannelRow(
        channel=tally.channel,
        label=tally.label,
        visits=visits,
        orders=orders,
        revenue_minor=revenue,
        conversion_rate=ratio(orders, visits),
        recent_visits=recent(tally.recent_visits, visits, minute),
        recent_orders=recent(tally.recent_orders, orders, minute),
        earlier_visits=recent(tally.recent_visits, visits, before),
        earlier_orders=recent(tally.recent_orders, orders, before),
        ad_spend_minor=tally.ad_spend_minor if advertised and not unpriced_ads else None,
        new_visits=tally.new_visits if told_visits else None,
        returning_visits=tally.returning_visits if told_visits else None,
        new_orders=tally.new_orders if told_orders else None,
        returning_orders=tally.returning_orders if told_orders else None,
    )
