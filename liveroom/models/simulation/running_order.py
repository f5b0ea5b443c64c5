"""What is on air: the plan, run by itself until the producer takes the cue."""

from __future__ import annotations

import math

from msgspec.structs import replace

from liveroom.models.run_of_show import Segment
from liveroom.models.simulation.scenarios.scenario import Scenario, SegmentPlan


class RunningOrder:
    """The run of show as the simulation lives it; times in milliseconds of show."""

    def __init__(self, scenario: Scenario) -> None:
        """Take the plan; nothing is on air yet."""
        self._plans = {plan.segment.segment_id: plan for plan in scenario.segments}
        self._starts_at = scenario.starts_at
        self._overrun_ms = round(scenario.reporting.overrun * 60_000)
        self._rested = scenario.funnel.rested
        self._worn: dict[str, tuple[float, int]] = {}
        """Minutes of interest used up per segment when it went off air, and when that was."""
        self.producer_has_cue = False
        self.on_air: SegmentPlan | None = None
        self.since_ms = 0
        self.planned_ms = self._planned()
        """The planned length of the show, gaps before hard starts included."""

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Return the plan as it stands, in order."""
        return tuple(plan.segment for plan in self._plans.values())

    def age_minutes(self, at_ms: int) -> float:
        """Return for how long the segment on air has been worn; what rested in between is fresher."""
        if self.on_air is None:
            return 0.0
        worn, left_ms = self._worn.get(self.on_air.segment.segment_id, (0.0, 0))
        rested = math.exp(-(self.since_ms - left_ms) / 60_000 / self._rested)
        return worn * rested + (at_ms - self.since_ms) / 60_000

    def take(self, segment_id: str, at_ms: int) -> None:
        """The producer puts a segment on air (blank or unknown: none of ours) and keeps the cue."""
        self.producer_has_cue = True
        self._start(segment_id, at_ms)

    def plan_duration(self, segment_id: str, duration_ms: int) -> None:
        """The producer plans another duration."""
        plan = self._plans.get(segment_id)
        if plan is None:
            return
        changed = replace(plan, segment=replace(plan.segment, duration_ms=duration_ms))
        self._plans[segment_id] = changed
        if self.on_air is plan:
            self.on_air = changed
        self.planned_ms = self._planned()

    def move(self, segment_id: str, before: str) -> None:
        """The producer puts a segment before another one, or last; unknown ones stay where they are."""
        if segment_id not in self._plans or before == segment_id:
            return
        if before and before not in self._plans:
            return
        moved = self._plans.pop(segment_id)
        names = list(self._plans)
        names.insert(names.index(before) if before else len(names), segment_id)
        plans = {**self._plans, segment_id: moved}
        self._plans = {name: plans[name] for name in names}
        self.planned_ms = self._planned()

    def cut(self, segment_id: str) -> None:
        """The producer takes a segment out of the plan; the one on air stays."""
        if self.on_air is None or self.on_air.segment.segment_id != segment_id:
            self._plans.pop(segment_id, None)
            self.planned_ms = self._planned()

    def advance(self, at_ms: int) -> Segment | None:
        """Put the next segment on air when it is time; return it, or None where nothing changes."""
        if self.producer_has_cue:
            return None
        following = self._next()
        if following is None or at_ms < max(self._ends_ms(), self._hard_start(following)):
            return None
        self._start(following.segment_id, at_ms)
        return following

    def is_over(self, at_ms: int) -> bool:
        """Return whether the last segment has had its time, or the overrun is used up."""
        last = self.on_air is not None and self._next() is None and at_ms >= self._ends_ms()
        return last or at_ms >= self.planned_ms + self._overrun_ms

    def _planned(self) -> int:
        clock = 0
        for segment in self.segments:
            clock = max(clock, self._hard_start(segment)) + segment.duration_ms
        return clock

    def _start(self, segment_id: str, at_ms: int) -> None:
        if self.on_air is not None:
            self._worn[self.on_air.segment.segment_id] = (self.age_minutes(at_ms), at_ms)
        self.on_air = self._plans.get(segment_id)
        self.since_ms = at_ms

    def _next(self) -> Segment | None:
        """Return the segment that follows the one on air."""
        names = list(self._plans)
        place = 0
        if self.on_air is not None:
            place = names.index(self.on_air.segment.segment_id) + 1
        return self._plans[names[place]].segment if place < len(names) else None

    def _ends_ms(self) -> int:
        return 0 if self.on_air is None else self.since_ms + self.on_air.segment.duration_ms

    def _hard_start(self, segment: Segment) -> int:
        return 0 if segment.starts_at is None else segment.starts_at - self._starts_at
