"""What the units sold cost, per second, is the same in any order of arrival and adds up to the margin."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from liveroom.models import events as e
from liveroom.models.camera import Camera, Caption
from liveroom.models.measures import margin_minor
from liveroom.models.money import Ledger
from liveroom.models.rollup import dump, load
from liveroom.models.show import Show
from liveroom.models.snapshot import Recording
from liveroom.models.timeline import Column
from liveroom.models.window import Window
from tests.factory import SHOW_START, event, line, order
from tests.strategies import shows

LEDGER = Ledger(currency="BRL", rates={"USD": "5"})
COSTED = (Column.COSTED_LINES, Column.COSTED_REVENUE, Column.COST)


def show_of(*events: e.Event, window: Window | None = None) -> Show:
    show = Show(LEDGER, window)
    show.apply_all(events)
    show.settle()
    return show


def listed(sku: str, cost_minor: int | None, at_seconds: float = 0, **fields: object) -> e.Event:
    return event(
        e.ProductListed,
        at_seconds,
        sku=sku,
        **({"cost_minor": cost_minor, "currency": "BRL"} | fields),
    )


def costed(show: Show, before: int | None = None) -> list[int]:
    """Return lines, revenue and cost of what has one, before a second of the show."""
    totals = (
        show.timeline.totals()
        if before is None
        else show.timeline.totals_until(SHOW_START // 1000 + before)
    )
    return [totals[column] for column in COSTED]


LISTINGS = st.lists(
    st.builds(
        listed,
        sku=st.sampled_from(["mug", "cap", "bag"]),
        cost_minor=st.integers(0, 900),
        # Instants of their own: of two at one, the one that arrived later counts.
        at_seconds=st.integers(0, 1400),
        currency=st.sampled_from(["BRL", "BRL", "USD", "EUR"]),
    ),
    max_size=8,
    unique_by=lambda event: event.occurred_at,
)


def slowly(events: list[e.Event], costs_until: int, until: int) -> list[int]:
    """Return the same as `costed`, with the costs told up to one second and sales before another."""
    told = {
        one.sku: LEDGER.value(one.cost_minor, one.currency)
        for one in sorted(events, key=lambda one: one.occurred_at)
        if isinstance(one, e.ProductListed) and one.occurred_at <= costs_until
    }
    sums = [0, 0, 0]
    for sale in events:
        if not isinstance(sale, e.OrderPlaced) or sale.occurred_at // 1000 >= until:
            continue
        for part in sale.lines:
            cost, value = told.get(part.sku), LEDGER.value(part.amount_minor, sale.currency)
            if part.is_product and cost is not None and value is not None:
                sums = [sums[0] + 1, sums[1] + value, sums[2] + cost * part.units]
    return sums


@given(shows(kinds=(e.OrderPlaced,)), LISTINGS, st.randoms(), st.integers(0, 1500))
def test_every_second_counts_what_was_sold_in_it_by_the_newest_cost(
    sales: list[e.Event], listings: list[e.Event], random: random.Random, second: int
) -> None:
    events = [*sales, *listings]
    random.shuffle(events)
    show = Show(LEDGER)
    for one in events:
        show.apply(one)
        if random.random() < 0.3:
            show.settle()
    show.settle()
    far = SHOW_START + 10_000_000
    until = SHOW_START // 1000 + second
    assert costed(show, second) == slowly(events, far, until)
    # As it was known at that instant: costs that were told later are not known yet.
    instant = (until - 1) * 1000 + 999
    known = [
        a - b for a, b in zip(costed(show, second), show.margins.hindsight(instant), strict=True)
    ]
    assert known == slowly(events, instant, until)


@given(shows(kinds=(e.OrderPlaced,)), LISTINGS)
def test_the_seconds_add_up_to_the_margin(sales: list[e.Event], listings: list[e.Event]) -> None:
    show = show_of(*sales, *listings)
    known = show.known().figures(show.timeline.totals())
    assert known.margin_minor == margin_minor(show)


@given(shows(kinds=(e.OrderPlaced,)), LISTINGS, LISTINGS)
def test_a_saved_state_goes_on_as_the_same_show(
    sales: list[e.Event], listings: list[e.Event], later: list[e.Event]
) -> None:
    show, again = show_of(*sales, *listings), Show(LEDGER)
    load(dump(show), again)
    for one in (show, again):
        one.apply_all(later)
        one.settle()
    assert costed(again) == costed(show)
    assert again.margins.hindsight(SHOW_START) == show.margins.hindsight(SHOW_START)


def test_a_window_counts_its_own_sales_by_a_cost_told_outside() -> None:
    sales = [order(at, lines=(line("mug", 2, 1000),)) for at in (5, 50)]
    window = Window(start=SHOW_START + 40_000)
    assert costed(show_of(*sales, listed("mug", 300, 1), window=window)) == [1, 1000, 600]


def test_revenue_without_a_known_cost_is_no_margin_and_is_told_apart() -> None:
    show = show_of(
        listed("mug", 300),
        order(5, 10_000, lines=(line("mug", 2, 1000), line("cap", 1, 9000))),
    )
    figures = show.known().figures(show.timeline.totals())
    assert (figures.margin_minor, figures.margin_rate) == (400, 0.4)
    assert figures.costed_share == 0.1


def test_a_span_in_which_only_what_has_no_cost_was_sold_has_an_unknown_margin() -> None:
    show = show_of(
        listed("mug", 300),
        order(5, 1000, lines=(line("mug", 1, 1000),)),
        order(900, 9000, lines=(line("cap", 1, 9000),)),
    )
    snapshot = Camera(show, Caption()).snapshot(SHOW_START + 905_000, Recording())
    assert snapshot.totals.margin_minor == 700
    assert snapshot.recent.margin_minor is None
    assert snapshot.earlier.margin_minor == 700


def test_a_cost_too_large_to_be_one_is_none() -> None:
    show = show_of(
        listed("mug", 10**13),
        order(5, 1000, lines=(line("mug", 10**13, 1000),)),
        listed("mug", 10**13 - 1, 9),
    )
    assert costed(show) == [0, 0, 0]


def test_snapshots_tell_margin_and_ad_spend_once_somebody_tells_them() -> None:
    show = show_of(order(5, 1000, lines=(line("mug", 1, 1000),)))
    camera = Camera(show, Caption())
    before = camera.snapshot(SHOW_START + 9000, Recording())
    assert (before.totals.cost_minor, before.series.ad_spend_at) == (None, None)
    show.apply(listed("mug", 300, 7))
    show.apply(event(e.AdSpent, 8, amount_minor=50, currency="BRL"))
    show.apply(order(9, None))
    after = camera.snapshot(SHOW_START + 9000, Recording())
    totals = after.series.totals
    assert totals.column(Column.COSTED_REVENUE)[-1] - totals.column(Column.COST)[-1] == 700
    assert totals.column(Column.AD_SPEND)[-1] == 50
    assert after.series.ad_spend_at == SHOW_START // 1000 + 8
