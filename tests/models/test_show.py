"""A show is counted right in every window, in any order of arrival, and unknown stays unknown."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.models import events as e
from liveroom.models.facts import EntryChannel, Fact
from liveroom.models.kpis import kpis_of
from liveroom.models.money import Ledger
from liveroom.models.rollup import dump, load
from liveroom.models.run_of_show import Segment
from liveroom.models.show import Show
from liveroom.models.window import Window
from tests.factory import SHOW_START, attached, event, line, order
from tests.models.oracle import slow_kpis
from tests.models.slow_sales import slow_sales_of
from tests.strategies import shows

LEDGER = Ledger(currency="BRL", rates={"USD": "5.25"})


def counted(events: list[Any], window: Window | None = None, ledger: Ledger = LEDGER) -> Show:
    show = Show(ledger, window)
    show.apply_all(events)
    return show


def kpis(*events: e.Event, window: Window | None = None) -> dict[str, Any]:
    return kpis_of(counted(list(events), window))


WINDOWS = st.tuples(st.integers(-10, 1510), st.integers(1, 1520)).map(
    lambda pair: Window(start=SHOW_START + pair[0] * 1000, end=SHOW_START + sum(pair) * 1000)
)


SALES = shows(kinds=(e.OrderPlaced, e.OrderCancelled), most=12) | shows(
    kinds=(e.VisitStarted, e.CartItemAdded, e.OrderPlaced), most=12
)


@given(shows() | SALES, st.none() | WINDOWS)
def test_every_window_counts_what_a_slow_count_finds(
    events: list[e.Event], window: Window | None
) -> None:
    found = kpis_of(counted(events, window))
    truth = slow_kpis(events, LEDGER, window or Window())
    slow_sales = slow_sales_of(events, LEDGER, window or Window())
    assert {name: found[name] for name in slow_sales} == slow_sales
    channels = {
        (channel, label): [row[name] or 0 for name in ("visits", "orders", "ad_spend_minor")]
        for channel, of_channel in found["by_channel"].items()
        for label, row in of_channel["labels"].items()
    }
    names = ("impressions", "views", "clicks", "cart_adds", "orders", "units")
    products = {sku: [row[name] or 0 for name in names] for sku, row in found["by_product"].items()}
    chat, by_channel, by_product = (
        truth.pop("chat"),
        truth.pop("by_channel"),
        truth.pop("by_product"),
    )
    assert {name: found[name] for name in truth} == truth
    assert {name: found["chat"][name] for name in chat} == chat
    assert channels == {
        key: [*row[:2], row[3]]
        for key, row in by_channel.items()
        if row[0] or row[1] or row[3] or key in channels
    }
    if found["units"] is not None:
        assert products == {sku: row[:6] for sku, row in by_product.items() if any(row)}


@given(shows() | SALES, st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(events: list[e.Event], random: Any) -> None:
    # Two visits under one key are the exception: the first to arrive names the channel.
    visits = [x.visit for x in events if isinstance(x, e.VisitStarted) and x.visit is not None]
    if len(visits) != len(set(visits)):
        return
    shuffled = list(events)
    random.shuffle(shuffled)
    provided = attached("shop", *Fact)
    assert _unordered(kpis(provided, *shuffled)) == _unordered(kpis(provided, *events))


def _unordered(figures: dict[str, Any]) -> dict[str, Any]:
    return figures | {"sources": sorted(figures["sources"], key=str)}


@given(shows() | SALES, st.integers(0, 40))
def test_a_stored_state_goes_on_as_the_same_show(events: list[e.Event], place: int) -> None:
    first, rest = events[:place], events[place:]
    stored = Show(LEDGER)
    load(dump(counted(first)), stored)
    stored.apply_all(rest)
    assert kpis_of(stored) == kpis_of(counted(events))


@given(shows())
def test_the_funnel_of_channels_and_minutes_sums_to_the_totals(events: list[e.Event]) -> None:
    found = kpis(*events)
    for name in ("visits", "orders", "revenue_minor"):
        if found[name] is not None:
            rows = found["by_channel"].values()
            assert sum(row[name] or 0 for row in rows) == found[name]
    for name, values in found["by_minute"].items():
        if name != "audience" and name in found and values is not None:
            assert sum(values) == found[name]


def test_nothing_recorded_means_everything_is_unknown() -> None:
    found = kpis()
    for name in ("visits", "orders", "revenue_minor", "carts", "conversion_rate", "units"):
        assert found[name] is None, name
    assert found["audience"]["peak"] is None
    assert found["chat"]["messages"] is None


def test_a_source_that_provides_a_fact_makes_its_silence_a_zero() -> None:
    found = kpis(attached("shop", Fact.VISITS, Fact.ORDERS))
    assert (found["visits"], found["orders"], found["revenue_minor"]) == (0, 0, 0)
    assert found["product_clicks"] is None
    assert found["conversion_rate"] is None


def test_a_window_without_orders_of_a_priced_shop_sold_nothing() -> None:
    window = Window(start=SHOW_START + 60_000, end=SHOW_START + 120_000)
    assert kpis(order(0), window=window)["revenue_minor"] == 0


def test_orders_without_amounts_have_no_revenue_and_no_average() -> None:
    found = kpis(order(0, None), order(1, None))
    assert found["orders"] == 2
    assert found["orders_without_amount"] == 2
    assert found["revenue_minor"] is None
    assert found["average_order_value_minor"] is None


def test_the_average_order_value_is_over_orders_that_have_an_amount() -> None:
    found = kpis(order(0, 1000), order(1, 3000), order(2, None))
    assert found["average_order_value_minor"] == 2000


def test_an_amount_in_another_currency_without_a_rate_is_set_aside_and_named() -> None:
    found = kpis(order(0, 1000), order(1, 700, currency="EUR"), order(2, 200, currency="USD"))
    assert found["orders"] == 3
    assert found["revenue_minor"] == 1000 + 1050
    assert found["money_set_aside_minor"] == {"EUR": 700}
    assert found["orders_without_amount"] == 1


def test_an_order_counts_for_the_channel_of_its_visit_even_when_the_visit_comes_later() -> None:
    visit = event(e.VisitStarted, 0, visit=7, channel=EntryChannel.PAID, label="Ads")
    for events in ((visit, order(5, visit=7)), (order(5, visit=7), visit)):
        found = kpis(*events)
        assert found["by_channel"]["paid"]["orders"] == 1
        assert found["by_channel"]["paid"]["labels"]["Ads"]["revenue_minor"] == 1000
        assert "unknown" not in found["by_channel"]


def test_the_channel_of_a_visit_before_the_window_still_counts() -> None:
    visit = event(e.VisitStarted, 0, visit=7, channel=EntryChannel.DIRECT, label="Link")
    window = Window(start=SHOW_START + 1000, end=SHOW_START + 9000)
    found = kpis(visit, order(5, visit=7), window=window)
    assert found["by_channel"]["direct"]["orders"] == 1
    assert found["by_channel"]["direct"]["visits"] == 0


def test_a_cancellation_without_an_amount_takes_the_whole_order_whenever_it_arrives() -> None:
    placed = order(0, 2500, order_id="A1")
    cancelled = event(e.OrderCancelled, 9, order_id="A1")
    for events in ((placed, cancelled), (cancelled, placed)):
        found = kpis(*events)
        assert (found["revenue_minor"], found["cancelled_minor"]) == (2500, 2500)
        assert found["net_revenue_minor"] == 0


def test_the_audience_mean_is_over_samples_and_a_missing_sample_is_not_a_zero() -> None:
    found = kpis(*(event(e.AudienceMeasured, at, viewers=v) for at, v in ((0, 100), (600, 300))))
    assert found["audience"]["mean"] == 200
    assert found["audience"]["samples"] == 2
    assert (found["audience"]["first"], found["audience"]["last"]) == (100, 300)


def test_the_first_of_equal_peaks_counts() -> None:
    found = kpis(*(event(e.AudienceMeasured, at, viewers=9) for at in (60, 0, 120)))
    assert found["audience"]["peak_at"] == "2023-11-14T22:13:20Z"


def test_service_lines_count_in_the_order_but_not_among_products() -> None:
    placed = order(0, 1500, units=2, lines=(line("mug"), line("POST", is_product=False)))
    found = kpis(placed)
    assert found["units"] == 2
    assert list(found["by_product"]) == ["mug"]


def test_one_order_with_a_product_on_two_lines_is_one_order_of_it() -> None:
    found = kpis(order(0, 2000, units=3, lines=(line("mug", 1), line("mug", 2))))
    assert found["by_product"]["mug"]["orders"] == 1
    assert found["by_product"]["mug"]["units"] == 3


def test_sales_belong_to_the_segment_on_air_when_they_occurred() -> None:
    segments = tuple(
        Segment(segment_id=name, title=name.title(), duration_ms=60_000) for name in ("one", "two")
    )
    found = kpis(
        event(e.RunOfShowChanged, 0, segments=segments),
        event(e.SegmentStarted, 0, segment_id="one"),
        event(e.SegmentStarted, 60, segment_id="two"),
        order(70, 900),
        order(59, 100),
    )
    assert found["by_segment"] == {
        "One": {"orders": 1, "revenue_minor": 100},
        "Two": {"orders": 1, "revenue_minor": 900},
    }


def test_two_segments_of_one_title_are_told_apart() -> None:
    segments = tuple(
        Segment(segment_id=name, title="Demo", duration_ms=60_000) for name in ("one", "two")
    )
    found = kpis(
        event(e.RunOfShowChanged, 0, segments=segments),
        event(e.SegmentStarted, 0, segment_id="one"),
        event(e.SegmentStarted, 60, segment_id="two"),
    )
    assert list(found["by_segment"]) == ["Demo", "Demo (2)"]


def test_a_title_that_comes_again_takes_a_name_that_is_free() -> None:
    titles = ("A", "A (3)", "A", "A (3)")
    found = kpis(*_rundown(*titles), *(order(at * 60 + 1, 1 << at) for at in range(4)))
    assert {name: row["revenue_minor"] for name, row in found["by_segment"].items()} == {
        "A": 1,
        "A (3)": 2,
        "A (3) (3)": 4,
        "A (3) (4)": 8,
    }


def _rundown(*titles: str) -> list[e.Event]:
    """Return a run of show of one-minute segments, each started in time."""
    segments = tuple(
        Segment(segment_id=str(number), title=title, duration_ms=60_000)
        for number, title in enumerate(titles)
    )
    starts = [
        event(e.SegmentStarted, number * 60, segment_id=str(number))
        for number in range(len(titles))
    ]
    return [event(e.RunOfShowChanged, 0, segments=segments), *starts]


@pytest.mark.parametrize(
    ("start", "end", "titles"),
    [
        (0, 60, ["One"]),
        (59, 61, ["One", "Two"]),
        (60, 61, ["Two"]),
        (70, 200, ["Two", "Three"]),
        (-60, 0, []),
        (500, 900, ["Three"]),
    ],
)
def test_a_window_has_the_segments_on_air_in_it(start: int, end: int, titles: list[str]) -> None:
    window = Window(start=SHOW_START + start * 1000, end=SHOW_START + end * 1000)
    found = kpis(*_rundown("One", "Two", "Three"), order(61), window=window)
    assert list(found["by_segment"]) == titles
    sold = {name for name, row in found["by_segment"].items() if row["orders"]}
    assert sold == ({"Two"} if start <= 61 < end else set())


def test_a_second_source_is_shown_beside_the_counting_one_and_never_added() -> None:
    found = kpis(
        attached("shop", Fact.ORDERS),
        attached("platform", Fact.ORDERS),
        order(0, 1000, source="platform"),
        order(1, 1000, source="shop"),
        order(2, 1000, source="platform"),
    )
    assert found["orders"] == 1
    totals = {row["source"]: (row["counts"], row["total"]) for row in found["sources"]}
    assert totals == {"platform": (False, 2), "shop": (True, 1)}


def test_every_source_has_its_own_amount_or_none_if_it_never_gave_one() -> None:
    sources = ("shop", "platform", "counter")
    found = kpis(
        *(attached(source, Fact.ORDERS) for source in sources),
        order(0, 1000, source="shop"),
        order(1, 200, currency="USD", source="platform"),
        order(2, None, source="counter"),
        window=Window(start=SHOW_START + 1000, end=SHOW_START + 9000),
    )
    amounts = {row["source"]: row["amount_minor"] for row in found["sources"]}
    assert amounts == {"shop": 0, "platform": 1050, "counter": None}


def test_choosing_another_source_asks_for_a_recount() -> None:
    show = counted(
        [
            attached("shop", Fact.ORDERS),
            attached("platform", Fact.ORDERS),
            order(0, source="shop"),
        ]
    )
    assert not show.counting.recount
    show.apply(event(e.CountingSourceChosen, 1, counted=Fact.ORDERS, chosen="platform"))
    assert show.counting.recount


@pytest.mark.parametrize("kind", [kind for kind in e.EVENT_TYPES if kind.fact is not None])
def test_every_kind_of_fact_is_counted(kind: type[e.Event]) -> None:
    fields = {name: "x" for name in ("sku",) if name in kind.__struct_fields__}
    numbers = {"viewers": 3, "amount_minor": 500}
    fields |= {name: numbers[name] for name in numbers if name in kind.__struct_fields__}
    fields |= {"units": 3} if kind is e.StockMeasured else {}
    show = counted([event(kind, 0, **fields)])
    assert show.counting.figures()[0].total == 1
    assert show.counting.known() == {kind.fact}
