"""What the numbers mean that compare a show with its plan and with earlier shows."""

from __future__ import annotations

from liveroom.models.definitions.definition import Definition
from liveroom.models.facts import Fact

DEFINITIONS: dict[str, Definition] = {
    "plan.share": Definition(
        title="Of the curve",
        meaning="Revenue placed so far against what the plan's curve owes by now.",
        numerator="revenue",
        denominator="revenue by the plan's curve at this minute",
        facts=(Fact.ORDERS,),
        unit="rate",
    ),
    "plan.ahead": Definition(
        title="Ahead, behind",
        meaning="Revenue placed so far minus what the plan's curve owes by now.",
        facts=(Fact.ORDERS,),
        unit="money",
    ),
    "plan.forecast": Definition(
        title="Forecast",
        meaning="Revenue at the end of the show if all goes on as well or badly as so far; unknown"
        " before a tenth of the curve.",
        numerator="revenue",
        denominator="share of the plan's curve that is passed",
        facts=(Fact.ORDERS,),
        unit="money",
    ),
    "plan.segment": Definition(
        title="Of the segment target",
        meaning="Revenue while the segment was on air against the target of the segment.",
        numerator="revenue of the segment",
        denominator="target of the segment",
        facts=(Fact.ORDERS,),
        unit="rate",
    ),
    "plan.slack": Definition(
        title="Slack",
        meaning="The gaps that are planned before hard starts still to come, and what the delay of"
        " the segment on air takes up of them.",
        unit="duration",
    ),
    "median": Definition(
        title="Median of earlier shows",
        meaning="The middle one of what earlier shows of the same folder, kind and currency had so"
        " long after their first fact; shows that were over by then are left out.",
    ),
    "alarm": Definition(
        title="Alarm for carts",
        meaning="Since when the cart abandonment of 10 minutes is above the producer's line: up above"
        " it with 20 carts or more, over from 2 points below it, or with fewer than 10 carts.",
        facts=(Fact.CARTS, Fact.ORDERS),
        unit="instant",
    ),
}
