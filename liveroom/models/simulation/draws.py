"""Chance that can be repeated: a stream of random numbers per purpose, and keys for people."""

from __future__ import annotations

import math

import numpy as np
from numpy.random import PCG64, Generator, SeedSequence

_MASK = (1 << 64) - 1
_GOLDEN = 0x9E3779B97F4A7C15
_STATES = (1 << 128) - 1
_STRIDE = 0x9E3779B97F4A7C15F39CC0605CEDC835
"""From the draws of one second to those of the next: the golden ratio of the whole period, and odd.

Seconds of a day lie further apart than could ever be drawn. Strides of a power of two, though far
enough apart, give streams that resemble each other (numpy, `PCG64.jumped`)."""


class Streams:
    """One random generator per purpose, each set anew at every second of the show.

    The draws of a second depend on the seed, the purpose and the second only, not on how many were
    made before. So a command that sends viewers away leaves the arrivals of the rest of the show as
    they were, and acted and not acted shows of one seed can be compared.
    """

    def __init__(self, seed: int) -> None:
        """Take a seed of 0 or more."""
        self._seed = seed
        self._second = 0
        self._streams: dict[str, _Stream] = {}

    def at(self, second: int) -> None:
        """Move every stream to the draws of one second."""
        self._second = second

    def __getitem__(self, purpose: str) -> Generator:
        """Return the generator of a purpose."""
        stream = self._streams.get(purpose)
        if stream is None:
            stream = self._streams[purpose] = _Stream(self._seed, purpose)
        return stream.at(self._second)

    def delays(self, purpose: str, mean_seconds: float, number: int) -> list[int]:
        """Return delays in milliseconds: a second, then exponential up to the mean."""
        if not number:
            return []
        scale_ms = max(mean_seconds - 1, 0.0) * 1000
        drawn = 1000 + self[purpose].exponential(scale_ms, number).astype(np.int64)
        delays: list[int] = drawn.tolist()
        return delays


def delay_ms(chance: float, mean_seconds: float) -> int:
    """Return a delay in milliseconds from a chance in [0, 1): a second, then exponential as `delays`."""
    scale_ms = max(mean_seconds - 1, 0.0) * 1000
    return 1000 + int(-math.log1p(-chance) * scale_ms)


class _Stream:
    """The random generator of one purpose, and the second to whose draws it was last moved."""

    __slots__ = ("_bits", "_generator", "_second", "_state")

    def __init__(self, seed: int, purpose: str) -> None:
        self._bits = PCG64(SeedSequence(seed, spawn_key=tuple(purpose.encode())))
        self._generator = Generator(self._bits)
        self._state = self._bits.state
        self._second = 0

    def at(self, second: int) -> Generator:
        if second != self._second:
            self._bits.state = self._state
            self._bits.advance(second * _STRIDE & _STATES)
            self._second = second
        return self._generator


class KeyMaker:
    """Distinct 64-bit keys in SQLite's signed range: SplitMix64 of a counter from a random start.

    The mixing is a bijection, so keys of one maker never collide (Steele, Lea and Flood, 2014).
    """

    def __init__(self, seed: int, kind: str) -> None:
        """Take the seed of the show and what the keys are for."""
        sequence = SeedSequence(seed, spawn_key=tuple(kind.encode()))
        self._start = int(sequence.generate_state(1, np.uint64)[0])

    def key(self, number: int) -> int:
        """Return the key of the person or visit with this number."""
        mixed = (self._start + number * _GOLDEN) & _MASK
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        mixed ^= mixed >> 31
        return mixed - (1 << 64) if mixed >> 63 else mixed
