"""Rows of 64-bit integers, 8 bytes each: for what is kept of every fact and looked at seldom."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_BUFFER = 8192

Ints = NDArray[np.int64]


class IntRows:
    """Rows of `width` signed integers, in the order in which they came."""

    __slots__ = ("_buffer", "_chunks", "_rows", "_width")

    def __init__(self, width: int) -> None:
        """Start empty."""
        self._width = width
        self._buffer: list[int] = []
        self._chunks: list[Ints] = []
        self._rows = 0

    def add(self, *row: int) -> None:
        """Add a row of `width` integers."""
        buffer = self._buffer
        buffer.extend(row)
        if len(buffer) >= _BUFFER:
            self._flush()

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._rows + len(self._buffer) // self._width

    def to_array(self) -> Ints:
        """Return all rows as (n, width)."""
        none: Ints = np.empty((0, self._width), dtype=np.int64)
        return np.concatenate((none, *self.chunks()))

    def chunks(self) -> Sequence[Ints]:
        """Return all rows, (n, width) of them at a time."""
        self._flush()
        return self._chunks

    def share(self, other: IntRows) -> None:
        """Have the rows that `other` has by now, without a copy of them; into empty rows only."""
        self._chunks = list(other.chunks())
        self._rows = other._rows

    def restore(self, stored: bytes) -> None:
        """Put the bytes of `to_array` back; raises ValueError where they are no such rows."""
        self._chunks = [np.frombuffer(stored, dtype=np.int64).reshape(-1, self._width)]
        self._rows = len(self._chunks[0])

    def _flush(self) -> None:
        if not self._buffer:
            return
        rows: Ints = np.fromiter(self._buffer, dtype=np.int64, count=len(self._buffer))
        rows = rows.reshape(-1, self._width)
        self._rows += len(rows)
        self._buffer.clear()
        # Whoever looks often would else leave chunks of a few rows.
        if self._chunks and len(self._chunks[-1]) < _BUFFER:
            rows = np.concatenate((self._chunks.pop(), rows))
        self._chunks.append(rows)
