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
    "margin_rate": Definition(
        title="Margin rate",
        meaning="Share of the revenue whose cost is known that is left after that cost, whole show.",
        numerator="margin",
        denominator="revenue whose cost is known",
        facts=(Fact.ORDERS,),
        unit="rate",
    ),
    "margin_10": Definition(
        title="Margin, 10 min",
        meaning="Margin of what was sold in the last 10 minutes; the change compares with the 10"
        " before.",
        facts=(Fact.ORDERS,),
        unit="money",
    ),
    "costed_share": Definition(
        title="Cost known",
        meaning="Share of the revenue whose cost is known; the rest is in no margin.",
        numerator="revenue whose cost is known",
        denominator="revenue",
        facts=(Fact.ORDERS,),
        unit="rate",
    ),
    "spend.revenue": Definition(
        title="Revenue per minute",
        meaning="Mean of the 10 minutes before each instant, of the minutes so far in a younger"
        " show; drawn from 5 minutes on.",
        numerator="revenue of 10 minutes",
        denominator="10 minutes",
        facts=(Fact.ORDERS,),
        unit="money",
    ),
    "spend.margin": Definition(
        title="Margin per minute",
        meaning="The same mean of the margin; a gap where nothing that was sold has a known cost.",
        numerator="margin of 10 minutes",
        denominator="10 minutes",
        facts=(Fact.ORDERS,),
        unit="money",
    ),
    "spend.ad_spend": Definition(
        title="Ad spend per minute",
        meaning="The same mean of the ad spend, up to the newest report of the ad account.",
        numerator="ad spend of 10 minutes",
        denominator="10 minutes",
        facts=(Fact.AD_SPEND,),
        unit="money",
    ),
    "offer.orders": Definition(
        title="Orders of the offer",
        meaning="Orders bought under the offer, with the revenue and the units of the whole order.",
        facts=(Fact.ORDERS,),
    ),
}
