"""Shares of a cent: an order's lines add up to its total although some had to be rounded."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from msgspec.structs import replace

from liveroom.connectors.tables.cells import Exact
from liveroom.models.events import OrderLine

Rounded = Sequence[tuple[OrderLine, Decimal]]
"""Lines whose amount was rounded, each with its exact amount in minor units."""


def exact_total(lines: Sequence[OrderLine], rounded: Rounded) -> Exact | None:
    """Add up lines exactly; unknown where one line's amount is."""
    total = 0
    for line in lines:
        if line.amount_minor is None:
            return None
        total += line.amount_minor
    if not rounded:
        return total
    return total + sum(exact - (line.amount_minor or 0) for line, exact in rounded)


def shared_out(
    lines: Sequence[OrderLine], rounded: Rounded, exact_sum: Exact, total: int
) -> Sequence[OrderLine]:
    """Return the lines with amounts that add up to `total`, by the largest remainder.

    Only where the exact sum is the total: a surcharge that is in no line is not spread over them.
    """
    missing = total - sum(line.amount_minor or 0 for line in lines)
    if not missing or abs(total - Decimal(exact_sum)) >= 1:
        return lines
    step = 1 if missing > 0 else -1
    furthest = sorted(rounded, key=lambda pair: (pair[1] - (pair[0].amount_minor or 0)) * -step)
    moved = {id(line) for line, _ in furthest[: abs(missing)]}
    return [
        replace(line, amount_minor=(line.amount_minor or 0) + step) if id(line) in moved else line
        for line in lines
    ]
