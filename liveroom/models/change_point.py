"""Since when a rate is lower than it was: a test for one change, with its error rate.

Counts per minute are Poisson with a mean of rate × exposure (orders, of so many visits). Given their sum,
what came before a minute is binomial while the rate is constant; the test is the largest likelihood ratio
over the minutes at which it could have changed (K. J. Worsley, "The power of likelihood ratio and cumulative
sum tests for a change in a binomial probability", Biometrika 70 (1983) 455–464).

The largest of many ratios, looked at again every minute, is large by chance more often than one: `THRESHOLD`
is therefore not from a table but from simulation. Of 9,000 simulated hours of a constant rate (0.01, 0.04 and
0.1 orders per visit; 40 or 100 visits a minute, or a crowd that comes and goes) 2.4 % see a fall at some
minute; of the worst of the nine kinds 3.8 %.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from liveroom.models.timeline import Column

if TYPE_CHECKING:
    from liveroom.models.snapshot import Series

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

WINDOW_MINUTES = 40
LEAST_MINUTES = 5
"""On either side of a change: a shorter stretch is noise."""
LEAST_EVENTS = 20
"""Before and after together; of fewer nothing can be said."""
LEAST_FALL = 0.2
"""A smaller part that is lost is no message, however certain it is."""
THRESHOLD = 13.0
"""Of twice the logarithm of the likelihood ratio."""


class Fall(Struct, frozen=True, kw_only=True, gc=False):
    """A rate that is lower since the minute `place` of those looked at."""

    place: int
    before: float
    """Events per exposure before and since."""
    since: float
    ratio: float
    """Twice the logarithm of the likelihood ratio."""


def fall_of(events: Ints, exposure: Ints) -> Fall | None:
    """Return since when events per exposure are fewer, None where that cannot be told.

    `events` and `exposure` (n) are counts per minute, oldest first; the newest minute is complete.
    """
    if len(events) < 2 * LEAST_MINUTES:
        return None
    ratios, before, since = likelihood_ratios(events, exposure)
    fell = since <= (1 - LEAST_FALL) * before
    inside = np.zeros(len(ratios), dtype=bool)
    inside[LEAST_MINUTES : len(ratios) - LEAST_MINUTES + 1] = True
    ratios = np.where(fell & inside, ratios, 0.0)
    place = int(np.argmax(ratios))
    if ratios[place] < THRESHOLD or events.sum() < LEAST_EVENTS:
        return None
    # What has recovered meanwhile is not lower now, although it was.
    newest = events[-LEAST_MINUTES:].sum() / max(1, exposure[-LEAST_MINUTES:].sum())
    if newest > (1 - LEAST_FALL) * before[place]:
        return None
    return Fall(
        place=place,
        before=float(before[place]),
        since=float(since[place]),
        ratio=float(ratios[place]),
    )


def conversion_fall(series: Series, began: int | None, at: int) -> tuple[int, Fall] | None:
    """Return since when (ms UTC) orders per visit are fewer, as of `at`, None where that cannot be told.

    `began` is when the show began (ms UTC); minutes before it and the minute that still runs do not count.
    """
    end = at // 60_000
    first = end - WINDOW_MINUTES
    if began is not None:
        first = max(first, -(-began // 60_000))
    if end - first < 2 * LEAST_MINUTES:
        return None
    edges = np.arange(first, end + 1, dtype=np.int64) * 60
    totals = series.totals.before(edges, Column.ORDERS, Column.VISITS)
    events, exposure = np.diff(totals, axis=0).T
    fall = fall_of(events, exposure)
    return None if fall is None else ((first + fall.place) * 60_000, fall)


def likelihood_ratios(events: Ints, exposure: Ints) -> tuple[Floats, Floats, Floats]:
    """Return, for a change before each minute (n): twice the log ratio, the rate before, and since."""
    first = np.concatenate(([0], np.cumsum(events)[:-1])).astype(np.float64)
    shown = np.concatenate(([0], np.cumsum(exposure)[:-1])).astype(np.float64)
    last, still = events.sum() - first, exposure.sum() - shown
    overall = events.sum() / max(1, exposure.sum())
    before = np.divide(first, shown, out=np.zeros_like(first), where=shown > 0)
    since = np.divide(last, still, out=np.zeros_like(last), where=still > 0)
    ratios = 2 * (_part(first, before, overall) + _part(last, since, overall))
    return np.where((shown > 0) & (still > 0), ratios, 0.0), before, since


def _part(events: Floats, rate: Floats, overall: float) -> Floats:
    """Return events × log(rate ÷ overall), 0 where there are no events."""
    known = (events > 0) & (rate > 0)
    logs = np.log(rate / overall, out=np.zeros_like(rate), where=known) if overall else rate * 0
    return np.asarray(events * np.where(known, logs, 0.0), dtype=np.float64)
