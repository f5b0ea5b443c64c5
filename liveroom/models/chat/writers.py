"""Who wrote when: distinct people of any span that begins with a minute."""

from __future__ import annotations

from liveroom.models.chat.timed_rows import TimedRows
from liveroom.models.distinct import distinct

_MINUTE_MS = 60_000
_MINUTES_KEPT = 4


class Writers:
    """One row per person and minute in which they wrote: the instant of their first message in it."""

    def __init__(self) -> None:
        """Start empty."""
        self.rows = TimedRows(2)
        self._firsts: dict[int, dict[int, int]] = {}

    def wrote(self, at: int, person: int) -> None:
        """Take that a person wrote at an instant (ms UTC)."""
        minute = at // _MINUTE_MS
        firsts = self._firsts.get(minute)
        if firsts is None:
            firsts = self._firsts[minute] = {}
            if len(self._firsts) > _MINUTES_KEPT:
                del self._firsts[min(self._firsts)]
        first = firsts.get(person)
        # An earlier one that comes later counts too; people are counted once, whatever their rows.
        if first is None or at < first:
            firsts[person] = at
            self.rows.add(at, person)

    def count(self, since: int, until: int) -> int:
        """Return how many people wrote from a whole minute on up to an instant (both ms UTC)."""
        return len(distinct(self.rows.between(since - 1, until)[:, 1]))
