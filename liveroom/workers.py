"""Does the same work for many things, in several processes where that pays."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_WORTH_A_PROCESS_SECONDS = 4.0
"""Starting processes takes about a second; less work than this is not shared out."""


def side_by_side(work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
    """Yield the result for each item, in order; the first ones show whether processes pay.

    `work` is a function of a module and everything crosses between processes. Whoever stops asking
    ends the work: what has not begun is dropped, what has is waited for.
    """
    rest, processes = list(items), _processors()
    while rest:
        began = time.perf_counter()
        yield work(rest.pop(0))
        left_seconds = (time.perf_counter() - began) * len(rest)
        if len(rest) > 1 and processes > 1 and left_seconds > _WORTH_A_PROCESS_SECONDS:
            break
    if rest:
        yield from _shared_out(work, rest, min(processes, len(rest)))


def _shared_out(
    work: Callable[[Item], Result], items: Sequence[Item], processes: int
) -> Iterator[Result]:
    # Spawned: a fork of a process with threads, such as the desk's, may inherit a lock that is held.
    pool = ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn"))
    try:
        for future in [pool.submit(work, item) for item in items]:
            yield future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _processors() -> int:
    """Return how many processes to use; a frozen program would start itself instead of a worker."""
    if getattr(sys, "frozen", False):
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
