"""What the decisions of a rehearsal were worth: the same show played again without them, or by others.

Every show of a score has the scenario, seed and troubles of the producer's own; chance is drawn anew
every second for every purpose, so what a decision did not touch stays as it was. A decision's worth is
the producer's show minus the same show without that decision alone. Such worths do not add up to the
whole: two decisions may need each other, or do the same twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby

from msgspec import Struct

from liveroom.models import commands as c
from liveroom.models.rehearsal.acts import Commands, Decision
from liveroom.models.rehearsal.figure_values import Value
from liveroom.models.rehearsal.policies.policy import Policy
from liveroom.models.rehearsal.series import Stage
from liveroom.models.rehearsal.show_sums import margin_minor, total, viewer_minutes
from liveroom.models.rehearsal.trial import USUAL_TERMS, Terms, Trial
from liveroom.models.timeline import Column


class Worth(Struct, frozen=True, kw_only=True):
    """What a show came to; money in minor units of its currency. Also a difference of two."""

    net_revenue_minor: int
    """Placed minus cancelled."""
    margin_minor: int
    """Net revenue minus the cost of the goods and the ad spend."""
    orders: int
    viewer_minutes: float

    def minus(self, other: Worth) -> Worth:
        """Return by how much this is more."""
        return Worth(
            net_revenue_minor=self.net_revenue_minor - other.net_revenue_minor,
            margin_minor=self.margin_minor - other.margin_minor,
            orders=self.orders - other.orders,
            viewer_minutes=self.viewer_minutes - other.viewer_minutes,
        )


class Variant(Struct, frozen=True, kw_only=True):
    """A show to play for a score: by a policy, by commands with their seconds, or by both."""

    stage: Stage
    policy: Policy | None = None
    commands: tuple[tuple[int, c.Command], ...] = ()
    terms: Terms = USUAL_TERMS

    def trial(self) -> Trial:
        """Return the show, ready to be played."""
        return Trial(
            self.stage.scenario,
            self.stage.seed,
            self.policy,
            self.commands,
            terms=self.terms,
            learned=self.stage.learned,
        )


class Judged(Struct, frozen=True, kw_only=True):
    """What was decided at one moment, what the desk knew then, and what it was worth."""

    second: int
    why: str
    commands: tuple[c.Command, ...]
    knew: Mapping[str, Value]
    worth: Worth


class Score(Struct, frozen=True, kw_only=True):
    """The producer's show beside the same show with nobody acting, and with each policy."""

    seed: int
    yours: Worth
    nothing: Worth
    policies: Mapping[str, Worth]
    """By the policy's title."""
    decisions: tuple[Judged, ...]

    @property
    def best(self) -> tuple[str, Worth] | None:
        """Return the policy with the largest margin."""
        return max(self.policies.items(), key=lambda each: each[1].margin_minor, default=None)

    @property
    def gained(self) -> Worth:
        """Return what all decisions together brought against doing nothing."""
        return self.yours.minus(self.nothing)


Play = Callable[[Sequence[Variant]], Iterator[Worth]]


def worth_of(trial: Trial) -> Worth:
    """Return what a show that is over came to."""
    revenue, cancelled = total(trial, Column.REVENUE), total(trial, Column.CANCELLED)
    return Worth(
        net_revenue_minor=revenue - cancelled,
        margin_minor=margin_minor(trial),
        orders=total(trial, Column.ORDERS),
        viewer_minutes=viewer_minutes(trial),
    )


def play_variant(variant: Variant) -> Worth:
    """Play one show and return what it came to."""
    return worth_of(variant.trial().run())


def play_in_turn(variants: Sequence[Variant]) -> Iterator[Worth]:
    """Play shows one after the other."""
    return map(play_variant, variants)


def shows_to_play(commands: Commands, policies: Sequence[Policy]) -> int:
    """Return about how many shows a score needs."""
    return 2 + len(policies) + len({second for second, _ in commands})


def score(
    stage: Stage,
    commands: Commands,
    policies: Sequence[Policy],
    terms: Terms = USUAL_TERMS,
    play: Play = play_in_turn,
    progress: Callable[[int], None] = lambda done: None,
    most_decisions: int | None = None,
) -> Score:
    """Score commands, each with the second of show from which it held.

    Trouble that an instructor caused is no decision: it is part of every show. `play` may play shows
    side by side but must answer in their order; `progress` is told how many were played. Of more
    than `most_decisions` moments only the first are judged one by one.
    """
    own = Variant(stage=stage, commands=tuple(commands), terms=terms).trial().run()
    decided = [each for each in own.decisions if not isinstance(each.command, c.CauseTrouble)]
    trouble = tuple(each for each in commands if isinstance(each[1], c.CauseTrouble))
    by_moment = groupby(decided, key=lambda each: (each.second, each.why))
    moments = [tuple(found) for _, found in by_moment][:most_decisions]
    variants = [
        Variant(stage=stage, commands=trouble, terms=terms),
        *(Variant(stage=stage, policy=p, commands=trouble, terms=terms) for p in policies),
        *(
            Variant(stage=stage, commands=_without(moment, commands), terms=terms)
            for moment in moments
        ),
    ]
    worths = []
    progress(1)
    for worth in play(variants):
        worths.append(worth)
        progress(1 + len(worths))
    yours, split = worth_of(own), 1 + len(policies)
    return Score(
        seed=stage.seed,
        yours=yours,
        nothing=worths[0],
        policies={
            policy.title: worth for policy, worth in zip(policies, worths[1:split], strict=True)
        },
        decisions=tuple(
            _judged(moment, yours.minus(worth))
            for moment, worth in zip(moments, worths[split:], strict=True)
        ),
    )


def commands_of(trial: Trial) -> Commands:
    """Return the commands that were given in a show, a policy's too, as if given by hand."""
    return [(each.second, each.command) for each in trial.decisions]


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


def _judged(moment: Sequence[Decision], worth: Worth) -> Judged:
    first = moment[0]
    return Judged(
        second=first.second,
        why=first.why,
        commands=tuple(each.command for each in moment),
        knew=first.knew,
        worth=worth,
    )
