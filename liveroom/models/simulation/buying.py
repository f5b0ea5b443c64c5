"""From a cart to an order, an abandoned cart or a cancellation; and the stock of it all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from liveroom.models import events as e
from liveroom.models.money import minor_digits
from liveroom.models.simulation.audience import Visit
from liveroom.models.simulation.calendar import Calendar
from liveroom.models.simulation.draws import Streams
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.scenario import Scenario


class Buying:
    """Carts, checkouts, payments and stock; a purchase goes on after its viewer has left."""

    def __init__(self, scenario: Scenario, streams: Streams, reporter: Reporter) -> None:
        """Work out the chances of every product from its price."""
        model = self._model = scenario.funnel
        self._streams, self._reporter = streams, reporter
        self._currency = scenario.currency
        self._skus = [product.sku for product in scenario.products]
        self._prices_minor = [product.price_minor for product in scenario.products]
        self.stock = [product.stock for product in scenario.products]
        prices = np.array(self._prices_minor) / 10 ** minor_digits(scenario.currency)
        ratio = prices / model.reference_price
        dear = np.where(prices > model.high_price, model.high_price_checkout, 1.0)
        self._cart_chance = (model.cart * ratio**-model.cart_price).tolist()
        self._checkout_chance = (model.checkout * ratio**-model.checkout_price * dear).tolist()
        self._orders = 0
        self._additions: Calendar[tuple[Visit, int]] = Calendar()
        self._checkouts: Calendar[Visit] = Calendar()
        self._payments: Calendar[Visit] = Calendar()
        self._removals: Calendar[tuple[Visit, int]] = Calendar()
        self._cancellations: Calendar[tuple[str, tuple[e.OrderLine, ...]]] = Calendar()

    def step(self, second: int) -> None:
        """Let everything happen that is due in one second, the last steps of a purchase first.

        Payments come before cancellations: what is returned late in a second must not be sold early
        in it.
        """
        self._pay(second)
        self._cancel(second)
        self._check_out(second)
        self._remove(second)
        self._add(second)

    def in_stock(self) -> NDArray[np.bool_]:
        """Return for each product whether there is any left."""
        return np.array(self.stock) > 0

    def cart_chance(self, product: int, visit: Visit) -> float:
        """Return the chance that a click on a product becomes a cart."""
        chance: float = self._cart_chance[product]
        return chance * visit.channel.keenness if self.stock[product] else 0.0

    def put_into_cart(self, at_ms: int, visit: Visit, product: int) -> None:
        """Let a viewer put a product into the cart at an instant to come."""
        self._additions.put(at_ms, (visit, product))

    def _add(self, second: int) -> None:
        due = [each for each in self._additions.take(second) if self.stock[each[1][1]]]
        if not due:
            return
        model = self._model
        second_units, buying, leaving = self._streams["carts"].random((3, len(due))).tolist()
        delays = self._streams.delays("checkout delays", model.checkout_delay, len(due))
        regrets = self._streams.delays("removal delays", model.removal_delay, len(due))
        for row, (at_ms, (visit, product)) in enumerate(due):
            wanted = 2 if second_units[row] < model.second_unit else 1
            units = min(wanted, self.stock[product])
            visit.cart[product] = visit.cart.get(product, 0) + units
            sku = self._skus[product]
            self._reporter.tell(
                e.CartItemAdded, "cart", at_ms, sku=sku, units=units, visit=visit.key
            )
            if visit.checking_out:
                continue
            if buying[row] < self._checkout_chance[product]:
                visit.checking_out = True
                self._checkouts.put(at_ms + delays[row], visit)
            elif leaving[row] < model.removed:
                self._removals.put(at_ms + regrets[row], (visit, product))

    def _remove(self, second: int) -> None:
        for at_ms, (visit, product) in self._removals.take(second):
            if visit.checking_out or product not in visit.cart:
                continue
            units, sku = visit.cart.pop(product), self._skus[product]
            self._reporter.tell(
                e.CartItemRemoved, "removal", at_ms, sku=sku, units=units, visit=visit.key
            )

    def _check_out(self, second: int) -> None:
        due = self._checkouts.take(second)
        if not due:
            return
        paying = self._streams["payments"].random(len(due)).tolist()
        delays = self._streams.delays("payment delays", self._model.payment_delay, len(due))
        for row, (at_ms, visit) in enumerate(due):
            self._reporter.tell(e.CheckoutStarted, "checkout", at_ms, visit=visit.key)
            if paying[row] < self._model.paid:
                self._payments.put(at_ms + delays[row], visit)
            else:
                visit.checking_out = False

    def _pay(self, second: int) -> None:
        due = self._payments.take(second)
        if not due:
            return
        regretting = self._streams["cancellations"].random(len(due)).tolist()
        mean_seconds = self._model.cancellation_delay * 60
        delays = self._streams.delays("cancellation delays", mean_seconds, len(due))
        for row, (at_ms, visit) in enumerate(due):
            lines = self._sell(visit)
            visit.cart, visit.checking_out = {}, False
            if not lines:
                continue
            order_id = self._place(at_ms, visit, lines)
            if regretting[row] < self._model.cancelled:
                self._cancellations.put(at_ms + delays[row], (order_id, lines))

    def _sell(self, visit: Visit) -> tuple[e.OrderLine, ...]:
        """Take the cart out of the stock as far as it goes; what is sold out is not sold."""
        lines = []
        for product, wanted in visit.cart.items():
            units = min(wanted, self.stock[product])
            if units:
                self.stock[product] -= units
                amount_minor = units * self._prices_minor[product]
                sku = self._skus[product]
                lines.append(e.OrderLine(sku=sku, units=units, amount_minor=amount_minor))
        return tuple(lines)

    def _place(self, at_ms: int, visit: Visit, lines: tuple[e.OrderLine, ...]) -> str:
        self._orders += 1
        order_id = f"P{self._orders:05d}"
        self._reporter.tell(
            e.OrderPlaced,
            "order",
            at_ms,
            order_id=order_id,
            amount_minor=sum(line.amount_minor or 0 for line in lines),
            currency=self._currency,
            units=sum(line.units for line in lines),
            lines=lines,
            visit=visit.key,
            person=visit.person,
        )
        return order_id

    def _cancel(self, second: int) -> None:
        for at_ms, (order_id, lines) in self._cancellations.take(second):
            for line in lines:
                self.stock[self._skus.index(line.sku)] += line.units
            self._reporter.tell(
                e.OrderCancelled,
                "cancellation",
                at_ms,
                order_id=order_id,
                amount_minor=sum(line.amount_minor or 0 for line in lines),
                currency=self._currency,
                lines=lines,
            )
