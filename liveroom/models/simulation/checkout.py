"""From the checkout to a paid order: methods, failures, links, and what happens to orders later."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from liveroom.models import events as e
from liveroom.models.simulation.buying import Buying
from liveroom.models.simulation.draws import Streams
from liveroom.models.simulation.effects import Setting
from liveroom.models.simulation.links import Links
from liveroom.models.simulation.orders import Orders
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.simulation.shopper import Shopper
from liveroom.models.simulation.till import Till
from liveroom.models.simulation.trouble.conditions import Conditions

if TYPE_CHECKING:
    from liveroom.models.simulation.chat.writing import Chat

_MOST_ATTEMPTS = 4
LINK = "payment link"


class Checkout:
    """Everybody between a cart and an order."""

    def __init__(
        self,
        scenario: Scenario,
        streams: Streams,
        reporter: Reporter,
        setting: Setting,
        buying: Buying,
        chat: Chat,
    ) -> None:
        """Take the carts; whoever cannot pay, or waits for a link, says so in the chat."""
        self._model, self._scenario = scenario.checkout, scenario
        self._streams, self._reporter, self._setting = streams, reporter, setting
        self._buying, self._chat = buying, chat
        self._methods = scenario.payments
        self._until = np.cumsum([each.share for each in scenario.payments])
        self._until[-1] = 1.0
        self._till = Till(scenario, streams)
        self.links = Links(scenario, streams, reporter)
        self.orders = Orders(scenario, streams, reporter, setting, buying.shop)
        names = [each.method for each in scenario.payments]
        self._link_method = names.index(LINK) if LINK in names else 0

    def step(self, second: int, conditions: Conditions) -> None:
        """Let everybody pay who is due, the last steps of a purchase first."""
        self._pay(second, conditions)
        self.orders.step(second)
        self._send_links(second)
        self._begin(second)

    def send_links(self, product: int, at_ms: int) -> None:
        """Send a product's link to all who wait for it, and to direct visitors who left it behind."""
        self.links.send(product, at_ms)
        chances = self._scenario.links
        for shopper in list(self._buying.carts.values()):
            mark = f"link {product}"
            left = product in shopper.cart and not shopper.checking_out
            if not left or not shopper.is_direct or mark in shopper.tempted:
                continue
            shopper.tempted.add(mark)
            if self._streams["links sent"].random() < chances.recovery:
                self._buying.resume(shopper, at_ms + 1000)

    def _begin(self, second: int) -> None:
        due = self._buying.checkouts.take(second)
        if not due:
            return
        asking, choosing, paying = self._streams["payments"].random((3, len(due))).tolist()
        for row, (at_ms, shopper) in enumerate(due):
            if not shopper.has_cart:
                shopper.checking_out = False
                continue
            self._reporter.tell(e.CheckoutStarted, "checkout", at_ms, visit=shopper.key)
            shopper.checkout_ms, shopper.attempts = at_ms, 0
            shopper.locked = {
                product: self._setting.quote(product, shopper.returning).running
                for product in shopper.cart
            }
            if shopper.is_direct and asking[row] < self._scenario.links.asked:
                shopper.method = self._link_method
                product = next(iter(shopper.cart), None)
                product = shopper.kits[0].places[0] if product is None else product
                self.links.ask(shopper, product, at_ms)
                wanted = self._scenario.products[product]
                self._chat.say(shopper.visit, "link", at_ms, wanted)
                continue
            place = int(np.searchsorted(self._until, choosing[row], side="right"))
            shopper.method = place
            if paying[row] < self._methods[place].given_up:
                self._buying.abandon(shopper, at_ms)
            else:
                self._till.put(at_ms + self._delay(place), shopper)

    def _delay(self, method: int) -> int:
        mean = self._methods[method].delay
        return self._streams.delays("payment delays", mean, 1)[0]

    def _send_links(self, second: int) -> None:
        for at_ms, wish, is_still_wanted in self.links.step(second):
            self._chat.answered(wish.shopper.visit)
            if is_still_wanted:
                self._till.put(at_ms + self._delay(wish.shopper.method), wish.shopper)
            else:
                self._buying.abandon(wish.shopper, at_ms)

    def _pay(self, second: int, conditions: Conditions) -> None:
        served, gone = self._till.take(second)
        for shopper in gone:
            self._buying.abandon(shopper, second * 1000)
        if not served:
            return
        failing, trying = self._streams["failures"].random((2, len(served))).tolist()
        for row, (at_ms, shopper) in enumerate(served):
            works = 1 - self._methods[shopper.method].failure
            works *= 1 - conditions.payments_failing
            if failing[row] < works:
                self._place(at_ms, shopper)
            else:
                self._fail(at_ms, shopper, trying[row])

    def _place(self, at_ms: int, shopper: Shopper) -> None:
        if self.orders.place(at_ms, shopper, self._methods[shopper.method].method):
            self._buying.carts.pop(shopper.key, None)
            shopper.empty()
        elif shopper.has_cart:
            self._buying.abandon(shopper, at_ms)
        else:
            self._buying.carts.pop(shopper.key, None)
            shopper.empty()

    def _fail(self, at_ms: int, shopper: Shopper, chance: float) -> None:
        method = self._methods[shopper.method].method
        fact = {"visit": shopper.key, "label": method, "text": f"{method} was refused"}
        self._reporter.tell(e.PaymentFailed, "failed payment", at_ms, **fact)
        self._chat.say(shopper.visit, "payment", at_ms)
        shopper.attempts += 1
        if chance >= self._model.retry or shopper.attempts >= _MOST_ATTEMPTS:
            self._buying.abandon(shopper, at_ms)
            return
        draws = self._streams["other methods"]
        shopper.method = int(np.searchsorted(self._until, draws.random(), side="right"))
        (delay,) = self._streams.delays("retries", self._model.retry_delay, 1)
        self._till.put(at_ms + delay, shopper)
