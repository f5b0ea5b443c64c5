"""Every kind of event becomes a row and comes back from it; what is as by default takes no room."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given

from liveroom.models import events as e
from liveroom.models.money import Ledger
from liveroom.rows import COLUMNS, ENCODERS, KINDS, decode
from tests.factory import event, order
from tests.strategies import LEVERS, lever_moves, shows

LEDGER = Ledger(currency="BRL", rates={"USD": "5.25"})


def row_of(one: e.Event) -> dict[str, Any]:
    return dict(zip(COLUMNS, ENCODERS[type(one)](1, 2, one, LEDGER), strict=True))


def came_back(one: e.Event) -> e.Event:
    lines = getattr(one, "lines", ())
    return decode(list(row_of(one).values()), lines)


@given(shows())
def test_facts_come_back_as_they_were(events: list[e.Event]) -> None:
    assert [came_back(one) for one in events] == events


@given(lever_moves())
def test_levers_come_back_as_they_were(moves: list[e.Event]) -> None:
    assert [came_back(one) for one in moves] == moves


def test_every_kind_of_lever_and_fact_has_a_name_of_its_own() -> None:
    assert len(set(KINDS.values())) == len(e.EVENT_TYPES)
    assert set(LEVERS) <= set(KINDS)


def test_what_an_order_says_of_itself_is_kept_beside_the_columns() -> None:
    said = order(0, returning=False, method="pix", offer_id="surprise")
    assert json.loads(row_of(said)["extra"]) == {
        "returning": False,
        "method": "pix",
        "offer_id": "surprise",
    }
    assert came_back(said) == said


def test_an_event_that_says_nothing_more_has_no_extra() -> None:
    for plain in (order(0), event(e.VisitStarted), event(e.ProductListed, sku="mug")):
        assert row_of(plain)["extra"] is None
        assert came_back(plain) == plain


@pytest.mark.parametrize(
    ("currency", "value"), [("BRL", 300), ("USD", 1575), ("EUR", None), (None, None)]
)
def test_the_cost_of_a_listing_has_a_value_in_the_currency_of_the_session(
    currency: str | None, value: int | None
) -> None:
    listed = event(e.ProductListed, sku="mug", cost_minor=300, price_minor=900, currency=currency)
    assert row_of(listed)["value_minor"] == value
    assert came_back(listed) == listed
