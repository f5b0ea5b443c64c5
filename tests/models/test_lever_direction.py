"""A lever moves by the event that confirms its command, or the command is refused with the reason."""

from __future__ import annotations

from typing import Any

import pytest

from liveroom.errors import CommandRefused
from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.direction import confirm
from liveroom.models.facts import Fact, Mode, Presentation, Recipients, Trouble
from liveroom.models.money import Ledger
from liveroom.models.offers import Offer, OfferKind
from liveroom.models.show import Show
from tests.factory import SHOW_START, attached, event


@pytest.fixture
def show() -> Show:
    show = Show(Ledger(currency="BRL"))
    show.apply(attached("shop", Fact.ORDERS))
    for sku in ("A", "B"):
        show.apply(event(e.ProductListed, 0, sku=sku, price_minor=1000, currency="BRL"))
    return show


def offer(**changes: Any) -> Offer:
    fields = {"offer_id": "o1", "kind": OfferKind.PERCENTAGE, "title": "Now", "percent": 10}
    return Offer(**(fields | changes))


def given(command: c.Command, show: Show, mode: str = Mode.REHEARSAL) -> e.Event:
    (confirmed,) = confirm(command, show, mode, SHOW_START, "1")
    show.apply(confirmed)
    return confirmed


@pytest.mark.parametrize(
    ("command", "lever", "value"),
    [
        (c.PinProduct(sku="A"), "pinned", "A"),
        (c.ChangePresentation(style=Presentation.EDUCATION), "style", Presentation.EDUCATION),
        (c.AutomatePaymentLinks(on=True), "payment_links_automatic", True),
        (c.SetAdSpend(per_minute_minor=500), "ad_spend_per_minute_minor", 500),
        (c.ReserveStock(sku="B", units=7), "reserved", {"B": 7}),
        (c.IntegrateStock(on=True), "stock_integrated", True),
    ],
)
def test_a_lever_stands_where_it_was_put(
    show: Show, command: c.Command, lever: str, value: object
) -> None:
    given(command, show)
    assert getattr(show.levers, lever) == value


def test_a_timed_offer_runs_until_its_time_is_over(show: Show) -> None:
    given(c.LaunchOffer(offer=offer(duration_ms=60_000)), show)
    assert len(show.levers.running(SHOW_START + 59_999)) == 1
    assert show.levers.running(SHOW_START + 60_000) == ()


def test_an_offer_can_be_ended_once(show: Show) -> None:
    given(c.LaunchOffer(offer=offer()), show)
    given(c.EndOffer(offer_id="o1"), show)
    with pytest.raises(CommandRefused, match="no offer 'o1' is running"):
        given(c.EndOffer(offer_id="o1"), show)


def test_messages_are_facts_of_their_own(show: Show) -> None:
    assert isinstance(given(c.SendPaymentLink(sku="A"), show), e.PaymentLinkSent)
    assert isinstance(given(c.SendReminder(to=Recipients.CARTS), show), e.ReminderSent)


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (c.PinProduct(sku="Z"), "no product 'Z'"),
        (c.SendPaymentLink(sku="Z"), "no product 'Z'"),
        (c.ReserveStock(sku="A", units=-1), "0 or more units"),
        (c.SetAdSpend(per_minute_minor=-1), "0 or more a minute"),
        (c.LaunchOffer(offer=offer(percent=100)), "below 100 percent"),
        (c.LaunchOffer(offer=offer(kind=OfferKind.AMOUNT)), "needs an amount"),
        (
            c.LaunchOffer(offer=offer(kind=OfferKind.KIT, amount_minor=5, skus=("A",))),
            "two different products",
        ),
        (c.LaunchOffer(offer=offer(kind=OfferKind.GIFT)), "names the gift"),
        (c.LaunchOffer(offer=offer(title=" ")), "an id and a title"),
        (c.LaunchOffer(offer=offer(limit_units=0)), "one unit or more"),
        (c.LaunchOffer(offer=offer(duration_ms=0)), "up to 24 hours"),
        (c.LaunchOffer(offer=offer(skus=("Z",))), "no product 'Z'"),
        (c.CauseTrouble(trouble=Trouble.RAID, minutes=0), "above 0"),
        (c.CauseTrouble(trouble=Trouble.SILENCE, subject="Z"), "no source or product 'Z'"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_reason(
    show: Show, command: c.Command, why: str
) -> None:
    with pytest.raises(CommandRefused, match=why):
        given(command, show)


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (
            offer(kind=OfferKind.AMOUNT, amount_minor=1000, skus=("A",)),
            "10.00 BRL off would give A away: it costs 10.00 BRL",
        ),
        (offer(kind=OfferKind.AMOUNT, amount_minor=2500), "25.00 BRL off would give A away"),
        (offer(percent=99.99, skus=("B",)), "99.99 % off would give B away: it costs 10.00 BRL"),
        (
            offer(kind=OfferKind.KIT, amount_minor=2000, skus=("A", "B")),
            "the kit for 20.00 BRL saves nothing: its products cost 20.00 BRL together",
        ),
        (
            offer(kind=OfferKind.KIT, amount_minor=900, skus=("A", "A")),
            "two different products or more",
        ),
    ],
)
def test_an_offer_that_makes_no_sense_at_the_prices_is_refused(
    show: Show, wanted: Offer, why: str
) -> None:
    with pytest.raises(CommandRefused, match=why):
        given(c.LaunchOffer(offer=wanted), show)


def test_an_offer_just_below_the_prices_is_launched(show: Show) -> None:
    off = offer(kind=OfferKind.AMOUNT, amount_minor=999)
    kit = offer(offer_id="o2", kind=OfferKind.KIT, amount_minor=1999, skus=("A", "B"))
    for each in (off, kit):
        assert isinstance(given(c.LaunchOffer(offer=each), show), e.OfferStarted)


def test_nothing_is_said_about_a_price_that_is_unknown(show: Show) -> None:
    show.apply(event(e.ProductListed, 1, sku="C", name="No price yet"))
    show.apply(event(e.ProductListed, 1, sku="D", price_minor=100, currency="EUR"))
    off = offer(kind=OfferKind.AMOUNT, amount_minor=99_999, skus=("C",))
    kit = offer(offer_id="o2", kind=OfferKind.KIT, amount_minor=99_999, skus=("A", "C"))
    foreign = offer(offer_id="o3", kind=OfferKind.AMOUNT, amount_minor=99_999, skus=("D",))
    for each in (off, kit, foreign):
        assert isinstance(given(c.LaunchOffer(offer=each), show), e.OfferStarted)


def test_an_offer_is_launched_once(show: Show) -> None:
    given(c.LaunchOffer(offer=offer()), show)
    with pytest.raises(CommandRefused, match="an offer 'o1' in this show already"):
        given(c.LaunchOffer(offer=offer()), show)


@pytest.mark.parametrize("mode", [Mode.LIVE, Mode.REPLAY, Mode.DEBRIEF])
def test_trouble_is_caused_in_rehearsals_only(show: Show, mode: Mode) -> None:
    with pytest.raises(CommandRefused):
        given(c.CauseTrouble(trouble=Trouble.RAID), show, mode)
