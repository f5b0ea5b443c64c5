"""What must hold in every show, whatever the seed, the size, the stock and the producer do."""

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liveroom.models import events as e
from liveroom.models.commands import ChangeSegmentDuration, Command, TakeSegment
from liveroom.models.events import Event
from tests.models.simulation.playing import first_show, of, play, quick, with_audience, with_stock

SECONDS = 240
IDS = [plan.segment.segment_id for plan in first_show().segments]


@st.composite
def commands(draw: st.DrawFn) -> tuple[int, Command]:
    second, segment_id = draw(st.integers(0, SECONDS)), draw(st.sampled_from([*IDS, ""]))
    if draw(st.booleans()):
        return second, TakeSegment(segment_id=segment_id)
    return second, ChangeSegmentDuration(
        segment_id=segment_id, duration_ms=draw(st.integers(1, 900)) * 1000
    )


class Show:
    """A played show that prints as what it was played from."""

    def __init__(
        self, scale: float, stock: int, seed: int, script: list[tuple[int, Command]]
    ) -> None:
        self._made_of = f"scale={scale}, stock={stock}, seed={seed}, script={script}"
        scenario = with_audience(quick(first_show()), scale=scale)
        self.scenario = with_stock(scenario, stock)
        self.world, self.events = play(self.scenario, seed, SECONDS, script)

    def __repr__(self) -> str:
        return f"Show({self._made_of})"


def shows() -> st.SearchStrategy[Show]:
    return st.builds(
        Show,
        st.sampled_from([0.02, 0.3, 2.0]),
        st.sampled_from([0, 1, 2, 1000]),
        st.integers(0, 2**64),
        st.lists(commands(), max_size=4),
    )


examples = settings(max_examples=12, deadline=None)


@examples
@given(shows())
def test_funnel_only_narrows_for_every_product(show: Show) -> None:
    events = show.events
    counts = [
        sum((Counter({event.sku: event.count}) for event in of(kind, events)), Counter[str]())
        for kind in (e.ProductShown, e.ProductViewed, e.ProductClicked, e.CartItemAdded)
    ]
    counts.append(Counter(line.sku for order in of(e.OrderPlaced, events) for line in order.lines))
    for wider, narrower in pairwise(counts):
        assert narrower <= wider
    assert len(of(e.OrderPlaced, events)) <= len(of(e.CheckoutStarted, events))


@examples
@given(shows())
def test_stock_is_never_negative_and_nothing_gets_lost(show: Show) -> None:
    scenario, world, events = show.scenario, show.world, show.events
    stock = {product.sku: product.stock for product in scenario.products}
    for event in events:
        if isinstance(event, e.OrderPlaced | e.OrderCancelled):
            sign = -1 if isinstance(event, e.OrderPlaced) else 1
            for line in event.lines:
                stock[line.sku] += sign * line.units
                assert stock[line.sku] >= 0
    assert stock == dict(world.stock)


@examples
@given(shows())
def test_order_amounts_are_the_sums_of_their_lines_at_list_price(show: Show) -> None:
    scenario, events = show.scenario, show.events
    prices = {product.sku: product.price_minor for product in scenario.products}
    for order in of(e.OrderPlaced, events):
        assert order.lines
        assert all(line.amount_minor == line.units * prices[line.sku] for line in order.lines)
        assert order.amount_minor == sum(line.amount_minor for line in order.lines)
        assert order.units == sum(line.units for line in order.lines)
        assert order.currency == "BRL"


@examples
@given(shows())
def test_cancellations_cancel_an_earlier_order_once_and_whole(show: Show) -> None:
    orders: dict[str, e.OrderPlaced] = {}
    for event in show.events:
        if isinstance(event, e.OrderPlaced):
            orders[event.order_id] = event
        elif isinstance(event, e.OrderCancelled):
            order = orders.pop(event.order_id)
            assert (event.amount_minor, event.lines) == (order.amount_minor, order.lines)


@examples
@given(shows())
def test_every_action_follows_the_one_it_needs(show: Show) -> None:
    """A visit starts before it looks, looks before it clicks, and so on to the order."""
    steps = (e.VisitStarted, e.ProductViewed, e.ProductClicked, e.CartItemAdded)
    steps = (*steps, e.CheckoutStarted, e.OrderPlaced)
    reached: dict[int | None, set[type[Event]]] = {}
    for event in show.events:
        if type(event) in steps:
            done = reached.setdefault(event.visit, set())  # type: ignore[attr-defined]
            assert set(steps[: steps.index(type(event))]) <= done
            done.add(type(event))


@examples
@given(shows())
def test_what_is_taken_out_of_a_cart_was_in_it(show: Show) -> None:
    inside: Counter[tuple[int | None, str]] = Counter()
    for event in show.events:
        if isinstance(event, e.CartItemAdded):
            inside[event.visit, event.sku] += event.units
        elif isinstance(event, e.CartItemRemoved):
            inside[event.visit, event.sku] -= event.units
            assert inside[event.visit, event.sku] >= 0


@examples
@given(shows())
def test_audience_is_arrivals_minus_leavers(show: Show) -> None:
    world, events = show.world, show.events
    visits = of(e.VisitStarted, events)
    assert len(visits) == world.audience.visits
    assert of(e.AudienceMeasured, events)[-1].viewers == len(visits) - world.audience.departures


@examples
@given(shows())
def test_channels_sum_to_totals(show: Show) -> None:
    scenario, events = show.scenario, show.events
    visits, orders = of(e.VisitStarted, events), of(e.OrderPlaced, events)
    channel_of = {visit.visit: (visit.channel, visit.label) for visit in visits}
    known = {(channel.channel, channel.label) for channel in scenario.channels}
    assert set(channel_of.values()) <= known
    assert sum(Counter(channel_of.values()).values()) == len(visits)
    by_channel: Counter[object] = Counter()
    for order in orders:
        assert order.channel is None
        by_channel[channel_of[order.visit]] += order.amount_minor
    assert sum(by_channel.values()) == sum(order.amount_minor for order in orders)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_mean_audience_is_arrivals_per_minute_times_mean_watch_minutes(seed: int) -> None:
    seconds = 900
    world, events = play(with_audience(first_show(), scale=0.5), seed, seconds)
    samples = of(e.AudienceMeasured, events)
    times = [0, *(sample.occurred_at - world.scenario.starts_at for sample in samples)]
    viewers = [0, *(sample.viewers for sample in samples)]
    mean_audience = np.trapezoid(viewers, times) / (seconds * 1000)
    mean_watch_minutes = world.audience.watched_ms(seconds * 1000) / 60_000 / world.audience.visits
    arrivals_per_minute = len(of(e.VisitStarted, events)) / (seconds / 60)
    assert mean_audience == pytest.approx(arrivals_per_minute * mean_watch_minutes, rel=0.005)
