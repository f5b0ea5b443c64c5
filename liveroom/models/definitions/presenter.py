"""What the numbers on the presenter's display mean."""

from __future__ import annotations

from liveroom.models.definitions.definition import Definition
from liveroom.models.facts import Fact

DEFINITIONS: dict[str, Definition] = {
    "presenter.price": Definition(
        title="Price now",
        meaning="The catalogue's price, or the lowest that an offer running for everyone makes of it;"
        " the price before is struck through.",
        unit="money",
    ),
    "presenter.stock": Definition(
        title="In stock",
        meaning="Units that can be sold in this show, as measured last; low where they last 15 minutes or"
        " less at the pace of the last 10.",
        facts=(Fact.STOCK, Fact.ORDERS),
    ),
    "presenter.remaining": Definition(
        title="Remaining",
        meaning="Time until the segment on air has lasted as long as planned; OVER says by how much it has"
        " lasted longer.",
        unit="duration",
    ),
}
