"""Orders: what is sold at which price, and what is cancelled or paid back of it later."""

from __future__ import annotations

from liveroom.models import events as e
from liveroom.models.simulation.calendar import Calendar
from liveroom.models.simulation.draws import Streams
from liveroom.models.simulation.effects import Running, Setting
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.simulation.shop import Shop
from liveroom.models.simulation.shopper import Shopper

OVERSOLD, CHANGED_MIND, REFUND = "oversold", "cancelled by the buyer", "partial refund"


class Sale:
    """What one order took: lines, where they came from, and the units that were not there."""

    __slots__ = ("lines", "missing", "offer_ids", "order_id", "taken")

    def __init__(self) -> None:
        """Start with nothing."""
        self.order_id = ""
        self.lines: list[e.OrderLine] = []
        self.missing: list[e.OrderLine] = []
        self.taken: list[tuple[int, int, int]] = []
        """Product, variant and units taken from the pool."""
        self.offer_ids: list[str] = []


class _Cancellation:
    """What will be reported of an order later, and what returns to the shelf."""

    __slots__ = ("amount_minor", "back", "lines", "order_id", "reason")

    def __init__(
        self,
        sale: Sale,
        reason: str,
        lines: list[e.OrderLine],
        back: list[tuple[int, int, int]],
        amount_minor: int | None = None,
    ) -> None:
        self.order_id, self.reason, self.lines, self.back = sale.order_id, reason, lines, back
        total = sum(line.amount_minor or 0 for line in lines)
        self.amount_minor = total if amount_minor is None else amount_minor


class Orders:
    """Sells carts, as far as there is any stock, and remembers what must be taken back."""

    def __init__(
        self,
        scenario: Scenario,
        streams: Streams,
        reporter: Reporter,
        setting: Setting,
        shop: Shop,
    ) -> None:
        """Start with no order."""
        self._model, self._shop_model = scenario.funnel, scenario.shop
        self._discount = scenario.offers.discount
        self._streams, self._reporter = streams, reporter
        self._setting, self._shop = setting, shop
        self._products, self._currency = scenario.products, scenario.currency
        self._places = {product.sku: at for at, product in enumerate(scenario.products)}
        self.number = 0
        self._backlog = 0.0
        self._later: Calendar[_Cancellation] = Calendar()

    def step(self, second: int) -> None:
        """Pack what can be packed in a second; report the cancellations that are due."""
        self._backlog = max(0.0, self._backlog - self._shop_model.fulfilment / 60)
        for at_ms, cancelled in self._later.take(second):
            for place, kind, units in cancelled.back:
                self._shop.give_back(place, kind, units)
            self._reporter.tell(
                e.OrderCancelled,
                "cancellation",
                at_ms,
                order_id=cancelled.order_id,
                amount_minor=cancelled.amount_minor,
                currency=self._currency,
                lines=tuple(cancelled.lines),
                reason=cancelled.reason,
            )

    def place(self, at_ms: int, shopper: Shopper, method: str) -> bool:
        """Turn a cart into an order; return whether anything was left to sell at its price."""
        sale = Sale()
        for kit in shopper.kits:
            self._sell_kit(at_ms, shopper, kit, sale)
        shopper.kits = []
        for product, units in list(shopper.cart.items()):
            if self._accepts(at_ms, shopper, product):
                self._sell(at_ms, shopper, product, units, sale)
                del shopper.cart[product]
        if not sale.lines:
            return False
        self._add_gift(at_ms, shopper, sale)
        self.number += 1
        self._backlog += 1
        sale.order_id = f"P{self.number:05d}"
        self._report(at_ms, shopper, method, sale)
        self._plan(at_ms, sale)
        return True

    def _report(self, at_ms: int, shopper: Shopper, method: str, sale: Sale) -> None:
        fact: dict[str, object] = {}
        channel = shopper.last_touch
        if channel is None and shopper.visit.weight > 1:
            channel = shopper.visit.channel
        if channel is not None:
            fact = {"channel": channel.channel, "label": channel.label}
        self._reporter.tell(
            e.OrderPlaced,
            "order",
            at_ms,
            order_id=sale.order_id,
            amount_minor=sum(line.amount_minor or 0 for line in sale.lines),
            currency=self._currency,
            units=sum(line.units for line in sale.lines),
            lines=tuple(sale.lines),
            visit=shopper.key,
            person=shopper.person,
            returning=shopper.returning,
            method=method,
            offer_id=sale.offer_ids[0] if sale.offer_ids else "",
            **fact,
        )

    def _holds(self, running: Running, shopper: Shopper) -> bool:
        """Return whether an offer can still be had: it was there when the checkout began."""
        in_time = running.over_ms is None or shopper.checkout_ms < running.over_ms
        return in_time and running.left != 0

    def _accepts(self, at_ms: int, shopper: Shopper, product: int) -> bool:
        """Return whether somebody who finds the price risen buys all the same."""
        locked = shopper.locked.get(product)
        if locked is None or self._holds(locked, shopper):
            return True
        price = self._products[product].price_minor
        seen = locked.offer.price_minor(self._products[product].sku, price)
        now = self._setting.quote(product, shopper.returning).price_minor
        if now <= seen:
            return True
        return bool(self._streams["risen"].random() < (seen / now) ** self._discount)

    def _sell(self, at_ms: int, shopper: Shopper, product: int, wanted: int, sale: Sale) -> None:
        units, there = self._shop.sell(product, shopper.kinds.get(product, 0), wanted)
        if not units:
            return
        listed, quote = self._products[product], self._setting.quote(product, shopper.returning)
        running = shopper.locked.get(product)
        if running is None or not self._holds(running, shopper):
            running = quote.running
        amount = units * listed.price_minor
        if running is not None:
            cheap = self._setting.sell(running, units, at_ms)
            price = running.offer.price_minor(listed.sku, listed.price_minor)
            amount = cheap * price + (units - cheap) * listed.price_minor
            sale.offer_ids.append(running.offer.offer_id)
        self._book(sale, product, shopper.kinds.get(product, 0), (units, there), amount)

    def _sell_kit(self, at_ms: int, shopper: Shopper, kit: Running, sale: Sale) -> None:
        """Sell a kit whole or not at all; its price is spread over its parts by their list prices."""
        kinds = [shopper.kinds.get(place, 0) for place in kit.places]
        parts = list(zip(kit.places, kinds, strict=True))
        if not self._holds(kit, shopper) or not all(self._shop.has(*part) for part in parts):
            return
        self._setting.sell(kit, 1, at_ms)
        sale.offer_ids.insert(0, kit.offer.offer_id)
        left, full = kit.offer.amount_minor, self._setting.list_minor(kit)
        for place, kind in parts:
            price = self._products[place].price_minor
            amount = left * price // full if full > price else left
            left, full = left - amount, full - price
            self._book(sale, place, kind, self._shop.sell(place, kind, 1), amount)

    def _add_gift(self, at_ms: int, shopper: Shopper, sale: Sale) -> None:
        for line in tuple(sale.lines):
            gift = self._setting.quote(self._places[line.sku], shopper.returning).gift
            if gift is None:
                continue
            place = self._places.get(gift.offer.gift_sku)
            kinds = range(len(self._shop.shelves[place].listed)) if place is not None else ()
            kind = next((each for each in kinds if self._shop.has(place or 0, each)), None)
            if place is None or kind is None or not self._setting.sell(gift, 1, at_ms):
                continue
            _, there = self._shop.sell(place, kind, 1)
            line = e.OrderLine(sku=gift.offer.gift_sku, units=1, amount_minor=0, is_product=False)
            sale.lines.append(line)
            sale.taken.append((place, kind, there))
            sale.offer_ids.append(gift.offer.offer_id)
            return

    def _book(self, sale: Sale, place: int, kind: int, sold: tuple[int, int], amount: int) -> None:
        """Note a line; units that are not there are noted once more, to be cancelled."""
        units, there = sold
        sku = self._products[place].sku
        sale.lines.append(e.OrderLine(sku=sku, units=units, amount_minor=amount))
        sale.taken.append((place, kind, there))
        if there < units:
            short = amount * (units - there) // units
            sale.missing.append(e.OrderLine(sku=sku, units=units - there, amount_minor=short))

    def _plan(self, at_ms: int, sale: Sale) -> None:
        """Decide what will become of an order: at most one of the three ways to lose it."""
        model, chance = self._model, float(self._streams["cancellations"].random())
        hours = self._backlog / self._shop_model.fulfilment / 60
        cancelled = min(1.0, model.cancelled * (1 + self._shop_model.late * hours))
        if sale.missing:
            later = _Cancellation(sale, OVERSOLD, sale.missing, [])
            mean = self._shop_model.oversold_delay
        elif chance < cancelled:
            later = _Cancellation(sale, CHANGED_MIND, sale.lines, sale.taken)
            mean = model.cancellation_delay
        elif chance < cancelled + model.refunded:
            line = sale.lines[0]
            amount = (line.amount_minor or 0) // line.units
            later = _Cancellation(sale, REFUND, [], [], amount)
            mean = model.refund_delay
        else:
            return
        (delay,) = self._streams.delays("cancellation delays", mean * 60, 1)
        self._later.put(at_ms + delay, later)
