"""The state of a show, from its events and nothing else.

`apply` counts one event in constant time, in any order of arrival; `repeats` are kept out by the session,
which takes each `(source, source_id)` once. With a window only the facts that occurred inside are counted,
but what gives them context (catalogue, entry channels of earlier visits, amounts of earlier orders, the
run of show) is learned from all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from msgspec.structs import replace

from liveroom.models import events as e
from liveroom.models.attribution import Attribution
from liveroom.models.cancellations import Cancellations
from liveroom.models.cart_log import CartLog
from liveroom.models.chat.chat import Chat
from liveroom.models.connections import Connections
from liveroom.models.counting import ClockShift, Counting
from liveroom.models.facts import Fact
from liveroom.models.figures import Known
from liveroom.models.journal import JOURNAL_EVENTS, Journal
from liveroom.models.lags import MOST_PENDING
from liveroom.models.levers import LEVER_EVENTS, Levers
from liveroom.models.margins import Margins
from liveroom.models.money import Ledger
from liveroom.models.offer_ends import OfferSales
from liveroom.models.order_facts import ORDER_COUNTERS, add_amount
from liveroom.models.past.first_seen import FirstSeen
from liveroom.models.past.past import Past
from liveroom.models.presenter import Presenter
from liveroom.models.price_log import PriceLog
from liveroom.models.product_facts import PRODUCT_COUNTERS
from liveroom.models.run_of_show import Cue, RunOfShow, anchored
from liveroom.models.side_facts import SIDE_COUNTERS
from liveroom.models.splits import Splits
from liveroom.models.tallies import ChannelTally, ProductTally
from liveroom.models.targets import RULES, Setting, Targets
from liveroom.models.timeline import Column, Samples, Timeline
from liveroom.models.window import Window

# Plain integers: an enum member costs a look-up at every event.
_VISITS, _CHAT = int(Column.VISITS), int(Column.CHAT_MESSAGES)
_UNITS, _REVENUE = int(Column.UNITS), int(Column.REVENUE)
_CHANNEL = len(ChannelTally.COUNTS)
_NEW, _RETURNING = map(ChannelTally.COUNTS.index, ("new_visits", "returning_visits"))
_COST = int(Column.COST)

_FACT_COLUMNS = {
    Fact.VISITS: (Column.VISITS,),
    Fact.IMPRESSIONS: (Column.IMPRESSIONS,),
    Fact.PRODUCT_VIEWS: (Column.PRODUCT_VIEWS,),
    Fact.PRODUCT_CLICKS: (Column.PRODUCT_CLICKS,),
    Fact.CARTS: (Column.CART_ADDS, Column.CART_UNITS),
    Fact.CART_REMOVALS: (Column.CART_REMOVALS,),
    Fact.CHECKOUTS: (Column.CHECKOUTS,),
    Fact.ORDERS: (Column.ORDERS, Column.PRICED_ORDERS, Column.ORDERS_WITH_UNITS),
    Fact.CANCELLATIONS: (Column.CANCELLATIONS, Column.PRICED_CANCELLATIONS),
    Fact.CHAT: (Column.CHAT_MESSAGES,),
    Fact.REACTIONS: (Column.REACTIONS,),
    Fact.LEADS: (Column.LEADS,),
    Fact.FAILED_PAYMENTS: (Column.FAILED_PAYMENTS,),
    Fact.AD_SPEND: (Column.AD_SPENDS, Column.PRICED_AD_SPENDS, Column.AD_SPEND),
}

_COUNTERS = PRODUCT_COUNTERS | ORDER_COUNTERS | SIDE_COUNTERS


class Show:
    """Everything known of a show so far."""

    def __init__(self, ledger: Ledger | None = None, window: Window | None = None) -> None:
        """Count in the ledger's currency; with a window, only what occurred inside it."""
        self.ledger = ledger or Ledger()
        self.window = window or Window()
        self.timeline = Timeline()
        self.audience = Samples()
        self.products: dict[str, ProductTally] = {}
        self.past = Past()
        self.attribution = Attribution(self.past.channels)
        self.counting = Counting()
        self._shifts = self.counting.shifts
        self.connections = Connections()
        self.visitors, self.carts = FirstSeen(), FirstSeen()
        self.chat_people, self.buyers = FirstSeen(), FirstSeen()
        self.seen: set[str] = set()
        """`fact` for every fact that ever happened, `fact.detail` for every detail that came with it."""
        self._known: Known | None = None
        self._known_by: tuple[object, ...] = ()
        self.money_set_aside: dict[str, int] = {}
        self.run_of_show = RunOfShow()
        self.planned_at = -(1 << 62)
        """When the run of show last changed (ms UTC); an older plan that arrives late is history."""
        self._first_at, self._last_at = 1 << 62, -(1 << 62)
        self.dirty_products: set[ProductTally] = set()
        self.cancellations = Cancellations()
        self.levers = Levers()
        self.presenter = Presenter()
        self.journal = Journal()
        self.cart_log = CartLog()
        self.margins = Margins()
        self.prices = PriceLog()
        self.offer_sales = OfferSales()
        self.splits = Splits(self.past.people, self.past.methods, self.past.offers)
        self.chat = Chat()
        self.targets = Targets()
        self._handlers: dict[type, Callable[[Any], None]] = {
            e.SourceAttached: self._source_attached,
            e.CountingSourceChosen: self._counting_source_chosen,
            e.ConnectionChanged: self.connections.changed,
            e.QuotaReported: self.connections.quota_reported,
            e.ClockShiftSet: self._clock_shift_set,
            e.ProductListed: self._product_listed,
            e.RunOfShowChanged: self._run_of_show_changed,
            e.SegmentStarted: self._segment_started,
            e.CommandGiven: lambda _: None,
            e.NoteTaken: lambda _: None,
            e.PresenterTold: self._presenter_told,
            e.QuestionAnswered: self.chat.marked,
            e.QuestionReopened: self.chat.marked,
            e.QuestionPinned: self.chat.pinned,
            e.TargetSet: self._target_set,
            **dict.fromkeys(LEVER_EVENTS, self._lever_moved),
        }
        self._counters: dict[type, Callable[[Any, bool], None]] = {
            e.AudienceMeasured: self._audience_measured,
            e.VisitStarted: self._visit_started,
            e.ChatPosted: self._chat_posted,
            **{kind: partial(counter, self) for kind, counter in _COUNTERS.items()},
        }

    def apply(self, event: e.Event) -> None:
        """Take one event that was not taken before."""
        kind = type(event)
        counter = self._counters.get(kind)
        if counter is None:
            self._handlers[kind](event)
            if kind in JOURNAL_EVENTS:
                self.journal.note(event)
            return
        try:
            tally = self.counting.by_kind[kind][event.source]
        except KeyError:
            tally = self.counting.tally(event)
        at, received_at = event.occurred_at, event.received_at
        delays = tally.delays
        delays += (received_at, received_at - at)
        if len(delays) > MOST_PENDING:
            tally.lags.sort_in()
        if self._shifts and event.source in self._shifts:
            at -= self._shifts[event.source].ms
            event = replace(event, occurred_at=at)
        inside = self.window.start <= at < self.window.end
        if received_at > tally.received_at:
            tally.received_at = received_at
        if inside:
            count = getattr(event, "count", 1)
            tally.total += count
            self.past.sources.add(at // 1000, tally.number, count)
            if at > self._last_at:
                self._last_at = at
            if at < self._first_at:
                self._first_at = at
        if tally.counts:
            counter(event, inside)
        elif isinstance(event, e.OrderPlaced) and inside:
            add_amount(self, event, self.ledger.value(event.amount_minor, event.currency))
        elif isinstance(event, e.ChatPosted) and inside and event.text:
            # Each platform has messages of its own: they stand together, whichever source counts.
            self.chat.posted(event)

    @property
    def first_at(self) -> int | None:
        """Return when the first counted fact occurred (ms UTC)."""
        return None if self._last_at < self._first_at else self._first_at

    @property
    def last_at(self) -> int | None:
        """Return when the last counted fact occurred (ms UTC)."""
        return None if self._last_at < self._first_at else self._last_at

    def set_span(self, first_at: int | None, last_at: int | None) -> None:
        """Put stored times of the first and the last fact back."""
        if first_at is not None and last_at is not None:
            self._first_at, self._last_at = first_at, last_at

    def apply_all(self, events: Iterable[e.Event]) -> None:
        """Take events in turn."""
        for event in events:
            self.apply(event)

    def known(self) -> Known:
        """Return which columns are known at all: a fact is, once a source provides or reported it.

        Ad spend is a reading of an account: what it shows is not known before it was read.
        """
        facts, costed = self.counting.known(), self.margins.known
        if not self.counting.is_reported(Fact.AD_SPEND):
            facts -= {Fact.AD_SPEND}
        # Facts and details that were seen once stay so.
        state = facts, len(self.seen), costed
        if self._known is not None and self._known_by == state:
            return self._known
        columns = {int(column) for fact in facts for column in _FACT_COLUMNS.get(fact, ())}
        for column, fact, detail in (
            (_REVENUE, Fact.ORDERS, "amount"),
            (_UNITS, Fact.ORDERS, "units"),
            (int(Column.CANCELLED), Fact.CANCELLATIONS, "amount"),
        ):
            if self.knows(fact, detail):
                columns.add(column)
        if _REVENUE in columns and costed:
            columns.add(_COST)
        self._known_by, self._known = state, Known(columns=frozenset(columns))
        return self._known

    def knows(self, fact: Fact, detail: str) -> bool:
        """Return whether a fact is known and, if it ever happened, came with `detail`."""
        if fact not in self.counting.known():
            return False
        return fact.value not in self.seen or f"{fact.value}.{detail}" in self.seen

    def settle(self) -> None:
        """Let what waited for a later fact or was only buffered find its place.

        Before the show is read, and now and then where nobody reads, so that buffers stay small.
        """
        self.attribution.settle()
        self.margins.settle(self.timeline)
        self.timeline.settle()
        self.audience.to_arrays()

    def product(self, sku: str) -> ProductTally:
        """Return the running counts of a product, to be changed."""
        tally = self.products.get(sku)
        if tally is None:
            tally = self.products[sku] = ProductTally(sku, len(self.products))
        self.dirty_products.add(tally)
        return tally

    def _lever_moved(self, event: e.Event) -> None:
        self.levers = self.levers.after(event)

    def _presenter_told(self, event: e.PresenterTold) -> None:
        self.presenter = self.presenter.after(event)

    def _target_set(self, event: e.TargetSet) -> None:
        value, kpi = event.value, event.kpi
        if value is not None and event.currency is not None and RULES[kpi].unit == "money":
            value = self.ledger.value(round(value), event.currency)
            if value is None:
                return  # in a currency without a rate: it is no target that could be compared
        order = f"{event.source}:{event.source_id}"
        self.targets.note(Setting(at=event.occurred_at, order=order, kpi=kpi, value=value))

    def _source_attached(self, event: e.SourceAttached) -> None:
        self.counting.attach(event.source, event.provides)
        self.seen.update(event.details.split())
        self.connections.attached(event)

    def _counting_source_chosen(self, event: e.CountingSourceChosen) -> None:
        self.counting.choose(event.counted, event.chosen)

    def _clock_shift_set(self, event: e.ClockShiftSet) -> None:
        self.counting.shift(event.shifted, ClockShift(event.shift_ms, event.occurred_at))

    def _product_listed(self, event: e.ProductListed) -> None:
        self.product(event.sku).listed(event)
        self.prices.listed(event)
        if event.cost_minor is not None:
            cost = self.ledger.value(event.cost_minor, event.currency)
            self.margins.listed(event.sku, event.occurred_at, cost)

    def _run_of_show_changed(self, event: e.RunOfShowChanged) -> None:
        self.past.planned(event.occurred_at, event.segments, event.title)
        if event.occurred_at >= self.planned_at:
            self.planned_at = event.occurred_at
            self._replace_run_of_show(self.run_of_show.cues, event)

    def _segment_started(self, event: e.SegmentStarted) -> None:
        cue = Cue(segment_id=event.segment_id, started_at=event.occurred_at)
        cues = self.run_of_show.cues
        if not cues or cue.started_at >= cues[-1].started_at:
            cues = (*cues, cue)
        else:
            cues = tuple(sorted((*cues, cue), key=lambda cue: cue.started_at))
        self._replace_run_of_show(cues, None)

    def _replace_run_of_show(self, cues: tuple[Cue, ...], plan: e.RunOfShowChanged | None) -> None:
        self.run_of_show = anchored(
            self.run_of_show.segments if plan is None else plan.segments,
            self.run_of_show.title if plan is None else plan.title,
            cues,
        )

    def _audience_measured(self, event: e.AudienceMeasured, inside: bool) -> None:
        if inside:
            self.audience.add(event.occurred_at, event.viewers)

    def _visit_started(self, event: e.VisitStarted, inside: bool) -> None:
        self.seen.add("visits")
        tally = self.attribution.channel(event.channel, event.label)
        if event.visit is not None:
            self.attribution.visit_started(event.visit, tally)
        if event.person is not None:
            self.seen.add("visits.person")
        if event.returning is not None:
            self.seen.add("visits.returning")
        if not inside:
            return
        second = event.occurred_at // 1000
        self.timeline.row(second)[_VISITS] += event.count
        tally.add_visit(second // 60, event.count, event.returning)
        log, key = self.past.channels, tally.number * _CHANNEL
        log.add(second, key, event.count)
        if event.returning is not None:
            self.splits.visits[event.returning] += event.count
            self.past.visits.add(second, event.returning, event.count)
            log.add(second, key + (_RETURNING if event.returning else _NEW), event.count)
        if event.person is not None:
            self.visitors.add(event.person, second)
            if event.visit is not None:
                self.cart_log.owners.add(event.visit, event.person)

    def set_aside(self, amount_minor: int, currency: str | None) -> None:
        """Add up an amount that has no rate into the session's currency, by its own."""
        name, aside = currency or "none", self.money_set_aside
        aside[name] = aside.get(name, 0) + amount_minor

    def _chat_posted(self, event: e.ChatPosted, inside: bool) -> None:
        self.seen.add("chat")
        if event.person is not None:
            self.seen.add("chat.person")
        if event.text:
            self.seen.add("chat.text")
        if not inside:
            return
        self.chat.posted(event)
        self.timeline.row(event.occurred_at // 1000)[_CHAT] += event.count
        if event.person is not None:
            self.chat_people.add(event.person, event.occurred_at // 1000)
