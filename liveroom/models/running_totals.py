"""Running totals per second, as charts read them: frozen, and shared from one snapshot to the next.

What a show counts in its old seconds hardly changes, so a snapshot borrows them from the timeline
and copies only the newest rows. A tick costs the same in the first minute and in the twelfth hour.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Self

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class RunningTotals(Struct, frozen=True, kw_only=True, gc=False):
    """Seconds in which something was counted, and the totals up to and with each; all arrays are read-only.

    `settled_seconds` (n, s UTC, increasing) and `settled_sums` (n, k) are borrowed, `recent_seconds`
    (m, all later) and `recent_sums` (m, k) are copies. A column is a `timeline.Column`; `places` says
    which of the k it is, and has none in which nothing was ever counted.
    """

    settled_seconds: Ints
    settled_sums: Ints
    recent_seconds: Ints
    recent_sums: Ints
    places: Mapping[int, int]

    @classmethod
    def of(cls, seconds: Ints, sums: Ints) -> Self:
        """Return the totals `sums` (n, width) at sorted `seconds` (n)."""
        return cls(
            settled_seconds=seconds,
            settled_sums=sums,
            recent_seconds=seconds[:0],
            recent_sums=sums[:0],
            places={column: column for column in range(sums.shape[1])},
        )

    def __len__(self) -> int:
        """Return the number of seconds that have a row."""
        return len(self.settled_seconds) + len(self.recent_seconds)

    def before(self, instants: Floats | Ints, *columns: int) -> Ints:
        """Return what was counted before each of `instants` (k, s UTC) as (k, columns)."""
        # A whole number compares with the seconds as they are; a float would copy all of them.
        whole = np.ceil(instants).astype(np.int64)
        found = np.zeros((len(whole), len(columns)), dtype=np.int64)
        known = [n for n, column in enumerate(columns) if column in self.places]
        held = [self.places[columns[n]] for n in known]
        for seconds, sums in self._parts() if known else ():
            rows = np.searchsorted(seconds, whole)
            inside = np.flatnonzero(rows > 0)
            found[inside[:, np.newaxis], known] = sums[rows[inside, np.newaxis] - 1, held]
        return found

    def until(self, second: int) -> Self:
        """Return the totals as they were before `second` (s UTC); nothing is copied."""
        settled = int(np.searchsorted(self.settled_seconds, second))
        recent = int(np.searchsorted(self.recent_seconds, second))
        return type(self)(
            settled_seconds=self.settled_seconds[:settled],
            settled_sums=self.settled_sums[:settled],
            recent_seconds=self.recent_seconds[:recent],
            recent_sums=self.recent_sums[:recent],
            places=self.places,
        )

    def seconds(self) -> Ints:
        """Return a copy of the seconds that have a row; not for every tick."""
        return np.concatenate((self.settled_seconds, self.recent_seconds))

    def column(self, column: int) -> Ints:
        """Return a copy of a column at each of `seconds()`; not for every tick."""
        place = self.places.get(column)
        if place is None:
            return np.zeros(len(self), dtype=np.int64)
        return np.concatenate((self.settled_sums[:, place], self.recent_sums[:, place]))

    def _parts(self) -> tuple[tuple[Ints, Ints], ...]:
        parts = (
            (self.settled_seconds, self.settled_sums),
            (self.recent_seconds, self.recent_sums),
        )
        return tuple(part for part in parts if len(part[0]))
