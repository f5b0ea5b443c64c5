"""What a fact may say at most, so that sums of facts stay exact in 64 bits and times have a date."""

from __future__ import annotations

from collections.abc import Sequence

from liveroom.models.events import (
    AdSpent,
    AudienceMeasured,
    CartItemAdded,
    CartItemRemoved,
    Event,
    OrderCancelled,
    OrderPlaced,
    ProductListed,
    StockMeasured,
    TargetSet,
)

LARGEST = 10**13
"""Amounts (minor units), counts and gauges beyond this are mistakes: 900,000 of them still add up."""

EARLIEST_MS, LATEST_MS = -62_135_596_800_000, 253_402_300_799_999
"""The years 1 to 9999, ms UTC."""

_NUMBERS = ("count", "viewers", "units", "amount_minor", "cost_minor", "value")


def misfit(event: Event) -> str:
    """Return what makes an event impossible to count, or an empty string."""
    for name in ("occurred_at", "received_at"):
        if not EARLIEST_MS <= getattr(event, name) <= LATEST_MS:
            return (
                f"{name} {getattr(event, name)} is not an instant (ms UTC) of the years 1 to 9999"
            )
    for name in _NUMBERS:
        value = getattr(event, name, None)
        if value is not None and not -LARGEST <= value <= LARGEST:
            return f"{name} {value} is beyond ±{LARGEST}"
    if isinstance(event, OrderPlaced | OrderCancelled):
        for line in event.lines:
            for name, value in (("units", line.units), ("amount_minor", line.amount_minor)):
                if value is not None and not -LARGEST <= value <= LARGEST:
                    return f"{name} {value} of the line of {line.sku!r} is beyond ±{LARGEST}"
    return ""


def misfits(batch: Sequence[Event]) -> list[Event]:
    """Return the events of a batch that cannot be counted; cheap where there are none."""
    if not batch:
        return []
    occurred = [event.occurred_at for event in batch]
    received = [event.received_at for event in batch]
    counts = [getattr(event, "count", 1) for event in batch]
    within = (
        min(min(occurred), min(received)) >= EARLIEST_MS
        and max(max(occurred), max(received)) <= LATEST_MS
        and min(counts) >= -LARGEST
        and max(counts) <= LARGEST
    )
    return [
        event for event in batch if (not within or type(event) in _WITH_NUMBERS) and misfit(event)
    ]


_WITH_NUMBERS = frozenset(
    (
        AdSpent,
        AudienceMeasured,
        CartItemAdded,
        CartItemRemoved,
        OrderCancelled,
        OrderPlaced,
        ProductListed,
        StockMeasured,
        TargetSet,
    )
)
