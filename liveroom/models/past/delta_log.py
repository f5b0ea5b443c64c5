"""Sums per key at any second of a show, in some three bytes a change.

A *row* is a second, a key (a small integer) and how much was added to it there. Rows that were just
written are plain arrays. What is older is kept in compressed chunks in order of time, each with the
totals before it, so that the totals at a second cost one chunk however long the show is. Facts that
come too late for that wait in chunks of their own until somebody asks.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

import numpy as np

from liveroom.models.past.chunks import Chunk, Rows, pack, unpack
from liveroom.models.timeline import Ints

_BUFFER = 4096
_RECENT, _CHUNK = 1 << 14, 1 << 12
"""So many rows at least lie in sight, and so many are packed together: the fewer, the sooner unpacked."""
_MOST_OPEN = 4
_KEY_BITS = 24
_KEYS = 1 << _KEY_BITS
_NEVER = (1 << 63) - 1
_MOST_LATE = 2
"""So many chunks of late facts are looked at one by one; more are put in order first."""


class DeltaLog:
    """Counts by key and second; of one second and key they are added up."""

    def __init__(self) -> None:
        """Start empty."""
        self._fresh: dict[int, int] = {}
        self._recent, self._recent_from = Rows.none(), _NEVER
        """The newest rows, in no order, and the earliest code among them."""
        self._chunks: list[Chunk] = []
        """In order of time: none begins before the one before it ends."""
        self._late: list[Chunk] = []
        self._open: list[tuple[Chunk, Rows]] = []
        self._since = _NEVER
        """The earliest code that was written since somebody asked."""

    def add(self, second: int, key: int, count: int) -> None:
        """Add `count` to a key (0 to 16 million) at a second (UTC, of either sign)."""
        fresh, code = self._fresh, (second << _KEY_BITS) | key
        if code < self._since:
            self._since = code
        fresh[code] = fresh.get(code, 0) + count
        if len(fresh) >= _BUFFER:
            self._flush()

    def totals(self, second: int, size: int) -> Ints:
        """Return the totals of all seconds before `second`, by key (`size` of them)."""
        self._settle()
        end = second << _KEY_BITS
        totals = np.zeros(size, dtype=np.int64)
        begun = self._begun(end)
        if begun:
            chunk = self._chunks[begun - 1]
            before = chunk.totals_before()
            totals[: len(before)] += before[:size]
            self._add_up(totals, self._rows_of(chunk), end)
        for chunk in self._late:
            if chunk.first < end:
                self._add_up(totals, self._rows_of(chunk), end)
        if self._recent_from < end:
            self._add_up(totals, self._recent, end)
        return totals

    def take_earliest(self) -> int | None:
        """Return the earliest second that was added to since this was last asked, None where none was."""
        since, self._since = self._since, _NEVER
        return None if since == _NEVER else since >> _KEY_BITS

    def between(self, start: int, end: int) -> tuple[Ints, Ints, Ints]:
        """Return seconds, keys and counts (n,) of the seconds from `start` to before `end`, in no order."""
        self._settle()
        low, high = start << _KEY_BITS, end << _KEY_BITS
        reaching = bisect_left(self._chunks, low, key=lambda chunk: chunk.last)
        parts = [
            self._rows_of(chunk)
            for chunk in (*self._chunks[reaching : self._begun(high)], *self._late)
            if chunk.first < high and chunk.last >= low
        ]
        parts.append(self._recent)
        rows = Rows.together(
            [part.where((part.codes >= low) & (part.codes < high)) for part in parts]
        )
        return rows.codes >> _KEY_BITS, rows.codes & (_KEYS - 1), rows.counts

    def latest(self, second: int, size: int) -> Ints:
        """Return the last second before `second` in which each key was added to; 0 where none was.

        Looks back until nothing earlier could be later than what was found.
        """
        counted = self.totals(second, size) != 0
        end, latest = second << _KEY_BITS, np.zeros(size, dtype=np.int64)
        self._note_latest(latest, self._recent, end)
        for chunk in self._late:
            self._note_latest(latest, self._rows_of(chunk), end)
        for chunk in reversed(self._chunks[: self._begun(end)]):
            if counted.any() and latest[counted].min() >= chunk.last >> _KEY_BITS:
                break
            self._note_latest(latest, self._rows_of(chunk), end)
        return latest

    def _begun(self, end: int) -> int:
        """Return how many chunks begin before a code."""
        return bisect_left(self._chunks, end, key=lambda chunk: chunk.first)

    def _note_latest(self, latest: Ints, rows: Rows, end: int) -> None:
        if rows is self._recent and self._recent_from >= end:
            return
        rows = rows.where((rows.codes < end) & ((rows.codes & (_KEYS - 1)) < len(latest)))
        np.maximum.at(latest, rows.codes & (_KEYS - 1), rows.codes >> _KEY_BITS)

    def __len__(self) -> int:
        """Return the number of rows, those of the last moments perhaps twice."""
        chunks = sum(chunk.rows for chunk in (*self._chunks, *self._late))
        return len(self._fresh) + len(self._recent.codes) + chunks

    def to_bytes(self) -> list[bytes]:
        """Return all rows, to be stored and given back to `restore`."""
        self._flush()
        recent = pack(self._recent.summed(), np.zeros(0, dtype=np.int64))
        return [chunk.to_bytes() for chunk in (recent, *self._late, *self._chunks)]

    def restore(self, stored: Iterable[bytes]) -> None:
        """Put what was stored into an empty log; raises ValueError where it does not fit."""
        recent, *others = [Chunk.from_bytes(body) for body in stored]
        self._see(unpack(recent))
        for chunk in others:
            in_order = not self._chunks or chunk.first >= self._chunks[-1].last
            (self._chunks if in_order and chunk.has_totals else self._late).append(chunk)

    def _flush(self) -> None:
        """Turn what was just written into arrays, and what is older into a chunk."""
        if not self._fresh:
            return
        fresh = Rows.of(self._fresh)
        self._fresh.clear()
        self._see(Rows.together([self._recent, fresh]))
        if len(self._recent.codes) >= 2 * _RECENT:
            self._seal()

    def _seal(self) -> None:
        # The newest half stays: a fact that is a little late still finds its place there.
        rows = self._recent.summed()
        older, recent = rows.split(len(rows.codes) // 2)
        last = self._chunks[-1].last if self._chunks else None
        late = 0 if last is None else int(np.searchsorted(older.codes, last))
        if late > _BUFFER:
            self._late.append(pack(older.split(late)[0], None))
        elif late:
            # A few are cheaper to keep in sight than to pack.
            recent = Rows.together([older.split(late)[0], recent])
        self._see(recent)
        self._append(older.split(late)[1])

    def _see(self, recent: Rows) -> None:
        self._recent = recent
        self._recent_from = int(recent.codes.min(initial=_NEVER))

    def _append(self, rows: Rows) -> None:
        for part in rows.parts(_CHUNK):
            self._chunks.append(pack(part, self._totals_after_all()))

    def _totals_after_all(self) -> Ints:
        if not self._chunks:
            return np.zeros(0, dtype=np.int64)
        last = self._chunks[-1]
        before, rows = last.totals_before(), self._rows_of(last)
        keys = rows.codes & (_KEYS - 1)
        size = max(len(before), int(keys.max(initial=-1)) + 1)
        totals = np.zeros(size, dtype=np.int64)
        totals[: len(before)] = before
        np.add.at(totals, keys, rows.counts)
        return totals

    def _settle(self) -> None:
        """Put late facts in order where there are many."""
        self._flush()
        if len(self._late) <= _MOST_LATE:
            return
        first = min(chunk.first for chunk in self._late)
        keep = next((n for n, chunk in enumerate(self._chunks) if chunk.last >= first), None)
        moved = [] if keep is None else self._chunks[keep:]
        rows = Rows.together([unpack(chunk) for chunk in (*moved, *self._late)]).summed()
        del self._chunks[len(self._chunks) - len(moved) :]
        self._late.clear()
        self._open.clear()
        self._append(rows)

    def _rows_of(self, chunk: Chunk) -> Rows:
        """Return a chunk's rows; whoever moves about in time asks for the same one again."""
        for place, (opened, rows) in enumerate(self._open):
            if opened is chunk:
                self._open.append(self._open.pop(place))
                return rows
        rows = unpack(chunk)
        self._open = [*self._open[1 - _MOST_OPEN :], (chunk, rows)]
        return rows

    def _add_up(self, totals: Ints, rows: Rows, end: int) -> None:
        inside = rows.codes < end
        keys = rows.codes[inside] & (_KEYS - 1)
        known = keys < len(totals)
        np.add.at(totals, keys[known], rows.counts[inside][known])
