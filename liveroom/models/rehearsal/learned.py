"""What one show teaches the next: what each product did, and the keys of people who may come back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from statistics import median

from msgspec import Struct

from liveroom.models.past.first_seen import FirstSeen
from liveroom.models.show import Show


class Quadrant(StrEnum):
    """A product's place in the portfolio (after the matrix of the Boston Consulting Group)."""

    CASH_COW = "cash cow"
    STAR = "star"
    QUESTION_MARK = "question mark"
    DOG = "dog"


class History(Struct, frozen=True, kw_only=True):
    """What one product did in the shows so far; revenue in minor units of their currency."""

    shows: int = 0
    minutes_on_air: float = 0.0
    views: int = 0
    clicks: int = 0
    orders: int = 0
    units: int = 0
    revenue_minor: int = 0

    def per_minute(self, counted: float) -> float:
        """Return a count per minute on air; shorter than a minute counts as one."""
        return counted / max(self.minutes_on_air, 1.0)

    @property
    def conversion(self) -> float:
        """Orders ÷ clicks; 0 where nobody clicked."""
        return self.orders / self.clicks if self.clicks else 0.0


class Learned(Struct, frozen=True, kw_only=True):
    """What earlier shows of a series left behind."""

    shows: int = 0
    products: Mapping[str, History] = {}
    customers: frozenset[int] = frozenset()
    """Keys of people who bought (of orders that name their person)."""
    participants: frozenset[int] = frozenset()
    """Keys of people who were in a show."""
    leads: frozenset[int] = frozenset()

    def quadrants(self) -> Mapping[str, Quadrant]:
        """Return each product's quadrant, from the products that were on air.

        Selling: revenue per minute on air, high from the products' median on. Attention: clicks per
        minute on air, high from their median on. Much of both is a star; selling without attention
        a cash cow; attention without selling a question mark; neither a dog. (The matrix's own axes,
        market share and growth, cannot be seen from a few shows.)
        """
        aired = {sku: each for sku, each in self.products.items() if each.minutes_on_air > 0}
        if not aired:
            return {}
        selling = median(each.per_minute(each.revenue_minor) for each in aired.values())
        attention = median(each.per_minute(each.clicks) for each in aired.values())
        return {
            sku: _quadrant(
                each.per_minute(each.revenue_minor) >= selling,
                each.per_minute(each.clicks) >= attention,
            )
            for sku, each in aired.items()
        }

    def after(self, show: Show, leads: Iterable[int] = ()) -> Learned:
        """Return what is known once a show is over; `leads` are keys of people."""
        aired = minutes_on_air(show)
        products = dict(self.products)
        for sku, tally in show.products.items():
            before = products.get(sku, History())
            products[sku] = History(
                shows=before.shows + 1,
                minutes_on_air=before.minutes_on_air + aired.get(sku, 0.0),
                views=before.views + tally.views,
                clicks=before.clicks + tally.clicks,
                orders=before.orders + tally.orders,
                units=before.units + tally.units,
                revenue_minor=before.revenue_minor + tally.revenue_minor,
            )
        return Learned(
            shows=self.shows + 1,
            products=products,
            customers=self.customers | _keys(show.buyers),
            participants=self.participants | _keys(show.visitors),
            leads=self.leads | frozenset(leads),
        )


def minutes_on_air(show: Show, until: int | None = None) -> Mapping[str, float]:
    """Return how long each product's segments were on air, until an instant (ms UTC) or the end."""
    plan = show.run_of_show
    skus: Mapping[str, Sequence[str]] = {each.segment_id: each.skus for each in plan.segments}
    cues = plan.cues
    end = until if until is not None else (cues[-1].started_at if cues else 0)
    minutes: dict[str, float] = {}
    for place, cue in enumerate(cues):
        stop = cues[place + 1].started_at if place + 1 < len(cues) else end
        lasted = max(0, min(stop, end) - cue.started_at) / 60_000
        for sku in skus.get(cue.segment_id, ()):
            minutes[sku] = minutes.get(sku, 0.0) + lasted
    return minutes


def _quadrant(sells: bool, draws: bool) -> Quadrant:
    if sells:
        return Quadrant.STAR if draws else Quadrant.CASH_COW
    return Quadrant.QUESTION_MARK if draws else Quadrant.DOG


def _keys(keys: FirstSeen) -> frozenset[int]:
    """Return keys as the signed numbers that events carry."""
    return frozenset(keys.to_arrays()[0].astype("int64").tolist())
