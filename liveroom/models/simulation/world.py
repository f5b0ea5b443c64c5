"""The simulated show: one second at a time, answering to commands."""

from __future__ import annotations

import math
from collections.abc import Mapping

from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.simulation.audience import Audience
from liveroom.models.simulation.browsing import Browsing, Spotlight
from liveroom.models.simulation.buying import Buying
from liveroom.models.simulation.chat import Chat
from liveroom.models.simulation.draws import Streams
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.running_order import RunningOrder
from liveroom.models.simulation.scenario import Scenario

_NOTHING_ON_AIR = Spotlight([], 1.0, 1.0)


class World:
    """Audience, shop and run of show; the same scenario, seed and commands give the same events."""

    def __init__(
        self, scenario: Scenario, seed: int, starts_at: int | None = None, source: str = "simulator"
    ) -> None:
        """Prepare a show from `starts_at` on (ms UTC; the scenario's own start by default)."""
        if starts_at is not None:
            scenario = scenario.moved_to(starts_at)
        self.scenario = scenario
        self._reporter = Reporter(
            source, scenario.starts_at, round(scenario.reporting.delay * 1000)
        )
        self._streams = Streams(seed)
        self.running_order = RunningOrder(scenario)
        self.audience = Audience(scenario, self._streams, seed)
        self._buying = Buying(scenario, self._streams, self._reporter)
        self._browsing = Browsing(scenario, self._streams, self._reporter, self._buying)
        self._chat = Chat(scenario, self._streams, self._reporter)
        self._places = {product.sku: at for at, product in enumerate(scenario.products)}
        self.planned_seconds = self.running_order.planned_ms / 1000
        """How long the show is planned to be; the producer may make it longer."""
        self._measured_every = round(scenario.audience.measured_every)
        self._commands: list[tuple[int, c.Command]] = []
        self._next_second = 0

    @property
    def stock(self) -> Mapping[str, int]:
        """Return the units left of every product, by sku."""
        return {sku: self._buying.stock[at] for sku, at in self._places.items()}

    def command(self, command: c.Command, at_ms: int) -> None:
        """Let a command hold from the first second that begins at or after `at_ms` (ms UTC)."""
        self._commands.append((at_ms - self.scenario.starts_at, command))
        self._commands.sort(key=lambda each: each[0])

    def is_over(self, second: int) -> bool:
        """Return whether the show is off air when this second begins."""
        return self.running_order.is_over(second * 1000)

    def step(self, second: int) -> list[e.Event]:
        """Live through one second, each in its turn, and return its events in order of time."""
        if second != self._next_second:
            raise ValueError(f"second {second} is not the next one, which is {self._next_second}")
        self._next_second += 1
        self._streams.at(second)
        if not second:
            self._open()
        self._cue(second * 1000)
        on_air = self.running_order.on_air
        spotlight = self._spotlight(second * 1000)
        self.audience.let_go(second, 1.0 if on_air is None else on_air.leaving)
        self._buying.step(second)
        self._browsing.step(second, self.audience, spotlight)
        shown = [self.scenario.products[place] for place in spotlight.products]
        self._chat.step(second, self.audience, shown)
        self._let_in(second)
        if second % self._measured_every == self._measured_every - 1:
            self._measure(second * 1000 + 999)
        return self._reporter.take()

    def close(self) -> list[e.Event]:
        """Go off air after the last second and return what is left to report."""
        at_ms = self._next_second * 1000
        self._measure(at_ms)
        self._reporter.tell(e.SegmentStarted, "cue", at_ms, segment_id="")
        return self._reporter.take()

    def _open(self) -> None:
        for product in self.scenario.products:
            self._reporter.tell(
                e.ProductListed,
                "product",
                0,
                sku=product.sku,
                name=product.name,
                category=product.category,
                price_minor=product.price_minor,
                currency=self.scenario.currency,
            )
        segments, title = self.running_order.segments, self.scenario.title
        self._reporter.tell(e.RunOfShowChanged, "plan", 0, segments=segments, title=title)

    def _cue(self, at_ms: int) -> None:
        """Obey the commands that are due, then let the plan go on if nobody has the cue."""
        while self._commands and self._commands[0][0] <= at_ms:
            match self._commands.pop(0)[1]:
                case c.TakeSegment(segment_id=segment_id):
                    self.running_order.take(segment_id, at_ms)
                case c.ChangeSegmentDuration(segment_id=segment_id, duration_ms=duration_ms):
                    self.running_order.plan_duration(segment_id, duration_ms)
        started = self.running_order.advance(at_ms)
        if started is not None:
            segment_id = started.segment_id
            self._reporter.tell(e.SegmentStarted, "cue", at_ms, segment_id=segment_id)

    def _spotlight(self, at_ms: int) -> Spotlight:
        """Return what is on air; interest fades with the segment's age, down to a floor."""
        plan = self.running_order.on_air
        if plan is None:
            return _NOTHING_ON_AIR
        funnel = self.scenario.funnel
        age_minutes = (at_ms - self.running_order.since_ms) / 60_000
        fading = math.exp(-age_minutes / funnel.novelty)
        novelty = funnel.novelty_floor + (1 - funnel.novelty_floor) * fading
        products = [self._places[sku] for sku in plan.segment.skus]
        return Spotlight(products, plan.interest * novelty, plan.buying)

    def _let_in(self, second: int) -> None:
        visits = self.audience.let_in(second, self.planned_seconds)
        for visit in visits:
            self._reporter.tell(
                e.VisitStarted,
                "visit",
                visit.joined_ms,
                visit=visit.key,
                person=visit.person,
                channel=visit.channel.channel,
                label=visit.channel.label,
            )
        self._browsing.welcome(visits)

    def _measure(self, at_ms: int) -> None:
        viewers = len(self.audience)
        self._reporter.tell(e.AudienceMeasured, "audience", at_ms, viewers=viewers)
        self._browsing.report_impressions(at_ms)
