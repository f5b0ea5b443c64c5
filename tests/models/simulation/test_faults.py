"""What a source in trouble makes of its facts, and what of them counts in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from liveroom.models import events as e
from liveroom.models.commands import CauseTrouble
from liveroom.models.facts import ConnectionState, Fact, Trouble
from liveroom.models.kpis import kpis_of
from liveroom.models.money import Ledger
from liveroom.models.show import Show
from liveroom.models.simulation.trouble.faults import Arrivals, Faults
from tests.factory import SHOW_START, attached, event
from tests.models.simulation.trouble_models import trouble_model
from tests.strategies import shows

SOURCES = ("stream", "shop", "ads")
DELAY_MS = 400
HARMLESS = (Trouble.SILENCE, Trouble.DELAY, Trouble.REPEATS)
SHOP = (e.OrderPlaced, e.OrderCancelled, e.CartItemAdded, e.StockMeasured, e.CheckoutStarted)


def at(seconds: float) -> int:
    return SHOW_START + round(seconds * 1000)


def reported(kind: type[e.Event], seconds: float, source: str = "stream", **fields: Any) -> e.Event:
    return event(kind, seconds, source=source, received_at=at(seconds) + DELAY_MS, **fields)


def through(
    events: Iterable[e.Event],
    causes: Sequence[tuple[float, CauseTrouble]] = (),
    seconds: int = 300,
) -> Arrivals:
    """Return what reaches the desk of a show of some seconds."""
    faults = Faults(trouble_model(), SOURCES, DELAY_MS)
    of_second: dict[int, list[e.Event]] = {}
    for each in sorted(events, key=lambda each: each.occurred_at):
        of_second.setdefault((each.occurred_at - SHOW_START) // 1000, []).append(each)
    arrived, fresh = list[e.Event](), list[e.Event]()
    for second in range(seconds):
        for begins, command in causes:
            if second == int(begins):
                faults.command(command, at(begins))
        step = faults.step(at(second + 1), of_second.get(second, []))
        arrived += step.events
        fresh += step.fresh
    step = faults.close(at(seconds), [])
    return Arrivals(arrived + step.events, fresh + step.fresh)


def cause(trouble: Trouble, seconds: float, subject: str = "stream") -> CauseTrouble:
    return CauseTrouble(trouble=trouble, minutes=seconds / 60, subject=subject)


def states(arrivals: Arrivals) -> list[tuple[str, ConnectionState, float]]:
    changes = [each for each in arrivals.events if isinstance(each, e.ConnectionChanged)]
    return [(c.source, c.state, (c.received_at - SHOW_START) / 1000) for c in changes]


def facts(events: Iterable[e.Event]) -> list[e.Event]:
    return [each for each in events if each.fact is not None]


def clicks(seconds: Iterable[float], source: str = "stream") -> list[e.Event]:
    return [reported(e.ProductClicked, second, source, sku="mug") for second in seconds]


def counted(events: Iterable[e.Event]) -> dict[str, Any]:
    """Return the key figures of what was counted; when sources were heard of last is no figure."""
    show = Show(Ledger(currency="BRL"))
    show.apply_all([attached(source, *tuple(Fact)) for source in ("stream",)])
    show.apply_all(facts(events))
    stock = {sku: product.stock for sku, product in show.products.items()}
    kpis = kpis_of(show) | {"stock": stock}
    del kpis["sources"]
    return kpis


def test_healthy_sources_pass_untouched() -> None:
    events = clicks(range(20))
    arrivals = through(events)
    assert arrivals.events == arrivals.fresh == events


def test_nothing_arrives_during_silence_and_all_of_it_at_once_afterwards() -> None:
    events = clicks(range(60))
    arrivals = through(events, [(10, cause(Trouble.SILENCE, 20))])
    received = [(each.received_at - SHOW_START) / 1000 for each in facts(arrivals.events)]
    assert not [each for each in received if 10 <= each < 30]
    assert received.count(30) == 20
    assert [each.occurred_at for each in facts(arrivals.events)] == [
        each.occurred_at for each in events
    ]
    assert states(arrivals) == [
        ("stream", ConnectionState.FAILING, 10),
        ("stream", ConnectionState.RUNNING, 30),
    ]


def test_silence_of_one_source_leaves_the_others_alone() -> None:
    shop = clicks(range(40), "shop")
    arrivals = through([*shop, *clicks(range(40))], [(5, cause(Trouble.SILENCE, 20))])
    assert [each for each in facts(arrivals.events) if each.source == "shop"] == shop


def test_silence_loses_audience_readings_but_learns_the_stock_of_its_end() -> None:
    audience = [reported(e.AudienceMeasured, s, viewers=s) for s in range(0, 40, 5)]
    stock = [reported(e.StockMeasured, s, sku="mug", units=40 - s) for s in range(0, 40, 3)]
    arrivals = through([*audience, *stock], [(10, cause(Trouble.SILENCE, 20))])
    viewers = [each.viewers for each in arrivals.events if isinstance(each, e.AudienceMeasured)]
    units = [each.units for each in arrivals.events if isinstance(each, e.StockMeasured)]
    assert viewers == [0, 5, 30, 35]
    assert units == [40, 37, 34, 31, 13, 10, 7, 4, 1]


def test_late_source_is_late_by_the_scenarios_time_and_says_so() -> None:
    arrivals = through(clicks([5, 15, 40]), [(10, cause(Trouble.DELAY, 20))])
    late = [each.received_at - each.occurred_at for each in facts(arrivals.events)]
    assert sorted(late) == [DELAY_MS, DELAY_MS, DELAY_MS + 45_000]
    assert [state for _, state, _ in states(arrivals)] == [
        ConnectionState.FAILING,
        ConnectionState.RUNNING,
    ]


def test_what_is_sent_after_a_delay_may_overtake_it() -> None:
    arrivals = through(clicks([15, 40]), [(10, cause(Trouble.DELAY, 20))])
    occurred = [(each.occurred_at - SHOW_START) / 1000 for each in facts(arrivals.events)]
    assert occurred == [40, 15]


def test_repeats_have_the_ids_of_what_they_repeat_and_are_not_fresh() -> None:
    events = clicks(range(30))
    arrivals = through(events, [(10, cause(Trouble.REPEATS, 10))])
    ids = Counter(each.source_id for each in arrivals.events)
    assert sorted(Counter(ids.values()).items()) == [(1, 20), (2, 10)]
    assert arrivals.fresh == events
    assert not states(arrivals)


def test_restart_loses_the_totals_of_its_gap_and_no_listed_fact() -> None:
    totals = [reported(e.ProductShown, s + 0.1, sku="mug", count=7) for s in range(100)]
    listed = clicks(range(100))
    arrivals = through([*totals, *listed], [(20, cause(Trouble.RESTART, 90))])
    shown = [each for each in arrivals.fresh if isinstance(each, e.ProductShown)]
    # Two restarts of ten seconds each: at 20 and 60 s later.
    assert len(shown) == 80
    assert {each.source_id for each in arrivals.fresh} >= {each.source_id for each in listed}
    assert len(facts(arrivals.fresh)) == 180
    assert [(state, seconds) for _, state, seconds in states(arrivals)] == [
        (ConnectionState.FAILING, 20),
        (ConnectionState.RUNNING, 30),
        (ConnectionState.FAILING, 80),
        (ConnectionState.RUNNING, 90),
    ]


def test_restarted_source_lists_its_last_facts_again() -> None:
    arrivals = through(clicks(range(60)), [(40, cause(Trouble.RESTART, 15))])
    repeated = [each for each, n in Counter(x.source_id for x in arrivals.events).items() if n > 1]
    assert len(repeated) == 20
    again = [each for each in facts(arrivals.events) if each.received_at == at(50)]
    assert len(again) == 30


def test_wrong_clock_moves_what_happened_but_not_its_arrival() -> None:
    arrivals = through(clicks(range(30)), [(10, cause(Trouble.WRONG_CLOCK, 10))])
    wrong = [each for each in arrivals.events if each.received_at - each.occurred_at != DELAY_MS]
    assert len(wrong) == 10
    assert {each.occurred_at - (each.received_at - DELAY_MS) for each in wrong} == {-240_000}
    assert [each.received_at for each in arrivals.events] == [
        each.received_at for each in clicks(range(30))
    ]


def test_plan_cues_and_the_desk_are_no_facts_of_a_source() -> None:
    cue = reported(e.SegmentStarted, 12, segment_id="one")
    arrivals = through([cue], [(10, cause(Trouble.SILENCE, 20))])
    assert cue in arrivals.events
    assert cue.received_at < at(30)


def test_trouble_that_the_world_reports_begins_by_itself() -> None:
    started = reported(
        e.TroubleStarted, 10, trouble=Trouble.SILENCE, ends_at=at(30), subject="stream"
    )
    arrivals = through([started, *clicks([15])])
    assert [each.received_at for each in facts(arrivals.events)] == [at(30)]


def test_without_a_subject_the_sources_take_turns() -> None:
    causes = [(second, cause(Trouble.SILENCE, 5, "")) for second in (10, 20, 30, 40)]
    failing = [s for s, state, _ in states(through([], causes)) if state == ConnectionState.FAILING]
    assert failing == ["stream", "shop", "ads", "stream"]


def test_end_of_the_show_brings_everything_that_was_held_back() -> None:
    arrivals = through(clicks(range(30)), [(10, cause(Trouble.SILENCE, 600))], seconds=30)
    assert len(facts(arrivals.events)) == 30
    assert max(each.received_at for each in arrivals.events) == at(30)
    assert states(arrivals)[-1] == ("stream", ConnectionState.RUNNING, 30)


def test_end_of_a_show_never_comes_before_what_has_arrived() -> None:
    late = [reported(e.ProductClicked, 29.9, sku="mug")]
    arrivals = through(late, [(29, cause(Trouble.SILENCE, 600, "shop"))], seconds=30)
    received = [each.received_at for each in arrivals.events]
    assert received == sorted(received)


def test_fault_that_begins_is_not_told_before_what_has_arrived() -> None:
    early = [reported(e.ProductClicked, 9.9, sku="mug")]
    arrivals = through(early, [(10, cause(Trouble.SILENCE, 20))])
    received = [each.received_at for each in arrivals.events]
    assert received == sorted(received)
    assert len(states(arrivals)) == 2


@st.composite
def reports(draw: st.DrawFn) -> list[e.Event]:
    """Facts of three sources, once each, without gauges that nobody can ask for later."""
    events = []
    for number, each in enumerate(draw(shows())):
        if each.fact is None or isinstance(each, e.AudienceMeasured):
            continue
        source = "shop" if isinstance(each, SHOP) else "stream"
        source = "ads" if isinstance(each, e.AdSpent) else source
        occurred_at = SHOW_START + (each.occurred_at - SHOW_START) % 300_000
        received_at = occurred_at + DELAY_MS
        fields = {"occurred_at": occurred_at, "received_at": received_at, "source": source}
        events.append(replace(each, source_id=f"{number}", **fields))
    return events


@st.composite
def causes(draw: st.DrawFn, troubles: Sequence[Trouble]) -> tuple[float, CauseTrouble]:
    seconds = draw(st.floats(1, 400))
    subject = draw(st.sampled_from(["", *SOURCES]))
    return draw(st.floats(0, 299)), cause(draw(st.sampled_from(troubles)), seconds, subject)


@settings(max_examples=30)
@given(reports(), st.lists(causes(HARMLESS), max_size=5))
def test_figures_after_the_end_do_not_know_of_silence_delay_and_repeats(
    events: list[e.Event], wrong: list[tuple[float, CauseTrouble]]
) -> None:
    assert counted(through(events, wrong).fresh) == counted(events)


@settings(max_examples=30)
@given(reports(), st.lists(causes(list(Trouble)), max_size=5))
def test_facts_arrive_in_order_and_their_repeats_are_known_by_their_ids(
    events: list[e.Event], wrong: list[tuple[float, CauseTrouble]]
) -> None:
    arrivals = through(events, wrong)
    received = [each.received_at for each in arrivals.events]
    assert received == sorted(received)
    fresh = [(each.source, each.source_id) for each in arrivals.fresh]
    assert len(set(fresh)) == len(fresh)
    assert set(fresh) == {(each.source, each.source_id) for each in arrivals.events}
    totals = (e.ProductShown, e.Reacted, e.AdSpent, e.StockMeasured)
    kept = {(each.source, each.source_id) for each in events if not isinstance(each, totals)}
    assert kept <= set(fresh)


@settings(max_examples=30)
@given(reports(), st.lists(causes(list(Trouble)), max_size=5))
def test_same_troubles_give_the_same_arrivals(
    events: list[e.Event], wrong: list[tuple[float, CauseTrouble]]
) -> None:
    assert through(events, wrong) == through(events, wrong)


@pytest.mark.parametrize("trouble", [Trouble.OVERRUN, Trouble.RAID])
def test_troubles_of_the_world_are_none_of_a_sources(trouble: Trouble) -> None:
    events = clicks(range(20))
    assert through(events, [(5, cause(trouble, 10))]).events == events


def test_what_was_sent_twice_and_lost_once_is_heard_once() -> None:
    """While a source restarts its totals are lost; a repeat of one that comes after that is news."""
    shown = replace(
        event(e.ProductShown, 0, sku="mug", source="stream"), received_at=SHOW_START + DELAY_MS
    )
    wrong = [(0.0, cause(each, 1)) for each in (Trouble.REPEATS, Trouble.RESTART)]
    arrivals = through([shown], wrong)
    ids = [each.source_id for each in arrivals.events if isinstance(each, e.ProductShown)]
    assert ids == [shown.source_id]
    assert [each.source_id for each in arrivals.fresh if each.fact is not None] == ids
