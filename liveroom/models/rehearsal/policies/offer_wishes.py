"""What a policy can do with products and offers, and how it presents and writes."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from liveroom.models import commands as c
from liveroom.models.facts import Presentation, Recipients
from liveroom.models.offers import Offer, OfferKind
from liveroom.models.rehearsal.desk_figures import Desk
from liveroom.models.rehearsal.policies import selectors
from liveroom.models.rehearsal.policies.wishes import Wish


class OnProducts(Wish, frozen=True, kw_only=True):
    """Something done with each product: `pin` (the first only), `link`, or `reserve` units."""

    what: str
    skus: tuple[str, ...]
    units: int | None = None

    def commands(self, desk: Desk, number: str) -> Sequence[c.Command]:
        """Return a command for each product that is meant now."""
        found = selectors.products(desk, self.skus)
        if self.what == "pin":
            return [c.PinProduct(sku=sku) for sku in found[:1] if sku != desk.show.levers.pinned]
        if self.what == "link":
            return [c.SendPaymentLink(sku=sku) for sku in found]
        return [c.ReserveStock(sku=sku, units=self._units(desk, sku)) for sku in found]

    def _units(self, desk: Desk, sku: str) -> int:
        return int(desk.stock(sku) or 0) if self.units is None else self.units


class Launch(Wish, frozen=True, kw_only=True):
    """Start an offer; its products and gift may be selectors, a kit's price a share of its parts'."""

    offer: Offer
    kit_discount: float | None = None
    """Percent off the sum of the parts' prices, for a kit without a price of its own."""

    def commands(self, desk: Desk, number: str) -> Sequence[c.Command]:
        """Return the launch, unless its selectors find too few products or it runs already."""
        offer = self.offer
        skus = selectors.products(desk, offer.skus)
        gift = selectors.products(desk, [offer.gift_sku] if offer.gift_sku else [])
        too_few = len(skus) < (2 if offer.kind is OfferKind.KIT else bool(offer.skus))
        if too_few or (offer.gift_sku and not gift):
            return []
        named = offer.offer_id or f"offer-{number}"
        known = desk.show.levers.offer(named)
        if known is not None:
            if known.runs(desk.at):
                return []
            named = f"{named}-{number}"
        amount_minor = offer.amount_minor
        if self.kit_discount is not None:
            whole = sum(desk.catalogue[sku].price_minor for sku in skus)
            amount_minor = round(whole * (1 - self.kit_discount / 100))
        changed = replace(
            offer,
            offer_id=named,
            skus=skus,
            gift_sku=gift[0] if gift else "",
            amount_minor=amount_minor,
        )
        return [c.LaunchOffer(offer=changed)]


class End(Wish, frozen=True, kw_only=True):
    """End an offer by its id, or with a blank id all that run."""

    offer: str = ""

    def commands(self, desk: Desk, number: str) -> Sequence[c.Command]:
        """Return the ends of what runs."""
        running = [each.offer.offer_id for each in desk.show.levers.running(desk.at)]
        return [c.EndOffer(offer_id=each) for each in running if self.offer in ("", each)]


class Present(Wish, frozen=True, kw_only=True):
    """Present what is on air in another way."""

    style: Presentation

    def commands(self, desk: Desk, number: str) -> Sequence[c.Command]:
        """Return the change, unless it is presented so already."""
        same = desk.show.levers.style is self.style
        return [] if same else [c.ChangePresentation(style=self.style)]


class Remind(Wish, frozen=True, kw_only=True):
    """Write to people."""

    to: Recipients

    def commands(self, desk: Desk, number: str) -> Sequence[c.Command]:
        """Return the message."""
        return [c.SendReminder(to=self.to)]
