"""Rows of a log packed into bytes: differences in the narrowest integers, then deflated."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence

import msgspec
import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from liveroom.models.timeline import Ints

_LEVEL = 3
_TYPES = (np.int8, np.int16, np.int32, np.int64)
_RANGES = [(np.iinfo(kind).min, np.iinfo(kind).max) for kind in _TYPES]


class Rows(Struct, frozen=True, gc=False):
    """Codes (n,) of second and key, and counts (n,)."""

    codes: Ints
    counts: Ints

    @classmethod
    def none(cls) -> Rows:
        """Return no rows."""
        return cls(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))

    @classmethod
    def of(cls, counts: Mapping[int, int]) -> Rows:
        """Return the rows of counts by code."""
        codes = np.fromiter(counts.keys(), dtype=np.int64, count=len(counts))
        return cls(codes, np.fromiter(counts.values(), dtype=np.int64, count=len(counts)))

    @classmethod
    def together(cls, parts: Sequence[Rows]) -> Rows:
        """Return the rows of all parts."""
        return cls(
            np.concatenate([part.codes for part in parts]),
            np.concatenate([part.counts for part in parts]),
        )

    def where(self, which: NDArray[np.bool_]) -> Rows:
        """Return the rows that an array of truths (n,) marks."""
        return Rows(self.codes[which], self.counts[which])

    def summed(self) -> Rows:
        """Return the rows in order, those of one code added up, those that add up to nothing left out."""
        order = np.argsort(self.codes, kind="stable")
        codes, counts = self.codes[order], self.counts[order]
        if not len(codes):
            return self
        firsts = np.flatnonzero(np.diff(codes, prepend=codes[0] - 1))
        codes, counts = codes[firsts], np.add.reduceat(counts, firsts)
        return Rows(codes, counts).where(counts != 0)

    def split(self, place: int) -> tuple[Rows, Rows]:
        """Return the rows before a place, and those from there on."""
        return (
            Rows(self.codes[:place], self.counts[:place]),
            Rows(self.codes[place:], self.counts[place:]),
        )

    def parts(self, size: int) -> Iterator[Rows]:
        """Return the rows, at most `size` at a time."""
        for start in range(0, len(self.codes), size):
            yield Rows(self.codes[start : start + size], self.counts[start : start + size])


class Chunk(Struct, frozen=True, array_like=True):
    """Packed rows in order, their first and last code, and the totals of all before them."""

    rows: int
    first: int
    last: int
    codes: list[bytes]
    counts: bytes
    before: bytes | None = None

    @property
    def has_totals(self) -> bool:
        """Return whether it stands in order, so that it knows what came before it."""
        return self.before is not None

    def totals_before(self) -> Ints:
        """Return what was added before, by key."""
        return _wide(self.before or b"")

    def to_bytes(self) -> bytes:
        """Return it as bytes."""
        return msgspec.msgpack.encode(self)

    @classmethod
    def from_bytes(cls, body: bytes) -> Chunk:
        """Return what `to_bytes` gave; raises ValueError for anything else."""
        return msgspec.msgpack.decode(body, type=cls)


def pack(rows: Rows, before: Ints | None) -> Chunk:
    """Return rows (in order, no code twice) as a chunk, with the totals before them."""
    codes = rows.codes
    return Chunk(
        rows=len(codes),
        first=int(codes[0]) if len(codes) else 0,
        last=int(codes[-1]) if len(codes) else 0,
        # Seconds and keys apart: one goes up slowly, the other comes again and again.
        codes=[_narrow(np.diff(codes >> 24, prepend=0)), _narrow(codes & 0xFFFFFF)],
        counts=_narrow(rows.counts),
        before=None if before is None else _narrow(before),
    )


def unpack(chunk: Chunk) -> Rows:
    """Return a chunk's rows; raises ValueError where they are not what it says."""
    seconds, keys = (_wide(part) for part in chunk.codes)
    counts = _wide(chunk.counts)
    if not len(seconds) == len(keys) == len(counts) == chunk.rows:
        raise ValueError(f"{chunk.rows} rows are {len(seconds)}, {len(keys)} and {len(counts)}")
    return Rows((np.cumsum(seconds) << 24) | keys, counts)


def _narrow(values: Ints) -> bytes:
    low, high = int(values.min(initial=0)), int(values.max(initial=0))
    place = next(n for n, (least, most) in enumerate(_RANGES) if least <= low and high <= most)
    return bytes([place]) + zlib.compress(values.astype(_TYPES[place]).tobytes(), _LEVEL)


def _wide(body: bytes) -> Ints:
    if not body:
        return np.empty(0, dtype=np.int64)
    try:
        return np.frombuffer(zlib.decompress(body[1:]), dtype=_TYPES[body[0]]).astype(np.int64)
    except (zlib.error, IndexError) as error:
        raise ValueError(f"a chunk is damaged: {error}") from error
