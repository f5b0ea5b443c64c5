"""The rows of a scenario file's lists: channels, products, segments, ways to pay, curves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TypeVar

from liveroom.models.facts import EntryChannel
from liveroom.models.run_of_show import Segment
from liveroom.models.simulation.scenarios.ranges import Range
from liveroom.models.simulation.scenarios.scenario import (
    Channel,
    PaymentMethod,
    Product,
    SegmentPlan,
    Variant,
)
from liveroom.models.toml.table import Table

_SHARE, _FACTOR = Range("share", 0, 1), Range("factor", 0, 50)
_MOST_UNITS = 1_000_000
_EXACT = 1e-6

Point = tuple[float, float]
Part = TypeVar("Part", Channel, PaymentMethod)


def point(row: Table) -> Point:
    """Read a point of the arrival curve."""
    at = row.number("at", Range("share of the planned show", 0, 1))
    return at, row.number("factor", _FACTOR)


def hour(row: Table) -> Point:
    """Read a point of the day's curve."""
    return row.number("hour", Range("hour of the day", 0, 24)), row.number("factor", _FACTOR)


def rising(root: Table, name: str, curve: tuple[Point, ...]) -> tuple[Point, ...]:
    """Return a curve whose points come in order; raise KnownError where one does not."""
    key = "at" if name == "arrival_curve" else "hour"
    for place, (before, after) in enumerate(pairwise(curve), start=1):
        if after[0] <= before[0]:
            allowed = f"above {before[0]:g}, the point before it"
            raise root.error(f"{name}[{place}].{key}", after[0], allowed)
    return curve


def whole(root: Table, name: str, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Return rows whose shares make a whole; raise KnownError where they do not."""
    total = sum(part.share for part in parts)
    if abs(total - 1) > _EXACT:
        raise root.mistake(name, shares_words(total))
    return parts


def shares_words(total: float) -> str:
    """Return what is wrong with shares of this sum."""
    return f"has shares that add up to {total:.9g}; they must add up to 1"


def must_differ(root: Table, name: str, key: str, values: Sequence[str]) -> None:
    """Raise KnownError where a value occurs twice."""
    for place, value in enumerate(values):
        if value in values[:place]:
            first = f"{name}[{values.index(value)}].{key}"
            what = f"is {value!r}, as in {root.where(first)}; each must be another one"
            raise root.mistake(f"{name}[{place}].{key}", what)


def channel(row: Table, returning: float) -> Channel:
    """Read an entry channel; `returning` is the share where the row does not say."""
    staying = row.optional_number("staying", Range("factor", 0.01, 50))
    own = row.optional_number("returning", _SHARE)
    return Channel(
        channel=EntryChannel(row.choice("channel", [str(each) for each in EntryChannel])),
        label=row.text("label"),
        share=row.number("share", _SHARE),
        bounce=row.number("bounce", _SHARE),
        keenness=row.number("keenness", _FACTOR),
        staying=1.0 if staying is None else staying,
        returning=returning if own is None else own,
    )


def payment(row: Table) -> PaymentMethod:
    """Read a way to pay."""
    return PaymentMethod(
        method=row.text("method"),
        share=row.number("share", _SHARE),
        given_up=row.number("given_up", _SHARE),
        delay=row.number("delay", Range("seconds", 0.1, 3600)),
        failure=row.number("failure", _SHARE),
    )


def product(row: Table, currency: str) -> Product:
    """Read a product, its stock whole or by variant."""
    variants = _variants(row)
    stock = sum(each.stock for each in variants) if variants else row.whole("stock", 0, _MOST_UNITS)
    other_sales = row.optional_number("other_sales", Range("units per minute", 0, 100_000))
    return Product(
        sku=row.text("sku"),
        name=row.text("name"),
        category=row.text("category"),
        price_minor=row.amount("price", currency, low_minor=1),
        cost_minor=row.amount("cost", currency),
        stock=stock,
        appeal=row.number("appeal", Range("factor", 0.01, 50)),
        variants=variants,
        other_sales=other_sales or 0.0,
    )


def segment(row: Table, starts_at: int, skus: set[str], currency: str) -> SegmentPlan:
    """Read a segment; `starts_at` is the show's (ms UTC)."""
    minutes = row.number("minutes", Range("minutes", 0.1, 600))
    hard = row.optional_number("hard_start", Range("minutes after the start", 0, 1440))
    shown = row.texts("skus", allow_none=True)
    for sku in shown:
        if sku not in skus:
            raise row.wrong_word("skus", sku, sorted(skus))
        if shown.count(sku) > 1:
            raise row.mistake("skus", f"names {sku!r} twice")
    return SegmentPlan(
        segment=Segment(
            segment_id=row.text("id"),
            title=row.text("title"),
            duration_ms=round(minutes * 60_000),
            starts_at=None if hard is None else starts_at + round(hard * 60_000),
            skus=shown,
            revenue_target_minor=row.amount("revenue_target", currency, low_minor=1)
            if row.has("revenue_target")
            else None,
        ),
        leaving=row.number("leaving", _FACTOR),
        interest=row.number("interest", _FACTOR),
        buying=row.number("buying", _FACTOR),
    )


def _variants(row: Table) -> tuple[Variant, ...]:
    if not row.has("variants"):
        return ()
    read = []
    for each in row.rows("variants"):
        read.append(
            Variant(
                name=each.text("name"),
                share=each.number("share", _SHARE),
                stock=each.whole("stock", 0, _MOST_UNITS),
            )
        )
        each.nothing_else()
    total = sum(variant.share for variant in read)
    if abs(total - 1) > _EXACT:
        raise row.mistake("variants", shares_words(total))
    must_differ(row, "variants", "name", [variant.name for variant in read])
    return tuple(read)
