"""A window of a recording that counts like the same window of the whole.

What lies before (or after) it is not played, but says things of what is: through which channel an order's
visit came, what a cancelled order was worth, which details the source gives at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TypeGuard

from msgspec.structs import replace

from liveroom.models.events import (
    CartItemAdded,
    ChatPosted,
    Event,
    OrderCancelled,
    OrderPlaced,
    VisitStarted,
)
from liveroom.models.facts import Fact
from liveroom.models.money import Ledger
from liveroom.models.window import Window

_DETAILS: dict[type[Event], tuple[Fact, tuple[tuple[str, str], ...]]] = {
    VisitStarted: (Fact.VISITS, (("person", "person"),)),
    CartItemAdded: (Fact.CARTS, (("visit", "visit"),)),
    OrderPlaced: (
        Fact.ORDERS,
        (("amount_minor", "amount"), ("units", "units"), ("person", "person")),
    ),
    OrderCancelled: (Fact.CANCELLATIONS, (("amount_minor", "amount"),)),
    ChatPosted: (Fact.CHAT, (("person", "person"), ("text", "text"))),
}


def cut(events: Sequence[Event], window: Window, ledger: Ledger) -> list[Event]:
    """Return the events inside a window, in the same order, with what the others say of them.

    `events` are those of the whole recording in the order of their times.
    """
    within = [event for event in events if event.occurred_at in window]
    visits = _visits(events, within)
    taken = {id(event): full for event, full in _taken_out(events, within, window, ledger)}
    found = []
    for event in within:
        if isinstance(event, OrderPlaced):
            event = _attributed(event, visits, window)
        elif isinstance(event, OrderCancelled):
            event = taken.get(id(event), event)
        found.append(event)
    return found


def details_of(events: Iterable[Event], ledger: Ledger) -> tuple[str, ...]:
    """Return which facts there are and which details come with them: `visits`, `visits.person`.

    What never comes is unknown, also in a window in which nothing happened at all.
    """
    found: set[str] = set()
    whole: list[OrderCancelled] = []
    worth: set[str] = set()
    for event in events:
        if type(event) not in _DETAILS:
            continue
        fact, details = _DETAILS[type(event)]
        found.add(fact)
        found.update(
            f"{fact}.{word}" for name, word in details if getattr(event, name) not in (None, "")
        )
        if isinstance(event, OrderPlaced):
            if event.order_id and ledger.value(event.amount_minor, event.currency) is not None:
                worth.add(event.order_id)
        elif isinstance(event, OrderCancelled) and event.amount_minor is None:
            whole.append(event)
    if any(event.order_id in worth for event in whole):
        found.add(f"{Fact.CANCELLATIONS}.amount")
    return tuple(sorted(found))


def _visits(events: Iterable[Event], within: Iterable[Event]) -> dict[int, VisitStarted]:
    """Return the first record of every visit that an order of the window came through."""
    wanted = {
        event.visit
        for event in within
        if isinstance(event, OrderPlaced) and event.channel is None and event.visit is not None
    }
    found: dict[int, VisitStarted] = {}
    if wanted:
        for event in events:
            if isinstance(event, VisitStarted) and event.visit in wanted:
                found.setdefault(event.visit, event)
    return found


def _attributed(event: OrderPlaced, visits: dict[int, VisitStarted], window: Window) -> OrderPlaced:
    """Give an order the channel of its visit where that is not played."""
    visit = visits.get(event.visit) if event.visit is not None and event.channel is None else None
    if visit is None or visit.occurred_at in window:
        return event
    return replace(event, channel=visit.channel, label=visit.label)


def _taken_out(
    events: Iterable[Event], within: Iterable[Event], window: Window, ledger: Ledger
) -> Iterator[tuple[OrderCancelled, OrderCancelled]]:
    """Yield cancellations without an amount of the window, with what they take of their order.

    That is what is left of the order after all refunds, at the earliest of its cancellations; see
    `models/cancellations.py`. Only where something of the order is not played.
    """
    wanted = {event.order_id for event in within if _takes_whole(event)}
    of_order: defaultdict[str, list[OrderPlaced | OrderCancelled]] = defaultdict(list)
    if wanted:
        for event in events:
            if isinstance(event, OrderPlaced | OrderCancelled) and event.order_id in wanted:
                of_order[event.order_id].append(event)
    for parts in of_order.values():
        if all(part.occurred_at in window for part in parts):
            continue
        whole = [part for part in parts if isinstance(part, OrderCancelled) and _takes_whole(part)]
        left = _left(parts, ledger)
        for cancelled in whole if left is not None else ():
            amount, currency = left if cancelled is whole[0] and left else (0, ledger.currency)
            yield cancelled, replace(cancelled, amount_minor=amount, currency=currency)


def _takes_whole(event: Event) -> TypeGuard[OrderCancelled]:
    return isinstance(event, OrderCancelled) and event.amount_minor is None and bool(event.order_id)


def _left(
    parts: Sequence[OrderPlaced | OrderCancelled], ledger: Ledger
) -> tuple[int | None, str | None] | None:
    """Return what is left of an order (one id may carry two) after its refunds; None: unknown."""
    placed, refunded = [], 0
    for part in parts:
        value = ledger.value(part.amount_minor, part.currency)
        if value is not None:
            if isinstance(part, OrderPlaced):
                placed.append((part, value))
            else:
                refunded += value
    if not placed:
        return None
    if len(placed) == 1 and not refunded:
        return placed[0][0].amount_minor, placed[0][0].currency
    return max(0, sum(value for _, value in placed) - refunded), ledger.currency
