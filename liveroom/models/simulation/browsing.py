"""From a product card before a viewer's eyes to a click on it."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from liveroom.models import events as e
from liveroom.models.simulation.audience import Audience, Visit
from liveroom.models.simulation.buying import Buying
from liveroom.models.simulation.calendar import Calendar
from liveroom.models.simulation.draws import Streams, delay_ms
from liveroom.models.simulation.effects import Quote, Running, Setting
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.simulation.spotlight import Spotlight


class Browsing:
    """Every step has its own stream of chance and its own calendar of what is due."""

    def __init__(
        self,
        scenario: Scenario,
        streams: Streams,
        reporter: Reporter,
        buying: Buying,
        setting: Setting,
    ) -> None:
        """Take where clicks lead to, and the offers that draw the eye."""
        self._model, self._offers = scenario.funnel, scenario.offers
        self._keen_again = scenario.audience.returning_keenness
        self._streams, self._reporter = streams, reporter
        self._buying, self._setting = buying, setting
        self._skus = [product.sku for product in scenario.products]
        self._appeal = [product.appeal for product in scenario.products]
        self._click_chance = [self._model.click * appeal for appeal in self._appeal]
        self._shelf_of, self._shelf = -1, [0.0]
        """Running totals of the appeal of what is in stock, and as of which change of the stock."""
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
            self._first_looks.put(visit.joined_ms + delay, visit)

    def report_impressions(self, at_ms: int) -> None:
        """Report what was shown since the last time, counted per product."""
        shown = self._buying.shown
        for product, count in enumerate(shown):
            if count:
                sku = self._skus[product]
                self._reporter.tell(e.ProductShown, "shown", at_ms, sku=sku, count=count)
                shown[product] = 0

    def _look(self, second: int, audience: Audience, spotlight: Spotlight) -> None:
        first = [each for each in self._first_looks.take(second) if each[1].present]
        rate = self._model.looks / 60 * spotlight.interest
        numbers = audience.look_numbers(rate, self._streams["looks"])
        number = len(first) + sum(numbers)
        if not number:
            return
        # A row for each look, those of newcomers first: who looks later changes nothing of them.
        rows: list[list[float]] = self._streams["look details"].random((number, 8)).tolist()
        for (at_ms, visit), row in zip(first, rows, strict=False):
            self._look_at(at_ms, visit, row, spotlight)
        begin_ms, at = second * 1000, len(first)
        for visit, row in zip(audience.at(numbers, rows[at:]), rows[at:], strict=True):
            self._look_at(begin_ms + int(row[1] * 1000), visit, row, spotlight)

    def _look_at(self, at_ms: int, visit: Visit, row: list[float], spotlight: Spotlight) -> None:
        product = self._choose(row, spotlight)
        if product < 0:
            return
        weight = visit.weight
        self._buying.shown[product] += weight
        if row[2] >= self._model.seen:
            return
        sku, key = self._skus[product], (visit.key if weight == 1 else None)
        self._reporter.tell(e.ProductViewed, "view", at_ms, sku=sku, visit=key, count=weight)
        if row[3] < self._click_chance[product]:
            clicked_ms = at_ms + delay_ms(row[4], self._model.click_delay)
            self._clicks.put(clicked_ms, (visit, product))

    def _choose(self, row: list[float], spotlight: Spotlight) -> int:
        """Return the product of a look: pinned, on offer, on air or else in stock; -1 is none."""
        setting, attention = self._setting, row[7]
        pinned = self._model.pinned if setting.pinned >= 0 else 0.0
        if attention < pinned:
            return setting.pinned
        if setting.offered and attention < pinned + (1 - pinned) * self._offers.attention:
            return setting.offered[int(row[6] * len(setting.offered))]
        if spotlight.products and row[5] < self._model.on_air:
            return spotlight.products[int(row[6] * len(spotlight.products))]
        shop = self._buying.shop
        if shop.changes != self._shelf_of:
            self._shelf_of = shop.changes
            weights = [
                a if there else 0.0 for a, there in zip(self._appeal, shop.there, strict=True)
            ]
            self._shelf = list(accumulate(weights))
        total = self._shelf[-1]
        return bisect_right(self._shelf, row[6] * total) if total else -1

    def _click(self, second: int, spotlight: Spotlight) -> None:
        due = [each for each in self._clicks.take(second) if each[1][0].present]
        if not due:
            return
        chances = self._streams["carting"].random((len(due), 3)).tolist()
        for (at_ms, (visit, product)), row in zip(due, chances, strict=True):
            sku, quote = self._skus[product], self._setting.quote(product, visit.returning)
            key, weight = (visit.key if visit.weight == 1 else None), visit.weight
            self._reporter.tell(e.ProductClicked, "click", at_ms, sku=sku, visit=key, count=weight)
            kit = self._kit(quote, row[1])
            chance = self._cart_chance(at_ms, visit, product, quote, kit, spotlight)
            if weight == 1:
                times = int(row[0] < chance)
            else:
                times = int(self._streams["crowd carting"].binomial(weight, min(1.0, chance)))
            if times:
                self._buying.put_into_cart(
                    at_ms + delay_ms(row[2], self._model.cart_delay), visit, product, kit, times
                )

    def _kit(self, quote: Quote, chance: float) -> Running | None:
        """Return the kit that somebody who clicked on a part of it would rather have."""
        for kit in quote.kits:
            price = kit.offer.amount_minor
            if chance < self._setting.chances.kit(self._setting.list_minor(kit), price):
                return kit
        return None

    def _cart_chance(
        self,
        at_ms: int,
        visit: Visit,
        product: int,
        quote: Quote,
        kit: Running | None,
        spotlight: Spotlight,
    ) -> float:
        """Return the chance that a click becomes a cart, not yet bounded by 1."""
        setting = self._setting
        if not self._buying.shop.listed(product):
            return 0.0
        if kit is None:
            chance = quote.cart * setting.urgency(quote, at_ms)
        else:
            full, price = setting.list_minor(kit), kit.offer.amount_minor
            chance = setting.chances.cart(full, price) * setting.heat(kit, at_ms)
        if product in spotlight.products:
            chance *= spotlight.buying
        if visit.returning:
            chance *= self._keen_again
        return chance * visit.channel.keenness * spotlight.style_buying
