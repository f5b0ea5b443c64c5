"""Reminders: who can be written to, who comes because of it, and when."""

from __future__ import annotations

from liveroom.models.facts import EntryChannel, Recipients
from liveroom.models.simulation.arrivals import Arrivals
from liveroom.models.simulation.audience import Audience, Visit
from liveroom.models.simulation.buying import Buying
from liveroom.models.simulation.calendar import Calendar
from liveroom.models.simulation.draws import Streams
from liveroom.models.simulation.people import KnownPeople
from liveroom.models.simulation.scenarios.scenario import Channel, Scenario
from liveroom.models.simulation.shopper import Shopper

_Reader = tuple[Recipients, Shopper | None]
"""Of which list somebody is, and the cart that was left."""


class Messages:
    """Three lists, each of which is used up: a second message to the same people brings less."""

    def __init__(
        self,
        scenario: Scenario,
        streams: Streams,
        arrivals: Arrivals,
        buying: Buying,
        known: KnownPeople,
    ) -> None:
        """Take the customers of the scenario and the people of earlier shows."""
        self._model, self._streams = scenario.messages, streams
        self._arrivals, self._buying = arrivals, buying
        self._participants = list(dict.fromkeys((*known.participants, *known.leads)))
        self._customers = round(scenario.messages.customers * scenario.audience.scale)
        self._customers += len(known.customers)
        self._known = len(self._participants)
        self._written = dict.fromkeys(Recipients, 0)
        self._came = dict.fromkeys(Recipients, 0)
        self._due: Calendar[_Reader] = Calendar()
        self._channel = _channel(scenario)

    def send(self, to: Recipients, at_ms: int, audience: Audience) -> None:
        """Write to a list."""
        if to is Recipients.CARTS:
            self._write_to_carts(at_ms)
            return
        model = self._model
        share = model.participants_response
        size = round(audience.departures * model.reach) + self._known
        if to is Recipients.CUSTOMERS:
            share, size = model.customers_response, self._customers
        fresh = max(0, size - self._written[to])
        again = max(0, self._written[to] - self._came[to])
        self._written[to] += fresh
        draws = self._streams[f"readers {to}"]
        number = int(draws.binomial(fresh, share)) + int(
            draws.binomial(again, share * model.repeated)
        )
        self._came[to] += number
        for delay in self._streams.delays(f"reading {to}", model.delay * 60, number):
            self._due.put(at_ms + delay, (to, None))

    def step(self, second: int, audience: Audience) -> list[Visit]:
        """Return the visits of those who come now, carts in hand."""
        due = self._due.take(second)
        if not due:
            return []
        visits = []
        chances = self._streams["called back"].random((len(due), 3)).tolist()
        for row, (at_ms, (to, shopper)) in enumerate(due):
            place, buys, bounces = chances[row]
            if shopper is None:
                visit = self._visit(at_ms, row, to, audience, place)
            else:
                came = self._return(at_ms, row, shopper, buys)
                if came is None:
                    continue
                visit = came
            visit.stays = shopper is not None or bounces >= self._channel.bounce
            visits.append(visit)
        return visits

    def _write_to_carts(self, at_ms: int) -> None:
        model, draws = self._model, self._streams["reminded"]
        for shopper in list(self._buying.carts.values()):
            if shopper.checking_out:
                continue
            share = model.reach * model.carts_response * model.repeated**shopper.reminded
            shopper.reminded += 1
            if draws.random() < share:
                (delay,) = self._streams.delays("reading carts", model.delay * 60, 1)
                self._due.put(at_ms + delay, (Recipients.CARTS, shopper))

    def _return(self, at_ms: int, row: int, shopper: Shopper, buys: float) -> Visit | None:
        """Bring somebody back to a cart; who is in the room needs no new visit."""
        if not shopper.has_cart or shopper.checking_out:
            return None
        shopper.last_touch = self._channel
        visit = None
        if not shopper.visit.present:
            visit = self._arrivals.called(
                at_ms, row, self._channel, shopper.person, shopper.returning
            )
            visit.shoppers.append(shopper)
            shopper.visit = visit
        if buys < self._model.cart_checkout:
            self._buying.resume(shopper, at_ms + 1000)
        return visit

    def _visit(
        self, at_ms: int, row: int, to: Recipients, audience: Audience, place: float
    ) -> Visit:
        person: int | None = None
        returning = to is Recipients.CUSTOMERS
        if returning:
            person = self._arrivals.take_customer(place)
        elif self._participants:
            person = self._participants.pop(int(place * len(self._participants)))
        elif audience.been_here:
            person, returning = audience.been_here.pop(int(place * len(audience.been_here)))
        return self._arrivals.called(at_ms, row, self._channel, person, returning)


def _channel(scenario: Scenario) -> Channel:
    """Return the direct channel by which people who were written to come in."""
    direct = [each for each in scenario.channels if each.channel is EntryChannel.DIRECT]
    if direct:
        return max(direct, key=lambda each: each.share)
    return Channel(
        channel=EntryChannel.DIRECT, label="Message", share=0.0, bounce=0.0, keenness=1.0
    )
