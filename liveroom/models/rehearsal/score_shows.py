"""The shows of a score: what is played, and what each came to."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from liveroom.models import commands as c
from liveroom.models.rehearsal.case import Effect
from liveroom.models.rehearsal.measure_list import MEASURES
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


class Ending(Struct, frozen=True, kw_only=True):
    """What a show came to, and the measure of the case's effect in it."""

    worth: Worth
    measured: float | None = None


class Variant(Struct, frozen=True, kw_only=True):
    """A show to play for a score: by a policy, by commands with their seconds, or by both."""

    stage: Stage
    policy: Policy | None = None
    commands: tuple[tuple[int, c.Command], ...] = ()
    terms: Terms = USUAL_TERMS
    effect: Effect | None = None
    """What is measured of the show beside its worth."""

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

    def on(self, seed: int) -> Variant:
        """Return the same show on another seed, after the same earlier shows."""
        return replace(self, stage=replace(self.stage, seed=seed))


Play = Callable[[Sequence[Variant]], Iterator[Ending]]


def worth_of(trial: Trial) -> Worth:
    """Return what a show that is over came to."""
    revenue, cancelled = total(trial, Column.REVENUE), total(trial, Column.CANCELLED)
    return Worth(
        net_revenue_minor=revenue - cancelled,
        margin_minor=margin_minor(trial),
        orders=total(trial, Column.ORDERS),
        viewer_minutes=viewer_minutes(trial),
    )


def play_variant(variant: Variant) -> Ending:
    """Play one show and return what it came to."""
    return ending_of(variant.trial().run(), variant.effect)


def play_in_turn(variants: Sequence[Variant]) -> Iterator[Ending]:
    """Play shows one after the other."""
    return map(play_variant, variants)


def ending_of(trial: Trial, effect: Effect | None) -> Ending:
    """Return what a show that is over came to, and the measure of an effect in it."""
    measured = None
    if effect is not None:
        measured = MEASURES[effect.measure].value((trial,), effect.about)
    return Ending(worth=worth_of(trial), measured=measured)
