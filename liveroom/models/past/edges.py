"""A log's totals at moments that are asked for again and again: the edges of blocks of time."""

from __future__ import annotations

from liveroom.models.past.delta_log import DeltaLog
from liveroom.models.timeline import Ints


class EdgeTotals:
    """Totals that are kept until a fact arrives that occurred before their moment."""

    def __init__(self, log: DeltaLog) -> None:
        """Remember what was asked of a log."""
        self._log = log
        self._known: dict[int, Ints] = {}

    def at(self, second: int, size: int) -> Ints:
        """Return the totals of all seconds before `second`, by key (`size` of them)."""
        changed_at = self._log.take_earliest()
        if changed_at is not None:
            self._known = {at: found for at, found in self._known.items() if at <= changed_at}
        found = self._known.get(second)
        if found is None or len(found) < size:
            found = self._known[second] = self._log.totals(second, size)
        return found[:size]
