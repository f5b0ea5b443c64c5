"""Sets and maps of 64-bit keys that cost eight bytes a key, for counting distinct people and facts.

A Python set of a million integers takes 80 MB; sorted arrays take 8. New keys wait in a small buffer
and are merged into arrays whose sizes grow geometrically (a log-structured merge), so that adding stays
cheap however many there are. Arrays are disjoint: the number of distinct keys is the sum of their sizes.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from liveroom.models.distinct import distinct, with_first

_BUFFER = 4096
_MASK = (1 << 64) - 1

Keys = NDArray[np.uint64]


class KeySet:
    """Distinct 64-bit keys; `add` is buffered, `len` is exact."""

    __slots__ = ("_buffer", "levels")

    def __init__(self, keys: Keys | None = None) -> None:
        """Start with `keys`, in any order and with repeats."""
        self.levels: list[Keys] = [] if keys is None or not len(keys) else [distinct(keys)]
        self._buffer: set[int] = set()

    def add(self, key: int) -> None:
        """Add one key (signed or unsigned 64 bits)."""
        self._buffer.add(key & _MASK)
        if len(self._buffer) >= _BUFFER:
            self._merge()

    def unknown(self, keys: Keys) -> NDArray[np.bool_]:
        """Return which of `keys` are not there yet; of equal ones only the first."""
        self._merge()
        new = np.zeros(len(keys), dtype=np.bool_)
        different, first = with_first(keys)
        new[first[self._absent(different)]] = True
        return new

    def add_distinct(self, keys: Keys) -> None:
        """Add keys that `unknown` called new."""
        self._push(np.sort(keys))

    def __len__(self) -> int:
        """Return the number of distinct keys."""
        self._merge()
        return sum(map(len, self.levels))

    def to_array(self) -> Keys:
        """Return all keys, sorted."""
        self._merge()
        if not self.levels:
            return np.empty(0, dtype=np.uint64)
        return np.sort(np.concatenate(self.levels))

    def _merge(self) -> None:
        if self._buffer:
            keys = np.fromiter(self._buffer, dtype=np.uint64, count=len(self._buffer))
            self._buffer.clear()
            keys.sort()
            self._push(keys[self._absent(keys)])

    def _absent(self, keys: Keys) -> NDArray[np.bool_]:
        unknown = np.ones(len(keys), dtype=np.bool_)
        for level in self.levels:
            unknown &= ~_contained(level, keys)
        return unknown

    def _push(self, keys: Keys) -> None:
        if not len(keys):
            return
        while self.levels and len(self.levels[-1]) < 2 * len(keys):
            keys = np.sort(np.concatenate((self.levels.pop(), keys)))
        self.levels.append(keys)


class KeyMap:
    """64-bit keys, each with a small integer; the first value of a key stays."""

    __slots__ = ("_buffer", "levels")

    def __init__(self, keys: Keys | None = None, values: NDArray[np.int32] | None = None) -> None:
        """Start with distinct `keys` and their `values`; raises ValueError if they are not as many."""
        self.levels: list[tuple[Keys, NDArray[np.int32]]] = []
        self._buffer: dict[int, int] = {}
        if keys is not None and values is not None and (len(keys) or len(values)):
            if len(keys) != len(values):
                raise ValueError(f"{len(keys)} keys with {len(values)} values")
            order = np.argsort(keys)
            self.levels.append((keys[order], values[order]))

    def put(self, key: int, value: int) -> None:
        """Remember a key's value unless it has one."""
        self._buffer.setdefault(key & _MASK, value)
        if len(self._buffer) >= _BUFFER:
            self._merge()

    def get_many(self, keys: Iterable[int]) -> list[int | None]:
        """Return the values of `keys`, None where there is none."""
        wanted = [key & _MASK for key in keys]
        self._merge()
        asked = np.array(wanted, dtype=np.uint64)
        found: list[int | None] = [None] * len(wanted)
        for level, values in self.levels:
            places = np.searchsorted(level, asked)
            for place in np.flatnonzero(_contained(level, asked)):
                found[place] = int(values[places[place]])
        return found

    def to_arrays(self) -> tuple[Keys, NDArray[np.int32]]:
        """Return all keys, sorted, and their values."""
        self._merge()
        if not self.levels:
            return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int32)
        keys = np.concatenate([level for level, _ in self.levels])
        values = np.concatenate([values for _, values in self.levels])
        order = np.argsort(keys)
        return keys[order], values[order]

    def _merge(self) -> None:
        if not self._buffer:
            return
        keys = np.fromiter(self._buffer.keys(), dtype=np.uint64, count=len(self._buffer))
        values = np.fromiter(self._buffer.values(), dtype=np.int32, count=len(self._buffer))
        self._buffer.clear()
        fresh = np.ones(len(keys), dtype=np.bool_)
        for level, _ in self.levels:
            fresh &= ~_contained(level, keys)
        keys, values = keys[fresh], values[fresh]
        while self.levels and len(self.levels[-1][0]) < 2 * len(keys):
            level, kept = self.levels.pop()
            keys, values = np.concatenate((level, keys)), np.concatenate((kept, values))
        if len(keys):
            order = np.argsort(keys)
            self.levels.append((keys[order], values[order]))


def _contained(level: Keys, keys: Keys) -> NDArray[np.bool_]:
    places = np.searchsorted(level, keys)
    places[places == len(level)] = 0
    return np.asarray(level[places] == keys, dtype=np.bool_)
