"""Watches the facts that a show's counts do not keep: whose leads, when stock ran out, why orders went."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from liveroom.models import events as e


class Witness:
    """Sees every event as it reaches the desk; counts only what was recorded, never the world's truth."""

    def __init__(self) -> None:
        """Start before the first event."""
        self.lead_people: set[int] = set()
        self.leads_by_label: dict[str, int] = {}
        self.emptied_at: dict[str, int] = {}
        """When the stock of a product was first seen at zero (ms UTC)."""
        self.cancelled_for: dict[str, int] = {}
        """Orders cancelled, by the reason given."""
        self.cancelled_units: dict[str, int] = {}
        self.links_sent = self.links_waited_ms = 0
        """Payment links of which it is known how long they were waited for, and how long."""
        self._handlers: dict[type, Callable[[Any], None]] = {
            e.OrderCancelled: self._order_cancelled,
            e.LeadCaptured: self._lead_captured,
            e.StockMeasured: self._stock_measured,
            e.PaymentLinkSent: self._payment_link_sent,
        }

    def see(self, events: Iterable[e.Event]) -> None:
        """Take the events that reached the desk."""
        handlers = self._handlers
        for event in events:
            handler = handlers.get(type(event))
            if handler is not None:
                handler(event)

    def _order_cancelled(self, event: e.OrderCancelled) -> None:
        before = self.cancelled_for.get(event.reason, 0)
        self.cancelled_for[event.reason] = before + event.count
        for line in event.lines:
            units = self.cancelled_units.get(line.sku, 0)
            self.cancelled_units[line.sku] = units + line.units

    def _lead_captured(self, event: e.LeadCaptured) -> None:
        self.leads_by_label[event.label] = self.leads_by_label.get(event.label, 0) + event.count
        if event.person is not None:
            self.lead_people.add(event.person)

    def _payment_link_sent(self, event: e.PaymentLinkSent) -> None:
        if event.waited_ms is not None:
            self.links_sent += event.count
            self.links_waited_ms += event.waited_ms

    def _stock_measured(self, event: e.StockMeasured) -> None:
        if event.units <= 0:
            self.emptied_at.setdefault(event.sku, event.occurred_at)
