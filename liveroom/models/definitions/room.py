"""What the numbers of the whole room mean."""

from __future__ import annotations

from liveroom.models.definitions.definition import Definition
from liveroom.models.facts import Fact

DEFINITIONS: dict[str, Definition] = {
    "revenue": Definition(
        title="Revenue, placed",
        meaning="Sum of the amounts of all orders placed so far, before cancellations and refunds.",
        facts=(Fact.ORDERS,),
        unit="money",
    ),
    "net_revenue": Definition(
        title="Net revenue",
        meaning="Revenue placed minus what was cancelled or refunded so far.",
        facts=(Fact.ORDERS, Fact.CANCELLATIONS),
        unit="money",
    ),
    "sales_per_minute": Definition(
        title="Sales per minute",
        meaning="Revenue of the last 10 minutes per minute; of the minutes so far in a younger show.",
        numerator="revenue of the last 10 minutes",
        denominator="10 minutes",
        facts=(Fact.ORDERS,),
        unit="money per minute",
    ),
    "audience": Definition(
        title="Audience now",
        meaning="Concurrent viewers: the newest sample. PCU is the highest sample so far, ACU the mean"
        " weighted by time.",
        facts=(Fact.AUDIENCE,),
        unit="viewers",
    ),
    "conversion": Definition(
        title="Conversion, room",
        meaning="Share of the visits that became an order, whole show; the change compares the last"
        " 10 minutes with the 10 before.",
        numerator="orders",
        denominator="visits",
        facts=(Fact.ORDERS, Fact.VISITS),
        unit="rate",
    ),
    "orders": Definition(
        title="Orders",
        meaning="Orders placed so far, cancelled ones included.",
        facts=(Fact.ORDERS,),
    ),
    "average_order_value": Definition(
        title="Average order value",
        meaning="Mean amount of the orders that have one, whole show.",
        numerator="revenue",
        denominator="orders with an amount",
        facts=(Fact.ORDERS,),
        unit="money",
    ),
    "visits": Definition(
        title="Visits",
        meaning="Entries into the room or the shop so far; one person may visit more than once.",
        facts=(Fact.VISITS,),
    ),
    "chat_per_minute": Definition(
        title="Chat per minute",
        meaning="Messages of the last 10 minutes per minute; of the minutes so far in a younger show.",
        numerator="messages of the last 10 minutes",
        denominator="10 minutes",
        facts=(Fact.CHAT,),
        unit="messages per minute",
    ),
    "carts": Definition(
        title="Carts",
        meaning="Visits in which something was put into a cart.",
        facts=(Fact.CARTS,),
    ),
    "cart_adds": Definition(
        title="Cart additions",
        meaning="Times that a product was put into a cart so far.",
        facts=(Fact.CARTS,),
    ),
    "over_under": Definition(
        title="Show, over or under",
        meaning="Expected end of the run of show against its planned end. Late is OVER.",
        unit="duration",
    ),
    "reactions": Definition(
        title="Reactions",
        meaning="Likes, shares and follows so far.",
        facts=(Fact.REACTIONS,),
    ),
    "leads": Definition(
        title="Leads",
        meaning="People who left a contact so far.",
        facts=(Fact.LEADS,),
    ),
    "failed_payments": Definition(
        title="Failed payments",
        meaning="Payments that did not go through so far.",
        facts=(Fact.FAILED_PAYMENTS,),
    ),
    "mean_watch": Definition(
        title="Mean watch time",
        meaning="Minutes watched per visit: what all visits watched together is the audience added"
        " up over time, each sample held for 2 minutes at most.",
        numerator="ACU × minutes",
        denominator="visits",
        facts=(Fact.AUDIENCE, Fact.VISITS),
        unit="minutes",
    ),
}
