"""How fast the clock of a rehearsal or a replay runs, and where it may hurry to."""

from __future__ import annotations

from msgspec import Struct

from liveroom.errors import CommandRefused
from liveroom.models.facts import Mode
from liveroom.models.run_of_show import RunOfShow, timings

PACED = (Mode.REHEARSAL, Mode.REPLAY)
"""The kinds of session whose time is not the producer's own."""
FASTEST = 1_000_000
ARRIVAL_MS = 2_000
"""How long it may take to hear of a cue: a jump goes so far beyond it, to arrive when it is known."""


class Pace(Struct, frozen=True, kw_only=True, gc=False):
    """How fast a show's clock runs: 0 is paused, None as fast as facts come.

    Until the instant `until` (ms UTC) it hurries, whatever its speed is afterwards.
    """

    speed: float | None
    until: int | None = None
    has_ended: bool = False
    """The show is over: it came to its end, or was ended."""

    @property
    def hurries(self) -> bool:
        """Return whether nothing holds the clock up."""
        return self.speed is None or self.until is not None


def check_speed(speed: float, mode: str) -> None:
    """Raise CommandRefused where the clock cannot be made to run `speed` times as fast."""
    _check_mode(mode)
    if not 0 <= speed < FASTEST:
        raise CommandRefused(f"speed is {speed}; allowed: 0 (pause) and above")


def next_segment_at(show: RunOfShow, mode: str, at: int) -> int:
    """Return when the next segment is due and known to be on air (ms UTC), or the last has ended.

    Raises CommandRefused where there is none, or none that is still to come.
    """
    _check_mode(mode)
    if not show.segments:
        raise CommandRefused("there is no run of show, so there is no next segment to jump to")
    if show.cues and show.on_air is None:
        raise CommandRefused("the show has ended; there is no next segment")
    rows = timings(show, at)
    due = [row.start for row in rows if row.state == "next"] or [rows[-1].end]
    if due[0] is None:
        raise CommandRefused("nothing says when the next segment is due; take it with GO")
    if due[0] <= at:
        raise CommandRefused("the next segment is due already; take it with GO")
    return due[0] + ARRIVAL_MS


def _check_mode(mode: str) -> None:
    if mode not in PACED:
        raise CommandRefused(f"this is a {mode}: its time cannot be made to run faster or slower")
