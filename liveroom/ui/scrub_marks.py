"""What stands out on the way back through a show: the moments to which a key leads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from liveroom.models.journal import EntryKind
from liveroom.ui.log_words import is_news, line_of

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

_KINDS = frozenset(
    {
        EntryKind.OFFER,
        EntryKind.OFFER_ENDED,
        EntryKind.TROUBLE,
        EntryKind.NOTE,
        EntryKind.SOURCE,
        EntryKind.SEGMENT,
    }
)
_BARE = frozenset({EntryKind.SEGMENT, EntryKind.OFFER_ENDED})
"""Stand on the bar itself, not above it, but a key leads there too."""


class Mark(NamedTuple):
    """A moment (ms UTC), how it looks and what it is; without a glyph it is not painted."""

    at: int
    glyph: str
    tone: str
    words: str


def marks_of(snapshot: Snapshot) -> tuple[Mark, ...]:
    """Return the marks of a show in order of time; its peak audience is one."""
    marks = []
    for entry in snapshot.journal:
        if entry.kind in _KINDS and is_news(entry):
            line = line_of(entry, snapshot)
            glyph = "" if entry.kind in _BARE else line.glyph
            marks.append(Mark(entry.at, glyph, line.tone, line.words))
    audience = snapshot.audience
    if audience.peak_at is not None and audience.peak:
        marks.append(Mark(audience.peak_at, "up", "text_3", f"Peak audience {audience.peak:,}"))
    start = snapshot.started_at
    return tuple(sorted(m for m in marks if start is not None and start <= m.at <= snapshot.at))


def next_mark(marks: Sequence[Mark], at: int, step: int) -> Mark | None:
    """Return the nearest mark after an instant (`step` 1), or before it (-1)."""
    if step > 0:
        return next((mark for mark in marks if mark.at // 1000 > at // 1000), None)
    return next((mark for mark in reversed(marks) if mark.at // 1000 < at // 1000), None)
