"""The blocks of a snapshot as rows of a heat map, and what is in one of its cells in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from liveroom.models.chat.intents import Intent
from liveroom.models.facts import Fact
from liveroom.models.run_of_show import SegmentTiming, timings
from liveroom.ui import format as fmt
from liveroom.ui.freshness import told_until
from liveroom.ui.parts.heat_grid import HeatRow

if TYPE_CHECKING:
    from liveroom.models.past.blocks import Blocks
    from liveroom.models.snapshot import Snapshot

METRICS = ("clicks", "carts", "orders")
_KNOWN_BY = {"clicks": "product_clicks", "carts": "cart_adds", "orders": "orders"}
ROOM = {"chat": "Messages", "reactions": "Reactions"}
_ROOM_KNOWN_BY = {"chat": "chat_messages", "reactions": "reactions"}
_FACTS = {
    "clicks": Fact.PRODUCT_CLICKS,
    "carts": Fact.CARTS,
    "orders": Fact.ORDERS,
    "chat": Fact.CHAT,
    "reactions": Fact.REACTIONS,
}
_QUIET = frozenset((Intent.OTHER, Intent.GREETING, Intent.REACTION))
"""Kinds of message that ask nothing of the producer."""
MOST_INTENTS, _INTENT = 4, "intent "
OTHERS = "others"
HOUR_MINUTES, DAY_MINUTES = 60, 1440
_TIME_ROOM, _HOUR_ROOM, _MINUTE_ROOM = 38, 28, 20
"""So wide (px) a block has room for its whole time, for that of a full hour, for its minute."""
LEAST_SECONDS = 20
"""A block that is younger says nothing yet."""


class Unit(NamedTuple):
    """What the rates of a map are per: so many minutes, in words."""

    minutes: int
    words: str


def unit_of(blocks: Blocks) -> Unit:
    """Return what rates are per: of blocks of days a minute would say 0.0 of everything."""
    if blocks.minutes >= DAY_MINUTES:
        return Unit(DAY_MINUTES, "a day")
    return Unit(HOUR_MINUTES, "an hour") if blocks.minutes >= HOUR_MINUTES else Unit(1, "a minute")


def is_known(snapshot: Snapshot, metric: str) -> bool:
    """Return whether a source counts it."""
    return getattr(snapshot.totals, _KNOWN_BY[metric]) is not None


def first_known(snapshot: Snapshot) -> str:
    """Return the first metric that a source counts, clicks where none does."""
    return next((metric for metric in METRICS if is_known(snapshot, metric)), METRICS[0])


def facts_of(snapshot: Snapshot, metric: str) -> tuple[Fact, ...]:
    """Return the facts that a map of a metric rests on, those that a source reports."""
    return tuple(fact for name in (metric, *ROOM) if (fact := _FACTS[name]) in snapshot.counting)


def heard_until(snapshot: Snapshot, name: str) -> int | None:
    """Return until when (s UTC) the source of a metric, or of what the room did, was heard; None: it is."""
    return told_until(snapshot, (_FACTS[name],))


def products_in(snapshot: Snapshot, metric: str) -> int:
    """Return how many products have any of a metric in the blocks."""
    if snapshot.blocks is None or not is_known(snapshot, metric):
        return 0
    return int(np.count_nonzero(getattr(snapshot.blocks, metric).any(axis=1)))


def heat_rows(
    snapshot: Snapshot, metric: str, most_products: int, most_below: int = 99
) -> tuple[HeatRow, ...]:
    """Return the products with the most of a metric, the rest together, and the room; rates a minute.

    Of the rows below the products, kinds of message give way first.
    """
    blocks = snapshot.blocks
    if blocks is None:
        return ()
    rows: list[HeatRow] = []
    if is_known(snapshot, metric):
        rows.extend(_product_rows(snapshot, blocks, metric, most_products))
    names = room_of(snapshot)[:most_below]
    rows.extend(_intent_rows(snapshot, blocks, most_below - len(names)))
    for name in names:
        (found,) = rates(getattr(blocks, name)[None], blocks, heard_until(snapshot, name))
        rows.append(HeatRow(name, ROOM[name], found, group="chat", scale=name))
    return tuple(rows)


def room_of(snapshot: Snapshot) -> list[str]:
    """Return what is counted of the room as a whole, where a source reports it."""
    return [
        name
        for name, known in _ROOM_KNOWN_BY.items()
        if getattr(snapshot.totals, known) is not None
    ]


def intent_of(row: str) -> Intent | None:
    """Return the kind of message that a row is about, if it is about one."""
    kind = row.removeprefix(_INTENT)
    return Intent(int(kind)) if kind != row else None


def intents_of(blocks: Blocks) -> list[Intent]:
    """Return the kinds of message that came most and ask something of the producer, most first."""
    sums = blocks.intents.sum(axis=1).tolist()
    found = [kind for kind in Intent if sums[kind] and kind not in _QUIET]
    return sorted(found, key=lambda kind: -sums[kind])[:MOST_INTENTS]


def _intent_rows(snapshot: Snapshot, blocks: Blocks, most: int) -> list[HeatRow]:
    kinds = intents_of(blocks)[:most]
    found = rates(blocks.intents[kinds], blocks, heard_until(snapshot, "chat"))
    return [
        HeatRow(f"{_INTENT}{int(kind)}", kind.word.capitalize(), row, group="chat", scale=_INTENT)
        for kind, row in zip(kinds, found, strict=True)
    ]


def _product_rows(snapshot: Snapshot, blocks: Blocks, metric: str, most: int) -> Sequence[HeatRow]:
    counts, told = getattr(blocks, metric), heard_until(snapshot, metric)
    titles = {row.sku: row.name or row.sku for row in snapshot.products}
    shown = on_air_in(snapshot, blocks)
    sums = counts.sum(axis=1).tolist()
    order = sorted(
        (place for place, found in enumerate(sums) if found),
        key=lambda place: (-sums[place], blocks.skus[place]),
    )
    now = {sku for sku, found in shown.items() if len(blocks.starts) - 1 in found}
    if len(order) > most:
        # What is on air is always among them.
        first = [place for place in order if blocks.skus[place] in now][: most - 1]
        others = [place for place in order if place not in first]
        kept = {*first, *others[: max(0, most - 1 - len(first))]}
        rest = [place for place in order if place not in kept]
        order = [place for place in order if place in kept]
    else:
        rest = []
    rows = [
        HeatRow(
            blocks.skus[place],
            titles.get(blocks.skus[place], blocks.skus[place]),
            found,
            shown.get(blocks.skus[place], frozenset()),
            group=metric,
            scale=metric,
        )
        for place, found in zip(order, rates(counts[order], blocks, told), strict=True)
    ]
    if rest:
        # On a scale of their own: many together would outshine every single one.
        (together,) = rates(counts[rest].sum(axis=0)[None], blocks, told)
        rows.append(HeatRow(OTHERS, f"{len(rest)} others", together, group=metric, scale=OTHERS))
    return rows


def rates(
    counts: np.ndarray, blocks: Blocks, told: int | None = None
) -> list[tuple[float | None, ...]]:
    """Return counts (rows × blocks) per minute, hour or day of each block by the time of it that has passed.

    Only what passed before `told` (s UTC) counts, where the source is silent since; None is too short
    to say, or silence.
    """
    until = blocks.until if told is None else min(told, blocks.until)
    seconds = np.clip(until - blocks.starts, 0, blocks.minutes * 60)
    rows = (counts * (60 * unit_of(blocks).minutes) / np.maximum(seconds, 1)).tolist()
    short = np.flatnonzero(seconds < LEAST_SECONDS).tolist()
    for row in rows:
        for block in short:
            row[block] = None
    return [tuple(row) for row in rows]


def on_air_in(snapshot: Snapshot, blocks: Blocks) -> dict[str, frozenset[int]]:
    """Return the blocks in which each product was on air."""
    found: dict[str, set[int]] = {}
    for start, end, row in _aired(snapshot):
        for block, begins in enumerate(blocks.starts.tolist()):
            ends = begins + blocks.minutes * 60
            # For a good part of the block, or for most of the segment.
            shared = min(ends, end) - max(begins, start)
            if shared * 2 >= min(ends, blocks.until) - begins or shared * 2 > end - start > 0:
                for sku in row.segment.skus:
                    found.setdefault(sku, set()).add(block)
    return {sku: frozenset(places) for sku, places in found.items()}


def segments_in(snapshot: Snapshot, start: int, end: int) -> list[SegmentTiming]:
    """Return the segments that were on air between two seconds."""
    return [row for begins, ends, row in _aired(snapshot) if begins < end and ends > start]


def _aired(snapshot: Snapshot) -> list[tuple[float, float, SegmentTiming]]:
    """Return since when and until when (s UTC) segments were on air."""
    now = snapshot.at / 1000
    return [
        (row.start / 1000, min(now, row.end / 1000), row)
        for row in timings(snapshot.run_of_show, snapshot.at)
        if row.state in ("done", "on air") and row.start is not None and row.end is not None
    ]


def heads_of(snapshot: Snapshot, blocks: Blocks, wide: float) -> tuple[str, ...]:
    """Return the times of the blocks, of those to come until the expected end too.

    Of a show of more than a day the first block of each day has its date.
    """
    length = blocks.minutes * 60
    ends = [row.end for row in timings(snapshot.run_of_show, snapshot.at) if row.end is not None]
    last = blocks.until
    if ends and snapshot.run_of_show.on_air is not None:
        last = max(last, ends[-1] // 1000)
    starts = range(int(blocks.starts[0]), last, length)
    heads: list[str] = []
    is_long = last - int(blocks.starts[0]) > fmt.DAY // 1000
    day_before = ""
    for place, start in enumerate(starts):
        text = fmt.clock(start * 1000, snapshot.timezone, seconds=False)
        day = fmt.day(start * 1000, snapshot.timezone)
        if is_long and day != day_before:
            heads.append(day)
            day_before = day
            continue
        room = wide / max(1, len(starts))
        if is_long and room < _TIME_ROOM:
            # Times of day would leave no room for the days.
            heads.append("")
            continue
        is_short = blocks.minutes < HOUR_MINUTES
        hour = text.endswith(":00") and (is_short or room >= _HOUR_ROOM)
        if room < _HOUR_ROOM and hour and place > 1:
            # It says which hour, also where that takes the room of the block before.
            heads[-1] = ""
        elif room < _MINUTE_ROOM and place % 2:
            heads.append("")
            continue
        short = text[2:] if is_short else text[:2]
        heads.append(text if room >= _TIME_ROOM or place == 0 or hour else short)
    return tuple(heads)
