"""Whom a chat message is written to: the name that it begins with, as people address each other."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from msgspec.structs import replace

from liveroom.models.events import ChatPosted, Event

_ADDRESS = re.compile(r"[\s\ufeff]*@?\s*([^\s,:;>@]{1,40}?)(?:[,:;>-]+\s|[,:;>-]*>|\s|$)")

E = TypeVar("E", bound=Event)


def addressed(text: str) -> str:
    """Return the first word of a text without what sets an address off (`ana:`, `@ana`); blank: none.

    Only whoever knows the names of those who write can tell whether it is one.
    """
    found = _ADDRESS.match(text)
    return found[1] if found else ""


def of_writers(events: Iterable[E]) -> list[E]:
    """Return events in which nobody is addressed who does not write in them."""
    kept = list(events)
    writers = {event.person for event in kept if isinstance(event, ChatPosted)}
    return [
        replace(event, to_person=None)
        if isinstance(event, ChatPosted)
        and event.to_person is not None
        and event.to_person not in writers
        else event
        for event in kept
    ]
