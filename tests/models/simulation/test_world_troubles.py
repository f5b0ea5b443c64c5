"""What troubles do to a whole show: to the room, the shop, the run of show, the chat and the desk."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any

import pytest
from msgspec.structs import replace

from liveroom.models import events as e
from liveroom.models.commands import CauseTrouble, Command, LaunchOffer, PinProduct, TakeSegment
from liveroom.models.facts import ConnectionState, Trouble
from liveroom.models.offers import Offer, OfferKind
from liveroom.models.rehearsal.trial import Terms, Trial
from liveroom.models.simulation.trouble.conditions import RAID
from tests.models.simulation.playing import first_show, of, with_audience

SECONDS = 720
AT = 400
"""When trouble begins; the second segment with a product has just started at 12 minutes."""

Given = tuple[tuple[int, Command], ...]


@cache
def events(commands: Given = ()) -> list[e.Event]:
    """Return a show of some hundred lively viewers, in which commands are given by hand."""
    scenario = with_audience(first_show(), scale=0.4)
    scenario = replace(scenario, chat=replace(scenario.chat, messages=0.06))
    trial = Trial(scenario, 3, commands=commands, terms=Terms(minutes=SECONDS / 60))
    return [event for step in trial.events() for event in step]


def trouble(kind: Trouble, minutes: float = 3, subject: str = "") -> Given:
    return ((AT, CauseTrouble(trouble=kind, minutes=minutes, subject=subject)),)


def during(kind: type[e.Event], seen: list[e.Event], begin: int = AT, end: int = AT + 180) -> Any:
    start = first_show().starts_at
    return [x for x in of(kind, seen) if begin <= (x.occurred_at - start) / 1000 < end]


def viewers(seen: list[e.Event], second: int) -> int:
    return int(during(e.AudienceMeasured, seen, second - 5, second)[-1].viewers)


def chat(seen: list[e.Event], intent: str, begin: int = AT, end: int = AT + 180) -> int:
    """Return how many messages hold a line of an intent that names nothing."""
    lines = [text.lower().rstrip("?!. ") for text in first_show().phrases["pt"].general[intent]]
    texts = [each.text.lower() for each in during(e.ChatPosted, seen, begin, end)]
    return sum(any(text.startswith(line) for line in lines) for text in texts)


def test_room_that_wants_to_pay_and_cannot_says_so_and_orders_less() -> None:
    well, ill = events(), events(trouble(Trouble.CHECKOUT_FAILS))
    assert len(during(e.PaymentFailed, ill)) > 3 * len(during(e.PaymentFailed, well)) + 5
    assert len(during(e.OrderPlaced, ill)) < 0.5 * len(during(e.OrderPlaced, well))
    assert chat(ill, "payment", AT, SECONDS) > chat(well, "payment", AT, SECONDS) + 2


def test_presenter_who_overruns_lets_neither_plan_nor_producer_go_on() -> None:
    def interest(seen: list[e.Event], sku: str) -> int:
        return sum(each.sku == sku for each in during(e.ProductViewed, seen, AT + 30, AT + 170))

    take = (AT + 20, TakeSegment(segment_id="caixa"))
    taken, held = events((take,)), events((*trouble(Trouble.OVERRUN), take))
    assert interest(taken, "CAIXA-360") > 2 * interest(held, "CAIXA-360")
    assert interest(held, "FONE-P3") > 2 * interest(taken, "FONE-P3")
    later = [x.sku for x in during(e.ProductViewed, held, AT + 190, SECONDS)]
    assert Counter(later).most_common(1)[0][0] == "CAIXA-360"
    assert chat(held, "overrun") > chat(taken, "overrun")


def test_plan_waits_for_a_presenter_who_overruns() -> None:
    start = first_show().starts_at
    ((second, cause),) = trouble(Trouble.OVERRUN, minutes=6)
    starts = {
        each.segment_id: (each.occurred_at - start) // 1000
        for each in of(e.SegmentStarted, events(((second, cause),)))
    }
    assert starts["fone"] == 240
    assert starts.get("watch", AT + 360) >= AT + 360


def test_other_commands_do_not_wait_for_a_presenter_who_overruns() -> None:
    take = (AT + 20, TakeSegment(segment_id="caixa"))
    offer = Offer(offer_id="flash", kind=OfferKind.PERCENTAGE, title="-30 %", percent=30)
    launch = (AT + 30, LaunchOffer(offer=offer))
    orders = during(
        e.OrderPlaced, events((*trouble(Trouble.OVERRUN, 5), take, launch)), AT + 30, AT + 300
    )
    assert any(order.offer_id == "flash" for order in orders)


def test_product_that_another_channel_sold_out_is_gone_and_missed() -> None:
    seen = events(trouble(Trouble.SOLD_OUT, subject="FONE-P3"))
    units = [each.units for each in of(e.StockMeasured, seen) if each.sku == "FONE-P3"]
    assert units[-1] == 0
    after = during(e.CartItemAdded, seen, AT + 60, SECONDS)
    assert not [each for each in after if each.sku == "FONE-P3"]
    assert chat(seen, "sold_out") > 1 + chat(events(), "sold_out")


def test_audience_that_collapses_leaves_within_half_a_minute() -> None:
    well, ill = events(), events(trouble(Trouble.COLLAPSE))
    kept = viewers(ill, AT + 35) / viewers(well, AT + 35)
    assert kept == pytest.approx(0.6, abs=0.1)
    visits = [len(during(e.VisitStarted, seen)) for seen in (well, ill)]
    assert visits[1] / visits[0] == pytest.approx(0.3, abs=0.1)
    assert chat(ill, "frozen", AT, AT + 60) > 5
    assert not [x for x in during(e.Reacted, ill, AT + 10, AT + 170) if x.label == "like"]


def test_raid_fills_the_room_for_a_moment_and_hardly_buys() -> None:
    well, ill = events(), events(trouble(Trouble.RAID))
    raiders = [each for each in of(e.VisitStarted, ill) if each.label == RAID]
    assert len(raiders) == pytest.approx(0.4 * viewers(well, AT), rel=0.05)
    assert viewers(ill, AT + 17) > 1.15 * viewers(well, AT + 17)
    assert viewers(ill, AT + 175) < 1.15 * viewers(well, AT + 175)
    keys = {each.visit for each in raiders}
    carts = [each for each in of(e.CartItemAdded, ill) if each.visit in keys]
    assert len(carts) < 0.05 * len(raiders)
    assert chat(ill, "raid") > 3
    assert chat(ill, "troll") > chat(well, "troll")


def test_silent_source_shows_as_failing_and_loses_no_order() -> None:
    well, ill = events(), events(trouble(Trouble.SILENCE, subject="shop"))
    states = [x.state for x in of(e.ConnectionChanged, ill) if x.source == "shop"]
    assert states == [
        ConnectionState.RUNNING,
        ConnectionState.FAILING,
        ConnectionState.RUNNING,
        ConnectionState.FINISHED,
    ]
    arrived = [x.received_at for x in of(e.OrderPlaced, ill)]
    begin = first_show().starts_at + AT * 1000
    assert not [at for at in arrived if begin <= at < begin + 180_000]
    ids = [[x.source_id for x in of(e.OrderPlaced, seen)] for seen in (well, ill)]
    assert ids[0] == ids[1]


def test_pinned_price_and_an_offer_change_what_is_asked() -> None:
    pinned = events(((250, PinProduct(sku="FONE-P3")),))
    prices = [chat(seen, "price", 260, SECONDS) for seen in (events(), pinned)]
    assert prices[1] < prices[0]
    offer = Offer(offer_id="flash", kind=OfferKind.PERCENTAGE, title="-30 %", percent=30)
    offered = events(((AT, LaunchOffer(offer=offer)),))
    assert chat(offered, "offer", AT, AT + 60) > 5 + chat(events(), "offer", AT, AT + 60)


def test_same_seed_and_level_give_the_same_show_with_its_troubles() -> None:
    scenario = with_audience(first_show(), scale=0.05)
    terms = Terms(minutes=12, trouble="much")
    one, other = (
        [each for step in Trial(scenario, 8, terms=terms).events() for each in step]
        for _ in range(2)
    )
    assert one == other
    assert of(e.TroubleStarted, one)
    assert all(each.source in ("stream", "shop") for each in of(e.TroubleStarted, one))
