"""When too many carts were left: the rate of the last ten minutes against the producer's own line.

The line is the target of cart abandonment (at most). Looked at every ten seconds of the show, the alarm goes
up where the rate is above the line and rests on 20 carts or more. It goes down where the rate is two
points below the line, where fewer than ten carts are left to judge by, or with the line: so it
does not flap. The state at an instant follows from the carts and the lines up to then, and from nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from liveroom.models.abandonment import ABANDONED_AFTER_MS, Carts
from liveroom.models.int_rows import Ints

WINDOW_MS = 10 * 60_000
"""The rolling window: carts begun in ten minutes, of which the youngest has just had its time."""
EVERY_MS = 10_000
LEAST_CARTS, FEWEST_CARTS = 20, 10
BACK_BY = 0.02

Line = tuple[int, float | None]


class Alarm(Struct, frozen=True, kw_only=True, gc=False):
    """A time above the line: from when on, until when (ms UTC; None: still), and which line it was."""

    since: int
    until: int | None
    line: float


class RecentCarts(Struct, frozen=True):
    """Carts begun between 20 and 10 minutes before each of some instants, and those of them left."""

    begun: Ints
    abandoned: Ints


def recent_carts(carts: Carts, instants: Ints) -> RecentCarts:
    """Return, for instants (ms UTC), what `Carts.as_of` says of the carts begun 20 to 10 minutes before."""
    if not len(instants):
        none = np.empty(0, dtype=np.int64)
        return RecentCarts(none, none)
    # Only those whose window reaches into the instants count at any of them.
    window = instants.min() - WINDOW_MS, instants.max()
    first, last = np.searchsorted(carts.begun, np.array(window) - ABANDONED_AFTER_MS)
    due, abandoned = carts.begun[first:last] + ABANDONED_AFTER_MS, carts.abandoned[first:last]
    over = due + WINDOW_MS
    # In the window from the instant after `due` up to `over`; left from the instant after it was.
    left = np.maximum(due, abandoned)
    counts = left < over
    return RecentCarts(
        _passed(due, instants) - _passed(over, instants),
        _passed(left[counts], instants) - _passed(over[counts], instants),
    )


def alarms(carts: Carts, lines: Sequence[Line], at: int) -> tuple[Alarm, ...]:
    """Return every time above the line up to `at` (ms UTC), oldest first.

    `lines` are (from which instant on, line), in order of time; None: there is none.
    """
    stated = [since for since, line in lines if line is not None]
    if not stated or not len(carts.begun):
        return ()
    first = max(stated[0], int(carts.begun[0]) + ABANDONED_AFTER_MS)
    grid = np.arange(-(-first // EVERY_MS), at // EVERY_MS + 1, dtype=np.int64) * EVERY_MS
    if not len(grid):
        return ()
    recent = recent_carts(carts, grid)
    line = _line_at(lines, grid)
    rate = recent.abandoned / np.maximum(recent.begun, 1)
    goes_up = (rate > line) & (recent.begun >= LEAST_CARTS)
    goes_down = (rate <= line - BACK_BY) | (recent.begun < FEWEST_CARTS) | np.isnan(line)
    # Up and down exclude each other; what is neither stays as it was.
    decided = np.where(goes_up | goes_down, np.arange(len(grid)), -1)
    latest = np.maximum.accumulate(decided)
    is_up = (latest >= 0) & goes_up[latest]
    turns = np.flatnonzero(np.diff(is_up, prepend=False))
    found = []
    for place, turn in enumerate(turns[::2].tolist()):
        end = turns[2 * place + 1] if 2 * place + 1 < len(turns) else None
        found.append(
            Alarm(
                since=int(grid[turn]),
                until=None if end is None else int(grid[end]),
                line=float(line[turn]),
            )
        )
    return tuple(found)


def _passed(times: Ints, instants: Ints) -> NDArray[np.int64]:
    """Return how many of `times` are before each instant."""
    return np.searchsorted(np.sort(times), instants).astype(np.int64)


def _line_at(lines: Sequence[Line], instants: Ints) -> NDArray[np.float64]:
    """Return the line that holds at each instant, NaN where there is none."""
    since = np.array([at for at, _ in lines], dtype=np.int64)
    values = np.array([np.nan if line is None else line for _, line in lines], dtype=np.float64)
    places = np.searchsorted(since, instants, side="right") - 1
    return np.where(places >= 0, values[np.maximum(places, 0)], np.nan)
