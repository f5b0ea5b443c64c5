"""Whole shows of fixed seeds come out within the ranges that the documents name."""

from functools import cache

import pytest
from msgspec.structs import replace

from liveroom.models import events as e
from liveroom.models.commands import TakeSegment
from liveroom.models.events import Event
from tests.models.simulation.playing import first_show, of, play, with_audience

SEEDS = (11, 12)
MINUTE_MS = 60_000


@cache
def show(seed: int) -> list[Event]:
    return play(first_show(), seed)[1]


def audience(events: list[Event]) -> dict[int, int]:
    """Return the last viewers of each minute of show."""
    begin = first_show().starts_at
    return {
        (each.occurred_at - begin) // MINUTE_MS: each.viewers
        for each in of(e.AudienceMeasured, events)
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_conversion_lies_between_two_and_five_percent_of_visits(seed: int) -> None:
    orders, visits = (len(of(kind, show(seed))) for kind in (e.OrderPlaced, e.VisitStarted))
    assert 0.02 < orders / visits < 0.05


@pytest.mark.parametrize("seed", SEEDS)
def test_between_55_and_70_percent_of_carts_are_abandoned(seed: int) -> None:
    carts = {each.visit for each in of(e.CartItemAdded, show(seed))}
    bought = {each.visit for each in of(e.OrderPlaced, show(seed))}
    assert 0.55 < 1 - len(bought) / len(carts) < 0.70


def test_one_to_three_percent_of_orders_are_cancelled() -> None:
    orders = sum(len(of(e.OrderPlaced, show(seed))) for seed in SEEDS)
    cancelled = sum(len(of(e.OrderCancelled, show(seed))) for seed in SEEDS)
    assert 0.01 < cancelled / orders < 0.03


@pytest.mark.parametrize("seed", SEEDS)
def test_audience_rises_to_about_two_thousand_and_sags_after_minute_thirty(seed: int) -> None:
    curve = audience(show(seed))
    peak = max(curve.values())
    assert 1700 < peak < 2300
    assert curve[0] < 0.3 * peak
    assert 24 <= max(curve, key=lambda minute: curve[minute]) <= 34
    assert curve[41] < 0.9 * peak
    assert curve[59] > 0.6 * peak


def test_dear_products_are_abandoned_more_often() -> None:
    dear = {product.sku for product in first_show().products if product.price_minor > 50_000}
    events = [event for seed in SEEDS for event in show(seed)]

    def orders_per_cart(expensive: bool) -> float:
        carts = [each for each in of(e.CartItemAdded, events) if (each.sku in dear) is expensive]
        lines = [line.sku for each in of(e.OrderPlaced, events) for line in each.lines]
        return sum((sku in dear) is expensive for sku in lines) / len(carts)

    assert orders_per_cart(expensive=True) < 0.7 * orders_per_cart(expensive=False)


def test_product_on_air_gets_most_of_the_views() -> None:
    begin = first_show().starts_at
    views = [
        each.sku
        for each in of(e.ProductViewed, show(SEEDS[0]))
        if 240_000 <= each.occurred_at - begin < 720_000
    ]
    assert views.count("FONE-P3") / len(views) > 0.7


def test_those_who_pass_by_and_those_who_stay_have_their_own_watch_times() -> None:
    """In a steady room the mean watch time is that of the two regimes together."""
    scenario = with_audience(first_show(), waiting=0, stay_time=2, sag=0)
    channel = replace(first_show().channels[0], share=1.0, bounce=0.4)
    quiet = tuple(replace(plan, leaving=1.0) for plan in scenario.segments)
    scenario = replace(
        scenario, channels=(channel,), segments=quiet, arrival_curve=((0.0, 1.0), (1.0, 1.0))
    )
    world, _ = play(scenario, 1, 1800)
    gone = world.audience.watched_ms(1_800_000) / 60_000 / world.audience.visits
    bounce_minutes = scenario.audience.bounce_time / 60
    assert gone == pytest.approx(0.4 * bounce_minutes + 0.6 * 2, rel=0.1)


def test_twice_the_scale_is_twice_the_audience() -> None:
    single, double = (
        play(with_audience(first_show(), scale=scale), 5, 600)[0].audience.visits
        for scale in (1.0, 2.0)
    )
    assert double == pytest.approx(2 * single, rel=0.06)


def test_viewers_who_have_left_do_not_click() -> None:
    channels = tuple(replace(channel, bounce=1.0) for channel in first_show().channels)
    slow = replace(first_show().funnel, click_delay=600, first_look_delay=1)
    hasty = with_audience(replace(first_show(), channels=channels, funnel=slow), bounce_time=3)
    events = play(hasty, 1, 900)[1]
    assert len(of(e.ProductViewed, events)) > 500
    assert len(of(e.ProductClicked, events)) < 0.02 * len(of(e.ProductViewed, events))


def test_interest_in_a_segment_wears_off() -> None:
    """A product that stays on air for 20 minutes gets fewer views per viewer in its last ones."""
    take = (0, TakeSegment(segment_id="notebook"))
    events = play(first_show(), 1, 1200, [take])[1]
    viewers = audience(events)

    def views_per_viewer(minutes: range) -> float:
        begin = first_show().starts_at
        views = [(view.occurred_at - begin) // MINUTE_MS for view in of(e.ProductViewed, events)]
        return sum(minute in minutes for minute in views) / sum(viewers[m] for m in minutes)

    assert views_per_viewer(range(15, 20)) < 0.75 * views_per_viewer(range(3, 5))
