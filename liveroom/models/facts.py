"""The kinds of fact a show is made of, and for each the words that go with its numbers."""

from __future__ import annotations

from enum import StrEnum


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


class EntryChannel(StrEnum):
    """How a visit entered; the platform's own label is kept beside it."""

    ORGANIC = "organic"
    PAID = "paid"
    DIRECT = "direct"
    UNKNOWN = "unknown"


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
