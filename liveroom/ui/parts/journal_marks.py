"""Which entries of the journal the chart marks, and how marks that lie close together share one.

A new kind of entry is one line in `MARKED`; its shape, tone and words are those of the log.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from liveroom.models.facts import TROUBLED, ConnectionState
from liveroom.models.journal import EntryKind
from liveroom.ui import format as fmt
from liveroom.ui.log_words import line_of

if TYPE_CHECKING:
    from liveroom.models.journal import Entry
    from liveroom.models.snapshot import Snapshot


class Marking(NamedTuple):
    """How a kind of entry is marked: of several in one place the one of highest `rank` gives the shape."""

    rank: int
    glyph: str = ""
    """Blank: the shape that the log has for it."""
    in_lane: bool = True
    """Offers have a line and a diamond of their own, and are only walked."""


MARKED: dict[EntryKind, Marking] = {
    EntryKind.TROUBLE: Marking(5),
    EntryKind.SOURCE: Marking(4),
    EntryKind.COUNTING: Marking(2),
    EntryKind.NOTE: Marking(1, "flag"),
    EntryKind.OFFER: Marking(0, in_lane=False),
}
_SIDE, _GAP, _DIGIT = 10.0, 4.0, 7.0
_MOST_LINES = 6


class Mark(NamedTuple):
    """Something that happened: when (ms UTC), its shape and tone, and what in words."""

    at: int
    glyph: str
    tone: str
    words: str
    rank: int
    in_lane: bool


class Cluster(NamedTuple):
    """Marks that share a place: where (px), how wide, and which (places in the list of marks)."""

    x: float
    width: float
    marks: tuple[int, ...]


def marks_of(snapshot: Snapshot, known: dict[Entry, Mark]) -> tuple[Mark, ...]:
    """Return what the chart marks, in order of time, up to the snapshot's instant.

    `known` keeps what was put into words before: a new entry costs one look at each, and words for itself.
    """
    found: list[Mark] = []
    troubled: set[str] = set()
    for entry in snapshot.journal:
        marking = MARKED.get(entry.kind)
        if marking is None or entry.at > snapshot.at or not _is_news(entry, troubled):
            continue
        mark = known.get(entry)
        if mark is None:
            mark = known[entry] = _mark_of(entry, marking, snapshot)
        found.append(mark)
    return tuple(found)


def _mark_of(entry: Entry, marking: Marking, snapshot: Snapshot) -> Mark:
    line = line_of(entry, snapshot)
    detail = line.detail if entry.kind is EntryKind.SOURCE else ""
    clock = fmt.moment(entry.at, snapshot.timezone, snapshot.at)
    words = f"{clock}  {line.words}{f': {detail}' if detail else ''}"
    glyph = marking.glyph or line.glyph
    return Mark(entry.at, glyph, line.tone, words, marking.rank, marking.in_lane)


def _is_news(entry: Entry, troubled: set[str]) -> bool:
    """Return whether an entry is an incident; a source that runs is one only after trouble."""
    if entry.kind is not EntryKind.SOURCE:
        return True
    if entry.state in TROUBLED:
        troubled.add(entry.subject)
        return True
    recovered = entry.state is ConnectionState.RUNNING and entry.subject in troubled
    if recovered:
        troubled.discard(entry.subject)
    return recovered


def clusters_of(
    marks: Sequence[Mark], start: float, pixels_a_second: float, width: float
) -> tuple[Cluster, ...]:
    """Return what stands in the lane from `start` (s UTC) on `width` pixels; nothing overlaps.

    A cluster stands where its first mark is and takes in what would touch it.
    """
    found: list[Cluster] = []
    for place, mark in enumerate(marks):
        x = (mark.at / 1000 - start) * pixels_a_second
        if not mark.in_lane or not -_SIDE / 2 <= x <= width + _SIDE / 2:
            continue
        x = max(x, _SIDE / 2)
        if found and x - _SIDE / 2 < found[-1].x - _SIDE / 2 + found[-1].width + _GAP:
            together = (*found[-1].marks, place)
            wide = _SIDE + 2 + _DIGIT * len(str(len(together)))
            found[-1] = Cluster(found[-1].x, wide, together)
        else:
            found.append(Cluster(x, _SIDE, (place,)))
    return tuple(found)


def lead_of(cluster: Cluster, marks: Sequence[Mark]) -> Mark:
    """Return the mark whose shape stands for a cluster: the gravest, of equals the first."""
    return max((marks[place] for place in cluster.marks), key=lambda mark: mark.rank)


def words_of(places: Sequence[int], marks: Sequence[Mark]) -> tuple[str, ...]:
    """Return what marks say, a line each; of many the first, and how many more there are."""
    shown = places if len(places) <= _MOST_LINES else places[: _MOST_LINES - 1]
    more = len(places) - len(shown)
    rest = (f"and {more} more",) if more else ()
    return (*(marks[place].words for place in shown), *rest)
