"""What each command of the producer does, seen in the facts that the show reports."""

from collections.abc import Iterable
from typing import Any

import pytest
from msgspec.structs import replace

from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.facts import EntryChannel, Presentation, Recipients
from liveroom.models.offers import ForWhom, Offer, OfferKind
from liveroom.models.simulation.people import KnownPeople
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.simulation.world import World
from tests.models.simulation.playing import first_show, of, play, quick, with_audience, with_stock

FONE, CAIXA, MOUSE = "FONE-P3", "CAIXA-360", "MOUSE-M2"
AT = 300
ON_AIR = (0, c.TakeSegment(segment_id="fone"))


def offer(kind: OfferKind, **fields: Any) -> Offer:
    return Offer(offer_id="o1", kind=kind, title="Offer", **fields)


def launched(kind: OfferKind, at: int = AT, **fields: Any) -> tuple[int, c.Command]:
    return at, c.LaunchOffer(offer=offer(kind, **fields))


def since(events: Iterable[e.Event], kind: type[e.Event], second: int, until: int = 10**6) -> Any:
    begin = first_show().starts_at
    low, high = begin + second * 1000, begin + until * 1000
    return [each for each in of(kind, events) if low <= each.occurred_at < high]


def units(orders: Iterable[e.OrderPlaced], sku: str) -> int:
    return sum(line.units for order in orders for line in order.lines if line.sku == sku)


def assert_begun_by(second: int, orders: list[e.OrderPlaced], events: list[e.Event]) -> None:
    """An offer that ended is honoured for those who were at the checkout by then, and no others."""
    end = first_show().starts_at + second * 1000
    begun = {each.visit for each in of(e.CheckoutStarted, events) if each.occurred_at < end}
    assert {order.visit for order in orders} <= begun


def plenty() -> Scenario:
    return with_stock(quick(first_show()), 100_000)


def test_discount_lowers_the_amount_while_it_runs_and_sells_more() -> None:
    lasting = launched(OfferKind.PERCENTAGE, skus=(FONE,), percent=20, duration_ms=300_000)
    acted = play(plenty(), 1, 900, [ON_AIR, lasting])[1]
    untouched = play(plenty(), 1, 900, [ON_AIR])[1]
    listed, cheap = 34_900, 27_920
    bought = [
        (line.amount_minor / line.units, order.occurred_at, order.offer_id)
        for order in of(e.OrderPlaced, acted)
        for line in order.lines
        if line.sku == FONE
    ]
    assert {price for price, *_ in bought} == {listed, cheap}
    start, end = (first_show().starts_at + second * 1000 for second in (AT, AT + 300))
    assert all(at >= start for price, at, _ in bought if price == cheap)
    assert all((name == "o1") is (price == cheap) for price, _, name in bought)
    after = [order for order in of(e.OrderPlaced, acted) if order.occurred_at >= end]
    assert_begun_by(AT + 300, [order for order in after if order.offer_id], acted)
    during = [
        units(since(events, e.OrderPlaced, AT, AT + 300), FONE) for events in (acted, untouched)
    ]
    assert during[0] > 1.2 * during[1]


def test_urgent_offer_is_followed_by_a_hangover() -> None:
    show = with_audience(plenty(), scale=3.0)
    lasting = launched(OfferKind.PERCENTAGE, skus=(FONE,), percent=20, duration_ms=300_000)
    carts = [
        len(since(play(show, 1, 800, [ON_AIR, *more])[1], e.CartItemAdded, 610, 780))
        for more in ((), (lasting,))
    ]
    assert carts[1] < 0.93 * carts[0]


def test_limited_offer_ends_by_itself_when_its_units_are_sold() -> None:
    limited = launched(OfferKind.AMOUNT, skus=(FONE,), amount_minor=5_000, limit_units=7)
    world, events = play(plenty(), 1, 900, [ON_AIR, limited])
    (ended,) = of(e.OfferEnded, events)
    assert (ended.offer_id, ended.reason, ended.source) == ("o1", "sold out", "shop")
    cut = sum(
        line.units * 34_900 - line.amount_minor
        for order in of(e.OrderPlaced, events)
        for line in order.lines
        if line.sku == FONE
    )
    assert cut == 7 * 5_000
    assert world.setting.running == []


def test_offer_for_new_people_is_not_had_by_returning_ones() -> None:
    new = launched(OfferKind.PERCENTAGE, at=0, percent=10, for_whom=ForWhom.NEW)
    events = play(plenty(), 1, 600, [ON_AIR, new])[1]
    orders = of(e.OrderPlaced, events)
    assert {order.returning for order in orders if order.offer_id} == {False}
    assert any(order.returning for order in orders)
    leads = of(e.LeadCaptured, events)
    assert leads
    assert {lead.label for lead in leads} == {"Offer"}


def test_kit_is_sold_whole_at_its_price_with_every_part_seen_and_clicked() -> None:
    kit = launched(OfferKind.KIT, at=0, skus=(FONE, MOUSE), amount_minor=39_900)
    events = play(plenty(), 1, 600, [ON_AIR, kit])[1]
    kits = [order for order in of(e.OrderPlaced, events) if order.offer_id == "o1"]
    assert len(kits) > 10
    alone = [order for order in kits if len(order.lines) == 2]
    assert alone
    for order in alone:
        assert {line.sku for line in order.lines} == {FONE, MOUSE}
        assert order.amount_minor == 39_900


def test_gift_goes_with_the_order_and_out_of_the_stock() -> None:
    gift = launched(OfferKind.GIFT, at=0, skus=(FONE,), gift_sku=MOUSE, limit_units=5)
    events = play(plenty(), 1, 600, [ON_AIR, gift])[1]
    given = [
        line
        for order in of(e.OrderPlaced, events)
        for line in order.lines
        if line.sku == MOUSE and not line.is_product
    ]
    assert [(line.units, line.amount_minor) for line in given] == [(1, 0)] * 5
    assert of(e.OfferEnded, events)[0].offer_id == "o1"


def test_free_shipping_brings_more_carts_of_cheap_products_to_the_checkout() -> None:
    show = with_audience(with_stock(first_show(), 100_000), scale=4.0)
    take = (0, c.TakeSegment(segment_id="giveaway"))
    free = launched(OfferKind.FREE_SHIPPING, at=0)

    def rate(script: list[tuple[int, c.Command]]) -> float:
        events = play(show, 3, 1200, script)[1]
        return len(of(e.CheckoutStarted, events)) / len(of(e.CartItemAdded, events))

    assert rate([take, free]) > 1.1 * rate([take])


def test_lead_magnet_brings_contacts_and_an_educational_style_more_of_them() -> None:
    magnet = launched(OfferKind.LEAD_MAGNET, at=60)
    style = (60, c.ChangePresentation(style=Presentation.EDUCATION))
    plain = of(e.LeadCaptured, play(first_show(), 1, 400, [magnet])[1])
    taught = of(e.LeadCaptured, play(first_show(), 1, 400, [magnet, style])[1])
    assert len(plain) > 100
    assert len(taught) > 1.3 * len(plain)
    people = [lead.person for lead in taught]
    assert len(set(people)) == len(people)
    assert not of(e.LeadCaptured, play(first_show(), 1, 400)[1])


def test_form_under_the_video_is_filled_unasked_and_nobody_leaves_a_contact_twice() -> None:
    show = replace(first_show(), leads=replace(first_show().leads, form=0.02))
    untouched = of(e.LeadCaptured, play(show, 1, 400)[1])
    assert len(untouched) > 50
    assert {lead.label for lead in untouched} == {"form"}
    acted = of(e.LeadCaptured, play(show, 1, 400, [launched(OfferKind.LEAD_MAGNET, at=200)])[1])
    people = [lead.person for lead in acted]
    assert {lead.label for lead in acted} == {"form", "Offer"}
    assert len(set(people)) == len(people) > len(untouched)


def test_ended_offer_no_longer_changes_the_price() -> None:
    lasting = launched(OfferKind.AMOUNT, at=0, amount_minor=1_000)
    events = play(plenty(), 1, 900, [ON_AIR, lasting, (120, c.EndOffer(offer_id="o1"))])[1]
    late = since(events, e.OrderPlaced, 130)
    assert any(not order.offer_id for order in late)
    assert_begun_by(120, [order for order in late if order.offer_id], events)


def test_pinned_product_draws_looks_to_it() -> None:
    pin = (AT, c.PinProduct(sku=CAIXA))
    seen = [
        sum(
            view.sku == CAIXA
            for view in since(play(first_show(), 1, 500, script)[1], e.ProductViewed, AT)
        )
        for script in ([ON_AIR], [ON_AIR, pin])
    ]
    assert seen[1] > 4 * seen[0]
    away = (AT + 60, c.PinProduct(sku=""))
    events = play(first_show(), 1, 500, [ON_AIR, pin, away])[1]
    late = [view.sku for view in since(events, e.ProductViewed, AT + 70)]
    assert late.count(CAIXA) < 0.1 * len(late)


def test_demonstration_keeps_people_longer_than_talk() -> None:
    style = (0, c.ChangePresentation(style=Presentation.DEMONSTRATION))
    talk, shown = (
        play(first_show(), 1, 1500, script)[0].audience.departures for script in ([], [style])
    )
    assert shown < 0.97 * talk


def test_more_ad_spend_brings_more_paid_visits_at_a_higher_price_each() -> None:
    events = {
        factor: play(first_show(), 1, 900, [(0, c.SetAdSpend(per_minute_minor=40_000 * factor))])[1]
        for factor in (0, 1, 4)
    }

    def visits(factor: int, channel: EntryChannel) -> int:
        found = since(events[factor], e.VisitStarted, 400)
        return sum(visit.channel is channel for visit in found)

    def spent(factor: int) -> int:
        return sum(each.amount_minor for each in since(events[factor], e.AdSpent, 400))

    paid = {factor: visits(factor, EntryChannel.PAID) for factor in events}
    assert paid[4] > 2 * paid[1]
    assert spent(4) / paid[4] > 1.2 * spent(1) / paid[1]
    assert paid[0] < 0.02 * paid[1]
    assert spent(0) == 0
    assert visits(0, EntryChannel.DIRECT) == visits(4, EntryChannel.DIRECT)


def test_ad_spend_adds_up_to_what_was_set() -> None:
    events = play(first_show(), 1, 605, [(0, c.SetAdSpend(per_minute_minor=1_001))])[1]
    spent = of(e.AdSpent, events)
    assert sum(each.amount_minor for each in spent) == pytest.approx(1_001 * 605 / 60, abs=1)
    assert {each.label for each in spent} == {"Meta", "TikTok"}
    assert {each.source for each in spent} == {"ads"}


@pytest.mark.parametrize("to", [Recipients.CUSTOMERS, Recipients.PARTICIPANTS])
def test_message_brings_people_through_the_direct_channel_and_less_the_second_time(
    to: Recipients,
) -> None:
    show = replace(first_show(), push=replace(first_show().push, response=0.0))
    script = [(600, c.SendReminder(to=to)), (900, c.SendReminder(to=to))]

    def direct(commands: list[tuple[int, c.Command]], low: int, high: int) -> int:
        found = since(play(show, 1, 1200, commands)[1], e.VisitStarted, low, high)
        return sum(visit.channel is EntryChannel.DIRECT for visit in found)

    first = direct(script[:1], 600, 1200) - direct([], 600, 1200)
    again = direct(script, 600, 1200) - direct(script[:1], 600, 1200)
    assert first > 10
    # In five minutes some more people have left, who have not been written to yet.
    assert 0 <= again < (0.6 if to is Recipients.CUSTOMERS else 1.0) * first


def test_reminder_brings_owners_of_carts_back_to_them() -> None:
    show = replace(
        first_show(),
        messages=replace(first_show().messages, carts_response=1.0, reach=1.0, cart_checkout=1.0),
    )
    script = [(900, c.SendReminder(to=Recipients.CARTS))]
    orders = {
        name: {order.visit for order in of(e.OrderPlaced, play(show, 1, 1500, commands)[1])}
        for name, commands in (("acted", script), ("untouched", []))
    }
    recovered = orders["acted"] - orders["untouched"]
    events = play(show, 1, 900)[1]
    open_carts = {each.visit for each in of(e.CartItemAdded, events)}
    assert len(recovered & open_carts) > 20


def test_known_customers_come_back_under_their_keys_and_each_once() -> None:
    known = KnownPeople(customers=tuple(range(1, 200)))
    world = World(first_show(), 1, known=known)
    visits = [each for second in range(300) for each in of(e.VisitStarted, world.step(second))]
    back = [visit.person for visit in visits if visit.person in set(known.customers)]
    assert len(back) > 100
    assert all(visit.returning for visit in visits if visit.person in set(known.customers))


def test_returning_people_buy_more_readily() -> None:
    events = play(plenty(), 1, 600, [ON_AIR])[1]
    conversion = {}
    for returning in (True, False):
        visits = sum(each.returning is returning for each in of(e.VisitStarted, events))
        orders = sum(each.returning is returning for each in of(e.OrderPlaced, events))
        conversion[returning] = orders / visits
    assert conversion[True] > 1.15 * conversion[False]


def test_automatic_payment_links_come_sooner_and_sell_more_in_the_direct_channel() -> None:
    direct = tuple(each for each in first_show().channels if each.label == "WhatsApp")
    show = replace(plenty(), channels=(replace(direct[0], share=1.0),))
    show = replace(show, links=replace(show.links, asked=1.0))
    by_hand, automatic = (
        play(show, 1, 1200, script)[1]
        for script in ([ON_AIR], [ON_AIR, (0, c.AutomatePaymentLinks(on=True))])
    )
    assert {each.label for each in of(e.PaymentLinkSent, by_hand)} == {"by hand"}
    assert {each.label for each in of(e.PaymentLinkSent, automatic)} == {"automatic"}
    assert len(of(e.OrderPlaced, automatic)) > 1.3 * len(of(e.OrderPlaced, by_hand))
    assert {order.method for order in of(e.OrderPlaced, automatic)} <= {
        each.method for each in show.payments
    }


def test_payment_link_sent_by_the_producer_goes_to_all_who_wait_for_it() -> None:
    direct = tuple(each for each in first_show().channels if each.label == "WhatsApp")
    links = replace(first_show().links, asked=1.0, operators=0)
    show = replace(plenty(), channels=(replace(direct[0], share=1.0),), links=links)
    script = [ON_AIR, (400, c.SendPaymentLink(sku=FONE))]
    assert not of(e.PaymentLinkSent, play(show, 1, 400, script)[1])
    sent = of(e.PaymentLinkSent, play(show, 1, 500, script)[1])
    assert len(sent) > 10
    assert {each.sku for each in sent} == {FONE}


def test_segments_are_moved_and_cut() -> None:
    script = [
        (1, c.MoveSegment(segment_id="caixa", before="fone")),
        (1, c.CutSegment(segment_id="notebook")),
    ]
    small = with_audience(first_show(), scale=0.02)
    cues = [cue.segment_id for cue in of(e.SegmentStarted, play(small, 1, None, script)[1])]
    assert cues == [
        "opening",
        "caixa",
        "fone",
        "watch",
        "tablet",
        "monitor",
        "giveaway",
        "recap",
        "",
    ]
