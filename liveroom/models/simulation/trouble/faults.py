"""What goes wrong between a source and the desk: the same facts late, twice, from a wrong clock, or lost.

A pure filter on the events of a show, second by second. It touches facts only; plan, cues, catalogue
and whatever the desk says of itself pass. What it makes of each trouble:

- silence: nothing arrives from the source; when it is over, counted facts come all at once and the
  stock as it is then. Readings of the audience in between are lost: nobody can ask for an old gauge.
- delay: everything arrives later; what is sent after the trouble may overtake it.
- repeats: the same facts arrive again a little later under the same ids.
- restart: the source starts again, and again. While it is away listed facts wait and totals are lost:
  a connector sees the counter step back and can only count on from zero. Then the source lists its
  last half minute again, under the same ids.
- wrong clock: facts arrive in time and say that they happened at another time.

The connection is said to be failing during silence, delay and each restart, as a connector would.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import count
from typing import NamedTuple

from msgspec.structs import replace

from liveroom.models import events as e
from liveroom.models.commands import CauseTrouble
from liveroom.models.facts import Trouble
from liveroom.models.simulation.scenarios.crowd_models import TroubleModel
from liveroom.models.simulation.trouble.fault_list import FAULTS, LISTED_AGAIN_SECONDS, Copy, Fault


class Arrivals(NamedTuple):
    """What reaches the desk, in order of arrival."""

    events: list[e.Event]
    """With repeats, which a session takes once."""
    fresh: list[e.Event]
    """Without repeats."""


class Faults:
    """Holds back, doubles, bends and loses the facts of the sources that are in trouble."""

    def __init__(self, model: TroubleModel, sources: Sequence[str], delay_ms: int) -> None:
        """Take the sources, and the time from happening to arriving of a healthy one."""
        self._model, self._sources, self._delay_ms = model, tuple(sources), delay_ms
        self._faults: list[Fault] = []
        self._queue: list[tuple[int, int, Copy]] = []
        self._places, self._numbers = count(), count(1)
        self._bent = 0
        """How much of the queue is there because of a fault."""
        self._unnamed = 0
        self._last_ms = 0
        """When the last event so far arrived (ms UTC)."""
        self._recent: deque[list[e.Event]] = deque(maxlen=LISTED_AGAIN_SECONDS)
        self._arrived: set[tuple[str, str]] = set()
        """Sources and ids of what arrived since something is wrong."""
        self._calm_seconds = 0

    def command(self, command: CauseTrouble, at_ms: int) -> None:
        """Let an instructor's trouble begin at an instant (ms UTC); others than a source's are ignored."""
        until_ms = at_ms + round(command.minutes * 60_000)
        self._begin(command.trouble, command.subject, at_ms, until_ms)

    def step(self, until_ms: int, events: list[e.Event]) -> Arrivals:
        """Take the events of the second that ends at `until_ms` (ms UTC); return what arrives."""
        for event in events:
            if type(event) is e.TroubleStarted:
                self._begin(event.trouble, event.subject, event.occurred_at, event.ends_at)
        self._recent.append(events)
        if not self._faults and not self._queue:
            self._calm_seconds += 1
            if self._calm_seconds >= LISTED_AGAIN_SECONDS:
                self._arrived.clear()
            self._last_ms = max(self._last_ms, events[-1].received_at if events else 0)
            return Arrivals(events, events)
        self._calm_seconds = 0
        for event in events:
            self._pass(event)
        horizon_ms = until_ms + self._delay_ms
        for fault in [each for each in self._faults if each.until_ms < horizon_ms]:
            self._faults.remove(fault)
            self._put(fault.rest(fault.until_ms))
        return self._take(horizon_ms if self._faults or self._bent else None)

    def close(self, at_ms: int, events: list[e.Event]) -> Arrivals:
        """Take the last events; every trouble ends at `at_ms`, and all that was held back arrives."""
        for event in events:
            self._pass(event)
        end_ms = max(at_ms, self._last_ms)
        for fault in self._faults:
            self._put(fault.rest(end_ms))
        self._faults = []
        last_ms = max([end_ms, *(event.received_at for event in events)])
        arrivals = self._take(None)
        return Arrivals(
            [_not_after(last_ms, event) for event in arrivals.events],
            [_not_after(last_ms, event) for event in arrivals.fresh],
        )

    def _begin(self, trouble: Trouble, subject: str, at_ms: int, until_ms: int) -> None:
        """Start a fault; without a subject the sources take turns."""
        kind = FAULTS.get(trouble)
        if kind is None or until_ms <= at_ms:
            return
        if not subject:
            subject = self._sources[self._unnamed % len(self._sources)]
            self._unnamed += 1
        if subject not in self._sources:
            return
        fault = kind(self._model, subject, at_ms, until_ms, next(self._numbers))
        self._put(fault.announced())
        for events in list(self._recent)[-self._calm_seconds :] if self._calm_seconds else ():
            self._arrived.update((each.source, each.source_id) for each in events)
        for events in self._recent:
            for event in events:
                if event.source == subject and event.fact is not None:
                    self._put(fault.listed_again(event))
        self._faults.append(fault)

    def _pass(self, event: e.Event) -> None:
        """Send an event through the faults of its source, in the order in which they began."""
        copies = [Copy(event)]
        if event.fact is not None:
            for fault in self._faults:
                if fault.source == event.source:
                    copies = [bent for copy in copies for bent in fault.bend(copy)]
        self._put(copies)

    def _put(self, copies: Sequence[Copy]) -> None:
        for copy in copies:
            self._bent += copy.is_bent
            heappush(self._queue, (copy.event.received_at, next(self._places), copy))

    def _take(self, horizon_ms: int | None) -> Arrivals:
        """Return what has arrived before the horizon, or all there is."""
        events: list[e.Event] = []
        fresh: list[e.Event] = []
        while self._queue and (horizon_ms is None or self._queue[0][0] < horizon_ms):
            copy = heappop(self._queue)[2]
            self._bent -= copy.is_bent
            event = copy.event
            if event.received_at < self._last_ms:
                # A fault that begins now cannot come before what has arrived already.
                event = replace(event, received_at=self._last_ms)
            events.append(event)
            if self._is_first(copy):
                fresh.append(event)
        self._last_ms = max(self._last_ms, events[-1].received_at if events else 0)
        return Arrivals(events, fresh)

    def _is_first(self, copy: Copy) -> bool:
        """Return whether the desk hears this for the first time; of what was sent twice one may be lost."""
        event = copy.event
        if event.fact is None:
            return not copy.is_repeat
        key = (event.source, event.source_id)
        is_first = key not in self._arrived
        self._arrived.add(key)
        return is_first


def _not_after(last_ms: int, event: e.Event) -> e.Event:
    if event.received_at <= last_ms:
        return event
    if isinstance(event, e.ConnectionChanged):
        return replace(event, occurred_at=last_ms, received_at=last_ms)
    return replace(event, received_at=last_ms)
