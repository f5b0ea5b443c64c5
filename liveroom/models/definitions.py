"""What every number on the desk means: in words, numerator ÷ denominator, and the facts it rests on.

Tooltips, exports and `docs/desk.md` read this table, so that a number has one definition. A rate
names its denominator; a window of time is part of the definition.
"""

from __future__ import annotations

from msgspec import Struct

from liveroom.models.facts import Fact


class Definition(Struct, frozen=True, kw_only=True):
    """A number's name, its meaning, what is divided by what, and the facts that it counts."""

    title: str
    meaning: str
    numerator: str = ""
    denominator: str = ""
    facts: tuple[Fact, ...] = ()
    unit: str = "count"

    @property
    def ratio(self) -> str:
        """Return `numerator ÷ denominator`, or nothing for a plain count."""
        return f"{self.numerator} ÷ {self.denominator}" if self.denominator else ""


_CLICKS, _VIEWS, _CARTS = Fact.PRODUCT_CLICKS, Fact.PRODUCT_VIEWS, Fact.CARTS
_ORDERS, _VISITS, _SHOWN = Fact.ORDERS, Fact.VISITS, Fact.IMPRESSIONS

DEFINITIONS: dict[str, Definition] = {
    # The whole show
    "revenue": Definition(
        title="Revenue, placed",
        meaning="Sum of the amounts of all orders placed so far, before cancellations and refunds.",
        facts=(_ORDERS,),
        unit="money",
    ),
    "net_revenue": Definition(
        title="Net revenue",
        meaning="Revenue placed minus what was cancelled or refunded so far.",
        facts=(_ORDERS, Fact.CANCELLATIONS),
        unit="money",
    ),
    "sales_per_minute": Definition(
        title="Sales per minute",
        meaning="Revenue of the last 10 minutes per minute; of the minutes so far in a younger show.",
        numerator="revenue of the last 10 minutes",
        denominator="10 minutes",
        facts=(_ORDERS,),
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
        facts=(_ORDERS, _VISITS),
        unit="rate",
    ),
    "orders": Definition(
        title="Orders",
        meaning="Orders placed so far, cancelled ones included.",
        facts=(_ORDERS,),
    ),
    "average_order_value": Definition(
        title="Average order value",
        meaning="Mean amount of the orders that have one, whole show.",
        numerator="revenue",
        denominator="orders with an amount",
        facts=(_ORDERS,),
        unit="money",
    ),
    "visits": Definition(
        title="Visits",
        meaning="Entries into the room or the shop so far; one person may visit more than once.",
        facts=(_VISITS,),
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
        facts=(_CARTS,),
    ),
    "cart_adds": Definition(
        title="Cart additions",
        meaning="Times that a product was put into a cart so far.",
        facts=(_CARTS,),
    ),
    "over_under": Definition(
        title="Show, over or under",
        meaning="Expected end of the run of show against its planned end. Late is OVER.",
        unit="duration",
    ),
    # A product
    "product.price": Definition(
        title="Price", meaning="The catalogue's price of the product.", unit="money"
    ),
    "product.units_per_minute": Definition(
        title="Sales/min",
        meaning="Units sold per minute, last 10 minutes.",
        numerator="units of the last 10 minutes",
        denominator="10 minutes",
        facts=(_ORDERS,),
        unit="units per minute",
    ),
    "product.trend": Definition(
        title="40 min", meaning="Units sold in each of the last 40 minutes.", facts=(_ORDERS,)
    ),
    "product.impressions": Definition(
        title="Shown",
        meaning="Times that the product appeared in a list in front of a viewer.",
        facts=(_SHOWN,),
    ),
    "product.views": Definition(
        title="Views",
        meaning="Times that a viewer looked at the product's details.",
        facts=(_VIEWS,),
    ),
    "product.clicks": Definition(
        title="Clicks", meaning="Clicks on the product or its buy button.", facts=(_CLICKS,)
    ),
    "product.click_through_rate": Definition(
        title="CTR",
        meaning="Share of the times shown that led to a click.",
        numerator="product clicks",
        denominator="times shown",
        facts=(_CLICKS, _SHOWN),
        unit="rate",
    ),
    "product.carts": Definition(
        title="Carts", meaning="Times that the product was put into a cart.", facts=(_CARTS,)
    ),
    "product.orders": Definition(
        title="Orders",
        meaning="Orders that hold the product; an order of two products counts at both.",
        facts=(_ORDERS,),
    ),
    "product.click_to_order_rate": Definition(
        title="CTOR",
        meaning="Share of the product's clicks that became an order of it.",
        numerator="orders of the product",
        denominator="product clicks",
        facts=(_ORDERS, _CLICKS),
        unit="rate",
    ),
    "product.units": Definition(
        title="Units", meaning="Units of the product ordered.", facts=(_ORDERS,)
    ),
    "product.revenue": Definition(
        title="Revenue",
        meaning="The product's share of the amounts of the orders that hold it.",
        facts=(_ORDERS,),
        unit="money",
    ),
    # An entry channel
    "channel.visits": Definition(
        title="Visits", meaning="Visits that entered through the channel.", facts=(_VISITS,)
    ),
    "channel.share": Definition(
        title="Share",
        meaning="The channel's part of all visits.",
        numerator="visits of the channel",
        denominator="all visits",
        facts=(_VISITS,),
        unit="rate",
    ),
    "channel.orders": Definition(
        title="Orders",
        meaning="Orders whose visit entered through the channel, or that name it themselves.",
        facts=(_ORDERS, _VISITS),
    ),
    "channel.recent": Definition(
        title="Conv. 10 min",
        meaning="Conversion of the 10 minutes before the last 10, then of the last 10 minutes.",
        numerator="orders of the channel",
        denominator="visits of the channel",
        facts=(_ORDERS, _VISITS),
        unit="rate",
    ),
    "channel.conversion": Definition(
        title="Conv.",
        meaning="Share of the channel's visits that became an order, whole show.",
        numerator="orders of the channel",
        denominator="visits of the channel",
        facts=(_ORDERS, _VISITS),
        unit="rate",
    ),
    "channel.revenue": Definition(
        title="Revenue",
        meaning="Sum of the amounts of the channel's orders.",
        facts=(_ORDERS,),
        unit="money",
    ),
    "channel.average_order_value": Definition(
        title="AOV",
        meaning="Mean amount of the channel's orders.",
        numerator="revenue of the channel",
        denominator="orders of the channel",
        facts=(_ORDERS,),
        unit="money",
    ),
    # The curves
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
        facts=(_ORDERS, _VISITS),
        unit="rate",
    ),
    "curve.orders": Definition(
        title="Orders per minute", meaning="Orders placed, per bar.", facts=(_ORDERS,)
    ),
    # The run of show
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
        facts=(_ORDERS,),
        unit="money",
    ),
    # What few sources say
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
    "abandonment": Definition(
        title="Cart abandonment",
        meaning="Share of the carts that were left alone, nothing put in and nothing ordered, for"
        " longer than 10 minutes; those recovered later stay among them.",
        numerator="carts with no order within 10 minutes",
        denominator="carts",
        facts=(Fact.CARTS, Fact.ORDERS),
        unit="rate",
    ),
    "abandonment_due": Definition(
        title="Abandonment of carts that had their time",
        meaning="Share of the carts begun at least 10 minutes ago that were left alone, nothing put in"
        " and nothing ordered, for longer than 10 minutes.",
        numerator="carts with no order within 10 minutes",
        denominator="carts begun at least 10 minutes ago",
        facts=(Fact.CARTS, Fact.ORDERS),
        unit="rate",
    ),
    "abandonment_10": Definition(
        title="Abandoned, 10 min",
        meaning="Of the carts begun between 20 and 10 minutes ago, the share that was abandoned; the"
        " change compares with those begun in the 10 minutes before.",
        numerator="carts with no order within 10 minutes",
        denominator="carts begun between 20 and 10 minutes ago",
        facts=(Fact.CARTS, Fact.ORDERS),
        unit="rate",
    ),
    "carts_open": Definition(
        title="Open now",
        meaning="Carts into which something was put since their last order, in the last 10 minutes.",
        facts=(Fact.CARTS, Fact.ORDERS),
    ),
    "at_stake": Definition(
        title="Left in carts",
        meaning="What lies in the carts that are abandoned and were not ordered since, at list prices.",
        facts=(Fact.CARTS, Fact.CART_REMOVALS, Fact.ORDERS),
        unit="money",
    ),
    "carts.carts": Definition(
        title="Carts",
        meaning="Carts begun at least 10 minutes ago; with a product: into which it was put.",
        facts=(Fact.CARTS,),
    ),
    "carts.abandoned": Definition(
        title="Abandoned",
        meaning="Carts left alone for longer than 10 minutes; those recovered later stay among them.",
        facts=(Fact.CARTS, Fact.ORDERS),
    ),
    "carts.recovered": Definition(
        title="Recovered",
        meaning="Abandoned carts whose visit or person ordered after all.",
        facts=(Fact.CARTS, Fact.ORDERS),
    ),
    "recovery": Definition(
        title="Carts recovered",
        meaning="Share of the abandoned carts whose visit or person ordered after all.",
        numerator="abandoned carts ordered from later",
        denominator="abandoned carts",
        facts=(Fact.CARTS, Fact.ORDERS),
        unit="rate",
    ),
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
    "offer.orders": Definition(
        title="Orders of the offer",
        meaning="Orders bought under the offer, with the revenue and the units of the whole order.",
        facts=(Fact.ORDERS,),
    ),
    "product.stock": Definition(
        title="Stock",
        meaning="Units that can be sold in this show, as measured last; of two at one instant the"
        " smaller.",
        facts=(Fact.STOCK,),
        unit="units",
    ),
    "product.minutes_of_stock": Definition(
        title="Sells out",
        meaning="Minutes until the stock is sold at the pace of the last 10 minutes; amber from 15 down.",
        numerator="stock",
        denominator="units sold per minute, last 10 minutes",
        facts=(Fact.STOCK, Fact.ORDERS),
        unit="minutes",
    ),
    "product.margin_rate": Definition(
        title="Margin",
        meaning="Share of the product's revenue that is left after the cost of its units, before"
        " cancellations.",
        numerator="revenue − cost of the units",
        denominator="revenue",
        facts=(Fact.ORDERS,),
        unit="rate",
    ),
    "product.cost": Definition(
        title="Cost",
        meaning="What a unit costs the shop, as the catalogue says.",
        unit="money",
    ),
    "product.margin": Definition(
        title="Margin",
        meaning="The product's revenue minus the cost of the units that brought it, before"
        " cancellations.",
        facts=(Fact.ORDERS,),
        unit="money",
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
}
