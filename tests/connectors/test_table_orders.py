"""Rows are grouped into orders whose money is exact."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from liveroom.models.events import (
    OrderCancelled,
    OrderLine,
    OrderPlaced,
)
from tests.connectors.table_helpers import (
    HEAD,
    Replay,
    at_ms,
    open_table,
    replay,
    table,
)


def orders(played: Replay) -> list[tuple[str, int | None, int | None]]:
    return [(o.source_id, o.amount_minor, o.units) for o in played.of(OrderPlaced)]


LINES = (
    HEAD
    + """
[[events]]
event = "order"
group = "order"
id = "{order}"
lines = { sku = "sku", units = "units", price = "price" }
"""
)


def test_rows_of_an_order_are_grouped_wherever_they_stand(tmp_path: Path) -> None:
    source = table(
        tmp_path,
        "at,order,sku,units,price",
        "20,1,a,2,1.10",
        "30,2,b,1,5",
        "10,1,c,1,0.05",
        "20,1,a,2,1.10",
    )
    played = replay(source, LINES)
    assert orders(played) == [("order:1", 445, 5), ("order:2", 500, 1)]
    first = played.of(OrderPlaced)[0]
    assert first.occurred_at == 10_000
    assert first.lines == (
        OrderLine(sku="a", units=2, amount_minor=220),
        OrderLine(sku="c", units=1, amount_minor=5),
        OrderLine(sku="a", units=2, amount_minor=220),
    )


def test_lines_without_a_price_leave_the_total_unknown(tmp_path: Path) -> None:
    source = table(tmp_path, "at,order,sku,units,price", "1,1,a,2,1.10", "1,1,b,1,")
    played = replay(source, LINES)
    assert orders(played) == [("order:1", None, 3)]
    assert played.of(OrderPlaced)[0].currency is None


def test_service_lines_count_in_the_total_but_are_no_product(tmp_path: Path) -> None:
    mapping = LINES.replace(
        'price = "price" }',
        'price = "price", service = [{ sku = "POST" }, { sku = { prefix = "gift" } }] }',
    )
    rows = ["1,1,a,2,1", "1,1,POST,1,4", "1,1,gift_9,1,9"]
    played = replay(table(tmp_path, "at,order,sku,units,price", *rows), mapping)
    (order,) = played.of(OrderPlaced)
    assert order.amount_minor == 1500
    assert [line.is_product for line in order.lines] == [True, False, False]


def test_a_broken_line_is_set_aside_and_the_orders_total_is_unknown(tmp_path: Path) -> None:
    rows = ["1,1,a,two,1", "1,1,b,1,4", "2,2,c,1,1e400x"]
    played = replay(table(tmp_path, "at,order,sku,units,price", *rows), LINES)
    assert orders(played) == [("order:1", None, None)]
    assert [reason.partition(":")[0] for reason in played.reasons()] == [
        "rows.csv row 2",
        "rows.csv row 4",
    ]
    assert "column 'price' is '1e400x'" in played.reasons()[1]


def test_refunds_below_zero_become_cancellations_above_it(tmp_path: Path) -> None:
    mapping = LINES.replace('"order"\ngroup', '"cancellation"\nnegate = true\ngroup')
    rows = ["1,C1,a,-2,1.10", "2,C1,b,-1,3", "3,C2,c,1,9"]
    played = replay(table(tmp_path, "at,order,sku,units,price", *rows), mapping)
    (cancelled,) = played.of(OrderCancelled)
    assert (cancelled.amount_minor, cancelled.source_id) == (520, "cancellation:C1")
    assert cancelled.lines[0] == OrderLine(sku="a", units=2, amount_minor=220)
    assert played.reasons()[0].startswith(
        "rows.csv row 4: columns 'units' and 'price': the total of cancellation:C2 is below zero"
    )


def test_mixed_currencies_follow_the_currency_column(tmp_path: Path) -> None:
    mapping = HEAD + '[[events]]\nevent = "order"\namount = "total"\ncurrency = "money"\n'
    rows = ["1,12.34,BRL", "2,1234,JPY", "3,1.234,kwd", "4,5,Reais", "5,5,", "6,1.5,JPY"]
    played = replay(table(tmp_path, "at,total,money", *rows), mapping)
    assert [(o.amount_minor, o.currency) for o in played.of(OrderPlaced)] == [
        (1234, "BRL"),
        (1234, "JPY"),
        (1234, "KWD"),
        (2, "JPY"),
    ]
    assert len(played.set_aside) == 2
    assert "column 'money' is 'Reais'" in played.reasons()[0]


def test_an_order_in_two_currencies_is_refused_from_its_second_one_on(tmp_path: Path) -> None:
    mapping = LINES.replace("lines =", 'currency = "money"\nlines =')
    rows = ["1,1,a,1,1,USD", "1,1,b,1,1,BRL", "1,1,c,1,2,USD"]
    played = replay(table(tmp_path, "at,order,sku,units,price,money", *rows), mapping)
    assert orders(played) == [("order:1", None, None)]
    assert "column 'currency' is 'BRL'" in played.reasons()[0]
    assert "USD" in played.reasons()[0]


@settings(max_examples=40, deadline=None)  # each example writes and reads a file
@given(
    st.lists(
        st.tuples(st.integers(1, 500), st.decimals(0, 9999, places=3)), min_size=1, max_size=12
    )
)
def test_lines_add_up_to_the_rounded_exact_total(lines: list[tuple[int, Decimal]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        rows = [f"1,1,s{n},{units},{price}" for n, (units, price) in enumerate(lines)]
        played = replay(table(Path(folder), "at,order,sku,units,price", *rows), LINES)
    (order,) = played.of(OrderPlaced)
    exact = sum((units * price for units, price in lines), Decimal(0)) * 100
    assert order.amount_minor is not None
    assert abs(order.amount_minor - exact) <= Decimal("0.5")
    assert sum(line.amount_minor or 0 for line in order.lines) == order.amount_minor
    for line, (units, price) in zip(order.lines, lines, strict=True):
        assert abs((line.amount_minor or 0) - units * price * 100) < Decimal("1.5")


def test_a_surcharge_that_is_in_no_line_is_not_spread_over_them(tmp_path: Path) -> None:
    mapping = LINES.replace("lines =", 'amount = "total"\nlines =')
    rows = ["1,1,a,1,0.505,9.00", "1,1,b,1,0.333,9.00"]
    played = replay(table(tmp_path, "at,order,sku,units,price,total", *rows), mapping)
    (order,) = played.of(OrderPlaced)
    assert order.amount_minor == 900
    assert [line.amount_minor for line in order.lines] == [50, 33]


TOTALS = (
    HEAD + '[[events]]\nevent = "order"\nid = "{order}"\norder_id = "order"\namount = "total"\n'
)


def test_a_line_with_a_cell_too_many_leaves_its_orders_total_unknown(tmp_path: Path) -> None:
    rows = ["1,1,a,2,1", "1,1,b, blue,1,4", "2,2,c,1,7", "3,3,d,1,3", "3,3"]
    played = replay(table(tmp_path, "at,order,sku,units,price", *rows), LINES)
    assert orders(played) == [
        ("order:1", None, None),
        ("order:2", 700, 1),
        ("order:3", None, None),
    ]


def test_a_broken_line_of_something_else_leaves_an_orders_total_alone(tmp_path: Path) -> None:
    mapping = LINES.replace("lines =", 'where = { sku = { not_prefix = "x" } }\nlines =')
    rows = ["1,1,a,2,1", "1,1,x,two,1", "x,2,b,1,1", "2,2,b,1,5"]
    played = replay(table(tmp_path, "at,order,sku,units,price", *rows), mapping)
    assert orders(played) == [("order:1", 200, 2), ("order:2", None, None)]


def test_an_order_that_says_its_total_keeps_it_when_a_line_is_broken(tmp_path: Path) -> None:
    mapping = LINES.replace("lines =", 'amount = "total"\nlines =')
    rows = ["1,1,a,1,1,9.00", "1,1,b,two,1,9.00"]
    played = replay(table(tmp_path, "at,order,sku,units,price,total", *rows), mapping)
    assert orders(played) == [("order:1", 900, None)]


def test_a_refund_with_a_broken_line_never_takes_the_whole_order(tmp_path: Path) -> None:
    mapping = LINES.replace('"order"\ngroup', '"cancellation"\norder_id = "order"\ngroup')
    rows = ["1,1,a,1,1", "1,1,b,two,1", "2,2,a,1,1"]
    played = replay(table(tmp_path, "at,order,sku,units,price", *rows), mapping)
    found = [(c.source_id, c.order_id, c.amount_minor) for c in played.of(OrderCancelled)]
    assert found == [("cancellation:1", "", None), ("cancellation:2", "2", 100)]


def test_a_total_below_zero_is_named_by_file_row_column_and_fix(tmp_path: Path) -> None:
    played = replay(table(tmp_path, "at,order,total", "1,A,5", "2,B,-5"), TOTALS)
    assert orders(played) == [("order:A", 500, None)]
    assert played.reasons() == [
        "rows.csv row 3: column 'total': the total of order:B is below zero (-500 minor units); "
        "map refunds as cancellations with negate = true"
    ]
    assert played.set_aside[0].payload == '{"at":"2","order":"B","total":"-5"}'


def test_lines_that_add_up_to_less_than_zero_are_named_by_the_first_row(tmp_path: Path) -> None:
    rows = ["1,1,a,1,1", "1,2,a,1,1", "1,1,b,1,-3", "1,2,b,1,-0.5"]
    played = replay(table(tmp_path, "at,order,sku,units,price", *rows), LINES)
    assert orders(played) == [("order:2", 50, 2)]
    assert played.reasons() == [
        "rows.csv row 2: columns 'units' and 'price': the total of order:1 is below zero "
        "(-200 minor units); map refunds as cancellations with negate = true"
    ]


def test_an_invoice_that_spans_two_minutes_counts_whole_at_its_first_one(tmp_path: Path) -> None:
    source = table(
        tmp_path,
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
        "536365,22752,BOXES,2,2010-12-01 08:27:00,7.65,17850,United Kingdom",
        "536365,71053,LANTERN,6,2010-12-01 08:26:00,3.39,17850,United Kingdom",
    )
    first, later = at_ms("2010-12-01T08:26Z"), at_ms("2010-12-01T08:27Z")

    def between(start: int, end: int) -> list[tuple[int, int | None, int | None]]:
        played = Replay(open_table(source, "uci_online_retail", start, end))
        return [(o.occurred_at, o.amount_minor, o.units) for o in played.of(OrderPlaced)]

    assert between(first, later) == [(first, 3564, 8)]
    assert between(later, later + 60_000) == []
