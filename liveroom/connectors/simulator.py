"""A show to rehearse on: a simulated audience and shop, offline and repeatable."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from liveroom.connectors.base import Link, PlayedConnector, Progress
from liveroom.errors import KnownError
from liveroom.models.commands import (
    ChangeSegmentDuration,
    Command,
    RenameSegment,
    TakeSegment,
)
from liveroom.models.events import Event
from liveroom.models.facts import Fact
from liveroom.models.simulation.scenario import Scenario
from liveroom.models.simulation.scenario_file import parse_scenario
from liveroom.models.simulation.world import World
from liveroom.paths import resource

SOURCE = "simulator"


class SimulatorConnector(PlayedConnector):
    """A scenario and a seed, played as if they were platforms; every restart is the same show."""

    name = "simulator"
    title = "Simulator"
    provides = tuple(Fact)
    accepts: ClassVar[tuple[type[Command], ...]] = (
        TakeSegment,
        RenameSegment,
        ChangeSegmentDuration,
    )
    mode: ClassVar[str] = "simulated"

    def __init__(
        self,
        scenario: Scenario,
        seed: int = 1,
        minutes: float | None = None,
        start_ms: int | None = None,
        script: Sequence[tuple[int, Command]] = (),
    ) -> None:
        """Take what to play; `minutes` ends the show then, `script` gives commands at ms UTC."""
        super().__init__(SOURCE)
        if seed < 0:
            raise KnownError(f"seed is {seed}; allowed: 0 and above")
        if minutes is not None and not minutes > 0:
            raise KnownError(f"minutes is {minutes}; allowed: above 0")
        self.scenario = scenario
        self.seed = seed
        self.show_title = scenario.title
        self.currency = scenario.currency
        self.timezone = scenario.timezone
        self.start_ms = scenario.starts_at if start_ms is None else start_ms
        self._seconds = None if minutes is None else round(minutes * 60)
        self._script = tuple(script)

    def events(self, link: Link) -> Iterator[Event]:
        """Yield the show second by second; commands hold from the second after they came in."""
        world = World(self.scenario, self.seed, self.start_ms, self.source)
        for at_ms, command in self._script:
            world.command(command, at_ms)
        for second in count():
            for command in self.commands():
                world.command(command, self.start_ms + second * 1000)
            if self._ends(world, second):
                break
            yield from world.step(second)
            planned = self._seconds or round(world.planned_seconds)
            self.progress = Progress("rehearsing", second + 1, max(planned, second + 1))
        yield from world.close()

    def _ends(self, world: World, second: int) -> bool:
        return world.is_over(second) if self._seconds is None else second >= self._seconds


def open_simulator(
    seed: int = 1,
    minutes: float | None = None,
    scenario: str = "first_show",
    start_ms: int | None = None,
) -> SimulatorConnector:
    """Return the simulator of a shipped scenario, or of a scenario file by its path."""
    return SimulatorConnector(read_scenario(scenario), seed, minutes, start_ms)


def read_scenario(name: str) -> Scenario:
    """Return a shipped scenario by name, or one from a file whose path ends in .toml."""
    path = _path(name)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise KnownError(f"{path} does not exist; please check the path") from None
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError(f"{path} cannot be read: {error}") from None
    scenario = parse_scenario(text, path.name)
    try:
        ZoneInfo(scenario.timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        allowed = "a name of the time zone database such as America/Sao_Paulo"
        message = f"{path.name}: timezone is {scenario.timezone!r}; allowed: {allowed}"
        raise KnownError(message) from None
    return scenario


def _path(name: str) -> Path:
    if name.endswith(".toml"):
        return Path(name)
    if re.fullmatch(r"\w+", name):
        try:
            return resource("scenarios", f"{name}.toml")
        except FileNotFoundError:
            pass
    shipped = ", ".join(sorted(path.stem for path in resource("scenarios").glob("*.toml")))
    raise KnownError(f"scenario {name!r} is unknown; shipped: {shipped}; or give a .toml file")
