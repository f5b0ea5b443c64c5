"""The times below the scrub bar: round ones of the session's own day, with the days of a long show."""

from __future__ import annotations

from datetime import datetime

from liveroom.ui import format as fmt

_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 240, 480, 720, 1440, 2880, 10080)
"""Minutes between two times."""
_DAY_MS = 86_400_000


def times_of(start: int, end: int, most: int, timezone: str) -> list[tuple[int, str]]:
    """Return at most about `most` instants (ms UTC) from `start` to `end`, with their words.

    Of a show of more than a day, midnight is told by its date.
    """
    fitting = (step for step in _STEPS if (end - start) / 60_000 / step <= most)
    step = next(fitting, _STEPS[-1]) * 60_000
    place = fmt.zone(timezone)
    ahead = datetime.fromtimestamp(start // 1000, place).utcoffset()
    # Steps of hours are those of the session's day, not of Greenwich's.
    shift = 0 if ahead is None else round(ahead.total_seconds()) * 1000
    first = -(-(start + shift) // step) * step - shift
    is_long = end - start > _DAY_MS
    return [(at, _words(at, timezone, is_long)) for at in range(first, end + 1, step)]


def _words(at: int, timezone: str, is_long: bool) -> str:
    time = fmt.clock(at, timezone, seconds=False)
    return fmt.day(at, timezone) if is_long and time == "00:00" else time
