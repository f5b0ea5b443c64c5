"""The simulated show: one second at a time, answering to commands."""

from __future__ import annotations

from collections.abc import Mapping

from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.money import minor_digits
from liveroom.models.simulation.advertising import Advertising
from liveroom.models.simulation.arrivals import Arrivals
from liveroom.models.simulation.audience import Audience
from liveroom.models.simulation.browsing import Browsing
from liveroom.models.simulation.buying import Buying
from liveroom.models.simulation.chat.chat_voices import Voices
from liveroom.models.simulation.chat.writing import Chat
from liveroom.models.simulation.checkout import Checkout
from liveroom.models.simulation.crowd import weight_of
from liveroom.models.simulation.draws import Streams
from liveroom.models.simulation.effects import Setting
from liveroom.models.simulation.leads import Leads
from liveroom.models.simulation.messages import Messages
from liveroom.models.simulation.obeying import Obeying
from liveroom.models.simulation.people import KnownPeople
from liveroom.models.simulation.push import Push
from liveroom.models.simulation.reactions import Reactions
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.running_order import RunningOrder
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.simulation.scene import Scene
from liveroom.models.simulation.shop import Shop
from liveroom.models.simulation.sources import PROVIDES
from liveroom.models.simulation.spotlight import Lighting, Spotlight
from liveroom.models.simulation.staging import Staging
from liveroom.models.simulation.trouble.conditions import Conditions
from liveroom.models.simulation.trouble.troubles import Troubles, raid_channel
from liveroom.models.targets import RULES


class World:
    """Audience, shop and run of show; the same scenario, seed and commands give the same events."""

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        starts_at: int | None = None,
        known: KnownPeople | None = None,
        level: str = "none",
    ) -> None:
        """Prepare a show from `starts_at` on (ms UTC; the scenario's own start by default).

        `known` are people of earlier shows who may come back, `level` how much goes wrong by itself.
        """
        if starts_at is not None:
            scenario = scenario.moved_to(starts_at)
        self.scenario, known = scenario, known or KnownPeople()
        delay_ms = round(scenario.reporting.delay * 1000)
        reporter = self._reporter = Reporter(scenario.starts_at, delay_ms)
        streams = self._streams = Streams(seed)
        self.weight = weight_of(scenario)
        """How many people a visit stands for (see `crowd.py`)."""
        self.conditions = Conditions()
        self.running_order = RunningOrder(scenario)
        self.setting = Setting(scenario, reporter)
        self.shop = Shop(scenario, streams, reporter)
        self.audience = Audience(scenario, streams, self.weight)
        self.advertising = Advertising(scenario, reporter)
        self.push = Push(scenario)
        voices = Voices(scenario.languages, scenario.phrases, scenario.currency)
        reference = scenario.funnel.reference_price * 10 ** minor_digits(scenario.currency)
        self._chat = Chat(scenario.chat, voices, reference, streams, reporter)
        self._reactions = Reactions(scenario.reactions, streams, reporter)
        self._troubles = Troubles(
            scenario.troubles, scenario.starts_at, streams, reporter, tuple(PROVIDES), level
        )
        self._raid = raid_channel(scenario.troubles)
        self._arrivals = Arrivals(scenario, streams, seed, known, self.weight)
        self.buying = Buying(scenario, streams, reporter, self.setting, self.shop, seed)
        self.checkout = Checkout(scenario, streams, reporter, self.setting, self.buying, self._chat)
        self._browsing = Browsing(scenario, streams, reporter, self.buying, self.setting)
        self.messages = Messages(scenario, streams, self._arrivals, self.buying, known)
        self._leads = Leads(scenario, streams, reporter, self.setting, seed)
        self._lighting, self._staging = Lighting(scenario), Staging(scenario)
        self._obeying = Obeying(self)
        self._places = {product.sku: at for at, product in enumerate(scenario.products)}
        self.planned_seconds = self.running_order.planned_ms / 1000
        """How long the show is planned to be; the producer may make it longer."""
        self._measured_every = round(scenario.audience.measured_every)
        self._commands: list[tuple[int, c.Command]] = []
        self._next_second = 0
        self._in_stock_of, self._in_stock = -1, [""]

    @property
    def stock(self) -> Mapping[str, int]:
        """Return the units on the shelf of every product, by sku."""
        return {sku: sum(self.shop.shelves[at].pool) for sku, at in self._places.items()}

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
        self._suffer(second)
        self._cue(second * 1000)
        if not second:
            self._tell_levers()
        light = self._lighting.shine(self.running_order, self.setting, second * 1000)
        self.audience.let_go(second, light.leaving, self.conditions.walkout)
        self.shop.step(second)
        self.checkout.step(second, self.conditions)
        self.buying.step(second)
        self._browsing.step(second, self.audience, light)
        self._leads.step(second, self.audience, light)
        self._react(second, light)
        self._let_in(second)
        self.advertising.step(second)
        self.shop.report(second)
        if second % self._measured_every == self._measured_every - 1:
            self._measure(second * 1000 + 999)
        self.push.note(len(self.audience), *self._reporter.lively())
        return self._reporter.take()

    def close(self) -> list[e.Event]:
        """Go off air after the last second and return what is left to report."""
        at_ms = self._next_second * 1000
        self._measure(at_ms)
        self._reactions.report(at_ms)
        self.advertising.report(at_ms)
        self._reporter.tell(e.SegmentStarted, "cue", at_ms, segment_id="")
        return self._reporter.take()

    def cause(self, command: c.CauseTrouble, at_ms: int) -> None:
        """Let something go wrong from an instant on (ms of show)."""
        self._troubles.cause(command, at_ms)

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
                cost_minor=product.cost_minor,
                currency=self.scenario.currency,
            )
        segments, title = self.running_order.segments, self.scenario.title
        self._reporter.tell(e.RunOfShowChanged, "plan", 0, segments=segments, title=title)

    def _tell_levers(self) -> None:
        """Say how levers and targets stand in the first instant, with what was commanded before it."""
        tell, currency = self._reporter.tell, self.scenario.currency
        minor = round(self.advertising.per_minute_minor)
        tell(e.AdBudgetSet, "ad budget", 0, per_minute_minor=minor, currency=currency)
        tell(e.StockIntegrated, "one stock", 0, on=self.shop.integrated)
        tell(e.PaymentLinksAutomated, "links", 0, on=self.checkout.links.automatic)
        tell(e.PresentationChanged, "presentation", 0, style=self.setting.style)
        for kpi, target in self.scenario.targets.items():
            of = currency if RULES[kpi].unit == "money" else None
            tell(e.TargetSet, f"target:{kpi.value}", 0, kpi=kpi, value=target, currency=of)

    def _suffer(self, second: int) -> None:
        """Let troubles set what is wrong in this second."""
        plan = self.running_order.on_air
        on_air = plan.segment.skus if plan is not None else ()
        if self.shop.changes != self._in_stock_of:
            self._in_stock_of = self.shop.changes
            self._in_stock = [sku for sku, at in self._places.items() if self.shop.there[at]]
        viewers = len(self.audience)
        self._troubles.step(second, self.conditions, viewers, on_air, self._in_stock)
        for sku in self.conditions.sold_elsewhere:
            if sku in self._places:
                self.shop.lose(self._places[sku])

    def _cue(self, at_ms: int) -> None:
        """Obey the commands that are due, then let the plan go on if nobody has the cue."""
        held = []
        while self._commands and self._commands[0][0] <= at_ms:
            due = self._commands.pop(0)
            if self.conditions.cue_is_held and isinstance(due[1], c.TakeSegment):
                held.append(due)
                continue
            self._obeying.obey(due[1], at_ms)
        # The presenter goes on: such a wish waits, and others do not wait for it.
        self._commands[:0] = held
        self.setting.expire(at_ms)
        if self.conditions.cue_is_held:
            return
        started = self.running_order.advance(at_ms)
        if started is not None:
            segment_id = started.segment_id
            self._reporter.tell(e.SegmentStarted, "cue", at_ms, segment_id=segment_id)

    def _react(self, second: int, light: Spotlight) -> None:
        scene: Scene = self._staging.scene(self, light, second)
        self._chat.step(second, self.audience, scene)
        self._reactions.step(second, len(self.audience), scene)

    def _let_in(self, second: int) -> None:
        conditions = self.conditions
        factors = self._arrivals.factors(
            second, self.push.factor, self.advertising.factor, conditions.arrivals
        )
        been_here = self.audience.been_here
        visits = self._arrivals.step(second, self.planned_seconds, factors, been_here)
        visits += self.messages.step(second, self.audience)
        if conditions.raiders:
            visits += self._arrivals.raid(second, conditions.raiders, self._raid)
        for visit in visits:
            self.audience.enter(visit)
            one = visit.weight == 1
            self._reporter.tell(
                e.VisitStarted,
                "visit",
                visit.joined_ms,
                visit=visit.key if one else None,
                person=visit.person if one else None,
                channel=visit.channel.channel,
                label=visit.channel.label,
                returning=visit.returning,
                count=visit.weight,
            )
        self._browsing.welcome(visits)
        self._chat.welcome(visits)

    def _measure(self, at_ms: int) -> None:
        viewers = len(self.audience)
        self._reporter.tell(e.AudienceMeasured, "audience", at_ms, viewers=viewers)
        self._browsing.report_impressions(at_ms)
