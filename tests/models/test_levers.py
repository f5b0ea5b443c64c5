"""What is set holds by the time at which it was set, in whatever order it arrives."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from liveroom.models import events as e
from liveroom.models.facts import Presentation
from liveroom.models.levers import LEVER_EVENTS, Levers
from liveroom.models.offers import Offer, OfferKind
from liveroom.models.show import Show
from tests.factory import SHOW_START, event
from tests.strategies import LEVERS, lever_moves

SURPRISE = Offer(offer_id="surprise", kind=OfferKind.PERCENTAGE, title="Surprise", percent=10)


def at(seconds: float) -> int:
    return SHOW_START + round(seconds * 1000)


def levers(*moves: e.Event) -> Levers:
    show = Show()
    show.apply_all(moves)
    return show.levers


def started(at_seconds: float, **fields: Any) -> e.OfferStarted:
    return event(e.OfferStarted, at_seconds, **({"offer": SURPRISE} | fields))


def test_the_strategy_moves_every_lever() -> None:
    assert set(LEVERS) == set(LEVER_EVENTS)


@given(lever_moves(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(moves: list[e.Event], random: Any) -> None:
    # Of two at one instant the one that arrived later holds.
    distinct = list({move.occurred_at: move for move in moves}.values())
    shuffled = list(distinct)
    random.shuffle(shuffled)
    assert levers(*shuffled) == levers(*distinct)


def test_a_card_pinned_earlier_that_is_heard_of_late_does_not_win() -> None:
    found = levers(event(e.ProductPinned, 9, sku="mug"), event(e.ProductPinned, 5, sku="cap"))
    assert found.pinned == "mug"


def test_of_two_settings_at_one_instant_the_later_recorded_holds() -> None:
    styles = (Presentation.DEMONSTRATION, Presentation.EDUCATION)
    found = levers(*(event(e.PresentationChanged, 5, style=style) for style in styles))
    assert found.style is Presentation.EDUCATION


def test_levers_do_not_hold_each_other_back() -> None:
    found = levers(
        event(e.StockReserved, 9, sku="mug", units=5),
        event(e.StockReserved, 3, sku="cap", units=7),
        event(e.StockReserved, 1, sku="mug", units=2),
        event(e.StockIntegrated, 2, on=True),
    )
    assert (found.reserved, found.stock_integrated) == ({"mug": 5, "cap": 7}, True)


def test_an_end_that_arrives_before_the_start_of_its_offer_ends_it() -> None:
    moves = (started(0), event(e.OfferEnded, 60, offer_id="surprise", reason="sold out"))
    for found in (levers(*moves), levers(*moves[::-1])):
        (offer,) = found.offers
        assert (offer.ended_at, offer.reason) == (at(60), "sold out")
        assert offer.runs(at(59.9))
        assert not offer.runs(at(60))


def test_an_offer_that_was_ended_after_its_time_ended_at_its_time() -> None:
    found = levers(started(0, ends_at=at(60)), event(e.OfferEnded, 90, offer_id="surprise"))
    assert not found.running(at(60))


def test_offers_are_in_the_order_of_their_start() -> None:
    kit = Offer(offer_id="kit", kind=OfferKind.KIT, title="Kit", skus=("mug", "cap"))
    found = levers(started(60), started(0, offer=kit), started(90))
    assert [(each.offer.offer_id, each.started_at) for each in found.offers] == [
        ("kit", at(0)),
        ("surprise", at(60)),
    ]


def test_a_link_that_an_operator_sent_is_not_the_producers() -> None:
    sent = {"sku": "mug", "label": "by hand"}
    assert levers(event(e.PaymentLinkSent, 5, source="shop", **sent)).set_at == {}
    own = levers(event(e.PaymentLinkSent, 5, source="desk", **sent))
    assert own.set_at == {"link mug": at(5)}
