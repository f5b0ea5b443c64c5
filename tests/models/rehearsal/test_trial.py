from itertools import chain

import pytest

from liveroom.models import commands as c
from liveroom.models import events as e
from liveroom.models.facts import DESK
from liveroom.models.kpis import kpis_of
from liveroom.models.money import Ledger
from liveroom.models.offers import Offer, OfferKind
from liveroom.models.rehearsal.score import commands_of
from liveroom.models.rehearsal.trial import Trial
from liveroom.models.show import Show
from liveroom.models.simulation.world import World
from tests.models.rehearsal.acting import MINUTES, SHORT, policy, small_show
from tests.models.simulation.playing import of

BUSY = """
[[before]]
verb = "order segments"
by = "margin"
keep = ["opening"]

[[rules]]
when = [{ after = 2 }]
[[rules.do]]
verb = "launch offer"
kind = "percentage"
title = "Now"
skus = ["on air", "CAIXA-360"]
percent = 20
minutes = 3

[[rules]]
when = [{ after = 5 }]
do = [{ verb = "take segment", segment = "notebook" }, { verb = "pin product", sku = "on air" }]

[[rules]]
when = [{ after = 7 }]
do = [{ verb = "shorten", segment = "on air", by = 9 }]
"""


def played(trial: Trial) -> list[e.Event]:
    return list(chain.from_iterable(trial.events()))


def test_same_policy_on_the_same_seed_is_the_same_show() -> None:
    def show(seed: int) -> list[e.Event]:
        return played(Trial(small_show(), seed, policy(BUSY), terms=SHORT))

    assert show(3) == show(3)
    assert show(3) != show(4)


def test_policy_is_worth_the_same_commands_given_by_hand() -> None:
    acted = Trial(small_show(), 1, policy(BUSY), terms=SHORT)
    by_policy = played(acted)
    by_hand = played(Trial(small_show(), 1, commands=commands_of(acted), terms=SHORT))
    assert by_policy == by_hand
    given = {type(decision.command).__name__ for decision in acted.decisions}
    assert given == {
        "MoveSegment",
        "LaunchOffer",
        "TakeSegment",
        "PinProduct",
        "ChangeSegmentDuration",
    }


def test_nobody_acting_changes_nothing_of_the_world() -> None:
    facts = [event for event in played(Trial(small_show(), 2, terms=SHORT)) if event.fact]
    assert facts == [
        event for event in played(Trial(small_show(), 2, terms=SHORT, counts=False)) if event.fact
    ]
    world = World(small_show(), 2)
    lived = [event for second in range(MINUTES * 60) for event in world.step(second)]
    assert facts == [event for event in [*lived, *world.close()] if event.fact]


def test_what_is_done_before_the_show_stands_right_behind_the_plan() -> None:
    prepared = BUSY[: BUSY.index("[[rules]]")]
    events = played(Trial(small_show(), 1, policy(prepared), terms=SHORT))
    plans = [at for at, event in enumerate(events) if isinstance(event, e.RunOfShowChanged)]
    first_cue = next(at for at, event in enumerate(events) if isinstance(event, e.SegmentStarted))
    assert max(plans) < first_cue
    before, after = events[plans[0]], events[plans[-1]]
    assert isinstance(before, e.RunOfShowChanged)
    assert isinstance(after, e.RunOfShowChanged)
    assert [each.segment_id for each in before.segments][:3] == ["opening", "fone", "watch"]
    assert [each.segment_id for each in after.segments][1:4] == ["watch", "caixa", "fone"]
    assert sorted(before.segments, key=str) == sorted(after.segments, key=str)


def test_every_command_is_recorded_and_confirmed_by_the_desk_at_its_second() -> None:
    offer = Offer(offer_id="now", kind=OfferKind.PERCENTAGE, title="Now", percent=10)
    commands = [(60, c.LaunchOffer(offer=offer)), (120, c.EndOffer(offer_id="now"))]
    scenario = small_show()
    trial = Trial(scenario, 1, commands=commands, terms=SHORT)
    ours = [event for event in played(trial) if event.source == DESK]
    assert [(type(event), (event.occurred_at - scenario.starts_at) // 1000) for event in ours] == [
        (e.CommandGiven, 60),
        (e.OfferStarted, 60),
        (e.CommandGiven, 120),
        (e.OfferEnded, 120),
    ]
    running = trial.show.levers.offers[0]
    assert running.ended_at == scenario.starts_at + 120_000


def test_refused_command_is_recorded_with_why_and_changes_nothing() -> None:
    commands = [(60, c.TakeSegment(segment_id="nowhere"))]
    trial = Trial(small_show(), 1, commands=commands, terms=SHORT)
    given = of(e.CommandGiven, played(trial))
    assert [event.refusal for event in given] == [
        "there is no segment 'nowhere' in the run of show"
    ]
    assert trial.decisions[0].refusal == given[0].refusal
    untouched = played(Trial(small_show(), 1, terms=SHORT))
    assert of(e.SegmentStarted, untouched) == of(e.SegmentStarted, played_again(commands))


def played_again(commands: list[tuple[int, c.Command]]) -> list[e.Event]:
    return played(Trial(small_show(), 1, commands=commands, terms=SHORT))


def test_command_of_somebody_else_reaches_the_world_and_is_not_recorded_again() -> None:
    trial = Trial(small_show(), 1, terms=SHORT)
    events: list[e.Event] = []
    for second in trial.events():
        events += second
        if trial.second == 100:
            trial.command(c.TakeSegment(segment_id="recap"))
    assert not of(e.CommandGiven, events)
    assert trial.show.run_of_show.cues[1].segment_id == "recap"
    late = [view.sku for view in of(e.ProductViewed, events)[-20:]]
    assert set(late) & {"FONE-P3", "WATCH-F2", "NOTE-A14", "TAB-11"}


def test_what_the_desk_knew_is_kept_with_each_decision() -> None:
    trial = Trial(small_show(0.2), 1, policy(BUSY, small_show()), terms=SHORT).run()
    launch = next(d for d in trial.decisions if isinstance(d.command, c.LaunchOffer))
    assert launch.knew["minute"] == 2
    assert launch.knew["on_air"] == "opening"
    take = next(d for d in trial.decisions if isinstance(d.command, c.TakeSegment))
    visits, audience = take.knew["visits"], take.knew["audience"]
    assert isinstance(visits, int)
    assert isinstance(audience, float)
    assert 0 < audience < visits


@pytest.mark.parametrize("minutes", [1, 2.5])
def test_minutes_end_the_show(minutes: float) -> None:
    trial = Trial(small_show(), 1, terms=type(SHORT)(minutes=minutes)).run()
    assert trial.second == minutes * 60
    assert trial.show.run_of_show.on_air is None


def test_show_that_is_counted_is_the_one_that_the_events_tell() -> None:
    trial = Trial(small_show(), 1, policy(BUSY), terms=SHORT)
    told = Show(Ledger(currency=trial.scenario.currency))
    told.apply_all(played(trial))
    assert told.levers == trial.show.levers
    assert told.run_of_show == trial.show.run_of_show
    assert kpis_of(told) == kpis_of(trial.show)
