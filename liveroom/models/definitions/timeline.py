"""What the curves and the numbers of the run of show mean."""

from __future__ import annotations

from liveroom.models.definitions.definition import Definition
from liveroom.models.facts import Fact


def _per_minute(title: str, what: str, fact: Fact, unit: str = "count") -> Definition:
    return Definition(
        title=f"{title} per minute",
        meaning=f"{what} in the minute before each instant; on a long axis the mean of more minutes.",
        facts=(fact,),
        unit=unit,
    )


DEFINITIONS: dict[str, Definition] = {
    "curve.audience": Definition(
        title="Audience",
        meaning="Concurrent viewers, every sample; where samples are closer than a pixel, the lowest and"
        " the highest of each pixel.",
        facts=(Fact.AUDIENCE,),
        unit="viewers",
    ),
    "curve.conversion": Definition(
        title="Conversion, 10 min",
        meaning="Conversion of the 10 minutes before each instant; drawn from 30 visits and 5 minutes on.",
        numerator="orders of 10 minutes",
        denominator="visits of the same 10 minutes",
        facts=(Fact.ORDERS, Fact.VISITS),
        unit="rate",
    ),
    "curve.orders": Definition(
        title="Orders per minute",
        meaning="Orders placed per minute; on a long axis a bar or a point is the mean of more minutes.",
        facts=(Fact.ORDERS,),
    ),
    "curve.revenue": Definition(
        title="Revenue per minute",
        meaning="Revenue placed in the minute before each instant; on a long axis the mean of more minutes.",
        facts=(Fact.ORDERS,),
        unit="money",
    ),
    "curve.visits": _per_minute("Visits", "Visits begun", Fact.VISITS),
    "curve.views": _per_minute("Product views", "Product views", Fact.PRODUCT_VIEWS),
    "curve.clicks": _per_minute("Product clicks", "Product clicks", Fact.PRODUCT_CLICKS),
    "curve.cart_adds": _per_minute("Cart additions", "Cart additions", Fact.CARTS),
    "curve.chat": _per_minute("Chat messages", "Chat messages", Fact.CHAT),
    "curve.reactions": _per_minute("Reactions", "Likes, shares and follows", Fact.REACTIONS),
    "curve.leads": _per_minute("Leads", "Contacts left", Fact.LEADS),
    "curve.margin": Definition(
        title="Margin per minute, 10 min",
        meaning="Revenue of what has a known cost minus that cost, of the 10 minutes before each instant, per"
        " minute; a gap where nothing that was sold has one.",
        numerator="margin of 10 minutes",
        denominator="10 minutes",
        facts=(Fact.ORDERS,),
        unit="money",
    ),
    "curve.ad_spend": _per_minute("Ad spend", "Ad spend reported", Fact.AD_SPEND, "money"),
    "curve.average_order_value": Definition(
        title="Average order value, 10 min",
        meaning="Mean amount of the orders of the 10 minutes before each instant; drawn from 5 orders and"
        " 5 minutes on.",
        numerator="revenue of 10 minutes",
        denominator="orders with an amount of the same 10 minutes",
        facts=(Fact.ORDERS,),
        unit="money",
    ),
    "curve.click_to_order_rate": Definition(
        title="CTOR, 10 min",
        meaning="Orders per product click of the 10 minutes before each instant, all products together;"
        " drawn from 30 clicks and 5 minutes on.",
        numerator="orders of 10 minutes",
        denominator="product clicks of the same 10 minutes",
        facts=(Fact.ORDERS, Fact.PRODUCT_CLICKS),
        unit="rate",
    ),
    "chart.lower_since": Definition(
        title="Lower since",
        meaning="The minute since which the conversion is lower than before, by a fifth or more and by more"
        " than chance does, in the last 40 minutes.",
        numerator="orders",
        denominator="visits",
        facts=(Fact.ORDERS, Fact.VISITS),
        unit="time",
    ),
    "block.rate": Definition(
        title="In this block",
        meaning="What happened in a block of time, per minute of it, in blocks of hours and days per hour"
        " and day; of the block that runs, per minute that it has lasted.",
        numerator="clicks, carts, orders, messages or reactions in the block",
        denominator="minutes of the block",
        facts=(Fact.PRODUCT_CLICKS, Fact.CARTS, Fact.ORDERS, Fact.CHAT),
        unit="per minute",
    ),
    "segment.start": Definition(
        title="Start",
        meaning="Actual start, or the expected one; the planned time is struck through where it differs.",
        unit="time",
    ),
    "segment.length": Definition(
        title="Length",
        meaning="Time on air, or the planned length; OVER and UNDER compare with the plan.",
        unit="duration",
    ),
    "segment.revenue": Definition(
        title="Revenue",
        meaning="Amounts of the orders placed while the segment was on air, whatever their product.",
        facts=(Fact.ORDERS,),
        unit="money",
    ),
}
