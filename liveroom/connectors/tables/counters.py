"""Running totals become differences: corrections, restarts and blanks are handled here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

StepBack = Literal["correction", "restart"]


def rises(totals: Iterable[int | None], step_back: StepBack) -> Iterator[int]:
    """Yield how much a running total rose at each reading, never below zero.

    The first reading is the baseline and rises by 0; a blank carries the total on. One below the
    last is a `correction` (only what exceeds the highest so far rises again) or a `restart`
    (the counter began again at zero).
    """
    last: int | None = None
    for total in totals:
        if total is None or last is None:
            last = total if last is None else last
            yield 0
        elif step_back == "restart":
            yield total - last if total >= last else total
            last = total
        else:
            yield max(0, total - last)
            last = max(last, total)
