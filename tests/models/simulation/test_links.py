"""Payment links by hand: who asked waits until an operator has seen it and has time."""

from __future__ import annotations

from msgspec.structs import replace

from liveroom.models.simulation.audience import Visit
from liveroom.models.simulation.draws import Streams
from liveroom.models.simulation.links import Links
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.shopper import Shopper
from tests.models.simulation.playing import first_show

HANDLING_S = 60


def links(operators: int, response: float) -> Links:
    scenario = first_show()
    model = replace(
        scenario.links, operators=operators, response=response, handling=HANDLING_S, automatic=1.0
    )
    return Links(replace(scenario, links=model), Streams(1), Reporter(0, 0))


def somebody(key: int) -> Shopper:
    return Shopper(key, key, Visit(key, key, first_show().channels[0], 0))


def sent(queue: Links, seconds: int) -> dict[int, float]:
    """Return when (seconds) each wish was answered, by who asked."""
    found = {}
    for second in range(seconds):
        queue._streams.at(second)
        for at_ms, wish, _ in queue.step(second):
            found[wish.shopper.key] = at_ms / 1000
    return found


def test_wishes_are_answered_in_turn_one_after_the_other() -> None:
    queue = links(operators=1, response=0.0)
    for key in (1, 2, 3):
        queue.ask(somebody(key), 0, key * 1000)
    assert sent(queue, 300) == {1: 61.0, 2: 121.0, 3: 181.0}


def test_two_operators_answer_two_at_a_time() -> None:
    queue = links(operators=2, response=0.0)
    for key in (1, 2, 3):
        queue.ask(somebody(key), 0, key * 1000)
    assert sent(queue, 300) == {1: 61.0, 2: 62.0, 3: 121.0}


def test_an_operator_waits_for_no_wish_that_nobody_has_seen() -> None:
    """With many operators each takes his own; with one nobody is kept waiting by a wish unseen."""
    alone = {}
    for key in range(1, 9):
        queue = links(operators=1, response=10.0)
        queue._streams.at(key)
        queue.ask(somebody(key), 0, 0)
        alone[key] = sent(queue, 4000)[key] - HANDLING_S  # when it was seen
    queue = links(operators=1, response=10.0)
    for key in alone:
        queue._streams.at(key)
        queue.ask(somebody(key), 0, 0)
    answered = sent(queue, 6000)
    free = 0.0
    for key in sorted(alone, key=lambda each: alone[each]):
        free = max(alone[key], free) + HANDLING_S
        assert abs(answered[key] - free) < 1


def test_the_flow_answers_those_too_who_waited_for_an_operator() -> None:
    queue = links(operators=0, response=1.0)
    queue.ask(somebody(1), 0, 0)
    queue.automate(True, 30_000)
    queue.ask(somebody(2), 0, 40_000)
    assert sent(queue, 200) == {1: 90.0, 2: 100.0}


def test_a_link_that_the_producer_sent_is_not_sent_again() -> None:
    queue = links(operators=1, response=0.0)
    queue.ask(somebody(1), 0, 0)
    assert queue.send(0, 10_000) == 1
    assert sent(queue, 300) == {1: 10.0}
