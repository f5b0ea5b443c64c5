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

from liveroom.models.facts import ConnectionState, EntryChannel, Fact
from liveroom.models.run_of_show import Segment


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


class CountingSourceChosen(Event, frozen=True, kw_only=True, gc=False):
    """The producer named the source that counts for one kind of fact."""

    counted: Fact
    chosen: str


class ConnectionChanged(Event, frozen=True, kw_only=True, gc=False):
    """A connector entered another state; `reason` names the trouble and the fix."""

    state: ConnectionState
    reason: str = ""


class ProductListed(Event, frozen=True, kw_only=True, gc=False):
    """The catalogue has (or changed) a product; blank fields leave what was known."""

    sku: str
    name: str = ""
    category: str = ""
    price_minor: int | None = None
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


class ChatPosted(CountedEvent, frozen=True, kw_only=True, gc=False):
    """A chat message, or with `count` and no text the number of them."""

    fact: ClassVar[Fact | None] = Fact.CHAT
    person: int | None = None
    text: str = ""


class RunOfShowChanged(Event, frozen=True, kw_only=True):
    """The run of show as a whole, after a plan was loaded or edited."""

    segments: tuple[Segment, ...]
    title: str = ""


class SegmentStarted(Event, frozen=True, kw_only=True, gc=False):
    """A segment went on air; the one before it ended. A blank id takes every segment off air."""

    segment_id: str


class CommandGiven(Event, frozen=True, kw_only=True, gc=False):
    """The producer asked for something; `body` is the command as JSON, `refusal` why it was not done."""

    command: str
    body: str = "{}"
    refusal: str = ""


EVENT_TYPES: tuple[type[Event], ...] = (
    SourceAttached,
    CountingSourceChosen,
    ConnectionChanged,
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
    RunOfShowChanged,
    SegmentStarted,
    CommandGiven,
)
