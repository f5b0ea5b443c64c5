"""What the producer has set, as buyers feel it: offers and their prices, urgency and its hangover."""

from __future__ import annotations

from collections.abc import Sequence

from liveroom.models import events as e
from liveroom.models.facts import Presentation
from liveroom.models.offers import ForWhom, Offer, OfferKind
from liveroom.models.simulation.chances import Chances
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.simulation.stirring import Stirring

_PRICE_OFFERS = (OfferKind.PERCENTAGE, OfferKind.AMOUNT)


class Running:
    """An offer on sale: its products' places in the catalogue, and what is left of its limit."""

    __slots__ = ("ends_ms", "left", "offer", "over_ms", "places", "since_ms", "stirs", "urgent")

    def __init__(
        self, offer: Offer, places: Sequence[int], at_ms: int, short_ms: float, stirs: float
    ) -> None:
        """Start at an instant of show; offers up to `short_ms` long, or limited, are urgent.

        `stirs` is how much it moves people, from 0 (not at all) to 1.
        """
        self.offer, self.places = offer, tuple(places)
        self.since_ms, self.stirs = at_ms, stirs
        self.ends_ms = None if offer.duration_ms is None else at_ms + offer.duration_ms
        self.left = offer.limit_units
        self.over_ms: int | None = None
        is_short = offer.duration_ms is not None and offer.duration_ms <= short_ms
        self.urgent = is_short or offer.limit_units is not None

    def is_for(self, returning: bool) -> bool:
        """Return whether a returning (or new) person may take it."""
        whom = self.offer.for_whom
        return whom is ForWhom.EVERYONE or (whom is ForWhom.RETURNING) is returning


class Quote:
    """What a product costs one kind of person now, and what follows from that."""

    __slots__ = (
        "cart",
        "checkout",
        "cooling",
        "free",
        "gift",
        "hot",
        "kits",
        "price_minor",
        "running",
    )

    def __init__(self, price_minor: int, running: Running | None) -> None:
        """Take the price and the offer that gives it; the chances are worked out after."""
        self.price_minor, self.running = price_minor, running
        self.free = False
        self.gift: Running | None = None
        self.hot: list[Running] = []
        self.cooling: list[Running] = []
        self.kits: list[Running] = []
        self.cart = self.checkout = 0.0


class Setting:
    """The producer's levers; quotes are worked out anew only when an offer comes or goes."""

    def __init__(self, scenario: Scenario, reporter: Reporter) -> None:
        """Start with list prices, talk, nothing pinned."""
        self._products, self._model = scenario.products, scenario.offers
        self._places = {product.sku: place for place, product in enumerate(scenario.products)}
        self._reporter = reporter
        self.chances = Chances(scenario)
        self._stirring = Stirring(scenario)
        self._cooling_ms = scenario.offers.hangover_time * 60_000
        self.running: list[Running] = []
        self._ended: list[Running] = []
        self.style = Presentation.TALK
        self.pinned = -1
        self.offered: list[int] = []
        """Products to which running offers draw the eye."""
        self._quotes: tuple[list[Quote], list[Quote]] = ([], [])
        self._settle()

    def launch(self, offer: Offer, at_ms: int) -> Running:
        """Start an offer; products that are not ours are left out of it."""
        skus = offer.skus or tuple(self._places)
        places = [self._places[sku] for sku in skus if sku in self._places]
        stirs = self._stirring.of(offer, places, at_ms)
        started = Running(offer, places, at_ms, self._model.short * 60_000, stirs)
        self.running.append(started)
        self._settle()
        return started

    def end(self, offer_id: str, at_ms: int) -> None:
        """End an offer before its time."""
        for running in self.running:
            if running.offer.offer_id == offer_id:
                running.over_ms = at_ms
        self._let_go()

    def expire(self, at_ms: int) -> None:
        """End what has had its time."""
        for running in self.running:
            if running.ends_ms is not None and at_ms >= running.ends_ms:
                running.over_ms = running.ends_ms
        self._let_go()

    def sell(self, running: Running, units: int, at_ms: int) -> int:
        """Take units out of an offer's limit; return how many there were. The last one ends it."""
        if running.left is None:
            return units
        sold = min(units, running.left)
        running.left -= sold
        if not running.left and running.over_ms is None:
            running.over_ms = at_ms
            offer_id = running.offer.offer_id
            fact = {"offer_id": offer_id, "reason": "sold out"}
            self._reporter.tell(e.OfferEnded, "offer", at_ms, **fact)
            self._let_go()
        return sold

    def quote(self, product: int, returning: bool) -> Quote:
        """Return what a product costs a new or returning person now."""
        return self._quotes[returning][product]

    def urgency(self, quote: Quote, at_ms: int) -> float:
        """Return the factor of urgency on buying, and of the hangover from what is over."""
        hot = max((self.heat(running, at_ms) for running in quote.hot), default=1.0)
        cooling = [
            each.stirs
            for each in quote.cooling
            if 0 <= at_ms - (each.over_ms or 0) < self._cooling_ms
        ]
        return hot * (1 - self._model.hangover * max(cooling, default=0.0))

    def heat(self, running: Running, at_ms: int) -> float:
        """Return the factor of one offer's urgency: whole at first and near the end of its limit."""
        if not running.urgent:
            return 1.0
        model, limit = self._model, running.offer.limit_units
        scarce = limit is not None and (running.left or 0) < model.nearly_gone * limit
        fresh = at_ms - running.since_ms < model.urgency_time * 60_000
        return 1 + model.urgency * running.stirs * (1.0 if fresh or scarce else model.urgency_left)

    def list_minor(self, running: Running) -> int:
        """Return what the parts of a kit cost one by one."""
        return sum(self._products[place].price_minor for place in running.places)

    def _let_go(self) -> None:
        """Put what is over aside; its hangover stays."""
        over = [each for each in self.running if each.over_ms is not None]
        if over:
            self.running = [each for each in self.running if each.over_ms is None]
            self._ended += [each for each in over if each.urgent]
            self._settle()

    def _settle(self) -> None:
        for returning, quotes in enumerate(self._quotes):
            running = [each for each in self.running if each.is_for(bool(returning))]
            quotes[:] = [self._quote(place, running) for place in range(len(self._products))]
        named = {place for each in self.running if each.offer.skus for place in each.places}
        self.offered = sorted(named)

    def _quote(self, place: int, running: list[Running]) -> Quote:
        product, own = self._products[place], [each for each in running if place in each.places]
        prices = [each for each in own if each.offer.kind in _PRICE_OFFERS]
        best = min(prices, key=lambda each: self._price(each, place), default=None)
        quote = Quote(product.price_minor if best is None else self._price(best, place), best)
        quote.kits = [each for each in own if each.offer.kind is OfferKind.KIT]
        quote.free = any(each.offer.kind is OfferKind.FREE_SHIPPING for each in own)
        quote.hot = [
            each
            for each in own
            if each.offer.kind not in (OfferKind.KIT, OfferKind.LEAD_MAGNET) and each.urgent
        ]
        quote.cooling = [each for each in self._ended if place in each.places]
        quote.gift = next((each for each in own if each.offer.kind is OfferKind.GIFT), None)
        worth = 0
        if quote.gift is not None and quote.gift.offer.gift_sku in self._places:
            worth = self._products[self._places[quote.gift.offer.gift_sku]].price_minor
        factor = self.chances.gift(worth)
        quote.cart = self.chances.cart(product.price_minor, quote.price_minor) * factor
        quote.checkout = factor * self.chances.checkout(
            product.price_minor, quote.price_minor, quote.free
        )
        return quote

    def _price(self, running: Running, place: int) -> int:
        product = self._products[place]
        return running.offer.price_minor(product.sku, product.price_minor)
