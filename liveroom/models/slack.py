"""How late a show runs now, and how much of that the gaps before hard starts take up."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from liveroom.models.run_of_show import SegmentTiming


class Slack(Struct, frozen=True, kw_only=True):
    """Milliseconds: `late` of the segment on air (negative: early), `over` of the expected end.

    `gaps` are planned between what is on air and the end of the show, `used` is what of them the delay
    takes up.
    """

    late: int
    over: int
    gaps: int

    @property
    def used(self) -> int:
        """Return the delay that does not reach the end of the show."""
        return min(self.gaps, max(0, self.late - self.over))


def slack_of(rows: Sequence[SegmentTiming]) -> Slack | None:
    """Return the slack of a show that is on air, from its timings; None without a planned start."""
    places = [place for place, row in enumerate(rows) if row.state == "on air"]
    if not places:
        return None
    now, last = rows[places[0]], rows[-1]
    if now.end is None or now.planned_end is None or last.end is None or last.planned_end is None:
        return None
    gaps, until = 0, now.planned_end
    for row in rows[places[0] + 1 :]:
        if row.planned_start is None or row.planned_end is None:
            return None
        gaps += max(0, row.planned_start - until)
        until = row.planned_end
    return Slack(late=now.end - now.planned_end, over=last.end - last.planned_end, gaps=gaps)
