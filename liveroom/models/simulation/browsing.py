"""From a product card before a viewer's eyes to a click on it."""

from __future__ import annotations

import numpy as np

from liveroom.models import events as e
from liveroom.models.simulation.audience import Audience, Visit
from liveroom.models.simulation.buying import Buying
from liveroom.models.simulation.calendar import Calendar
from liveroom.models.simulation.draws import Streams
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.scenario import Scenario


class Spotlight:
    """What is on air, as the viewers feel it."""

    __slots__ = ("buying", "interest", "products")

    def __init__(self, products: list[int], interest: float, buying: float) -> None:
        """Take the products' places in the catalogue, and the factors on looks and on carts."""
        self.products, self.interest, self.buying = products, interest, buying


class Browsing:
    """Every step has its own stream of chance and its own calendar of what is due."""

    def __init__(
        self, scenario: Scenario, streams: Streams, reporter: Reporter, buying: Buying
    ) -> None:
        """Take where clicks lead to."""
        self._model = scenario.funnel
        self._streams, self._reporter, self._buying = streams, reporter, buying
        self._skus = [product.sku for product in scenario.products]
        self._appeal = np.array([product.appeal for product in scenario.products])
        self._click_chance = (self._model.click * self._appeal).tolist()
        self._shown = [0] * len(self._skus)
        self._first_looks: Calendar[Visit] = Calendar()
        self._clicks: Calendar[tuple[Visit, int]] = Calendar()

    def step(self, second: int, audience: Audience, spotlight: Spotlight) -> None:
        """Let everybody look and click for one second."""
        self._click(second, spotlight)
        self._look(second, audience, spotlight)

    def welcome(self, visits: list[Visit]) -> None:
        """Let those who entered see a first product soon."""
        delays = self._streams.delays("first looks", self._model.first_look_delay, len(visits))
        for visit, delay in zip(visits, delays, strict=True):
            at_ms = visit.joined_ms + delay
            self._first_looks.put(at_ms, visit)

    def report_impressions(self, at_ms: int) -> None:
        """Report what was shown since the last time, counted per product."""
        for product, count in enumerate(self._shown):
            if count:
                sku = self._skus[product]
                self._reporter.tell(e.ProductShown, "shown", at_ms, sku=sku, count=count)
        self._shown = [0] * len(self._skus)

    def _look(self, second: int, audience: Audience, spotlight: Spotlight) -> None:
        looks = self._first_looks.take(second)
        looks = [each for each in looks if each[1].present]
        looks += self._wandering_looks(second, audience, spotlight)
        if not looks:
            return
        seen = self._streams["seen"].random(len(looks)).tolist()
        clicking = self._streams["clicking"].random(len(looks)).tolist()
        delays = self._streams.delays("click delays", self._model.click_delay, len(looks))
        products = self._choose(len(looks), spotlight)
        for row, ((at_ms, visit), product) in enumerate(zip(looks, products, strict=True)):
            if product < 0:
                continue
            self._shown[product] += 1
            if seen[row] >= self._model.seen:
                continue
            sku = self._skus[product]
            self._reporter.tell(e.ProductViewed, "view", at_ms, sku=sku, visit=visit.key)
            if clicking[row] < self._click_chance[product]:
                self._clicks.put(at_ms + delays[row], (visit, product))

    def _wandering_looks(
        self, second: int, audience: Audience, spotlight: Spotlight
    ) -> list[tuple[int, Visit]]:
        draws = self._streams["looks"]
        rate = self._model.looks / 60 * spotlight.interest * len(audience)
        number = int(draws.poisson(rate))
        moments = (second * 1000 + draws.integers(0, 1000, number)).tolist()
        return list(zip(moments, audience.pick(draws.random(number).tolist()), strict=True))

    def _choose(self, number: int, spotlight: Spotlight) -> list[int]:
        """Return the product of each look: mostly one on air, else one in stock; -1 is none."""
        attention, shelf_place, air_place = self._streams["products"].random((3, number))
        until = np.cumsum(self._appeal * self._buying.in_stock())
        chosen = np.full(number, -1)
        if until[-1] > 0:
            chosen = np.searchsorted(until, shelf_place * until[-1], side="right")
        if spotlight.products:
            places = (air_place * len(spotlight.products)).astype(np.int64)
            on_air = np.array(spotlight.products)[places]
            chosen = np.where(attention < self._model.on_air, on_air, chosen)
        products: list[int] = chosen.tolist()
        return products

    def _click(self, second: int, spotlight: Spotlight) -> None:
        due = [each for each in self._clicks.take(second) if each[1][0].present]
        if not due:
            return
        putting = self._streams["carting"].random(len(due)).tolist()
        delays = self._streams.delays("cart delays", self._model.cart_delay, len(due))
        for row, (at_ms, (visit, product)) in enumerate(due):
            sku = self._skus[product]
            self._reporter.tell(e.ProductClicked, "click", at_ms, sku=sku, visit=visit.key)
            factor = spotlight.buying if product in spotlight.products else 1.0
            if putting[row] < self._buying.cart_chance(product, visit) * factor:
                self._buying.put_into_cart(at_ms + delays[row], visit, product)
