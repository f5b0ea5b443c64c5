"""Rows of integers in order of time: what was appended late is put in its place."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

_FIRST_ROWS = 1024
_BUFFER = 4096


class TimedRows:
    """Rows whose first integer is an instant (ms UTC), sorted; 8 bytes an integer.

    Adding is buffered, a span is a binary search. Rows of one instant are sorted by their other integers,
    so that the order of arrival leaves no trace.
    """

    __slots__ = ("_kept", "_new", "_rows", "_width")

    def __init__(self, width: int) -> None:
        """Start empty."""
        self._width = width
        self._new: list[tuple[int, ...]] = []
        self._kept: Ints = np.empty((_FIRST_ROWS, width), dtype=np.int64)
        self._rows = 0

    def add(self, *row: int) -> None:
        """Add a row of `width` integers, the instant first."""
        self._new.append(row)
        if len(self._new) >= _BUFFER:
            self._flush()

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._rows + len(self._new)

    def between(self, after: int, until: int) -> Ints:
        """Return the rows with `after` < instant ≤ `until` as (n, width): a view, not to be kept."""
        self._flush()
        times = self._kept[: self._rows, 0]
        first, last = np.searchsorted(times, (after, until), side="right").tolist()
        return self._kept[first : max(first, last)]

    def number_until(self, instants: Ints) -> Ints:
        """Return how many rows there are up to and including each of `instants` (n,), ms UTC."""
        self._flush()
        places = np.searchsorted(self._kept[: self._rows, 0], instants, side="right")
        return places.astype(np.int64)

    def to_bytes(self) -> bytes:
        """Return all rows, to be stored and given back to `restore`."""
        self._flush()
        return self._kept[: self._rows].tobytes()

    def restore(self, stored: bytes) -> None:
        """Put stored rows back; raises ValueError where they are no such rows."""
        self._kept = np.frombuffer(stored, dtype=np.int64).reshape(-1, self._width).copy()
        self._rows = len(self._kept)

    def _flush(self) -> None:
        if not self._new:
            return
        new = np.array(self._new, dtype=np.int64)
        self._new.clear()
        new = new[_order(new)]
        # From the first instant that is new on, all is sorted again: of a live show that is the end.
        start = int(np.searchsorted(self._kept[: self._rows, 0], new[0, 0]))
        if start < self._rows:
            new = np.concatenate((self._kept[start : self._rows], new))
            new = new[_order(new)]
        needed = start + len(new)
        if needed > len(self._kept):
            grown: Ints = np.empty((max(needed, 2 * len(self._kept)), self._width), dtype=np.int64)
            grown[:start] = self._kept[:start]
            self._kept = grown
        self._kept[start:needed] = new
        self._rows = needed


def _order(rows: Ints) -> NDArray[np.intp]:
    return np.lexsort(rows.T[::-1])
