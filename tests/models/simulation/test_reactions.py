"""How often a room likes, shares and follows."""

from __future__ import annotations

from liveroom.models.events import Reacted
from liveroom.models.simulation.draws import Streams
from liveroom.models.simulation.reactions import LABELS, Reactions, engagement
from liveroom.models.simulation.scene import NOTHING, Scene
from tests.factory import SHOW_START
from tests.models.simulation.crowds import reporter
from tests.models.simulation.trouble_models import reaction_model


def reacted(seconds: int, scene: Scene, seed: int = 1, viewers: int = 2000) -> list[Reacted]:
    streams, told = Streams(seed), reporter()
    reactions = Reactions(reaction_model(), streams, told)
    for second in range(seconds):
        streams.at(second)
        reactions.step(second, viewers, scene)
    reactions.report(seconds * 1000)
    return [event for event in told.take() if isinstance(event, Reacted)]


def total(events: list[Reacted], label: str) -> int:
    return sum(event.count for event in events if event.label == label)


def test_reactions_come_at_the_rates_of_the_scenario() -> None:
    events, model = reacted(1200, NOTHING), reaction_model()
    rates = (model.likes, model.shares, model.follows)
    for label, rate in zip(LABELS, rates, strict=True):
        expected = 2000 * 20 * rate
        assert abs(total(events, label) - expected) < 4 * expected**0.5


def test_reactions_are_reported_as_counts_every_five_seconds_and_at_the_end() -> None:
    events = [event for event in reacted(63, NOTHING) if event.label == "like"]
    after_ms = [event.occurred_at - SHOW_START for event in events]
    assert after_ms == [*range(4999, 60_000, 5000), 63_000]


def test_same_seed_reacts_the_same_and_another_differently() -> None:
    assert reacted(60, NOTHING, seed=2) == reacted(60, NOTHING, seed=2)
    assert reacted(60, NOTHING, seed=2) != reacted(60, NOTHING, seed=3)


def test_a_demonstration_and_an_offer_just_launched_engage_more_and_a_stale_segment_less() -> None:
    model = reaction_model()
    usual = engagement(model, NOTHING)
    assert engagement(model, Scene(engagement=1.5)) == 1.5 * usual
    assert engagement(model, Scene(offer_age=0.0)) == (1 + model.offer) * usual
    assert engagement(model, Scene(offer_age=600.0)) == usual
    assert engagement(model, Scene(novelty=0.5)) < usual


def test_nobody_likes_a_frozen_picture_or_an_empty_room() -> None:
    assert reacted(30, Scene(picture_is_frozen=True)) == []
    assert reacted(30, NOTHING, viewers=0) == []
