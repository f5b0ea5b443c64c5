"""What the run of show says about each segment; text only, no widgets."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from liveroom.models.facts import Fact
from liveroom.models.run_of_show import SegmentTiming
from liveroom.ui import format as fmt
from liveroom.ui.parts.runs import Run
from liveroom.ui.states import on_air_word

if TYPE_CHECKING:
    from liveroom.models.snapshot import SegmentSales, Snapshot

_ENDING_MS = 90_000
_NEARLY, _FAR_OFF = 0.95, 0.8
"""Parts of what a segment owes: from the first up it is as planned, below the second far off it."""
_LEAST_DUE = 0.1


class TwoLines(NamedTuple):
    """A cell of two lines."""

    first: tuple[Run, ...] = ()
    second: tuple[Run, ...] = ()


class SegmentRow(NamedTuple):
    """A segment's cells, by column, and what can be edited in it."""

    segment_id: str
    state: str
    title: str
    duration_ms: int
    cells: dict[str, TwoLines]
    target: str = ""
    """The segment's revenue target as it is typed."""


class Left(NamedTuple):
    """How much of the segment on air is left."""

    value: str
    tone: str
    words: str
    share: float


_MARKS = {
    "done": Run(glyph="done", tone="text_3", px=10),
    "on air": Run(glyph="on air", tone="air_text", px=12),
    "next": Run(glyph="next", tone="next", px=11),
    "skipped": Run(glyph="skipped", tone="text_3", px=10),
}


def segment_row(
    timing: SegmentTiming,
    sales: SegmentSales | None,
    names: dict[str, str],
    snapshot: Snapshot,
) -> SegmentRow:
    """Return the cells of a segment; `names` are the products' by SKU."""
    segment = timing.segment
    target = segment.revenue_target_minor
    return SegmentRow(
        segment.segment_id,
        timing.state,
        segment.title,
        segment.duration_ms,
        {
            "mark": _mark(timing),
            "segment": _title(timing, names, snapshot),
            "start": _start(timing, snapshot),
            "length": _length(timing),
            "revenue": _revenue(timing, sales, snapshot),
        },
        "" if target is None else fmt.amount(target, snapshot.currency),
    )


def time_left(timing: SegmentTiming, snapshot: Snapshot) -> Left:
    """Return what is left of the segment on air, or by how much it is over."""
    start = timing.start if timing.start is not None else snapshot.at
    planned = timing.segment.duration_ms
    left = start + planned - snapshot.at
    ends = fmt.clock(start + planned, snapshot.timezone)
    share = min(1.0, max(0.0, 1 - left / planned)) if planned else 1.0
    if left < 0:
        words = f"of {fmt.duration(planned)} · plan {ends}"
        return Left(fmt.over_under(-left), "warn", words, 1.0)
    tone = "warn" if left <= _ENDING_MS else "text"
    # A second that has begun still counts: 0:01 is shown until it is over.
    rounded = -(-left // fmt.SECOND) * fmt.SECOND
    return Left(
        fmt.duration(rounded), tone, f"left of {fmt.duration(planned)} · ends {ends}", share
    )


def _mark(timing: SegmentTiming) -> TwoLines:
    number = Run(str(timing.number), "text_3", 11)
    mark = _MARKS.get(timing.state)
    if mark is None and timing.segment.starts_at is not None:
        mark = Run(glyph="hard start", tone="text_3", px=9)
    return TwoLines((mark,), (number,)) if mark is not None else TwoLines((number,))


def _title(timing: SegmentTiming, names: dict[str, str], snapshot: Snapshot) -> TwoLines:
    marked = timing.state in ("on air", "next")
    tone = "text_2" if timing.state in ("done", "skipped") else "text"
    first = (Run(timing.segment.title or "Untitled", tone, 12, 600 if marked else 400),)
    second: list[Run] = []
    if timing.state == "on air":
        word = on_air_word(snapshot.mode, snapshot.is_past)
        second.append(Run(word, "go_text", 11, 600, fill="onair"))
    elif timing.state == "next":
        second.append(Run("NEXT", "next", 11, 600, outline="next"))
    elif timing.state == "skipped":
        second.append(Run("skipped", "text_3", 11))
    words = _beneath(timing, names, snapshot)
    if words:
        second.append(Run(words, "text_3", 11, gap=8 if second else 0))
    return TwoLines(first, tuple(second))


def _beneath(timing: SegmentTiming, names: dict[str, str], snapshot: Snapshot) -> str:
    parts = []
    if timing.segment.starts_at is not None:
        parts.append(f"hard start {fmt.clock(timing.segment.starts_at, snapshot.timezone)}")
    skus = timing.segment.skus
    if len(skus) == 1:
        name = names.get(skus[0], skus[0])
        if name not in timing.segment.title:
            parts.append(name)
    elif skus:
        listed = ", ".join(names.get(sku, sku) for sku in skus)
        parts.append(f"{len(skus)} products: {listed}")
    return " · ".join(parts)


def _start(timing: SegmentTiming, snapshot: Snapshot) -> TwoLines:
    zone = snapshot.timezone
    if timing.start is None:
        return TwoLines((Run(fmt.NONE_YET, "text_3"),))
    hard = timing.segment.starts_at
    late = hard is not None and timing.start - hard >= fmt.SECOND and timing.state != "done"
    first = (Run(fmt.clock(timing.start, zone), "warn" if late else "text"),)
    planned = timing.planned_start
    if planned is None or abs(planned - timing.start) < fmt.SECOND:
        return TwoLines(first)
    return TwoLines(first, (Run(fmt.clock(planned, zone), "text_3", 11, strike=True),))


def _length(timing: SegmentTiming) -> TwoLines:
    planned = timing.segment.duration_ms
    if timing.state != "done" or timing.start is None or timing.end is None:
        return TwoLines((Run(fmt.duration(planned), "text_2"),))
    actual = timing.end - timing.start
    over = actual - planned
    first = (Run(fmt.duration(actual), "text_2"),)
    if abs(over) < fmt.SECOND:
        return TwoLines(first)
    return TwoLines(first, (Run(fmt.over_under(over), "warn" if over > 0 else "text_3", 11),))


def _revenue(timing: SegmentTiming, sales: SegmentSales | None, snapshot: Snapshot) -> TwoLines:
    goal = timing.segment.revenue_target_minor
    of = () if goal is None else (Run(f"of {_short(goal, snapshot.currency)}", "text_3", 11),)
    if timing.state not in ("done", "on air"):
        return TwoLines((Run(fmt.NONE_YET, "text_3"),), of)
    if Fact.ORDERS not in snapshot.counting:
        return TwoLines((Run(fmt.UNKNOWN, "text_3"),), of)
    if sales is None:
        return TwoLines((Run(fmt.NONE_YET, "text_3"),), of)
    known = sales.revenue_minor is not None
    first = Run(fmt.amount(sales.revenue_minor, snapshot.currency), "text" if known else "text_3")
    if goal and sales.revenue_minor is not None:
        share = sales.revenue_minor / goal
        due = _share_due(timing, snapshot.at)
        # So early it is chance whether somebody has ordered yet.
        tone = _tone_of(share / due, timing.state == "done") if due >= _LEAST_DUE else "text_2"
        reached = Run(fmt.percent(share, 0), tone, 11)
        return TwoLines((first,), (reached, *(run._replace(gap=4) for run in of)))
    if sales.orders is None:
        return TwoLines((first,))
    return TwoLines((first,), (Run(fmt.plural(sales.orders, "order"), "text_3", 11),))


def _share_due(timing: SegmentTiming, at: int) -> float:
    """Return which part of its target a segment owes by now: by its planned length, all of it once done."""
    if timing.state == "done" or timing.start is None or not timing.segment.duration_ms:
        return 1.0
    passed = (at - timing.start) / timing.segment.duration_ms
    return min(1.0, max(0.0, passed))


def _tone_of(share: float, is_done: bool) -> str:
    """Return the tone of what was reached: a colour only where something can still be done about it."""
    if is_done or share >= _NEARLY:
        return "text_2"
    return "warn" if share >= _FAR_OFF else "bad"


def _short(minor: int, currency: str | None) -> str:
    """Return an amount in thousands without its sign."""
    return fmt.money_round(minor, currency).removeprefix(fmt.symbol(currency)).strip()
