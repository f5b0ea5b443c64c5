"""The units of a scenario's parameters and the least and greatest values they may take."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct


class Range(Struct, frozen=True):
    """The unit of a parameter and the least and greatest value it may take."""

    unit: str
    low: float
    high: float


Share = Annotated[float, Range("share", 0, 1)]
SomeShare = Annotated[float, Range("share", 0.01, 1)]
Factor = Annotated[float, Range("factor", 0, 50)]
Exponent = Annotated[float, Range("exponent", 0, 10)]
Seconds = Annotated[float, Range("seconds", 0.1, 3600)]
Minutes = Annotated[float, Range("minutes", 0.1, 600)]
Money = Annotated[float, Range("currency", 0, 1_000_000)]
Price = Annotated[float, Range("currency", 0.01, 1_000_000)]
MoneyPerMinute = Annotated[float, Range("currency per minute", 0, 1_000_000)]
PerViewerMinute = Annotated[float, Range("per viewer and minute", 0, 30)]
PerMinute = Annotated[float, Range("per minute", 0.01, 1_000_000)]
PerHour = Annotated[float, Range("per hour", 0, 60)]
People = Annotated[float, Range("people", 0, 100_000_000)]
Switch = Annotated[float, Range("0 or 1", 0, 1)]
