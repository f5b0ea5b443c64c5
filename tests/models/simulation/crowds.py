"""Rooms, guests and reporters for tests of a part of the world without the world."""

from __future__ import annotations

from collections.abc import Sequence

from liveroom.models.simulation.audience import Visit
from liveroom.models.simulation.draws import KeyMaker
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.scenarios.scenario import Channel
from tests.factory import SHOW_START
from tests.models.simulation.playing import first_show


def guest(number: int, channel: Channel | None = None) -> Visit:
    """Return a viewer who has just entered, by a raid's or the first channel."""
    keys = KeyMaker(9, "raid" if channel else "guest")
    return Visit(keys.key(number), keys.key(-number - 1), channel or first_show().channels[0], 0)


class Room(list[Visit]):
    """People who stay."""

    def __init__(self, number: int) -> None:
        super().__init__(guest(place) for place in range(number))

    def pick(self, places: Sequence[float]) -> list[Visit]:
        return [self[int(place * len(self))] for place in places]


def reporter() -> Reporter:
    return Reporter(SHOW_START, 400)
