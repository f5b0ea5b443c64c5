"""An offer stirs people by what it saves, and less each time they have just heard another."""

import pytest
from msgspec.structs import replace

from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.offers import Offer, OfferKind
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.simulation.stirring import Stirring
from tests.models.simulation.playing import first_show, of, play, with_audience, with_stock

MINUTE = 60_000


def show(**changes: float) -> Scenario:
    scenario = first_show()
    settled = {"stirring_saving": 0.2, "weary": 0.5, "weary_time": 10.0} | changes
    return replace(scenario, offers=replace(scenario.offers, **settled))


def place_of(sku: str) -> int:
    return next(at for at, product in enumerate(first_show().products) if product.sku == sku)


def percent_off(percent: float, number: int = 1, **fields: object) -> Offer:
    known = {"offer_id": f"o{number}", "kind": OfferKind.PERCENTAGE, "title": "now"}
    return Offer(**(known | {"percent": percent} | fields))  # type: ignore[arg-type]


def test_who_saves_little_stirs_little_and_nobody_more_than_wholly() -> None:
    for percent, expected in ((0.1, 0.005), (10, 0.5), (20, 1), (60, 1)):
        stirs = Stirring(show()).of(percent_off(percent), [0], 0)
        assert stirs == pytest.approx(expected, abs=0.002)


def test_each_offer_just_heard_halves_the_next_and_time_makes_up_for_it() -> None:
    stirring = Stirring(show())
    found = [stirring.of(percent_off(20), [0], minute * MINUTE) for minute in (0, 4, 8, 12)]
    assert found == pytest.approx([1, 0.5, 0.25, 0.25])
    assert stirring.of(percent_off(20), [0], 30 * MINUTE) == pytest.approx(1)


def test_other_products_are_not_wearied() -> None:
    stirring = Stirring(show())
    stirring.of(percent_off(20), [0], 0)
    assert stirring.of(percent_off(20), [1], MINUTE) == pytest.approx(1)
    assert stirring.of(percent_off(20), [0, 2], 2 * MINUTE) == pytest.approx(0.75)


def test_kits_gifts_and_free_shipping_stir_by_what_they_are_worth() -> None:
    scenario = show()
    products = scenario.products
    dear, cheap = place_of("NOTE-A14"), place_of("FONE-P3")
    full = products[dear].price_minor + products[cheap].price_minor
    kit = Offer(
        offer_id="k",
        kind=OfferKind.KIT,
        title="both",
        skus=(products[dear].sku, products[cheap].sku),
        amount_minor=round(full * 0.9),
    )
    assert Stirring(scenario).of(kit, [dear, cheap], 0) == pytest.approx(0.5, abs=0.01)
    shipping = Offer(offer_id="s", kind=OfferKind.FREE_SHIPPING, title="free")
    assert Stirring(scenario).of(shipping, [dear], 0) < Stirring(scenario).of(shipping, [cheap], 0)
    gift = Offer(offer_id="g", kind=OfferKind.GIFT, title="gift", gift_sku=products[dear].sku)
    assert Stirring(scenario).of(gift, [cheap], 0) == 1
    assert Stirring(scenario).of(percent_off(20), [], 0) == 0


def test_a_trifle_shouted_every_two_minutes_sells_nothing_more() -> None:
    """Judged on two shows with some hundred orders each; the scatter of such a ratio is near 6 %."""
    scenario = with_audience(with_stock(first_show(), 9999), scale=0.6)
    every = [
        (second, c.LaunchOffer(offer=percent_off(0.1, second, duration_ms=2 * MINUTE)))
        for second in range(60, 2400, 120)
    ]
    sold = [
        sum(len(of(e.OrderPlaced, play(scenario, seed, 2400, acts)[1])) for seed in (1, 2))
        for acts in ([], every)
    ]
    assert sold[0] > 300
    assert sold[1] < 1.15 * sold[0]
