"""Figures that need more than a count: the audience gauge, chat peaks and sales per segment."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from liveroom.models.show import Show
from liveroom.models.snapshot import Audience
from liveroom.models.timeline import Column

LONGEST_HOLD_MS = 120_000
"""A sample stands for at most this long in the time-weighted mean: silence is not an audience."""


def audience_of(show: Show, until: int | None = None) -> Audience:
    """Return the audience so far; `until` (ms UTC) closes the last sample's share of the weighted mean."""
    times, values = show.audience.to_arrays()
    if not len(times):
        return Audience()
    peak = int(np.argmax(values))
    return Audience(
        first=int(values[0]),
        last=int(values[-1]),
        last_at=int(times[-1]),
        mean=float(values.mean()),
        weighted_mean=_weighted_mean(times, values, until),
        peak=int(values[peak]),
        peak_at=int(times[peak]),
        samples=len(times),
    )


def _weighted_mean(
    times: NDArray[np.int64], values: NDArray[np.int64], until: int | None
) -> float | None:
    end = times[-1] if until is None else max(until, int(times[-1]))
    held = np.minimum(np.diff(times, append=end), LONGEST_HOLD_MS)
    total = held.sum()
    return float((values * held).sum() / total) if total else float(values[-1])


def chat_peak(show: Show) -> tuple[int, int] | None:
    """Return the most messages in a minute and that minute's start (ms UTC); the first of equal ones."""
    minutes, counts = show.timeline.by_minute()
    messages = counts[:, Column.CHAT_MESSAGES]
    if not len(minutes) or not messages.any():
        return None
    best = int(np.argmax(messages))
    return int(messages[best]), int(minutes[best]) * 60_000


def segment_totals(show: Show) -> Mapping[str, list[int]]:
    """Return what was counted (by Column) while each segment was on air, by segment id.

    Only segments that were on air in the show's window are there. A segment has the whole second in
    which it started, so that it may have sold something up to a second before.
    """
    cues, window = show.run_of_show.cues, show.window
    totals: dict[str, list[int]] = {}
    if not cues:
        return totals
    edges = np.array([cue.started_at // 1000 for cue in cues] + [np.iinfo(np.int64).max])
    spans = np.diff(show.timeline.totals_at(edges), axis=0).tolist()
    ends = [*(cue.started_at for cue in cues[1:]), window.end]
    for cue, end, counts in zip(cues, ends, spans, strict=True):
        on_air = cue.started_at < window.end and end > window.start
        if cue.segment_id and (on_air or any(counts)):
            before = totals.get(cue.segment_id)
            totals[cue.segment_id] = (
                counts if before is None else [a + b for a, b in zip(before, counts, strict=True)]
            )
    return totals
