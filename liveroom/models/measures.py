"""Figures that need more than a count: the audience gauge, chat peaks, sales per segment, margins."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from liveroom.models.abandonment import Abandonment
from liveroom.models.facts import Fact
from liveroom.models.figures import mean_minor
from liveroom.models.show import Show
from liveroom.models.snapshot import Audience
from liveroom.models.splits import PeopleSales, sales_of
from liveroom.models.tallies import ProductTally
from liveroom.models.timeline import Column

LONGEST_HOLD_MS = 120_000
"""A sample stands for at most this long in the time-weighted mean: silence is not an audience."""


def audience_of(show: Show, until: int | None = None) -> Audience:
    """Return the audience so far; `until` (ms UTC) closes the last sample's share of the weighted mean."""
    times, values = show.audience.to_arrays()
    if not len(times):
        return Audience()
    peak = int(np.argmax(values))
    return Audience(
        first=int(values[0]),
        last=int(values[-1]),
        last_at=int(times[-1]),
        mean=float(values.mean()),
        weighted_mean=_weighted_mean(times, values, until),
        peak=int(values[peak]),
        peak_at=int(times[peak]),
        samples=len(times),
    )


def _weighted_mean(
    times: NDArray[np.int64], values: NDArray[np.int64], until: int | None
) -> float | None:
    held = _held(times, until)
    total = held.sum()
    return float((values * held).sum() / total) if total else float(values[-1])


def _held(times: NDArray[np.int64], until: int | None) -> NDArray[np.int64]:
    """Return for how long (ms) each sample stands."""
    end = times[-1] if until is None else max(until, int(times[-1]))
    return np.minimum(np.diff(times, append=end), LONGEST_HOLD_MS)


def mean_watch_minutes(show: Show, until: int | None = None) -> float | None:
    """Return the mean minutes watched per visit: ACU × minutes ÷ visits.

    No source says when a visit ends; what all visits watched together is the audience added up over
    time. `until` (ms UTC) closes the last sample. None before two samples or without visits.
    """
    times, values = show.audience.to_arrays()
    visits = show.known().figures(show.timeline.totals()).visits
    if not len(times) or not visits:
        return None
    held = _held(times, until)
    # Not np.dot: it may wake the threads of a linear algebra library, which takes longer than adding up.
    viewer_ms = float((values.astype(np.float64) * held).sum())
    return viewer_ms / 60_000 / visits if held.any() else None


def abandonment_of(show: Show, at: int | None = None) -> Abandonment:
    """Return the carts as of `at` (ms UTC), or as of the last fact of the show."""
    if not show.knows(Fact.CARTS, "visit"):
        return Abandonment()
    last = show.last_at if at is None else at
    return show.cart_log.carts().as_of(0 if last is None else last)


def people_of(show: Show, returning: bool) -> PeopleSales:
    """Return the visits and orders of people who bought before, or of those who did not."""
    sales = sales_of(show.splits.people[returning], show.known())
    says = show.knows(Fact.ORDERS, "returning")
    return PeopleSales(
        visits=show.splits.visits[returning] if show.knows(Fact.VISITS, "returning") else None,
        orders=sales.orders if says else None,
        revenue_minor=sales.revenue_minor if says else None,
    )


def cac_minor(show: Show) -> int | None:
    """Return ad spend ÷ orders of people who never bought before, in whole minor units."""
    spend = show.known().figures(show.timeline.totals()).ad_spend_minor
    return mean_minor(spend, people_of(show, returning=False).orders)


def cost_of(tally: ProductTally, show: Show) -> int | None:
    """Return what a unit of a product costs, in the session's currency."""
    return show.ledger.value(tally.cost_minor, tally.cost_currency)


def product_margin_minor(tally: ProductTally, cost: int | None) -> int | None:
    """Return a product's revenue minus the cost of the units that brought it.

    Placed, as revenue is: cancellations are not taken out. None where either side is unknown.
    """
    if cost is None or (tally.orders and not tally.priced_lines):
        return None
    return tally.revenue_minor - cost * tally.priced_units


def margin_minor(show: Show) -> int | None:
    """Return the margin of all products whose cost is known; None where nothing sold has one."""
    known = show.known().columns
    listed = [tally for tally in show.products.values() if tally.cost_minor is not None]
    costs = [(tally, cost_of(tally, show)) for tally in listed]
    priced = [(tally, cost) for tally, cost in costs if cost is not None]
    if Column.REVENUE not in known or not priced:
        return None
    sold = show.timeline.totals()[Column.ORDERS]
    if sold and not any(tally.priced_lines for tally, _ in priced):
        return None
    return sum(tally.revenue_minor - cost * tally.priced_units for tally, cost in priced)


def chat_peak(show: Show) -> tuple[int, int] | None:
    """Return the most messages in a minute and that minute's start (ms UTC); the first of equal ones."""
    minutes, counts = show.timeline.by_minute()
    messages = counts[:, Column.CHAT_MESSAGES]
    if not len(minutes) or not messages.any():
        return None
    best = int(np.argmax(messages))
    return int(messages[best]), int(minutes[best]) * 60_000


def segment_totals(show: Show) -> Mapping[str, list[int]]:
    """Return what was counted (by Column) while each segment was on air, by segment id.

    Only segments that were on air in the show's window are there. A segment has the whole second in
    which it started, so that it may have sold something up to a second before.
    """
    cues, window = show.run_of_show.cues, show.window
    totals: dict[str, list[int]] = {}
    if not cues:
        return totals
    edges = np.array([cue.started_at // 1000 for cue in cues] + [np.iinfo(np.int64).max])
    spans = np.diff(show.timeline.totals_at(edges), axis=0).tolist()
    ends = [*(cue.started_at for cue in cues[1:]), window.end]
    for cue, end, counts in zip(cues, ends, spans, strict=True):
        on_air = cue.started_at < window.end and end > window.start
        if cue.segment_id and (on_air or any(counts)):
            before = totals.get(cue.segment_id)
            totals[cue.segment_id] = (
                counts if before is None else [a + b for a, b in zip(before, counts, strict=True)]
            )
    return totals
