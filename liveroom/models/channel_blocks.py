"""Entry channels over time: what each brought in blocks of time as wide as the show is long."""

from __future__ import annotations

import numpy as np
from msgspec import Struct

from liveroom.models.facts import EntryChannel
from liveroom.models.past.past import CHANNEL
from liveroom.models.show import Show
from liveroom.models.timeline import Column, Ints

MOST_SHOWN = 30
_STEPS = (1, 5, 10, 30, 60, 360, 1_440, 10_080)
_COUNTS = {
    "visits": Column.VISITS,
    "orders": Column.ORDERS,
    "revenue_minor": Column.REVENUE,
}


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


def channel_blocks(show: Show, at: int) -> ChannelBlocks:
    """Return the channels until the second of `at` (ms UTC): `MOST_SHOWN` blocks at most."""
    first_at = show.first_at
    if first_at is None or first_at > at:
        return ChannelBlocks()
    width = width_for(first_at // 60_000, at // 60_000, MOST_SHOWN)
    first = first_at // 60_000 // width
    starts = range(first, at // 60_000 // width + 1)
    counts = _counted(show, [start * width * 60 for start in starts], at // 1000 + 1)
    lanes = []
    for channel in EntryChannel:
        own = [tally.number for tally in show.attribution.channels if tally.channel is channel]
        brought = counts[:, own].sum(axis=1)
        if brought[:, [CHANNEL.index(name) for name in _COUNTS]].any():
            values = {
                name: tuple(brought[:, CHANNEL.index(name)].tolist())
                for name, column in _COUNTS.items()
                if column in show.known().columns
            }
            given = {name: values.get(name) for name in _COUNTS}
            lanes.append(ChannelLane(channel=channel, **given))
    if not lanes:
        return ChannelBlocks()
    start = first * width * 60_000
    return ChannelBlocks(start=start, minutes=width, count=len(starts), lanes=tuple(lanes))


def _counted(show: Show, starts: list[int], until: int) -> Ints:
    """Return what was counted in each block as (blocks, channels, counts)."""
    show.attribution.settle()
    channels, edges = len(show.attribution.channels), show.past.channels_at_edges
    size = channels * len(CHANNEL)
    totals = [edges.at(second, size) for second in starts]
    totals.append(show.past.channels.totals(until, size))
    counted: Ints = np.asarray(np.diff(np.array(totals), axis=0), dtype=np.int64)
    return counted.reshape(len(starts), channels, len(CHANNEL))


def width_for(first: int, last: int, most: int) -> int:
    """Return how many minutes a block needs so that at most `most` hold the minutes from first to last."""
    for width in _STEPS:
        if last // width - first // width < most:
            return width
    return _STEPS[-1] * -(-(last - first + 1) // (_STEPS[-1] * (most - 1)))
