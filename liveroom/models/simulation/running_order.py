"""What is on air: the plan, run by itself until the producer takes the cue."""

from __future__ import annotations

from msgspec.structs import replace

from liveroom.models.run_of_show import Segment
from liveroom.models.simulation.scenario import Scenario, SegmentPlan


class RunningOrder:
    """The run of show as the simulation lives it; times in milliseconds of show."""

    def __init__(self, scenario: Scenario) -> None:
        """Take the plan; nothing is on air yet."""
        self._plans = {plan.segment.segment_id: plan for plan in scenario.segments}
        self._order = list(self._plans)
        self._starts_at = scenario.starts_at
        self._overrun_ms = round(scenario.reporting.overrun * 60_000)
        self.producer_has_cue = False
        self.on_air: SegmentPlan | None = None
        self.since_ms = 0

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Return the plan as it stands, in order."""
        return tuple(plan.segment for plan in self._plans.values())

    @property
    def planned_ms(self) -> int:
        """Return the planned length of the show, gaps before hard starts included."""
        clock = 0
        for segment in self.segments:
            clock = max(clock, self._hard_start(segment)) + segment.duration_ms
        return clock

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

    def advance(self, at_ms: int) -> Segment | None:
        """Put the next segment on air when it is time; return it, or None where nothing changes."""
        if self.producer_has_cue:
            return None
        place = self._place() + 1
        if place >= len(self._order):
            return None
        following = self._plans[self._order[place]].segment
        if at_ms < max(self._ends_ms(), self._hard_start(following)):
            return None
        self._start(following.segment_id, at_ms)
        return following

    def is_over(self, at_ms: int) -> bool:
        """Return whether the last segment has had its time, or the overrun is used up."""
        last = self._place() == len(self._order) - 1 and at_ms >= self._ends_ms()
        return last or at_ms >= self.planned_ms + self._overrun_ms

    def _start(self, segment_id: str, at_ms: int) -> None:
        self.on_air = self._plans.get(segment_id)
        self.since_ms = at_ms

    def _place(self) -> int:
        if self.on_air is None:
            return -1
        return self._order.index(self.on_air.segment.segment_id)

    def _ends_ms(self) -> int:
        return 0 if self.on_air is None else self.since_ms + self.on_air.segment.duration_ms

    def _hard_start(self, segment: Segment) -> int:
        return 0 if segment.starts_at is None else segment.starts_at - self._starts_at
