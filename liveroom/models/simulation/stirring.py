"""How much an offer stirs people: by what it saves, and by how many were shouted just before it."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean

from liveroom.models.money import minor_digits
from liveroom.models.offers import Offer, OfferKind
from liveroom.models.simulation.scenarios.scenario import Scenario


class Stirring:
    """Remembers when offers for each product were launched: whoever hears them all stops listening."""

    def __init__(self, scenario: Scenario) -> None:
        """Start with nothing launched."""
        self._model, self._products = scenario.offers, scenario.products
        self._fee_minor: float = scenario.shipping.fee * 10 ** minor_digits(scenario.currency)
        self._prices = {product.sku: product.price_minor for product in scenario.products}
        self._heard_ms: dict[int, list[int]] = {}

    def of(self, offer: Offer, places: Sequence[int], at_ms: int) -> float:
        """Return how much a new offer stirs, from 0 to 1, and remember it for those to come."""
        if not places:
            return 0.0
        return fmean(self._of_product(offer, places, place, at_ms) for place in places)

    def _of_product(self, offer: Offer, places: Sequence[int], place: int, at_ms: int) -> float:
        since_ms = at_ms - self._model.weary_time * 60_000
        heard = [each for each in self._heard_ms.get(place, ()) if each > since_ms]
        self._heard_ms[place] = [*heard, at_ms]
        size = self._saving(offer, places, place) / self._model.stirring_saving
        fresh = self._model.weary ** len(heard)
        return float(min(1.0, size) * fresh)

    def _saving(self, offer: Offer, places: Sequence[int], place: int) -> float:
        """Return what an offer saves on a product, as a share of its list price."""
        price = max(1, self._products[place].price_minor)
        match offer.kind:
            case OfferKind.PERCENTAGE | OfferKind.AMOUNT:
                return float(1 - offer.price_minor(self._products[place].sku, price) / price)
            case OfferKind.KIT:
                full = sum(self._products[each].price_minor for each in places)
                return 1 - offer.amount_minor / max(1, full)
            case OfferKind.FREE_SHIPPING:
                return self._fee_minor / price
            case OfferKind.GIFT:
                return self._prices.get(offer.gift_sku, 0) / price
        return 1.0
