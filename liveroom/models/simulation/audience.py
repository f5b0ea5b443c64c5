"""Who comes, stays and goes: visits through entry channels, in two regimes of watch time."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.random import Generator

from liveroom.models.simulation.draws import KeyMaker, Streams
from liveroom.models.simulation.scenario import Channel, Scenario

_REMEMBERED = 4096


class Visit:
    """One viewer's stay; the funnel keeps the cart here."""

    __slots__ = ("cart", "channel", "checking_out", "joined_ms", "key", "person", "present")

    def __init__(self, key: int, person: int, channel: Channel, joined_ms: int) -> None:
        """Take the keys of visit and person, the channel and the instant (ms of show)."""
        self.key, self.person, self.channel = key, person, channel
        self.joined_ms = joined_ms
        self.present = True
        self.checking_out = False
        self.cart: dict[int, int] = {}


class Audience:
    """The room. Staying and leaving are memoryless, so a second costs what happens in it."""

    def __init__(self, scenario: Scenario, streams: Streams, seed: int) -> None:
        """Start with an empty room."""
        self._model = scenario.audience
        self._curve = tuple(zip(*scenario.arrival_curve, strict=True))
        self._channels = scenario.channels
        self._until = np.cumsum([channel.share for channel in scenario.channels])
        self._until[-1] = 1.0
        self._streams = streams
        self._visit_keys, self._person_keys = KeyMaker(seed, "visit"), KeyMaker(seed, "person")
        self._passers: list[Visit] = []
        self._stayers: list[Visit] = []
        self._been_here: list[int] = []
        self._persons = 0
        self.visits = 0
        self.departures = 0
        self._watched_ms_of_gone = 0

    def __len__(self) -> int:
        """Return the concurrent viewers."""
        return len(self._passers) + len(self._stayers)

    def watched_ms(self, at_ms: int) -> int:
        """Return the time that all visits together have spent in the room until `at_ms`."""
        present = (*self._passers, *self._stayers)
        return self._watched_ms_of_gone + sum(at_ms - visit.joined_ms for visit in present)

    def let_in(self, second: int, planned_seconds: float) -> list[Visit]:
        """Let this second's visits in and return them, in order of time."""
        draws = self._streams["arrivals"]
        number = int(draws.poisson(self._arrivals(second, planned_seconds)))
        if not number:
            return []
        moments = np.sort(draws.integers(0, 1000, number)).tolist()
        channels = np.searchsorted(self._until, draws.random(number), side="right").tolist()
        bounces, again, who = draws.random((3, number)).tolist()
        visits = []
        for row, moment in enumerate(moments):
            channel = self._channels[channels[row]]
            self.visits += 1
            person = self._person(again[row], who[row])
            visit = Visit(
                self._visit_keys.key(self.visits), person, channel, second * 1000 + moment
            )
            (self._passers if bounces[row] < channel.bounce else self._stayers).append(visit)
            visits.append(visit)
        return visits

    def let_go(self, second: int, leaving: float) -> None:
        """Let viewers go at the second's start; `leaving` multiplies the rate of those who stay."""
        model, draws = self._model, self._streams["leaving"]
        self._leave(self._passers, 1 / model.bounce_time, draws, second * 1000)
        rate = leaving * self._sag(second) / (60 * model.stay_time)
        self._leave(self._stayers, rate, draws, second * 1000)

    def pick(self, places: Sequence[float]) -> list[Visit]:
        """Return the viewers at random places between 0 and 1, with repeats."""
        passers, stayers = self._passers, self._stayers
        number, split = len(self), len(stayers)
        chosen = (int(place * number) for place in places)
        return [stayers[n] if n < split else passers[n - split] for n in chosen]

    def _arrivals(self, second: int, planned_seconds: float) -> float:
        """Return the visits to expect in a second."""
        model = self._model
        at, factor = self._curve
        curve = float(np.interp(second / planned_seconds, at, factor))
        early = model.waiting / model.waiting_time if second < model.waiting_time else 0.0
        return model.scale * (model.arrivals * curve / 60 + early)

    def _sag(self, second: int) -> float:
        model = self._model
        distance = (second / 60 - model.sag_at) / model.sag_width
        return 1 + model.sag * math.exp(-distance * distance / 2)

    def _person(self, again: float, who: float) -> int:
        if again < self._model.reentry and self._been_here:
            place = int(who * len(self._been_here))
            person, last = self._been_here[place], self._been_here.pop()
            if place < len(self._been_here):
                self._been_here[place] = last
            return person
        self._persons += 1
        return self._person_keys.key(self._persons)

    def _leave(self, room: list[Visit], rate: float, draws: Generator, at_ms: int) -> None:
        """Let each of `room` go with the probability of `rate` (per second)."""
        number = int(draws.binomial(len(room), -math.expm1(-rate)))
        for place in draws.random(number).tolist():
            chosen = int(place * len(room))
            visit, last = room[chosen], room.pop()
            if chosen < len(room):
                room[chosen] = last
            visit.present = False
            self.departures += 1
            self._watched_ms_of_gone += at_ms - visit.joined_ms
            if len(self._been_here) < _REMEMBERED:
                self._been_here.append(visit.person)
