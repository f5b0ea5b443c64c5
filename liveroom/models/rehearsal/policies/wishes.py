"""What a policy can do: wishes that name products and segments by selectors, and become commands."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence

from msgspec import Struct

from liveroom.models import commands as c
from liveroom.models.rehearsal.desk_figures import Desk
from liveroom.models.rehearsal.learned import Quadrant
from liveroom.models.rehearsal.policies import selectors
from liveroom.models.run_of_show import Segment


class Wish(Struct, frozen=True, kw_only=True):
    """Something to be done; `number` makes what it creates unique in the show."""

    @abstractmethod
    def commands(self, desk: Desk, number: str) -> Sequence[c.Command]:
        """Return what to ask for now; nothing where a selector finds nothing."""


class Fixed(Wish, frozen=True, kw_only=True):
    """A command that names nothing to be looked up."""

    command: c.Command

    def commands(self, desk: Desk, number: str) -> Sequence[c.Command]:
        """Return the command."""
        return [self.command]


class OnSegment(Wish, frozen=True, kw_only=True):
    """Something done with a segment: `take`, `cut`, `move` (before another), `last` or `rename`."""

    what: str
    segment: str
    before: str = ""
    title: str = ""

    def commands(self, desk: Desk, number: str) -> Sequence[c.Command]:
        """Return the command for the segment that is meant now."""
        found = selectors.segment(desk, self.segment)
        if found is None:
            return []
        segment_id, on_air = found.segment_id, desk.segment
        if self.what == "take":
            return [] if found is on_air else [c.TakeSegment(segment_id=segment_id)]
        if self.what == "cut":
            return [] if found is on_air else [c.CutSegment(segment_id=segment_id)]
        if self.what == "rename":
            return [c.RenameSegment(segment_id=segment_id, title=self.title)]
        before = selectors.segment(desk, self.before) if self.before else None
        if found is on_air or found is before or (self.before and before is None):
            return []
        other = before.segment_id if before is not None else ""
        return [c.MoveSegment(segment_id=segment_id, before=other)]


class ChangeLength(Wish, frozen=True, kw_only=True):
    """Give a segment `minutes`, or `by` minutes more (less where negative)."""

    segment: str
    minutes: float | None = None
    by: float = 0.0

    def commands(self, desk: Desk, number: str) -> Sequence[c.Command]:
        """Return the command for the segment that is meant now; at least half a minute remains."""
        found = selectors.segment(desk, self.segment)
        if found is None:
            return []
        wanted = found.duration_ms / 60_000 + self.by if self.minutes is None else self.minutes
        duration_ms = round(max(wanted, 0.5) * 60_000)
        return [c.ChangeSegmentDuration(segment_id=found.segment_id, duration_ms=duration_ms)]


class OrderSegments(Wish, frozen=True, kw_only=True):
    """Put the segments to come in an order; `keep` names those that stay where they are."""

    by: str
    keep: tuple[str, ...] = ()

    def commands(self, desk: Desk, number: str) -> Sequence[c.Command]:
        """Return the moves; a segment without products, on air, over or fixed by a hard start stays."""
        plan = desk.show.run_of_show
        aired = {cue.segment_id for cue in plan.cues}
        loose = [
            each
            for each in plan.segments
            if each.skus
            and each.segment_id not in aired
            and each.segment_id not in self.keep
            and each.starts_at is None
        ]
        wanted = sorted(loose, key=lambda each: -_worth(desk, each, self.by))
        following = iter(wanted)
        order = [next(following) if each in loose else each for each in plan.segments]
        return _moves([each.segment_id for each in plan.segments], [e.segment_id for e in order])


class KeepSegments(Wish, frozen=True, kw_only=True):
    """Cut every segment to come that is not among these."""

    segments: tuple[str, ...]

    def commands(self, desk: Desk, number: str) -> Sequence[c.Command]:
        """Return the cuts."""
        plan = desk.show.run_of_show
        kept = {cue.segment_id for cue in plan.cues} | set(self.segments)
        return [
            c.CutSegment(segment_id=each.segment_id)
            for each in plan.segments
            if each.segment_id not in kept
        ]


def _worth(desk: Desk, segment: Segment, by: str) -> float:
    """Return by how much a segment comes first: the mean over its products."""
    return sum(ORDERS[by][1](desk, sku) for sku in segment.skus) / len(segment.skus)


def _quadrant(desk: Desk, sku: str) -> float:
    first = (Quadrant.CASH_COW, Quadrant.STAR, Quadrant.QUESTION_MARK, Quadrant.DOG)
    placed = desk.learned.quadrants().get(sku)
    return 0.0 if placed is None else len(first) - first.index(placed)


def _past_sales(desk: Desk, sku: str) -> float:
    history = desk.learned.products.get(sku)
    return 0.0 if history is None else history.per_minute(history.revenue_minor)


def _past_conversion(desk: Desk, sku: str) -> float:
    history = desk.learned.products.get(sku)
    return 0.0 if history is None else history.conversion


ORDERS: Mapping[str, tuple[str, Callable[[Desk, str], float]]] = {
    "margin": ("largest margin first", lambda desk, sku: desk.margin(sku) or 0.0),
    "price": ("dearest first", lambda desk, sku: desk.catalogue[sku].price_minor),
    "quadrant": ("cash cows, stars, question marks, dogs of earlier shows", _quadrant),
    "past sales": ("most revenue per minute on air in earlier shows first", _past_sales),
    "past conversion": ("most orders per click in earlier shows first", _past_conversion),
}


def _moves(now: list[str], wanted: list[str]) -> list[c.Command]:
    """Return moves that turn one order into the other, from the back to the front."""
    order, moves = list(now), list[c.Command]()
    before = ""
    for segment_id in reversed(wanted):
        place = order.index(segment_id)
        follows = order[place + 1] if place + 1 < len(order) else ""
        if follows != before:
            order.remove(segment_id)
            order.insert(order.index(before) if before else len(order), segment_id)
            moves.append(c.MoveSegment(segment_id=segment_id, before=before))
        before = segment_id
    return moves
