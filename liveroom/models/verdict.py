"""Whether a difference is a gain, a loss, or not to be told from chance."""

from __future__ import annotations

from enum import StrEnum

from liveroom.models.rehearsal.interval import Interval


class Verdict(StrEnum):
    """What can be said of a difference that was found on some seeds."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "no difference"
    """None at all, on any seed."""
    UNTOLD = "cannot be told"


def verdict_of(difference: Interval) -> Verdict:
    """Return a verdict: only an interval without 0 in it is a gain or a loss; one seed tells nothing."""
    low, high = difference.low, difference.high
    if low is None or high is None:
        return Verdict.UNTOLD
    if low == high == 0:
        return Verdict.SAME
    if low > 0:
        return Verdict.BETTER
    return Verdict.WORSE if high < 0 else Verdict.UNTOLD
