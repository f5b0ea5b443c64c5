"""What the numbers of carts mean."""

from __future__ import annotations

from liveroom.models.definitions.definition import Definition
from liveroom.models.facts import Fact

DEFINITIONS: dict[str, Definition] = {
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
        title="Abandonment, 10 min",
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
}
