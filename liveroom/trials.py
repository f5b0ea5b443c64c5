"""Plays a scenario with many seeds, acted and not acted, in several processes where that pays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache, partial

from msgspec import Struct

from liveroom.models.rehearsal.case import Case, Compare, Effect, Premise
from liveroom.models.rehearsal.interval import Interval, interval_of
from liveroom.models.rehearsal.measure_list import MEASURES
from liveroom.models.rehearsal.outcomes import About
from liveroom.models.rehearsal.policies.policy import Policy
from liveroom.models.rehearsal.series import (
    ONE_SHOW,
    Played,
    compared,
    play_both,
    play_series,
    value_of,
)
from liveroom.models.rehearsal.trial import USUAL_TERMS, Terms
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.scenarios import read_case, read_policy, read_scenario
from liveroom.workers import side_by_side

SIDE = (
    "visits",
    "viewer_minutes",
    "watch_minutes",
    "conversion",
    "orders",
    "average_order_value",
    "revenue",
    "margin",
    "abandonment",
)
"""Measures that are reported beside the effect, so that nothing else moves unseen."""

NO_CASE = Effect(
    name="revenue, acted ÷ not acted − 1",
    unit="share",
    measure="revenue",
    compare=Compare.RELATIVE,
    target=None,
)
"""The effect that is taken of a scenario that states none."""


class Job(Struct, frozen=True, kw_only=True):
    """What to play: a scenario and a policy as they are named on the command line."""

    scenario: str
    policy: str
    terms: Terms = USUAL_TERMS


class SeedResult(Struct, frozen=True, kw_only=True):
    """What came out with one seed: each effect's measure and the side measures, acted and not."""

    seed: int
    acted: tuple[float | None, ...]
    not_acted: tuple[float | None, ...]
    effects: tuple[float | None, ...]
    """The case's effect first, then what else it states."""
    premises: tuple[float | None, ...]
    """Each premise's measure, not acted."""
    side: Mapping[str, tuple[float | None, float | None]]


class Outcome(Struct, frozen=True, kw_only=True):
    """The effects of a policy over many seeds."""

    case: str
    title: str
    policy: str
    effects: tuple[Effect, ...]
    premises: tuple[Premise, ...]
    seeds: tuple[SeedResult, ...]

    def interval(self, place: int = 0) -> Interval:
        """Return the mean of an effect over the seeds that have one."""
        return interval_of([e for s in self.seeds if (e := s.effects[place]) is not None])

    def values(self, place: int, acted: bool) -> Interval:
        """Return the mean of an effect's measure with the action, or without it."""
        found = [(s.acted if acted else s.not_acted)[place] for s in self.seeds]
        return interval_of([value for value in found if value is not None])

    def premise(self, place: int) -> Interval:
        """Return the mean of a premise's measure over the seeds that have one."""
        return interval_of([e for s in self.seeds if (e := s.premises[place]) is not None])

    def side(self, measure: str) -> Interval:
        """Return by how much a side measure differs: acted ÷ not acted − 1, per seed."""
        pairs = [seed.side[measure] for seed in self.seeds]
        return interval_of([a / n - 1 for a, n in pairs if a is not None and n])


def run_trials(
    job: Job, seeds: Sequence[int], progress: Callable[[int], None] = lambda done: None
) -> Outcome:
    """Play every seed with the policy and without it; `progress` is told how many are done."""
    scenario, case, policy = _read(job)
    results = []
    for result in side_by_side(partial(play_seed, job), seeds):
        results.append(result)
        progress(len(results))
    return Outcome(
        case=case.case_id if case is not None else "",
        title=scenario.title,
        policy=policy.title if policy is not None else "nothing",
        effects=_effects(case),
        premises=case.premises if case is not None else (),
        seeds=tuple(sorted(results, key=lambda each: each.seed)),
    )


def play_seed(job: Job, seed: int) -> SeedResult:
    """Play one seed's shows, acted and not acted."""
    scenario, case, policy = _read(job)
    parts, effects = case.parts if case is not None else ONE_SHOW, _effects(case)
    if policy is None:
        busy = idle = play_series(scenario, seed, None, parts, job.terms)
    else:
        busy, idle = play_both(scenario, seed, policy, parts, job.terms)
    acted = tuple(value_of(effect, busy) for effect in effects)
    not_acted = tuple(value_of(effect, idle) for effect in effects)
    return SeedResult(
        seed=seed,
        acted=acted,
        not_acted=not_acted,
        effects=tuple(map(compared, effects, acted, not_acted)),
        premises=tuple(
            MEASURES[premise.measure].value(idle.trials, premise.about)
            for premise in (case.premises if case is not None else ())
        ),
        side={name: (_side(name, busy), _side(name, idle)) for name in SIDE},
    )


def _side(measure: str, played: Played) -> float | None:
    return MEASURES[measure].value(played.trials, About())


def _effects(case: Case | None) -> tuple[Effect, ...]:
    return (NO_CASE,) if case is None else (case.effect, *case.also)


@lru_cache(maxsize=1)
def _read(job: Job) -> tuple[Scenario, Case | None, Policy | None]:
    scenario = read_scenario(job.scenario)
    case = read_case(job.scenario, scenario)
    return scenario, case, read_policy(job.policy, scenario, case)
