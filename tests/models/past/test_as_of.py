"""Any second of a show again: what had occurred by then, whatever order it arrived in."""

from typing import Any

import pytest
from hypothesis import given
from msgspec import structs

from liveroom.models import events as e
from liveroom.models.camera import Camera, Caption
from liveroom.models.facts import ConnectionState, Fact
from liveroom.models.kpis import kpis_of
from liveroom.models.past import delta_log
from liveroom.models.past.as_of import as_of
from liveroom.models.rollup import dump, load
from liveroom.models.show import Show
from liveroom.models.snapshot import Recording, Snapshot
from liveroom.models.window import Window
from tests.factory import SHOW_START, attached, event, order
from tests.strategies import MILLISECONDS, lever_moves, shows

EVERYTHING = attached("shop", *Fact)


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delta_log, "_BUFFER", 3)
    monkeypatch.setattr(delta_log, "_RECENT", 4)
    monkeypatch.setattr(delta_log, "_CHUNK", 3)


def show_of(events: list[e.Event], window: Window | None = None) -> Show:
    show = Show(window=window)
    show.apply(EVERYTHING)
    show.apply_all(events)
    return show


def picture(show: Show, at: int) -> Snapshot:
    return Camera(show, Caption()).snapshot(at, Recording())


def by_sku(snapshot: Snapshot) -> dict[str, Any]:
    rows = {
        row.sku: structs.replace(row, stock=None, price_minor=None) for row in snapshot.products
    }
    return {sku: row for sku, row in rows.items() if row.views or row.orders or row.clicks}


def by_label(snapshot: Snapshot) -> dict[Any, Any]:
    return {(row.channel, row.label): row for row in snapshot.channels}


def end_of(at: int) -> int:
    """Return the last instant of a second: that is what a look back shows."""
    return at // 1000 * 1000 + 999


@given(shows(), MILLISECONDS)
def test_what_had_occurred_by_then_is_counted_and_nothing_else(
    events: list[e.Event], ms: int
) -> None:
    show, at = show_of(events), end_of(SHOW_START + ms)
    # A window counts only what occurred in it, and takes its context from everything.
    slow = show_of(events, Window(end=at + 1))
    # What is known at all is what is known by now.
    slow.seen = show.seen
    then = as_of(show, at)
    expected, found = kpis_of(slow), kpis_of(then)
    untold = {
        "to",
        "abandonment",
        "by_product",
        "set_aside",
        "money_set_aside_minor",
        "margin_minor",
        "sources",
    }
    assert {k: v for k, v in found.items() if k not in untold} == {
        k: v for k, v in expected.items() if k not in untold
    }
    slow_picture, then_picture = picture(slow, at), picture(then, at)
    assert by_sku(then_picture) == by_sku(slow_picture)
    assert by_label(then_picture) == by_label(slow_picture)
    for name in ("totals", "recent", "earlier", "audience", "visitors", "carts", "chat_people"):
        assert getattr(then_picture, name) == getattr(slow_picture, name), name
    assert then_picture.cart_board.whole == slow_picture.cart_board.whole
    assert {(f.fact, f.total, f.amount_minor) for f in then_picture.sources if f.total} == {
        (f.fact, f.total, f.amount_minor) for f in slow_picture.sources if f.total
    }


@given(shows(), MILLISECONDS)
def test_stock_and_prices_are_those_of_then(events: list[e.Event], ms: int) -> None:
    at = end_of(SHOW_START + ms)
    then = as_of(show_of(events), at)
    slow = show_of([one for one in events if one.occurred_at <= at])
    for sku, tally in slow.products.items():
        found = then.products.get(sku)
        assert tally.stock == (None if found is None else found.stock)
        assert tally.price_minor == (None if found is None else found.price_minor)


@given(lever_moves(), MILLISECONDS)
def test_levers_and_journal_are_those_of_then(moves: list[e.Event], ms: int) -> None:
    at = end_of(SHOW_START + ms)
    then = as_of(show_of(moves), at)
    slow = show_of([move for move in moves if move.occurred_at <= at])
    assert then.levers == slow.levers
    assert then.journal.entries() == slow.journal.entries()


@given(shows(), lever_moves())
def test_the_last_second_is_the_present(events: list[e.Event], moves: list[e.Event]) -> None:
    show = show_of([*events, *moves])
    at = SHOW_START + 2_000_000
    today, then = picture(show, at), picture(as_of(show, at), at)
    for name in Snapshot.__struct_fields__:
        if name in ("series", "blocks", "chat", "products", "sources", "connections"):
            continue
        assert getattr(then, name) == getattr(today, name), name
    assert {row.sku: row for row in then.products} == {
        row.sku: row for row in today.products if row.sku in {found.sku for found in then.products}
    }
    assert then.series.revenue_minor.tolist() == today.series.revenue_minor.tolist()


@given(shows(), MILLISECONDS)
def test_a_stored_show_tells_the_same_past(events: list[e.Event], ms: int) -> None:
    show, loaded = show_of(events), Show()
    load(dump(show), loaded)
    at = SHOW_START + ms
    assert kpis_of(as_of(loaded, at)) == kpis_of(as_of(show, at))
    # And goes on telling it.
    late = order(3, 700, source_id="late", visit=None)
    show.apply(late)
    loaded.apply(late)
    assert kpis_of(as_of(loaded, at)) == kpis_of(as_of(show, at))


def plan(at_seconds: float, *titles: str) -> e.RunOfShowChanged:
    from liveroom.models.run_of_show import Segment

    segments = tuple(Segment(segment_id=title, title=title, duration_ms=60_000) for title in titles)
    return event(e.RunOfShowChanged, at_seconds, segments=segments)


def test_the_run_of_show_is_the_one_that_was_planned_then() -> None:
    show = show_of(
        [
            plan(0, "mug", "cap"),
            event(e.SegmentStarted, 10, segment_id="mug"),
            event(e.SegmentStarted, 70, segment_id="cap"),
            plan(50, "mug", "bag", "cap"),
        ]
    )
    early, late = as_of(show, SHOW_START + 20_000), as_of(show, SHOW_START + 80_000)
    assert [s.title for s in early.run_of_show.segments] == ["mug", "cap"]
    assert [s.title for s in late.run_of_show.segments] == ["mug", "bag", "cap"]
    assert early.run_of_show.on_air.segment_id == "mug"
    assert late.run_of_show.on_air.segment_id == "cap"


def test_a_source_stands_as_it_stood() -> None:
    changes = [
        event(e.ConnectionChanged, at, state=state, reason=reason)
        for at, state, reason in (
            (1, ConnectionState.RUNNING, ""),
            (20, ConnectionState.FAILING, "time-out"),
            (30, ConnectionState.RUNNING, ""),
        )
    ]
    show = show_of(changes)
    (status,) = as_of(show, SHOW_START + 25_000).connections.sources.values()
    assert (status.state, status.reason) == (ConnectionState.FAILING, "time-out")
    (status,) = as_of(show, SHOW_START + 35_000).connections.sources.values()
    assert status.state is ConnectionState.RUNNING


def test_an_age_of_then_counts_from_the_last_fact_of_then() -> None:
    show = show_of([order(10), order(90, source_id="2")])
    assert (
        picture(as_of(show, SHOW_START + 40_000), SHOW_START + 40_000).age_ms(Fact.ORDERS) == 30_000
    )
