"""Events as the JSON that a platform sends, about 390 bytes each, and the connector's parse of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
from msgspec import Struct

from liveroom.connectors.base import Link
from liveroom.models import events as e
from liveroom.models.facts import EntryChannel


class _Line(Struct, gc=False):
    sku: str
    quantity: int
    total: int


class _Message(Struct, gc=False, kw_only=True):
    type: str
    id: str
    timestamp: int
    received: int
    product: str = ""
    visit_id: str = ""
    user_id: str = ""
    viewers: int = 0
    channel: str = ""
    campaign: str = ""
    order_number: str = ""
    total: int | None = None
    currency: str | None = None
    lines: list[_Line] = []
    text: str = ""


def encode(event: e.Event) -> bytes:
    """Return an event as a platform would send it, with what nobody asked for."""
    body: dict[str, Any] = {
        "type": type(event).__name__,
        "id": event.source_id,
        "timestamp": event.occurred_at,
        "received": event.received_at,
        "visit_id": f"{getattr(event, 'visit', 0) or 0:x}",
        "user_id": f"{getattr(event, 'person', 0) or 0:x}",
        "product": getattr(event, "sku", ""),
        "campaign": getattr(event, "label", ""),
        "channel": str(getattr(event, "channel", "") or ""),
        "viewers": getattr(event, "viewers", 0),
        "text": getattr(event, "text", ""),
        "page": "https://shop.example/live/2026-11-21/festa-da-eletronica",
        "agent": "Mozilla/5.0 (Linux; Android 15) Chrome/140 Mobile Safari",
    }
    if isinstance(event, e.OrderPlaced):
        body |= {"order_number": event.order_id, "total": event.amount_minor, "currency": "BRL"}
        body["lines"] = [
            {"sku": line.sku, "quantity": line.units, "total": line.amount_minor}
            for line in event.lines
        ]
    return msgspec.json.encode(body)


def parser(source: str) -> Callable[[bytes, Link], e.Event]:
    """Return the function that turns one message of a source into an event."""
    decode = msgspec.json.Decoder(_Message).decode

    def parse(message: bytes, link: Link) -> e.Event:
        m = decode(message)
        return _PARSERS[m.type](m, source, link.key)

    return parse


Key = Callable[[str], int]


def _audience(m: _Message, source: str, key: Key) -> e.Event:
    return e.AudienceMeasured(
        occurred_at=m.timestamp,
        received_at=m.received,
        source=source,
        source_id=m.id,
        viewers=m.viewers,
    )


def _visit(m: _Message, source: str, key: Key) -> e.Event:
    return e.VisitStarted(
        occurred_at=m.timestamp,
        received_at=m.received,
        source=source,
        source_id=m.id,
        visit=key(m.visit_id),
        person=key(m.user_id),
        channel=_CHANNELS[m.channel],
        label=m.campaign,
    )


def _of_product(kind: Callable[..., e.Event]) -> Callable[[_Message, str, Key], e.Event]:
    def parse(m: _Message, source: str, key: Key) -> e.Event:
        return kind(
            occurred_at=m.timestamp,
            received_at=m.received,
            source=source,
            source_id=m.id,
            sku=m.product,
            visit=key(m.visit_id),
        )

    return parse


def _order(m: _Message, source: str, key: Key) -> e.Event:
    return e.OrderPlaced(
        occurred_at=m.timestamp,
        received_at=m.received,
        source=source,
        source_id=m.id,
        order_id=m.order_number,
        amount_minor=m.total,
        currency=m.currency,
        units=sum(line.quantity for line in m.lines),
        lines=tuple(
            e.OrderLine(sku=line.sku, units=line.quantity, amount_minor=line.total)
            for line in m.lines
        ),
        visit=key(m.visit_id),
        person=key(m.user_id),
    )


def _chat(m: _Message, source: str, key: Key) -> e.Event:
    return e.ChatPosted(
        occurred_at=m.timestamp,
        received_at=m.received,
        source=source,
        source_id=m.id,
        person=key(m.user_id),
        text=m.text,
    )


_CHANNELS = {channel.value: channel for channel in EntryChannel}
_PARSERS: dict[str, Callable[[_Message, str, Key], e.Event]] = {
    "AudienceMeasured": _audience,
    "VisitStarted": _visit,
    "ProductViewed": _of_product(e.ProductViewed),
    "ProductClicked": _of_product(e.ProductClicked),
    "CartItemAdded": _of_product(e.CartItemAdded),
    "OrderPlaced": _order,
    "ChatPosted": _chat,
}
