"""Entry channels over time: what each brought in blocks of time as wide as the show is long."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct

from liveroom.models.block_counts import BlockCounts, width_for
from liveroom.models.facts import EntryChannel
from liveroom.models.timeline import Column

MOST_SHOWN = 30
_COLUMNS = (Column.VISITS, Column.ORDERS, Column.REVENUE)


class ChannelLane(Struct, frozen=True, kw_only=True, gc=False):
    """One channel, all its labels together: a value per block; None where no source counts it."""

    channel: EntryChannel
    visits: tuple[int, ...] | None
    orders: tuple[int, ...] | None
    revenue_minor: tuple[int, ...] | None


class ChannelBlocks(Struct, frozen=True, kw_only=True):
    """Blocks of `minutes` each, the first from `start` (ms UTC); the last one may be unfinished."""

    start: int = 0
    minutes: int = 1
    count: int = 0
    lanes: tuple[ChannelLane, ...] = ()


def channel_blocks(
    counted: Mapping[EntryChannel, BlockCounts], known: Collection[int], at: int
) -> ChannelBlocks:
    """Return the channels as of `at` (ms UTC), exact to the block of `counted` in which `at` is.

    `known` are the columns that are known at all. At most `MOST_SHOWN` blocks, in channel order.
    """
    now = at // 60_000
    rows = {
        channel: {m: row for m, row in blocks.counts.items() if m <= now and any(row)}
        for channel, blocks in counted.items()
    }
    earliest = min((minute for found in rows.values() for minute in found), default=None)
    if earliest is None:
        return ChannelBlocks()
    finest = max(blocks.width for blocks in counted.values())
    width = width_for(earliest, now, MOST_SHOWN, finest)
    first = earliest // width
    count = now // width - first + 1
    lanes = []
    for channel in EntryChannel:
        if found := rows.get(channel):
            sums = [[0] * count for _ in range(3)]
            for minute, row in found.items():
                block = minute // width - first
                for lane, value in zip(sums, row, strict=True):
                    lane[block] += value
            values = [
                tuple(lane) if column in known else None
                for lane, column in zip(sums, _COLUMNS, strict=True)
            ]
            visits, orders, revenue = values
            lanes.append(
                ChannelLane(channel=channel, visits=visits, orders=orders, revenue_minor=revenue)
            )
    start = first * width * 60_000
    return ChannelBlocks(start=start, minutes=width, count=count, lanes=tuple(lanes))
