"""What viewers write: unprompted about what is on air, and for a reason of their own."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from liveroom.models.events import ChatPosted
from liveroom.models.simulation.audience import Visit
from liveroom.models.simulation.calendar import Calendar
from liveroom.models.simulation.chat.chat_topics import QUESTIONS, is_answered, rates
from liveroom.models.simulation.chat.chat_voices import Chances, Voices
from liveroom.models.simulation.draws import Streams
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.scenarios.crowd_models import ChatModel
from liveroom.models.simulation.scenarios.scenario import Product
from liveroom.models.simulation.scene import Scene
from liveroom.models.simulation.trouble.conditions import RAID


class Room(Protocol):
    """Who is there to write."""

    def __len__(self) -> int:
        """Return the number of people."""

    def pick(self, places: Sequence[float]) -> Sequence[Visit]:
        """Return the viewers at random places between 0 and 1."""


class _Reason:
    """Why somebody will write: an intent, about a product, what was asked and how often."""

    __slots__ = ("intent", "person", "product", "question", "times", "visit")

    def __init__(
        self, visit: Visit, intent: str, product: Product | None = None, number: int = 0
    ) -> None:
        """Take the visit, and which of the people it stands for this is."""
        self.visit, self.intent, self.product = visit, intent, product
        self.person = visit.person ^ number
        self.question = ""
        self.times = 0


class Chat:
    """The chat of a room; silent where it has no phrases."""

    def __init__(
        self,
        model: ChatModel,
        voices: Voices,
        reference_minor: float,
        streams: Streams,
        reporter: Reporter,
    ) -> None:
        """Take who can write in which language, and a usual price in minor units."""
        self._model, self._voices = model, voices
        self._reference_minor = reference_minor
        self._streams, self._reporter = streams, reporter
        self._due: Calendar[_Reason] = Calendar()
        self._waiting_for_link: set[Visit] = set()
        self._raiders: list[Visit] = []
        self._next_ms = 0

    def welcome(self, visits: Sequence[Visit]) -> None:
        """Let some of those who entered say hello soon."""
        if not visits:
            return
        model, greeting = self._model, list[_Reason]()
        chances = self._streams["greetings"].random(len(visits)).tolist()
        for visit, chance in zip(visits, chances, strict=True):
            is_raider = visit.channel.label == RAID
            if is_raider:
                self._raiders.append(visit)
            intent, share = (
                ("raid", model.raid_greetings) if is_raider else ("greeting", model.greetings)
            )
            for number in range(int(share * visit.weight + chance)):
                greeting.append(_Reason(visit, intent, None, number))
        delays = self._streams.delays("greeting delays", model.typing_time, len(greeting))
        for reason, delay in zip(greeting, delays, strict=True):
            self._due.put(reason.visit.joined_ms + delay, reason)

    def say(self, visit: Visit, intent: str, at_ms: int, product: Product | None = None) -> None:
        """Let a viewer with a reason write at an instant (ms of show), and keep asking for a link.

        Of those who cannot pay (`payment`) only a share says so.
        """
        if intent == "payment":
            if self._streams["cannot pay"].random() >= self._model.cannot_pay:
                return
        elif intent == "link":
            self._waiting_for_link.add(visit)
        self._due.put(max(at_ms, self._next_ms), _Reason(visit, intent, product))

    def answered(self, visit: Visit) -> None:
        """Let a viewer who waited for a payment link wait no more."""
        self._waiting_for_link.discard(visit)

    def step(self, second: int, room: Room, scene: Scene) -> None:
        """Let the room write in one second."""
        self._next_ms = (second + 1) * 1000
        if not self._voices:
            return
        self._write_what_is_due(second, scene)
        self._write_unprompted(second, room, scene)
        self._insult(second, scene)

    def _write_unprompted(self, second: int, room: Room, scene: Scene) -> None:
        draws = self._streams["chat"]
        by_intent = rates(self._model, scene, self._reference_minor)
        number = int(draws.poisson(sum(by_intent.values()) / 60 * len(room)))
        if not number:
            return
        until = np.cumsum(list(by_intent.values()))
        intents = list(by_intent)
        found = np.searchsorted(until, draws.random(number) * until[-1], side="right").tolist()
        places, whose, moments, again, patience = draws.random((5, number)).tolist()
        chances = Chances(draws, number)
        for row, visit in enumerate(room.pick(places)):
            intent = intents[min(found[row], len(intents) - 1)]
            reason = _Reason(visit, intent, None, int(whose[row] * visit.weight))
            at_ms = second * 1000 + int(moments[row] * 1000)
            self._write(reason, at_ms, scene, chances)
            if reason.question and again[row] < self._model.asks_again:
                self._ask_again(reason, at_ms, patience[row])

    def _write_what_is_due(self, second: int, scene: Scene) -> None:
        due = [each for each in self._due.take(second) if self._still_wants(each[1], scene)]
        if not due:
            return
        draws = self._streams["reasons"]
        patience = draws.random(len(due)).tolist()
        chances = Chances(draws, len(due))
        for (at_ms, reason), chance in zip(due, patience, strict=True):
            self._write(reason, at_ms, scene, chances)
            if reason.intent == "link" or 0 < reason.times < self._model.asks_times:
                self._ask_again(reason, at_ms, chance)

    def _still_wants(self, reason: _Reason, scene: Scene) -> bool:
        """Return whether somebody who would write still has the reason, and is there to write."""
        if reason.intent == "link":
            # Whoever waits for a link may have left the room: the chat is on the telephone too.
            return reason.visit in self._waiting_for_link
        if not reason.visit.present and reason.intent != "payment":
            return False
        if not reason.times:
            return True
        gone = reason.product is not None and reason.product not in scene.products
        return not gone and not is_answered(reason.intent, scene)

    def _ask_again(self, reason: _Reason, at_ms: int, chance: float) -> None:
        reason.times += 1
        model = self._model
        patience = model.link_patience if reason.intent == "link" else model.patience
        wait_ms = 5000 - math.log(1 - chance) * 1000 * max(patience - 5, 0)
        self._due.put(at_ms + int(wait_ms), reason)

    def _insult(self, second: int, scene: Scene) -> None:
        if not self._raiders:
            return
        self._raiders = [visit for visit in self._raiders if visit.present]
        draws = self._streams["trolls"]
        people = sum(visit.weight for visit in self._raiders)
        number = int(draws.poisson(self._model.raid_trolls / 60 * people))
        if not number:
            return
        places, moments = draws.random((2, number)).tolist()
        chances = Chances(draws, number)
        for place, moment in zip(places, moments, strict=True):
            visit = self._raiders[int(place * len(self._raiders))]
            at_ms = second * 1000 + int(moment * 1000)
            self._write(_Reason(visit, "troll"), at_ms, scene, chances)

    def _write(self, reason: _Reason, at_ms: int, scene: Scene, chances: Chances) -> None:
        """Post one message; remember what was asked, to be able to ask it again."""
        person = reason.person
        if reason.intent == "sold_out":
            reason.product = scene.sold_out
        told = self._voices.message(
            person, reason.intent, reason.product, reason.question, scene, chances.next()
        )
        if not told.text:
            return
        if reason.intent in QUESTIONS or reason.intent == "link":
            reason.question = reason.question or told.text
            reason.product = told.product
        self._reporter.tell(ChatPosted, "chat", at_ms, person=person, text=told.text)
