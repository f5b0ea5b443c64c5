"""What a source says of itself: late by its own due time, slow, out of quota; and why numbers are stale."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liveroom.errors import CommandRefused
from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.camera import Camera, Caption
from liveroom.models.connections import Quota
from liveroom.models.direction import confirm
from liveroom.models.facts import ConnectionState, Fact, Mode
from liveroom.models.lags import Lag, Lags
from liveroom.models.rollup import dump, load
from liveroom.models.show import Show
from liveroom.models.snapshot import Connection, Recording, Snapshot
from tests.everywhere import everywhere
from tests.factory import SHOW_START, event, order


def joined(at_seconds: float = 0, due_seconds: float | None = 30, **fields: Any) -> e.Event:
    defaults = {"title": "Shop", "provides": (Fact.ORDERS,), "mode": "live"}
    return event(e.SourceAttached, at_seconds, due_seconds=due_seconds, **(defaults | fields))


def state(at_seconds: float, state: ConnectionState, **fields: Any) -> e.Event:
    return event(e.ConnectionChanged, at_seconds, state=state, **fields)


RUNS, FAILS = ConnectionState.RUNNING, ConnectionState.FAILING


def seen(at_seconds: float, *events: e.Event) -> Snapshot:
    """Return the desk at an instant, as counted and as counted from the saved state: the same."""
    show, again = Show(), Show()
    show.apply_all(events)
    load(dump(show), again)
    at = SHOW_START + round(at_seconds * 1000)
    one, other = (Camera(each, Caption()).snapshot(at, Recording()) for each in (show, again))
    assert one.connections == other.connections
    return one


def shop(snapshot: Snapshot) -> Connection:
    (found,) = snapshot.connections
    return found


def test_a_source_is_late_once_it_is_past_its_own_due_time() -> None:
    events = (joined(), state(0, RUNS), order(10))
    assert shop(seen(40, *events)).late_since(SHOW_START + 40_000) is None
    assert shop(seen(41, *events)).late_since(SHOW_START + 40_001) == SHOW_START + 40_000
    assert seen(41, *events).is_late(Fact.ORDERS)
    assert not seen(39, *events).is_late(Fact.ORDERS)


def test_a_source_that_never_said_anything_is_late_too() -> None:
    assert seen(31, joined(), state(0, RUNS)).is_late(Fact.ORDERS)


def test_a_source_without_an_interval_is_never_late() -> None:
    assert not seen(9000, joined(due_seconds=None), state(0, RUNS), order(1)).is_late(Fact.ORDERS)


def test_a_source_that_comes_back_has_its_time_anew() -> None:
    events = (joined(), state(0, RUNS), order(1), state(20, FAILS), state(300, RUNS))
    assert not seen(329, *events).is_late(Fact.ORDERS)
    assert seen(331, *events).is_late(Fact.ORDERS)


@pytest.mark.parametrize("ended", [ConnectionState.FINISHED, ConnectionState.STOPPED])
def test_a_source_that_has_no_more_to_say_is_not_late_and_its_numbers_stand(
    ended: ConnectionState,
) -> None:
    found = seen(9000, joined(), state(0, RUNS), order(1), state(2, ended))
    assert not found.is_late(Fact.ORDERS)
    assert found.stale(Fact.ORDERS) is None


def test_a_stale_number_names_its_source_since_when_why_and_the_next_try() -> None:
    failing = state(20, FAILS, reason="503", next_try_at=SHOW_START + 24_000)
    why = seen(21, joined(), state(0, RUNS), order(12), failing).stale(Fact.ORDERS)
    assert why is not None
    assert (why.title, why.late, why.reason) == ("Shop", False, "503")
    assert (why.since, why.next_try_at) == (SHOW_START + 12_000, SHOW_START + 24_000)
    late = seen(60, joined(), state(0, RUNS), order(12)).stale(Fact.ORDERS)
    assert late is not None
    assert (late.late, late.since) == (True, SHOW_START + 12_000)


def test_numbers_of_another_source_are_not_stale() -> None:
    events = (joined(), state(0, RUNS), event(e.VisitStarted, 1, source="stream"))
    found = seen(60, *events)
    assert found.stale(Fact.VISITS) is None
    assert found.stale(Fact.CHAT) is None


def test_troubles_are_counted_and_the_last_one_is_remembered() -> None:
    events = [joined(), state(0, RUNS), state(5, FAILS, reason="503"), state(9, RUNS)]
    events += [state(20, ConnectionState.FAILED, reason="KeyError: 'id'"), state(30, RUNS)]
    found = shop(seen(31, *events))
    assert (found.errors, found.last_error) == (2, "KeyError: 'id'")
    assert found.last_error_at == SHOW_START + 20_000
    assert found.reason == ""


def test_the_quota_is_the_one_reported_last_by_its_time_at_any_instant() -> None:
    reports = [
        event(e.QuotaReported, 50, remaining=700, limit=1000, resets_at=SHOW_START + 3_600_000),
        event(e.QuotaReported, 10, remaining=900, limit=1000),
    ]
    assert shop(seen(60, joined(), *reports)).quota == Quota(700, 1000, SHOW_START + 3_600_000)
    assert shop(seen(49, joined(), *reports)).quota == Quota(900, 1000)
    assert shop(seen(9, joined(), *reports)).quota is None


# Delays


def test_the_lag_tells_the_median_and_the_slow_end_to_a_tenth() -> None:
    lags = Lags()
    for number in range(1000):
        lags.add(SHOW_START + number * 10, 900 if number < 900 else 8_000)
    found = lags.as_of(SHOW_START + 20_000)
    assert found is not None
    assert found.p50_ms == pytest.approx(900, rel=0.1)
    assert found.p95_ms == pytest.approx(8000, rel=0.1)
    assert found.facts == 1000


def test_only_what_arrived_in_the_last_minutes_has_a_say_at_any_instant() -> None:
    lags = Lags()
    lags.add(SHOW_START, 400)
    lags.add(SHOW_START + 400_000, 9000)
    assert lags.as_of(SHOW_START) is None
    early, late = (lags.as_of(SHOW_START + at) for at in (60_000, 410_000))
    assert early is not None
    assert late is not None
    assert early.p50_ms == pytest.approx(400, rel=0.1)
    assert (late.p50_ms, late.facts) == (pytest.approx(9000, rel=0.1), 1)
    assert lags.as_of(SHOW_START + 900_000) is None


def test_a_clock_that_is_ahead_shows_as_a_delay_below_zero() -> None:
    lags = Lags()
    for delay in (-30_000, -20_000, 400):
        lags.add(SHOW_START, delay)
    found = lags.as_of(SHOW_START + 20_000)
    assert found is not None
    assert found.p50_ms == pytest.approx(-20_000, rel=0.1)
    assert found.p95_ms == pytest.approx(400, rel=0.1)


DELAYS = st.lists(
    st.tuples(st.integers(0, 600_000), st.integers(-100_000, 4_000_000)), min_size=1, max_size=60
)


@given(DELAYS, st.integers(0, 700_000))
def test_delays_are_the_same_in_any_order_and_near_the_true_ones(
    arrived: list[tuple[int, int]], at: int
) -> None:
    lags, turned = Lags(), Lags()
    for each, order_ in ((lags, arrived), (turned, arrived[::-1])):
        for number, (received, delay) in enumerate(order_):
            each.add(SHOW_START + received, delay)
            if number % 7 == 3:
                each.bins()
    found = lags.as_of(SHOW_START + at)
    assert found == turned.as_of(SHOW_START + at)
    until = (SHOW_START + at) // 10_000 * 10_000
    inside = sorted(d for r, d in arrived if until - 300_000 <= SHOW_START + r < until)
    if not inside:
        assert found is None
        return
    assert isinstance(found, Lag)
    assert found.facts == len(inside)
    for told, share in ((found.p50_ms, 50), (found.p95_ms, 95)):
        true = inside[-(-share * len(inside) // 100) - 1]
        assert told == pytest.approx(min(true, 2_500_000), rel=0.1, abs=50)


# Clock shifts


def shift(at_seconds: float, shift_ms: int, source: str = "shop") -> e.Event:
    return event(e.ClockShiftSet, at_seconds, source="desk", shifted=source, shift_ms=shift_ms)


def test_a_shifted_source_is_counted_earlier_and_everywhere_the_same() -> None:
    events = [
        event(e.SegmentStarted, 0, segment_id="a", source="obs"),
        order(10.5, 1000, order_id="1"),
        order(45, 2000, order_id="2"),
        event(e.VisitStarted, 61, source="stream"),
        event(e.OrderCancelled, 90, order_id="1"),
    ]
    plain = everywhere(*events)["by_minute"]
    minute = {at: n for at, n in zip(plain["minute"], plain["orders"], strict=True) if n}
    assert len(minute) == 2
    for stop_after in (None, 2, 5, 6):
        found = everywhere(*events, shift(70, 8000), stop_after=stop_after)["by_minute"]
        orders = dict(zip(found["minute"], found["orders"], strict=True))
        # A minute of the clock begins 40 s into the show: 45 s is after it, 37 s before.
        assert sorted(orders.values()) == [0, 2]
        assert sum(found["visits"]) == 1


@given(st.permutations([shift(1, 3000), shift(2, 8000), shift(3, 0), shift(4, 5000)]))
def test_the_shift_said_last_holds_in_any_order_of_arrival(shifts: list[e.Event]) -> None:
    show = Show()
    show.apply_all(shifts)
    assert show.counting.shifts["shop"].ms == 5000


def test_a_shift_counts_what_was_recorded_before_it_anew() -> None:
    show = Show()
    show.apply(order(10))
    assert not show.counting.recount
    show.apply(shift(20, 8000))
    assert show.counting.recount


def test_a_shift_of_a_source_that_reported_nothing_needs_no_recount() -> None:
    show = Show()
    show.apply_all([order(10), shift(20, 8000, "stream"), shift(21, 0)])
    assert not show.counting.recount


def test_the_lag_of_a_shifted_source_is_still_that_of_its_facts() -> None:
    show = Show()
    show.apply(shift(0, 8000))
    show.apply(order(10, received_at=SHOW_START + 10_400))
    show.apply_all([joined(0)])
    found = shop(Camera(show, Caption()).snapshot(SHOW_START + 30_000, Recording()))
    assert found.lag is not None
    assert found.lag.p50_ms == pytest.approx(400, rel=0.1)
    assert found.clock_shift_ms == 8000
    assert show.last_at == SHOW_START + 2_000


def test_a_shift_is_confirmed_for_a_source_of_the_session_and_within_reason() -> None:
    show = Show()
    show.apply(joined())
    wish = c.SetClockShift(source="shop", shift_ms=8000)
    (said,) = confirm(wish, show, Mode.LIVE, SHOW_START, "1")
    assert isinstance(said, e.ClockShiftSet)
    assert (said.shifted, said.shift_ms) == ("shop", 8000)
    for wrong in (
        c.SetClockShift(source="x", shift_ms=1),
        c.SetClockShift(source="shop", shift_ms=10**7),
    ):
        with pytest.raises(CommandRefused):
            confirm(wrong, show, Mode.LIVE, SHOW_START, "1")
    with pytest.raises(CommandRefused, match="cannot be changed"):
        confirm(wish, show, Mode.REPLAY, SHOW_START, "1")
