"""What the curves and the numbers of the run of show mean."""

from __future__ import annotations

from liveroom.models.definitions.definition import Definition
from liveroom.models.facts import Fact

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
        title="Orders per minute", meaning="Orders placed, per bar.", facts=(Fact.ORDERS,)
    ),
    "block.rate": Definition(
        title="In this block",
        meaning="What happened in a block of time, per minute of it; of the block that runs, per minute"
        " that it has lasted.",
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
