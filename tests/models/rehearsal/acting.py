"""Small shows to act in, and what is counted of events that a test writes itself."""

from collections.abc import Iterable
from typing import Any

from msgspec.structs import replace

from liveroom.models import events as e
from liveroom.models.rehearsal.policies.policy import Policy
from liveroom.models.rehearsal.policies.policy_file import parse_policy
from liveroom.models.rehearsal.trial import Terms, Trial
from liveroom.models.simulation.scenarios.scenario import Scenario
from tests.models.simulation.playing import first_show, with_audience

MINUTES = 12
SHORT = Terms(minutes=MINUTES)


def small_show(scale: float = 0.05) -> Scenario:
    return with_audience(first_show(), scale=scale)


def policy(text: str, scenario: Scenario | None = None) -> Policy:
    return parse_policy('title = "tried"\n' + text, "tried.toml", scenario or small_show())


def happened(kind: type[e.Event], minute: float, number: int = 1, **fields: Any) -> e.Event:
    """Return a fact of a minute of the show; `number` tells it from others of that minute."""
    at = first_show().starts_at + round(minute * 60_000)
    return kind(
        occurred_at=at,
        received_at=at,
        source="test",
        source_id=f"{kind.__name__}:{minute}:{number}",
        **fields,
    )


def trial_of(events: Iterable[e.Event], minutes: float = 60.0) -> Trial:
    """Return a show that is over, of which nothing but these events is known."""
    trial = Trial(first_show(), 1)
    told = list(events)
    trial.show.apply_all(told)
    trial.witness.see(told)
    trial.second = round(minutes * 60)
    return trial


def without_names(events: Iterable[e.Event]) -> list[e.Event]:
    return [replace(event, source_id="") for event in events]
