"""What curves are drawn from: rolling windows, bars and as many points as there are pixels.

Plain numpy on the snapshot's arrays; nothing here grows with the number of events, only with the
logarithm of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from liveroom.models.timeline import Column

if TYPE_CHECKING:
    from liveroom.models.running_totals import RunningTotals
    from liveroom.models.snapshot import Series

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

WINDOW_SECONDS = 600
LEAST_VISITS = 30
"""A rolling conversion from fewer visits says nothing and is not drawn."""
BAR_MINUTES = (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1440, 2880, 10080)
MOST_BARS = 120
_LEAST_OF_CURVE = 0.4


def totals_at(seconds: Ints, totals: Ints, instants: Floats | Ints) -> Ints:
    """Return the running total before each of `instants` (s UTC)."""
    if not len(seconds):
        return np.zeros(len(instants), dtype=np.int64)
    places = np.searchsorted(seconds, instants)
    return np.where(places > 0, totals[np.maximum(places - 1, 0)], 0)


def rolling(seconds: Ints, totals: Ints, instants: Floats) -> Ints:
    """Return what was counted in the 10 minutes before each of `instants` (s UTC)."""
    now = totals_at(seconds, totals, instants)
    return now - totals_at(seconds, totals, instants - WINDOW_SECONDS)


def counted(
    totals: RunningTotals, instants: Floats, *columns: int, seconds: int = WINDOW_SECONDS
) -> Ints:
    """Return what was counted in the `seconds` before each of `instants` (k, s UTC) as (columns, k)."""
    now, then = totals.before(instants, *columns), totals.before(instants - seconds, *columns)
    return (now - then).T


def rolling_conversion(series: Series, instants: Floats) -> Floats:
    """Return orders ÷ visits of the 10 minutes before each instant; NaN where too few visits came."""
    orders, visits = counted(series.totals, instants, Column.ORDERS, Column.VISITS)
    rates = orders / np.maximum(visits, 1)
    rates[visits < LEAST_VISITS] = np.nan
    return np.asarray(rates, dtype=np.float64)


def decimate(
    times: Ints, values: Ints, start: float, end: float, width: int
) -> tuple[Floats, Floats]:
    """Return samples between `start` and `end` (s UTC) as at most 2 x `width` points.

    Where there are more, each pixel keeps its lowest and its highest sample; one sample beyond either
    edge is kept, so that the line leaves the picture.
    """
    first = max(0, int(np.searchsorted(times, start * 1000)) - 1)
    last = int(np.searchsorted(times, end * 1000, side="right")) + 1
    at, kept = times[first:last] / 1000.0, values[first:last].astype(np.float64)
    if len(at) <= 2 * width:
        return at, kept
    edges = np.linspace(0, len(at), width - 1, endpoint=False, dtype=np.int64)
    lowest = np.minimum.reduceat(kept, edges)
    highest = np.maximum.reduceat(kept, edges)
    # The order within a pixel does not show; the newest sample does, as the end of the curve.
    points = np.append(np.stack((lowest, highest), axis=1).ravel(), kept[-1])
    return np.append(np.repeat(at[edges], 2), at[-1]), points


def area_beneath(times: Floats, values: Floats) -> tuple[Floats, Floats]:
    """Return the upper edge of the area beneath a curve: where that was decimated, a point a pixel.

    That is the middle of what the pixel keeps. The curve's stroke from its lowest to its highest hides
    the difference, and the area takes half as long to fill.
    """
    decimated = len(times) % 2 and np.array_equal(times[:-1:2], times[1::2])
    if len(times) < 3 or not decimated:
        return times, values
    return times[::2], np.append((values[:-1:2] + values[1::2]) / 2, values[-1])


def bar_minutes(span_seconds: float) -> int:
    """Return the width of a bar in minutes, so that the span has at most `MOST_BARS`."""
    for minutes in BAR_MINUTES:
        if span_seconds / 60 / minutes <= MOST_BARS:
            return minutes
    return BAR_MINUTES[-1]


def bars(
    totals: RunningTotals, column: int, start: float, end: float, minutes: int
) -> tuple[Floats, Ints]:
    """Return the start (s UTC) and the count of every bar that overlaps `start` to `end`."""
    step = minutes * 60
    edges = np.arange(np.floor(start / step), np.ceil(end / step) + 1, dtype=np.float64) * step
    return edges[:-1], np.diff(totals.before(edges, column)[:, 0])


def minutes_back(at: int, minutes: int) -> Floats:
    """Return the instants (s UTC) one minute apart up to `at` (ms UTC), oldest first."""
    return np.asarray(at / 1000 - np.arange(minutes - 1, -1, -1) * 60.0, dtype=np.float64)


class Spark(NamedTuple):
    """A small curve as parts of its height (0 to 1, gaps left out), and a level to draw through it."""

    points: tuple[float, ...] = ()
    level: float | None = None


def spark(values: Floats, level: float | None = None) -> Spark:
    """Return values as a small curve; nothing where they are few or do not move.

    A level beyond them takes some of the height, at most so much that the curve keeps two fifths of it;
    one that is farther away lies on the edge.
    """
    known = values[~np.isnan(values)]
    if len(known) < 3:
        return Spark()
    low, high = float(known.min()), float(known.max())
    if low == high:
        return Spark()
    if level is not None:
        most = (high - low) / _LEAST_OF_CURVE - (high - low)
        low = min(low, max(level, low - most))
        high = max(high, min(level, high + most))
        level = min(1.0, max(0.0, (level - low) / (high - low)))
    return Spark(tuple(((known - low) / (high - low)).tolist()), level)
