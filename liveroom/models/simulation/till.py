"""The checkout's till: payments that are due, and those that wait because it is too busy."""

from __future__ import annotations

import math
from collections import deque

from liveroom.models.simulation.calendar import Calendar
from liveroom.models.simulation.draws import Streams
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.simulation.shopper import Shopper


class Till:
    """Takes so many payments a minute, first come first served; who waits too long gives up."""

    def __init__(self, scenario: Scenario, streams: Streams) -> None:
        """Start with nobody waiting."""
        self._per_second = scenario.checkout.capacity / 60
        self._gives_up = -math.expm1(-1 / scenario.checkout.patience)
        self._streams = streams
        self._due: Calendar[Shopper] = Calendar()
        self._waiting: deque[tuple[int, Shopper]] = deque()
        self._free = 0.0

    def put(self, at_ms: int, shopper: Shopper) -> None:
        """Let somebody pay at an instant to come."""
        self._due.put(at_ms, shopper)

    def take(self, second: int) -> tuple[list[tuple[int, Shopper]], list[Shopper]]:
        """Return who pays in this second, with the instant, and who gave up waiting."""
        self._waiting.extend(self._due.take(second))
        # A till that stood idle can catch up with one second's payments, or one at a slow one.
        self._free = min(self._free + self._per_second, max(1.0, 2 * self._per_second))
        if not self._waiting:
            return [], []
        served = []
        while self._waiting and self._free >= 1:
            at_ms, shopper = self._waiting.popleft()
            served.append((max(at_ms, second * 1000), shopper))
            self._free -= 1
        if not self._waiting:
            return served, []
        doubts = self._streams["waiting to pay"].random(len(self._waiting)).tolist()
        left = [
            each
            for each, doubt in zip(self._waiting, doubts, strict=True)
            if doubt < self._gives_up
        ]
        if left:
            gone = {id(shopper) for _, shopper in left}
            self._waiting = deque(each for each in self._waiting if id(each[1]) not in gone)
        return served, [shopper for _, shopper in left]
