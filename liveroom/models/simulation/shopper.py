"""Somebody with a cart."""

from __future__ import annotations

from liveroom.models.facts import EntryChannel
from liveroom.models.simulation.audience import Visit
from liveroom.models.simulation.effects import Running
from liveroom.models.simulation.scenarios.scenario import Channel


class Shopper:
    """One person's cart; it keeps the key of the visit in which it began."""

    __slots__ = (
        "attempts",
        "cart",
        "checking_out",
        "checkout_ms",
        "key",
        "kinds",
        "kits",
        "last_touch",
        "locked",
        "method",
        "person",
        "reminded",
        "returning",
        "tempted",
        "visit",
    )

    def __init__(self, key: int, person: int, visit: Visit) -> None:
        """Start with an empty cart."""
        self.key, self.person, self.visit = key, person, visit
        self.returning = visit.returning
        self.cart: dict[int, int] = {}
        """Units by the product's place in the catalogue, without those in kits."""
        self.kinds: dict[int, int] = {}
        """The variant of each product that is wanted."""
        self.kits: list[Running] = []
        self.locked: dict[int, Running | None] = {}
        """The offers that held when the checkout began: they are honoured for a while."""
        self.checking_out = False
        self.checkout_ms = 0
        self.method = self.attempts = 0
        self.reminded = 0
        self.tempted: set[str] = set()
        self.last_touch: Channel | None = None
        """The channel that brought this person back, where it was not the visit's own."""

    @property
    def is_direct(self) -> bool:
        """Return whether this person came by a message or a link."""
        channel = self.last_touch or self.visit.channel
        return channel.channel is EntryChannel.DIRECT

    @property
    def has_cart(self) -> bool:
        """Return whether anything is in the cart."""
        return bool(self.cart or self.kits)

    def empty(self) -> None:
        """Take everything out of the cart; the checkout is over."""
        self.cart, self.kinds, self.kits, self.locked = {}, {}, [], {}
        self.checking_out = False
