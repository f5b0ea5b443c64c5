"""What happened in equal blocks of time: per product, and in the room as a whole."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from liveroom.models.chat.chat import FIRST_INTENT
from liveroom.models.past.past import LOOKS, SALES
from liveroom.models.run_of_show import timings
from liveroom.models.show import Show
from liveroom.models.timeline import Column, Ints

BLOCK_MINUTES = (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1440, 10080, 40320)
MOST_BLOCKS = 16
"""So many blocks at most: they get longer as the show does."""
_ACTIONS = {
    "clicks": (LOOKS, "clicks"),
    "carts": (LOOKS, "cart_adds"),
    "orders": (SALES, "orders"),
}


class Blocks(Struct, frozen=True, kw_only=True, eq=False):
    """Counts per block; the last one is still running. Arrays are read-only.

    `starts` (b, s UTC) are the blocks' beginnings, `minutes` their length, `until` (s UTC) where the last
    one stands. `clicks`, `carts` and `orders` are (products, b) in the order of `skus`; `chat` and
    `reactions` (b); `intents` (intents, b) the messages of each kind, of those that have a text.
    """

    minutes: int
    until: int
    starts: Ints
    skus: tuple[str, ...]
    clicks: Ints
    carts: Ints
    orders: Ints
    chat: Ints
    reactions: Ints
    intents: Ints


def blocks_of(show: Show, at: int) -> Blocks | None:
    """Return the blocks from the first fact to the second of `at` (ms UTC); None before the first."""
    first, until = show.first_at, at // 1000 + 1
    if first is None or first > at:
        return None
    minutes = _block_minutes(first // 1000, max(until, _planned_end(show, at)))
    length = minutes * 60
    starts = np.arange(first // 1000 // length * length, until, length, dtype=np.int64)
    counts = {name: _counted(show, name, starts, until) for name in _ACTIONS}
    room = np.diff(show.timeline.totals_at(np.append(starts, until)), axis=0)
    return Blocks(
        minutes=minutes,
        until=until,
        starts=starts,
        skus=tuple(show.products),
        chat=room[:, Column.CHAT_MESSAGES],
        reactions=room[:, Column.REACTIONS],
        intents=np.diff(show.chat.counts.totals_at(np.append(starts, until)), axis=0)[
            :, FIRST_INTENT:
        ].T,
        **counts,
    )


def _planned_end(show: Show, at: int) -> int:
    """Return when the show is expected to end (s UTC): blocks of a plan do not grow while it runs."""
    rows = timings(show.run_of_show, at) if show.run_of_show.on_air is not None else ()
    return 0 if not rows or rows[-1].end is None else rows[-1].end // 1000


def _block_minutes(first: int, until: int) -> int:
    for minutes in BLOCK_MINUTES:
        length = minutes * 60
        if (until - 1) // length - first // length < MOST_BLOCKS:
            return minutes
    return BLOCK_MINUTES[-1] * -(-(until - first) // (BLOCK_MINUTES[-1] * 60 * MOST_BLOCKS))


def _counted(show: Show, name: str, starts: Ints, until: int) -> Ints:
    """Return what was counted of each product in each block as (products, b)."""
    columns, column = _ACTIONS[name]
    past, places = show.past, [tally.number for tally in show.products.values()]
    log, edges = (
        (past.looks, past.looks_at_edges) if columns is LOOKS else (past.sales, past.sales_at_edges)
    )
    size = (1 + max(places, default=-1)) * len(columns)
    totals = [edges.at(int(second), size) for second in starts]
    totals.append(log.totals(until, size))
    keys = np.array(places, dtype=np.int64) * len(columns) + columns.index(column)
    counted: Ints = np.diff(np.array(totals)[:, keys], axis=0).T
    return counted
