"""The measures that the effect of a case is stated in, each with its unit and formula."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from liveroom.models.facts import EntryChannel
from liveroom.models.rehearsal import outcomes as o
from liveroom.models.rehearsal.outcomes import Value
from liveroom.models.timeline import Column


class Measure(Struct, frozen=True):
    """A measure's unit, its formula in words, and how it is worked out."""

    unit: str
    formula: str
    value: Value


MEASURES: Mapping[str, Measure] = {
    "offer_peak_revenue": Measure(
        "× the mean",
        "revenue of the best minute of an offer ÷ mean revenue per minute of the show",
        o.peak_in_offers(Column.REVENUE),
    ),
    "offer_peak_orders": Measure(
        "× the mean",
        "orders of the best minute of an offer ÷ mean orders per minute of the show",
        o.peak_in_offers(Column.ORDERS),
    ),
    "late_peak_revenue": Measure(
        "× the mean",
        "revenue of the best minute of the show's second half ÷ mean revenue per minute",
        o.late_peak(Column.REVENUE),
    ),
    "conversion": Measure("share", "orders ÷ visits", o.ratio_of(Column.ORDERS, Column.VISITS)),
    "carts_recovered": Measure(
        "share", "abandoned carts that were ordered after all ÷ abandoned carts", o.carts_recovered
    ),
    "abandonment": Measure(
        "share",
        "carts left alone for 10 minutes ÷ carts begun 10 minutes before the end",
        o.abandonment,
    ),
    "dear_abandonment": Measure(
        "× the others",
        "`abandonment` of carts with a product dearer than `funnel.high_price` ÷ that of the others",
        o.dear_abandonment,
    ),
    "stock_out_minute": Measure(
        "minutes", "from the start until every one of `skus` was at zero", o.stock_out_minute
    ),
    "units_left": Measure("units", "of `skus` at the end", o.units_left),
    "average_order_value": Measure("money", "revenue ÷ orders", o.average_order_value),
    "direct_conversion": Measure(
        "share", "orders ÷ visits of the direct channel", o.channel_conversion(EntryChannel.DIRECT)
    ),
    "direct_value": Measure(
        "× the others",
        "revenue per visit of the direct channel ÷ that of all others",
        o.channel_value(EntryChannel.DIRECT),
    ),
    "fall_after_the_middle": Measure(
        "share",
        "1 − orders ÷ visits of the 10 minutes after the middle of the show ÷ those of the 10 before",
        o.fall_after_the_middle,
    ),
    "response_minutes": Measure(
        "minutes", "mean time from asking for a payment link to its sending", o.response_minutes
    ),
    "oversold_orders": Measure(
        "orders", "cancelled because there was no stock", o.cancelled_for("oversold")
    ),
    "item_revenue": Measure("money", "revenue of `skus`", o.item_revenue),
    "leads": Measure("leads", "contacts left (with `label`)", o.leads),
    "cost_per_lead": Measure("money", "ad spend ÷ leads", o.cost_per_lead),
    "returning_share": Measure(
        "share", "orders of people who bought before ÷ orders where it is known", o.returning_share
    ),
    "watch_minutes": Measure("minutes", "viewer minutes ÷ visits", o.watch_minutes),
    "retention": Measure("share", "mean watch minutes ÷ minutes of the show", o.retention),
    "engagement": Measure(
        "per viewer minute", "(chat + reactions + clicks) ÷ viewer minutes", o.engagement
    ),
    "engagement_and_retention": Measure(
        "index",
        "√(engagement × retention): its relative change is the geometric mean of theirs",
        o.engagement_and_retention,
    ),
    "revenue": Measure("money", "placed, all measured shows together", o.revenue),
    "margin": Measure(
        "money",
        "revenue − cancelled − cost of the goods − ad spend",
        o.margin,
    ),
    "orders": Measure("orders", "placed", o.total_of(Column.ORDERS)),
    "visits": Measure("visits", "entries", o.total_of(Column.VISITS)),
    "viewer_minutes": Measure("minutes", "audience × time", o.viewer_time),
    "network_conversion": Measure(
        "share", "mean over the shows of orders ÷ visits", o.network_conversion
    ),
}
