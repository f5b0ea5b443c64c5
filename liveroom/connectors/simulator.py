"""A show to rehearse on: a simulated audience and shop, offline and repeatable."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import count
from typing import ClassVar

from msgspec.structs import replace

from liveroom.connectors.base import Link, PlayedConnector, Progress
from liveroom.errors import KnownError
from liveroom.models import commands as c
from liveroom.models.events import Event
from liveroom.models.rehearsal.case import Case, Part
from liveroom.models.rehearsal.policies.policy import Policy
from liveroom.models.rehearsal.series import (
    ONE_SHOW,
    Stage,
    first_measured,
    first_measured_starts_at,
)
from liveroom.models.rehearsal.trial import USUAL_TERMS, Terms, Trial
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.scenarios import read_case, read_policy, read_scenario

SOURCE = "simulator"


class SimulatorConnector(PlayedConnector):
    """A scenario and a seed, played as if they were platforms; every restart is the same show.

    Its facts come under the names of the sources that it plays (stream, shop, ads). The producer's
    commands come in through the outbox, recorded by the session; those of a policy or a script it
    records itself.
    """

    name = "simulator"
    title = "Simulator"
    accepts: ClassVar[tuple[type[c.Command], ...]] = (
        c.TakeSegment,
        c.RenameSegment,
        c.ChangeSegmentDuration,
        c.MoveSegment,
        c.CutSegment,
        c.PinProduct,
        c.LaunchOffer,
        c.EndOffer,
        c.ChangePresentation,
        c.SendPaymentLink,
        c.AutomatePaymentLinks,
        c.SendReminder,
        c.SetAdSpend,
        c.ReserveStock,
        c.IntegrateStock,
        c.CauseTrouble,
    )
    mode: ClassVar[str] = "simulated"

    def __init__(
        self,
        scenario: Scenario,
        seed: int = 1,
        minutes: float | None = None,
        start_ms: int | None = None,
        script: Sequence[tuple[int, c.Command]] = (),
        *,
        policy: Policy | None = None,
        parts: Sequence[Part] = ONE_SHOW,
        terms: Terms = USUAL_TERMS,
        case: Case | None = None,
    ) -> None:
        """Take what to play; `minutes` ends the show then, `script` gives commands at ms UTC.

        Of a series of shows the first measured one is played; those before it are played unseen, for
        what they teach.
        """
        super().__init__(SOURCE)
        if seed < 0:
            raise KnownError(f"seed is {seed}; allowed: 0 and above")
        if minutes is not None and not minutes > 0:
            raise KnownError(f"minutes is {minutes}; allowed: above 0")
        self.scenario = scenario if start_ms is None else scenario.moved_to(start_ms)
        self.seed = seed
        self.show_title = scenario.title
        self.currency = scenario.currency
        self.timezone = scenario.timezone
        self.policy = policy
        self.parts = tuple(parts)
        self.case = case
        """What the show is scored by beside the money; it changes nothing in the show."""
        self.start_ms = first_measured_starts_at(self.scenario, self.parts)
        self.terms = replace(terms, minutes=minutes)
        self._script = tuple(script)
        self.stage: Stage | None = None
        """The show that is played, once it is known."""
        self.given: list[tuple[int, c.Command]] = []
        """The commands that came in, each with the second of show from which it holds."""
        self.trial: Trial | None = None
        """The show while it is played and after; only its connector's thread may touch it before."""
        self.has_ended = False
        """Whether the show came to its end, and was not stopped."""

    def acts(self) -> list[tuple[int, c.Command]]:
        """Return all that was commanded, by hand or by the policy, with the second it holds from."""
        decided = [] if self.trial is None else self.trial.decisions
        acts = [*self.given, *((each.second, each.command) for each in decided)]
        return sorted(acts, key=lambda act: act[0])

    def events(self, link: Link) -> Iterator[Event]:
        """Yield the show second by second; commands hold from the second after they came in."""
        trial = self.trial = self._trial()
        self.given.clear()
        self.has_ended = False
        self._pass_on(trial)
        for second in trial.events():
            yield from second
            self._pass_on(trial)
            planned = max(round(trial.planned_seconds), trial.second)
            self.progress = Progress("rehearsing", trial.second, planned)
        self.has_ended = True

    def _pass_on(self, trial: Trial) -> None:
        for command in self.commands():
            self.given.append((trial.second, command))
            trial.command(command)

    def _trial(self) -> Trial:
        stage = self.stage = self._stage()
        return Trial(
            stage.scenario,
            stage.seed,
            self.policy if stage.part.acts else None,
            [(self._second(at_ms), command) for at_ms, command in self._script],
            terms=self.terms,
            learned=stage.learned,
            counts=False,
        )

    def _stage(self) -> Stage:
        """Return the show to play, after those before it were played."""
        seconds = count(1)

        def played() -> None:
            done = next(seconds)
            self.progress = Progress("earlier shows, seconds", done, done + 1)

        return first_measured(self.scenario, self.seed, self.policy, self.parts, self.terms, played)

    def _second(self, at_ms: int) -> int:
        """Return the first second of show that begins at or after an instant (ms UTC)."""
        return math.ceil((at_ms - self.start_ms) / 1000)


def open_simulator(
    seed: int = 1,
    minutes: float | None = None,
    scenario: str = "first_show",
    start_ms: int | None = None,
    policy: str = "none",
    trouble: str = "none",
) -> SimulatorConnector:
    """Return the simulator of a shipped scenario, or of a scenario file by its path."""
    show = read_scenario(scenario)
    case = read_case(scenario, show)
    return SimulatorConnector(
        show,
        seed,
        minutes,
        start_ms,
        policy=read_policy(policy, show, case),
        parts=ONE_SHOW if case is None else case.parts,
        terms=Terms(trouble=trouble),
        case=case,
    )
