"""What came out of shows: the values of measures, from what was recorded and nothing else.

A measure looks at all measured shows of a series together; one show is a series of one. None is
unknown, or did not happen (a stock that never ran out).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import fmean

import numpy as np
from msgspec import Struct

from liveroom.models.abandonment import ABANDONED_AFTER_MS
from liveroom.models.facts import EntryChannel
from liveroom.models.money import minor_digits
from liveroom.models.rehearsal.policies import selectors
from liveroom.models.rehearsal.show_sums import margin_minor, minutes_of, total, viewer_minutes
from liveroom.models.rehearsal.trial import Trial
from liveroom.models.timeline import Column

Trials = Sequence[Trial]


class About(Struct, frozen=True, kw_only=True):
    """What a measure is about, where it is not about everything."""

    skus: tuple[str, ...] = ()
    """Products, or selectors of them as a policy has; none: every product."""
    label: str = ""
    """The label of leads that count; blank: all."""


Value = Callable[[Trials, About], float | None]


def ratio_of(part: Column, whole: Column) -> Value:
    """Return the measure: one column's total ÷ another's."""
    return lambda trials, about: _ratio(_sum(trials, part), _sum(trials, whole))


def total_of(column: Column) -> Value:
    """Return the measure: a column's total."""
    return lambda trials, about: _sum(trials, column)


def peak_in_offers(column: Column) -> Value:
    """Return the measure: best minute of any offer (from its launch) ÷ the show's mean per minute."""

    def of(trial: Trial) -> float | None:
        end, peak = trial.desk().at, 0.0
        for running in trial.show.levers.offers:
            over = running.ended_at if running.ended_at is not None else running.ends_at
            until = min(end, over if over is not None else end)
            peak = max(peak, _best_minute(trial, column, running.started_at, until))
        return _over_mean(trial, column, peak) if trial.show.levers.offers else None

    return lambda trials, about: _mean([of(trial) for trial in trials])


def late_peak(column: Column) -> Value:
    """Return the measure: best minute of the show's second half ÷ its mean per minute."""

    def of(trial: Trial) -> float | None:
        start, end = trial.scenario.starts_at, trial.desk().at
        return _over_mean(trial, column, _best_minute(trial, column, (start + end) // 2, end))

    return lambda trials, about: _mean([of(trial) for trial in trials])


def carts_recovered(trials: Trials, about: About) -> float | None:
    """Return abandoned carts that were ordered after all ÷ abandoned carts."""
    carts = [trial.desk().carts() for trial in trials]
    return _ratio(
        sum(each.recovered or 0 for each in carts), sum(each.abandoned or 0 for each in carts)
    )


def abandonment(trials: Trials, about: About) -> float | None:
    """Return abandoned carts ÷ carts that had time to be abandoned."""
    carts = [trial.desk().carts(settled=True) for trial in trials]
    return _ratio(
        sum(each.abandoned or 0 for each in carts), sum(each.carts or 0 for each in carts)
    )


def dear_abandonment(trials: Trials, about: About) -> float | None:
    """Return the abandonment of carts with a product above the step in the price ÷ that of the others."""
    cheap, dear = [0, 0], [0, 0]
    for trial in trials:
        step = round(trial.scenario.funnel.high_price * 10 ** minor_digits(trial.scenario.currency))
        prices = {product.sku: product.price_minor for product in trial.scenario.products}
        at = trial.desk().at
        groups = trial.show.cart_log.carts().by_price(
            prices, (step,), at, until=at - ABANDONED_AFTER_MS
        )
        for sums, group in zip((cheap, dear), groups, strict=True):
            sums[0] += group.abandoned or 0
            sums[1] += group.carts or 0
    return _ratio_of_ratios(dear, cheap)


def stock_out_minute(trials: Trials, about: About) -> float | None:
    """Return the minute at which the last of the products was sold out, None where one was not."""

    def of(trial: Trial) -> float | None:
        emptied = [trial.witness.emptied_at.get(sku) for sku in _chosen(trial, about)]
        known = [each for each in emptied if each is not None]
        if not known or len(known) < len(emptied):
            return None
        return (max(known) - trial.scenario.starts_at) / 60_000

    return _mean([of(trial) for trial in trials])


def units_left(trials: Trials, about: About) -> float | None:
    """Return the units of the products that are left at the end."""
    left = [trial.desk().stock(sku) for trial in trials for sku in _chosen(trial, about)]
    return sum(each for each in left if each is not None)


def average_order_value(trials: Trials, about: About) -> float | None:
    """Return revenue ÷ orders with an amount."""
    found = _ratio(_sum(trials, Column.REVENUE), _sum(trials, Column.PRICED_ORDERS))
    return None if found is None else _major(trials[0], found)


def channel_conversion(channel: EntryChannel) -> Value:
    """Return the measure: orders ÷ visits of an entry channel."""

    def value(trials: Trials, about: About) -> float | None:
        visits = orders = 0
        for trial in trials:
            trial.show.attribution.settle()
            for tally in trial.show.attribution.channels:
                if tally.channel is channel:
                    visits, orders = visits + tally.visits, orders + tally.orders
        return _ratio(orders, visits)

    return value


def channel_value(channel: EntryChannel) -> Value:
    """Return the measure: revenue per visit of an entry channel ÷ that of all others."""

    def value(trials: Trials, about: About) -> float | None:
        own, others = [0, 0], [0, 0]
        for trial in trials:
            trial.show.attribution.settle()
            for tally in trial.show.attribution.channels:
                sums = own if tally.channel is channel else others
                sums[0] += tally.revenue_minor
                sums[1] += tally.visits
        return _ratio_of_ratios(own, others)

    return value


def fall_after_the_middle(trials: Trials, about: About) -> float | None:
    """Return 1 − conversion of the 10 minutes after the middle of the show ÷ that of the 10 before."""
    spans = [[0, 0], [0, 0]]
    for trial in trials:
        middle = trial.scenario.starts_at // 1000 + trial.second // 2
        edges = np.array([middle - 600, middle, middle + 600])
        counts = np.diff(trial.show.timeline.totals_at(edges), axis=0)
        for sums, row in zip(spans, counts, strict=True):
            sums[0] += int(row[Column.ORDERS])
            sums[1] += int(row[Column.VISITS])
    ratio = _ratio_of_ratios(spans[1], spans[0])
    return None if ratio is None else 1 - ratio


def cancelled_for(reason: str) -> Value:
    """Return the measure: orders cancelled for a reason."""
    return lambda trials, about: float(
        sum(trial.witness.cancelled_for.get(reason, 0) for trial in trials)
    )


def item_revenue(trials: Trials, about: About) -> float:
    """Return the revenue of the products."""
    return sum(
        _major(trial, trial.show.products[sku].revenue_minor)
        for trial in trials
        for sku in _chosen(trial, about)
        if sku in trial.show.products
    )


def leads(trials: Trials, about: About) -> float:
    """Return the contacts left, with a label where one is named."""
    if about.label:
        return float(sum(trial.witness.leads_by_label.get(about.label, 0) for trial in trials))
    return _sum(trials, Column.LEADS)


def cost_per_lead(trials: Trials, about: About) -> float | None:
    """Return ad spend ÷ leads."""
    spent = sum(_major(trial, total(trial, Column.AD_SPEND)) for trial in trials)
    return _ratio(spent, leads(trials, about))


def returning_share(trials: Trials, about: About) -> float | None:
    """Return orders of people who bought before ÷ orders where it is known."""
    returning, new = (
        sum(trial.show.splits.people[which].orders for trial in trials) for which in (True, False)
    )
    return _ratio(returning, returning + new)


def response_minutes(trials: Trials, about: About) -> float | None:
    """Return how long a payment link was waited for, on average."""
    waited_ms = sum(trial.witness.links_waited_ms for trial in trials)
    return _ratio(waited_ms / 60_000, sum(trial.witness.links_sent for trial in trials))


def watch_minutes(trials: Trials, about: About) -> float | None:
    """Return viewer minutes ÷ visits."""
    return _ratio(sum(map(viewer_minutes, trials)), _sum(trials, Column.VISITS))


def retention(trials: Trials, about: About) -> float | None:
    """Return how much of its show a visit lasts, on average."""
    shares = [
        _ratio(viewer_minutes(trial), total(trial, Column.VISITS) * minutes_of(trial))
        for trial in trials
    ]
    return _mean(shares)


def engagement(trials: Trials, about: About) -> float | None:
    """Return (chat + reactions + clicks) ÷ viewer minutes."""
    columns = (Column.CHAT_MESSAGES, Column.PRODUCT_CLICKS, Column.REACTIONS)
    acts = sum(_sum(trials, column) for column in columns)
    return _ratio(acts, sum(map(viewer_minutes, trials)))


def engagement_and_retention(trials: Trials, about: About) -> float | None:
    """Return the geometric mean of engagement and retention, which has no unit of its own."""
    engaged, stayed = engagement(trials, about), retention(trials, about)
    return None if engaged is None or stayed is None else float((engaged * stayed) ** 0.5)


def network_conversion(trials: Trials, about: About) -> float | None:
    """Return the mean over the shows of orders ÷ visits, every shop of the network alike."""
    return _mean([_ratio(total(t, Column.ORDERS), total(t, Column.VISITS)) for t in trials])


def revenue(trials: Trials, about: About) -> float:
    """Return the revenue placed."""
    return sum(_major(trial, total(trial, Column.REVENUE)) for trial in trials)


def margin(trials: Trials, about: About) -> float:
    """Return net revenue − cost of the goods − ad spend."""
    return sum(_major(trial, margin_minor(trial)) for trial in trials)


def viewer_time(trials: Trials, about: About) -> float:
    """Return the minutes that all viewers together spent in the room."""
    return sum(map(viewer_minutes, trials))


def _chosen(trial: Trial, about: About) -> tuple[str, ...]:
    return selectors.products(trial.desk(), about.skus or ("all",))


def _best_minute(trial: Trial, column: Column, since: int, until: int) -> float:
    """Return the most of a column in one of the whole minutes between two instants (ms UTC)."""
    edges = np.arange(since // 1000, until // 1000 + 1, 60)
    if len(edges) < 2:
        return 0.0
    return float(np.diff(trial.show.timeline.totals_at(edges)[:, column]).max())


def _over_mean(trial: Trial, column: Column, peak: float) -> float | None:
    mean = _ratio(total(trial, column), minutes_of(trial))
    return _ratio(peak, mean or 0.0)


def _sum(trials: Trials, column: Column) -> float:
    return float(sum(total(trial, column) for trial in trials))


def _ratio(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _ratio_of_ratios(one: Sequence[float], other: Sequence[float]) -> float | None:
    """Return part ÷ whole of one ÷ part ÷ whole of the other."""
    rates = [_ratio(part, whole) for part, whole in (one, other)]
    return None if rates[0] is None or not rates[1] else rates[0] / rates[1]


def _mean(values: Sequence[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return fmean(known) if known else None


def _major(trial: Trial, minor: float) -> float:
    return trial.desk().money(minor)
