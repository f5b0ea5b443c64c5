"""Payment links: asked for in a message, sent by hand by somebody with other work, or by a flow."""

from __future__ import annotations

import heapq
import math

from liveroom.models import events as e
from liveroom.models.simulation.calendar import Calendar
from liveroom.models.simulation.draws import Streams
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.simulation.shopper import Shopper

BY_HAND, AUTOMATIC = "by hand", "automatic"


class Wish:
    """Somebody who asked for a link and has none yet."""

    __slots__ = ("asked_ms", "due_ms", "product", "shopper")

    def __init__(self, shopper: Shopper, product: int, asked_ms: int) -> None:
        """Take who asked, for what and when."""
        self.shopper, self.product, self.asked_ms = shopper, product, asked_ms
        self.due_ms = asked_ms


class Links:
    """The queue of wishes; what became of each is told to who asked `step`."""

    def __init__(self, scenario: Scenario, streams: Streams, reporter: Reporter) -> None:
        """Start with every operator free, by hand."""
        self._model, self._streams, self._reporter = scenario.links, streams, reporter
        self._skus = [product.sku for product in scenario.products]
        self._free_ms = [0.0] * round(scenario.links.operators)
        self._due: Calendar[Wish] = Calendar()
        self._waiting: dict[int, Wish] = {}
        self.automatic = False

    def ask(self, shopper: Shopper, product: int, at_ms: int) -> None:
        """Let somebody wish for a link."""
        wish = Wish(shopper, product, at_ms)
        self._waiting[shopper.key] = wish
        if self.automatic:
            self._plan(wish, at_ms + self._model.automatic * 60_000)
            return
        if not self._free_ms:
            return
        seen = at_ms + float(self._streams["operators"].exponential(self._model.response * 60_000))
        begun = max(seen, heapq.heappop(self._free_ms))
        done = begun + self._model.handling * 1000
        heapq.heappush(self._free_ms, done)
        self._plan(wish, done)

    def automate(self, on: bool, at_ms: int) -> None:
        """Let the shop's flow send links from now on, those that are waited for too."""
        self.automatic = on
        if on:
            for wish in self._waiting.values():
                sent_ms = at_ms + self._model.automatic * 60_000
                if sent_ms < wish.due_ms or wish.due_ms == wish.asked_ms:
                    self._plan(wish, sent_ms)

    def send(self, product: int, at_ms: int) -> int:
        """Send the link of a product at once to all who wait for it; return how many."""
        wishes = [each for each in self._waiting.values() if each.product == product]
        for wish in wishes:
            self._plan(wish, at_ms)
        return len(wishes)

    def step(self, second: int) -> list[tuple[int, Wish, bool]]:
        """Send what is due; return when, to whom, and whether the wish was still there."""
        due = [
            (at_ms, wish)
            for at_ms, wish in self._due.take(second)
            if self._waiting.get(wish.shopper.key) is wish and at_ms >= wish.due_ms
        ]
        if not due:
            return []
        chances = self._streams["links"].random(len(due)).tolist()
        label = AUTOMATIC if self.automatic else BY_HAND
        sent = []
        for (at_ms, wish), chance in zip(due, chances, strict=True):
            if self._waiting.pop(wish.shopper.key, None) is None:
                continue
            sku = self._skus[wish.product]
            self._reporter.tell(
                e.PaymentLinkSent,
                "link",
                at_ms,
                sku=sku,
                label=label,
                waited_ms=at_ms - wish.asked_ms,
            )
            patience_ms = self._model.patience * 60_000
            sent.append((at_ms, wish, chance < math.exp(-(at_ms - wish.asked_ms) / patience_ms)))
        return sent

    def _plan(self, wish: Wish, at_ms: float) -> None:
        wish.due_ms = int(at_ms)
        self._due.put(wish.due_ms, wish)
