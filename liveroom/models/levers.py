"""What the producer has set: offers that run, the pinned card, the way of presenting, ad money.

In any order of arrival the same: what was set last by its time holds (of two at one instant the one that
arrived later), an offer starts at its first start and ends at its first end.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from liveroom.models import events as e
from liveroom.models.facts import DESK, Presentation, Trouble
from liveroom.models.offers import Offer

LEVER_EVENTS: tuple[type[e.Event], ...] = (
    e.OfferStarted,
    e.OfferEnded,
    e.ProductPinned,
    e.PresentationChanged,
    e.PaymentLinkSent,
    e.PaymentLinksAutomated,
    e.ReminderSent,
    e.AdBudgetSet,
    e.StockReserved,
    e.StockIntegrated,
    e.TroubleStarted,
    e.CommandGiven,
)


class RunningOffer(Struct, frozen=True, kw_only=True):
    """An offer and since when it runs (ms UTC); `ended_at` where it was ended before its time."""

    offer: Offer
    started_at: int
    ends_at: int | None = None
    ended_at: int | None = None
    reason: str = ""

    def runs(self, at: int) -> bool:
        """Return whether it can be taken at an instant (ms UTC)."""
        ends = [end for end in (self.ended_at, self.ends_at) if end is not None]
        return self.started_at <= at and (not ends or at < min(ends))


class RunningTrouble(Struct, frozen=True, kw_only=True):
    """What goes wrong, since when and until when (ms UTC)."""

    trouble: Trouble
    started_at: int
    ends_at: int
    subject: str = ""
    text: str = ""


class Move(Struct, frozen=True, kw_only=True, array_like=True):
    """That a lever was set at an instant (ms UTC), or that something was `done` that has no state."""

    at: int
    name: str
    """As in `Levers.set_at`."""
    value: bool | int | str | None = None
    done: bool = False


class Levers(Struct, frozen=True, kw_only=True):
    """Everything set so far; offers and troubles of the whole show, in order of their start."""

    offers: tuple[RunningOffer, ...] = ()
    troubles: tuple[RunningTrouble, ...] = ()
    pinned: str = ""
    style: Presentation = Presentation.TALK
    payment_links_automatic: bool = False
    ad_spend_per_minute_minor: int | None = None
    reserved: Mapping[str, int] = {}
    stock_integrated: bool | None = None
    refusal: str = ""
    """Why the newest command that was refused was not carried out."""
    refused: str = ""
    """The kind of command that was."""
    set_at: Mapping[str, int] = {}
    """When (ms UTC) each of these was set last, by its name; of reserved stock by name and sku.

    Also when the producer last sent a link (`link` and sku) and a reminder (`reminder` and to whom).
    """
    ends: Mapping[str, tuple[int, str]] = {}
    """When and why offers ended before their time; an end may arrive before its start does."""
    moves: tuple[Move, ...] = ()
    """All that was set, in order of time: how the levers stood at an earlier moment."""

    def offer(self, offer_id: str) -> RunningOffer | None:
        """Return an offer by its id."""
        return next((each for each in self.offers if each.offer.offer_id == offer_id), None)

    def running(self, at: int) -> tuple[RunningOffer, ...]:
        """Return the offers that can be taken at an instant (ms UTC)."""
        return tuple(each for each in self.offers if each.runs(at))

    def after(self, event: e.Event) -> Levers:
        """Return the levers once an event is known; the same object where it changes none."""
        at = event.occurred_at
        match event:
            case e.OfferStarted():
                return self._started(event)
            case e.OfferEnded():
                return self._ended(event)
            case e.TroubleStarted():
                trouble = RunningTrouble(
                    trouble=event.trouble,
                    started_at=at,
                    ends_at=event.ends_at,
                    subject=event.subject,
                    text=event.text,
                )
                return replace(self, troubles=_in_order(*self.troubles, trouble))
            case e.ProductPinned(sku=sku):
                return self._set("pinned", sku, at)
            case e.PresentationChanged(style=style):
                return self._set("style", style, at)
            case e.PaymentLinksAutomated(on=on):
                return self._set("payment_links_automatic", on, at)
            case e.AdBudgetSet(per_minute_minor=per_minute_minor):
                return self._set("ad_spend_per_minute_minor", per_minute_minor, at)
            case e.StockReserved(sku=sku, units=units):
                return self._set("reserved", units, at, sku)
            case e.StockIntegrated(on=on):
                return self._set("stock_integrated", on, at)
            case e.PaymentLinkSent(sku=sku, source=source) if source == DESK:
                # The shop reports the links that its operators send by hand, too.
                return self._done(f"link {sku}", at)
            case e.ReminderSent(to=to):
                return self._done(f"reminder {to}", at)
            case e.CommandGiven(refusal=refusal, command=command) if refusal:
                return self._set("refusal", refusal, at)._set("refused", command, at)
        return self

    def as_of(self, at: int) -> Levers:
        """Return how the levers stood at an instant (ms UTC)."""
        then = Levers(
            offers=tuple(
                each
                if each.ended_at is None or each.ended_at <= at
                else replace(each, ended_at=None, reason="")
                for each in self.offers
                if each.started_at <= at
            ),
            troubles=tuple(each for each in self.troubles if each.started_at <= at),
            ends={offer_id: end for offer_id, end in self.ends.items() if end[0] <= at},
        )
        for move in self.moves:
            if move.at <= at:
                then = then._moved(move)
        return then

    def _done(self, name: str, at: int) -> Levers:
        return self._moved(Move(at=at, name=name, done=True))

    def _set(self, lever: str, value: bool | int | str, at: int, sku: str | None = None) -> Levers:
        return self._moved(
            Move(at=at, name=lever if sku is None else f"{lever} {sku}", value=value)
        )

    def _moved(self, move: Move) -> Levers:
        # Of one lever and instant, what arrived later is behind.
        place = bisect_right(self.moves, (move.at, move.name), key=lambda m: (m.at, m.name))
        moves = (*self.moves[:place], move, *self.moves[place:])
        if move.at < self.set_at.get(move.name, move.at):
            return replace(self, moves=moves)
        set_at = {**self.set_at, move.name: move.at}
        if move.done:
            return replace(self, set_at=set_at, moves=moves)
        lever, _, sku = move.name.partition(" ")
        value: Any = move.value
        if lever == "reserved":
            value = {**self.reserved, sku: value}
        elif lever == "style":
            value = Presentation(value)
        return replace(self, set_at=set_at, moves=moves, **{lever: value})

    def _started(self, event: e.OfferStarted) -> Levers:
        known = self.offer(event.offer.offer_id)
        if known is not None and known.started_at <= event.occurred_at:
            return self
        others = tuple(each for each in self.offers if each is not known)
        ended_at, reason = self.ends.get(event.offer.offer_id, (None, ""))
        started = RunningOffer(
            offer=event.offer,
            started_at=event.occurred_at,
            ends_at=event.ends_at,
            ended_at=ended_at,
            reason=reason,
        )
        in_order = sorted(
            (*others, started), key=lambda each: (each.started_at, each.offer.offer_id)
        )
        return replace(self, offers=tuple(in_order))

    def _ended(self, event: e.OfferEnded) -> Levers:
        known = self.ends.get(event.offer_id)
        if known is not None and known[0] <= event.occurred_at:
            return self
        end = (event.occurred_at, event.reason)
        offers = tuple(
            replace(each, ended_at=end[0], reason=end[1])
            if each.offer.offer_id == event.offer_id
            else each
            for each in self.offers
        )
        return replace(self, offers=offers, ends={**self.ends, event.offer_id: end})


def _in_order(*troubles: RunningTrouble) -> tuple[RunningTrouble, ...]:
    return tuple(
        sorted(
            troubles, key=lambda each: (each.started_at, each.trouble, each.subject, each.ends_at)
        )
    )
