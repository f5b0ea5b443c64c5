"""A stop watch that is moved by hand: time passes where a test says so."""

from __future__ import annotations

import math


class Watch:
    """A stop watch that is moved by hand; as a stop event, waiting moves it."""

    def __init__(self) -> None:
        self.ns = 5_000_000_000
        self.waits = 0
        self._is_set = False

    def __call__(self) -> int:
        return self.ns

    def pass_by(self, seconds: float) -> None:
        self.ns += math.ceil(seconds * 1_000_000_000)

    # What `wait_until` asks of a threading.Event.

    def is_set(self) -> bool:
        return self._is_set

    def set(self) -> None:
        self._is_set = True

    def wait(self, seconds: float) -> bool:
        self.waits += 1
        self.pass_by(seconds)
        return self._is_set
