"""The show's clock: it changes its speed at any time, and loses none by it."""

from __future__ import annotations

import random
import threading

import pytest

from liveroom.clock import LiveClock, ShowClock
from tests.stop_watch import Watch

START = 1_700_000_000_000


@pytest.fixture
def watch() -> Watch:
    return Watch()


def clock_at(speed: float | None, watch: Watch) -> ShowClock:
    return ShowClock(speed, START, watch)


def wait(clock: ShowClock, at: int, stop: Watch) -> bool:
    return clock.wait_until(at, stop)  # type: ignore[arg-type]


def test_the_show_runs_as_many_times_as_fast_as_it_is_told(watch: Watch) -> None:
    clock = clock_at(5, watch)
    watch.pass_by(2)
    assert clock.now() == START + 10_000


def test_a_change_of_speed_goes_on_from_where_the_show_was(watch: Watch) -> None:
    clock = clock_at(1, watch)
    watch.pass_by(10)
    clock.set_speed(20)
    assert clock.now() == START + 10_000
    watch.pass_by(10)
    assert clock.now() == START + 210_000
    clock.set_speed(1)
    watch.pass_by(1)
    assert clock.now() == START + 211_000


def test_a_paused_show_stands_still_and_goes_on_from_there(watch: Watch) -> None:
    clock = clock_at(1, watch)
    watch.pass_by(3)
    clock.set_speed(0)
    watch.pass_by(3600)
    assert clock.now() == START + 3_000
    assert clock.pace.speed == 0
    clock.set_speed(1)
    watch.pass_by(2)
    assert clock.now() == START + 5_000


def test_ten_thousand_changes_of_speed_lose_no_millisecond(watch: Watch) -> None:
    clock, dice, seconds = clock_at(1, watch), random.Random(4), 0.0
    for _ in range(10_000):
        speed, passed = dice.choice([0, 1, 5, 20]), dice.randrange(1, 900) / 1000 + 0.000_3
        clock.set_speed(speed)
        watch.pass_by(passed)
        seconds += speed * passed
    assert clock.now() - START == pytest.approx(seconds * 1000, abs=1)


def test_the_present_never_goes_back_whatever_the_speed(watch: Watch) -> None:
    clock, dice, latest = clock_at(1, watch), random.Random(5), START
    for _ in range(2_000):
        match dice.randrange(4):
            case 0:
                clock.set_speed(dice.choice([0, 0.5, 1, 20]))
            case 1:
                clock.run_until(latest + dice.randrange(-5_000, 5_000))
            case 2:
                watch.pass_by(dice.random())
            case 3:
                clock.set_speed(20)
                assert wait(clock, latest + dice.randrange(2_000), watch)
        assert clock.now() >= latest
        latest = clock.now()


def test_who_waits_while_the_speed_changes_wakes_at_the_new_time(watch: Watch) -> None:
    clock, began = clock_at(1, watch), watch.ns

    class Faster(Watch):
        def wait(self, seconds: float) -> bool:
            watch.pass_by(seconds)
            if watch.ns - began >= 1_000_000_000:
                clock.set_speed(20)
            return False

    assert wait(clock, START + 101_000, Faster())
    assert (watch.ns - began) / 1e9 == pytest.approx(1 + 100 / 20, abs=0.11)


def test_a_paused_show_wakes_nobody_until_it_is_stopped(watch: Watch) -> None:
    clock = clock_at(1, watch)
    clock.set_speed(0)

    class Patient(Watch):
        def wait(self, seconds: float) -> bool:
            self._is_set = super().wait(seconds) or self.waits == 500
            return self._is_set

    patient = Patient()
    assert not wait(clock, START + 1, patient)
    assert patient.waits == 500
    assert clock.now() == START


@pytest.mark.parametrize("speed", [0, 1, 20])
def test_a_hurry_takes_no_time_and_ends_at_its_instant_at_the_speed_of_before(
    watch: Watch, speed: float
) -> None:
    clock = clock_at(1, watch)
    clock.set_speed(speed)
    clock.run_until(START + 600_000)
    assert clock.pace.until == START + 600_000
    for second in range(601):
        assert wait(clock, START + second * 1000, watch)
        assert clock.now() == START + second * 1000
    assert watch.waits == 0
    watch.set()
    wait(clock, START + 601_000, watch)
    assert clock.now() == START + 600_000
    watch._is_set = False
    assert clock._come_closer(START + 601_000) > 0
    assert clock.pace.until is None
    assert clock.pace.speed == speed
    watch.pass_by(0.5)
    assert clock.now() == START + 600_000 + 500 * speed


def test_the_first_instant_of_a_show_is_remembered(watch: Watch) -> None:
    assert clock_at(1, watch).begun_at == START
    clock = ShowClock(None, None, watch)
    assert clock.begun_at is None
    for second in (5, 9):
        assert clock.hurry_to(START + second * 1000)
    assert clock.begun_at == START + 5_000


def test_a_hurry_passes_over_a_gap_in_the_facts_but_not_beyond_its_instant(watch: Watch) -> None:
    clock = clock_at(1, watch)
    clock.run_until(START + 60_000)
    began = watch.ns
    assert wait(clock, START + 61_000, watch)
    assert (watch.ns - began) / 1e9 == pytest.approx(1, abs=0.001)


def test_a_speed_ends_a_hurry_where_it_is(watch: Watch) -> None:
    clock = clock_at(1, watch)
    clock.run_until(START + 60_000)
    wait(clock, START + 10_000, watch)
    clock.set_speed(1)
    watch.pass_by(1)
    assert clock.now() == START + 11_000
    assert clock.pace.until is None


def test_without_a_speed_the_present_is_the_latest_instant_waited_for(watch: Watch) -> None:
    clock = clock_at(None, watch)
    assert wait(clock, START + 60_000, watch)
    assert wait(clock, START + 30_000, watch)
    watch.pass_by(100)
    assert clock.now() == START + 60_000
    assert watch.waits == 0


def test_the_show_starts_with_its_first_fact(watch: Watch) -> None:
    clock = ShowClock(1, None, watch)
    watch.pass_by(100)
    clock.set_speed(5)
    assert wait(clock, START, watch)
    assert clock.now() == START
    watch.pass_by(1)
    assert clock.now() == START + 5_000


@pytest.mark.parametrize("speed", [-1, float("inf"), float("nan")])
def test_a_speed_that_is_none_is_refused(watch: Watch, speed: float) -> None:
    clock = clock_at(1, watch)
    with pytest.raises(ValueError, match="it must be 0 or above"):
        clock.set_speed(speed)
    with pytest.raises(ValueError, match="it must be above 0"):
        ShowClock(0)


def test_a_change_from_another_thread_wakes_a_thread_that_waits() -> None:
    clock, stop, woken = ShowClock(1, START), threading.Event(), threading.Event()

    def sleep() -> None:
        if clock.wait_until(START + 3_600_000, stop):
            woken.set()

    thread = threading.Thread(target=sleep)
    thread.start()
    clock.set_speed(1_000_000)
    assert woken.wait(10)
    thread.join()
    stop.set()


def test_a_live_show_goes_by_the_wall_clock() -> None:
    clock = LiveClock()
    stop = threading.Event()
    assert clock.wait_until(clock.now() - 1, stop)
    stop.set()
    assert not clock.wait_until(clock.now() + 60_000, stop)
