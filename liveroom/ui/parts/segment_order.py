"""Changes the order of what is still to come: keys move the chosen segment or cut it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from liveroom.ui.panel import Submit
from liveroom.ui.parts.segment_table import SegmentTable

if TYPE_CHECKING:
    from liveroom.ui.segment_rows import SegmentRow

_TO_COME = ("next", "planned")
_SURE_SECONDS = 4.0
"""How long the question whether a segment is to be cut stands."""


class SegmentOrder:
    """Asks for moves and cuts; the table follows when their fact comes back."""

    def __init__(self, table: SegmentTable, submit: Submit, hint: Callable[[str], None]) -> None:
        """Take the table in which a segment is chosen, and where a question is put."""
        self._table, self._submit, self._hint = table, submit, hint
        self._asked = ""
        self._asked_at = 0.0
        self.clock: Callable[[], float] = time.monotonic

    @property
    def is_asking(self) -> bool:
        """Return whether a question is on show."""
        return bool(self._asked) and self.clock() - self._asked_at < _SURE_SECONDS

    def move_up(self) -> None:
        """Bring the chosen segment forward by one."""
        self._move(-1)

    def move_down(self) -> None:
        """Put the chosen segment off by one."""
        self._move(1)

    def cut(self) -> None:
        """Take the chosen segment out; the first press asks, the second one means it."""
        from liveroom.models.commands import CutSegment

        row = self._chosen()
        if row is None:
            self._hint("only what is still to come can be cut")
        elif self.is_asking and self._asked == row.segment_id:
            self._asked = ""
            self._submit(CutSegment(segment_id=row.segment_id))
        else:
            self._asked, self._asked_at = row.segment_id, self.clock()
            self._hint(f"Delete again cuts {row.title}")

    def _move(self, step: int) -> None:
        from liveroom.models.commands import MoveSegment

        row = self._chosen()
        if row is None:
            self._hint("only what is still to come can be moved")
            return
        names = [each.segment_id for each in self._table.segment_rows]
        place = names.index(row.segment_id)
        other = place + step
        if not 0 <= other < len(names) or self._table.segment_rows[other].state not in _TO_COME:
            return
        # Before its neighbour, or before the one behind it.
        target = other if step < 0 else other + 1
        before = names[target] if target < len(names) else ""
        self._submit(MoveSegment(segment_id=row.segment_id, before=before))

    def _chosen(self) -> SegmentRow | None:
        row = self._table.row_at(self._table.currentIndex())
        return row if row is not None and row.state in _TO_COME else None
