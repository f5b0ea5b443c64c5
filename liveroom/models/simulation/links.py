"""Payment links: asked for in a message, sent by hand by somebody with other work, or by a flow."""

from __future__ import annotations

import heapq
import math
from collections import deque

from liveroom.models import events as e
from liveroom.models.simulation.calendar import Calendar
from liveroom.models.simulation.draws import Streams
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.simulation.shopper import Shopper

BY_HAND, AUTOMATIC = "by hand", "automatic"


class Wish:
    """Somebody who asked for a link and has none yet."""

    __slots__ = ("asked_ms", "due_ms", "is_planned", "product", "shopper")

    def __init__(self, shopper: Shopper, product: int, asked_ms: int) -> None:
        """Take who asked, for what and when."""
        self.shopper, self.product, self.asked_ms = shopper, product, asked_ms
        self.due_ms, self.is_planned = asked_ms, False


class Links:
    """The queue of wishes; what became of each is told to who asked `step`."""

    def __init__(self, scenario: Scenario, streams: Streams, reporter: Reporter) -> None:
        """Start with every operator free, by hand."""
        self._model, self._streams, self._reporter = scenario.links, streams, reporter
        self._skus = [product.sku for product in scenario.products]
        self._free_ms = [0.0] * round(scenario.links.operators)
        """When each operator is free again: a heap."""
        self._noticed: Calendar[Wish] = Calendar()
        self._queue: deque[tuple[int, Wish]] = deque()
        """Wishes that an operator has seen, and when; nobody works on them yet."""
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
        response_ms = self._model.response * 60_000
        seen_ms = at_ms + self._streams["operators"].exponential(response_ms)
        self._noticed.put(int(seen_ms), wish)

    def automate(self, on: bool, at_ms: int) -> None:
        """Let the shop's flow send links from now on, those that are waited for too."""
        self.automatic = on
        if on:
            for wish in self._waiting.values():
                sent_ms = at_ms + self._model.automatic * 60_000
                if not wish.is_planned or sent_ms < wish.due_ms:
                    self._plan(wish, sent_ms)

    def send(self, product: int, at_ms: int) -> int:
        """Send the link of a product at once to all who wait for it; return how many."""
        wishes = [each for each in self._waiting.values() if each.product == product]
        for wish in wishes:
            self._plan(wish, at_ms)
        return len(wishes)

    def step(self, second: int) -> list[tuple[int, Wish, bool]]:
        """Send what is due; return when, to whom, and whether the wish was still there."""
        self._work(second)
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

    def _work(self, second: int) -> None:
        """Let operators who are free take wishes in the order in which they were seen."""
        self._queue.extend(self._noticed.take(second))
        end_ms = (second + 1) * 1000
        while self._queue and self._free_ms and self._free_ms[0] < end_ms:
            seen_ms, wish = self._queue.popleft()
            if self._waiting.get(wish.shopper.key) is not wish or wish.is_planned:
                continue
            done_ms = max(seen_ms, self._free_ms[0]) + self._model.handling * 1000
            heapq.heapreplace(self._free_ms, done_ms)
            self._plan(wish, done_ms)

    def _plan(self, wish: Wish, at_ms: float) -> None:
        wish.due_ms, wish.is_planned = int(at_ms), True
        self._due.put(wish.due_ms, wish)
