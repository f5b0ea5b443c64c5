"""From a cart to the checkout, or an abandoned cart; and what makes people think again."""

from __future__ import annotations

from liveroom.models import events as e
from liveroom.models.offers import OfferKind
from liveroom.models.simulation.audience import Visit
from liveroom.models.simulation.calendar import Calendar
from liveroom.models.simulation.draws import KeyMaker, Streams
from liveroom.models.simulation.effects import Running, Setting
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.simulation.shop import Shop
from liveroom.models.simulation.shopper import Shopper

_Wanted = tuple[Visit, int, Running | None, int]
"""Who puts what into a cart, as part of which kit, and how many people of a crowd do."""


class Buying:
    """Carts and the way to the checkout; a purchase goes on after its viewer has left."""

    def __init__(
        self,
        scenario: Scenario,
        streams: Streams,
        reporter: Reporter,
        setting: Setting,
        shop: Shop,
        seed: int,
    ) -> None:
        """Take the prices and the shelves."""
        self._model, self._offers = scenario.funnel, scenario.offers
        self._streams, self._reporter, self._setting = streams, reporter, setting
        self.shop = shop
        self._skus = [product.sku for product in scenario.products]
        self.shown = [0] * len(self._skus)
        """Cards shown since the last report, by the product's place."""
        self.carts: dict[int, Shopper] = {}
        """Everybody with something in a cart, by key."""
        self._keys = KeyMaker(seed, "shopper"), KeyMaker(seed, "buyer")
        self._shoppers = 0
        self._additions: Calendar[_Wanted] = Calendar()
        self.checkouts: Calendar[Shopper] = Calendar()
        """Who goes to the checkout when."""
        self._removals: Calendar[tuple[Shopper, int]] = Calendar()
        self._second_thoughts: Calendar[tuple[Shopper, Running]] = Calendar()

    def step(self, second: int) -> None:
        """Let carts be filled, emptied and thought about again."""
        self._remove(second)
        self._think_again(second)
        self._add(second)

    def put_into_cart(
        self, at_ms: int, visit: Visit, product: int, kit: Running | None, times: int
    ) -> None:
        """Let a viewer (or `times` of a crowd) put a product into the cart at an instant to come."""
        self._additions.put(at_ms, (visit, product, kit, times))

    def tempt(self, running: Running, at_ms: int) -> None:
        """Let owners of abandoned carts in the room think again because of an offer."""
        for shopper in list(self.carts.values()):
            self._tempt(shopper, running, at_ms)

    def resume(self, shopper: Shopper, at_ms: int) -> None:
        """Let somebody go to the checkout with an abandoned cart, unless that happened already."""
        if shopper.has_cart and not shopper.checking_out:
            shopper.checking_out = True
            self.checkouts.put(at_ms, shopper)

    def abandon(self, shopper: Shopper, at_ms: int) -> None:
        """Let somebody leave the checkout; the cart stays as it is."""
        shopper.checking_out = False
        self._look_at_kits(shopper, at_ms)

    def _add(self, second: int) -> None:
        for at_ms, (visit, product, kit, times) in self._additions.take(second):
            for shopper in self._members(visit, times):
                self._add_one(at_ms, shopper, product, kit)

    def _add_one(self, at_ms: int, shopper: Shopper, product: int, kit: Running | None) -> None:
        model, draws = self._model, self._streams["carts"]
        second_unit, buying, leaving, size = draws.random(4).tolist()
        (delay,) = self._streams.delays("checkout delays", model.checkout_delay, 1)
        (regret,) = self._streams.delays("removal delays", model.removal_delay, 1)
        kind = self.shop.kind(product, size)
        if not self.shop.has(product, kind):
            return
        if kit is not None and kit.over_ms is None and self._take_kit(at_ms, shopper, kit):
            chance = self._kit_chance(kit, shopper)
        else:
            kit = None
            units = min(2 if second_unit < model.second_unit else 1, self.shop.listed(product))
            shopper.kinds[product] = kind
            self._put(at_ms, shopper, product, units)
            shopper.cart[product] = shopper.cart.get(product, 0) + units
            chance = self._setting.quote(product, shopper.returning).checkout
        self.carts[shopper.key] = shopper
        if shopper.checking_out:
            return
        if buying < chance:
            shopper.checking_out = True
            self.checkouts.put(at_ms + delay, shopper)
            return
        if kit is None and leaving < model.removed:
            self._removals.put(at_ms + regret, (shopper, product))
        self._look_at_kits(shopper, at_ms)

    def _put(self, at_ms: int, shopper: Shopper, product: int, units: int) -> None:
        fact = {"sku": self._skus[product], "units": units, "visit": shopper.key}
        self._reporter.tell(e.CartItemAdded, "cart", at_ms, **fact)

    def _take_kit(self, at_ms: int, shopper: Shopper, kit: Running) -> bool:
        """Put a kit into the cart, with what of it is there already; False where a part is gone."""
        sizes = self._streams["sizes"].random(len(kit.places)).tolist()
        kinds = {
            place: shopper.kinds.get(place, self.shop.kind(place, size))
            for place, size in zip(kit.places, sizes, strict=True)
        }
        if not all(self.shop.has(place, kind) for place, kind in kinds.items()):
            return False
        for place in kit.places:
            if shopper.cart.get(place):
                shopper.cart[place] -= 1
                if not shopper.cart[place]:
                    del shopper.cart[place]
                continue
            # Whoever looks at a kit looks at all that is in it.
            sku, key = self._skus[place], shopper.key
            self.shown[place] += 1
            self._reporter.tell(e.ProductViewed, "view", at_ms, sku=sku, visit=key)
            self._reporter.tell(e.ProductClicked, "click", at_ms, sku=sku, visit=key)
            self._put(at_ms, shopper, place, 1)
        shopper.kinds.update(kinds)
        shopper.kits.append(kit)
        return True

    def _kit_chance(self, kit: Running, shopper: Shopper) -> float:
        setting = self._setting
        free = any(setting.quote(place, shopper.returning).free for place in kit.places)
        return setting.chances.checkout(setting.list_minor(kit), kit.offer.amount_minor, free)

    def _remove(self, second: int) -> None:
        for at_ms, (shopper, product) in self._removals.take(second):
            if shopper.checking_out or product not in shopper.cart:
                continue
            fact = {"sku": self._skus[product], "units": shopper.cart.pop(product)}
            self._reporter.tell(e.CartItemRemoved, "removal", at_ms, visit=shopper.key, **fact)
            if not shopper.has_cart:
                self.carts.pop(shopper.key, None)

    def _look_at_kits(self, shopper: Shopper, at_ms: int) -> None:
        """Show the kits that run to somebody who has just left a cart."""
        for running in self._setting.running:
            if running.offer.kind is OfferKind.KIT:
                self._tempt(shopper, running, at_ms)

    def _tempt(self, shopper: Shopper, running: Running, at_ms: int) -> None:
        """Maybe let one owner of an abandoned cart think again, once for every offer."""
        offer = running.offer
        if offer.kind is OfferKind.LEAD_MAGNET or offer.offer_id in shopper.tempted:
            return
        if shopper.checking_out or not shopper.visit.present or not shopper.cart:
            return
        wanted = [place for place in shopper.cart if place in running.places]
        if not wanted or not running.is_for(shopper.returning):
            return
        shopper.tempted.add(offer.offer_id)
        setting = self._setting
        if offer.kind is OfferKind.KIT:
            chance = self._kit_chance(running, shopper)
        else:
            chance = max(setting.quote(place, shopper.returning).checkout for place in wanted)
        chance = min(1.0, chance * setting.heat(running, at_ms)) * running.stirs
        if self._streams["tempting"].random() < self._offers.reconsider * chance:
            mean = self._offers.reconsider_delay
            (delay,) = self._streams.delays("tempting delays", mean, 1)
            self._second_thoughts.put(at_ms + delay, (shopper, running))

    def _think_again(self, second: int) -> None:
        for at_ms, (shopper, running) in self._second_thoughts.take(second):
            if shopper.checking_out or not shopper.visit.present or not shopper.cart:
                continue
            is_kit = running.offer.kind is OfferKind.KIT
            if running.over_ms is None and (not is_kit or self._take_kit(at_ms, shopper, running)):
                self.carts[shopper.key] = shopper
                self.resume(shopper, at_ms + 1000)

    def _members(self, visit: Visit, times: int) -> list[Shopper]:
        """Return who of a visit's viewers puts something into a cart: each is as likely."""
        shoppers: list[Shopper] = visit.shoppers  # type: ignore[assignment]
        if visit.weight == 1:
            if not shoppers:
                shoppers.append(Shopper(visit.key, visit.person, visit))
            return shoppers[:1]
        members = self._streams["members"].choice(visit.weight, times, replace=False).tolist()
        chosen = [shoppers[member] for member in members if member < len(shoppers)]
        for _ in range(times - len(chosen)):
            self._shoppers += 1
            shopper = Shopper(
                self._keys[0].key(self._shoppers), self._keys[1].key(self._shoppers), visit
            )
            shoppers.append(shopper)
            chosen.append(shopper)
        return chosen
