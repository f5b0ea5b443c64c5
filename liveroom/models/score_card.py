"""The score of a rehearsal as the desk shows it: what every decision was worth, and the curve of attempts.

Money is minor units of `currency`, times are ms UTC. The numbers come from shows played again with and
without the producer's decisions (`models/rehearsal/score.py`); worths of decisions do not add up.
"""

from __future__ import annotations

from msgspec import Struct

from liveroom.models.case_figure import CaseFigure
from liveroom.models.commands import AnyCommand
from liveroom.models.rehearsal.interval import Interval

NO_SEEDS = Interval(number=0)


class ScoreProgress(Struct, frozen=True, kw_only=True, gc=False):
    """How many of the shows that the score needs have been played."""

    done: int
    total: int
    error: str = ""
    """Why there will be no score."""


class KnownThen(Struct, frozen=True, kw_only=True, gc=False):
    """What the desk knew at the moment of a decision; None is unknown."""

    segment: str = ""
    audience: int | None = None
    conversion_rate: float | None = None
    """Orders ÷ visits of the 10 minutes before."""
    revenue_per_minute_minor: int | None = None
    stock: int | None = None
    """Units left of the product that the decision is about."""


class DecisionWorth(Struct, frozen=True, kw_only=True):
    """A decision, and how the show differs from the same show without it."""

    at: int
    command: AnyCommand
    also: tuple[AnyCommand, ...] = ()
    """What was asked for at the same moment; the worth is of all of it together."""
    known: KnownThen = KnownThen()
    money_minor: int = 0
    """On the played seed."""
    viewer_minutes: float = 0
    over_seeds: Interval = NO_SEEDS
    """Of the money, on all seeds."""


class Result(Struct, frozen=True, kw_only=True):
    """How one of the compared shows came out on the played seed."""

    title: str
    money_minor: int
    viewer_minutes: float
    behind_yours: Interval = NO_SEEDS
    """By how much your show brought more money, on all seeds."""


class Attempt(Struct, frozen=True, kw_only=True, gc=False):
    """An earlier or the present rehearsal of this producer, comparable by what was possible."""

    ended_at: int
    gained_minor: int
    """Against doing nothing."""
    possible_minor: int
    """The best policy against doing nothing."""
    seed: int = 0

    @property
    def share(self) -> float | None:
        """Return the part of what was possible, None where nothing was."""
        return self.gained_minor / self.possible_minor if self.possible_minor > 0 else None


class ScoreCard(Struct, frozen=True, kw_only=True):
    """What a producer's decisions were worth on one scenario and seed."""

    currency: str | None
    timezone: str
    measure: str
    """What the money is, such as `net revenue`."""
    yours: Result
    nothing: Result
    policies: tuple[Result, ...]
    decisions: tuple[DecisionWorth, ...]
    attempts: tuple[Attempt, ...]
    """Of this producer and scenario, oldest first, the present one last."""
    scenario: str = ""
    seed: int = 0
    seeds: int = 1
    """On how many every show was played; a verdict rests on all of them."""
    case: CaseFigure | None = None
    producer: str = ""
    product_names: tuple[tuple[str, str], ...] = ()
    segment_titles: tuple[tuple[str, str], ...] = ()

    @property
    def best(self) -> Result | None:
        """Return the best of the policies."""
        return max(self.policies, key=lambda each: each.money_minor, default=None)

    @property
    def gained_minor(self) -> int:
        """Return what the decisions brought against doing nothing."""
        return self.yours.money_minor - self.nothing.money_minor
