"""Targets are facts: set by command, in any order of arrival the same, as of any instant."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.errors import CommandRefused
from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.camera import Camera, Caption
from liveroom.models.direction import confirm
from liveroom.models.facts import DESK, Mode
from liveroom.models.journal import EntryKind
from liveroom.models.limits import misfit
from liveroom.models.money import Ledger
from liveroom.models.rollup import dump, load
from liveroom.models.run_of_show import Segment
from liveroom.models.show import Show
from liveroom.models.snapshot import Recording
from liveroom.models.targets import TargetKpi
from tests.everywhere import everywhere
from tests.factory import SHOW_START, event

REVENUE, CONVERSION, ORDERS = TargetKpi.REVENUE, TargetKpi.CONVERSION, TargetKpi.ORDERS


def target(
    kpi: TargetKpi, value: float | None, at_seconds: float = 0, **fields: object
) -> e.TargetSet:
    return event(e.TargetSet, at_seconds, source=DESK, kpi=kpi, value=value, **fields)


def show_of(*events: e.Event, currency: str = "BRL") -> Show:
    show = Show(Ledger(currency=currency, rates={"USD": "5"}))
    show.apply_all(events)
    return show


def held(show: Show, at_seconds: float) -> dict[TargetKpi, float]:
    return dict(show.targets.at(SHOW_START + round(at_seconds * 1000)))


def test_the_newest_target_by_its_time_holds_as_of_any_instant() -> None:
    show = show_of(
        target(CONVERSION, 0.05, 60), target(CONVERSION, 0.04, 0), target(CONVERSION, None, 120)
    )
    assert held(show, -1) == {}
    assert held(show, 0) == {CONVERSION: 0.04}
    assert held(show, 59) == {CONVERSION: 0.04}
    assert held(show, 60) == {CONVERSION: 0.05}
    assert held(show, 120) == {}


SETTINGS = st.lists(
    st.tuples(
        st.sampled_from([REVENUE, CONVERSION]),
        st.none() | st.sampled_from([0.1, 0.2, 1.0]),
        st.integers(0, 5),
    ),
    max_size=8,
)


@given(SETTINGS, st.randoms(use_true_random=False), st.integers(-1, 6))
def test_the_order_of_arrival_changes_nothing(
    settings: list[tuple[TargetKpi, float | None, int]], random: object, at: int
) -> None:
    events = [target(*each) for each in settings]
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    show, other = show_of(*events), show_of(*shuffled)
    assert held(show, at) == held(other, at)
    before = {}
    for each in sorted(events, key=lambda each: (each.occurred_at, f"desk:{each.source_id}")):
        if each.occurred_at <= SHOW_START + at * 1000:
            before[each.kpi] = each.value
    assert held(show, at) == {kpi: value for kpi, value in before.items() if value is not None}
    again = Show(Ledger(currency="BRL"))
    load(dump(other), again)
    assert held(again, at) == held(show, at)


def test_snapshots_share_targets_that_did_not_change() -> None:
    show = show_of(target(ORDERS, 400.0))
    camera = Camera(show, Caption())
    first = camera.snapshot(SHOW_START + 1, Recording())
    assert camera.snapshot(SHOW_START + 2, Recording()).targets is first.targets
    assert first.targets == {ORDERS: 400}
    assert camera.snapshot(SHOW_START - 1, Recording()).targets == {}


def test_a_target_in_another_currency_is_converted_or_left_out() -> None:
    show = show_of(target(REVENUE, 1000.0, currency="USD"))
    assert held(show, 0) == {REVENUE: 5000}
    assert held(show_of(target(REVENUE, 1000.0, currency="EUR")), 0) == {}


def test_a_target_is_set_by_command_and_confirmed_with_its_currency() -> None:
    show = show_of()
    (said,) = confirm(c.SetTarget(kpi=REVENUE, value=36_000_000), show, Mode.LIVE, SHOW_START, "1")
    assert isinstance(said, e.TargetSet)
    assert (said.source, said.currency, said.value) == (DESK, "BRL", 36_000_000)
    (said,) = confirm(c.SetTarget(kpi=CONVERSION, value=None), show, Mode.LIVE, SHOW_START, "2")
    assert isinstance(said, e.TargetSet)
    assert (said.value, said.currency) == (None, None)


@pytest.mark.parametrize(
    ("kpi", "value"),
    [
        (CONVERSION, 0.0),
        (CONVERSION, -0.1),
        (CONVERSION, 1.01),
        (CONVERSION, math.nan),
        (REVENUE, math.inf),
        (REVENUE, 10.5),
        (ORDERS, 2.5),
        (TargetKpi.WATCH_TIME, 24 * 60 + 1.0),
    ],
)
def test_what_can_be_no_target_is_refused(kpi: TargetKpi, value: float) -> None:
    with pytest.raises(CommandRefused, match="a target for"):
        confirm(c.SetTarget(kpi=kpi, value=value), show_of(), Mode.LIVE, SHOW_START, "1")


@pytest.mark.parametrize("mode", [Mode.REPLAY, Mode.DEBRIEF])
def test_what_happened_takes_no_target(mode: Mode) -> None:
    with pytest.raises(CommandRefused, match="cannot be changed"):
        confirm(c.SetTarget(kpi=ORDERS, value=1), show_of(), mode, SHOW_START, "1")


def test_a_target_beyond_any_number_is_no_fact() -> None:
    assert misfit(target(REVENUE, math.inf))
    assert misfit(target(REVENUE, math.nan))
    assert not misfit(target(REVENUE, None))


def test_the_journal_tells_what_the_producer_set_and_not_what_a_source_did() -> None:
    show = show_of(
        target(CONVERSION, 0.04, 1),
        target(CONVERSION, None, 2),
        event(e.TargetSet, 0, source="stream", kpi=ORDERS, value=9.0),
    )
    entries = [(each.kind, each.subject, each.text) for each in show.journal.entries()]
    assert entries == [
        (EntryKind.TARGET, "conversion", "0.04"),
        (EntryKind.TARGET, "conversion", ""),
    ]


def test_a_segments_target_is_part_of_the_plan() -> None:
    show = show_of(
        event(
            e.RunOfShowChanged, segments=(Segment(segment_id="a", title="A", duration_ms=60_000),)
        )
    )
    command = c.SetSegmentTarget(segment_id="a", revenue_target_minor=600_000)
    show.apply_all(confirm(command, show, Mode.LIVE, SHOW_START + 1, "1"))
    assert show.run_of_show.segments[0].revenue_target_minor == 600_000
    none = c.SetSegmentTarget(segment_id="a", revenue_target_minor=None)
    show.apply_all(confirm(none, show, Mode.LIVE, SHOW_START + 2, "2"))
    assert show.run_of_show.segments[0].revenue_target_minor is None
    for wrong in (0, -1):
        with pytest.raises(CommandRefused, match="above 0"):
            confirm(
                c.SetSegmentTarget(segment_id="a", revenue_target_minor=wrong),
                show,
                Mode.LIVE,
                SHOW_START,
                "3",
            )


def test_targets_are_recorded_and_read_back() -> None:
    everywhere(
        target(REVENUE, 36_000_000.0, 1, currency="BRL"),
        target(CONVERSION, 0.04, 2),
        target(CONVERSION, None, 3),
    )
