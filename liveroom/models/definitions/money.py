"""What the numbers of spend and margin mean."""

from __future__ import annotations

from liveroom.models.definitions.definition import Definition
from liveroom.models.facts import Fact

DEFINITIONS: dict[str, Definition] = {
    "margin": Definition(
        title="Margin, placed",
        meaning="Revenue minus what the units cost the shop, over the products whose cost is known,"
        " before cancellations.",
        facts=(Fact.ORDERS,),
        unit="money",
    ),
    "ad_spend": Definition(
        title="Ad spend",
        meaning="Money spent on advertising so far.",
        facts=(Fact.AD_SPEND,),
        unit="money",
    ),
    "roas": Definition(
        title="ROAS",
        meaning="Revenue placed per unit of money spent on advertising, whatever led to the orders.",
        numerator="revenue",
        denominator="ad spend",
        facts=(Fact.ORDERS, Fact.AD_SPEND),
        unit="factor",
    ),
    "cac": Definition(
        title="CAC",
        meaning="Ad spend per order of a person who never bought before.",
        numerator="ad spend",
        denominator="orders of new customers",
        facts=(Fact.AD_SPEND, Fact.ORDERS),
        unit="money",
    ),
    "cpl": Definition(
        title="CPL",
        meaning="Ad spend per lead.",
        numerator="ad spend",
        denominator="leads",
        facts=(Fact.AD_SPEND, Fact.LEADS),
        unit="money",
    ),
    "offer.orders": Definition(
        title="Orders of the offer",
        meaning="Orders bought under the offer, with the revenue and the units of the whole order.",
        facts=(Fact.ORDERS,),
    ),
}
