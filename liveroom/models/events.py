"""What happened, as frozen facts in the past tense; the only thing that ever changes a show.

Every event says when it happened and when we learned of it (integer milliseconds UTC), which source
said so and the source's own id of the fact: `(source, source_id)` is taken once in a session.
Money is an integer of minor units with its ISO 4217 currency; `None` means the source does not say.
`count` makes one event stand for many facts ("37 clicks this minute"). People and visits are salted
64-bit keys, never names. Structs of msgspec: ten times cheaper to build than frozen dataclasses and
invisible to the garbage collector.
"""

from __future__ import annotations

from typing import ClassVar

from msgspec import Struct

from liveroom.models.facts import (
    ConnectionState,
    EntryChannel,
    Fact,
    Presentation,
    Recipients,
    Trouble,
)
from liveroom.models.offers import Offer
from liveroom.models.run_of_show import Segment
from liveroom.models.targets import TargetKpi


class Event(Struct, frozen=True, kw_only=True, gc=False):
    """A fact: when it happened, when we heard of it, who says so and under which id."""

    fact: ClassVar[Fact | None] = None
    occurred_at: int
    received_at: int
    source: str
    source_id: str


class CountedEvent(Event, frozen=True, kw_only=True, gc=False):
    """A fact that may stand for several equal ones."""

    count: int = 1


class SourceAttached(Event, frozen=True, kw_only=True):
    """A source joined the session and says which facts it can report; earlier ones count first."""

    title: str
    provides: tuple[Fact, ...]
    mode: str
    details: str = ""
    due_seconds: float | None = None
    """After so long without a fact it is late; None: it has no interval, and never is."""


class CountingSourceChosen(Event, frozen=True, kw_only=True, gc=False):
    """The producer named the source that counts for one kind of fact."""

    counted: Fact
    chosen: str


class ConnectionChanged(Event, frozen=True, kw_only=True, gc=False):
    """A connector entered another state; `reason` names the trouble and the fix."""

    state: ConnectionState
    reason: str = ""
    next_try_at: int | None = None
    """When it tries again by itself (ms UTC), where it does."""


class QuotaReported(Event, frozen=True, kw_only=True, gc=False):
    """A gauge: how often a source may still be asked; `label` says what is counted, if not requests."""

    remaining: int
    limit: int | None = None
    resets_at: int | None = None
    """When the quota is whole again (ms UTC)."""
    label: str = ""


class ClockShiftSet(Event, frozen=True, kw_only=True, gc=False):
    """The producer said by how much a source tells what happened too late.

    Viewers who act on a video that reaches them 8 s late: 8,000 ms. Its facts stay recorded as they came
    and are counted so much earlier, those from before this was said too.
    """

    shifted: str
    shift_ms: int


class ProductListed(Event, frozen=True, kw_only=True, gc=False):
    """The catalogue has (or changed) a product; blank fields leave what was known."""

    sku: str
    name: str = ""
    category: str = ""
    price_minor: int | None = None
    cost_minor: int | None = None
    currency: str | None = None


class AudienceMeasured(Event, frozen=True, kw_only=True, gc=False):
    """A gauge: concurrent viewers at an instant."""

    fact: ClassVar[Fact | None] = Fact.AUDIENCE
    viewers: int


class VisitStarted(CountedEvent, frozen=True, kw_only=True, gc=False):
    """A viewer entered the room or the shop through an entry channel."""

    fact: ClassVar[Fact | None] = Fact.VISITS
    visit: int | None = None
    person: int | None = None
    channel: EntryChannel = EntryChannel.UNKNOWN
    label: str = ""
    returning: bool | None = None
    """Whether this person bought before; None where the source does not say."""


class ProductShown(CountedEvent, frozen=True, kw_only=True, gc=False):
    """A product appeared in a list in front of a viewer (an impression)."""

    fact: ClassVar[Fact | None] = Fact.IMPRESSIONS
    sku: str
    visit: int | None = None


class ProductViewed(CountedEvent, frozen=True, kw_only=True, gc=False):
    """A viewer looked at a product's details."""

    fact: ClassVar[Fact | None] = Fact.PRODUCT_VIEWS
    sku: str
    visit: int | None = None


class ProductClicked(CountedEvent, frozen=True, kw_only=True, gc=False):
    """A viewer clicked a product or its buy button."""

    fact: ClassVar[Fact | None] = Fact.PRODUCT_CLICKS
    sku: str
    visit: int | None = None


class CartItemAdded(CountedEvent, frozen=True, kw_only=True, gc=False):
    """A product went into a cart; `units` is the quantity of all `count` additions together."""

    fact: ClassVar[Fact | None] = Fact.CARTS
    sku: str
    units: int = 1
    visit: int | None = None


class CartItemRemoved(CountedEvent, frozen=True, kw_only=True, gc=False):
    """A product was taken out of a cart."""

    fact: ClassVar[Fact | None] = Fact.CART_REMOVALS
    sku: str
    units: int = 1
    visit: int | None = None


class CheckoutStarted(CountedEvent, frozen=True, kw_only=True, gc=False):
    """A viewer opened the checkout."""

    fact: ClassVar[Fact | None] = Fact.CHECKOUTS
    visit: int | None = None


class OrderLine(Struct, frozen=True, kw_only=True, gc=False):
    """One line of an order; `amount_minor` is the line's share of the order, in the order's currency."""

    sku: str
    units: int
    amount_minor: int | None = None
    is_product: bool = True


class OrderPlaced(CountedEvent, frozen=True, kw_only=True, gc=False):
    """An order was placed; the total is the source's own, not the sum of price times quantity.

    `units` is the quantity over all lines, `None` where the source does not say. `channel` is given when
    the source knows it; else the channel of the order's visit counts, once that visit is known.
    """

    fact: ClassVar[Fact | None] = Fact.ORDERS
    order_id: str = ""
    amount_minor: int | None = None
    currency: str | None = None
    units: int | None = None
    lines: tuple[OrderLine, ...] = ()
    visit: int | None = None
    person: int | None = None
    channel: EntryChannel | None = None
    label: str = ""
    returning: bool | None = None
    method: str = ""
    """How it was paid: card, PIX, payment link …; blank where the source does not say."""
    offer_id: str = ""
    """The offer it was bought under."""


class OrderCancelled(CountedEvent, frozen=True, kw_only=True, gc=False):
    """An order, or part of one, was cancelled or refunded.

    `amount_minor` is positive. Without it what is left of the order `order_id` counts, once known: its
    amount minus what was refunded of it.
    """

    fact: ClassVar[Fact | None] = Fact.CANCELLATIONS
    order_id: str = ""
    amount_minor: int | None = None
    currency: str | None = None
    lines: tuple[OrderLine, ...] = ()
    reason: str = ""
    """Why: `oversold`, …; blank where the source does not say."""


class ChatPosted(CountedEvent, frozen=True, kw_only=True, gc=False):
    """A chat message, or with `count` and no text the number of them."""

    fact: ClassVar[Fact | None] = Fact.CHAT
    person: int | None = None
    text: str = ""
    to_person: int | None = None
    """Whom it is written to, where the source says or the text begins with somebody's name."""


class Reacted(CountedEvent, frozen=True, kw_only=True, gc=False):
    """Viewers liked, shared or followed; `label` says which."""

    fact: ClassVar[Fact | None] = Fact.REACTIONS
    label: str = "like"


class LeadCaptured(CountedEvent, frozen=True, kw_only=True, gc=False):
    """Somebody left a contact (for an e-book, a welcome offer, a registration)."""

    fact: ClassVar[Fact | None] = Fact.LEADS
    person: int | None = None
    label: str = ""


class PaymentFailed(CountedEvent, frozen=True, kw_only=True, gc=False):
    """A payment did not go through; `label` is its method, `text` the reason."""

    fact: ClassVar[Fact | None] = Fact.FAILED_PAYMENTS
    visit: int | None = None
    label: str = ""
    text: str = ""


class StockMeasured(Event, frozen=True, kw_only=True, gc=False):
    """A gauge: units of a product that can be sold in this show."""

    fact: ClassVar[Fact | None] = Fact.STOCK
    sku: str
    units: int


class AdSpent(CountedEvent, frozen=True, kw_only=True, gc=False):
    """Money went into advertising since the last such fact of this source and label."""

    fact: ClassVar[Fact | None] = Fact.AD_SPEND
    amount_minor: int
    currency: str | None = None
    label: str = ""


class OfferStarted(Event, frozen=True, kw_only=True):
    """An offer runs from now on, to `ends_at` (ms UTC) where it is timed."""

    offer: Offer
    ends_at: int | None = None


class OfferEnded(Event, frozen=True, kw_only=True, gc=False):
    """An offer ended before its time: by the producer, or because all its units are sold."""

    offer_id: str
    reason: str = ""


class ProductPinned(Event, frozen=True, kw_only=True, gc=False):
    """A product's card is shown above the stream from now on; a blank sku: none."""

    sku: str


class PresentationChanged(Event, frozen=True, kw_only=True, gc=False):
    """What is on air is presented in another way from now on."""

    style: Presentation


class PaymentLinkSent(CountedEvent, frozen=True, kw_only=True, gc=False):
    """A payment link went out; `label` says `by hand` or `automatic`."""

    sku: str
    label: str = ""
    waited_ms: int | None = None
    """Since it was asked for, all `count` links together; None where the source does not say."""


class PaymentLinksAutomated(Event, frozen=True, kw_only=True, gc=False):
    """The shop's flow sends payment links from now on, or does not any more."""

    on: bool


class ReminderSent(CountedEvent, frozen=True, kw_only=True, gc=False):
    """A message went out to people who are not watching or left a cart."""

    to: Recipients


class AdBudgetSet(Event, frozen=True, kw_only=True, gc=False):
    """Advertising spends this much a minute from now on."""

    per_minute_minor: int
    currency: str | None = None


class StockReserved(Event, frozen=True, kw_only=True, gc=False):
    """Units of a product are kept for the show."""

    sku: str
    units: int


class StockIntegrated(Event, frozen=True, kw_only=True, gc=False):
    """All sales channels count down one common stock from now on, or do not any more."""

    on: bool


class QuestionAnswered(Event, frozen=True, kw_only=True, gc=False):
    """A question of the chat was answered on air; who asks it later asks anew."""

    question: str
    text: str = ""


class QuestionReopened(Event, frozen=True, kw_only=True, gc=False):
    """The last mark of a question as answered was a mistake."""

    question: str


class QuestionPinned(Event, frozen=True, kw_only=True, gc=False):
    """A question of the chat is in front of the presenter from now on; a blank one: none."""

    question: str
    text: str = ""
    sku: str = ""
    asked_at: int = 0
    """When it was asked first (ms UTC)."""


class TroubleStarted(Event, frozen=True, kw_only=True, gc=False):
    """Something goes wrong in a rehearsal, until `ends_at` (ms UTC); `text` says it in words."""

    trouble: Trouble
    ends_at: int
    subject: str = ""
    text: str = ""


class TargetSet(Event, frozen=True, kw_only=True, gc=False):
    """A key figure has this target from now on; None takes it back.

    Money is in minor units of `currency`, a rate between 0 and 1, watch time in minutes.
    """

    kpi: TargetKpi
    value: float | None
    currency: str | None = None


class RunOfShowChanged(Event, frozen=True, kw_only=True):
    """The run of show as a whole, after a plan was loaded or edited."""

    segments: tuple[Segment, ...]
    title: str = ""


class SegmentStarted(Event, frozen=True, kw_only=True, gc=False):
    """A segment went on air; the one before it ended. A blank id takes every segment off air."""

    segment_id: str


class NoteTaken(Event, frozen=True, kw_only=True, gc=False):
    """The producer wrote down what happened at `occurred_at`; without text it is a mark."""

    text: str = ""


class PresenterTold(Event, frozen=True, kw_only=True, gc=False):
    """The producer's message stands on the presenter's screen from now on; a blank text clears it."""

    text: str = ""


class CommandGiven(Event, frozen=True, kw_only=True, gc=False):
    """The producer asked for something; `body` is the command as JSON, `refusal` why it was not done."""

    command: str
    body: str = "{}"
    refusal: str = ""


EVENT_TYPES: tuple[type[Event], ...] = (
    SourceAttached,
    CountingSourceChosen,
    ConnectionChanged,
    QuotaReported,
    ClockShiftSet,
    ProductListed,
    AudienceMeasured,
    VisitStarted,
    ProductShown,
    ProductViewed,
    ProductClicked,
    CartItemAdded,
    CartItemRemoved,
    CheckoutStarted,
    OrderPlaced,
    OrderCancelled,
    ChatPosted,
    Reacted,
    LeadCaptured,
    PaymentFailed,
    StockMeasured,
    AdSpent,
    OfferStarted,
    OfferEnded,
    ProductPinned,
    PresentationChanged,
    PaymentLinkSent,
    PaymentLinksAutomated,
    ReminderSent,
    AdBudgetSet,
    StockReserved,
    StockIntegrated,
    QuestionAnswered,
    QuestionReopened,
    QuestionPinned,
    TroubleStarted,
    TargetSet,
    RunOfShowChanged,
    SegmentStarted,
    NoteTaken,
    PresenterTold,
    CommandGiven,
)
