"""Plays the shows of a case in order, each with what the ones before it taught, and takes its effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from liveroom.models.rehearsal.case import Compare, Effect, Part
from liveroom.models.rehearsal.learned import Learned
from liveroom.models.rehearsal.measure_list import MEASURES
from liveroom.models.rehearsal.policies.policy import Policy
from liveroom.models.rehearsal.trial import USUAL_TERMS, Terms, Trial
from liveroom.models.simulation.scenarios.scenario import Scenario

ONE_SHOW = (Part(),)
_DAY_MS = 86_400_000
_APART = 1_000_003
"""Between the seeds of two shows of a series: a prime, so that series of other seeds do not meet."""


class Stage(Struct, frozen=True, kw_only=True):
    """One show of a series, ready to be played: what it is, its seed, and what was learned before it."""

    part: Part
    scenario: Scenario
    seed: int
    learned: Learned

    def trial(self, policy: Policy | None, terms: Terms = USUAL_TERMS) -> Trial:
        """Return the show with `policy`, where the policy acts in it."""
        acting = policy if self.part.acts else None
        return Trial(self.scenario, self.seed, acting, terms=terms, learned=self.learned)


class Played(Struct, frozen=True):
    """The shows of a series that are measured, and what all of them taught."""

    trials: tuple[Trial, ...]
    learned: Learned


_NOTHING = Played((), Learned())
_Shows = Sequence[tuple[int, Part, int]]


def play_series(
    scenario: Scenario,
    seed: int,
    policy: Policy | None,
    parts: Sequence[Part] = ONE_SHOW,
    terms: Terms = USUAL_TERMS,
    second_played: Callable[[], None] = lambda: None,
) -> Played:
    """Play every show of `parts`, with `policy` in those that act; None: nobody acts."""
    shows = list(_shows(scenario, parts))
    return _on(_NOTHING, shows, scenario, seed, policy, terms, second_played)


def play_both(
    scenario: Scenario,
    seed: int,
    policy: Policy,
    parts: Sequence[Part] = ONE_SHOW,
    terms: Terms = USUAL_TERMS,
) -> tuple[Played, Played]:
    """Play every show with `policy` and without; those before it first acts are played once for both."""
    shows = list(_shows(scenario, parts))
    acts = next((at for at, (_, part, _) in enumerate(shows) if part.acts), len(shows))
    before = _on(_NOTHING, shows[:acts], scenario, seed, None, terms)
    acted = _on(before, shows[acts:], scenario, seed, policy, terms)
    return acted, _on(before, shows[acts:], scenario, seed, None, terms)


def first_measured(
    scenario: Scenario,
    seed: int,
    policy: Policy | None,
    parts: Sequence[Part] = ONE_SHOW,
    terms: Terms = USUAL_TERMS,
    second_played: Callable[[], None] = lambda: None,
) -> Stage:
    """Return the first show that is measured, after those before it were played."""
    learned = Learned()
    for number, part, starts_at in _shows(scenario, parts):
        stage = _stage(scenario, seed, number, part, starts_at, learned)
        if part.measured:
            return stage
        trial = _played(stage.trial(policy, terms), second_played)
        learned = learned.after(trial.show, trial.witness.lead_people)
    raise ValueError("no show of the series is measured")


def first_measured_starts_at(scenario: Scenario, parts: Sequence[Part]) -> int:
    """Return when the first show that is measured begins (ms UTC)."""
    return next(at for _, part, at in _shows(scenario, parts) if part.measured)


def value_of(effect: Effect, played: Played) -> float | None:
    """Return the effect's measure of the measured shows."""
    return MEASURES[effect.measure].value(played.trials, effect.about)


def compared(effect: Effect, acted: float | None, not_acted: float | None) -> float | None:
    """Return the effect of the action from its measure with and without it, None where it has none."""
    if acted is None or effect.compare is Compare.WITHIN:
        return acted
    if not_acted is None:
        return None
    if effect.compare is Compare.DIFFERENCE:
        return acted - not_acted
    return acted / not_acted - 1 if not_acted else None


def _shows(scenario: Scenario, parts: Sequence[Part]) -> Iterator[tuple[int, Part, int]]:
    """Yield the number of each show, its part and its start (ms UTC)."""
    number, starts_at = 0, scenario.starts_at
    for part in parts:
        for _ in range(part.times):
            starts_at += round(part.days_later * _DAY_MS) if number else 0
            yield number, part, starts_at
            number += 1


def _on(
    before: Played,
    shows: _Shows,
    scenario: Scenario,
    seed: int,
    policy: Policy | None,
    terms: Terms,
    second_played: Callable[[], None] = lambda: None,
) -> Played:
    """Play shows after those that were played before."""
    learned, measured = before.learned, list(before.trials)
    for number, part, starts_at in shows:
        stage = _stage(scenario, seed, number, part, starts_at, learned)
        trial = _played(stage.trial(policy, terms), second_played)
        learned = learned.after(trial.show, trial.witness.lead_people)
        if part.measured:
            measured.append(trial)
    return Played(tuple(measured), learned)


def _stage(
    scenario: Scenario, seed: int, number: int, part: Part, starts_at: int, learned: Learned
) -> Stage:
    moved = scenario.moved_to(starts_at)
    scale = scenario.audience.scale * part.scale
    changed = replace(moved, audience=replace(moved.audience, scale=scale))
    return Stage(part=part, scenario=changed, seed=seed + number * _APART, learned=learned)


def _played(trial: Trial, second_played: Callable[[], None]) -> Trial:
    for _ in trial.events():
        second_played()
    return trial
