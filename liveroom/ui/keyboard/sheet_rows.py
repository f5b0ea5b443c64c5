"""What the cheat sheet lists: every command and every fixed key, by group, and where each one stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from liveroom.ui.keyboard.caps import cap, in_words
from liveroom.ui.keyboard.fuzzy import match
from liveroom.ui.keyboard.registry import Registry

ROW, HEAD, GAP = 21, 26, 10
"""Heights in px: a row, the head of a group, the free space above a head."""
LEAST_COLUMN = 330


class SheetRow(NamedTuple):
    """A command or a fixed key."""

    title: str
    group: str
    keys: tuple[str, ...]
    command_id: str = ""
    """Blank for a key that cannot be changed."""
    own: bool = False
    """Whether the producer chose the key."""


class Place(NamedTuple):
    """Where a row stands: its column, and its upper edge in px."""

    column: int
    top: int


class Head(NamedTuple):
    """The head of a group, or of its rest in the next column."""

    title: str
    place: Place


class Plan(NamedTuple):
    """Where everything stands."""

    places: tuple[Place, ...]
    heads: tuple[Head, ...]
    height: int


def rows_of(registry: Registry) -> list[SheetRow]:
    """Return all rows, group by group in the order in which the groups came."""
    rows = [
        SheetRow(
            one.title,
            one.group,
            registry.keys(one.command_id),
            one.command_id,
            registry.is_own(one.command_id),
        )
        for one in registry.commands()
    ]
    rows += [SheetRow(one.title, one.group, one.keys) for one in registry.fixed()]
    order = {group: place for place, group in enumerate(registry.groups)}
    return sorted(rows, key=lambda row: order.get(row.group, len(order)))


def fitting(rows: Iterable[SheetRow], query: str) -> list[SheetRow]:
    """Return the rows whose words or keys fit what was typed."""
    wanted = query.strip()
    if not wanted:
        return list(rows)
    key = wanted.casefold()
    return [
        row
        for row in rows
        if match(wanted, f"{row.title} {row.group}") is not None
        or any(key in (in_words(one).casefold(), cap(one).casefold()) for one in row.keys)
    ]


def plan(rows: Sequence[SheetRow], columns: int) -> Plan:
    """Return where rows stand in so many columns, filled evenly and read downwards.

    A group goes on in the next column under its name again; a head never stands at the foot alone.
    """
    total = _height(rows)
    limit = -(-total // columns)
    # A column ends where the next group would not begin; the last one takes what is left over.
    while True:
        found = _fill(rows, columns, limit)
        if found is not None:
            return found
        limit += ROW


def _height(rows: Sequence[SheetRow]) -> int:
    groups = len({row.group for row in rows})
    return len(rows) * ROW + groups * (HEAD + GAP)


def _fill(rows: Sequence[SheetRow], columns: int, limit: int) -> Plan | None:
    places: list[Place] = []
    heads: list[Head] = []
    column, top, group = 0, 0, ""
    tallest = 0
    for row in rows:
        fresh = row.group != group
        needed = ROW + (HEAD + (GAP if top else 0) + ROW if fresh else 0)
        if top and top + needed > limit:
            column, top = column + 1, 0
            if column == columns:
                return None
            fresh = True
        if fresh:
            top += GAP if top else 0
            title = row.group if row.group != group else f"{row.group}, more"
            heads.append(Head(title, Place(column, top)))
            top += HEAD
            group = row.group
        places.append(Place(column, top))
        top += ROW
        tallest = max(tallest, top)
    return Plan(tuple(places), tuple(heads), tallest)
