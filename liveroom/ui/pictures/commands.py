"""Pictures of the desk and of its panels, and what is behind a chart, as commands."""

from __future__ import annotations

from functools import partial

from liveroom.ui.keyboard.commands import DeskCommand
from liveroom.ui.pictures.menu import Pictures

PICTURES = "Pictures"
_WORDS = "screenshot export image png"


def picture_commands(pictures: Pictures) -> list[DeskCommand]:
    """Return the commands that copy and save; a panel is the one that has the keyboard."""
    return [
        DeskCommand(
            "pictures.copy",
            "Copy a picture of this panel, or of the desk",
            PICTURES,
            ("Ctrl+Shift+C",),
            pictures.copy_here,
            words=_WORDS,
        ),
        DeskCommand(
            "pictures.save",
            "Save a picture of this panel, or of the desk…",
            PICTURES,
            ("Ctrl+Shift+S",),
            pictures.save_here,
            words=_WORDS,
        ),
        DeskCommand(
            "pictures.copy_desk",
            "Copy a picture of the desk",
            PICTURES,
            (),
            partial(pictures.copy, None),
            words=_WORDS,
        ),
        DeskCommand(
            "pictures.save_desk",
            "Save a picture of the desk…",
            PICTURES,
            (),
            partial(pictures.save, None),
            words=_WORDS,
        ),
        DeskCommand(
            "pictures.drawing",
            "Save the chart as an SVG drawing…",
            PICTURES,
            (),
            partial(pictures.save_as, "svg"),
            words="export vector",
        ),
        DeskCommand(
            "pictures.numbers",
            "Save the chart's numbers as CSV…",
            PICTURES,
            (),
            partial(pictures.save_as, "csv"),
            words="export table spreadsheet",
        ),
    ]
