"""The figures that a policy may ask for, each with its unit and formula (docs/policies.md lists them)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from liveroom.models.rehearsal import figure_values as v
from liveroom.models.rehearsal.desk_figures import Desk
from liveroom.models.rehearsal.figure_values import Value, Work
from liveroom.models.timeline import Column

USUAL_MINUTES = 10.0
"""The span of a figure over the last minutes, where a condition names no other."""


class Figure(Struct, frozen=True):
    """A figure's unit, its formula in words, and how it is worked out of (desk, sku, minutes)."""

    unit: str
    formula: str
    value: Work
    of_product: bool = False
    """It is about one product: `of`, by default the first one on air."""
    over_minutes: bool = False
    """It is about the last `over` minutes."""


def figure_of(desk: Desk, name: str, of: str = "", over: float = USUAL_MINUTES) -> Value:
    """Return a figure of `FIGURES`; `of` is a sku (the first on air by default)."""
    wanted = FIGURES[name]
    sku = of or next(iter(desk.skus_on_air), "")
    if wanted.of_product and not sku:
        return None
    return wanted.value(desk, sku, over)


def desk_figures(desk: Desk, of: str = "") -> Mapping[str, Value]:
    """Return every figure, those of a product of `of` or of the one on air: what the desk showed."""
    return {name: figure_of(desk, name, of) for name in FIGURES}


FIGURES: Mapping[str, Figure] = {
    "minute": Figure("minutes", "since the show began", lambda d, s, o: d.minute),
    # The audience
    "audience": Figure(
        "viewers", "the newest sample", lambda d, s, o: (d.audience() or (None,))[0]
    ),
    "audience_fell": Figure(
        "share",
        "1 − audience ÷ its highest sample of the last `over` minutes",
        lambda d, s, o: v.audience_fell(d, o),
        over_minutes=True,
    ),
    "audience_fell_from_peak": Figure(
        "share", "1 − audience ÷ its peak so far", lambda d, s, o: v.audience_fell(d, None)
    ),
    "visits_per_minute": Figure(
        "visits per minute", "visits ÷ minutes", v.rate(Column.VISITS), over_minutes=True
    ),
    "chat_per_minute": Figure(
        "messages per minute", "messages ÷ minutes", v.rate(Column.CHAT_MESSAGES), over_minutes=True
    ),
    # Sales
    "orders_per_minute": Figure(
        "orders per minute", "orders ÷ minutes", v.rate(Column.ORDERS), over_minutes=True
    ),
    "clicks_per_minute": Figure(
        "clicks per minute", "clicks ÷ minutes", v.rate(Column.PRODUCT_CLICKS), over_minutes=True
    ),
    "carts_per_minute": Figure(
        "additions per minute",
        "cart additions ÷ minutes",
        v.rate(Column.CART_ADDS),
        over_minutes=True,
    ),
    "revenue_per_minute": Figure(
        "money per minute",
        "amounts of orders placed ÷ minutes",
        lambda d, s, o: d.money(d.per_minute(Column.REVENUE, o)),
        over_minutes=True,
    ),
    "visits": Figure("visits", "so far", v.total(Column.VISITS)),
    "orders": Figure("orders", "so far", v.total(Column.ORDERS)),
    "revenue": Figure(
        "money",
        "amounts of orders placed so far",
        lambda d, s, o: d.money(d.show.timeline.totals()[Column.REVENUE]),
    ),
    "average_order_value": Figure(
        "money", "revenue ÷ orders with an amount, so far", v.average_order_value
    ),
    "conversion": Figure(
        "share", "orders ÷ visits, so far", lambda d, s, o: d.conversion(d.minute + 1)
    ),
    "conversion_10": Figure(
        "share", "orders ÷ visits of the last 10 minutes", lambda d, s, o: d.conversion(10)
    ),
    "conversion_before": Figure(
        "share",
        "orders ÷ visits of the 10 minutes before the last 10",
        lambda d, s, o: d.conversion(20, 10),
    ),
    "conversion_fell": Figure(
        "share",
        "1 − conversion_10 ÷ conversion_before",
        lambda d, s, o: v.fell(d.conversion(10), d.conversion(20, 10)),
    ),
    # Carts and payments
    "carts": Figure("carts", "visits with a cart so far", lambda d, s, o: d.carts().carts),
    "abandonment": Figure(
        "share",
        "carts left alone for 10 minutes ÷ carts begun more than 10 minutes ago",
        v.abandonment,
    ),
    "abandoned_carts": Figure(
        "carts",
        "carts left alone for 10 minutes, so far",
        lambda d, s, o: d.carts().abandoned,
    ),
    "failed_payments": Figure(
        "payments",
        "that did not go through in the last `over` minutes",
        lambda d, s, o: d.counted(Column.FAILED_PAYMENTS, o),
        over_minutes=True,
    ),
    "returning_share": Figure(
        "share", "orders of people who bought before ÷ orders where it is known", v.returning_share
    ),
    # One product
    "price": Figure("money", "of the catalogue", v.price, of_product=True),
    "margin": Figure(
        "share",
        "(price − cost) ÷ price, of the catalogue",
        lambda d, s, o: d.margin(s),
        of_product=True,
    ),
    "stock": Figure(
        "units",
        "left: as measured, else the catalogue's minus units ordered",
        lambda d, s, o: d.stock(s),
        of_product=True,
    ),
    "product_views": Figure("views", "so far", v.tally("views"), of_product=True),
    "product_clicks": Figure("clicks", "so far", v.tally("clicks"), of_product=True),
    "product_orders": Figure("orders", "with it so far", v.tally("orders"), of_product=True),
    "product_units": Figure("units", "ordered so far", v.tally("units"), of_product=True),
    "product_conversion": Figure(
        "share", "its orders ÷ its clicks, so far", v.click_to_order, of_product=True
    ),
    "product_units_per_minute": Figure(
        "units per minute",
        "units of the last 10 full minutes ÷ 10",
        v.units_per_minute,
        of_product=True,
    ),
    "product_orders_per_minute_on_air": Figure(
        "orders per minute",
        "its orders ÷ its minutes on air",
        v.orders_per_minute_on_air,
        of_product=True,
    ),
    # The run of show and the levers
    "on_air": Figure(
        "segment id",
        "the segment on air",
        lambda d, s, o: d.segment.segment_id if d.segment else "",
    ),
    "presentation": Figure(
        "style", "how what is on air is presented", lambda d, s, o: d.show.levers.style.value
    ),
    "minutes_on_air": Figure("minutes", "since the segment on air started", v.minutes_on_air),
    "minutes_left": Figure(
        "minutes", "until the segment on air has had its planned time", v.minutes_left
    ),
    "over_under": Figure(
        "minutes",
        "expected end − planned end of the show; late is above 0",
        lambda d, s, o: d.over_under(),
    ),
    "offers_running": Figure(
        "offers", "that can be taken now", lambda d, s, o: len(d.show.levers.running(d.at))
    ),
    "minutes_since_offer": Figure(
        "minutes", "since the last offer was launched", v.minutes_since_offer
    ),
    # Contacts and advertising
    "leads": Figure("leads", "contacts left so far", v.total(Column.LEADS)),
    "ad_spend": Figure(
        "money",
        "spent on advertising so far",
        lambda d, s, o: d.money(d.show.timeline.totals()[Column.AD_SPEND]),
    ),
    "cost_per_lead": Figure("money", "ad spend ÷ leads, so far", v.cost_per_lead),
    "return_on_ad_spend": Figure("ratio", "revenue ÷ ad spend, so far", v.return_on_ad_spend),
}
