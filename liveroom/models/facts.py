"""The kinds of fact a show is made of, and for each the words that go with its numbers."""

from __future__ import annotations

from enum import StrEnum

DESK = "desk"
"""The source of what the producer does."""


class Fact(StrEnum):
    """A kind of fact that exactly one source counts in a session."""

    AUDIENCE = "audience"
    VISITS = "visits"
    IMPRESSIONS = "impressions"
    PRODUCT_VIEWS = "product_views"
    PRODUCT_CLICKS = "product_clicks"
    CARTS = "carts"
    CART_REMOVALS = "cart_removals"
    CHECKOUTS = "checkouts"
    ORDERS = "orders"
    CANCELLATIONS = "cancellations"
    CHAT = "chat"
    REACTIONS = "reactions"
    LEADS = "leads"
    FAILED_PAYMENTS = "failed_payments"
    STOCK = "stock"
    AD_SPEND = "ad_spend"


class EntryChannel(StrEnum):
    """How a visit entered; the platform's own label is kept beside it."""

    ORGANIC = "organic"
    PAID = "paid"
    DIRECT = "direct"
    UNKNOWN = "unknown"


class Presentation(StrEnum):
    """How what is on air is presented."""

    TALK = "talk"
    DEMONSTRATION = "demonstration"
    EDUCATION = "education"


class Recipients(StrEnum):
    """Who gets a message from the producer."""

    CARTS = "carts"
    """People who left something in a cart."""
    PARTICIPANTS = "participants"
    """People who were in this show, or in an earlier one."""
    CUSTOMERS = "customers"


class Trouble(StrEnum):
    """What can go wrong in a show; the first five at a source, the others on the set or in the shop."""

    SILENCE = "source goes silent"
    DELAY = "source answers late"
    REPEATS = "source repeats itself"
    RESTART = "source restarts its counters"
    WRONG_CLOCK = "source has a wrong clock"
    CHECKOUT_FAILS = "checkout fails"
    OVERRUN = "presenter overruns"
    SOLD_OUT = "product sells out"
    COLLAPSE = "audience collapses"
    RAID = "raid arrives"


class Mode(StrEnum):
    """What kind of session this is; they differ only in source and clock."""

    LIVE = "live"
    REHEARSAL = "rehearsal"
    REPLAY = "replay"
    DEBRIEF = "debrief"


class ConnectionState(StrEnum):
    """Where a connector stands."""

    STARTING = "starting"
    RUNNING = "running"
    FAILING = "failing"
    NEEDS_ATTENTION = "needs attention"
    FAILED = "failed"
    FINISHED = "finished"
    STOPPED = "stopped"


TROUBLED = frozenset(
    {ConnectionState.FAILING, ConnectionState.NEEDS_ATTENTION, ConnectionState.FAILED}
)
"""States in which a source does not deliver; it may be restarted in them."""
