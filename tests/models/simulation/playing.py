"""Shows to test with: the shipped one, shorter or with other parameters, and what they yield."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from msgspec.structs import replace

from liveroom.models.commands import Command
from liveroom.models.events import Event
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.simulation.scenarios.scenario_file import parse_scenario
from liveroom.models.simulation.world import World
from liveroom.paths import resource
from liveroom.phrases import read_phrases


@cache
def scenario_text() -> str:
    return resource("scenarios", "first_show.toml").read_text(encoding="utf-8")


@cache
def defaults_text() -> str:
    return resource("scenarios", "defaults.toml").read_text(encoding="utf-8")


@cache
def first_show() -> Scenario:
    scenario = parse_scenario(scenario_text(), "first_show.toml", defaults_text())
    return replace(scenario, phrases=read_phrases(scenario.languages))


def with_audience(scenario: Scenario, **changes: Any) -> Scenario:
    return replace(scenario, audience=replace(scenario.audience, **changes))


def with_stock(scenario: Scenario, units: int) -> Scenario:
    products = tuple(replace(product, stock=units) for product in scenario.products)
    return replace(scenario, products=products)


def quick(scenario: Scenario) -> Scenario:
    """Return the scenario with many buyers who make up their minds in seconds."""
    delays = {
        "click_delay": 2,
        "cart_delay": 5,
        "checkout_delay": 8,
        "removal_delay": 20,
        "cancellation_delay": 0.5,
    }
    chances = {"cart": 0.6, "checkout": 0.9, "cancelled": 0.3, "second_unit": 0.3, "removed": 0.5}
    funnel = replace(scenario.funnel, **delays, **chances)
    payments = tuple(replace(each, delay=8.0) for each in scenario.payments)
    return replace(scenario, funnel=funnel, payments=payments)


def play(
    scenario: Scenario,
    seed: int,
    seconds: int | None = None,
    commands: Iterable[tuple[int, Command]] = (),
) -> tuple[World, list[Event]]:
    """Return the world after the show and all its events; commands come with their second."""
    world = World(scenario, seed)
    for second, command in commands:
        world.command(command, scenario.starts_at + second * 1000)
    events: list[Event] = []
    second = 0
    while not (world.is_over(second) if seconds is None else second >= seconds):
        events += world.step(second)
        second += 1
    return world, events + world.close()


def of(kind: type[Event], events: Iterable[Event]) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]
