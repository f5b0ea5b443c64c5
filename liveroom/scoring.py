"""Scores a rehearsal that was played at the desk, and keeps it as an attempt of its producer."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec.structs import replace

from liveroom.attempts import Entry, attempts_of, keep_attempt
from liveroom.connectors.simulator import SimulatorConnector
from liveroom.errors import KnownError
from liveroom.models.commands import CauseTrouble
from liveroom.models.rehearsal.score import Variant, Worth, play_variant, score, shows_to_play
from liveroom.models.rehearsal.score_cards import attempt_of, score_card
from liveroom.models.score_card import ScoreCard, ScoreProgress
from liveroom.scenarios import shipped_policies
from liveroom.workers import side_by_side

MOST_DECISIONS = 60
"""Each costs a show; of more than these only the first are judged one by one."""


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
    policies = list(shipped_policies(stage.scenario).values())
    total = shows_to_play([act for act in acts if not isinstance(act[1], CauseTrouble)], policies)

    def tell(done: int) -> None:
        progress(ScoreProgress(done=min(done, total), total=total))

    tell(0)
    found = score(stage, acts, policies, terms, play_variants, tell, MOST_DECISIONS)
    attempt = attempt_of(found, ended_at)
    name = stage.scenario.title
    earlier = attempts_of(producer, name)
    keep_attempt(Entry(producer=producer, scenario=name, attempt=attempt))
    return score_card(found, stage.scenario, (*earlier, attempt), producer)


def play_variants(variants: Sequence[Variant]) -> Iterator[Worth]:
    """Play the shows of a score, side by side where that pays."""
    return side_by_side(play_variant, variants)
