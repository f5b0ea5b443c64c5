"""Words in a policy that stand for products or segments, looked up when the rule fires."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from liveroom.models.rehearsal.desk_figures import Desk
from liveroom.models.rehearsal.learned import History, Quadrant
from liveroom.models.run_of_show import Segment

Select = Callable[[Desk], Sequence[str]]


def _best(
    value: Callable[[Desk, str], float | None], number: int = 1, lowest: bool = False
) -> Select:
    """Return the products with the highest (lowest) value; unknown ones and ties by catalogue order."""

    def select(desk: Desk) -> Sequence[str]:
        found = [(sku, value(desk, sku)) for sku in desk.catalogue]
        known = [(sku, each) for sku, each in found if each is not None]
        known.sort(key=lambda pair: pair[1] if lowest else -pair[1])
        return [sku for sku, _ in known[:number]]

    return select


def _sold(desk: Desk, sku: str) -> float | None:
    """Return orders per minute on air of a product that was on air and is not sold out."""
    tally, minutes = desk.show.products.get(sku), desk.aired().get(sku, 0.0)
    if tally is None or minutes <= 0 or desk.stock(sku) == 0:
        return None
    return tally.orders / max(minutes, 1.0)


def _counted(name: str) -> Callable[[Desk, str], float | None]:
    def value(desk: Desk, sku: str) -> float | None:
        tally = desk.show.products.get(sku)
        count = int(getattr(tally, name)) if tally is not None else 0
        return count or None

    return value


def _price(desk: Desk, sku: str) -> float:
    return desk.catalogue[sku].price_minor


def _left(desk: Desk, sku: str) -> float | None:
    return desk.stock(sku) or None


def _past(value: Callable[[History], float]) -> Callable[[Desk, str], float | None]:
    def of(desk: Desk, sku: str) -> float | None:
        history = desk.learned.products.get(sku)
        return None if history is None or not history.minutes_on_air else value(history)

    return of


def _in_quadrant(quadrant: Quadrant) -> Select:
    def select(desk: Desk) -> Sequence[str]:
        placed = desk.learned.quadrants()
        return [sku for sku in desk.catalogue if placed.get(sku) is quadrant]

    return select


PRODUCTS: Mapping[str, tuple[str, Select]] = {
    "on air": ("the products of the segment on air", lambda desk: desk.skus_on_air),
    "all": ("every product of the catalogue", lambda desk: list(desk.catalogue)),
    "best seller": ("most orders per minute on air so far, not sold out", _best(_sold)),
    "best sellers": ("the three of them", _best(_sold, 3)),
    "worst seller": ("fewest orders per minute on air so far", _best(_sold, lowest=True)),
    "most viewed": ("most product views so far", _best(_counted("views"))),
    "most clicked": ("most clicks so far", _best(_counted("clicks"))),
    "lowest stock": ("fewest units left, but some", _best(_left, lowest=True)),
    "highest stock": ("most units left", _best(_left)),
    "highest margin": ("largest margin of the catalogue", _best(Desk.margin)),
    "lowest margin": ("smallest margin of the catalogue", _best(Desk.margin, lowest=True)),
    "dearest": ("highest price of the catalogue", _best(_price)),
    "cheapest": ("lowest price of the catalogue", _best(_price, lowest=True)),
    "best of earlier shows": (
        "most revenue per minute on air in earlier shows",
        _best(_past(lambda history: history.per_minute(history.revenue_minor))),
    ),
    "best converting of earlier shows": (
        "most orders per click in earlier shows",
        _best(_past(lambda history: history.conversion)),
    ),
    "cash cows": ("of earlier shows", _in_quadrant(Quadrant.CASH_COW)),
    "stars": ("of earlier shows", _in_quadrant(Quadrant.STAR)),
    "question marks": ("of earlier shows", _in_quadrant(Quadrant.QUESTION_MARK)),
    "dogs": ("of earlier shows", _in_quadrant(Quadrant.DOG)),
}

SEVERAL = frozenset(
    ("on air", "all", "best sellers", "cash cows", "stars", "question marks", "dogs")
)
"""The words that may stand for more than one product."""

SEGMENTS: Mapping[str, str] = {
    "on air": "the segment on air",
    "next": "the first segment that was not on air yet",
    **{
        name: f"the segment that shows: {meaning}"
        for name, (meaning, _) in PRODUCTS.items()
        if name not in ("on air", "all")
    },
}


def products(desk: Desk, words: Sequence[str]) -> tuple[str, ...]:
    """Return the skus that skus and selectors stand for, each once, in order."""
    found: dict[str, None] = {}
    for word in words:
        selector = PRODUCTS.get(word)
        found.update(dict.fromkeys(selector[1](desk) if selector else (word,)))
    return tuple(found)


def segment(desk: Desk, word: str) -> Segment | None:
    """Return the segment that an id or a selector stands for, None where there is none now."""
    plan = desk.show.run_of_show
    place = plan.index(word)
    if place is not None:
        return plan.segments[place]
    if word == "on air":
        return desk.segment
    if word == "next":
        return next_segment(desk)
    return next((found for sku in products(desk, [word]) if (found := showing(desk, sku))), None)


def next_segment(desk: Desk) -> Segment | None:
    """Return the first segment of the plan that was not on air yet."""
    aired = {cue.segment_id for cue in desk.show.run_of_show.cues}
    return next(
        (each for each in desk.show.run_of_show.segments if each.segment_id not in aired), None
    )


def showing(desk: Desk, sku: str) -> Segment | None:
    """Return the segment that is most about a product: the one that shows the fewest others."""
    found = [each for each in desk.show.run_of_show.segments if sku in each.skus]
    return min(found, key=lambda each: len(each.skus), default=None)
