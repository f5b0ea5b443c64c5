"""Time, injected: a live show runs on the wall clock, a rehearsal or a replay on a show clock."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable
from typing import Protocol

from liveroom.models.pacing import Pace

_MS, _SECOND = 1_000_000, 1_000_000_000
"""In nanoseconds."""
_LOOK_EVERY_SECONDS = 0.05
"""How soon a thread that waits notices that the clock runs faster or slower."""


class Clock(Protocol):
    """Tells the time (ms UTC) and waits for it."""

    paced: bool
    """False where waiting takes no time: the show runs as fast as facts come."""

    @property
    def has_begun(self) -> bool:
        """Return whether `now` is an instant of the show; before, it is that of the wall clock."""
        ...

    def now(self) -> int:
        """Return the present instant, ms UTC."""
        ...

    def wait_until(self, at: int, stop: threading.Event) -> bool:
        """Wait for the instant `at` (ms UTC); return False when `stop` was set before."""
        ...

    def hurry_to(self, at: int) -> bool:
        """Go to the instant `at` (ms UTC) where nothing holds the clock up; return whether it did."""
        ...


class LiveClock:
    """The wall clock, anchored once and driven by the monotonic one, so that it never jumps back."""

    paced = True
    has_begun = True

    def __init__(self) -> None:
        """Anchor to the wall clock."""
        self._anchor = time.time() - time.monotonic()

    def now(self) -> int:
        """Return the present instant, ms UTC."""
        return int((self._anchor + time.monotonic()) * 1000)

    def wait_until(self, at: int, stop: threading.Event) -> bool:
        """Wait for the instant `at` (ms UTC); return False when `stop` was set before."""
        return not stop.wait(max(0, at - self.now()) / 1000)

    def hurry_to(self, at: int) -> bool:
        """Return False: nothing hurries the wall clock."""
        return False


class ShowClock:
    """A clock for recordings and rehearsals: starts where the show starts and runs `speed` times as fast.

    Without a speed it runs as fast as facts come: the present is the latest instant waited for. Speed may
    change at any time, from any thread; the show's time goes on from where it was.
    """

    def __init__(
        self,
        speed: float | None = 1.0,
        start: int | None = None,
        monotonic_ns: Callable[[], int] = time.monotonic_ns,
    ) -> None:
        """Take a speed (None: as fast as possible) and, if known, the first instant (ms UTC)."""
        if speed is not None and not speed > 0:
            raise ValueError(f"speed is {speed}, it must be above 0")
        self.paced = speed is not None
        self._monotonic_ns = monotonic_ns
        self._lock = threading.Lock()
        self._speed = speed
        self._until: int | None = None
        # Nanoseconds: a change of speed loses none, and so a thousand changes lose none.
        self._at = self._first = None if start is None else start * _MS
        self._since = monotonic_ns()

    @property
    def pace(self) -> Pace:
        """Return how fast the clock runs and where it hurries to."""
        with self._lock:
            return Pace(speed=self._speed, until=self._until)

    @property
    def has_begun(self) -> bool:
        """Return whether the show has its first instant: a recording's is known when it is read."""
        with self._lock:
            return self._at is not None

    @property
    def begun_at(self) -> int | None:
        """Return the first instant of the show, ms UTC; None before it is known."""
        with self._lock:
            return None if self._first is None else self._first // _MS

    def now(self) -> int:
        """Return the present instant of the show, ms UTC."""
        with self._lock:
            at = self._now()
            return int(time.time() * 1000) if at is None else at // _MS

    def set_speed(self, speed: float) -> None:
        """Run `speed` times as fast from now on; 0 pauses. Ends a hurry to an instant."""
        if not 0 <= speed < math.inf:
            raise ValueError(f"speed is {speed}, it must be 0 or above")
        with self._lock:
            self._anchor(self._now())
            self._speed, self._until = speed, None

    def run_until(self, at: int) -> None:
        """Run as fast as facts come up to `at` (ms UTC), then at the speed of before.

        The present follows the facts, so somebody has to wait for an instant beyond `at` to end it.
        """
        with self._lock:
            self._anchor(self._now())
            self._until = at

    def wait_until(self, at: int, stop: threading.Event) -> bool:
        """Wait for the instant `at` (ms UTC); return False when `stop` was set before."""
        while not stop.is_set():
            ahead_seconds = self._come_closer(at)
            if ahead_seconds <= 0:
                return True
            stop.wait(min(ahead_seconds, _LOOK_EVERY_SECONDS))
        return False

    def hurry_to(self, at: int) -> bool:
        """Go to the instant `at` (ms UTC) where nothing holds the clock up; return whether it did."""
        with self._lock:
            return self._hurry_to(at)

    def _come_closer(self, at: int) -> float:
        """Go to `at` where nothing holds the clock up; return the seconds that are left to wait."""
        with self._lock:
            if self._hurry_to(at):
                return 0.0
            self._begin(at)
            if self._until is not None:
                self._anchor(max(self._now() or 0, self._until * _MS))
                self._until = None
            ahead = at * _MS - (self._now() or 0)
            if ahead <= 0:
                return 0.0
            return ahead / _SECOND / self._speed if self._speed else _LOOK_EVERY_SECONDS

    # With the lock held from here on.

    def _hurry_to(self, at: int) -> bool:
        if self._speed is None or (self._until is not None and at <= self._until):
            self._anchor(max(self._now() or 0, at * _MS))
            return True
        return False

    def _begin(self, at: int) -> None:
        if self._at is None:
            self._anchor(at * _MS)

    def _anchor(self, at: int | None) -> None:
        if self._first is None:
            self._first = at
        self._at, self._since = at, self._monotonic_ns()

    def _now(self) -> int | None:
        """Return the present in nanoseconds, None before the show has begun."""
        if self._at is None or self._speed is None or self._until is not None:
            return self._at
        return self._at + round((self._monotonic_ns() - self._since) * self._speed)
