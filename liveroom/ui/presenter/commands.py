"""What can be done with the presenter display from the desk."""

from __future__ import annotations

from liveroom.ui.keyboard.commands import DeskCommand
from liveroom.ui.presenter.display import PresenterDisplay

DISPLAY = "Presenter display"


def display_commands(display: PresenterDisplay) -> list[DeskCommand]:
    """Return the commands of the display; on which screen it is shown is the last of them."""
    return [
        DeskCommand(
            "display.open",
            "Open or close the presenter display",
            DISPLAY,
            ("Ctrl+P",),
            display.toggle,
            is_on=lambda: display.is_open,
        ),
        DeskCommand(
            "display.full",
            "Presenter display: full screen, or not",
            DISPLAY,
            (),
            lambda: display.set_full(not display.choice.full),
            is_on=lambda: display.choice.full,
        ),
        DeskCommand(
            "display.mirrored",
            "Presenter display: mirrored for a teleprompter, or not",
            DISPLAY,
            (),
            lambda: display.set_mirrored(not display.choice.mirrored),
            is_on=lambda: display.choice.mirrored,
        ),
        DeskCommand(
            "display.screen",
            "Presenter display: on the next screen",
            DISPLAY,
            (),
            display.to_next_screen,
            lambda _: "" if len(display.screens()) > 1 else "there is one screen only",
        ),
    ]
