"""What a simulated show is made of; every number carries its unit and allowed range in its type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from liveroom.models.facts import EntryChannel
from liveroom.models.run_of_show import Segment


class Range(Struct, frozen=True):
    """The unit of a parameter and the least and greatest value it may take."""

    unit: str
    low: float
    high: float


Share = Annotated[float, Range("share", 0, 1)]
Factor = Annotated[float, Range("factor", 0, 50)]
Exponent = Annotated[float, Range("exponent", 0, 3)]
Seconds = Annotated[float, Range("seconds", 0.1, 3600)]
Minutes = Annotated[float, Range("minutes", 0.1, 600)]
PerViewerMinute = Annotated[float, Range("per viewer and minute", 0, 30)]


class AudienceModel(Struct, frozen=True, kw_only=True):
    """How people come, stay and go."""

    scale: Annotated[float, Range("factor", 0.01, 20)]
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
    reentry: Share
    """Visits made by someone who was in this show before."""
    sag_at: Minutes
    """When the room tires most; a bell curve of `sag_width` (standard deviation) around it."""
    sag_width: Minutes
    sag: Factor
    """Added to the leaving rate at the sag's centre: 1 doubles it."""
    measured_every: Annotated[float, Range("seconds", 1, 60)]
    """How often the platform reports its viewers and impressions."""


class FunnelModel(Struct, frozen=True, kw_only=True):
    """From a product on screen to an order, and the time each step takes."""

    looks: PerViewerMinute
    """How often a product card comes before a viewer's eyes."""
    on_air: Share
    """Looks that go to the product on air; the others wander over the shelf."""
    seen: Share
    """Looks that become a view of the product."""
    click: Share
    """Views that become a click, for a product of appeal 1."""
    cart: Share
    """Clicks that become a cart, for a product at the reference price."""
    reference_price: Annotated[float, Range("currency", 0.01, 1_000_000)]
    cart_price: Exponent
    """A click becomes a cart with (price ÷ reference) to the power of minus this."""
    checkout: Share
    """Carts taken to the checkout, at the reference price."""
    checkout_price: Exponent
    high_price: Annotated[float, Range("currency", 0.01, 1_000_000)]
    high_price_checkout: Share
    """Above `high_price` the checkout share is multiplied by this."""
    paid: Share
    """Checkouts that end in an order."""
    second_unit: Share
    """Carts with two units instead of one."""
    removed: Share
    """Abandoned carts from which something is visibly taken out."""
    cancelled: Share
    """Orders that are cancelled while the show still runs or soon after."""
    novelty: Minutes
    """Interest in the product on air falls by 63 % of its way to `novelty_floor` in this time."""
    novelty_floor: Share
    first_look_delay: Seconds
    click_delay: Seconds
    cart_delay: Seconds
    checkout_delay: Seconds
    payment_delay: Seconds
    removal_delay: Seconds
    cancellation_delay: Minutes


class ReportingModel(Struct, frozen=True, kw_only=True):
    """How the facts reach the desk."""

    delay: Annotated[float, Range("seconds", 0, 60)]
    """From happening to arriving, for every fact."""
    overrun: Annotated[float, Range("minutes", 0, 600)]
    """How long past the plan a producer may run before the show is taken off air."""


class ChatModel(Struct, frozen=True, kw_only=True):
    """How much the audience writes."""

    messages: PerViewerMinute


class ChatLines(Struct, frozen=True, kw_only=True):
    """What viewers write with one intent; `{product}` and `{price}` are those on air."""

    intent: str
    share: float
    texts: tuple[str, ...]


class Channel(Struct, frozen=True, kw_only=True):
    """An entry channel: its part of the visits, who only looks in, and how keen the others are."""

    channel: EntryChannel
    label: str
    share: float
    bounce: float
    keenness: float


class Product(Struct, frozen=True, kw_only=True):
    """A product of the catalogue; money in minor units of the scenario's currency."""

    sku: str
    name: str
    category: str
    price_minor: int
    cost_minor: int
    stock: int
    appeal: float


class SegmentPlan(Struct, frozen=True, kw_only=True):
    """A segment and what it does to the audience: factors on leaving, on interest and on buying."""

    segment: Segment
    leaving: float
    interest: float
    buying: float


class Evidence(Struct, frozen=True, kw_only=True):
    """Where a parameter comes from and how far to trust it (see `GRADES`)."""

    unit: str
    origin: str
    grade: str


class Scenario(Struct, frozen=True, kw_only=True):
    """A whole simulated show."""

    title: str
    currency: str
    timezone: str
    starts_at: int
    audience: AudienceModel
    arrival_curve: tuple[tuple[float, float], ...]
    """(share of the planned show, factor on arrivals), in between linear."""
    funnel: FunnelModel
    reporting: ReportingModel
    chat: ChatModel
    chat_lines: tuple[ChatLines, ...]
    channels: tuple[Channel, ...]
    products: tuple[Product, ...]
    segments: tuple[SegmentPlan, ...]
    evidence: Mapping[str, Evidence]
    """By the parameter's key in the file, such as `audience.stay_time`."""

    def moved_to(self, starts_at: int) -> Scenario:
        """Return the same show at another start (ms UTC), hard starts moved with it."""
        return replace(
            self,
            starts_at=starts_at,
            segments=tuple(_moved(plan, starts_at - self.starts_at) for plan in self.segments),
        )


GRADES: Mapping[str, str] = {
    "A": "vendor's document, official API or peer-reviewed",
    "B": "a public repository",
    "C": "agency or blog",
    "design": "read off the design pictures of the desk, which are invented",
    "fitted": "set so that the whole show comes out at the figure named in `origin`",
    "assumed": "our guess; nothing was found",
}


def _moved(plan: SegmentPlan, by_ms: int) -> SegmentPlan:
    if plan.segment.starts_at is None:
        return plan
    starts_at = plan.segment.starts_at + by_ms
    return replace(plan, segment=replace(plan.segment, starts_at=starts_at))
