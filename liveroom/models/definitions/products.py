"""What the numbers of a product mean."""

from __future__ import annotations

from liveroom.models.definitions.definition import Definition
from liveroom.models.facts import Fact

DEFINITIONS: dict[str, Definition] = {
    "product.sku": Definition(
        title="SKU", meaning="The shop's own key of the product, or the id of a kit."
    ),
    "product.price": Definition(
        title="Price",
        meaning="The price that everybody gets now; under an offer the catalogue's is struck through"
        " beside it.",
        unit="money",
    ),
    "product.units_per_minute": Definition(
        title="Sales/min",
        meaning="Units sold per minute, last 10 minutes.",
        numerator="units of the last 10 minutes",
        denominator="10 minutes",
        facts=(Fact.ORDERS,),
        unit="units per minute",
    ),
    "product.trend": Definition(
        title="40 min", meaning="Units sold in each of the last 40 minutes.", facts=(Fact.ORDERS,)
    ),
    "product.impressions": Definition(
        title="Shown",
        meaning="Times that the product appeared in a list in front of a viewer.",
        facts=(Fact.IMPRESSIONS,),
    ),
    "product.views": Definition(
        title="Views",
        meaning="Times that a viewer looked at the product's details.",
        facts=(Fact.PRODUCT_VIEWS,),
    ),
    "product.clicks": Definition(
        title="Clicks",
        meaning="Clicks on the product or its buy button.",
        facts=(Fact.PRODUCT_CLICKS,),
    ),
    "product.click_through_rate": Definition(
        title="CTR",
        meaning="Share of the times shown that led to a click.",
        numerator="product clicks",
        denominator="times shown",
        facts=(Fact.PRODUCT_CLICKS, Fact.IMPRESSIONS),
        unit="rate",
    ),
    "product.carts": Definition(
        title="Carts", meaning="Times that the product was put into a cart.", facts=(Fact.CARTS,)
    ),
    "product.orders": Definition(
        title="Orders",
        meaning="Orders that hold the product; an order of two products counts at both.",
        facts=(Fact.ORDERS,),
    ),
    "product.click_to_order_rate": Definition(
        title="CTOR",
        meaning="Share of the product's clicks that became an order of it.",
        numerator="orders of the product",
        denominator="product clicks",
        facts=(Fact.ORDERS, Fact.PRODUCT_CLICKS),
        unit="rate",
    ),
    "product.conversion": Definition(
        title="Conv.",
        meaning="Share of the product's views that became an order of it.",
        numerator="orders of the product",
        denominator="product views",
        facts=(Fact.ORDERS, Fact.PRODUCT_VIEWS),
        unit="rate",
    ),
    "product.units": Definition(
        title="Units", meaning="Units of the product ordered.", facts=(Fact.ORDERS,)
    ),
    "product.revenue": Definition(
        title="Revenue",
        meaning="The product's share of the amounts of the orders that hold it.",
        facts=(Fact.ORDERS,),
        unit="money",
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
        meaning="When the stock is sold at the pace of the last 10 minutes; amber from 15 minutes down.",
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
    "product.attention": Definition(
        title="Attention",
        meaning="A product that draws and does not sell, or whose stock ends soon; else when it is on"
        " air.",
        facts=(Fact.ORDERS, Fact.PRODUCT_CLICKS, Fact.STOCK),
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
}
