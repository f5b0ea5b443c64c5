"""What the audience buys and writes, seen from one product."""

from collections import Counter

from msgspec.structs import replace

from liveroom.models import events as e
from liveroom.models.commands import IntegrateStock, ReserveStock, TakeSegment
from liveroom.models.simulation.chances import Chances
from liveroom.models.simulation.scenarios.scenario import Scenario, Variant
from tests.models.simulation.playing import (
    first_show,
    of,
    play,
    quick,
    with_audience,
    with_stock,
)

ON_AIR = [(0, TakeSegment(segment_id="caixa"))]


def test_product_without_stock_is_never_ordered_nor_put_into_a_cart() -> None:
    events = play(with_stock(quick(first_show()), 0), 1, 600, ON_AIR)[1]
    assert of(e.ProductClicked, events)
    assert not of(e.CartItemAdded, events)
    assert not of(e.OrderPlaced, events)


def test_sold_out_product_stops_selling_and_leaves_the_shelf_while_others_go_on() -> None:
    caixa = 2
    products = list(quick(first_show()).products)
    products[caixa] = replace(products[caixa], stock=3)
    show = replace(quick(first_show()), products=tuple(products))
    back_to_talk = (600, TakeSegment(segment_id="opening"))
    world, events = play(show, 1, 900, [*ON_AIR, back_to_talk])
    sold = [line for order in of(e.OrderPlaced, events) for line in order.lines]
    returned = [line for order in of(e.OrderCancelled, events) for line in order.lines]
    units = sum(line.units for line in sold if line.sku == "CAIXA-360")
    units -= sum(line.units for line in returned if line.sku == "CAIXA-360")
    assert units == 3
    assert world.stock["CAIXA-360"] == 0
    since = show.starts_at + 605_000
    seen = {view.sku for view in of(e.ProductViewed, events) if view.occurred_at > since}
    assert "CAIXA-360" not in seen
    assert len(seen) == 9


def test_chat_asks_about_the_product_on_air_and_its_price() -> None:
    loud = replace(first_show(), chat=replace(first_show().chat, messages=2.0))
    take = (120, TakeSegment(segment_id="notebook"))
    events = play(loud, 1, 240, [take])[1]
    begin = loud.starts_at + 120_000
    posts = of(e.ChatPosted, events)
    earlier = " ".join(post.text for post in posts if post.occurred_at < begin)
    later = " ".join(post.text for post in posts if post.occurred_at >= begin)
    assert "boa noite" in earlier
    assert not any(product.name in earlier for product in loud.products)
    assert "Notebook Air 14" in later
    assert "R$ 3.499" in later
    assert "{" not in earlier + later


def test_chat_comes_from_people_in_the_room() -> None:
    events = play(first_show(), 1, 300)[1]
    known: set[int | None] = set()
    for event in events:
        if isinstance(event, e.VisitStarted):
            known.add(event.person)
        elif isinstance(event, e.ChatPosted):
            assert event.person in known
    assert of(e.ChatPosted, events)


def test_returned_unit_is_not_sold_before_it_came_back() -> None:
    """One unit of each product, every order soon cancelled: sold and returned again and again."""
    show = with_audience(with_stock(quick(first_show()), 1), scale=3.0)
    show = replace(show, funnel=replace(show.funnel, cancelled=1.0, cancellation_delay=0.1))
    left = {product.sku: 1 for product in show.products}
    returns = 0
    for event in play(show, 1, 600)[1]:
        if isinstance(event, e.OrderPlaced):
            for line in event.lines:
                left[line.sku] -= line.units
                assert left[line.sku] >= 0
        elif isinstance(event, e.OrderCancelled):
            returns += 1
            for line in event.lines:
                left[line.sku] += line.units
    assert returns > 50


def with_others(scenario: Scenario, per_minute: float, **shop: float) -> Scenario:
    products = tuple(replace(each, other_sales=per_minute) for each in scenario.products)
    return replace(scenario, products=products, shop=replace(scenario.shop, **shop))


def oversold(events: list[e.Event]) -> int:
    return sum(each.reason == "oversold" for each in of(e.OrderCancelled, events))


def test_stock_that_is_not_integrated_is_oversold_and_such_orders_are_cancelled() -> None:
    show = with_others(with_stock(quick(first_show()), 60), 6.0, oversold_delay=0.5)
    world, events = play(show, 1, 1500, ON_AIR)
    assert oversold(events) > 10
    assert sum(shelf.oversold for shelf in world.shop.shelves) >= oversold(events)
    amounts = {order.order_id: order.amount_minor for order in of(e.OrderPlaced, events)}
    for cancelled in of(e.OrderCancelled, events):
        assert cancelled.amount_minor <= amounts[cancelled.order_id]


def test_integrated_stock_is_never_oversold() -> None:
    show = with_others(with_stock(quick(first_show()), 60), 6.0, oversold_delay=0.5)
    integrate = (0, IntegrateStock(on=True))
    world, events = play(show, 1, 1500, [*ON_AIR, integrate])
    assert oversold(events) == 0
    assert all(shelf.listed == shelf.pool for shelf in world.shop.shelves)
    assert sum(shelf.sold_elsewhere for shelf in world.shop.shelves) > 100
    late = play(show, 1, 1500, [*ON_AIR, (600, IntegrateStock(on=True))])[1]
    assert 0 <= oversold(late) < oversold(play(show, 1, 1500, ON_AIR)[1])


def test_reserved_units_are_left_to_the_show() -> None:
    nobody_looks = replace(first_show(), funnel=replace(first_show().funnel, cart=0.0))
    show = with_others(with_stock(nobody_looks, 60), 20.0)
    world = play(show, 1, 600, [(0, ReserveStock(sku="CAIXA-360", units=25))])[0]
    assert world.stock["CAIXA-360"] == 25
    assert world.stock["FONE-P3"] == 0


def test_wanted_size_that_is_gone_loses_the_sale_while_others_sell() -> None:
    sizes = (Variant(name="38", share=0.5, stock=0), Variant(name="39", share=0.5, stock=5000))
    one = (Variant(name="one", share=1.0, stock=5000),)

    def carts(variants: tuple[Variant, ...]) -> int:
        products = tuple(
            replace(each, variants=variants, stock=5000) for each in quick(first_show()).products
        )
        show = replace(quick(first_show()), products=products)
        return len(of(e.CartItemAdded, play(show, 1, 600, ON_AIR)[1]))

    assert 0.4 < carts(sizes) / carts(one) < 0.6


def test_checkout_takes_no_more_payments_a_minute_than_its_capacity() -> None:
    show = with_stock(quick(first_show()), 100_000)
    slow = replace(show, checkout=replace(show.checkout, capacity=6.0))
    orders = of(e.OrderPlaced, play(slow, 1, 900, ON_AIR)[1])
    per_minute = Counter((each.occurred_at - show.starts_at) // 60_000 for each in orders)
    assert max(per_minute.values()) <= 8  # six, and what an idle till catches up with
    assert len(orders) < 0.5 * len(of(e.OrderPlaced, play(show, 1, 900, ON_AIR)[1]))


def test_failed_payments_are_reported_and_some_are_tried_again() -> None:
    show = with_stock(quick(first_show()), 100_000)
    failing = tuple(replace(each, failure=0.5, given_up=0.0) for each in show.payments)

    def played(retry: float) -> list[e.Event]:
        checkout = replace(show.checkout, retry=retry, retry_delay=2.0)
        return play(replace(show, payments=failing, checkout=checkout), 1, 600, ON_AIR)[1]

    never, often = played(0.0), played(1.0)
    failed, orders = len(of(e.PaymentFailed, never)), len(of(e.OrderPlaced, never))
    assert 0.4 < failed / (failed + orders) < 0.6
    assert len(of(e.OrderPlaced, often)) > 1.4 * orders
    assert {each.label for each in of(e.PaymentFailed, never)} <= {m.method for m in show.payments}


def test_backlog_of_fulfilment_raises_cancellations() -> None:
    show = with_stock(quick(first_show()), 100_000)
    slow = replace(show, shop=replace(show.shop, fulfilment=0.5, late=1.0))
    cancelled = [len(of(e.OrderCancelled, play(each, 1, 900, ON_AIR)[1])) for each in (show, slow)]
    assert cancelled[1] > 1.3 * cancelled[0]


def test_dear_carts_and_dear_shipping_are_abandoned_more() -> None:
    prices = Chances(first_show())
    assert prices.checkout(50_100, 50_100) < 0.8 * prices.checkout(50_000, 50_000)
    assert prices.checkout(10_000, 10_000) < 0.9 * prices.checkout(10_000, 10_000, True)
    assert prices.checkout(29_900, 29_900) == prices.checkout(29_900, 29_900, True)
    assert prices.cart(10_000, 8_000) > 1.4 * prices.cart(10_000, 10_000)
