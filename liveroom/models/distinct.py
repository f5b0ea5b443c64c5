"""Different values of an array, without numpy's `unique`, which brings masked arrays along (15 ms)."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Value = TypeVar("Value", bound=np.generic)


def distinct(values: NDArray[Value]) -> NDArray[Value]:
    """Return the different values of an array (n), ascending."""
    ordered = np.sort(values)
    return ordered[_begins(ordered)]


def with_first(values: NDArray[Value]) -> tuple[NDArray[Value], NDArray[np.intp]]:
    """Return the different values of an array (n), ascending, and where each is there first."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    begins = _begins(ordered)
    return ordered[begins], order[begins]


def with_places(values: NDArray[Value]) -> tuple[NDArray[Value], NDArray[np.intp]]:
    """Return the different values of an array (n), ascending, and of each of the n its place in them."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    begins = _begins(ordered)
    places = np.empty(len(values), dtype=np.intp)
    places[order] = np.cumsum(begins) - 1
    return ordered[begins], places


def with_counts(values: NDArray[Value]) -> tuple[NDArray[Value], NDArray[np.intp]]:
    """Return the different values of an array (n), ascending, and how often each is there."""
    ordered = np.sort(values)
    begins = np.flatnonzero(_begins(ordered))
    return ordered[begins], np.diff(begins, append=len(ordered))


def are_among(values: NDArray[Value], ordered: NDArray[Value]) -> NDArray[np.bool_]:
    """Return which values of an array (n) are among those of an ascending one (m)."""
    if not len(ordered):
        return np.zeros(len(values), dtype=np.bool_)
    places = np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)
    found: NDArray[np.bool_] = ordered[places] == values
    return found


def _begins(ordered: NDArray[Value]) -> NDArray[np.bool_]:
    """Return where in an ordered array another value begins."""
    begins = np.ones(len(ordered), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=begins[1:])
    return begins
