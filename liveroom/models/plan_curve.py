"""Where revenue should be by the plan at every minute, and where it leads.

A segment of planned start s, planned duration d and target t owes t × (at − s) ÷ d while it is planned to be
on air: nothing before, all of it after. What all segments owe together is the plan's curve. It never
falls, and ends at the target of the show: segments that state a target keep it, the rest of the show's target
is spread over the others by their planned duration; where the two do not fit together, what the segments
state is scaled to the show's target. Planned times are those of the run of show (a cue that comes late does
not move them), with what was moved, cut and lengthened by now.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from liveroom.models.run_of_show import RunOfShow, Segment, planned_starts

LEAST_SHARE = 0.1
"""A forecast needs a tenth of the plan's curve behind it."""


class PlanCurve(Struct, frozen=True, kw_only=True):
    """What the plan owes: for every segment its planned start (ms UTC), duration (ms) and target (minor)."""

    spans: tuple[tuple[int, int, int], ...]

    @property
    def total_minor(self) -> int:
        """Return where the curve ends."""
        return sum(target for _, _, target in self.spans)

    def at(self, instant: int) -> int:
        """Return what should be there at an instant (ms UTC), in minor units."""
        return sum(
            target * min(max(instant - start, 0), duration) // duration
            for start, duration, target in self.spans
        )


class Standing(Struct, frozen=True, kw_only=True):
    """Revenue against the plan's curve at an instant, in minor units."""

    achieved_minor: int
    expected_minor: int
    total_minor: int

    @property
    def ahead_minor(self) -> int:
        """Return how much more there is than the curve owes; negative: behind it."""
        return self.achieved_minor - self.expected_minor

    @property
    def share_of_curve(self) -> float | None:
        """Return achieved ÷ owed by now, None while nothing is owed."""
        return self.achieved_minor / self.expected_minor if self.expected_minor > 0 else None

    @property
    def forecast_minor(self) -> int | None:
        """Return achieved ÷ (owed by now ÷ total): the end, if all goes on as well or badly as so far.

        None before a tenth of the curve is passed: so little says nothing about the whole.
        """
        if self.expected_minor < LEAST_SHARE * self.total_minor or not self.total_minor:
            return None
        return self.achieved_minor * self.total_minor // self.expected_minor


def plan_curve(plan: RunOfShow, total_minor: int | None) -> PlanCurve | None:
    """Return the curve of a run of show with a target for the whole show, or with those of its segments.

    None where there is no target at all, or nothing says when the show begins.
    """
    segments = [segment for segment in plan.segments if segment.duration_ms > 0]
    starts = [start for start in planned_starts(segments, plan.starts_at) if start is not None]
    if not segments or len(starts) < len(segments):
        return None
    targets = _shares(segments, total_minor)
    if not any(targets):
        return None
    return PlanCurve(
        spans=tuple(
            (start, segment.duration_ms, target)
            for start, segment, target in zip(starts, segments, targets, strict=True)
        )
    )


def standing(
    plan: RunOfShow, total_minor: int | None, achieved_minor: int | None, at: int
) -> Standing | None:
    """Return where revenue stands against the curve at `at` (ms UTC); None where one is unknown."""
    curve = plan_curve(plan, total_minor)
    if curve is None or achieved_minor is None:
        return None
    return Standing(
        achieved_minor=achieved_minor,
        expected_minor=curve.at(at),
        total_minor=curve.total_minor,
    )


def _shares(segments: Sequence[Segment], total_minor: int | None) -> list[int]:
    """Return what each segment owes; together exactly the total, where there is one."""
    stated = [segment.revenue_target_minor for segment in segments]
    if total_minor is None:
        return [target or 0 for target in stated]
    rest = total_minor - sum(target or 0 for target in stated)
    durations = [segment.duration_ms for segment in segments]
    if rest >= 0 and None in stated:
        free = [0 if target is not None else d for target, d in zip(stated, durations, strict=True)]
        spread = _split(rest, free)
        return [(target or 0) + part for target, part in zip(stated, spread, strict=True)]
    weights = [target or 0 for target in stated]
    return _split(total_minor, weights if any(weights) else durations)


def _split(amount: int, weights: Sequence[int]) -> list[int]:
    """Return an amount in whole parts by weight that add up to it."""
    whole, behind, passed = sum(weights), 0, 0
    parts = []
    for weight in weights:
        passed += weight
        until = amount * passed // whole
        parts.append(until - behind)
        behind = until
    return parts
