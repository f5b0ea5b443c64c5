"""Decisions and what they were worth, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from liveroom.models import commands as c
from liveroom.models.score_card import DecisionWorth, ScoreCard
from liveroom.ui import format as fmt

HARDLY = 0.002
"""A smaller part of the show's money than this may be chance: called no difference."""


class Verdict(NamedTuple):
    """A mark, its tone and the word beside it."""

    glyph: str
    tone: str
    word: str


BETTER = Verdict("up", "good", "better")
WORSE = Verdict("down", "bad", "worse")
SAME = Verdict("skipped", "text_3", "no difference")


class Names(NamedTuple):
    """What skus, segments and offers are called."""

    products: Mapping[str, str]
    segments: Mapping[str, str]
    offers: Mapping[str, str]
    currency: str | None

    def product(self, sku: str) -> str:
        """Return a product's name."""
        return self.products.get(sku) or sku

    def segment(self, segment_id: str) -> str:
        """Return a segment's title."""
        return self.segments.get(segment_id) or segment_id


def names_of(card: ScoreCard) -> Names:
    """Return the names that a score's decisions use."""
    commands = [one for each in card.decisions for one in (each.command, *each.also)]
    offers = {
        one.offer.offer_id: one.offer.title for one in commands if isinstance(one, c.LaunchOffer)
    }
    return Names(dict(card.product_names), dict(card.segment_titles), offers, card.currency)


def verdict(minor: int, whole_minor: int) -> Verdict:
    """Return whether an amount is a gain, a loss or too little to tell."""
    if abs(minor) <= abs(whole_minor) * HARDLY:
        return SAME
    return BETTER if minor > 0 else WORSE


def signed(minor: int, currency: str | None) -> str:
    """Return an amount with its sign and without its currency."""
    text = fmt.amount(abs(minor), currency)
    return "0" if not minor else f"{'+' if minor > 0 else fmt.MINUS}{text}"


def signed_count(value: float) -> str:
    """Return a rounded number with its sign."""
    whole = round(value)
    return f"+{fmt.count(whole)}" if whole > 0 else fmt.count(whole)


def decision_words(decision: DecisionWorth, names: Names) -> str:
    """Return what was decided at a moment."""
    commands = (decision.command, *decision.also)
    return "; ".join(command_words(one, names) for one in commands)


def command_words(command: c.Command, names: Names) -> str:
    """Return a command in the past tense, as it is told afterwards."""
    match command:
        case c.TakeSegment(segment_id=segment):
            return f"Took {names.segment(segment)}"
        case c.ChangeSegmentDuration(segment_id=segment, duration_ms=length):
            return f"{names.segment(segment)}: length {fmt.duration(length)}"
        case c.MoveSegment(segment_id=segment, before=""):
            return f"Moved {names.segment(segment)} to the end"
        case c.MoveSegment(segment_id=segment, before=before):
            return f"Moved {names.segment(segment)} before {names.segment(before)}"
        case c.CutSegment(segment_id=segment):
            return f"Cut {names.segment(segment)}"
        case c.RenameSegment(segment_id=segment, title=title):
            return f"Renamed {names.segment(segment)} to {title}"
        case c.LaunchOffer(offer=offer):
            return f"Launched {offer.title}"
        case c.EndOffer(offer_id=offer_id):
            return f"Ended {names.offers.get(offer_id) or offer_id}"
    return _lever_words(command, names)


def _lever_words(command: c.Command, names: Names) -> str:
    match command:
        case c.PinProduct(sku=""):
            return "Took the pin away"
        case c.PinProduct(sku=sku):
            return f"Pinned {names.product(sku)}"
        case c.ChangePresentation(style=style):
            return f"Changed to {style.value}"
        case c.SendPaymentLink(sku=sku):
            return f"Sent a payment link for {names.product(sku)}"
        case c.AutomatePaymentLinks(on=on):
            return "Automated payment links" if on else "Payment links by hand again"
        case c.SendReminder(to=to):
            return f"Reminded {to.value}"
        case c.SetAdSpend(per_minute_minor=minor):
            return f"Ads at {fmt.money(minor, names.currency)} a minute"
        case c.ReserveStock(sku=sku, units=units):
            return f"Reserved {fmt.count(units)} of {names.product(sku)}"
        case c.IntegrateStock(on=on):
            return "Joined the stock of all channels" if on else "Parted the stock of the channels"
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(command).__name__)
    return words.capitalize()


def headline(card: ScoreCard) -> tuple[Verdict, str, str]:
    """Return the verdict on the whole show, the sentence for it, and how it compares with the best."""
    gained = card.gained_minor
    found = verdict(gained, card.yours.money_minor)
    money = fmt.money(abs(gained), card.currency)
    if found is SAME:
        words = "Your decisions made no difference to doing nothing"
    else:
        words = f"You brought {money} more than doing nothing"
        if gained < 0:
            words = f"You lost {money} against doing nothing"
    best = card.best
    if best is None:
        return found, words, ""
    if card.yours.money_minor >= best.money_minor:
        return found, words, f"No policy did better; the best of them was {best.title}"
    possible = best.money_minor - card.nothing.money_minor
    if possible > 0 and gained > 0:
        share = fmt.percent(gained / possible, 0)
        return found, words, f"{share} of what the policy {best.title} brought"
    missing = fmt.money(best.money_minor - card.yours.money_minor, card.currency)
    return found, words, f"The policy {best.title} ended {missing} higher"
