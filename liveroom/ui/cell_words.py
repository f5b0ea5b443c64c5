"""What was said and done in one cell of the map, in words."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from liveroom.ui import format as fmt
from liveroom.ui.heat_rows import METRICS, OTHERS, ROOM, intent_of, is_known, segments_in
from liveroom.ui.log_words import is_news, line_of

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot


MOST_MESSAGES = 60


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
    kind = intent_of(row)
    if kind is not None:
        what = f"messages about {kind.word}"
    else:
        what = ROOM.get(row) or ("Other products" if row == OTHERS else names.get(row, row))
    edges = [fmt.clock(at * 1000, snapshot.timezone, seconds=at % 60 != 0) for at in (start, end)]
    if snapshot.at - start * 1000 >= fmt.DAY:
        edges[0] = f"{fmt.day(start * 1000, snapshot.timezone)} {edges[0]}"
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
    return lines + _messages(snapshot, row, start, end)


def _messages(snapshot: Snapshot, row: str, start: int, end: int) -> list[CellLine]:
    """Return what was written meanwhile; of a product what is asked about it and not answered yet."""
    history, kind = snapshot.chat.history, intent_of(row)
    if row not in ROOM and kind is None:
        found = [
            (each.asked_at, each.text)
            for each in snapshot.chat.open
            if each.sku == row and start * 1000 <= each.asked_at < end * 1000
        ]
    else:
        places = range(len(history))
        first = bisect_left(places, start * 1000, key=lambda place: history.at(place).at)
        last = bisect_left(places, end * 1000, key=lambda place: history.at(place).at)
        messages = (history.at(place) for place in reversed(range(first, last)))
        found = [(each.at, each.text) for each in messages if kind is None or each.intent is kind][
            :MOST_MESSAGES
        ]
    return [
        CellLine(fmt.clock(at, snapshot.timezone), "question", "text_2", text) for at, text in found
    ]


def _counts(snapshot: Snapshot, row: str, block: int) -> str:
    blocks = snapshot.blocks
    assert blocks is not None
    kind = intent_of(row)
    if kind is not None:
        return fmt.plural(int(blocks.intents[kind, block]), "message")
    if row in ROOM:
        return fmt.plural(int(getattr(blocks, row)[block]), ROOM[row].lower()[:-1])
    if row not in blocks.skus:
        return ""
    place = blocks.skus.index(row)
    return " · ".join(
        fmt.plural(int(getattr(blocks, metric)[place, block]), metric[:-1])
        for metric in METRICS
        if is_known(snapshot, metric)
    )
