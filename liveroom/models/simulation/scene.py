"""What the room sees and feels at one moment."""

from __future__ import annotations

from msgspec import Struct

from liveroom.models.facts import Presentation
from liveroom.models.simulation.scenarios.scenario import Product


class Scene(Struct, frozen=True, kw_only=True):
    """The show as the audience has it before its eyes; ages are in seconds, None: it never was."""

    products: tuple[Product, ...] = ()
    """On air now."""
    prices_minor: tuple[int, ...] = ()
    """What a unit of each of them costs now, offers included; without, the list prices hold."""
    segment: str = ""
    """The title of the segment on air."""
    style: Presentation = Presentation.TALK
    engagement: float = 1.0
    """What the way of presenting does to likes, shares and follows, as a factor."""
    novelty: float = 1.0
    """Interest in the segment: 1 when it starts, less as it grows old."""
    price_is_shown: bool = False
    shipping_is_free: bool = False
    offer_age: float | None = None
    """Since an offer was launched last."""
    offer_stirs: float = 1.0
    """How much that offer moves people, from 0 to 1."""
    sold_out: Product | None = None
    """The product on air that sold out last."""
    sold_out_age: float | None = None
    picture_is_frozen: bool = False
    presenter_overruns: bool = False

    def price_minor(self, place: int) -> int:
        """Return what a unit of a product on air costs now."""
        if place < len(self.prices_minor):
            return self.prices_minor[place]
        return self.products[place].price_minor


NOTHING = Scene()
"""Nothing on air."""
