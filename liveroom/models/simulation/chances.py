"""How likely the steps to a purchase are, from what it costs: the one place where prices act."""

from __future__ import annotations

from liveroom.models.money import minor_digits
from liveroom.models.simulation.scenarios.scenario import Scenario


class Chances:
    """Chances of a cart and of a checkout; prices in minor units, before and after an offer."""

    def __init__(self, scenario: Scenario) -> None:
        """Take the funnel's, the offers' and the shipping's parameters."""
        self._funnel, self._offers = scenario.funnel, scenario.offers
        self._shipping = scenario.shipping
        self._unit: float = 10 ** minor_digits(scenario.currency)

    def cart(self, list_minor: int, price_minor: int) -> float:
        """Return the chance that a click becomes a cart, not yet bounded by 1."""
        ratio = max(price_minor, 1) / self._unit / self._funnel.reference_price
        pull = float((list_minor / max(price_minor, 1)) ** self._offers.discount)
        return self._funnel.cart * float(ratio**-self._funnel.cart_price) * pull

    def checkout(self, list_minor: int, price_minor: int, free_shipping: bool = False) -> float:
        """Return the chance that a cart is taken to the checkout, not yet bounded by 1."""
        model, price = self._funnel, max(price_minor, 1) / self._unit
        chance = model.checkout * float((price / model.reference_price) ** -model.checkout_price)
        if price > model.high_price:
            chance *= model.high_price_checkout
        if not free_shipping:
            chance *= self._shipping_factor(price)
        pull = float((list_minor / max(price_minor, 1)) ** self._offers.checkout_discount)
        return chance * pull

    def gift(self, worth_minor: int) -> float:
        """Return the factor of a gift on carts and checkouts."""
        worth = worth_minor / self._unit / self._funnel.reference_price
        return 1 + (self._offers.gift - 1) * min(1.0, worth)

    def kit(self, list_minor: int, price_minor: int) -> float:
        """Return the share of those who want a part of a kit who take the kit."""
        saving = 1 - price_minor / max(list_minor, 1)
        return max(0.0, min(1.0, self._offers.kit * saving / 0.1))

    def _shipping_factor(self, price: float) -> float:
        model = self._shipping
        if model.free_from and price >= model.free_from:
            return 1.0
        return float((1 + model.fee / price) ** -model.friction)
