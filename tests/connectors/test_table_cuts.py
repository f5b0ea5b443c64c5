"""A window replayed by itself counts like the same window of the whole recording."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from liveroom.connectors.table import TableConnector
from liveroom.models.events import OrderCancelled, OrderPlaced, ProductListed, SourceAttached
from liveroom.models.facts import EntryChannel
from liveroom.models.kpis import kpis_of
from liveroom.models.money import Ledger
from liveroom.models.show import Show
from liveroom.models.window import Window
from tests.connectors.table_helpers import Replay, connector, replay, table

SHOP = """
title = "Shop"
currency = "BRL"
rates = { USD = "5.05" }
[tables.rows]
at = { column = "at", unit = "s" }
choose = "what"
[[events]]
event = "visit"
when = "visit"
visit = "visit"
channel = "label"
[[events]]
event = "order"
when = "order"
visit = "visit"
order_id = "order"
amount = "amount"
currency = { column = "money", default = "BRL" }
[[events]]
event = "cancellation"
when = "cancel"
order_id = "order"
amount = "amount"
currency = { column = "money", default = "BRL" }
[[events]]
event = "product"
when = "product"
at = { column = "at", unit = "s" }
sku = "order"
name = "label"
"""
HEADER = "at,what,visit,label,order,amount,money"
ROWS = [
    "5,cancel,,,H,,",
    "10,visit,a,Paid Search,,,",
    "20,order,a,,A,10.00,",
    "30,visit,b,Direct,,,",
    "40,order,a,,B,7.50,USD",
    "50,order,,,H,64.00,",
    "60,order,,,I,128.00,",
    "70,cancel,,,I,28.00,",
    "110,order,a,,C,1.00,",
    "120,order,b,,D,2.00,",
    "130,visit,c,Organic Search,,,",
    "140,order,c,,E,4.00,",
    "150,order,d,,F,8.00,",
    "160,cancel,,,A,,",
    "170,cancel,,,B,,",
    "175,cancel,,,C,,",
    "180,cancel,,,D,0.50,",
    "190,cancel,,,nobody's,,",
    "195,cancel,,,G,,",
    "196,cancel,,,H,,",
    "197,cancel,,,I,,",
    "198,cancel,,,I,,",
    "210,order,c,,G,16.00,",
    "220,order,c,,A,32.00,USD",
    "230,visit,d,Social,,,",
]


def counted(source: TableConnector, window: Window) -> dict[str, Any]:
    show = Show(Ledger(currency=source.currency, rates=source.rates), window)
    show.counting.attach(source.source, source.provides)
    show.apply_all(Replay(source).events)
    return kpis_of(show)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (100_000, 200_000), (None, 200_000), (100_000, None), (160_000, 200_000),
        (125_000, 145_000), (171_000, 178_000),
    ],
)  # fmt: skip
def test_a_replayed_window_counts_like_the_window_of_the_whole(
    start: int | None, end: int | None, tmp_path: Path
) -> None:
    file = table(tmp_path, HEADER, *ROWS)
    edges = {"start": start, "end": end}
    window = Window(**{name: at for name, at in edges.items() if at is not None})
    wanted = counted(connector(file, SHOP), window)
    found = counted(connector(file, SHOP, start, end), Window())
    for key in ("by_channel", "cancelled_minor", "cancellations", "orders", "revenue_minor"):
        assert found[key] == wanted[key], key


def test_an_order_learns_its_channel_from_a_visit_outside_the_window(tmp_path: Path) -> None:
    played = replay(table(tmp_path, HEADER, *ROWS), SHOP, 100_000, 200_000)
    found = {order.order_id: (order.channel, order.label) for order in played.of(OrderPlaced)}
    assert found == {
        "C": (EntryChannel.PAID, "Paid Search"),
        "D": (EntryChannel.DIRECT, "Direct"),
        "E": (None, ""),  # its visit is played too
        "F": (EntryChannel.ORGANIC, "Social"),  # its visit comes later
    }


def test_a_cancellation_learns_its_amount_from_orders_outside_the_window(tmp_path: Path) -> None:
    played = replay(table(tmp_path, HEADER, *ROWS), SHOP, 100_000, 200_000)
    found = {c.order_id: (c.amount_minor, c.currency) for c in played.of(OrderCancelled)}
    assert found == {
        "A": (1000 + 16160, "BRL"),  # one id, two orders
        "B": (750, "USD"),
        "C": (None, None),  # its order is played too
        "D": (50, "BRL"),
        "nobody's": (None, None),
        "G": (1600, "BRL"),
        "H": (0, "BRL"),  # taken out before
        "I": (0, "BRL"),  # the second cancellation; the first takes what a refund left
    }
    first = next(c for c in played.of(OrderCancelled) if c.order_id == "I")
    assert (first.occurred_at, first.amount_minor) == (197_000, 10_000)


def test_without_a_window_nothing_is_added(tmp_path: Path) -> None:
    played = replay(table(tmp_path, HEADER, *ROWS), SHOP)
    assert all(order.channel is None for order in played.of(OrderPlaced))
    cancelled = {c.order_id: c.amount_minor for c in played.of(OrderCancelled)}
    assert {order for order, amount in cancelled.items() if amount is not None} == {"D"}
    assert not played.of(SourceAttached)


def test_a_window_says_which_details_the_whole_recording_has(tmp_path: Path) -> None:
    file = table(tmp_path, HEADER, *ROWS)
    empty = replay(file, SHOP, 131_000, 132_000)
    (attached,) = empty.of(SourceAttached)
    assert attached.details == "cancellations cancellations.amount orders orders.amount visits"
    assert attached.occurred_at == attached.received_at == 131_000
    assert empty.events == [attached]
    inside = replay(file, SHOP, 100_000, 200_000)
    assert inside.events[0].source_id == attached.source_id


def test_a_product_that_is_named_after_the_window_has_its_name(tmp_path: Path) -> None:
    rows = ["110,order,,,C,1.00,", "300,product,,Pan,P,,"]
    played = replay(table(tmp_path, HEADER, *rows), SHOP, 100_000, 200_000)
    (product,) = played.of(ProductListed)
    assert played.events[-1] is product
    assert (product.name, product.occurred_at, product.received_at) == ("Pan", 300_000, 110_000)
