"""Shows made up by Hypothesis: a few minutes of every kind of fact, some of them unknown or late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from liveroom.models import events as e
from liveroom.models.facts import EntryChannel, Presentation, Recipients, Trouble
from liveroom.models.offers import Offer, OfferKind
from tests.factory import SHOW_START

MILLISECONDS = st.integers(0, 1_500_000)
"""Of a show: long enough for carts to be abandoned and to come back."""
SKUS = st.sampled_from(["mug", "cap", "bag"])
VISITS = st.none() | st.integers(1, 6)
CURRENCIES = st.sampled_from(["BRL", "BRL", "USD", "EUR"])


@st.composite
def order_lines(draw: st.DrawFn) -> tuple[e.OrderLine, ...]:
    return tuple(
        e.OrderLine(
            sku=draw(SKUS),
            units=draw(st.integers(1, 3)),
            amount_minor=draw(st.none() | st.integers(0, 5000)),
            is_product=draw(st.booleans()),
        )
        for _ in range(draw(st.integers(0, 3)))
    )


def _fields(draw: st.DrawFn, kind: type[e.Event]) -> dict[str, Any]:
    names = set(kind.__struct_fields__)
    choices: dict[str, st.SearchStrategy[Any]] = {
        "count": st.integers(1, 3),
        "viewers": st.integers(0, 900),
        "sku": SKUS,
        "visit": VISITS,
        "person": st.none() | st.integers(1, 5),
        "label": st.sampled_from(["", "Search", "Mail"]),
        "units": st.integers(1, 4),
        "order_id": st.sampled_from(["", "A1", "A2"]),
        "amount_minor": st.none() | st.integers(0, 90_000),
        "currency": CURRENCIES,
        "text": st.sampled_from(["", "quanto custa?"]),
        "lines": order_lines(),
        "returning": st.none() | st.booleans(),
        "method": st.sampled_from(["", "pix", "card"]),
        "offer_id": st.sampled_from(["", "", "surprise"]),
    }
    fields = {name: draw(choices[name]) for name in names & set(choices)}
    if kind is e.VisitStarted:
        fields["channel"] = draw(st.sampled_from(EntryChannel))
    if kind is e.AdSpent:
        fields["amount_minor"] = draw(st.integers(0, 90_000))
        fields["currency"] = draw(st.none() | CURRENCIES)
    if kind is e.OrderPlaced:
        fields["channel"] = draw(st.none() | st.sampled_from(EntryChannel))
        fields["units"] = draw(st.none() | st.integers(1, 4))
    return fields


OFFERS = st.builds(
    Offer,
    offer_id=st.sampled_from(["surprise", "kit"]),
    kind=st.sampled_from(OfferKind),
    title=st.sampled_from(["Surprise", "Kit"]),
    skus=st.sets(SKUS).map(lambda skus: tuple(sorted(skus))),
)
LEVERS: dict[type[e.Event], dict[str, st.SearchStrategy[Any]]] = {
    e.OfferStarted: {"offer": OFFERS, "ends_at": st.none() | st.just(SHOW_START + 900_000)},
    e.OfferEnded: {"offer_id": st.sampled_from(["surprise", "kit"])},
    e.ProductPinned: {"sku": SKUS | st.just("")},
    e.PresentationChanged: {"style": st.sampled_from(Presentation)},
    e.PaymentLinkSent: {"sku": SKUS, "label": st.just("by hand")},
    e.PaymentLinksAutomated: {"on": st.booleans()},
    e.ReminderSent: {"to": st.sampled_from(Recipients)},
    e.AdBudgetSet: {"per_minute_minor": st.integers(0, 9000), "currency": CURRENCIES},
    e.StockReserved: {"sku": SKUS, "units": st.integers(0, 9)},
    e.StockIntegrated: {"on": st.booleans()},
    e.CommandGiven: {
        "command": st.sampled_from(["PinProduct", "SetAdSpend"]),
        "refusal": st.sampled_from(["", "no such product", "too much"]),
    },
    e.TroubleStarted: {"trouble": st.sampled_from(Trouble), "ends_at": st.just(SHOW_START)},
}


@st.composite
def lever_moves(draw: st.DrawFn, most: int = 12) -> list[e.Event]:
    """Return what a producer sets, in order of arrival."""
    moves: list[e.Event] = []
    for number in range(draw(st.integers(0, most))):
        kind = draw(st.sampled_from(sorted(LEVERS, key=lambda kind: kind.__name__)))
        at = SHOW_START + draw(MILLISECONDS)
        fields = {name: draw(values) for name, values in LEVERS[kind].items()}
        common = {"occurred_at": at, "received_at": at, "source": "desk"}
        moves.append(kind(**common, source_id=f"lever {number}", **fields))
    return moves


FACTS = tuple(kind for kind in e.EVENT_TYPES if kind.fact is not None)


@st.composite
def shows(draw: st.DrawFn, most: int = 40, kinds: Sequence[type[e.Event]] = FACTS) -> list[e.Event]:
    """Return events of some kinds in order of arrival, each with an id of its own."""
    events = []
    for number in range(draw(st.integers(0, most))):
        kind = draw(st.sampled_from(kinds))
        at = SHOW_START + draw(MILLISECONDS)
        events.append(
            kind(
                occurred_at=at,
                received_at=at + draw(st.integers(0, 5000)),
                source="shop",
                source_id=str(number),
                **_fields(draw, kind),
            )
        )
    return events
