"""Shows made up by Hypothesis: a few minutes of every kind of fact, some of them unknown or late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st

from liveroom.models import events as e
from liveroom.models.facts import EntryChannel
from tests.factory import SHOW_START

SECONDS = st.integers(0, 600_000)
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
    }
    fields = {name: draw(choices[name]) for name in names & set(choices)}
    if kind is e.VisitStarted:
        fields["channel"] = draw(st.sampled_from(EntryChannel))
    if kind is e.OrderPlaced:
        fields["channel"] = draw(st.none() | st.sampled_from(EntryChannel))
        fields["units"] = draw(st.none() | st.integers(1, 4))
    return fields


FACTS = tuple(kind for kind in e.EVENT_TYPES if kind.fact is not None)


@st.composite
def shows(draw: st.DrawFn, most: int = 40, kinds: Sequence[type[e.Event]] = FACTS) -> list[e.Event]:
    """Return events of some kinds in order of arrival, each with an id of its own."""
    events = []
    for number in range(draw(st.integers(0, most))):
        kind = draw(st.sampled_from(kinds))
        at = SHOW_START + draw(SECONDS)
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
