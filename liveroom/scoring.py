"""Scores a rehearsal that was played at the desk, and keeps it as an attempt of its producer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from liveroom.attempts import Entry, attempts_of, keep_attempt
from liveroom.connectors.simulator import SimulatorConnector
from liveroom.errors import KnownError
from liveroom.models.commands import CauseTrouble
from liveroom.models.rehearsal.case import Case
from liveroom.models.rehearsal.case_figures import CaseEffect
from liveroom.models.rehearsal.policies.policy import Policy
from liveroom.models.rehearsal.score import MORE_SEEDS, score, shows_to_play
from liveroom.models.rehearsal.score_cards import attempt_of, score_card
from liveroom.models.rehearsal.score_shows import Ending, Variant, play_variant
from liveroom.models.score_card import ScoreCard, ScoreProgress
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.scenarios import shipped_policies
from liveroom.workers import side_by_side

MOST_DECISIONS = 60
"""Each costs a show on every seed; of more than these only the first are judged one by one."""


def score_rehearsal(
    simulator: SimulatorConnector,
    producer: str,
    ended_at: int,
    progress: Callable[[ScoreProgress], None] = lambda done: None,
) -> ScoreCard:
    """Score what was done in a rehearsal that is over; `ended_at` is ms UTC, for the learning curve.

    Takes seconds per show, in other processes where that pays; not for the GUI's thread. An exception
    that `progress` raises ends it. A show that was stopped is scored up to there.
    """
    stage, trial = simulator.stage, simulator.trial
    if stage is None or trial is None or not trial.second:
        raise KnownError("nothing was played yet, so there is nothing to score")
    terms = simulator.terms
    if not simulator.has_ended:
        terms = replace(terms, minutes=trial.second / 60)
    acts = simulator.acts()
    case = simulator.case
    policies = policies_to_compare(stage.scenario, case)
    decisions = [act for act in acts if not isinstance(act[1], CauseTrouble)]
    total = shows_to_play(decisions, policies, MORE_SEEDS)

    def tell(done: int) -> None:
        progress(ScoreProgress(done=min(done, total), total=total))

    tell(0)
    found = score(
        stage,
        acts,
        policies,
        terms,
        play_variants,
        tell,
        MOST_DECISIONS,
        MORE_SEEDS,
        CaseEffect(case=case) if case is not None else None,
    )
    attempt = attempt_of(found, ended_at)
    name = stage.scenario.title
    earlier = attempts_of(producer, name)
    keep_attempt(Entry(producer=producer, scenario=name, attempt=attempt))
    return score_card(found, stage.scenario, (*earlier, attempt), producer)


def policies_to_compare(scenario: Scenario, case: Case | None) -> list[Policy]:
    """Return the policies that a show is compared with: the case's own first, then the shipped ones."""
    own = [] if case is None else [case.policy]
    return [*own, *shipped_policies(scenario).values()]


def play_variants(variants: Sequence[Variant]) -> Iterator[Ending]:
    """Play the shows of a score, side by side where that pays."""
    return side_by_side(play_variant, variants)
