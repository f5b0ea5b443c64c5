"""What a number says about itself when the pointer rests on it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from liveroom.models.definitions import DEFINITIONS
from liveroom.ui import format as fmt
from liveroom.ui.freshness import why_stale

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot


def explain(key: str, snapshot: Snapshot | None, exact: str = "", more: Iterable[str] = ()) -> str:
    """Return a number's definition, denominator, source and age as rich text; `exact` leads.

    `more` is what else is to be said of its value.
    """
    definition = DEFINITIONS[key]
    lines = [f"<b>{escape(definition.title)}</b>{'&nbsp; ' + escape(exact) if exact else ''}"]
    lines.extend(escape(line) for line in more)
    lines.append(escape(definition.meaning))
    if definition.ratio:
        lines.append(escape(definition.ratio))
    if snapshot is not None:
        lines.extend(escape(line) for line in _sources(key, snapshot))
    return "<qt>" + "<br>".join(lines) + "</qt>"


def source_title(snapshot: Snapshot, source: str) -> str:
    """Return the title of a source as the producer knows it."""
    for connection in snapshot.connections:
        if connection.source == source:
            return connection.title or source
    return source


def _sources(key: str, snapshot: Snapshot) -> list[str]:
    lines = []
    for fact in DEFINITIONS[key].facts:
        words = fact.value.replace("_", " ")
        source = snapshot.counting.get(fact)
        if source is None:
            lines.append(f"No source reports {words}.")
            continue
        age = snapshot.age_ms(fact)
        heard = "nothing yet" if age is None else fmt.age(age, snapshot.at, snapshot.timezone)
        lines.append(f"Source of {words}: {source_title(snapshot, source)}, {heard}")
    stale = [why for fact in DEFINITIONS[key].facts if (why := snapshot.stale(fact)) is not None]
    lines += dict.fromkeys(why_stale(why, snapshot) for why in stale)
    return lines
