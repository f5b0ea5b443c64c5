"""Which part of a time axis is seen: zoomed, panned, or keeping up with the show."""

from __future__ import annotations

LEAST_SECONDS = 30.0
_ROOM, _NOW_AT = 0.04, 0.75
"""A window that keeps up moves on when now is this near its end, and then shows now so far along it."""

Span = tuple[float, float]


class TimeWindow:
    """A part of the whole axis (s UTC); it never reaches beyond the whole.

    While it follows, it shows the whole show, or as much of it as was zoomed to, around now. It moves in
    steps: an axis that crept each second would move everything that did not change.
    """

    def __init__(self) -> None:
        """Start with an axis of a second, which follows."""
        self.whole: Span = (0.0, 1.0)
        self.shown: Span = (0.0, 1.0)
        self.follows = True
        self._now = 0.0

    @property
    def is_whole(self) -> bool:
        """Return whether everything is seen."""
        return self.shown == self.whole

    def take(self, whole: Span, now: float) -> None:
        """Take the whole axis and the instant of now; what is seen moves only while it follows."""
        was_whole = self.is_whole
        self.whole, self._now = whole, now
        if was_whole and self.follows:
            self.shown = whole
            return
        start, end = self.shown
        room = (end - start) * _ROOM
        if self.follows and not start <= now <= end - room:
            self._show(now - (end - start) * _NOW_AT, end - start)
        else:
            self._show(start, end - start)

    def zoom(self, factor: float, about: float) -> None:
        """Make what is seen `factor` times as long; the instant `about` keeps its place."""
        start, end = self.shown
        about = min(max(about, start), end)
        length = max(LEAST_SECONDS, (end - start) * factor)
        share = (about - start) / (end - start)
        self._show(about - share * length, length)
        start, end = self.shown
        self.follows = self.is_whole or (self.follows and start <= self._now <= end)

    def pan(self, seconds: float) -> None:
        """Move along the axis; forward where positive."""
        before = self.shown
        self._show(before[0] + seconds, before[1] - before[0])
        if self.shown != before:
            self.follows = False

    def reveal(self, at: float) -> None:
        """Move just so far that an instant is seen, with some room beside it."""
        start, end = self.shown
        room = (end - start) * _ROOM
        if at < start:
            self.pan(at - room - start)
        elif at > end:
            self.pan(at + room - end)

    def follow(self) -> None:
        """Keep up with the show again, as closely as it is seen now."""
        start, end = self.shown
        self.follows = True
        if not start <= self._now <= end:
            self._show(self._now - (end - start) * _NOW_AT, end - start)

    def reset(self) -> None:
        """Show the whole show, and keep up with it."""
        self.shown, self.follows = self.whole, True

    def _show(self, start: float, length: float) -> None:
        first, last = self.whole
        if length >= last - first:
            self.shown = self.whole
            return
        start = min(max(start, first), last - length)
        self.shown = (start, start + length)
