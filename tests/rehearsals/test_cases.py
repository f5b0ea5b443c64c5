"""The fourteen cases: with the action the figure of the case comes out, without it it does not.

The forty seeds are always the same, so that one program has one verdict. A change that only reshuffles
chance draws anew: with intervals of ±8 % of the figure (a standard error of 4 %), a case whose true mean is
5 % off fails the bound of 15 % once in 160 such draws, one that is exact once in 5,000.
"""

from collections.abc import Sequence
from functools import cache
from math import fsum

import pytest

from liveroom.models.rehearsal.case import Compare
from liveroom.paths import resource
from liveroom.scenarios import read_case, read_scenario
from liveroom.trials import Job, Outcome, SeedResult, play_seed

pytestmark = pytest.mark.slow
SHARES = "name"
"""The shows of a case are played once for its three tests."""

CASES = sorted(path.stem for path in resource("scenarios").glob("c[0-9][0-9].toml"))
SEEDS = range(1, 41)
OFF = 0.15
"""How far from the figure the mean may be, as a share of it."""
UNSURE = 0.10
"""How far the interval may reach to either side."""
AWAY = 0.25
"""How far from the figure the measure stays where nobody acts."""
RARELY = len(SEEDS) // 10
"""Seeds out of forty in which the exception may happen."""
PLAUSIBLE = {"conversion": (0.01, 0.10), "abandonment": (0.50, 0.80), "watch_minutes": (2.0, 30.0)}
"""Rates of every case, acted or not."""
MOVES = {"visits": 2.0, "watch_minutes": 2.0, "average_order_value": 2.0, "revenue": 3.0}
"""By which factor an action may move these, up or down."""


@cache
def outcome_of(name: str) -> Outcome:
    scenario = read_scenario(name)
    case = read_case(name, scenario)
    assert case is not None, f"{name} holds no case"
    job = Job(scenario=name, policy="case")
    return Outcome(
        case=case.case_id,
        title=scenario.title,
        policy=case.policy.title,
        effects=(case.effect, *case.also),
        seeds=tuple(play_seed(job, seed) for seed in SEEDS),
    )


def target_of(outcome: Outcome, place: int) -> float:
    target = outcome.effects[place].target
    assert target is not None
    return target


def mean(values: Sequence[float]) -> float:
    return fsum(values) / len(values)


def known(values: Sequence[float | None]) -> list[float]:
    return [value for value in values if value is not None]


def side(seeds: Sequence[SeedResult], measure: str, acted: bool) -> float:
    return mean(known([seed.side[measure][not acted] for seed in seeds]))


@pytest.mark.parametrize("name", CASES)
def test_with_the_action_the_figure_of_the_case_comes_out(name: str) -> None:
    outcome = outcome_of(name)
    target, interval = target_of(outcome, 0), outcome.interval(0)
    assert interval.number >= len(SEEDS) - RARELY
    assert interval.mean == pytest.approx(target, rel=OFF)
    assert interval.low is not None
    assert interval.high is not None
    assert interval.high - interval.low < 2 * UNSURE * abs(target)


@pytest.mark.parametrize("name", CASES)
def test_without_the_action_it_does_not_happen(name: str) -> None:
    outcome = outcome_of(name)
    for place, effect in enumerate(outcome.effects):
        target = target_of(outcome, place)
        idle = known([seed.not_acted[place] for seed in outcome.seeds])
        if effect.compare is Compare.WITHIN:
            stays_away = len(idle) <= RARELY
            assert stays_away or abs(mean(idle) - target) >= AWAY * abs(target)
            continue
        # Shows in which nobody acts differ by chance alone: twenty of them against twenty others.
        one, other = mean(idle[::2]), mean(idle[1::2])
        chance = one - other if effect.compare is Compare.DIFFERENCE else one / other - 1
        assert abs(chance) < abs(target) / 2


@pytest.mark.parametrize("name", CASES)
def test_the_action_leaves_the_rest_plausible(name: str) -> None:
    seeds = outcome_of(name).seeds
    for measure, (low, high) in PLAUSIBLE.items():
        for acted in (True, False):
            assert low <= side(seeds, measure, acted) <= high, (measure, acted)
    for measure, most in MOVES.items():
        ratio = side(seeds, measure, True) / side(seeds, measure, False)
        assert 1 / most <= ratio <= most, measure
