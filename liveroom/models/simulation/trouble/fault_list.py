"""The troubles of a source, each as what it does to one fact on its way to the desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from liveroom.models import events as e
from liveroom.models.facts import ConnectionState, Trouble
from liveroom.models.simulation.scenarios.crowd_models import TroubleModel

LISTED_AGAIN_SECONDS = 30
"""How far back a source lists its facts again after a restart."""

_TOTALS = (e.ProductShown, e.Reacted, e.AdSpent)
"""Facts that platforms only give as a running total: what was not read before a restart is lost."""


class Copy:
    """An event on its way; bent: it does not arrive when a healthy source would have sent it."""

    __slots__ = ("event", "is_bent", "is_repeat")

    def __init__(self, event: e.Event, is_bent: bool = False, is_repeat: bool = False) -> None:
        """Take the event as it will arrive."""
        self.event, self.is_bent, self.is_repeat = event, is_bent, is_repeat

    def at(self, received_at: int) -> Copy:
        """Return the same fact, arriving at another instant."""
        return Copy(replace(self.event, received_at=received_at), True, self.is_repeat)

    def again(self, received_at: int) -> Copy:
        """Return a repeat of the fact."""
        return Copy(replace(self.event, received_at=received_at), True, True)


class Fault:
    """One trouble of one source from an instant to another (ms UTC)."""

    def __init__(
        self, model: TroubleModel, source: str, from_ms: int, until_ms: int, number: int
    ) -> None:
        """Take a number that tells this fault from all others of the show."""
        self.model, self.source = model, source
        self.from_ms, self.until_ms = from_ms, until_ms
        self._number, self._said = number, 0

    def announced(self) -> list[Copy]:
        """Return what the connection will say of itself."""
        return []

    def bend(self, copy: Copy) -> list[Copy]:
        """Return what becomes of a fact."""
        return self._bend(copy) if self._hits(copy) else [copy]

    def listed_again(self, event: e.Event) -> list[Copy]:
        """Return the repeats of a fact from before the fault."""
        return []

    def rest(self, at_ms: int) -> list[Copy]:
        """Return what is left to arrive when the fault ends at an instant."""
        return []

    def _hits(self, copy: Copy) -> bool:
        return self.from_ms <= copy.event.received_at < self.until_ms

    def _bend(self, copy: Copy) -> list[Copy]:
        raise NotImplementedError

    def _say(self, at_ms: int, state: ConnectionState, reason: str = "") -> Copy:
        self._said += 1
        event = e.ConnectionChanged(
            occurred_at=at_ms,
            received_at=at_ms,
            source=self.source,
            source_id=f"fault:{self._number}:{self._said}",
            state=state,
            reason=reason,
        )
        return Copy(event, is_bent=True)


class Silence(Fault):
    """Nothing arrives until it is over."""

    def __init__(
        self, model: TroubleModel, source: str, from_ms: int, until_ms: int, number: int
    ) -> None:
        """Keep the last stock of each product, which will be asked for afterwards."""
        super().__init__(model, source, from_ms, until_ms, number)
        self._stock: dict[str, Copy] = {}

    def announced(self) -> list[Copy]:
        """Return that it fails, and that it runs again."""
        reason = "the source does not answer; what it counts will come when it answers again"
        return [
            self._say(self.from_ms, ConnectionState.FAILING, reason),
            self._say(self.until_ms, ConnectionState.RUNNING),
        ]

    def rest(self, at_ms: int) -> list[Copy]:
        """Return the stock as it is when the source answers again."""
        return [copy.at(at_ms) for copy in self._stock.values()]

    def _bend(self, copy: Copy) -> list[Copy]:
        event = copy.event
        if isinstance(event, e.StockMeasured):
            self._stock[event.sku] = copy
            return []
        return [] if isinstance(event, e.AudienceMeasured) else [copy.at(self.until_ms)]


class Delay(Fault):
    """Everything arrives later by the same time."""

    def announced(self) -> list[Copy]:
        """Return that it is slow, and that it no longer is."""
        reason = f"the source answers {self.model.delay:g} s late; its numbers are that old"
        return [
            self._say(self.from_ms, ConnectionState.FAILING, reason),
            self._say(self.until_ms, ConnectionState.RUNNING),
        ]

    def _bend(self, copy: Copy) -> list[Copy]:
        return [copy.at(copy.event.received_at + round(self.model.delay * 1000))]


class Repeats(Fault):
    """Every fact arrives once more under the same id."""

    def _bend(self, copy: Copy) -> list[Copy]:
        after_ms = round(self.model.repeated_after * 1000)
        return [copy, copy.again(copy.event.received_at + after_ms)]


class Restart(Fault):
    """The source restarts now and again: totals of the gap are lost, lists are sent again."""

    def announced(self) -> list[Copy]:
        """Return that it is away and back, for every restart."""
        reason = "the source restarts and counts from zero; totals of this gap are lost"
        said = []
        for away_ms, back_ms in self._gaps():
            said.append(self._say(away_ms, ConnectionState.FAILING, reason))
            said.append(self._say(back_ms, ConnectionState.RUNNING))
        return said

    def listed_again(self, event: e.Event) -> list[Copy]:
        """Return the repeat of a fact that arrived shortly before the first restart."""
        if isinstance(event, (*_TOTALS, e.AudienceMeasured, e.StockMeasured)):
            return []
        back_ms = next(self._gaps())[1]
        if not 0 < back_ms - event.received_at <= LISTED_AGAIN_SECONDS * 1000:
            return []
        return [Copy(event).again(back_ms)]

    def _bend(self, copy: Copy) -> list[Copy]:
        at_ms, event = copy.event.received_at, copy.event
        is_listed = not isinstance(event, (*_TOTALS, e.AudienceMeasured, e.StockMeasured))
        for away_ms, back_ms in self._gaps():
            if away_ms <= at_ms < back_ms:
                keeps = is_listed or isinstance(event, e.StockMeasured)
                return [copy.at(back_ms)] if keeps else []
            if at_ms < away_ms:
                soon = is_listed and back_ms - at_ms <= LISTED_AGAIN_SECONDS * 1000
                return [copy, copy.again(back_ms)] if soon else [copy]
        return [copy]

    def _gaps(self) -> Iterator[tuple[int, int]]:
        """Yield when it goes away and when it is back (ms UTC), at least once."""
        every_ms, gap_ms = round(self.model.restart_every * 1000), self.model.restart_gap * 1000
        for away_ms in range(self.from_ms, self.until_ms, every_ms):
            yield away_ms, min(away_ms + round(gap_ms), self.until_ms)


class WrongClock(Fault):
    """Facts arrive in time and say that they happened at another one."""

    def _bend(self, copy: Copy) -> list[Copy]:
        occurred_at = copy.event.occurred_at + round(self.model.wrong_clock * 60_000)
        return [Copy(replace(copy.event, occurred_at=occurred_at), copy.is_bent, copy.is_repeat)]


FAULTS: Mapping[Trouble, type[Fault]] = {
    Trouble.SILENCE: Silence,
    Trouble.DELAY: Delay,
    Trouble.REPEATS: Repeats,
    Trouble.RESTART: Restart,
    Trouble.WRONG_CLOCK: WrongClock,
}
