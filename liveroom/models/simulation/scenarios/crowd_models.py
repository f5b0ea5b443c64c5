"""The parameters of what people write, how they react and what goes wrong."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from liveroom.models.simulation.scenarios.ranges import (
    Exponent,
    Factor,
    Minutes,
    PerHour,
    PerViewerMinute,
    Range,
    Seconds,
    Share,
)


class ChatModel(Struct, frozen=True, kw_only=True):
    """How much the audience writes, what about, and what makes it write more."""

    messages: PerViewerMinute
    """Unprompted messages; the shares below divide them while nothing changes an intent's part."""
    reaction: Share
    price: Share
    size: Share
    """Only while a product with variants is on air."""
    shipping: Share
    works: Share
    """Whether it does what it promises."""
    product: Share
    praise: Share
    complaint: Share
    order: Share
    """How to buy, which ways to pay, where an order is."""
    spam: Share
    troll: Share
    greetings: Share
    """Of the visits, those that greet as they enter."""
    hidden_price: Factor
    """On questions about the price while no card shows it."""
    dear: Exponent
    """Price questions grow with (price ÷ reference price) to this power, between a half and 3."""
    demonstration: Factor
    """On "does it work" while it is shown at work."""
    free_shipping: Factor
    """On questions about shipping while it is free."""
    asks_again: Share
    """Of the questions, those asked once more because nobody answered."""
    asks_times: Annotated[float, Range("times", 0, 10)]
    """How often they do so at most."""
    patience: Seconds
    """Mean time until somebody asks again; at least 5 seconds."""
    link_patience: Seconds
    """The same for somebody who waits for a payment link, who asks until it comes."""
    typing_time: Seconds
    """Mean time from entering to a greeting."""
    excitement: PerViewerMinute
    """Added when an offer is launched; gone after about three times `excitement_time`."""
    excitement_time: Seconds
    sold_out: PerViewerMinute
    """Added when what is on air sells out; gone after about three times `sold_out_time`."""
    sold_out_time: Seconds
    frozen: PerViewerMinute
    """Added while the picture freezes."""
    overrun: PerViewerMinute
    """Added while the presenter does not come to an end."""
    cannot_pay: Share
    """Of those whose payment failed, who says so in the chat."""
    raid_greetings: Share
    """Of those who come with a raid, who greets."""
    raid_trolls: PerViewerMinute
    """Insults from those of a raid who are still there."""


class ReactionModel(Struct, frozen=True, kw_only=True):
    """How often viewers like, share and follow; all three move with the room's engagement."""

    likes: PerViewerMinute
    shares: PerViewerMinute
    follows: PerViewerMinute
    offer: Factor
    """Added to the factor 1 when an offer is launched; gone after about three `offer_time`."""
    offer_time: Seconds
    novelty: Share
    """How far engagement follows the interest in the segment: 0 not at all, 1 wholly."""
    counted_every: Annotated[float, Range("seconds", 1, 60)]
    """How often the platform reports them."""


class TroubleModel(Struct, frozen=True, kw_only=True):
    """What goes wrong by itself at the level "some", and what every trouble does."""

    much: Factor
    """On all rates at the level "much"."""
    silence_rate: PerHour
    silence_time: Minutes
    delay_rate: PerHour
    delay_time: Minutes
    delay: Seconds
    """How much later everything of the source arrives."""
    repeats_rate: PerHour
    repeats_time: Minutes
    repeated_after: Seconds
    """When the same facts arrive again."""
    restart_rate: PerHour
    restart_time: Minutes
    restart_every: Seconds
    """A source that is unwell restarts this often while the trouble lasts."""
    restart_gap: Seconds
    """How long a restart takes; what a counter would have counted meanwhile is lost."""
    wrong_clock_rate: PerHour
    wrong_clock_time: Minutes
    wrong_clock: Annotated[float, Range("minutes", -180, 180)]
    """How far the source's clock goes wrong; above 0 it runs ahead."""
    checkout_fails_rate: PerHour
    checkout_fails_time: Minutes
    payments_failing: Share
    overrun_rate: PerHour
    overrun_time: Minutes
    sold_out_rate: PerHour
    collapse_rate: PerHour
    collapse_time: Minutes
    collapse_share: Share
    """Of the room, who leaves in the first `collapse_walkout`."""
    collapse_walkout: Seconds
    collapse_arrivals: Factor
    """On the visits while it lasts."""
    raid_rate: PerHour
    raid_time: Minutes
    raid_size: Factor
    """Visits of a raid, as a multiple of the room it enters."""
    raid_smallest: Annotated[float, Range("visits", 0, 100_000)]
    raid_entry: Seconds
    """In what time they all enter."""
    raid_bounce: Share
    """Of a raid's visits, those that only look in."""
    raid_keenness: Factor
    """Of the others, on what they put into carts."""
