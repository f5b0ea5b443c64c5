"""The figure of a case beside what a rehearsal of it came to."""

from __future__ import annotations

from enum import StrEnum

from msgspec import Struct

from liveroom.models.rehearsal.interval import Interval

TOLERANCE = 0.15
"""Part of the figure by which a show may miss it and still has reached it; the cases are tested with it."""
_EXACT_UNITS = frozenset({"minutes"})
"""In these more is not better: the figure is a moment."""


class Standing(StrEnum):
    """Where a value is beside the case's figure."""

    REACHED = "reached"
    EXCEEDED = "exceeded"
    MISSED = "missed"
    UNKNOWN = "cannot be measured"


class CaseFigure(Struct, frozen=True, kw_only=True):
    """The effect of a case on the producer's show: what, its value, and the case's figure."""

    case_id: str
    name: str
    unit: str
    figure: float
    value: float | None
    """On the played seed."""
    over_seeds: Interval
    """On all seeds that have a value."""
    is_share: bool = False
    """Value and figure are relative changes, told in percent."""
    why_not: str = ""
    """Why there is no value."""
    standing: Standing = Standing.UNKNOWN


def standing_of(value: float | None, figure: float, unit: str) -> Standing:
    """Return whether a value reached a figure, within the tolerance or beyond it in its direction."""
    if value is None or not figure:
        return Standing.UNKNOWN
    part = value / figure
    if abs(part - 1) <= TOLERANCE:
        return Standing.REACHED
    return Standing.EXCEEDED if part > 1 and unit not in _EXACT_UNITS else Standing.MISSED
