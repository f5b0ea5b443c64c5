"""Contacts that viewers leave: unasked, for something free, or to get an offer for new people."""

from __future__ import annotations

import math

from liveroom.models import events as e
from liveroom.models.offers import ForWhom, OfferKind
from liveroom.models.simulation.audience import Audience
from liveroom.models.simulation.draws import KeyMaker, Streams
from liveroom.models.simulation.effects import Running, Setting
from liveroom.models.simulation.reporter import Reporter
from liveroom.models.simulation.scenarios.scenario import Scenario
from liveroom.models.simulation.spotlight import Spotlight

FORM = "form"
"""The label of contacts left unasked, in the form under the video."""


class Leads:
    """Nobody leaves a contact twice."""

    def __init__(
        self, scenario: Scenario, streams: Streams, reporter: Reporter, setting: Setting, seed: int
    ) -> None:
        """Take the offers that run."""
        self._model = scenario.leads
        self._streams, self._reporter, self._setting = streams, reporter, setting
        self._keys, self._named = KeyMaker(seed, "lead"), 0
        self._people: set[int] = set()

    def step(self, second: int, audience: Audience, spotlight: Spotlight) -> None:
        """Let viewers leave their contact for one second."""
        if self._model.form:
            self._capture(second, audience, None, self._model.form * spotlight.leads / 60, False)
        for running in self._setting.running:
            rate, only_new = self._rate(running), running.offer.for_whom is ForWhom.NEW
            if not rate:
                continue
            minutes = (second * 1000 - running.since_ms) / 60_000
            rate *= spotlight.leads * math.exp(-minutes / self._model.fading) / 60
            self._capture(second, audience, running, rate, only_new)

    def _rate(self, running: Running) -> float:
        if running.offer.kind is OfferKind.LEAD_MAGNET:
            return self._model.magnet
        return self._model.welcome if running.offer.for_whom is ForWhom.NEW else 0.0

    def _capture(
        self, second: int, audience: Audience, running: Running | None, rate: float, only_new: bool
    ) -> None:
        """Let contacts be left for an offer, or in the form."""
        draws = self._streams[f"leads {running.offer.offer_id}" if running else "leads of the form"]
        number = int(draws.poisson(rate * len(audience)))
        if not number:
            return
        places, moments, doubts = draws.random((3, number)).tolist()
        for row, visit in enumerate(audience.pick(places)):
            if running and not running.is_for(visit.returning):
                continue
            if only_new and visit.returning:
                continue
            # Of a crowd's visit the chance to meet somebody who has not done so yet shrinks.
            if visit.person in self._people or doubts[row] * visit.weight < visit.leads:
                continue
            visit.leads += 1
            person = visit.person
            if visit.weight == 1:
                self._people.add(person)
            else:
                self._named += 1
                person = self._keys.key(self._named)
            at_ms = second * 1000 + int(moments[row] * 1000)
            label = running.offer.title if running else FORM
            self._reporter.tell(e.LeadCaptured, "lead", at_ms, person=person, label=label)
