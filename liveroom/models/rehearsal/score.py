"""What the decisions of a rehearsal were worth: the same show played again without them, or by others.

Every show of a score has the scenario, seed and troubles of the producer's own; chance is drawn anew
every second for every purpose, so what a decision did not touch stays as it was. A decision's worth is
the producer's show minus the same show without that decision alone. Such worths do not add up to the
whole: two decisions may need each other, or do the same twice.

A changed show draws from chance differently, so one seed cannot tell a small worth from none. The same
commands are therefore given at the same seconds on more seeds, and a verdict needs all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from liveroom.models import commands as c
from liveroom.models.case_figure import CaseFigure
from liveroom.models.rehearsal.acts import Commands, Decision
from liveroom.models.rehearsal.case_figures import CaseEffect
from liveroom.models.rehearsal.figure_values import Value
from liveroom.models.rehearsal.interval import Interval, interval_of
from liveroom.models.rehearsal.policies.policy import Policy
from liveroom.models.rehearsal.score_shows import (
    Play,
    Variant,
    Worth,
    ending_of,
    play_in_turn,
)
from liveroom.models.rehearsal.series import Stage
from liveroom.models.rehearsal.trial import USUAL_TERMS, Terms, Trial
from liveroom.models.verdict import Verdict, verdict_of

MORE_SEEDS = 5
"""On which the commands are given again. With the played one six: 95 % is the mean ± 1.05 deviations."""

_SEEDS_APART = 7_368_787
"""Between them: a prime far from the one between the shows of a series."""


class Difference(Struct, frozen=True, kw_only=True):
    """By how much the producer's show is more than another one, on all seeds."""

    margin_minor: Interval
    viewer_minutes: Interval

    @property
    def verdict(self) -> Verdict:
        """Return whether the producer's is better, by the margin."""
        return verdict_of(self.margin_minor)


class Judged(Struct, frozen=True, kw_only=True):
    """What was decided at one moment, what the desk knew then, and what it was worth."""

    second: int
    why: str
    commands: tuple[c.Command, ...]
    knew: Mapping[str, Value]
    worth: Worth
    """On the played seed."""
    over_seeds: Difference


class Score(Struct, frozen=True, kw_only=True):
    """The producer's show beside the same show with nobody acting, and with each policy.

    Worths are of the played seed, differences of all.
    """

    seed: int
    seeds: tuple[int, ...]
    """All on which the shows were played, the producer's first."""
    yours: Worth
    nothing: Worth
    policies: Mapping[str, Worth]
    """By the policy's title."""
    above_nothing: Difference
    above_policies: Mapping[str, Difference]
    decisions: tuple[Judged, ...]
    case: CaseFigure | None = None

    @property
    def best(self) -> tuple[str, Worth] | None:
        """Return the policy with the largest margin."""
        return max(self.policies.items(), key=lambda each: each[1].margin_minor, default=None)

    @property
    def gained(self) -> Worth:
        """Return what all decisions together brought against doing nothing."""
        return self.yours.minus(self.nothing)


_Moment = tuple[Decision, ...]


def shows_to_play(commands: Commands, policies: Sequence[Policy], more_seeds: int = 0) -> int:
    """Return about how many shows a score needs."""
    return (2 + len(policies) + len({second for second, _ in commands})) * (1 + more_seeds)


def score(
    stage: Stage,
    commands: Commands,
    policies: Sequence[Policy],
    terms: Terms = USUAL_TERMS,
    play: Play = play_in_turn,
    progress: Callable[[int], None] = lambda done: None,
    most_decisions: int | None = None,
    more_seeds: int = 0,
    case: CaseEffect | None = None,
) -> Score:
    """Score commands, each with the second of show from which it held.

    Trouble that an instructor caused is no decision: it is part of every show. `play` may play shows
    side by side but must answer in their order; `progress` is told how many were played. Of more
    than `most_decisions` moments only the first are judged one by one.
    """
    effect = case.effect if case is not None else None
    own = Variant(stage=stage, commands=tuple(commands), terms=terms, effect=effect)
    trial = own.trial().run()
    moments = _moments(trial)[:most_decisions]
    kinds = [own, *_others(own, policies, moments)]
    seeds = tuple(stage.seed + place * _SEEDS_APART for place in range(1 + more_seeds))
    endings = [ending_of(trial, effect)]
    progress(1)
    for ending in play([kind.on(seed) for seed in seeds for kind in kinds][1:]):
        endings.append(ending)
        progress(len(endings))
    # One row for each seed, in it the producer's show, the one of nobody, policies, decisions.
    rows = [endings[at : at + len(kinds)] for at in range(0, len(endings), len(kinds))]
    shows = [_Shows([row[at].worth for row in rows]) for at in range(len(kinds))]
    yours, nothing, split = shows[0], shows[1], 2 + len(policies)
    titled = {policy.title: shows[2 + at] for at, policy in enumerate(policies)}
    return Score(
        seed=stage.seed,
        seeds=seeds,
        yours=yours.played,
        nothing=nothing.played,
        policies={title: show.played for title, show in titled.items()},
        above_nothing=yours.above(nothing),
        above_policies={title: yours.above(show) for title, show in titled.items()},
        decisions=tuple(
            _judged(moment, yours, without)
            for moment, without in zip(moments, shows[split:], strict=True)
        ),
        case=None
        if case is None
        else case.figure([(row[0].measured, row[1].measured) for row in rows]),
    )


def commands_of(trial: Trial) -> Commands:
    """Return the commands that were given in a show, a policy's too, as if given by hand."""
    return [(each.second, each.command) for each in trial.decisions]


class _Shows(NamedTuple):
    """What one kind of show came to on every seed, the played one first."""

    worths: Sequence[Worth]

    @property
    def played(self) -> Worth:
        return self.worths[0]

    def above(self, other: _Shows) -> Difference:
        more = [mine.minus(its) for mine, its in zip(self.worths, other.worths, strict=True)]
        return Difference(
            margin_minor=interval_of([each.margin_minor for each in more]),
            viewer_minutes=interval_of([each.viewer_minutes for each in more]),
        )


def _moments(trial: Trial) -> list[_Moment]:
    """Return what was decided, by moment; trouble is no decision."""
    decided = [each for each in trial.decisions if not isinstance(each.command, c.CauseTrouble)]
    by_moment = groupby(decided, key=lambda each: (each.second, each.why))
    return [tuple(found) for _, found in by_moment]


def _others(own: Variant, policies: Sequence[Policy], moments: Sequence[_Moment]) -> list[Variant]:
    """Return the shows to compare with: nobody's, each policy's, and without each moment."""
    trouble = tuple(each for each in own.commands if isinstance(each[1], c.CauseTrouble))
    return [
        replace(own, commands=trouble),
        *(replace(own, commands=trouble, policy=policy) for policy in policies),
        *(replace(own, commands=_without(moment, own.commands)) for moment in moments),
    ]


def _without(moment: Sequence[Decision], commands: Commands) -> tuple[tuple[int, c.Command], ...]:
    """Return all commands but those of one moment; of equal ones of a second each counts once."""
    left_out = [(each.second, each.command) for each in moment]
    kept = []
    for each in sorted(commands, key=lambda pair: pair[0]):
        if each in left_out:
            left_out.remove(each)
        else:
            kept.append(each)
    return tuple(kept)


def _judged(moment: Sequence[Decision], yours: _Shows, without: _Shows) -> Judged:
    first = moment[0]
    return Judged(
        second=first.second,
        why=first.why,
        commands=tuple(each.command for each in moment),
        knew=first.knew,
        worth=yours.played.minus(without.played),
        over_seeds=yours.above(without),
    )
