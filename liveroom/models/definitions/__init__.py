"""What every number on the desk means: in words, numerator ÷ denominator, and the facts it rests on.

Tooltips, exports and `docs/desk.md` read this table, so that a number has one definition. A rate
names its denominator; a window of time is part of the definition.
"""

from __future__ import annotations

from liveroom.models.definitions import (
    carts,
    channels,
    chat,
    money,
    presenter,
    products,
    room,
    sources,
    targets,
    timeline,
)
from liveroom.models.definitions.definition import Definition

DEFINITIONS: dict[str, Definition] = {
    name: definition
    for part in (
        room,
        products,
        channels,
        timeline,
        carts,
        money,
        chat,
        presenter,
        targets,
        sources,
    )
    for name, definition in part.DEFINITIONS.items()
}
