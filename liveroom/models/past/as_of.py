"""A show as it was at an earlier second: what had occurred by then, by all that is known now.

The same kind of object as the present show, so that whatever reads one reads the other: snapshots,
figures, panels. A late fact stands in the second in which it occurred. Which facts are known at all,
entry channels of visits, names and costs of products are those of today; prices, stock, run of show,
levers, journal and states of sources are those of then.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from copy import copy

import numpy as np

from liveroom.models.attribution import Attribution
from liveroom.models.connections import Connections
from liveroom.models.counting import Counting, SourceFigures
from liveroom.models.facts import TROUBLED, ConnectionState
from liveroom.models.journal import EntryKind, Journal
from liveroom.models.past.delta_log import DeltaLog
from liveroom.models.past.past import CHANNEL, LOOKS, SALES, SPLIT
from liveroom.models.run_of_show import RunOfShow, anchored
from liveroom.models.show import Show
from liveroom.models.splits import SalesTally
from liveroom.models.tallies import TREND_MINUTES, ProductTally, RecentMinutes

_SPAN = 10
"""Minutes: what the desk calls recent."""


def as_of(show: Show, at: int) -> Show:
    """Return the show as of the second of `at` (ms UTC), that second included.

    To be read at once, and not to be counted into: it shares with the present what did not change.
    """
    show.settle()
    second = at // 1000 + 1
    last_ms = second * 1000 - 1
    then = Show(show.ledger, show.window)
    then.past = show.past
    then.seen, then.money_set_aside = show.seen, show.money_set_aside
    then.timeline = show.timeline.until(second)
    then.audience = show.audience.until(last_ms)
    if show.first_at is not None and show.last_at is not None and show.first_at <= last_ms:
        then.set_span(show.first_at, min(show.last_at, last_ms))
    then.products = _products(show, second)
    then.attribution = _channels(show, second)
    then.counting = _counting(show, second)
    then.connections = _connections(show, last_ms)
    then.visitors, then.carts = show.visitors.until(second), show.carts.until(second)
    then.chat_people, then.buyers = show.chat_people.until(second), show.buyers.until(second)
    then.run_of_show = _run_of_show(show, last_ms)
    then.levers = show.levers.as_of(last_ms)
    entries = show.journal.entries()
    then.journal = Journal()
    then.journal.restore(list(entries[: bisect_right(entries, last_ms, key=lambda e: e.at)]))
    then.cart_log = show.cart_log.lately()
    # These can be told as of any instant by themselves.
    then.chat, then.targets = show.chat, show.targets
    then.margins, then.prices, then.offer_sales = show.margins, show.prices, show.offer_sales
    then.presenter = show.presenter.as_of(last_ms)
    _split(show, then, second)
    return then


def _matrix(log: DeltaLog, second: int, rows: int, columns: Sequence[str]) -> list[list[int]]:
    totals = log.totals(second, rows * len(columns))
    matrix: list[list[int]] = totals.reshape(rows, len(columns)).tolist()
    return matrix


def _products(show: Show, second: int) -> dict[str, ProductTally]:
    past, count = show.past, len(show.products)
    looks = _matrix(past.looks, second, count, LOOKS)
    sales = _matrix(past.sales, second, count, SALES)
    stock, stock_at = _stock(show, second, count)
    minutes, trends = _trends(past.units, second, count)
    then: dict[str, ProductTally] = {}
    for sku, today in show.products.items():
        tally = ProductTally(sku, today.number)
        place = today.number
        for names, counts in ((LOOKS, looks[place]), (SALES, sales[place])):
            for name, value in zip(names, counts, strict=True):
                if value:
                    setattr(tally, name, value)
        if stock_at[place] > -(1 << 62):
            tally.stock, tally.stock_at = stock[place], stock_at[place]
        tally.name, tally.category = today.name, today.category
        for listing in today.listings:
            if listing.at < second * 1000:
                tally.take_listing(listing)
        # The newest cost counts for all units, those sold before it was told included.
        tally.cost_minor, tally.cost_currency = today.cost_minor, today.cost_currency
        if tally.happened or tally.listings or tally.stock is not None:
            tally.recent_units = RecentMinutes(dict(zip(minutes, trends[place], strict=True)))
            then[sku] = tally
    return then


def _stock(show: Show, second: int, count: int) -> tuple[list[int], list[int]]:
    """Return what was measured last of each product, and when (ms UTC)."""
    rows = show.past.stock.to_array()
    rows = rows[rows[:, 0] < second * 1000]
    # Of two at one instant the smaller comes last, and stays.
    rows = rows[np.lexsort((-rows[:, 2], rows[:, 0]))]
    units = np.zeros(count, dtype=np.int64)
    measured = np.full(count, -(1 << 62), dtype=np.int64)
    units[rows[:, 1]] = rows[:, 2]
    measured[rows[:, 1]] = rows[:, 0]
    return units.tolist(), measured.tolist()


def _trends(units: DeltaLog, second: int, count: int) -> tuple[range, list[list[int]]]:
    """Return the last minutes, and by product the units sold in each."""
    minute = (second - 1) // 60
    first = minute - TREND_MINUTES + 1
    seconds, places, sold = units.between(first * 60, second)
    matrix = np.zeros((count, TREND_MINUTES), dtype=np.int64)
    np.add.at(matrix, (places, seconds // 60 - first), sold)
    return range(first, minute + 1), matrix.tolist()


def _channels(show: Show, second: int) -> Attribution:
    show.attribution.settle()
    channels, log = show.attribution.channels, show.past.channels
    then = Attribution()
    minute = (second - 1) // 60
    now = log.totals(second, len(channels) * len(CHANNEL))
    edges = [
        log.totals(max(-(1 << 37), (minute - ago + 1) * 60), len(now)) for ago in (_SPAN, 2 * _SPAN)
    ]
    recent, earlier = now - edges[0], edges[0] - edges[1]
    for place, today in enumerate(channels):
        tally = then.channel(today.channel, today.label)
        first = place * len(CHANNEL)
        for name, value in zip(CHANNEL, now[first : first + len(CHANNEL)].tolist(), strict=True):
            setattr(tally, name, value)
        for name in ("visits", "orders"):
            key = first + CHANNEL.index(name)
            counts = {minute: int(recent[key]), minute - _SPAN: int(earlier[key])}
            setattr(tally, f"recent_{name}", RecentMinutes(counts))
    return then


def _counting(show: Show, second: int) -> Counting:
    today, past = show.counting, show.past
    size = len(today.tallies)
    totals, amounts = past.sources.totals(second, size), past.amounts.totals(second, size)
    seen = past.sources.latest(second, size)
    then = Counting()
    then.attached, then.chosen = today.attached, today.chosen
    then.lags, then.shifts = today.lags, today.shifts
    for place, tally in enumerate(today.tallies):
        amount = int(amounts[place])
        then.restore(
            SourceFigures(
                fact=tally.fact,
                source=tally.source,
                counts=tally.counts,
                total=int(totals[place]),
                amount_minor=None if tally.amount_minor is None else amount,
                received_at=int(seen[place]) * 1000,
            )
        )
    return then


def _connections(show: Show, last_ms: int) -> Connections:
    """Return the sources with the states that the journal tells.

    Before its first one a source that was heard of later had not begun; a recording's first states are
    of the time when it was played, and hold from its beginning.
    """
    then = Connections()
    changes = [entry for entry in show.journal.entries() if entry.kind is EntryKind.SOURCE]
    for source, today in show.connections.sources.items():
        own = [entry for entry in changes if entry.subject == source]
        past = [entry for entry in own if entry.at <= last_ms]
        state, since, reason = today.state, today.since, today.reason
        if past and past[-1].state is not None:
            state, since, reason = past[-1].state, past[-1].at, past[-1].text
        elif own:
            state, since, reason = ConnectionState.RUNNING, last_ms, ""
        status = copy(today)
        status.state, status.since, status.reason = state, since, reason
        troubles = [entry for entry in past if entry.state in TROUBLED]
        status.errors = len(troubles)
        status.last_error = troubles[-1].text if troubles else ""
        status.last_error_at = troubles[-1].at if troubles else None
        status.next_try_at = None
        then.restore(status)
    return then


def _run_of_show(show: Show, last_ms: int) -> RunOfShow:
    plan, today = show.past.plan_at(last_ms), show.run_of_show
    cues = today.cues[: bisect_right(today.cues, last_ms, key=lambda cue: cue.started_at)]
    return anchored(
        () if plan is None else plan.segments, "" if plan is None else plan.title, tuple(cues)
    )


def _split(show: Show, then: Show, second: int) -> None:
    past, today, splits = show.past, show.splits, then.splits
    new, returning = past.visits.totals(second, 2).tolist()
    splits.visits = {True: returning, False: new}
    groups = (
        (past.people, today.people, splits.people),
        (past.methods, today.methods, splits.methods),
        (past.offers, today.offers, splits.offers),
    )
    for log, tallies, into in groups:
        counts = _matrix(log, second, len(tallies), SPLIT)
        for name, tally in tallies.items():
            sales = into[name] = SalesTally(tally.number)  # type: ignore[index]
            for field, value in zip(SPLIT, counts[tally.number], strict=True):
                setattr(sales, field, value)
