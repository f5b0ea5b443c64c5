"""Gives memory back to the system when arrays are dropped."""

from __future__ import annotations

import ctypes
import sys
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
    if not sys.platform.startswith("linux"):
        return
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is not None:
        mallopt(_M_MMAP_THRESHOLD, _LARGE_BYTES)
