"""Which source counts for each kind of fact, and how far the others disagree.

The producer's choice decides; without one, the first source attached that provides the fact; without
that, the first source that reported it.
"""

from __future__ import annotations

from msgspec import Struct

from liveroom.models.events import Event
from liveroom.models.facts import Fact
from liveroom.models.lags import Lags


class ClockShift(Struct, frozen=True, gc=False, array_like=True):
    """By how much (ms) a source's facts are counted earlier, and when (ms UTC) that was said."""

    ms: int = 0
    said_at: int = -(1 << 62)


class SourceFigures(Struct, frozen=True, kw_only=True, gc=False):
    """A source's own total of one fact; shown beside the counting one, never added to it."""

    fact: Fact
    source: str
    counts: bool
    total: int
    amount_minor: int | None
    """Of its orders, in the session's currency; None while it gave no amount."""
    received_at: int


class SourceTally:
    """What one source reported of one fact, whether it counts or not."""

    __slots__ = (
        "amount_minor",
        "counts",
        "delays",
        "fact",
        "lags",
        "number",
        "received_at",
        "source",
        "total",
    )

    def __init__(self, fact: Fact, source: str, lags: Lags, number: int = 0) -> None:
        """Start at zero; `lags` are those of the source, `number` the place among the tallies."""
        self.fact, self.number = fact, number
        self.lags = lags
        self.delays = lags.pending
        """For whoever adds one at every event."""
        self.source = source
        self.counts = False
        self.total = 0
        self.amount_minor: int | None = None
        self.received_at = 0

    def figures(self) -> SourceFigures:
        """Return it frozen."""
        return SourceFigures(
            fact=self.fact,
            source=self.source,
            counts=self.counts,
            total=self.total,
            amount_minor=self.amount_minor,
            received_at=self.received_at,
        )


class Counting:
    """Decides and remembers which source counts; `recount` is set when a decision came too late."""

    def __init__(self) -> None:
        """Start with no source."""
        self.recount = False
        self.attached: dict[str, tuple[Fact, ...]] = {}
        self.chosen: dict[Fact, str] = {}
        self.tallies: list[SourceTally] = []
        """In the order in which they were made."""
        self.by_kind: dict[type[Event], dict[str, SourceTally]] = {}
        """The tallies by kind of event and source, for whoever looks one up at every event."""
        self._by_fact: dict[Fact, dict[str, SourceTally]] = {}
        self.lags: dict[str, Lags] = {}
        """How long the facts of each source took to arrive."""
        self.shifts: dict[str, ClockShift] = {}
        """By how much the facts of a source are counted earlier, where the producer said so."""
        self._known: tuple[tuple[int, int], frozenset[Fact]] | None = None

    def tally(self, event: Event) -> SourceTally:
        """Return the tally for an event's kind and source."""
        fact = event.fact
        assert fact is not None, f"{type(event).__name__} reports no fact"
        by_source = self._by_fact.setdefault(fact, {})
        self.by_kind[type(event)] = by_source
        tally = by_source.get(event.source)
        if tally is None:
            tally = by_source[event.source] = self._new_tally(fact, event.source)
            self._decide(fact)
        return tally

    def attach(self, source: str, provides: tuple[Fact, ...]) -> None:
        """Remember a source and what it provides."""
        self.attached.setdefault(source, provides)
        for fact in provides:
            self._decide(fact)

    def choose(self, fact: Fact, source: str) -> None:
        """Let `source` count for `fact` from now on, and for what was already recorded."""
        self.chosen[fact] = source
        self._decide(fact)

    def source_of(self, fact: Fact) -> str | None:
        """Return the source that counts for `fact`."""
        if fact in self.chosen:
            return self.chosen[fact]
        for source, provides in self.attached.items():
            if fact in provides:
                return source
        return next(iter(self._by_fact.get(fact, {})), None)

    def known(self) -> frozenset[Fact]:
        """Return the facts that some source provides or reported."""
        # Both only grow, and it is asked at every figure.
        state = len(self.attached), len(self.tallies)
        if self._known is None or self._known[0] != state:
            declared = {fact for provides in self.attached.values() for fact in provides}
            reported = {fact for fact, found in self._by_fact.items() if found}
            self._known = state, frozenset(declared | reported)
        return self._known[1]

    def is_reported(self, fact: Fact) -> bool:
        """Return whether any source reported such a fact already."""
        return bool(self._by_fact.get(fact))

    def by_fact(self) -> dict[Fact, str]:
        """Return the counting source of every known fact."""
        sources = {fact: self.source_of(fact) for fact in self.known()}
        return {fact: source for fact, source in sources.items() if source is not None}

    @property
    def heard_at(self) -> int | None:
        """Return when the newest fact of all sources came in (ms UTC), None before the first."""
        return max((tally.received_at for tally in self.tallies), default=0) or None

    def figures(self) -> tuple[SourceFigures, ...]:
        """Return every source's own totals, by fact."""
        return tuple(
            tally.figures() for by_source in self._by_fact.values() for tally in by_source.values()
        )

    def restore(self, figures: SourceFigures) -> None:
        """Put a stored total back."""
        tally = self._new_tally(figures.fact, figures.source)
        tally.counts, tally.total = figures.counts, figures.total
        tally.amount_minor, tally.received_at = figures.amount_minor, figures.received_at
        self._by_fact.setdefault(figures.fact, {})[figures.source] = tally

    def shift(self, source: str, shift: ClockShift) -> None:
        """Count a source's facts earlier, what was already recorded too; the shift said last holds."""
        before = self.shifts.get(source, ClockShift())
        if shift.said_at < before.said_at:
            return
        self.shifts[source] = shift
        if shift.ms == before.ms:
            return
        for by_source in self._by_fact.values():
            tally = by_source.get(source)
            if tally is not None and (tally.total or tally.received_at):
                self.recount = True

    def _new_tally(self, fact: Fact, source: str) -> SourceTally:
        lags = self.lags.get(source)
        if lags is None:
            lags = self.lags[source] = Lags()
        tally = SourceTally(fact, source, lags, len(self.tallies))
        self.tallies.append(tally)
        return tally

    def _decide(self, fact: Fact) -> None:
        counting = self.source_of(fact)
        for tally in self._by_fact.get(fact, {}).values():
            counts = tally.source == counting
            if counts != tally.counts and (tally.total or tally.received_at):
                self.recount = True
            tally.counts = counts
