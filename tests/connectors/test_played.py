"""A source played against the clock sends each fact when it is due, and in a hurry in large batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from liveroom.clock import ShowClock
from liveroom.connectors.base import BATCH, Link
from liveroom.models import events as e
from tests.factory import SHOW_START, Script, event
from tests.stop_watch import Watch


class Played:
    """What a source sends when it is played, batch by batch, with the instant of the clock."""

    def __init__(
        self,
        events: Sequence[e.Event],
        speed: float,
        until_seconds: float = 0,
        source: type[Script] = Script,
    ) -> None:
        self.stop = Watch()
        self.clock = ShowClock(speed, SHOW_START, self.stop)
        if until_seconds:
            self.clock.run_until(SHOW_START + round(until_seconds * 1000))
        self.batches: list[tuple[int, list[int]]] = []
        self.link = Link(
            clock=self.clock,
            send=self.take,
            set_aside=lambda aside: None,
            key=hash,
            stop=self.stop,  # type: ignore[arg-type]
        )
        self.play(source(events))

    def play(self, source: Script) -> None:
        source._runs_untold = False
        source.run(self.link)

    def take(self, batch: Sequence[e.Event]) -> None:
        self.batches.append((self.clock.now(), [one.received_at for one in batch]))

    @property
    def sizes(self) -> list[int]:
        return [len(times) for _, times in self.batches]


def views(number: int) -> list[e.Event]:
    """Return a view every ten milliseconds of a show."""
    return [event(e.ProductViewed, place / 100, sku="soap") for place in range(number)]


def test_facts_are_sent_when_they_are_due() -> None:
    played = Played(views(20), 2.0)
    assert played.sizes == [1] * 20
    for now, times in played.batches:
        assert 0 <= now - max(times) <= 1


def test_in_a_hurry_facts_come_in_large_batches() -> None:
    played = Played(views(2_500), 1.0, until_seconds=3_600)
    assert played.sizes == [BATCH, BATCH, 500]
    assert all(now >= max(times) for now, times in played.batches)
    assert played.stop.waits == 0


def test_what_was_gathered_in_a_hurry_is_sent_where_the_hurry_ends() -> None:
    played = Played(views(110), 1.0, until_seconds=0.995)
    now, first = played.batches[0]
    assert len(first) == 100
    assert now == SHOW_START + 990
    assert played.sizes[1:] == [1] * 10


def test_a_hurry_stops_when_it_is_told_to() -> None:
    class Stopped(Played):
        def take(self, batch: Sequence[e.Event]) -> None:
            super().take(batch)
            self.stop.set()

    assert Stopped(views(2_500), 1.0, until_seconds=3_600).sizes[0] == BATCH


def test_what_was_gathered_when_a_hurry_is_stopped_is_sent() -> None:
    class Ended(Script):
        def events(self, link: Link) -> Iterator[e.Event]:
            for number, one in enumerate(super().events(link)):
                if number == 400:
                    link.stop.set()
                yield one

    played = Played(views(2_500), 1.0, until_seconds=3_600, source=Ended)
    assert played.sizes == [400]
    assert played.clock.now() == SHOW_START + 4_000


def test_what_was_gathered_before_a_source_failed_is_sent() -> None:
    class Broken(Script):
        def events(self, link: Link) -> Iterator[e.Event]:
            yield from list(super().events(link))[:7]
            raise OSError("gone")

    played = Played([], 1.0)
    with pytest.raises(OSError, match="gone"):
        Played.play(played, Broken(views(20)))
    assert sum(played.sizes) == 7
