"""A policy: what a producer resolves to do before and during a show, and the one who does it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence

from msgspec import Struct

from liveroom.models import commands as c
from liveroom.models.rehearsal.desk_figures import Desk
from liveroom.models.rehearsal.figure_list import USUAL_MINUTES, figure_of
from liveroom.models.rehearsal.policies import selectors
from liveroom.models.rehearsal.policies.wishes import Wish

POLICY_EVERY_SECONDS = 5
"""How often a policy looks at the desk; a producer does not look more often."""


class Condition(Struct, frozen=True, kw_only=True):
    """What must be so: a figure of the desk within bounds; an unknown figure is in no bounds."""

    figure: str
    of: str = ""
    over: float = USUAL_MINUTES
    above: float | None = None
    below: float | None = None
    at_least: float | None = None
    at_most: float | None = None
    is_: str | None = None
    fell_by: float | None = None
    """Share by which it lies below what it was `over` minutes ago."""

    def value(self, desk: Desk) -> float | str | None:
        """Return the figure now."""
        if not self.of:
            return figure_of(desk, self.figure, over=self.over)
        found = selectors.products(desk, [self.of])
        return figure_of(desk, self.figure, found[0], self.over) if found else None

    def holds(self, value: float | str | None, before: float | str | None) -> bool:
        """Return whether it is so; `before` is the figure's value `over` minutes ago."""
        if value is None:
            return False
        if isinstance(value, str) or self.is_ is not None:
            return value == self.is_
        if self.fell_by is not None and (
            not isinstance(before, float | int) or before <= 0 or 1 - value / before < self.fell_by
        ):
            return False
        return (
            (self.above is None or value > self.above)
            and (self.below is None or value < self.below)
            and (self.at_least is None or value >= self.at_least)
            and (self.at_most is None or value <= self.at_most)
        )


class OnAir(Struct, frozen=True, kw_only=True):
    """A segment, or a product of one, is on air; or with `not_` is not."""

    what: str
    not_: bool = False

    def holds(self, desk: Desk) -> bool:
        """Return whether it is so."""
        segment = desk.segment
        found = segment is not None and (
            self.what == segment.segment_id
            or any(sku in segment.skus for sku in selectors.products(desk, [self.what]))
        )
        return found is not self.not_


class Rule(Struct, frozen=True, kw_only=True):
    """When all conditions hold, what to do; at most so often and not sooner than so many minutes."""

    name: str
    when: tuple[Condition | OnAir, ...]
    do: tuple[Wish, ...]
    at_most: int | None = 1
    every_minutes: float = 0.0


class Policy(Struct, frozen=True, kw_only=True):
    """A list of rules, asked in order; `before` is done before the first second."""

    title: str
    before: tuple[Wish, ...] = ()
    rules: tuple[Rule, ...] = ()
    goes_on: bool = True
    """After the policy took a segment it takes the next ones, too, when their time has come."""


NOTHING = Policy(title="nothing")


class Producer:
    """Follows a policy through one show, knowing only what the desk shows."""

    def __init__(self, policy: Policy) -> None:
        """Start before the show."""
        self.policy = policy
        self._times: dict[int, int] = {}
        self._last_at: dict[int, int] = {}
        self._past: dict[tuple[int, int], deque[tuple[int, float | str | None]]] = {}
        self._has_cue = False

    def prepare(self, desk: Desk) -> Iterator[tuple[str, c.Command]]:
        """Yield what is done before the show, each with why; apply it before taking the next."""
        for place, wish in enumerate(self.policy.before, start=1):
            for command in wish.commands(desk, f"before-{place}"):
                yield "before the show", command

    def act(self, desk: Desk) -> Iterator[tuple[str, c.Command]]:
        """Yield what to do now, each with the rule that says so; apply it before taking the next."""
        for place, rule in enumerate(self.policy.rules):
            if self._is_due(place, rule, desk):
                yield from self._do(place, rule, desk)
        if self._has_cue and self.policy.goes_on:
            following = self._following(desk)
            if following is not None:
                yield "its time has come", following

    def _do(self, place: int, rule: Rule, desk: Desk) -> Iterator[tuple[str, c.Command]]:
        times = self._times.get(place, 0) + 1
        for number, wish in enumerate(rule.do, start=1):
            for command in wish.commands(desk, f"{place + 1}-{times}-{number}"):
                self._times[place], self._last_at[place] = times, desk.at
                self._has_cue = self._has_cue or isinstance(command, c.TakeSegment)
                yield rule.name, command

    def _is_due(self, place: int, rule: Rule, desk: Desk) -> bool:
        if rule.at_most is not None and self._times.get(place, 0) >= rule.at_most:
            return False
        # Asked even while the rule has to wait: what is compared with the past must be looked at.
        holds = self._holds(place, rule, desk)
        last = self._last_at.get(place)
        return holds and (last is None or desk.at - last >= rule.every_minutes * 60_000)

    def _holds(self, place: int, rule: Rule, desk: Desk) -> bool:
        """Return whether all conditions hold; looks on for what is compared with the past."""
        holds = True
        for number, condition in enumerate(rule.when):
            if isinstance(condition, OnAir):
                holds = holds and condition.holds(desk)
            elif condition.fell_by is not None:
                value = condition.value(desk)
                before = self._before((place, number), condition, desk.at, value)
                holds = holds and condition.holds(value, before)
            elif holds:
                holds = condition.holds(condition.value(desk), None)
        return holds

    def _before(
        self, key: tuple[int, int], condition: Condition, at: int, value: float | str | None
    ) -> float | str | None:
        """Remember a figure and return what it was `over` minutes ago, None where that is too early."""
        past = self._past.setdefault(key, deque())
        past.append((at, value))
        since = at - round(condition.over * 60_000)
        while len(past) > 1 and past[1][0] <= since:
            past.popleft()
        return past[0][1] if past[0][0] <= since else None

    def _following(self, desk: Desk) -> c.Command | None:
        """Return the take of the next segment once the one on air has had its time."""
        cue, on_air = desk.show.run_of_show.on_air, desk.segment
        following = selectors.next_segment(desk)
        if cue is None or on_air is None or following is None:
            return None
        ends_at = max(cue.started_at + on_air.duration_ms, following.starts_at or 0)
        return c.TakeSegment(segment_id=following.segment_id) if desk.at >= ends_at else None


def words(conditions: Sequence[Condition | OnAir]) -> str:
    """Return conditions as a sentence for a report."""
    return " and ".join(_words(each) for each in conditions)


def _words(condition: Condition | OnAir) -> str:
    if isinstance(condition, OnAir):
        return f"{condition.what} is {'not ' if condition.not_ else ''}on air"
    bounds = [
        f"{name.replace('_', ' ').strip()} {value:g}" if isinstance(value, float | int) else value
        for name in ("above", "below", "at_least", "at_most", "fell_by")
        if (value := getattr(condition, name)) is not None
    ]
    if condition.is_ is not None:
        bounds.append(f"is {condition.is_}")
    of = f" of {condition.of}" if condition.of else ""
    return f"{condition.figure}{of} {' and '.join(map(str, bounds))}"
