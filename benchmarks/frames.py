"""What the producer waits for: from a snapshot to the last panel painted, and from an event to there."""

from __future__ import annotations

import time
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.feeds import Feed
from liveroom.clock import Clock
from liveroom.connectors.base import Link
from liveroom.models.events import Event

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.main_window import MainWindow


class TimedFeed(Feed):
    """A feed that keeps when its events were due, by the clock that it is played against."""

    def __init__(self, events: Iterable[Event], source: str = "show") -> None:
        super().__init__(events, source)
        self.clock: Clock | None = None
        self.due_times = array("q")

    def events(self, link: Link) -> Iterator[Event]:
        self.clock = link.clock
        for event in super().events(link):
            self.due_times.append(self.due(event))
            yield event


class Frames:
    """Notes when the desk has painted every panel that a snapshot changed.

    A frame begins when a snapshot arrives in the GUI thread and ends in the turn of the event loop after
    that in which the last panel was painted. An event is painted at the end of the first frame whose
    snapshot has it.
    """

    def __init__(self, window: MainWindow, feed: TimedFeed) -> None:
        from PySide6.QtCore import QTimer

        self._window, self._feed = window, feed
        self._show = window.show_snapshot
        window.show_snapshot = self._begin  # type: ignore[method-assign]
        self._look = QTimer(interval=0)
        self._look.timeout.connect(self._end)
        self._began = 0.0
        self._newest = self._told = 0
        self._is_counting = self._is_drawn = False
        self._frames: list[float] = []
        self._ages: list[int] = []

    def start(self) -> None:
        """Count from now on."""
        self._is_counting = True

    def _begin(self, snapshot: Snapshot) -> None:
        if not self._look.isActive():
            self._began = time.perf_counter()
            self._look.start()
        self._is_drawn = False
        for one in snapshot.connections:
            if one.source == self._feed.source and one.last_received_at is not None:
                self._newest = one.last_received_at
        self._show(snapshot)

    def _end(self) -> None:
        if self._window.turns.are_due:
            return
        if not self._is_drawn:
            # What the last turn changed is painted between this turn and the next.
            self._is_drawn = True
            return
        self._look.stop()
        clock = self._feed.clock
        told, self._told = self._told, bisect_right(self._feed.due_times, self._newest, self._told)
        if self._is_counting and clock is not None:
            self._frames.append(time.perf_counter() - self._began)
            now = clock.now()
            self._ages.extend(now - due for due in self._feed.due_times[told : self._told])

    def found(self) -> dict[str, float]:
        """Return percentiles (ms) of frames and of events' ages when painted."""
        frame_p50, frame_p99 = np.percentile(self._frames, (50, 99)) * 1000
        age_p50, age_p99 = np.percentile(self._ages, (50, 99))
        return {
            "frame_p50": float(frame_p50),
            "frame_p99": float(frame_p99),
            "painted_p50": float(age_p50),
            "painted_p99": float(age_p99),
            "frames": len(self._frames),
            "events": len(self._ages),
        }
