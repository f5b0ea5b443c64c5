"""Entry channels over time, and who is new in each, whatever the order of arrival."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.models import events as e
from liveroom.models.camera import Camera, Caption, channel_row
from liveroom.models.channel_blocks import MOST_SHOWN, ChannelBlocks, width_for
from liveroom.models.facts import EntryChannel, Fact
from liveroom.models.money import Ledger
from liveroom.models.rollup import dump, load
from liveroom.models.show import Show
from liveroom.models.snapshot import ChannelRow, Recording, Snapshot
from tests.factory import SHOW_START, attached, event, order
from tests.strategies import shows

LEDGER = Ledger(currency="BRL", rates={"USD": "5.25"})
PAID, ORGANIC = EntryChannel.PAID, EntryChannel.ORGANIC


def counted(*events: e.Event) -> Show:
    show = Show(LEDGER)
    show.apply_all(events)
    return show


def taken(show: Show, at: int) -> Snapshot:
    return Camera(show, Caption()).snapshot(at, Recording())


def rows(show: Show) -> dict[tuple[str, str], ChannelRow]:
    show.attribution.settle()
    found = [channel_row(tally, show, 0) for tally in show.attribution.channels]
    return {(row.channel.value, row.label): row for row in found}


def visit(at: float, number: int, channel: EntryChannel = PAID, **fields: Any) -> e.VisitStarted:
    return event(e.VisitStarted, at, visit=number, channel=channel, label="Meta", **fields)


def test_new_and_returning_orders_count_for_the_channel_of_their_visit_however_late_it_is() -> None:
    visits = [visit(0, 1, returning=False), visit(1, 2, returning=True), visit(2, 3)]
    orders = [order(9, visit=1, returning=False), order(9, visit=2, returning=True)]
    orders.append(order(9, visit=3))
    for events in ([*visits, *orders], [*orders, *visits]):
        row = rows(counted(*events))["paid", "Meta"]
        assert (row.visits, row.new_visits, row.returning_visits) == (3, 1, 1)
        assert (row.orders, row.new_orders, row.returning_orders) == (3, 1, 1)


def test_where_no_source_tells_new_from_returning_it_is_unknown_and_not_zero() -> None:
    row = rows(counted(visit(0, 1), order(9, visit=1)))["paid", "Meta"]
    assert row.new_orders is row.returning_orders is row.new_visits is None


@given(shows())
def test_blocks_sum_to_what_the_channel_brought(events: list[e.Event]) -> None:
    show = counted(attached("shop", *Fact), *events)
    last = max((each.occurred_at for each in events), default=SHOW_START)
    blocks = taken(show, last).channel_blocks
    by_channel: dict[EntryChannel, list[int]] = {}
    for row in rows(show).values():
        sums = by_channel.setdefault(row.channel, [0, 0])
        sums[0] += row.visits or 0
        sums[1] += row.orders or 0
    lanes = {
        lane.channel: [sum(lane.visits or ()), sum(lane.orders or ())] for lane in blocks.lanes
    }
    assert lanes == {channel: sums for channel, sums in by_channel.items() if any(sums)}
    assert all(len(lane.visits or ()) == blocks.count for lane in blocks.lanes)


@given(shows(), st.integers(0, 40))
def test_a_stored_state_has_the_same_blocks(events: list[e.Event], place: int) -> None:
    at = SHOW_START + 7_200_000
    stored = Show(LEDGER)
    load(dump(counted(*events[:place])), stored)
    stored.apply_all(events[place:])
    whole = counted(*events)
    assert taken(stored, at).channel_blocks == taken(whole, at).channel_blocks
    assert rows(stored) == rows(whole)


def without_contradictions(events: list[e.Event]) -> list[e.Event]:
    """Leave out visits that begin again: of two channels for one visit the one that arrives first counts."""
    begun: set[int] = set()
    kept: list[e.Event] = []
    for one in events:
        if isinstance(one, e.VisitStarted) and one.visit is not None:
            if one.visit in begun:
                continue
            begun.add(one.visit)
        kept.append(one)
    return kept


@given(shows(), st.randoms(use_true_random=False))
def test_blocks_do_not_depend_on_the_order_of_arrival(events: list[e.Event], random: Any) -> None:
    at = SHOW_START + 7_200_000
    events = without_contradictions(events)
    shuffled = list(events)
    random.shuffle(shuffled)
    found = taken(counted(*shuffled), at).channel_blocks
    assert found == taken(counted(*events), at).channel_blocks
    assert found.count <= MOST_SHOWN


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_so_many_minutes_never_need_too_many_blocks(first: int, more: int) -> None:
    width = width_for(first, first + more, MOST_SHOWN)
    assert (first + more) // width - first // width < MOST_SHOWN


@pytest.mark.parametrize(
    ("minutes", "width"), [(10, 1), (29, 1), (60, 5), (120, 5), (240, 10), (720, 30)]
)
def test_a_longer_show_has_wider_blocks(minutes: int, width: int) -> None:
    show = counted(*(visit(60 * n, n) for n in range(minutes + 1)))
    blocks = taken(show, SHOW_START + minutes * 60_000).channel_blocks
    assert blocks.minutes == width
    assert 2 <= blocks.count <= MOST_SHOWN
    assert blocks.start <= SHOW_START < blocks.start + width * 60_000


def test_an_earlier_instant_shows_no_block_that_was_still_to_come() -> None:
    show = counted(visit(0, 1), visit(60, 2, ORGANIC), visit(300, 3))
    blocks = taken(show, SHOW_START + 60_000).channel_blocks
    assert blocks.count == 2
    assert {lane.channel: sum(lane.visits or ()) for lane in blocks.lanes} == {PAID: 1, ORGANIC: 1}
    assert taken(show, SHOW_START - 60_000).channel_blocks == ChannelBlocks()


def test_what_no_source_counts_is_unknown_over_time_too() -> None:
    lane = taken(counted(visit(0, 1)), SHOW_START).channel_blocks.lanes[0]
    assert lane.visits == (1,)
    assert lane.orders is lane.revenue_minor is None
