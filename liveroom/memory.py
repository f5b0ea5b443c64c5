"""Gives memory back to the system when arrays and objects are dropped."""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from functools import cache

_M_MMAP_THRESHOLD = -3
"""Of glibc's malloc.h."""
_LARGE_BYTES = 256 * 1024


@cache
def return_large_arrays() -> None:
    """Let glibc map large arrays by themselves, so that they are gone from memory once they are freed.

    By itself it does so at first, then raises the size that it calls large to that of the arrays it has
    seen, up to 32 MB: a thread that works on arrays of some megabytes again and again keeps holes of them
    for good, 30 to 70 MB in a show of two million events. Other C libraries are left as they are.
    """
    mallopt = _of_glibc("mallopt")
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)


def return_what_is_free() -> None:
    """Give back the pages in which nothing lies any more; takes a millisecond of a hundred megabytes.

    By itself glibc does so at the upper end of its heap alone: 5 to 15 MB in twelve hours of show.
    """
    trim = _of_glibc("malloc_trim")
    if trim is not None:
        trim(0)


@cache
def _of_glibc(name: str) -> Callable[..., int] | None:
    """Return a function of glibc's, None where the C library is another one or has none such."""
    return getattr(ctypes.CDLL(None), name, None) if sys.platform.startswith("linux") else None
