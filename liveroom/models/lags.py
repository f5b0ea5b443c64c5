"""How long facts take from happening to arriving: the median and the slow end of the last minutes.

Kept in bins: ten seconds of arrival by so many steps of delay, four steps to a doubling, so that a figure
is right to a tenth and what is kept grows with the time and not with the number of facts.
"""

from __future__ import annotations

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from liveroom.models.distinct import with_counts
from liveroom.models.key_sums import KeySums
from liveroom.models.keys import Keys

SPAN_MS = 300_000
"""The figures are of what arrived in the 5 minutes before, up to the last full ten seconds."""

_SLOT_MS = 10_000
_STEPS = 128
"""Steps of delay per slot: 63 from zero up, 63 below zero."""
_FIRST_MS, _PER_DOUBLING, _LAST = 50, 4, 63
_BELOW = 64
_FAR = 1 << 40
"""Added to slots, so that instants before 1970 have keys too."""
MOST_PENDING = 8192
"""So many numbers wait to be sorted in; whoever adds them itself looks after that."""

_P50, _P95 = 0.5, 0.95


class Lag(Struct, frozen=True, kw_only=True, gc=False):
    """Of the facts that arrived lately: half arrived within `p50_ms`, 95 in 100 within `p95_ms`.

    Below zero a source says that a fact happened after it arrived: its clock is ahead of ours.
    """

    p50_ms: int
    p95_ms: int
    facts: int


class Lags:
    """The delays of one source's facts."""

    def __init__(self, bins: KeySums | None = None) -> None:
        """Start with none, or with those of another."""
        self._bins = KeySums() if bins is None else bins
        self.pending: list[int] = []
        """Instant of arrival and delay (ms) of the newest facts, one behind the other."""

    def add(self, received_at: int, delay_ms: int) -> None:
        """Take a fact."""
        pending = self.pending
        pending += (received_at, delay_ms)
        if len(pending) > MOST_PENDING:
            self.sort_in()

    def as_of(self, at: int) -> Lag | None:
        """Return the delays of what arrived lately, as of an instant (ms UTC); None where nothing did."""
        last = at // _SLOT_MS
        return self._between(last - SPAN_MS // _SLOT_MS, last)

    def bins(self) -> KeySums:
        """Return everything so far."""
        self.sort_in()
        return self._bins

    def _between(self, first: int, end: int) -> Lag | None:
        low, high = ((slot + _FAR) * _STEPS for slot in (first, end))
        counts = np.zeros(_STEPS, dtype=np.int64)
        for keys, sums in self.bins().levels:
            start, stop = np.searchsorted(keys, np.array((low, high), dtype=np.uint64))
            steps = (keys[start:stop] % _STEPS).astype(np.int64)
            np.add.at(counts, steps, sums[start:stop])
        facts = int(counts.sum())
        if not facts:
            return None
        # From the most negative up: the steps below zero grow away from it.
        ordered = np.concatenate((counts[:_BELOW:-1], counts[:_BELOW]))
        steps = np.concatenate((np.arange(_STEPS - 1, _BELOW, -1), np.arange(_BELOW)))
        reached = np.cumsum(ordered)
        p50, p95 = (
            _middle_of(int(steps[np.searchsorted(reached, np.ceil(share * facts))]))
            for share in (_P50, _P95)
        )
        return Lag(p50_ms=p50, p95_ms=p95, facts=facts)

    def sort_in(self) -> None:
        """Put what waits into its bins."""
        if not self.pending:
            return
        pairs = np.array(self.pending, dtype=np.int64).reshape(-1, 2)
        self.pending.clear()
        slots = pairs[:, 0] // _SLOT_MS + _FAR
        keys: Keys = (slots * _STEPS + _steps_of(pairs[:, 1])).astype(np.uint64)
        self._bins.add_many(*with_counts(keys))


def _steps_of(delays_ms: NDArray[np.int64]) -> NDArray[np.int64]:
    sizes = np.maximum(np.abs(delays_ms).astype(np.float64), 1)
    doublings = np.log2(np.maximum(sizes / _FIRST_MS, 0.5))
    raw = np.clip(np.floor(doublings * _PER_DOUBLING) + 1, 0, _LAST)
    steps: NDArray[np.int64] = raw.astype(np.int64)
    steps[(delays_ms < 0) & (steps > 0)] += _BELOW
    return steps


def _middle_of(step: int) -> int:
    size = step - _BELOW if step > _BELOW else step
    if not size:
        return 0
    middle = round(_FIRST_MS * 2 ** ((size - 0.5) / _PER_DOUBLING))
    return -middle if step > _BELOW else middle
