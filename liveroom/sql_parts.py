"""Parts of SQL that the views share: instants, what is known, sums that may be unknown, means."""

from __future__ import annotations

from liveroom.models.facts import Fact


def rest(value: str, unit: str) -> str:
    """Return SQL for what is left of a value after whole units, from 0 up before 1970 too."""
    return f"(({value} % {unit}) + {unit}) % {unit}"


def floor(value: str, unit: str) -> str:
    """Return SQL for the whole units in a value, rounded down; SQLite rounds towards zero."""
    return f"(({value} - {rest(value, unit)}) / {unit})"


def instant(ms: str) -> str:
    """Return SQL for an instant as ISO 8601, with milliseconds only where there are some."""
    seconds = f"strftime('%Y-%m-%dT%H:%M:%S', {floor(ms, '1000')}, 'unixepoch')"
    thousandths = rest(ms, "1000")
    return (
        f"{seconds} || CASE {thousandths} WHEN 0 THEN 'Z' ELSE printf('.%03dZ', {thousandths}) END"
    )


FIGURES = (
    *(fact.value for fact in Fact),
    *("visitors", "carts_by_visit", "revenue", "units", "customers", "chat_people"),
    *("visits_returning", "orders_returning", "cancelled"),
)
"""What the view `known` may name: facts, and details that come with them."""

KNOWS = f"""
SELECT {", ".join(f"COALESCE(MAX(figure = '{name}'), 0) AS {name}" for name in FIGURES)} FROM known
"""
WITH_KNOWN = "CROSS JOIN knows k"
"""One row, asked once by every view that leaves out what is unknown.

A subquery at every figure instead, and SQLite resolves all of `known` again for each of them.
"""


def when_known(figure: str, value: str) -> str:
    """Return SQL for a value that is NULL while its figure is unknown; needs `WITH_KNOWN`."""
    return f"CASE WHEN k.{figure} THEN {value} END"


def unless_none(value: str, of: str, having: str) -> str:
    """Return SQL for a sum that is unknown where there are facts and none of them has the detail."""
    return f"CASE WHEN {of} = 0 OR {having} <> 0 THEN {value} END"


def sum_of(kind: str, column: str) -> str:
    """Return SQL for the sum of a column over one kind of event, 0 over none."""
    return f"COALESCE(SUM(CASE WHEN kind = '{kind}' THEN {column} END), 0)"


def mean_minor(amount: str, count: str) -> str:
    """Return SQL for an amount ÷ a count in whole minor units, half to even; NULL where one is, or 0."""
    down, left = floor(amount, count), rest(amount, count)
    up = f"(2 * ({left}) > {count} OR (2 * ({left}) = {count} AND {down} % 2 <> 0))"
    return f"CASE WHEN {count} <> 0 AND {amount} IS NOT NULL THEN {down} + {up} END"


WITH_UNITS = "CASE WHEN units IS NOT NULL THEN count END"
PRICED = "CASE WHEN value_minor IS NOT NULL THEN count END"
RETURNING = "json_extract(extra, '$.returning')"
