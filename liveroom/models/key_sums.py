"""Sums of amounts by key, for a million orders of which hardly one is asked for again.

A Python dict takes some 240 bytes an entry; sorted arrays take 16, merged as those of `keys` are. What
would not add up in 64 bits is kept as Python's integers: there is no largest sum.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from xxhash import xxh3_64_intdigest

from liveroom.models.distinct import with_first
from liveroom.models.keys import Keys

_BUFFER = 4096
_LARGEST = (1 << 62) - 1
"""Two sums up to this add up in 64 bits."""

Sums = NDArray[np.int64]


def key_of(source: str, name: str) -> int:
    """Return the 64-bit key of a source's name for something, the same in every process."""
    source_bytes = source.encode(errors="surrogatepass")
    return xxh3_64_intdigest(
        b"%d:%b%b" % (len(source_bytes), source_bytes, name.encode(errors="surrogatepass"))
    )


class KeySums:
    """64-bit keys, each with the sum of what was added under it."""

    __slots__ = ("_buffer", "large", "levels")

    def __init__(
        self,
        keys: Keys | None = None,
        sums: Sums | None = None,
        large: dict[int, int] | None = None,
    ) -> None:
        """Start with distinct `keys` and their `sums`, and with what is `large` besides.

        Raises ValueError where those do not belong together.
        """
        self.levels: list[tuple[Keys, Sums]] = []
        """Keys, sorted and distinct within a level, and their sums; a key may be in several levels."""
        self.large = dict(large or {})
        """What some keys have besides the sums in the levels."""
        self._buffer: dict[int, int] = {}
        if keys is not None and sums is not None and (len(keys) or len(sums)):
            if len(keys) != len(sums):
                raise ValueError(f"{len(keys)} keys with {len(sums)} sums")
            order = np.argsort(keys)
            self.levels.append((keys[order], sums[order]))

    def add(self, key: int, amount: int) -> None:
        """Add an amount to the sum of a key (unsigned 64 bits)."""
        buffer = self._buffer
        buffer[key] = buffer.get(key, 0) + amount
        if len(buffer) >= _BUFFER:
            self._merge()

    def add_many(self, keys: Keys, amounts: Sums) -> None:
        """Add amounts to the sums of sorted distinct keys."""
        self._push(keys, amounts.astype(np.int64))

    def get(self, key: int) -> int | None:
        """Return the sum of a key, None where nothing was ever added."""
        parts = [part[key] for part in (self._buffer, self.large) if key in part]
        wanted = np.uint64(key)
        for level, sums in self.levels:
            place = int(np.searchsorted(level, wanted))
            if place < len(level) and level[place] == wanted:
                parts.append(int(sums[place]))
        return sum(parts) if parts else None

    def to_arrays(self) -> tuple[Keys, Sums]:
        """Return all keys, sorted, and their sums but for what is `large`."""
        self._merge()
        while len(self.levels) > 1:
            self.levels.append(self._joined(self.levels.pop(), self.levels.pop()))
        if not self.levels:
            return np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.int64)
        return self.levels[0]

    def _merge(self) -> None:
        fitting = {key: sum_ for key, sum_ in self._buffer.items() if abs(sum_) <= _LARGEST}
        for key in self._buffer.keys() - fitting.keys():
            self._keep_large(key, self._buffer[key])
        self._buffer.clear()
        keys = np.fromiter(fitting.keys(), dtype=np.uint64, count=len(fitting))
        sums = np.fromiter(fitting.values(), dtype=np.int64, count=len(fitting))
        order = np.argsort(keys)
        self._push(keys[order], sums[order])

    def _push(self, keys: Keys, sums: Sums) -> None:
        """Add sorted distinct keys as a level, joined with those that are not twice as long."""
        while self.levels and len(self.levels[-1][0]) < 2 * len(keys):
            keys, sums = self._joined(self.levels.pop(), (keys, sums))
        if len(keys):
            self.levels.append((keys, sums))

    def _joined(self, one: tuple[Keys, Sums], other: tuple[Keys, Sums]) -> tuple[Keys, Sums]:
        both = np.concatenate((one[0], other[0]))
        order = np.argsort(both, kind="stable")
        keys, starts = with_first(both[order])
        sums = np.add.reduceat(np.concatenate((one[1], other[1]))[order], starts)
        fits = np.abs(sums) <= _LARGEST
        for place in np.flatnonzero(~fits):
            self._keep_large(int(keys[place]), int(sums[place]))
        return keys[fits], sums[fits]

    def _keep_large(self, key: int, amount: int) -> None:
        self.large[key] = self.large.get(key, 0) + amount
