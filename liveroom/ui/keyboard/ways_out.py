"""The commands that lead out of the desk: back to the start screen, and to the end of a rehearsal."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from liveroom.ui.keyboard.commands import DESK, DeskCommand
from liveroom.ui.states import is_on_air

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot


def way_back(back: Callable[[], None]) -> DeskCommand:
    """Return the command that leads to the start screen; not away from a show on air."""

    def why_not(snapshot: Snapshot | None) -> str:
        return "not while on air" if snapshot is not None and is_on_air(snapshot) else ""

    return DeskCommand("desk.back", "Back to start", DESK, ("Ctrl+W",), back, why_not)


def to_the_end(end: Callable[[], None], has_ended: Callable[[], bool]) -> DeskCommand:
    """Return the command that ends the rehearsal here, so that it is scored."""

    def why_not(snapshot: Snapshot | None) -> str:
        return "it has ended" if has_ended() else ""

    title = "End the rehearsal and score it"
    return DeskCommand("desk.end", title, DESK, ("Ctrl+E",), end, why_not)
