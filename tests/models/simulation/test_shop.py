"""What the audience buys and writes, seen from one product."""

from msgspec.structs import replace

from liveroom.models import events as e
from liveroom.models.commands import TakeSegment
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
