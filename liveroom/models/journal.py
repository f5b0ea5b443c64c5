"""The journal of a show: what was done and what befell it, one entry each; never what was merely counted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any

from msgspec import Struct

from liveroom.models import events as e
from liveroom.models.cart_alarm import Alarm
from liveroom.models.facts import DESK, ConnectionState
from liveroom.models.targets import TargetKpi


class EntryKind(StrEnum):
    """What an entry is about."""

    SEGMENT = "segment"
    """`subject` is the segment's id; blank: nothing is on air."""
    PLAN = "plan"
    """The run of show was changed."""
    OFFER = "offer"
    """`subject` is the offer's id, `text` its title."""
    OFFER_ENDED = "offer ended"
    """`text` is the reason; also where nobody reports it: its time is over, its units are sold."""
    PRICE = "price"
    """`subject` is the sku, `number` the price, `before` the one before, `text` the currency."""
    PINNED = "pinned"
    """`subject` is the sku; blank: no card."""
    PRESENTING = "presenting"
    """`text` is the way."""
    LINKS = "links"
    REMINDER = "reminder"
    """`text` is to whom."""
    AD_SPEND = "ad spend"
    """`number` is the amount per minute, in minor units."""
    RESERVED = "reserved"
    """`subject` is the sku, `number` the units."""
    ONE_STOCK = "one stock"
    TROUBLE = "trouble"
    SOURCE = "source"
    """`subject` is the source, `text` the reason, `state` its state."""
    COUNTING = "counting"
    """`subject` is the source that counts from now on, `text` for what."""
    QUESTION = "question"
    """`text` is the question that the presenter is shown; blank: none."""
    CLOCK_SHIFT = "clock shift"
    """`subject` is the source whose facts are counted `number` ms earlier."""
    REFUSED = "refused"
    """`subject` is the command, `text` why it was not carried out."""
    TARGET = "target"
    """`subject` is the key figure, `text` the number that is wanted; blank: none any more."""
    ALARM = "alarm"
    """`subject` is the key figure, `text` the line that it crossed, `number` 1: it is beyond it."""
    NOTE = "note"
    """`text` is what the producer wrote; blank: a mark."""
    TOLD = "told"
    """`text` is what the presenter was told; blank: the message was cleared."""


class Entry(Struct, frozen=True, kw_only=True, gc=False, array_like=True):
    """Something that happened at `at` (ms UTC)."""

    at: int
    kind: EntryKind
    subject: str = ""
    text: str = ""
    number: int = 0
    state: ConnectionState | None = None
    before: int | None = None


class Journal:
    """The entries of a show, whatever the order in which they arrived."""

    def __init__(self) -> None:
        """Start empty."""
        self._entries: tuple[Entry, ...] = ()
        self._fresh: list[Entry] = []

    def note(self, event: e.Event) -> None:
        """Take an event; most kinds leave no entry, nor does a source that says how a lever stands."""
        if type(event) in _LEVERS and event.source != DESK:
            return
        write = _WRITERS.get(type(event))
        fields = None if write is None else write(event)
        if fields is not None:
            self._fresh.append(Entry(at=event.occurred_at, **fields))

    def entries(self) -> tuple[Entry, ...]:
        """Return all entries in order of time; the same object while nothing is new."""
        if self._fresh:
            found = (*self._entries, *self._fresh)
            self._fresh.clear()
            self._entries = tuple(sorted(found, key=in_order))
        return self._entries

    def restore(self, entries: list[Entry]) -> None:
        """Put stored entries back."""
        self._entries = tuple(entries)


def with_alarms(entries: tuple[Entry, ...], alarms: Sequence[Alarm]) -> tuple[Entry, ...]:
    """Return entries with those of the alarms for carts: one where it went up, one where it was over."""
    found = [
        Entry(
            at=at,
            kind=EntryKind.ALARM,
            subject=TargetKpi.ABANDONMENT.value,
            text=repr(alarm.line),
            number=up,
        )
        for alarm in alarms
        for at, up in ((alarm.since, 1), (alarm.until, 0))
        if at is not None
    ]
    return tuple(sorted((*entries, *found), key=in_order)) if found else entries


def in_order(entry: Entry) -> tuple[int, str, str, str, int]:
    """Return what entries are sorted by: two of one instant stand the same, whichever arrived first."""
    return entry.at, entry.kind.value, entry.subject, entry.text, entry.number


def _refused(event: e.CommandGiven) -> dict[str, Any] | None:
    if not event.refusal:
        return None
    return {"kind": EntryKind.REFUSED, "subject": event.command, "text": event.refusal}


def _on(kind: EntryKind, on: bool) -> dict[str, Any]:
    return {"kind": kind, "text": "on" if on else "off"}


_Write = Callable[[Any], dict[str, Any] | None]
_WRITERS: Mapping[type[e.Event], _Write] = {
    e.SegmentStarted: lambda v: {"kind": EntryKind.SEGMENT, "subject": v.segment_id},
    e.RunOfShowChanged: lambda v: {"kind": EntryKind.PLAN, "number": len(v.segments)},
    e.OfferStarted: lambda v: {
        "kind": EntryKind.OFFER,
        "subject": v.offer.offer_id,
        "text": v.offer.title,
    },
    e.OfferEnded: lambda v: {
        "kind": EntryKind.OFFER_ENDED,
        "subject": v.offer_id,
        "text": v.reason,
    },
    e.ProductPinned: lambda v: {"kind": EntryKind.PINNED, "subject": v.sku},
    e.PresentationChanged: lambda v: {"kind": EntryKind.PRESENTING, "text": v.style.value},
    e.PaymentLinksAutomated: lambda v: _on(EntryKind.LINKS, v.on),
    e.ReminderSent: lambda v: {"kind": EntryKind.REMINDER, "text": v.to.value},
    e.AdBudgetSet: lambda v: {"kind": EntryKind.AD_SPEND, "number": v.per_minute_minor},
    e.StockReserved: lambda v: {
        "kind": EntryKind.RESERVED,
        "subject": v.sku,
        "number": v.units,
    },
    e.StockIntegrated: lambda v: _on(EntryKind.ONE_STOCK, v.on),
    e.TroubleStarted: lambda v: {
        "kind": EntryKind.TROUBLE,
        "subject": v.subject,
        "text": v.text or v.trouble.value,
    },
    e.ConnectionChanged: lambda v: {
        "kind": EntryKind.SOURCE,
        "subject": v.source,
        "text": v.reason,
        "state": v.state,
    },
    e.CountingSourceChosen: lambda v: {
        "kind": EntryKind.COUNTING,
        "subject": v.chosen,
        "text": v.counted.value,
    },
    e.QuestionPinned: lambda v: {"kind": EntryKind.QUESTION, "text": v.text},
    e.ClockShiftSet: lambda v: {
        "kind": EntryKind.CLOCK_SHIFT,
        "subject": v.shifted,
        "number": v.shift_ms,
    },
    e.CommandGiven: _refused,
    e.TargetSet: lambda v: {
        "kind": EntryKind.TARGET,
        "subject": v.kpi.value,
        "text": "" if v.value is None else repr(v.value),
    },
    e.NoteTaken: lambda v: {"kind": EntryKind.NOTE, "text": v.text},
    e.PresenterTold: lambda v: {"kind": EntryKind.TOLD, "text": v.text},
}
_LEVERS = frozenset(
    (
        e.PresentationChanged,
        e.PaymentLinksAutomated,
        e.AdBudgetSet,
        e.StockIntegrated,
        e.TargetSet,
    )
)
"""Settings are deeds where the producer moves them; a source reports how they stand from the start."""
JOURNAL_EVENTS = frozenset(_WRITERS)
"""The kinds of events that may leave an entry."""
