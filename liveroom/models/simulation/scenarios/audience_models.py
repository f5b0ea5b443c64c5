"""The parameters of who comes, why, how long they stay, and what brings them back."""

from __future__ import annotations

from typing import Annotated

from msgspec import Struct

from liveroom.models.simulation.scenarios.ranges import (
    Exponent,
    Factor,
    Minutes,
    MoneyPerMinute,
    People,
    PerViewerMinute,
    Range,
    Seconds,
    Share,
)


class AudienceModel(Struct, frozen=True, kw_only=True):
    """How people come, stay and go."""

    scale: Annotated[float, Range("factor", 0.01, 100)]
    """Multiplies everyone who comes; with the shipped scenario, 1 peaks near 2,000 viewers."""
    arrivals: Annotated[float, Range("visits per minute", 0, 100_000)]
    """New visits at scale 1 where the arrival curve is 1."""
    waiting: Annotated[float, Range("visits", 0, 100_000)]
    """Visits that wait for the start and enter in the first `waiting_time`."""
    waiting_time: Seconds
    bounce_time: Seconds
    """Mean time in the room of those who only look in."""
    stay_time: Minutes
    """Mean time in the room of those who stay, while nothing drives them out."""
    fatigue: Factor
    """Added to the leaving rate of a viewer who has been here very long: 1 doubles it."""
    fatigue_time: Minutes
    """63 % of that is reached after this time in the room."""
    reentry: Share
    """Visits made by someone who was in this show before."""
    returning: Share
    """Visits by people who bought before, on channels that do not say otherwise."""
    returning_keenness: Factor
    """What they put into carts, against new people."""
    sag_at: Minutes
    """When the room tires most; a bell curve of `sag_width` (standard deviation) around it."""
    sag_width: Minutes
    sag: Factor
    """Added to the leaving rate at the sag's centre: 1 doubles it."""
    measured_every: Annotated[float, Range("seconds", 1, 60)]
    """How often the platform reports its viewers and impressions."""


class PushModel(Struct, frozen=True, kw_only=True):
    """How the platform sends more people into a lively room, and fewer into a dull one."""

    response: Factor
    """Organic arrivals change by this times how far engagement is above (below) the usual."""
    least: Factor
    most: Factor
    """The bounds of that factor."""
    span: Minutes
    """Engagement is that of the last minutes; until they have passed there is no push."""
    usual_chat: PerViewerMinute
    usual_reactions: PerViewerMinute
    usual_orders: PerViewerMinute
    """What counts as usual; engagement is the mean of the three against these, of what is reported."""


class AdsModel(Struct, frozen=True, kw_only=True):
    """What advertising money brings."""

    spend: MoneyPerMinute
    """Planned spend at scale 1; the paid channels' shares of visits hold at it."""
    returns: Exponent
    """Paid visits follow (spend ÷ planned) to the power of this: below 1, a visit gets dearer."""
    lag: Seconds
    """63 % of a change in spend shows in visits after this time."""
    reported_every: Annotated[float, Range("seconds", 1, 3600)]
    """How often the ad account reports what was spent."""


class MessagesModel(Struct, frozen=True, kw_only=True):
    """Who can be written to, and who comes."""

    customers: People
    """Customers with consent on the list, at scale 1; those known by key come on top."""
    reach: Share
    """Participants and cart owners who left a way to write to them."""
    carts_response: Share
    participants_response: Share
    customers_response: Share
    """Of those written to, who comes."""
    repeated: Share
    """What a further message to the same people brings, against the one before it."""
    delay: Minutes
    """Mean time until they come; a second and then exponential."""
    cart_checkout: Share
    """Of those who come back to their cart, who go to the checkout."""


class PresentationModel(Struct, frozen=True, kw_only=True):
    """What each way of presenting does, as factors; talk is the measure."""

    demonstration_leaving: Factor
    demonstration_looks: Factor
    demonstration_buying: Factor
    demonstration_leads: Factor
    demonstration_engagement: Factor
    education_leaving: Factor
    education_looks: Factor
    education_buying: Factor
    education_leads: Factor
    education_engagement: Factor


class LeadsModel(Struct, frozen=True, kw_only=True):
    """Who leaves a contact."""

    form: PerViewerMinute
    """Viewers who leave their contact in the form under the video, though nobody asks for it."""
    magnet: PerViewerMinute
    """Viewers who take something free for their contact, while it is offered."""
    welcome: PerViewerMinute
    """New viewers who register, while an offer for new people runs."""
    fading: Minutes
    """The two before fall by 63 % in this time: those who want it take it soon."""


class CrowdModel(Struct, frozen=True, kw_only=True):
    """When viewers are no longer told apart."""

    viewers: Annotated[float, Range("people", 50, 1_000_000)]
    """Above this expected peak one simulated visit stands for several (see `crowd.py`)."""
