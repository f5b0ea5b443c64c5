"""Counts what happens beside the sale: reactions, leads, failed payments, stock and ad spend."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from liveroom.models import events as e
from liveroom.models.facts import EntryChannel
from liveroom.models.past.past import CHANNEL
from liveroom.models.timeline import Column

if TYPE_CHECKING:
    from liveroom.models.show import Show

Counter = Callable[["Show", Any, bool], None]

_AD_SPENDS, _PRICED_AD_SPENDS = int(Column.AD_SPENDS), int(Column.PRICED_AD_SPENDS)
_AD_SPEND = int(Column.AD_SPEND)


def _into(column: Column) -> Counter:
    place = int(column)

    def count(show: Show, event: e.CountedEvent, inside: bool) -> None:
        if inside:
            show.timeline.row(event.occurred_at // 1000)[place] += event.count

    return count


def _stock_measured(show: Show, event: e.StockMeasured, inside: bool) -> None:
    if inside:
        product = show.product(event.sku)
        product.stock_measured(event.occurred_at, event.units)
        show.past.stock.add(event.occurred_at, product.number, event.units)


def _ad_spent(show: Show, event: e.AdSpent, inside: bool) -> None:
    if not inside:
        return
    value = show.ledger.value(event.amount_minor, event.currency)
    second = event.occurred_at // 1000
    row = show.timeline.row(second)
    row[_AD_SPENDS] += event.count
    # What is spent on advertising belongs to the paid channel, under the label of the ad account.
    tally = show.attribution.channel(EntryChannel.PAID, event.label)
    tally.ad_spends += event.count
    log, key = show.past.channels, tally.number * len(CHANNEL)
    log.add(second, key + CHANNEL.index("ad_spends"), event.count)
    if value is None:
        show.set_aside(event.amount_minor, event.currency)
        return
    row[_PRICED_AD_SPENDS] += event.count
    row[_AD_SPEND] += value
    tally.priced_ad_spends += event.count
    tally.ad_spend_minor += value
    log.add(second, key + CHANNEL.index("priced_ad_spends"), event.count)
    log.add(second, key + CHANNEL.index("ad_spend_minor"), value)


SIDE_COUNTERS: dict[type[e.Event], Counter] = {
    e.Reacted: _into(Column.REACTIONS),
    e.LeadCaptured: _into(Column.LEADS),
    e.PaymentFailed: _into(Column.FAILED_PAYMENTS),
    e.StockMeasured: _stock_measured,
    e.AdSpent: _ad_spent,
}
"""Which function counts which kind of event into a show; the flag says whether it is in the window."""
