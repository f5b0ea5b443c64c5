"""One simulated show from its first second to its last, with somebody who acts on what the desk knows."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from itertools import count

from msgspec import Struct

from liveroom.errors import CommandRefused
from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.direction import confirm, given
from liveroom.models.facts import ConnectionState, Mode
from liveroom.models.money import Ledger
from liveroom.models.rehearsal.acts import (
    Commands,
    Decision,
    behind_the_plan,
    plan_of,
    product_of,
)
from liveroom.models.rehearsal.desk_figures import Desk
from liveroom.models.rehearsal.figure_list import desk_figures
from liveroom.models.rehearsal.learned import Learned
from liveroom.models.rehearsal.policies.policy import POLICY_EVERY_SECONDS, Policy, Producer
from liveroom.models.rehearsal.witness import Witness
from liveroom.models.show import Show
from liveroom.models.simulation.people import KnownPeople
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.simulation.sources import PROVIDES, attachments, due_seconds
from liveroom.models.simulation.trouble.faults import Arrivals, Faults
from liveroom.models.simulation.world import World


class Terms(Struct, frozen=True, kw_only=True):
    """How a show is played, whatever the scenario: `minutes` ends it then."""

    minutes: float | None = None
    trouble: str = "none"


USUAL_TERMS = Terms()


class Trial:
    """A world, the show that the desk counts from it, and a producer: a policy, or commands by hand.

    The same scenario, seed, policy and commands give the same events. Commands by hand come with the
    second of show at whose start they are given. Without a policy and without `counts` no show is
    counted: that is for whoever counts the events himself, such as a session.
    """

    def __init__(
        self,
        scenario: Scenario,
        seed: int,
        policy: Policy | None = None,
        commands: Commands = (),
        *,
        terms: Terms = USUAL_TERMS,
        learned: Learned | None = None,
        counts: bool = True,
    ) -> None:
        """Prepare the show; `learned` is what earlier shows left behind."""
        self.scenario = scenario
        self.seed = seed
        self.learned = learned or Learned()
        self.show = Show(Ledger(currency=scenario.currency))
        self.witness = Witness()
        self.decisions: list[Decision] = []
        self.second = 0
        """The second of show that comes next."""
        self._foreign = 0
        self._producer = Producer(policy) if policy is not None else None
        self._commands = sorted(commands, key=lambda each: each[0])
        self._counts = counts or policy is not None or bool(commands)
        self._seconds = None if terms.minutes is None else round(terms.minutes * 60)
        known = KnownPeople(
            customers=tuple(sorted(self.learned.customers)),
            participants=tuple(sorted(self.learned.participants)),
            leads=tuple(sorted(self.learned.leads)),
        )
        self._world = World(scenario, seed, known=known, level=terms.trouble)
        delay_ms = round(scenario.reporting.delay * 1000)
        self._faults = Faults(scenario.troubles, tuple(PROVIDES), delay_ms)

    @property
    def planned_seconds(self) -> float:
        """Return how long the show is going to be, as far as that is planned."""
        return float(self._seconds or self._world.planned_seconds)

    def command(self, command: c.Command) -> None:
        """Let the world obey a command that somebody else records, from the next second on."""
        at = self._at(self.second)
        self._obeyed(command, at)
        if self._counts:
            self._foreign += 1
            with suppress(CommandRefused):
                number = f"desk-{self._foreign}"
                self.show.apply_all(confirm(command, self.show, Mode.REHEARSAL, at, number))

    def run(self) -> Trial:
        """Play to the end and return itself."""
        for _ in self.events():
            pass
        return self

    def events(self) -> Iterator[list[e.Event]]:
        """Yield the events of each second as they reach the desk; the last ones are of the close."""
        yield self._joined()
        opening = self._prepare()
        for second in count():
            self.second = second
            acted = [] if not second else self._act(second)
            if self._is_over(second):
                break
            happened = self._world.step(second)
            self.second = second + 1
            arrived = self._faults.step(self._at(self.second), happened)
            if not second:
                arrived = Arrivals(*(behind_the_plan(events, opening) for events in arrived))
            yield [*acted, *self._seen(arrived)]
        ended = self._faults.close(self._at(self.second), self._world.close())
        yield [*acted, *self._seen(ended), *self._connections(ConnectionState.FINISHED)]

    def desk(self) -> Desk:
        """Return the desk as it is now."""
        return Desk(self.show, self.witness, self._at(self.second), self.scenario, self.learned)

    def _at(self, second: int) -> int:
        return self.scenario.starts_at + second * 1000

    def _is_over(self, second: int) -> bool:
        return self._world.is_over(second) if self._seconds is None else second >= self._seconds

    def _seen(self, arrived: Arrivals) -> list[e.Event]:
        """Count what reached the desk and return it, with what was sent twice."""
        if self._counts:
            self.show.apply_all(arrived.fresh)
            self.witness.see(arrived.fresh)
        return arrived.events

    def _joined(self) -> list[e.Event]:
        """Return the sources that report the show as they join it."""
        joined = [
            *attachments(self._at(0), due=due_seconds(self.scenario)),
            *self._connections(ConnectionState.RUNNING),
        ]
        if self._counts:
            self.show.apply_all(joined)
        return joined

    def _connections(self, state: ConnectionState) -> list[e.Event]:
        at = self._at(self.second)
        return [
            e.ConnectionChanged(
                occurred_at=at,
                received_at=at,
                source=source,
                source_id=f"connection:{state}",
                state=state,
            )
            for source in PROVIDES
        ]

    def _prepare(self) -> list[e.Event]:
        """Return what is done before the first second, on a desk that knows the plan and no more."""
        if not self._counts:
            return []
        show, self.show = self.show, plan_of(self.scenario)
        events: list[e.Event] = []
        if self._producer is not None:
            for why, command in self._producer.prepare(self.desk()):
                events += self._give(command, 0, why)
        events += self._by_hand(0)
        self.show = show
        return events

    def _act(self, second: int) -> list[e.Event]:
        """Return the records of what is commanded at the start of a second, and what confirms it."""
        events = self._by_hand(second)
        if self._producer is not None and second % POLICY_EVERY_SECONDS == 0:
            for why, command in self._producer.act(self.desk()):
                events += self._give(command, second, why)
        return events

    def _obeyed(self, command: c.Command, at: int) -> None:
        self._world.command(command, at)
        if isinstance(command, c.CauseTrouble):
            self._faults.command(command, at)

    def _by_hand(self, second: int) -> list[e.Event]:
        events: list[e.Event] = []
        while self._commands and self._commands[0][0] <= second:
            events += self._give(self._commands.pop(0)[1], second, "by hand")
        return events

    def _give(self, command: c.Command, second: int, why: str) -> list[e.Event]:
        """Give a command as the session would: record it, confirm it, let the world obey."""
        at, number = self._at(second), str(len(self.decisions) + 1)
        refusal, confirmed = "", list[e.Event]()
        knew = desk_figures(self.desk(), product_of(command))
        try:
            confirmed = confirm(command, self.show, Mode.REHEARSAL, at, number)
        except CommandRefused as error:
            refusal = str(error)
        else:
            self._obeyed(command, at)
        self.decisions.append(
            Decision(second=second, command=command, why=why, refusal=refusal, knew=knew)
        )
        events = [given(command, refusal, at, number), *confirmed]
        self.show.apply_all(events)
        return events
