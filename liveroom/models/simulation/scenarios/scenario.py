"""What a simulated show is made of; every number carries its unit and allowed range in its type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from msgspec import Struct
from msgspec.structs import replace

from liveroom.models.facts import EntryChannel
from liveroom.models.run_of_show import Segment
from liveroom.models.simulation.chat.phrases import Phrases
from liveroom.models.simulation.scenarios.audience_models import (
    AdsModel,
    AudienceModel,
    CrowdModel,
    LeadsModel,
    MessagesModel,
    PresentationModel,
    PushModel,
)
from liveroom.models.simulation.scenarios.crowd_models import ChatModel, ReactionModel, TroubleModel
from liveroom.models.simulation.scenarios.ranges import Range
from liveroom.models.simulation.scenarios.shop_models import (
    CheckoutModel,
    FunnelModel,
    LinksModel,
    OffersModel,
    ShippingModel,
    ShopModel,
)
from liveroom.models.targets import TargetKpi

__all__ = [
    "GRADES",
    "GROUPS",
    "AudienceModel",
    "Channel",
    "ChatModel",
    "Evidence",
    "FunnelModel",
    "PaymentMethod",
    "Product",
    "Range",
    "ReactionModel",
    "ReportingModel",
    "Scenario",
    "SegmentPlan",
    "TroubleModel",
    "Variant",
]


class ReportingModel(Struct, frozen=True, kw_only=True):
    """How the facts reach the desk."""

    delay: Annotated[float, Range("seconds", 0, 60)]
    """From happening to arriving, for every fact."""
    overrun: Annotated[float, Range("minutes", 0, 600)]
    """How long past the plan a producer may run before the show is taken off air."""


class Channel(Struct, frozen=True, kw_only=True):
    """An entry channel: its part of the visits, who only looks in, and how keen the others are."""

    channel: EntryChannel
    label: str
    share: float
    bounce: float
    keenness: float
    staying: float = 1.0
    """Factor on the time of those who stay: a feed platform's are soon gone, an own site's are not."""
    returning: float = 0.0
    """Share of its visits by people who bought before."""


class Variant(Struct, frozen=True, kw_only=True):
    """A size or colour of a product: the share of buyers who want it, and its own stock."""

    name: str
    share: float
    stock: int


class Product(Struct, frozen=True, kw_only=True):
    """A product of the catalogue; money in minor units of the scenario's currency."""

    sku: str
    name: str
    category: str
    price_minor: int
    cost_minor: int
    stock: int
    appeal: float
    variants: tuple[Variant, ...] = ()
    """Without any there is one kind of it; else their stocks add up to `stock`."""
    other_sales: float = 0.0
    """What other sales channels sell of the same stock, in units per minute."""


class PaymentMethod(Struct, frozen=True, kw_only=True):
    """A way to pay: who uses it, who gives up on its form, how long it takes, how often it fails."""

    method: str
    share: float
    given_up: float
    delay: float
    """Mean seconds from the checkout to the payment."""
    failure: float


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
    local_hour: float
    """Time of day of the start as the file says it; a show moved elsewhere keeps its evening."""
    audience: AudienceModel
    push: PushModel
    ads: AdsModel
    messages: MessagesModel
    presentation: PresentationModel
    leads: LeadsModel
    crowd: CrowdModel
    funnel: FunnelModel
    offers: OffersModel
    shipping: ShippingModel
    checkout: CheckoutModel
    links: LinksModel
    shop: ShopModel
    reporting: ReportingModel
    chat: ChatModel
    reactions: ReactionModel
    troubles: TroubleModel
    languages: tuple[tuple[str, float], ...]
    """What the room writes in, with shares."""
    arrival_curve: tuple[tuple[float, float], ...]
    """(share of the planned show, factor on arrivals), in between linear."""
    day_curve: tuple[tuple[float, float], ...]
    """(hour of the day, factor on organic arrivals), in between linear, midnight to midnight."""
    channels: tuple[Channel, ...]
    payments: tuple[PaymentMethod, ...]
    products: tuple[Product, ...]
    segments: tuple[SegmentPlan, ...]
    evidence: Mapping[str, Evidence]
    """By the parameter's key in the file, such as `audience.stay_time`."""
    targets: Mapping[TargetKpi, float] = {}
    """What the show is asked for, recorded in its first second; money in minor units."""
    phrases: Mapping[str, Phrases] = {}
    """What people write, by language; without any the chat is silent."""

    def moved_to(self, starts_at: int) -> Scenario:
        """Return the same show at another start (ms UTC), hard starts moved with it."""
        return replace(
            self,
            starts_at=starts_at,
            segments=tuple(_moved(plan, starts_at - self.starts_at) for plan in self.segments),
        )


GROUPS: Mapping[str, type[Struct]] = {
    "audience": AudienceModel,
    "push": PushModel,
    "ads": AdsModel,
    "messages": MessagesModel,
    "presentation": PresentationModel,
    "leads": LeadsModel,
    "crowd": CrowdModel,
    "funnel": FunnelModel,
    "offers": OffersModel,
    "shipping": ShippingModel,
    "checkout": CheckoutModel,
    "links": LinksModel,
    "shop": ShopModel,
    "reporting": ReportingModel,
    "chat": ChatModel,
    "reactions": ReactionModel,
    "troubles": TroubleModel,
}
"""The groups of parameters of a scenario file, each `{ value, unit, origin, grade }`."""

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
