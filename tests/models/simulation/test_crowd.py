"""A crowd's visits stand for several people each, and the figures to expect stay as they were."""

from functools import cache

import numpy as np
import pytest
from msgspec.structs import replace

from liveroom.models import events as e
from liveroom.models.simulation.crowd import expected_peak, weight_of
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.simulation.world import World
from tests.models.simulation.playing import first_show, of, play, with_audience, with_stock

SEEDS = range(100, 110)
SECONDS = 720


def crowded(scenario: Scenario, viewers: float) -> Scenario:
    return replace(scenario, crowd=replace(scenario.crowd, viewers=viewers))


@cache
def played(viewers: float) -> list[list[e.Event]]:
    show = with_stock(first_show(), 1_000_000)
    show = crowded(replace(show, push=replace(show.push, response=0.0)), viewers)
    return [play(show, seed, SECONDS)[1] for seed in SEEDS]


def figures(viewers: float) -> np.ndarray:
    """Return per seed: visits, views, clicks, carts, orders, revenue, audience at the end."""
    rows = []
    for events in played(viewers):
        kinds = (e.VisitStarted, e.ProductViewed, e.ProductClicked, e.CartItemAdded, e.OrderPlaced)
        counts = [sum(each.count for each in of(kind, events)) for kind in kinds]
        revenue = sum(order.amount_minor for order in of(e.OrderPlaced, events))
        rows.append([*counts, revenue, of(e.AudienceMeasured, events)[-1].viewers])
    return np.array(rows, dtype=float)


def scatter(viewers: float) -> float:
    """Return variance ÷ mean of the visits of a minute, over seeds; 1 where all come by themselves."""
    minutes = np.zeros((len(SEEDS), SECONDS // 60))
    for row, events in enumerate(played(viewers)):
        for visit in of(e.VisitStarted, events):
            minutes[row, (visit.occurred_at - first_show().starts_at) // 60_000] += visit.count
    return float((minutes.var(axis=0, ddof=1) / minutes.mean(axis=0)).mean())


def test_expected_figures_of_a_crowd_are_those_of_as_many_single_people() -> None:
    """Means of ten seeds differ by less than 3.3 standard errors: one false alarm in 140 runs."""
    single, crowd = figures(100_000), figures(500)
    spread = np.sqrt(single.var(axis=0, ddof=1) + crowd.var(axis=0, ddof=1)) / len(SEEDS) ** 0.5
    apart = np.abs(single.mean(axis=0) - crowd.mean(axis=0)) / spread
    assert apart.max() < 3.3
    # The test is sharp enough to see a seventh of the visits, the views or the clicks go missing.
    assert (single.mean(axis=0)[:3] / 7 > 3.3 * spread[:3]).all()


def test_visits_of_a_crowd_scatter_as_much_more_as_a_visit_stands_for_people() -> None:
    weight = weight_of(crowded(first_show(), 500))
    assert weight == 5
    # 108 degrees of freedom: a ratio scatters by 14 %.
    assert scatter(100_000) == pytest.approx(1, rel=0.45)
    assert scatter(500) == pytest.approx(weight, rel=0.45)


def test_small_show_has_one_visit_per_person_and_a_great_one_has_not() -> None:
    assert weight_of(first_show()) == 1
    assert 1500 < expected_peak(first_show()) < 3500
    great = with_audience(first_show(), scale=50.0)
    assert weight_of(great) == pytest.approx(expected_peak(great) / great.crowd.viewers, abs=1)


def test_hundred_thousand_viewers_cost_about_as_many_events_as_the_cap() -> None:
    """But for chat, carts and orders, which stay single and grow with the people."""
    single = (e.ChatPosted, e.CartItemAdded, e.CheckoutStarted, e.OrderPlaced, e.CartItemRemoved)
    single = (*single, e.PaymentFailed, e.OrderCancelled, e.PaymentLinkSent)

    def costs(scale: float) -> tuple[int, int]:
        show = with_stock(with_audience(first_show(), scale=scale), 1_000_000)
        world = World(show, 1)
        events = [event for second in range(240) for event in world.step(second)]
        return len(world.audience), sum(not isinstance(event, single) for event in events)

    viewers, events = costs(50.0)
    few, at_the_cap = costs(2.0)
    assert viewers > 20 * few
    assert events < 1.5 * at_the_cap


def test_counted_visits_have_no_keys_and_orders_say_their_channel() -> None:
    show = crowded(with_stock(first_show(), 1_000_000), 200)
    world, events = play(show, 1, 600)
    visits, orders = of(e.VisitStarted, events), of(e.OrderPlaced, events)
    assert {visit.count for visit in visits} == {world.weight}
    assert {visit.visit for visit in visits} == {None}
    assert orders
    assert all(order.channel is not None and order.label for order in orders)
    carts = [each.visit for each in of(e.CartItemAdded, events)]
    assert {order.visit for order in orders} <= set(carts)
    assert len(set(carts)) > 0.8 * len(carts)
