"""The key figures of a show as one plain object: what `liveroom kpis --json` prints."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np

from liveroom.models.abandonment import ABANDONED_AFTER_MS
from liveroom.models.camera import channel_row, product_row
from liveroom.models.distinct import distinct, with_places
from liveroom.models.facts import EntryChannel, Fact
from liveroom.models.figures import Figures, Known
from liveroom.models.measures import (
    abandonment_of,
    audience_of,
    cac_minor,
    chat_peak,
    margin_minor,
    mean_watch_minutes,
    people_of,
    segment_totals,
)
from liveroom.models.show import Show
from liveroom.models.splits import SalesTally
from liveroom.models.timeline import Column
from liveroom.models.window import format_instant

Kpis = dict[str, Any]

_MINUTE_COLUMNS = {
    "visits": Column.VISITS,
    "product_views": Column.PRODUCT_VIEWS,
    "product_clicks": Column.PRODUCT_CLICKS,
    "cart_adds": Column.CART_ADDS,
    "checkouts": Column.CHECKOUTS,
    "orders": Column.ORDERS,
    "units": Column.UNITS,
    "revenue_minor": Column.REVENUE,
    "cancelled_minor": Column.CANCELLED,
    "chat_messages": Column.CHAT_MESSAGES,
    "reactions": Column.REACTIONS,
    "leads": Column.LEADS,
    "failed_payments": Column.FAILED_PAYMENTS,
    "ad_spend_minor": Column.AD_SPEND,
}
_CHANNEL_FIGURES = ("visits", "orders", "revenue_minor", "ad_spend_minor")


def kpis_of(show: Show, set_aside: Mapping[str, int] | None = None) -> Kpis:
    """Return every key figure of a show; instants are ISO 8601 UTC, unknown is None.

    `set_aside` holds, per source, the payloads that were not understood.
    """
    show.settle()
    known = show.known()
    figures = known.figures(show.timeline.totals())
    start, end = show.window.edges
    return {
        "currency": show.ledger.currency,
        "from": format_instant(start),
        "to": format_instant(end),
        "visits": figures.visits,
        "visitors": len(show.visitors) if show.knows(Fact.VISITS, "person") else None,
        "audience": _audience(show),
        "impressions": figures.impressions,
        "product_views": figures.product_views,
        "product_clicks": figures.product_clicks,
        "cart_adds": figures.cart_adds,
        "cart_units": figures.cart_units,
        "carts": len(show.carts) if show.knows(Fact.CARTS, "visit") else None,
        "cart_removals": figures.cart_removals,
        "checkouts": figures.checkouts,
        "orders": figures.orders,
        "orders_without_amount": figures.orders_without_amount,
        "cancellations": figures.cancellations,
        "cancellations_without_amount": figures.cancellations_without_amount,
        "units": figures.units,
        "revenue_minor": figures.revenue_minor,
        "cancelled_minor": figures.cancelled_minor,
        "net_revenue_minor": figures.net_revenue_minor,
        "average_order_value_minor": figures.average_order_value_minor,
        "conversion_rate": figures.conversion_rate,
        "customers": len(show.buyers) if show.knows(Fact.ORDERS, "person") else None,
        "chat": _chat(show, figures.chat_messages),
        "reactions": figures.reactions,
        "leads": figures.leads,
        "failed_payments": figures.failed_payments,
        "ad_spend_minor": figures.ad_spend_minor,
        "roas": figures.roas,
        "cac_minor": cac_minor(show),
        "cpl_minor": figures.cpl_minor,
        "margin_minor": margin_minor(show),
        "mean_watch_minutes": mean_watch_minutes(show),
        "abandonment": _abandonment(show),
        "new": msgspec.to_builtins(people_of(show, returning=False)),
        "returning": msgspec.to_builtins(people_of(show, returning=True)),
        "by_method": _by(show.splits.methods, show, known),
        "by_offer": _by(show.splits.offers, show, known),
        "by_channel": _by_channel(show),
        "by_product": _by_product(show, known),
        "by_minute": _by_minute(show, figures),
        "by_segment": _by_segment(show, known),
        "sources": _sources(show),
        "money_set_aside_minor": dict(show.money_set_aside),
        "set_aside": sum((set_aside or {}).values()),
        "set_aside_by_source": dict(set_aside or {}),
    }


def _audience(show: Show) -> Kpis:
    audience = audience_of(show, None)
    return {
        "first": audience.first,
        "last": audience.last,
        "mean": audience.mean,
        "weighted_mean": audience.weighted_mean,
        "peak": audience.peak,
        "peak_at": format_instant(audience.peak_at),
        "samples": audience.samples if Fact.AUDIENCE in show.counting.known() else None,
    }


def _chat(show: Show, messages: int | None) -> Kpis:
    peak = chat_peak(show)
    return {
        "messages": messages,
        "people": len(show.chat_people) if show.knows(Fact.CHAT, "person") else None,
        "peak_per_minute": peak[0] if peak else messages,
        "peak_at": format_instant(peak[1]) if peak else None,
    }


def _abandonment(show: Show) -> Kpis:
    carts = abandonment_of(show)
    return {
        "carts": carts.carts,
        "abandoned": carts.abandoned,
        "recovered": carts.recovered,
        "rate": carts.rate,
        "recovery_rate": carts.recovery_rate,
        "after_minutes": ABANDONED_AFTER_MS // 60_000,
    }


def _by(tallies: Mapping[str, SalesTally], show: Show, known: Known) -> Kpis:
    return {
        name: msgspec.to_builtins(sales)
        for name, sales in show.splits.sales(tallies, known).items()
    }


def _by_channel(show: Show) -> Kpis:
    rows = [channel_row(tally, show, 0) for tally in show.attribution.channels if tally.happened]
    channels: Kpis = {}
    for channel in EntryChannel:
        of_channel = [row for row in rows if row.channel is channel]
        if of_channel:
            channels[channel.value] = {
                name: _sum(getattr(row, name) for row in of_channel) for name in _CHANNEL_FIGURES
            } | {
                "labels": {
                    row.label: {name: getattr(row, name) for name in _CHANNEL_FIGURES}
                    for row in of_channel
                }
            }
    return channels


def _sum(values: Any) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _by_product(show: Show, known: Known) -> Kpis:
    products: Kpis = {}
    for sku, tally in sorted(show.products.items()):
        if tally.happened:
            row = product_row(tally, show, known.columns, 0)
            products[sku] = {
                "name": row.name or None,
                "impressions": row.impressions,
                "views": row.views,
                "clicks": row.clicks,
                "cart_adds": row.cart_adds,
                "orders": row.orders,
                "units": row.units,
                "revenue_minor": row.revenue_minor,
                "stock": row.stock,
                "cost_minor": row.cost_minor,
                "margin_minor": row.margin_minor,
            }
    return products


def _by_minute(show: Show, figures: Figures) -> Kpis:
    """Return arrays over the minutes in which anything was counted; audience is the minute's mean."""
    minutes, counts = show.timeline.by_minute()
    times, values = show.audience.to_arrays()
    sampled, inverse = with_places(times // 60_000)
    every = distinct(np.concatenate((minutes, sampled)))
    arrays: Kpis = {"minute": [format_instant(int(minute) * 60_000) for minute in every]}
    places = np.searchsorted(every, minutes)
    for name, column in _MINUTE_COLUMNS.items():
        if getattr(figures, name) is None:
            arrays[name] = None
            continue
        full = np.zeros(len(every), dtype=np.int64)
        full[places] = counts[:, column]
        arrays[name] = full.tolist()
    arrays["audience"] = None
    if len(sampled):
        means: list[float | None] = [None] * len(every)
        sums = np.bincount(inverse, weights=values) / np.bincount(inverse)
        for place, mean in zip(np.searchsorted(every, sampled), sums, strict=True):
            means[int(place)] = float(mean)
        arrays["audience"] = means
    return arrays


def _by_segment(show: Show, known: Known) -> Kpis:
    """Return sales per title of the segments that were on air."""
    totals, planned = segment_totals(show), show.run_of_show.segments
    segments: Kpis = {}
    for segment, name in zip(planned, _names([s.title for s in planned]), strict=True):
        counts = totals.get(segment.segment_id)
        if counts is not None:
            figures = known.figures(counts)
            segments[name] = {"orders": figures.orders, "revenue_minor": figures.revenue_minor}
    return segments


def _names(titles: list[str]) -> list[str]:
    """Return a name for each segment: its title; one that comes again has its number behind it."""
    names: list[str] = []
    for number, title in enumerate(titles, start=1):
        name = title
        if title in names:
            while name in names or name in titles:
                name += f" ({number})"
        names.append(name)
    return names


def _sources(show: Show) -> list[Kpis]:
    """Return what each source reported of each fact it provides, be it nothing."""
    reported = {
        (figures.fact, figures.source): figures
        for figures in show.counting.figures()
        if figures.total
    }
    provided = {
        (fact, source) for source, facts in show.counting.attached.items() for fact in facts
    }
    rows = []
    for fact, source in sorted(provided | set(reported)):
        figures = reported.get((fact, source))
        total = figures.total if figures is not None else 0
        amount = figures.amount_minor if figures is not None else None
        if figures is None and fact is Fact.ORDERS and show.knows(fact, "amount"):
            amount = 0
        rows.append(
            {
                "fact": fact.value,
                "source": source,
                "counts": source == show.counting.source_of(fact),
                "total": total,
                "amount_minor": amount,
            }
        )
    return rows
