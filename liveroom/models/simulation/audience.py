"""Who is in the room, and who goes: two regimes of watch time, and the weariness of each viewer."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from numpy.random import Generator

from liveroom.models.simulation.draws import Streams
from liveroom.models.simulation.scenarios.scenario import Channel, Scenario

_REMEMBERED = 4096


class Visit:
    """One viewer's stay, or in a crowd the equal stay of `weight` viewers."""

    __slots__ = (
        "channel",
        "joined_ms",
        "key",
        "leads",
        "person",
        "present",
        "returning",
        "shoppers",
        "stays",
        "weight",
    )

    def __init__(
        self,
        key: int,
        person: int,
        channel: Channel,
        joined_ms: int,
        *,
        returning: bool = False,
        stays: bool = True,
        weight: int = 1,
    ) -> None:
        """Take the keys of visit and person, the channel and the instant (ms of show)."""
        self.key, self.person, self.channel = key, person, channel
        self.joined_ms, self.returning = joined_ms, returning
        self.stays, self.weight = stays, weight
        self.present = True
        self.leads = 0
        self.shoppers: list[object] = []
        """Those of its viewers who put something into a cart (`buying.Shopper`)."""


class Room:
    """Viewers who leave by one rule; a second costs what happens in it, not who is there."""

    def __init__(self, weight: int) -> None:
        """Start empty; each visit stands for `weight` people."""
        self.visits: list[Visit] = []
        self.weight = weight

    def __len__(self) -> int:
        """Return the people in the room."""
        return len(self.visits) * self.weight

    def leave(
        self, rate: float, draws: Generator, willing: Callable[[Visit], float] | None = None
    ) -> list[Visit]:
        """Let each go with the probability of `rate` (per second) times `willing`, at most 1."""
        number = int(draws.binomial(len(self.visits), -math.expm1(-rate))) if self.visits else 0
        if not number:
            return []
        gone = []
        visits = self.visits
        for place, doubt in draws.random((number, 2)).tolist():
            chosen = int(place * len(visits))
            visit = visits[chosen]
            if willing is not None and doubt >= willing(visit):
                continue
            last = visits.pop()
            if chosen < len(visits):
                visits[chosen] = last
            visit.present = False
            gone.append(visit)
        return gone


class Audience:
    """The rooms of those who only look in and of those who stay, in crowds and one by one."""

    def __init__(self, scenario: Scenario, streams: Streams, weight: int) -> None:
        """Start with an empty room; `weight` is that of the visits of a crowd."""
        self._model, self._streams = scenario.audience, streams
        self._hurry = max(1 / each.staying for each in scenario.channels)
        weights = (1,) if weight == 1 else (weight, 1)
        self._stayers = [Room(each) for each in weights]
        self._passers = [Room(each) for each in weights]
        self._rooms = [*self._stayers, *self._passers]
        self._weight = weight
        self.been_here: list[tuple[int, bool]] = []
        """The last people who left, with whether they bought in earlier shows."""
        self.visits = 0
        self.departures = 0
        self._watched_ms_of_gone = 0

    def __len__(self) -> int:
        """Return the concurrent viewers."""
        return sum(len(room) for room in self._rooms)

    def watched_ms(self, at_ms: int) -> int:
        """Return the time that all visits together have spent in the room until `at_ms`."""
        return self._watched_ms_of_gone + sum(
            (at_ms - visit.joined_ms) * visit.weight
            for room in self._rooms
            for visit in room.visits
        )

    def enter(self, visit: Visit) -> None:
        """Let a visit in."""
        rooms = self._stayers if visit.stays else self._passers
        rooms[0 if visit.weight == self._weight else -1].visits.append(visit)
        self.visits += visit.weight

    def let_go(self, second: int, leaving: float, walkout: float = 0.0) -> None:
        """Let viewers go at the second's start.

        `leaving` multiplies the rate of those who stay, `walkout` is a rate (per second) for all.
        """
        model, at_ms = self._model, second * 1000
        draws = self._streams["leaving"]
        for room in self._passers:
            self._gone(room.leave(1 / model.bounce_time + walkout, draws), at_ms)
        rate = leaving * self._sag(second) / (60 * model.stay_time)
        top = rate * (1 + model.fatigue) * self._hurry

        def willing(visit: Visit) -> float:
            minutes = (at_ms - visit.joined_ms) / 60_000
            weary = 1 + model.fatigue * (1 - math.exp(-minutes / model.fatigue_time))
            return weary / visit.channel.staying / ((1 + model.fatigue) * self._hurry)

        for room in self._stayers:
            self._gone(room.leave(top, draws, willing), at_ms)
            if walkout:
                self._gone(room.leave(walkout, self._streams["walkout"]), at_ms)

    def pick(self, places: Sequence[float]) -> list[Visit]:
        """Return the visits of the viewers at random places between 0 and 1, with repeats."""
        total = len(self)
        chosen = []
        for place in places:
            number = int(place * total)
            for room in self._rooms:
                if number < len(room):
                    chosen.append(room.visits[number // room.weight])
                    break
                number -= len(room)
        return chosen

    def look_numbers(self, rate: float, draws: Generator) -> list[int]:
        """Return how many visits of each room look in a second; `rate` is that of one visit."""
        sizes = [len(room.visits) for room in self._rooms]
        return [int(draws.poisson(rate * size)) if size else 0 for size in sizes]

    def at(self, numbers: Sequence[int], rows: Sequence[Sequence[float]]) -> list[Visit]:
        """Return so many visits of each room, at the places between 0 and 1 that begin the rows."""
        visits, taken = [], 0
        for room, number in zip(self._rooms, numbers, strict=True):
            size = len(room.visits)
            visits += [room.visits[int(row[0] * size)] for row in rows[taken : taken + number]]
            taken += number
        return visits

    def _sag(self, second: int) -> float:
        model = self._model
        distance = (second / 60 - model.sag_at) / model.sag_width
        return 1 + model.sag * math.exp(-distance * distance / 2)

    def _gone(self, visits: list[Visit], at_ms: int) -> None:
        for visit in visits:
            self.departures += visit.weight
            self._watched_ms_of_gone += (at_ms - visit.joined_ms) * visit.weight
            if len(self.been_here) < _REMEMBERED:
                self.been_here.append((visit.person, visit.returning))
