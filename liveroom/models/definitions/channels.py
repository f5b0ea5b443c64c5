"""What the numbers of an entry channel, and of groups of people and orders, mean."""

from __future__ import annotations

from liveroom.models.definitions.definition import Definition
from liveroom.models.facts import Fact

DEFINITIONS: dict[str, Definition] = {
    "channel.visits": Definition(
        title="Visits", meaning="Visits that entered through the channel.", facts=(Fact.VISITS,)
    ),
    "channel.share": Definition(
        title="Share",
        meaning="The channel's part of all visits.",
        numerator="visits of the channel",
        denominator="all visits",
        facts=(Fact.VISITS,),
        unit="rate",
    ),
    "channel.orders": Definition(
        title="Orders",
        meaning="Orders whose visit entered through the channel, or that name it themselves.",
        facts=(Fact.ORDERS,),
    ),
    "channel.recent": Definition(
        title="Conv. 10 min",
        meaning="Conversion of the 10 minutes before the last 10, then of the last 10 minutes.",
        numerator="orders of the channel",
        denominator="visits of the channel",
        facts=(Fact.ORDERS, Fact.VISITS),
        unit="rate",
    ),
    "channel.conversion": Definition(
        title="Conv.",
        meaning="Share of the channel's visits that became an order, whole show.",
        numerator="orders of the channel",
        denominator="visits of the channel",
        facts=(Fact.ORDERS, Fact.VISITS),
        unit="rate",
    ),
    "channel.revenue": Definition(
        title="Revenue",
        meaning="Sum of the amounts of the channel's orders.",
        facts=(Fact.ORDERS,),
        unit="money",
    ),
    "channel.average_order_value": Definition(
        title="AOV",
        meaning="Mean amount of the channel's orders.",
        numerator="revenue of the channel",
        denominator="orders of the channel",
        facts=(Fact.ORDERS,),
        unit="money",
    ),
    "new": Definition(
        title="New people",
        meaning="Visits, orders and revenue of people who never bought before, where the source"
        " says so.",
        facts=(Fact.VISITS, Fact.ORDERS),
    ),
    "returning": Definition(
        title="Returning people",
        meaning="Visits, orders and revenue of people who bought before, where the source says so.",
        facts=(Fact.VISITS, Fact.ORDERS),
    ),
    "method.orders": Definition(
        title="Orders by method",
        meaning="Orders by how they were paid, where the source says so.",
        facts=(Fact.ORDERS,),
    ),
    "channel.ad_spend": Definition(
        title="Ad spend",
        meaning="Money spent on advertising, of the paid channel by the ad account's label.",
        facts=(Fact.AD_SPEND,),
        unit="money",
    ),
    "channel.roas": Definition(
        title="ROAS",
        meaning="Revenue of the channel's orders per unit of money spent on its advertising.",
        numerator="revenue of the channel",
        denominator="ad spend of the channel",
        facts=(Fact.AD_SPEND, Fact.ORDERS),
        unit="factor",
    ),
    "channel.cac": Definition(
        title="CAC",
        meaning="Ad spend of the channel per order of a person who never bought before.",
        numerator="ad spend of the channel",
        denominator="its orders of new customers",
        facts=(Fact.AD_SPEND, Fact.ORDERS),
        unit="money",
    ),
    "channel.new_share": Definition(
        title="New",
        meaning="Share of the channel's orders that are of people who never bought before, where the"
        " source says so.",
        numerator="its orders of new customers",
        denominator="its orders of new and of returning customers",
        facts=(Fact.ORDERS,),
        unit="rate",
    ),
    "channel.blocks": Definition(
        title="Over time",
        meaning="What each channel brought in blocks of time; the last block is not over yet.",
        facts=(Fact.VISITS, Fact.ORDERS),
    ),
}
