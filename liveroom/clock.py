"""Time, injected: a live show runs on the wall clock, a rehearsal or a replay on a show clock."""

from __future__ import annotations

import threading
import time
from typing import Protocol


class Clock(Protocol):
    """Tells the time (ms UTC) and waits for it."""

    paced: bool
    """False where waiting takes no time: the show runs as fast as facts come."""

    def now(self) -> int:
        """Return the present instant, ms UTC."""
        ...

    def wait_until(self, at: int, stop: threading.Event) -> bool:
        """Wait for the instant `at` (ms UTC); return False when `stop` was set before."""
        ...


class LiveClock:
    """The wall clock, anchored once and driven by the monotonic one, so that it never jumps back."""

    paced = True

    def __init__(self) -> None:
        """Anchor to the wall clock."""
        self._anchor = time.time() - time.monotonic()

    def now(self) -> int:
        """Return the present instant, ms UTC."""
        return int((self._anchor + time.monotonic()) * 1000)

    def wait_until(self, at: int, stop: threading.Event) -> bool:
        """Wait for the instant `at` (ms UTC); return False when `stop` was set before."""
        return not stop.wait(max(0, at - self.now()) / 1000)


class ShowClock:
    """A clock for recordings and rehearsals: starts where the show starts and runs `speed` times as fast.

    Without a speed it runs as fast as facts come: the present is the latest instant waited for.
    """

    def __init__(self, speed: float | None = 1.0, start: int | None = None) -> None:
        """Take a speed (None: as fast as possible) and, if known, the first instant (ms UTC)."""
        if speed is not None and not speed > 0:
            raise ValueError(f"speed is {speed}, it must be above 0")
        self.speed = speed
        self.paced = speed is not None
        self._lock = threading.Lock()
        self._at = start
        self._since = time.monotonic()

    def begin(self, at: int) -> None:
        """Let the show start at `at` (ms UTC) unless it has started."""
        with self._lock:
            if self._at is None:
                self._at, self._since = at, time.monotonic()

    def now(self) -> int:
        """Return the present instant of the show, ms UTC."""
        with self._lock:
            return self._now()

    def wait_until(self, at: int, stop: threading.Event) -> bool:
        """Wait for the instant `at` (ms UTC); return False when `stop` was set before."""
        self.begin(at)
        if self.speed is None:
            with self._lock:
                self._at = max(self._now(), at)
            return not stop.is_set()
        while not stop.is_set():
            ahead = at - self.now()
            if ahead <= 0:
                return True
            stop.wait(min(ahead / 1000 / self.speed, 0.2))
        return False

    def _now(self) -> int:
        if self._at is None:
            return int(time.time() * 1000)
        if self.speed is None:
            return self._at
        return self._at + int((time.monotonic() - self._since) * 1000 * self.speed)
