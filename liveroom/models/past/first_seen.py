"""Distinct 64-bit keys with the second in which each was first seen: how many there were by any moment.

Twelve bytes a key. A fact that arrives late may put the first second of its key back, so that the order
of arrival does not matter.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from liveroom.models.keys import Keys
from liveroom.models.timeline import Ints

_BUFFER = 4096
_MASK = (1 << 64) - 1
_LATEST = (1 << 32) - 1

Seconds = NDArray[np.uint32]


class FirstSeen:
    """Keys of people or visits; `add` is buffered, `len` is exact."""

    __slots__ = ("_buffer", "_by_time", "levels")

    def __init__(self, keys: Keys | None = None, seconds: Seconds | None = None) -> None:
        """Start with distinct `keys` (n,) and their `seconds` (n,), UTC from 1970 to 2106.

        Raises ValueError if they are not as many.
        """
        self.levels: list[tuple[Keys, Seconds]] = []
        self._buffer: dict[int, int] = {}
        self._by_time: Seconds | None = None
        if keys is not None and seconds is not None and (len(keys) or len(seconds)):
            if len(keys) != len(seconds):
                raise ValueError(f"{len(keys)} keys with {len(seconds)} seconds")
            order = np.argsort(keys)
            self.levels.append((keys[order], seconds[order]))

    def add(self, key: int, second: int) -> None:
        """Take that a key (signed or unsigned 64 bits) was seen."""
        buffer, key = self._buffer, key & _MASK
        known = buffer.get(key)
        if known is None or second < known:
            buffer[key] = second
            if len(buffer) >= _BUFFER:
                self._merge()

    def before(self, second: int) -> int:
        """Return how many were seen in the seconds before `second`."""
        self._merge()
        if self._by_time is None:
            found = [seconds for _, seconds in self.levels]
            self._by_time = np.sort(np.concatenate(found)) if found else np.empty(0, np.uint32)
        return int(np.searchsorted(self._by_time, second))

    def until(self, second: int) -> FirstSeen:
        """Return how many were seen in the seconds before `second`, to be asked for nothing else."""
        return _Counted(self.before(second))

    def __len__(self) -> int:
        """Return the number of distinct keys."""
        self._merge()
        return sum(len(keys) for keys, _ in self.levels)

    def to_arrays(self) -> tuple[Keys, Seconds]:
        """Return all keys, sorted, and when each was first seen."""
        self._merge()
        if not self.levels:
            return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.uint32)
        keys = np.concatenate([keys for keys, _ in self.levels])
        seconds = np.concatenate([seconds for _, seconds in self.levels])
        order = np.argsort(keys)
        return keys[order], seconds[order]

    def _merge(self) -> None:
        if not self._buffer:
            return
        count = len(self._buffer)
        keys = np.fromiter(self._buffer.keys(), dtype=np.uint64, count=count)
        raw: Ints = np.fromiter(self._buffer.values(), dtype=np.int64, count=count)
        self._buffer.clear()
        order = np.argsort(keys)
        keys, seconds = keys[order], np.clip(raw[order], 0, _LATEST).astype(np.uint32)
        fresh = np.ones(count, dtype=np.bool_)
        for place, (level, known) in enumerate(self.levels):
            places = np.minimum(np.searchsorted(level, keys), len(level) - 1)
            found = level[places] == keys
            fresh &= ~found
            earlier = found & (seconds < known[places])
            if earlier.any():
                known = known.copy()
                known[places[earlier]] = seconds[earlier]
                self.levels[place] = (level, known)
                self._by_time = None
        keys, seconds = keys[fresh], seconds[fresh]
        if not len(keys):
            return
        self._by_time = None
        while self.levels and len(self.levels[-1][0]) < 2 * len(keys):
            level, known = self.levels.pop()
            keys, seconds = np.concatenate((level, keys)), np.concatenate((known, seconds))
        order = np.argsort(keys)
        self.levels.append((keys[order], seconds[order]))


class _Counted(FirstSeen):
    """So many keys, which are not known any more."""

    __slots__ = ("_count",)

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def __len__(self) -> int:
        return self._count
