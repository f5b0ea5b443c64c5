"""Who comes in a second, and why: organic with a push, paid, direct, and people called back.

Every channel has its planned visits, and a factor that says how many of them come now. Visits that
the plan holds are drawn alike whatever the factors are; a factor below 1 leaves some of them out, one
above 1 adds others from a stream of their own. So a lever changes no arrival but those it is meant to.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import TypeVar

from liveroom.models.facts import EntryChannel
from liveroom.models.simulation.audience import Visit
from liveroom.models.simulation.draws import KeyMaker, Streams
from liveroom.models.simulation.people import KnownPeople
from liveroom.models.simulation.scenarios.scenario import Channel, Scenario

_PLANNED, _ADDED, _CALLED, _RAID = range(4)
_PER_SECOND = 1 << 22

Item = TypeVar("Item")
_Drawn = list[tuple[list[float], int]]
"""The chances of each visit, the first of them its moment in the second, and its channel's place."""


class Arrivals:
    """Makes visits, with keys that depend on the second and the reason only."""

    def __init__(
        self, scenario: Scenario, streams: Streams, seed: int, known: KnownPeople, weight: int
    ) -> None:
        """Take the people known from earlier shows and how many people a visit stands for."""
        self._model, self._streams = scenario.audience, streams
        self._curve = scenario.arrival_curve
        self._channels = scenario.channels
        self._until = list(accumulate(channel.share for channel in scenario.channels))
        self._day = scenario.day_curve
        self._local_hour = scenario.local_hour
        self._keys = KeyMaker(seed, "visit"), KeyMaker(seed, "person")
        self._customers = list(known.customers)
        self._weight = weight

    def step(
        self,
        second: int,
        planned_seconds: float,
        factors: Sequence[float],
        been_here: list[tuple[int, bool]],
    ) -> list[Visit]:
        """Return this second's visits, in order of time; `factors` are those of the channels."""
        expected = self._expected(second, planned_seconds) / self._weight
        planned = self._drawn("arrivals", expected, self._until)
        kept = [at for at, (row, place) in enumerate(planned) if row[2] < factors[place]]
        visits = self._visits(second, _PLANNED, planned, kept, been_here)
        extra = [
            each.share * max(0.0, factor - 1)
            for each, factor in zip(self._channels, factors, strict=True)
        ]
        if sum(extra) > 0:
            until = list(accumulate(each / sum(extra) for each in extra))
            added = self._drawn("added arrivals", expected * sum(extra), until)
            visits += self._visits(second, _ADDED, added, range(len(added)), been_here)
            visits.sort(key=_joined)
        return visits

    def factors(self, second: int, push: float, paid: float, all_of_them: float) -> list[float]:
        """Return the factor of each channel: time of day and push, ad spend, or none of its own."""
        hour = (self._local_hour + second / 3600) % 24
        organic = push * _along(self._day, hour)
        own = {EntryChannel.ORGANIC: organic, EntryChannel.PAID: paid}
        return [own.get(each.channel, 1.0) * all_of_them for each in self._channels]

    def raid(self, second: int, number: int, channel: Channel) -> list[Visit]:
        """Return the visits of people who come in this second all at once, a crowd in its weight."""
        draws = self._streams["raid"]
        crowds, single = divmod(number, self._weight)
        moments = sorted(draws.integers(0, 1000, crowds + single).tolist())
        bounces = draws.random(crowds + single).tolist()
        return [
            Visit(
                self._key(0, second, _RAID, row),
                self._key(1, second, _RAID, row),
                channel,
                second * 1000 + moment,
                stays=bounces[row] >= channel.bounce,
                weight=self._weight if row < crowds else 1,
            )
            for row, moment in enumerate(moments)
        ]

    def called(
        self, at_ms: int, row: int, channel: Channel, person: int | None, returning: bool
    ) -> Visit:
        """Return the visit of somebody who was written to; a person without a key gets one."""
        second = at_ms // 1000
        if person is None:
            person = self._key(1, second, _CALLED, row)
        key = self._key(0, second, _CALLED, row)
        return Visit(key, person, channel, at_ms, returning=returning)

    def take_customer(self, place: float) -> int | None:
        """Return the key of a known customer who has not come yet and leave it out from now on."""
        if not self._customers:
            return None
        return _taken(self._customers, place)

    def _expected(self, second: int, planned_seconds: float) -> float:
        """Return the people to expect in a second by the plan."""
        model = self._model
        curve = _along(self._curve, second / planned_seconds)
        early = model.waiting / model.waiting_time if second < model.waiting_time else 0.0
        return model.scale * (model.arrivals * curve / 60 + early)

    def _drawn(self, purpose: str, expected: float, until: Sequence[float]) -> _Drawn:
        """Return the chances and channels of a Poisson number of visits, in order of time."""
        draws = self._streams[purpose]
        number = int(draws.poisson(expected))
        rows: list[list[float]] = draws.random((number, 7)).tolist() if number else []
        rows.sort()
        last = len(until) - 1
        return [(row, min(bisect_right(until, row[1]), last)) for row in rows]

    def _visits(
        self,
        second: int,
        reason: int,
        drawn: _Drawn,
        kept: Sequence[int],
        been_here: list[tuple[int, bool]],
    ) -> list[Visit]:
        """Make some of the visits that were drawn; each keeps its key whichever are left out."""
        visits = []
        for number in kept:
            (moment, _, _, bounces, again, back, who), place = drawn[number]
            channel = self._channels[place]
            person: int | None = None
            returning = back < channel.returning
            if again < self._model.reentry and been_here:
                person, returning = _taken(been_here, who)
            elif returning:
                person = self.take_customer(who)
            visits.append(
                Visit(
                    self._key(0, second, reason, number),
                    self._key(1, second, reason, number) if person is None else person,
                    channel,
                    second * 1000 + int(moment * 1000),
                    returning=returning,
                    stays=bounces >= channel.bounce,
                    weight=self._weight,
                )
            )
        return visits

    def _key(self, kind: int, second: int, reason: int, row: int) -> int:
        return self._keys[kind].key((second * 4 + reason) * _PER_SECOND + row + 1)


def _along(curve: Sequence[tuple[float, float]], at: float) -> float:
    """Return a curve's value at a place, in between linear, level beyond its ends."""
    after = bisect_right(curve, (at, math.inf))
    if not after or after == len(curve):
        return curve[min(after, len(curve) - 1)][1]
    (left, low), (right, high) = curve[after - 1], curve[after]
    return low + (high - low) * (at - left) / (right - left)


def _joined(visit: Visit) -> int:
    return visit.joined_ms


def _taken(people: list[Item], place: float) -> Item:
    """Take out the one at a random place between 0 and 1; the order of the others changes."""
    chosen = int(place * len(people))
    found, last = people[chosen], people.pop()
    if chosen < len(people):
        people[chosen] = last
    return found
