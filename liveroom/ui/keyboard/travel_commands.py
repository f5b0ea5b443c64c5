"""The ways to earlier seconds of the show, and back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from liveroom.ui.keyboard.commands import DeskCommand
from liveroom.ui.time_travel import LONG_STEP_MS, STEP_MS

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.main_window import MainWindow

TRAVEL = "Time travel"


_BACKWARDS = ("begin", "earlier", "minute_earlier", "mark_before")


def travel_commands(window: MainWindow) -> list[DeskCommand]:
    """Return the commands of the scrub bar."""
    travel = window.travel

    def why_no_past(snapshot: Snapshot | None) -> str:
        return "" if snapshot is not None and snapshot.started_at else "nothing has happened yet"

    def why_no_way_back(snapshot: Snapshot | None) -> str:
        return "" if travel.wanted is not None else "the desk shows the present"

    def to_mark(step: int) -> None:
        window.scrub_bar.to_mark(step)

    moves = (
        ("begin", "To the beginning", "Ctrl+Home", travel.begin, False),
        ("earlier", "10 seconds earlier", "[", partial(travel.step, -STEP_MS), True),
        ("later", "10 seconds later", "]", partial(travel.step, STEP_MS), True),
        ("minute_earlier", "A minute earlier", "Ctrl+[", partial(travel.step, -LONG_STEP_MS), True),
        ("minute_later", "A minute later", "Ctrl+]", partial(travel.step, LONG_STEP_MS), True),
        ("mark_before", "Previous mark", ",", partial(to_mark, -1), True),
        ("mark_after", "Next mark", ".", partial(to_mark, 1), True),
    )
    return [
        DeskCommand(
            "travel.back",
            "Back to the present",
            TRAVEL,
            ("End",),
            travel.back,
            why_no_way_back,
            words="now live return",
        ),
        *(
            DeskCommand(
                f"travel.{name}",
                title,
                TRAVEL,
                (key,),
                does,
                why_no_past,
                words="go back rewind" if name in _BACKWARDS else "forward",
                repeats=repeats,
            )
            for name, title, key, does, repeats in moves
        ),
    ]
