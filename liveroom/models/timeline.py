"""Counts per second of show, kept cumulative, so that any moment is as cheap as the present.

Only seconds in which something happened have a row, so an order book of a year costs no more than a
busy evening. Rows are sorted by second; a late fact lands in the second in which it occurred. A column
takes room from the first time on that something is counted in it: most shows fill half of them.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from liveroom.models.distinct import with_places
from liveroom.models.running_totals import RunningTotals

Ints = NDArray[np.int64]


class Column(IntEnum):
    """What is counted in each second."""

    VISITS = 0
    IMPRESSIONS = 1
    PRODUCT_VIEWS = 2
    PRODUCT_CLICKS = 3
    CART_ADDS = 4
    CART_UNITS = 5
    CART_REMOVALS = 6
    CHECKOUTS = 7
    ORDERS = 8
    PRICED_ORDERS = 9
    UNITS = 10
    REVENUE = 11
    CANCELLATIONS = 12
    CANCELLED = 13
    CHAT_MESSAGES = 14
    ORDERS_WITH_UNITS = 15
    PRICED_CANCELLATIONS = 16
    REACTIONS = 17
    LEADS = 18
    FAILED_PAYMENTS = 19
    AD_SPENDS = 20
    PRICED_AD_SPENDS = 21
    AD_SPEND = 22
    COSTED_LINES = 23
    COSTED_REVENUE = 24
    COST = 25


WIDTH = len(Column)
_UNSETTLED_SECONDS, _SETTLE_ROWS = 900, 256
"""Facts that are later than this make the rows that were lent be copied; rows are lent so many at a time."""


class Timeline:
    """Sparse per-second counts with running totals; writing is buffered until the next read."""

    __slots__ = (
        "_lent",
        "_pending",
        "_places",
        "_rows",
        "_seconds",
        "_sums",
        "_totals",
        "_width",
        "changed",
    )

    def __init__(
        self, seconds: Ints | None = None, sums: Ints | None = None, *, width: int = WIDTH
    ) -> None:
        """Start from sorted `seconds` (n) and their running totals `sums` (n, width)."""
        self._width = width
        self._rows = 0 if seconds is None else len(seconds)
        self._seconds: Ints = np.zeros(max(1024, self._rows), dtype=np.int64)
        self._sums: Ints = np.zeros((len(self._seconds), 0), dtype=np.int64)
        self._places: dict[int, int] = {}
        """Where each column that was ever counted stands in the sums; never changed, only replaced."""
        if seconds is not None and sums is not None:
            self._seconds[: self._rows] = seconds
            self._hold(np.flatnonzero(sums.any(axis=0)).tolist())
            self._sums[: self._rows] = sums[:, list(self._places)]
        self._totals: list[int] = self._last_totals()
        self._pending: dict[int, list[int]] = {}
        self._lent = 0
        self.changed = True
        """Set by every write; whoever reads all series may clear it."""

    def row(self, second: int) -> list[int]:
        """Return the buffered counts of a second, to be added to in place."""
        row = self._pending.get(second)
        if row is None:
            self.changed = True
            row = self._pending[second] = [0] * self._width
        return row

    def settle(self) -> None:
        """Put what is buffered in its place; rows that were returned before are not to be added to."""
        self._flush()

    def totals(self) -> list[int]:
        """Return the totals over all seconds, by Column."""
        self._flush()
        return list(self._totals)

    def totals_until(self, second: int) -> list[int]:
        """Return the totals of all seconds before `second`."""
        self._flush()
        place = int(np.searchsorted(self._seconds[: self._rows], second))
        return self._totals_of(place)

    def totals_at(self, seconds: Ints) -> Ints:
        """Return the totals of all seconds before each of `seconds` (n,) as (n, WIDTH)."""
        self._flush()
        places = np.searchsorted(self._seconds[: self._rows], seconds)
        totals = self._all_columns(self._sums[np.maximum(places - 1, 0)])
        return np.where(places[:, np.newaxis] > 0, totals, 0)

    def running_totals(self) -> RunningTotals:
        """Return all rows for another thread to read: those that have settled are lent, the others copied."""
        self._flush()
        rows, seconds = self._rows, self._seconds
        if rows:
            newest = int(seconds[rows - 1]) - _UNSETTLED_SECONDS
            settled = int(np.searchsorted(seconds[:rows], newest))
            self._lent = max(self._lent, settled // _SETTLE_ROWS * _SETTLE_ROWS)
        lent = self._lent
        return RunningTotals(
            settled_seconds=_frozen(seconds[:lent]),
            settled_sums=_frozen(self._sums[:lent]),
            recent_seconds=_frozen(seconds[lent:rows].copy()),
            recent_sums=_frozen(self._sums[lent:rows].copy()),
            places=self._places,
        )

    def seconds(self) -> Ints:
        """Return a copy of the seconds that have a row, sorted."""
        self._flush()
        return _frozen(self._seconds[: self._rows].copy())

    def sums(self, column: Column) -> Ints:
        """Return a copy of a column's running total at each of `seconds()`."""
        self._flush()
        place = self._places.get(column)
        if place is None:
            return _frozen(np.zeros(self._rows, dtype=np.int64))
        return _frozen(self._sums[: self._rows, place].copy())

    def by_minute(self) -> tuple[Ints, Ints]:
        """Return the minutes in which something happened (n) and their counts (n, WIDTH)."""
        self._flush()
        minutes = self._seconds[: self._rows] // 60
        if not len(minutes):
            return minutes, np.zeros((0, self._width), dtype=np.int64)
        last = np.flatnonzero(np.diff(minutes, append=minutes[-1] + 1))
        return minutes[last], np.diff(self._all_columns(self._sums[last]), axis=0, prepend=0)

    def until(self, second: int) -> Timeline:
        """Return the counts of all seconds before `second`: to be read, and only until the next write."""
        self._flush()
        rows = int(np.searchsorted(self._seconds[: self._rows], second))
        then = Timeline(width=self._width)
        if rows:
            then._rows, then._places = rows, self._places
            then._seconds, then._sums = self._seconds[:rows], self._sums[:rows]
            then._totals = then._last_totals()
        return then

    def to_arrays(self) -> tuple[Ints, Ints]:
        """Return seconds (n) and running totals (n, width), to be given back to the constructor."""
        self._flush()
        return self._seconds[: self._rows].copy(), self._all_columns(self._sums[: self._rows])

    def _flush(self) -> None:
        if not self._pending:
            return
        new = np.fromiter(self._pending.keys(), dtype=np.int64, count=len(self._pending))
        counts = np.array(list(self._pending.values()), dtype=np.int64)
        self._pending.clear()
        order = np.argsort(new)
        new, counts = new[order], counts[order]
        self._hold(np.flatnonzero(counts.any(axis=0)).tolist())
        counts = counts[:, list(self._places)]
        start = int(np.searchsorted(self._seconds[: self._rows], new[0]))
        if start < self._lent:
            # Whoever borrowed these rows goes on reading what they were.
            self._seconds, self._sums = self._seconds.copy(), self._sums.copy()
            self._lent = 0
        base = self._sums[start - 1] if start else np.zeros(len(self._places), dtype=np.int64)
        old = self._seconds[start : self._rows]
        if len(old):
            known = np.diff(self._sums[start : self._rows], axis=0, prepend=base[np.newaxis])
            seconds, inverse = with_places(np.concatenate((old, new)))
            merged = np.zeros((len(seconds), len(self._places)), dtype=np.int64)
            merged[inverse[: len(old)]] = known
            merged[inverse[len(old) :]] += counts
            new, counts = seconds, merged
        self._reserve(start + len(new))
        self._rows = start + len(new)
        self._seconds[start : self._rows] = new
        self._sums[start : self._rows] = np.cumsum(counts, axis=0) + base
        self._totals = self._last_totals()

    def _last_totals(self) -> list[int]:
        return self._totals_of(self._rows)

    def _totals_of(self, rows: int) -> list[int]:
        """Return the totals after the first `rows` rows, by column."""
        totals = [0] * self._width
        for column, place in self._places.items() if rows else ():
            totals[column] = int(self._sums[rows - 1, place])
        return totals

    def _all_columns(self, sums: Ints) -> Ints:
        """Return rows of the sums (n, columns that were counted) as new ones of all columns (n, width)."""
        whole = np.zeros((len(sums), self._width), dtype=np.int64)
        whole[:, list(self._places)] = sums
        return whole

    def _hold(self, columns: list[int]) -> None:
        """Make room for columns in which something is counted for the first time."""
        fresh = [column for column in columns if column not in self._places]
        if not fresh:
            return
        held = len(self._places)
        self._places = self._places | {column: held + n for n, column in enumerate(fresh)}
        sums = np.zeros((len(self._seconds), len(self._places)), dtype=np.int64)
        sums[: self._rows, :held] = self._sums[: self._rows]
        # Whoever borrowed rows goes on reading the old ones.
        self._sums = sums

    def _reserve(self, rows: int) -> None:
        if rows > len(self._seconds):
            size = max(rows, 2 * len(self._seconds))
            self._seconds = np.resize(self._seconds, size)
            sums = np.zeros((size, len(self._places)), dtype=np.int64)
            sums[: self._rows] = self._sums[: self._rows]
            self._sums = sums


class Samples:
    """A gauge's samples in time order; of two at the same instant the larger stays."""

    __slots__ = ("_pending", "_times", "_values")

    def __init__(self, times: Ints | None = None, values: Ints | None = None) -> None:
        """Start from sorted `times` (ms UTC) and `values`."""
        self._times: Ints = np.empty(0, dtype=np.int64) if times is None else times
        self._values: Ints = np.empty(0, dtype=np.int64) if values is None else values
        self._pending: list[tuple[int, int]] = []

    def add(self, at: int, value: int) -> None:
        """Add a sample; buffered until the next read."""
        self._pending.append((at, value))

    def until(self, at: int) -> Samples:
        """Return the samples up to and including those at `at` (ms UTC)."""
        times, values = self.to_arrays()
        count = int(np.searchsorted(times, at, side="right"))
        return Samples(times[:count], values[:count])

    def to_arrays(self) -> tuple[Ints, Ints]:
        """Return the instants (ms UTC, sorted) and the values, read-only."""
        if self._pending:
            new = np.array(self._pending, dtype=np.int64)
            self._pending.clear()
            times = np.concatenate((self._times, new[:, 0]))
            values = np.concatenate((self._values, new[:, 1]))
            if len(new) > 1 or (len(times) > 1 and times[-1] <= times[-2]):
                order = np.lexsort((values, times))
                times, values = times[order], values[order]
                last = np.flatnonzero(np.diff(times, append=times[-1] + 1))
                times, values = times[last], values[last]
            self._times, self._values = _frozen(times), _frozen(values)
        return self._times, self._values


def _frozen(array: Ints) -> Ints:
    array.flags.writeable = False
    return array
