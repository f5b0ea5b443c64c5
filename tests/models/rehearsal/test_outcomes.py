import pytest

from liveroom.models import events as e
from liveroom.models.facts import EntryChannel
from liveroom.models.offers import Offer, OfferKind
from liveroom.models.rehearsal.measure_list import MEASURES
from liveroom.models.rehearsal.outcomes import About
from liveroom.models.rehearsal.trial import Trial
from tests.models.rehearsal.acting import happened, trial_of
from tests.models.simulation.playing import first_show


def value(measure: str, *trials: Trial, **about: object) -> float | None:
    return MEASURES[measure].value(trials, About(**about))  # type: ignore[arg-type]


def order(minute: float, number: int = 1, **fields: object) -> e.Event:
    amount = fields.pop("amount_minor", 1000)
    return happened(e.OrderPlaced, minute, number, amount_minor=amount, currency="BRL", **fields)


def visits(minute: float, count: int, **fields: object) -> e.Event:
    return happened(e.VisitStarted, minute, count=count, **fields)


def test_peak_of_an_offer_is_its_best_minute_over_the_mean_of_the_show() -> None:
    at = first_show().starts_at
    offer = Offer(offer_id="o", kind=OfferKind.PERCENTAGE, title="t", percent=10)
    started = happened(e.OfferStarted, 30, offer=offer, ends_at=at + 40 * 60_000)
    steady = [order(minute + 0.5, amount_minor=100) for minute in range(60)]
    burst = [order(33.5, number, amount_minor=100) for number in range(10, 17)]
    outside = [order(50.5, number, amount_minor=100) for number in range(10, 30)]
    trial = trial_of([started, *steady, *burst, *outside])
    assert value("offer_peak_revenue", trial) == pytest.approx(8 / (87 / 60))
    assert value("offer_peak_orders", trial) == pytest.approx(8 / (87 / 60))
    assert value("offer_peak_revenue", trial_of(steady)) is None


def test_late_peak_is_the_best_minute_of_the_second_half_over_the_mean_of_the_show() -> None:
    steady = [order(minute + 0.5, amount_minor=100) for minute in range(60)]
    early = [order(10.5, number, amount_minor=100) for number in range(10, 30)]
    late = [order(45.5, number, amount_minor=100) for number in range(10, 14)]
    trial = trial_of([*steady, *early, *late])
    assert value("late_peak_revenue", trial) == pytest.approx(5 / (84 / 60))
    assert value("late_peak_revenue", trial_of([])) is None


def test_carts_are_recovered_when_an_order_comes_after_they_counted_as_abandoned() -> None:
    carts = [happened(e.CartItemAdded, 10, visit, sku="PB-20", visit=visit) for visit in range(8)]
    carts.append(happened(e.CartItemAdded, 55, 99, sku="PB-20", visit=99))  # too young to tell
    soon = [order(12, visit, visit=visit) for visit in (0, 1, 2)]
    late = [order(40, 10, visit=3)]
    trial = trial_of([*carts, *soon, *late])
    assert value("abandonment", trial) == pytest.approx(5 / 8)
    assert value("carts_recovered", trial) == pytest.approx(1 / 5)


def test_stock_is_out_when_the_last_product_is() -> None:
    gone = [
        happened(e.StockMeasured, minute, sku=sku, units=units)
        for minute, sku, units in ((20, "PB-20", 4), (33, "PB-20", 0), (71, "MOUSE-M2", 0))
    ]
    trial = trial_of(gone)
    assert value("stock_out_minute", trial, skus=("PB-20", "MOUSE-M2")) == 71
    assert value("stock_out_minute", trial) is None
    assert value("units_left", trial, skus=("PB-20", "MOUSE-M2", "KIT-HO")) == 15


def test_shares_of_orders_and_visits() -> None:
    trial = trial_of(
        [
            visits(1, 90, channel=EntryChannel.ORGANIC),
            visits(1, 10, channel=EntryChannel.DIRECT, visit=5),
            order(5, 1, channel=EntryChannel.ORGANIC, returning=True),
            order(5, 2, channel=EntryChannel.DIRECT, returning=True, amount_minor=4000),
            order(5, 3, channel=EntryChannel.DIRECT, returning=False),
        ]
    )
    assert value("conversion", trial) == pytest.approx(0.03)
    assert value("direct_conversion", trial) == pytest.approx(0.2)
    assert value("returning_share", trial) == pytest.approx(2 / 3)
    assert value("average_order_value", trial) == pytest.approx(20.0)
    assert value("revenue", trial, trial) == pytest.approx(120.0)


def test_network_counts_every_shop_alike() -> None:
    large = trial_of([visits(1, 1000), order(5, count=10)])
    small = trial_of([visits(1, 10), order(5, count=1)])
    assert value("network_conversion", large, small) == pytest.approx((0.01 + 0.1) / 2)
    assert value("conversion", large, small) == pytest.approx(11 / 1010)


def test_time_in_the_room() -> None:
    audience = [happened(e.AudienceMeasured, minute, viewers=100) for minute in range(61)]
    trial = trial_of(
        [
            *audience,
            visits(1, 500),
            happened(e.ChatPosted, 3, count=900),
            happened(e.Reacted, 3, count=2000),
            happened(e.ProductClicked, 3, sku="PB-20", count=100),
        ]
    )
    assert value("viewer_minutes", trial) == pytest.approx(6000)
    assert value("watch_minutes", trial) == pytest.approx(12)
    assert value("retention", trial) == pytest.approx(12 / 60)
    assert value("engagement", trial) == pytest.approx(0.5)
    assert value("engagement_and_retention", trial) == pytest.approx((0.5 * 0.2) ** 0.5)


def test_leads_and_what_they_cost() -> None:
    trial = trial_of(
        [
            happened(e.LeadCaptured, 3, 1, label="e-book", count=30),
            happened(e.LeadCaptured, 4, 2, label="newsletter", count=10),
            happened(e.AdSpent, 5, amount_minor=20_000, currency="BRL"),
        ]
    )
    assert value("leads", trial) == 40
    assert value("leads", trial, label="e-book") == 30
    assert value("cost_per_lead", trial) == pytest.approx(5.0)


def test_links_are_waited_for_as_long_as_the_shop_says() -> None:
    links = [
        happened(e.PaymentLinkSent, 3, 1, sku="PB-20", waited_ms=60_000),
        happened(e.PaymentLinkSent, 4, 2, sku="PB-20", count=2, waited_ms=300_000),
        happened(e.PaymentLinkSent, 5, 3, sku="PB-20"),
    ]
    assert value("response_minutes", trial_of(links)) == pytest.approx(2.0)
    assert value("response_minutes", trial_of([])) is None


def test_margin_is_what_is_left_after_cost_cancellations_and_ads() -> None:
    def line(units: int) -> tuple[e.OrderLine, ...]:
        return (e.OrderLine(sku="PB-20", units=units, amount_minor=15_900 * units),)

    trial = trial_of(
        [
            order(5, 1, amount_minor=31_800, lines=line(2), order_id="a"),
            order(6, 2, amount_minor=15_900, lines=line(1), order_id="b"),
            happened(
                e.OrderCancelled,
                9,
                order_id="b",
                amount_minor=15_900,
                currency="BRL",
                lines=line(1),
            ),
            happened(e.AdSpent, 5, amount_minor=1_000, currency="BRL"),
        ]
    )
    assert value("margin", trial) == pytest.approx(2 * (159 - 81) - 10)
    assert value("item_revenue", trial, skus=("PB-20",)) == pytest.approx(3 * 159)
    assert value("item_revenue", trial, skus=("KIT-HO",)) == 0


def test_nothing_happened_is_not_zero_where_it_is_a_rate() -> None:
    empty = trial_of([])
    rates = {"conversion", "carts_recovered", "average_order_value", "watch_minutes", "engagement"}
    assert {name: value(name, empty) for name in rates} == dict.fromkeys(rates)
    assert value("orders", empty) == value("revenue", empty) == 0


def test_dear_carts_are_those_with_a_product_above_the_step_in_the_price() -> None:
    show = first_show()
    step = show.funnel.high_price * 100
    cheap, dear = (
        next(each.sku for each in show.products if (each.price_minor > step) is above)
        for above in (False, True)
    )
    carts = [
        happened(e.CartItemAdded, 10, visit, sku=cheap if visit < 4 else dear, visit=visit)
        for visit in range(8)
    ]
    carts.append(happened(e.CartItemAdded, 11, 9, sku=cheap, visit=7))  # beside something dear
    orders = [order(12, visit, visit=visit) for visit in (0, 1, 2, 4)]
    assert value("dear_abandonment", trial_of([*carts, *orders])) == pytest.approx(3)
    assert value("dear_abandonment", trial_of(carts[:4])) is None


def test_worth_of_a_direct_visit_is_told_against_the_others() -> None:
    direct, organic = EntryChannel.DIRECT, EntryChannel.ORGANIC
    facts = [
        visits(1, 10, number=1, channel=direct),
        visits(1, 40, number=2, channel=organic),
        order(5, 1, amount_minor=900, channel=direct),
        order(5, 2, amount_minor=1200, channel=organic),
    ]
    assert value("direct_value", trial_of(facts)) == pytest.approx(90 / 30)
    assert value("direct_value", trial_of(facts[:1])) is None


def test_fall_after_the_middle_compares_ten_minutes_with_the_ten_before() -> None:
    facts = [
        visits(22, 100, number=1),
        visits(32, 50, number=2),
        *(order(25, number) for number in range(10)),
        *(order(35, number) for number in range(4)),
        *(order(45, number) for number in range(9)),
    ]
    assert value("fall_after_the_middle", trial_of(facts)) == pytest.approx(1 - 0.08 / 0.1)
    assert value("fall_after_the_middle", trial_of(facts[:1])) is None
