"""An order book equals its ground truth."""

from __future__ import annotations

import csv
import gzip
from collections import Counter, defaultdict
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from liveroom.models.events import (
    OrderCancelled,
    OrderPlaced,
    ProductListed,
)
from tests.connectors.table_helpers import Replay, open_table
from tests.connectors.table_recordings import cents, played, top, truth_of

pytestmark = pytest.mark.real


@pytest.fixture(scope="module")
def uci(shared_data: Path) -> Replay:
    source = shared_data / "uci_online_retail" / "orders_2010-12.csv.gz"
    return played(source, "2010-12-02T10:00Z", "2010-12-02T13:00Z")  # London is on UTC in winter


@pytest.fixture(scope="module")
def uci_truth(shared_data: Path) -> dict[str, Any]:
    return truth_of(shared_data / "uci_online_retail")


def test_an_invoice_is_one_order_of_its_sale_lines(uci: Replay, uci_truth: dict[str, Any]) -> None:
    orders = uci.of(OrderPlaced)
    assert len(orders) == uci_truth["orders"]
    assert sum(len(order.lines) for order in orders) == uci_truth["sale_lines"]
    assert sum(order.amount_minor or 0 for order in orders) == cents(uci_truth["gross"])
    assert sum(order.units or 0 for order in orders) == uci_truth["units"]
    largest = max(orders, key=lambda order: order.amount_minor or 0)
    assert largest.order_id == uci_truth["largest_order"]["invoice"]
    assert largest.amount_minor == cents(uci_truth["largest_order"]["amount"])
    assert len(largest.lines) == uci_truth["largest_order"]["lines"]


@pytest.mark.parametrize(
    "name",
    [
        "orders_2010-12.csv.gz",
        pytest.param("bench_2011-01_to_2011-10.csv.gz", marks=pytest.mark.slow),
    ],
)
def test_the_whole_book_adds_up_to_the_penny(name: str, shared_data: Path) -> None:
    gross, cancelled = defaultdict[str, Decimal](Decimal), defaultdict[str, Decimal](Decimal)
    with gzip.open(shared_data / "uci_online_retail" / name, "rt", encoding="utf-8") as text:
        for row in csv.DictReader(text):
            invoice, units = row["InvoiceNo"], int(row["Quantity"])
            amount = units * Decimal(row["UnitPrice"]) * 100
            if invoice.startswith("C"):
                cancelled[invoice] -= amount
            elif not invoice.startswith("A") and units > 0 and amount > 0:
                gross[invoice] += amount
    book = Replay(open_table(shared_data / "uci_online_retail" / name, None, None, None))
    orders, refunds = book.of(OrderPlaced), book.of(OrderCancelled)
    assert {o.order_id: o.amount_minor for o in orders} == {k: round(v) for k, v in gross.items()}
    assert {r.source_id.removeprefix("cancellation:"): r.amount_minor for r in refunds} == {
        invoice: round(amount) for invoice, amount in cancelled.items()
    }
    assert all(sum(ln.amount_minor or 0 for ln in o.lines) == o.amount_minor for o in orders)


def test_cancellations_are_counted_with_a_positive_amount(
    uci: Replay, uci_truth: dict[str, Any]
) -> None:
    cancelled = uci.of(OrderCancelled)
    assert len(cancelled) == uci_truth["cancellations"]
    assert sum(one.amount_minor or 0 for one in cancelled) == -cents(uci_truth["cancelled"])
    assert all((one.amount_minor or 0) >= 0 for one in cancelled)


def test_write_offs_zero_prices_and_bookkeeping_are_no_sales(shared_data: Path) -> None:
    source = shared_data / "uci_online_retail" / "orders_2010-12.csv.gz"
    whole = played(source)
    lines = [line for order in whole.of(OrderPlaced) for line in order.lines]
    assert all(line.units > 0 and (line.amount_minor or 0) > 0 for line in lines)
    assert not any(order.order_id.startswith(("A", "C")) for order in whole.of(OrderPlaced))
    assert not whole.set_aside


def test_exact_duplicate_lines_are_kept(shared_data: Path) -> None:
    whole = played(shared_data / "uci_online_retail" / "orders_2010-12.csv.gz")
    repeated = sum(
        len(order.lines) - len({(ln.sku, ln.units, ln.amount_minor) for ln in order.lines})
        for order in whole.of(OrderPlaced)
    )
    assert repeated >= 400  # 500 in the file, some of them write-offs


def test_service_codes_earn_revenue_but_are_no_products(
    uci: Replay, uci_truth: dict[str, Any], shared_data: Path
) -> None:
    products = [ln for order in uci.of(OrderPlaced) for ln in order.lines if ln.is_product]
    assert sum(line.units for line in products) == uci_truth["product_units"]
    units, revenue = Counter[str](), Counter[str]()
    for line in products:
        units[line.sku] += line.units
        revenue[line.sku] += line.amount_minor or 0
    assert top(units) == uci_truth["top_units"]
    wanted = [
        {"sku": row["sku"], "revenue": cents(row["revenue"])} for row in uci_truth["top_revenue"]
    ]
    assert top(revenue, "revenue") == wanted
    whole = played(shared_data / "uci_online_retail" / "orders_2010-12.csv.gz")
    lines = [line for order in whole.of(OrderPlaced) for line in order.lines]
    services = {line.sku for line in lines if not line.is_product}
    assert {"POST", "DOT", "M", "m", "gift_0001_40"} <= services
    assert not services & {"DCGS0003", "85123A"}


def test_guests_have_no_person(uci: Replay, uci_truth: dict[str, Any]) -> None:
    orders = uci.of(OrderPlaced)
    assert len({order.person for order in orders} - {None}) == uci_truth["customers"]
    guests = [order for order in orders if order.person is None]
    assert sum(len(order.lines) for order in guests) == uci_truth["lines_without_customer"]


def test_a_product_with_several_names_is_listed_with_its_first(uci: Replay) -> None:
    names = {product.sku: product.name for product in uci.of(ProductListed)}
    assert names["85123A"] == "WHITE HANGING HEART T-LIGHT HOLDER"
    lines = [line for order in uci.of(OrderPlaced) for line in order.lines]
    assert {line.sku for line in lines if line.is_product} <= set(names)
    assert not {"POST", "DOT", "M"} & set(names)
