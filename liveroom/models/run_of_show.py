"""The run of show: ordered segments with planned times, the cue, and what is expected of the rest.

The timing follows the show-control convention that late is positive: a segment's planned start is the
show's start plus the planned durations before it, or its own hard start; the offset of the cue is
carried to later segments and absorbed by the gaps before hard starts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct


class Segment(Struct, frozen=True, kw_only=True):
    """One item of the run of show; times in milliseconds UTC, `starts_at` only for a hard start."""

    segment_id: str
    title: str
    duration_ms: int
    starts_at: int | None = None
    skus: tuple[str, ...] = ()
    revenue_target_minor: int | None = None
    """What it shall bring, in minor units of the session's currency."""


class Cue(Struct, frozen=True, kw_only=True, gc=False):
    """A segment that went on air at an instant."""

    segment_id: str
    started_at: int


class SegmentTiming(Struct, frozen=True, kw_only=True):
    """A segment with its planned, expected or actual times (ms UTC; None where nothing anchors them)."""

    segment: Segment
    number: int
    planned_start: int | None
    planned_end: int | None
    start: int | None
    end: int | None
    state: str
    """`done`, `on air`, `next`, `planned` or `skipped`."""


class RunOfShow(Struct, frozen=True, kw_only=True):
    """The plan and what was taken of it; `starts_at` anchors the first segment."""

    segments: tuple[Segment, ...] = ()
    title: str = ""
    starts_at: int | None = None
    cues: tuple[Cue, ...] = ()

    @property
    def on_air(self) -> Cue | None:
        """Return the latest cue, or None before the first and after an explicit end."""
        if not self.cues or not self.cues[-1].segment_id:
            return None
        return self.cues[-1]

    def index(self, segment_id: str) -> int | None:
        """Return a segment's place in the plan."""
        for place, segment in enumerate(self.segments):
            if segment.segment_id == segment_id:
                return place
        return None

    def neighbour(self, step: int) -> Segment | None:
        """Return the segment `step` places from the cue, or the first one before the show."""
        cue = self.on_air
        if cue is None:
            return self.segments[0] if self.segments and step > 0 and not self.cues else None
        place = self.index(cue.segment_id)
        if place is None or not 0 <= place + step < len(self.segments):
            return None
        return self.segments[place + step]


def anchored(segments: tuple[Segment, ...], title: str, cues: tuple[Cue, ...]) -> RunOfShow:
    """Return a run of show that begins at its first segment's hard start, or with its first cue."""
    starts_at = segments[0].starts_at if segments else None
    if starts_at is None and cues:
        starts_at = cues[0].started_at
    return RunOfShow(segments=segments, title=title, starts_at=starts_at, cues=cues)


def planned_starts(segments: Sequence[Segment], starts_at: int | None) -> list[int | None]:
    """Return each segment's planned start: its hard start, else the planned end of the one before."""
    starts: list[int | None] = []
    clock = starts_at
    for segment in segments:
        if segment.starts_at is not None:
            clock = segment.starts_at
        starts.append(clock)
        clock = None if clock is None else clock + segment.duration_ms
    return starts


def timings(show: RunOfShow, now: int) -> tuple[SegmentTiming, ...]:
    """Return every segment with planned and actual or expected times at the instant `now` (ms UTC)."""
    planned = planned_starts(show.segments, show.starts_at)
    aired = _aired_spans(show.cues)
    cue = show.on_air
    place = None if cue is None else show.index(cue.segment_id)
    rows: list[SegmentTiming] = []
    expected: int | None = None
    actual: int | None
    finish: int | None
    for number, (segment, start) in enumerate(zip(show.segments, planned, strict=True)):
        end = None if start is None else start + segment.duration_ms
        span = aired.get(segment.segment_id)
        if place is not None and number == place and cue is not None:
            state, actual = "on air", cue.started_at
            expected = max(now, cue.started_at + segment.duration_ms)
            finish = expected
        elif span is not None and (place is None or number < place):
            state, actual, finish = "done", span[0], span[1]
        elif place is not None and number < place:
            state, actual, finish = "skipped", start, end
        else:
            follows = place is not None and number == place + 1
            first = place is None and not show.cues and number == 0
            state = "next" if follows or first else "planned"
            actual = _expected_start(expected, segment, start)
            finish = None if actual is None else actual + segment.duration_ms
            expected = finish
        rows.append(
            SegmentTiming(
                segment=segment,
                number=number + 1,
                planned_start=start,
                planned_end=end,
                start=actual,
                end=finish,
                state=state,
            )
        )
    return tuple(rows)


def _expected_start(expected: int | None, segment: Segment, planned: int | None) -> int | None:
    if expected is None:
        return planned
    return expected if segment.starts_at is None else max(expected, segment.starts_at)


def _aired_spans(cues: Sequence[Cue]) -> Mapping[str, tuple[int, int | None]]:
    """Return each segment's last time on air as (start, end)."""
    spans: dict[str, tuple[int, int | None]] = {}
    for place, cue in enumerate(cues):
        end = cues[place + 1].started_at if place + 1 < len(cues) else None
        spans[cue.segment_id] = (cue.started_at, end)
    return spans
