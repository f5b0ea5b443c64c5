"""Spans of time, half open, and instants as text."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from msgspec import Struct

_FAR = 1 << 62


class Window(Struct, frozen=True, kw_only=True, gc=False):
    """The instants from `start` to before `end`, ms UTC."""

    start: int = -_FAR
    end: int = _FAR

    def __contains__(self, at: int) -> bool:
        """Return whether an instant lies in the window."""
        return self.start <= at < self.end

    @property
    def edges(self) -> tuple[int | None, int | None]:
        """Return start and end, None where the window is open."""
        return (
            None if self.start == -_FAR else self.start,
            None if self.end == _FAR else self.end,
        )

    @property
    def is_everything(self) -> bool:
        """Return whether nothing is cut off."""
        return self.start == -_FAR and self.end == _FAR


def parse_instant(text: str, timezone: str) -> int:
    """Return an ISO 8601 instant as ms UTC; without an offset it is local time in `timezone`.

    Raises ValueError for anything else.
    """
    moment = datetime.fromisoformat(text.strip())
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(timezone))
    return round(moment.timestamp() * 1000)


def format_instant(at: int | None) -> str | None:
    """Return an instant (ms UTC) as ISO 8601 in UTC, without milliseconds where there are none."""
    if at is None:
        return None
    moment = datetime.fromtimestamp(at / 1000, UTC)
    return moment.isoformat(timespec="milliseconds" if at % 1000 else "seconds").replace(
        "+00:00", "Z"
    )
