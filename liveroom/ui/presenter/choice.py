"""How the display is shown, remembered for each set-up of screens."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

from PySide6.QtCore import QRect, QSettings
from PySide6.QtGui import QScreen

_KEY = "presenter"


class Choice(NamedTuple):
    """Which screen (by name), how, and whether it was open when the desk was closed."""

    screen: str
    full: bool
    mirrored: bool = False
    opened: bool = False
    window: QRect = QRect()
    """The place of the window while it is not full-screen; empty: none was chosen."""


def name_of(screen: QScreen) -> str:
    """Return what tells a screen from the others."""
    return screen.name() or screen.model() or "screen"


def title_of(screen: QScreen) -> str:
    """Return a screen's name and size, for the menu."""
    size = screen.size()
    return f"{name_of(screen)} · {size.width()} × {size.height()}"


def set_up_of(screens: Sequence[QScreen]) -> str:
    """Return a short name of a set-up: which screens there are, how large they are and where they lie."""
    words = sorted(f"{name_of(screen)} {screen.geometry().getRect()}" for screen in screens)
    return blake2b("; ".join(words).encode(), digest_size=8).hexdigest()


def first_choice(screens: Sequence[QScreen], own: QScreen) -> Choice:
    """Return how the display opens where nothing was chosen: full-screen beside the desk's own screen."""
    other = next((screen for screen in screens if name_of(screen) != name_of(own)), None)
    return Choice(name_of(other or own), full=other is not None)


def load(settings: QSettings, screens: Sequence[QScreen], own: QScreen) -> Choice:
    """Return what was chosen for this set-up; a screen that it does not have is never chosen."""
    first = first_choice(screens, own)
    key = f"{_KEY}/{set_up_of(screens)}"
    screen = str(settings.value(f"{key}/screen", first.screen))
    if screen not in map(name_of, screens):
        return first
    window = settings.value(f"{key}/window")
    return Choice(
        screen,
        full=_flag(settings, f"{key}/full", first.full),
        mirrored=_flag(settings, f"{key}/mirrored", False),
        opened=_flag(settings, f"{key}/opened", False),
        window=window if isinstance(window, QRect) else QRect(),
    )


def is_known(settings: QSettings, screens: Sequence[QScreen]) -> bool:
    """Return whether anything was chosen for this set-up."""
    return settings.contains(f"{_KEY}/{set_up_of(screens)}/screen")


def save(settings: QSettings, screens: Sequence[QScreen], choice: Choice) -> None:
    """Remember a choice for this set-up."""
    key = f"{_KEY}/{set_up_of(screens)}"
    for name, value in choice._asdict().items():
        settings.setValue(f"{key}/{name}", value)


def _flag(settings: QSettings, key: str, default: bool) -> bool:
    # An .ini gives back text.
    return str(settings.value(key, default)).casefold() in ("true", "1")
