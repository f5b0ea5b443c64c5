import pickle
import threading
from collections.abc import Sequence

import pytest

from liveroom.attempts import attempts_of
from liveroom.clock import ShowClock
from liveroom.connectors.base import Link
from liveroom.connectors.simulator import SimulatorConnector, open_simulator
from liveroom.errors import KnownError
from liveroom.models.commands import Command, PinProduct, TakeSegment
from liveroom.models.events import Event
from liveroom.models.rehearsal.score_shows import Variant
from liveroom.models.score_card import ScoreProgress
from liveroom.scenarios import read_case, read_scenario, shipped_policies
from liveroom.scoring import score_rehearsal
from tests.models.rehearsal.acting import policy, small_show

RECAP = TakeSegment(segment_id="recap")
SEEN: list[Event] = []
"""What the last rehearsal reported."""


def rehearsed(minutes: float | None = 8, stop_after: int | None = None) -> SimulatorConnector:
    """Return a rehearsal in which the recap was taken after four minutes."""
    simulator = SimulatorConnector(small_show(), 1, minutes=minutes)
    play(simulator, RECAP, stop_after)
    return simulator


def play(
    simulator: SimulatorConnector, command: Command | None = None, stop_after: int | None = None
) -> None:
    stop = threading.Event()

    def send(batch: Sequence[Event]) -> None:
        raise AssertionError("the test reads the events itself")

    link = Link(
        clock=ShowClock(None), send=send, set_aside=pytest.fail, key=lambda text: 0, stop=stop
    )
    SEEN.clear()
    for event in simulator.events(link):
        SEEN.append(event)
        second = (event.occurred_at - simulator.start_ms) // 1000
        if command and second == 240 and not simulator.given and simulator._outbox.empty():
            simulator.submit(command)
        if stop_after is not None and second >= stop_after:
            break


def test_rehearsal_is_scored_and_kept_as_an_attempt() -> None:
    told: list[ScoreProgress] = []
    card = score_rehearsal(rehearsed(), "Ana", 1000, told.append)
    assert [decision.command for decision in card.decisions] == [RECAP]
    assert card.decisions[0].money_minor == card.gained_minor
    assert card.decisions[0].viewer_minutes < 0
    assert len(card.policies) >= 5
    assert card.seeds == card.decisions[0].over_seeds.number == 6
    assert (told[0].done, told[-1].done) == (0, told[-1].total)
    assert [attempt.ended_at for attempt in card.attempts] == [1000]
    again = score_rehearsal(rehearsed(), "Ana", 2000)
    assert [attempt.ended_at for attempt in again.attempts] == [1000, 2000]
    assert again.yours == card.yours
    assert attempts_of("Ana", card.scenario) == again.attempts


def test_case_rehearsal_is_compared_with_the_policy_of_the_case_and_its_figure() -> None:
    show = read_scenario("c09")
    simulator = open_simulator(scenario="c09", minutes=2)
    assert simulator.case == read_case("c09", show)
    play(simulator)
    card = score_rehearsal(simulator, "Ana", 1000)
    assert simulator.case is not None
    assert card.policies[0].title == simulator.case.policy.title
    assert len(card.policies) == len(shipped_policies(show)) + 1
    assert card.case is not None
    assert (card.case.figure, card.case.why_not) == (4.0, "this show has no value for it")


def test_score_of_the_desk_is_that_of_the_show_that_was_seen() -> None:
    simulator = rehearsed()
    assert simulator.given == [(241, RECAP)]
    assert simulator.has_ended
    assert simulator.acts() == simulator.given
    assert simulator.stage is not None
    variant = Variant(
        stage=simulator.stage, commands=tuple(simulator.acts()), terms=simulator.terms
    )
    played = [event for second in variant.trial().events() for event in second]
    assert [event for event in played if event.fact] == [event for event in SEEN if event.fact]


def test_rehearsal_that_was_stopped_is_scored_up_to_there() -> None:
    simulator = rehearsed(stop_after=400)
    assert not simulator.has_ended
    card = score_rehearsal(simulator, "Ana", 1000)
    whole = score_rehearsal(rehearsed(), "Ana", 2000)
    assert card.nothing.viewer_minutes < whole.nothing.viewer_minutes


def test_nothing_played_is_nothing_to_score() -> None:
    with pytest.raises(KnownError, match="nothing was played yet"):
        score_rehearsal(SimulatorConnector(small_show(), 1), "Ana", 1000)


def test_score_can_be_called_off_while_it_is_reckoned() -> None:
    class CalledOffError(Exception):
        pass

    def progress(done: ScoreProgress) -> None:
        if done.done == 2:
            raise CalledOffError

    with pytest.raises(CalledOffError):
        score_rehearsal(rehearsed(), "Ana", 1000, progress)
    assert attempts_of("Ana", small_show().title) == ()


def test_show_of_a_score_can_go_to_another_process() -> None:
    simulator = rehearsed(minutes=5)
    assert simulator.stage is not None
    acting = policy('[[before]]\nverb = "order segments"\nby = "margin"\n')
    variant = Variant(
        stage=simulator.stage,
        policy=acting,
        commands=((3, PinProduct(sku="PB-20")),),
        terms=simulator.terms,
    )
    assert pickle.loads(pickle.dumps(variant)) == variant
