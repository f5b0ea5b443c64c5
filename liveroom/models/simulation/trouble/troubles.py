"""What goes wrong on the set and in the shop: caused by an instructor, or by chance at a level."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum

from liveroom.models.commands import CauseTrouble
from liveroom.models.events import TroubleStarted
from liveroom.models.facts import EntryChannel, Trouble
from liveroom.models.simulation.draws import Streams
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.scenarios.crowd_models import TroubleModel
from liveroom.models.simulation.scenarios.scenario import Channel
from liveroom.models.simulation.trouble.conditions import RAID, Conditions

SOURCE_TROUBLES = (
    Trouble.SILENCE,
    Trouble.DELAY,
    Trouble.REPEATS,
    Trouble.RESTART,
    Trouble.WRONG_CLOCK,
)
"""Troubles that change what the desk learns, and nothing in the world (see `faults.py`)."""


class Level(StrEnum):
    """How much goes wrong by itself."""

    NONE = "none"
    SOME = "some"
    MUCH = "much"


class _Running:
    """A trouble of the world and its time (ms of show)."""

    __slots__ = ("began_ms", "entered", "from_ms", "size", "subject", "trouble", "until_ms")

    def __init__(self, trouble: Trouble, from_ms: int, until_ms: int, subject: str) -> None:
        self.trouble, self.from_ms, self.until_ms = trouble, from_ms, until_ms
        self.subject = subject
        self.began_ms: int | None = None
        """The second in which it was first felt."""
        self.size: float | None = None
        self.entered = 0


class Troubles:
    """Sets the conditions of every second from the troubles that run in it."""

    def __init__(
        self,
        model: TroubleModel,
        starts_at: int,
        streams: Streams,
        reporter: Reporter,
        sources: Sequence[str],
        level: Level | str = Level.NONE,
    ) -> None:
        """Take the show's start (ms UTC), the sources, and how much goes wrong by itself."""
        self._model, self._starts_at = model, starts_at
        self._streams, self._reporter = streams, reporter
        self._sources = tuple(sources)
        often = {Level.NONE: 0.0, Level.SOME: 1.0, Level.MUCH: self._model.much}[Level(level)]
        self._kinds = _kinds(self._model)
        self._chances = [often * rate / 3600 for _, rate, _ in self._kinds]
        self._running: list[_Running] = []

    def cause(self, command: CauseTrouble, at_ms: int) -> None:
        """Let the instructor's trouble run from an instant on (ms of show); the desk recorded it."""
        if command.trouble not in SOURCE_TROUBLES:
            until_ms = at_ms + round(command.minutes * 60_000)
            self._running.append(_Running(command.trouble, at_ms, until_ms, command.subject))

    def step(
        self,
        second: int,
        conditions: Conditions,
        viewers: int,
        on_air: Sequence[str],
        in_stock: Sequence[str],
    ) -> None:
        """Say what is wrong in this second; `on_air` and `in_stock` are skus."""
        conditions.clear()
        if any(self._chances):
            self._draw(second, on_air, in_stock)
        at_ms = second * 1000
        self._running = [each for each in self._running if at_ms < each.until_ms]
        for each in self._running:
            if each.from_ms < at_ms + 1000:
                self._set(each, at_ms, conditions, viewers, on_air, in_stock)

    def _draw(self, second: int, on_air: Sequence[str], in_stock: Sequence[str]) -> None:
        """Let new troubles begin by chance; the same draws are made whatever the producer does."""
        drawn = self._streams["troubles"].random((3, len(self._kinds))).tolist()
        for place, (trouble, _, minutes) in enumerate(self._kinds):
            if drawn[0][place] >= self._chances[place] or self._runs(trouble):
                continue
            from_ms = second * 1000
            until_ms = from_ms + round(minutes * 60_000 * (0.5 + drawn[1][place]))
            subject = self._subject(trouble, drawn[2][place], on_air, in_stock)
            if subject is None:
                continue
            self._running.append(_Running(trouble, from_ms, until_ms, subject))
            self._reporter.tell(
                TroubleStarted,
                "trouble",
                from_ms,
                trouble=trouble,
                ends_at=self._starts_at + until_ms,
                subject=subject,
                text=f"{trouble}: {subject}" if subject else str(trouble),
            )

    def _subject(
        self, trouble: Trouble, chance: float, on_air: Sequence[str], in_stock: Sequence[str]
    ) -> str | None:
        """Return what a trouble of chance hits; None where there is nothing left to hit."""
        if trouble in SOURCE_TROUBLES:
            return self._sources[int(chance * len(self._sources))]
        return _sold_out(chance, on_air, in_stock) if trouble is Trouble.SOLD_OUT else ""

    def _runs(self, trouble: Trouble) -> bool:
        return any(each.trouble is trouble for each in self._running)

    def _set(
        self,
        running: _Running,
        at_ms: int,
        conditions: Conditions,
        viewers: int,
        on_air: Sequence[str],
        in_stock: Sequence[str],
    ) -> None:
        model = self._model
        if running.began_ms is None:
            running.began_ms = at_ms
        age_ms = at_ms - running.began_ms
        match running.trouble:
            case Trouble.CHECKOUT_FAILS:
                conditions.payments_failing = model.payments_failing
            case Trouble.OVERRUN:
                conditions.cue_is_held = True
            case Trouble.COLLAPSE:
                conditions.picture_is_frozen = True
                conditions.arrivals *= model.collapse_arrivals
                if age_ms < model.collapse_walkout * 1000:
                    stays = max(1 - model.collapse_share, 1e-6)
                    conditions.walkout += -math.log(stays) / model.collapse_walkout
            case Trouble.RAID:
                conditions.raiders += self._raiders(running, age_ms, viewers)
            case Trouble.SOLD_OUT if running.size is None:
                running.size = 0.0
                chance = float(self._streams["sold elsewhere"].random())
                sku = running.subject or _sold_out(chance, on_air, in_stock)
                if sku:
                    conditions.sold_elsewhere += (sku,)

    def _raiders(self, running: _Running, age_ms: int, viewers: int) -> int:
        """Return how many of a raid enter in this second; its size is settled when it begins."""
        model = self._model
        if running.size is None:
            running.size = max(model.raid_smallest, model.raid_size * viewers)
        share = min((age_ms / 1000 + 1) / model.raid_entry, 1.0)
        entering = round(running.size * share) - running.entered
        running.entered += entering
        return entering


def raid_channel(model: TroubleModel) -> Channel:
    """Return the channel through which a raid comes."""
    return Channel(
        channel=EntryChannel.ORGANIC,
        label=RAID,
        share=0.0,
        bounce=model.raid_bounce,
        keenness=model.raid_keenness,
    )


def _kinds(model: TroubleModel) -> list[tuple[Trouble, float, float]]:
    """Return every trouble with its rate per hour and its mean time in minutes."""
    return [
        (Trouble.SILENCE, model.silence_rate, model.silence_time),
        (Trouble.DELAY, model.delay_rate, model.delay_time),
        (Trouble.REPEATS, model.repeats_rate, model.repeats_time),
        (Trouble.RESTART, model.restart_rate, model.restart_time),
        (Trouble.WRONG_CLOCK, model.wrong_clock_rate, model.wrong_clock_time),
        (Trouble.CHECKOUT_FAILS, model.checkout_fails_rate, model.checkout_fails_time),
        (Trouble.OVERRUN, model.overrun_rate, model.overrun_time),
        (Trouble.SOLD_OUT, model.sold_out_rate, 1 / 60),
        (Trouble.COLLAPSE, model.collapse_rate, model.collapse_time),
        (Trouble.RAID, model.raid_rate, model.raid_time),
    ]


def _sold_out(chance: float, on_air: Sequence[str], in_stock: Sequence[str]) -> str | None:
    """Return what another channel sells the last unit of; None where there is nothing left."""
    shown = [sku for sku in on_air if sku in in_stock] or list(in_stock)
    return shown[int(chance * len(shown))] if shown else None
