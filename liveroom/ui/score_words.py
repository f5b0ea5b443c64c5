"""Decisions and what they were worth, in words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from liveroom.models import commands as c
from liveroom.models.case_figure import CaseFigure, Standing
from liveroom.models.rehearsal.interval import Interval
from liveroom.models.score_card import DecisionWorth, ScoreCard
from liveroom.models.verdict import Verdict, verdict_of
from liveroom.ui import format as fmt


class Look(NamedTuple):
    """A mark, its tone and the word beside it."""

    glyph: str
    tone: str
    word: str


LOOKS = {
    Verdict.BETTER: Look("up", "good", "better"),
    Verdict.WORSE: Look("down", "bad", "worse"),
    Verdict.SAME: Look("skipped", "text_3", "no difference"),
    Verdict.UNTOLD: Look("off", "text_3", "cannot be told"),
}
STANDINGS = {
    Standing.REACHED: Look("ok", "good", "reached"),
    Standing.EXCEEDED: Look("up", "good", "exceeded"),
    Standing.MISSED: Look("down", "bad", "missed"),
    Standing.UNKNOWN: Look("off", "text_3", "cannot be measured"),
}


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


def look_of(difference: Interval) -> Look:
    """Return how the verdict on a difference looks."""
    return LOOKS[verdict_of(difference)]


def signed(minor: int, currency: str | None) -> str:
    """Return an amount with its sign and without its currency."""
    text = fmt.amount(abs(minor), currency)
    return "0" if not minor else f"{'+' if minor > 0 else fmt.MINUS}{text}"


def signed_count(value: float) -> str:
    """Return a rounded number with its sign."""
    whole = round(value)
    return f"+{fmt.count(whole)}" if whole > 0 else fmt.count(whole)


def spread(difference: Interval, currency: str | None) -> str:
    """Return a mean over the seeds and half of its 95 % interval, in money without its currency."""
    if difference.mean is None or difference.high is None:
        return fmt.NONE_YET
    mean, half = round(difference.mean), round(difference.high - difference.mean)
    return f"{signed(mean, currency)} ± {fmt.amount(half, currency)}"


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


def headline(card: ScoreCard) -> tuple[Look, str]:
    """Return the verdict on the whole show and the sentence for it."""
    gained, found = card.gained_minor, verdict_of(card.nothing.behind_yours)
    if not gained and found is Verdict.SAME:
        return LOOKS[found], "Your decisions made no difference to doing nothing"
    money = fmt.money(abs(gained), card.currency)
    words = f"You brought {money} more than doing nothing"
    if gained < 0:
        words = f"You lost {money} against doing nothing"
    if found is Verdict.UNTOLD:
        words += ", which may be chance"
    elif found is (Verdict.BETTER if gained <= 0 else Verdict.WORSE):
        words += "; on most seeds it is the other way round"
    return LOOKS[found], words


def beside_others(card: ScoreCard) -> str:
    """Return how a show compares with the best policy on its seed, and with nothing on all seeds."""
    seeds = (
        f"On {fmt.plural(card.seeds, 'seed')} {spread(card.nothing.behind_yours, card.currency)}"
    )
    return " · ".join(part for part in (seeds, _beside_best(card)) if part)


def _beside_best(card: ScoreCard) -> str:
    best, gained = card.best, card.gained_minor
    if best is None:
        return ""
    if card.yours.money_minor >= best.money_minor:
        return f"No policy did better; the best of them was {best.title}"
    possible = best.money_minor - card.nothing.money_minor
    if possible > 0 and gained > 0:
        return f"{fmt.percent(gained / possible, 0)} of what the policy {best.title} brought"
    missing = fmt.money(best.money_minor - card.yours.money_minor, card.currency)
    return f"The policy {best.title} ended {missing} higher"


def case_words(case: CaseFigure) -> tuple[Look, str]:
    """Return whether the case's figure was reached, and the sentence for it."""
    look = STANDINGS[case.standing]
    head, figure = f"Case {case.case_id}", f"the figure is {_figure(case, case.figure)}"
    if case.value is None:
        return look, f"{head}: not measured, {case.why_not}; {figure} · {case.name}"
    mean = f"mean of {fmt.plural(case.over_seeds.number, 'seed')}"
    seeds = f"{mean} {_figure(case, case.over_seeds.mean)}"
    value = _figure(case, case.value)
    return look, f"{head} {look.word}: {value}, {figure}; {seeds} · {case.name}"


def _figure(case: CaseFigure, value: float | None) -> str:
    if case.is_share:
        text = fmt.percent(value)
        return f"+{text}" if value is not None and value > 0 else text
    if case.unit == "share":
        return fmt.percent(value)
    return f"{fmt.number(value)} {case.unit}"
