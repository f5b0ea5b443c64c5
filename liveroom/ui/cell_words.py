"""What was said and done in one cell of the map, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from liveroom.ui import format as fmt
from liveroom.ui.heat_rows import METRICS, OTHERS, is_known, segments_in
from liveroom.ui.log_words import is_news, line_of

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

_ROOM = {"chat": "Messages", "reactions": "Reactions"}


class CellLine(NamedTuple):
    """One line: its time or nothing, a mark, its tone, what happened, and a quieter detail."""

    time: str
    glyph: str
    tone: str
    words: str
    detail: str = ""


def span_of(snapshot: Snapshot, block: int) -> tuple[int, int]:
    """Return where a block begins and ends, or how far it is (s UTC)."""
    assert snapshot.blocks is not None
    start = int(snapshot.blocks.starts[min(block, len(snapshot.blocks.starts) - 1)])
    return start, min(start + snapshot.blocks.minutes * 60, snapshot.blocks.until)


def title_of(snapshot: Snapshot, row: str, block: int) -> str:
    """Return when a cell was and what it is about."""
    start, end = span_of(snapshot, block)
    names = {one.sku: one.name or one.sku for one in snapshot.products}
    what = _ROOM.get(row) or ("Other products" if row == OTHERS else names.get(row, row))
    edges = [fmt.clock(at * 1000, snapshot.timezone, seconds=at % 60 != 0) for at in (start, end)]
    return f"{edges[0]}–{edges[1]} · {what}"


def lines_of(snapshot: Snapshot, row: str, block: int) -> list[CellLine]:
    """Return what is known of a cell: its counts, what was on air, and what happened meanwhile."""
    start, end = span_of(snapshot, block)
    lines = [CellLine("", "", "text", _counts(snapshot, row, block))]
    for timing in segments_in(snapshot, start, end):
        if timing.start is not None and timing.start >= start * 1000:
            # The log tells it below.
            continue
        lines.append(
            CellLine(
                fmt.clock(timing.start, snapshot.timezone),
                "on air",
                "text_2",
                timing.segment.title,
                "on air",
            )
        )
    for entry in snapshot.journal:
        if start * 1000 <= entry.at < end * 1000 and is_news(entry):
            line = line_of(entry, snapshot)
            time = fmt.clock(entry.at, snapshot.timezone)
            lines.append(CellLine(time, line.glyph, line.tone, line.words, line.detail))
    return lines


def _counts(snapshot: Snapshot, row: str, block: int) -> str:
    blocks = snapshot.blocks
    assert blocks is not None
    if row in _ROOM:
        return fmt.plural(int(getattr(blocks, row)[block]), _ROOM[row].lower()[:-1])
    if row not in blocks.skus:
        return ""
    place = blocks.skus.index(row)
    return " · ".join(
        fmt.plural(int(getattr(blocks, metric)[place, block]), metric[:-1])
        for metric in METRICS
        if is_known(snapshot, metric)
    )
