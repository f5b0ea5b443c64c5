"""A mean over seeds and how far it can be trusted: Student's t interval, two-sided 95 %."""

from __future__ import annotations

import math
from collections.abc import Sequence

from msgspec import Struct

# Quantiles 0.975 of Student's t for 1 to 10 degrees of freedom (Abramowitz and Stegun 1964, table 26.10).
_FEW = (12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228)
_NORMAL = 1.959964
"""The same of the normal distribution."""


class Interval(Struct, frozen=True, kw_only=True):
    """A mean of independent values with its 95 % interval; without one below two values."""

    number: int
    mean: float | None = None
    low: float | None = None
    high: float | None = None


def t_quantile(degrees: int) -> float:
    """Return the 0.975 quantile of Student's t.

    From 11 degrees of freedom on by the expansion around the normal quantile, Abramowitz and Stegun
    26.7.5 with four terms, whose error there is below 0.001.
    """
    if degrees < 1:
        raise ValueError(f"{degrees} degrees of freedom; there is no interval below 1")
    if degrees <= len(_FEW):
        return _FEW[degrees - 1]
    x = _NORMAL
    terms = (
        (x**3 + x) / 4,
        (5 * x**5 + 16 * x**3 + 3 * x) / 96,
        (3 * x**7 + 19 * x**5 + 17 * x**3 - 15 * x) / 384,
        (79 * x**9 + 776 * x**7 + 1482 * x**5 - 1920 * x**3 - 945 * x) / 92160,
    )
    return _NORMAL + math.fsum(term / degrees**power for power, term in enumerate(terms, start=1))


def interval_of(values: Sequence[float]) -> Interval:
    """Return the mean of `values` and its interval: mean ± t · s ÷ √n."""
    number = len(values)
    if not number:
        return Interval(number=0)
    mean = math.fsum(values) / number
    if number == 1:
        return Interval(number=1, mean=mean)
    variance = math.fsum((value - mean) ** 2 for value in values) / (number - 1)
    half = t_quantile(number - 1) * math.sqrt(variance / number)
    return Interval(number=number, mean=mean, low=mean - half, high=mean + half)
