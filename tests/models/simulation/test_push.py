"""What brings people besides the plan: the platform's push and the time of day."""

import pytest
from msgspec.structs import replace

from liveroom.models import events as e
from liveroom.models.facts import EntryChannel
from liveroom.models.simulation.push import Push
from tests.models.simulation.playing import first_show, of, play


def lively(times: float) -> Push:
    model = first_show().push
    push = Push(first_show())
    for _ in range(round(model.span * 60)):
        minute = [model.usual_chat, model.usual_reactions, model.usual_orders]
        push.note(60_000, *(round(rate * 1000 * times) for rate in minute))
    return push


def test_usual_engagement_pushes_nobody() -> None:
    assert lively(1.0).engagement == pytest.approx(1, rel=0.1)
    assert lively(1.0).factor == pytest.approx(1, abs=0.03)


def test_lively_room_is_pushed_and_a_dull_one_is_held_back_within_bounds() -> None:
    model = first_show().push
    assert 1.2 < lively(2.0).factor < model.most
    assert lively(100.0).factor == model.most
    assert model.least <= lively(0.2).factor < 0.9


def test_nothing_is_pushed_before_the_span_has_passed() -> None:
    push = Push(first_show())
    push.note(1000, 500, 500, 50)
    assert push.factor == 1.0


def test_what_no_source_reports_does_not_count_as_dull() -> None:
    push = Push(first_show())
    for second in range(400):
        push.note(1000, 0, 0, round(second % 18 == 0))
    assert push.engagement == pytest.approx(1, rel=0.1)


def test_night_brings_fewer_organic_visits_and_as_many_others() -> None:
    def visits(hour: float, channel: EntryChannel) -> int:
        show = replace(first_show(), local_hour=hour, push=replace(first_show().push, response=0.0))
        return sum(each.channel is channel for each in of(e.VisitStarted, play(show, 1, 600)[1]))

    evening, night = (visits(hour, EntryChannel.ORGANIC) for hour in (20.0, 3.0))
    assert 0.5 < night / evening < 0.7
    assert visits(20.0, EntryChannel.DIRECT) == visits(3.0, EntryChannel.DIRECT)
