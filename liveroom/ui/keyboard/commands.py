"""A command of the desk: an id, words, keys, where it holds, and why it cannot be used now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from liveroom.ui.keyboard.why_not import WhyNot, always

DESK = "Desk"
"""The group of what the desk as a whole can do."""


class PanelCommand(NamedTuple):
    """What a panel declares: `commands = (PanelCommand("go", "Take the next segment", …), …)`."""

    name: str
    """Stable for ever within its panel: keys are saved by it. Never shown."""
    title: str
    keys: tuple[str, ...]
    """The keys it has at first, as in `Ctrl+Return`; none where it is only found by name."""
    does: Callable[[Any], object]
    """Gets the panel, which has been brought to the front."""
    why_not: WhyNot = always
    """Why it cannot be used at the instant that the desk shows, blank when it can; told, never hidden."""
    acts: bool = False
    """It asks for something of the show: in a panel that shows an earlier time it only leads back."""
    everywhere: bool = False
    """Its keys hold on the whole desk, and not only while the panel has the focus."""
    repeats: bool = False
    """A key that is held down does it again and again."""
    words: str = ""
    """More words that find it."""


class FixedKey(NamedTuple):
    """A key that a control answers by itself, like the arrows of a list; listed, but not to be changed."""

    keys: tuple[str, ...]
    title: str


class Entry(NamedTuple):
    """Something on show that the palette finds by name: a segment to take, a product to look at."""

    title: str
    does: Callable[[], object]
    why_not: WhyNot = always
    words: str = ""
    """More words that find it, such as a SKU."""


class OnShow(NamedTuple):
    """An entry with the title of its panel, and what brings that to the front and does it."""

    group: str
    entry: Entry
    does: Callable[[Entry], object]


class DeskCommand(NamedTuple):
    """A command as the whole desk knows it."""

    command_id: str
    """Stable for ever: saved keys and what was used last are stored by it. Never shown."""
    title: str
    group: str
    keys: tuple[str, ...]
    does: Callable[[], object]
    why_not: WhyNot = always
    panel_id: str = ""
    """The panel whose focus its keys need; blank where they hold on the whole desk."""
    is_on: Callable[[], bool] | None = None
    """Whether it holds now, for what can be switched on and off."""
    words: str = ""
    """More words that find it."""
    repeats: bool = False
    """A key that is held down does it again and again."""


class Fixed(NamedTuple):
    """A key that nobody can change, with the place where it holds."""

    keys: tuple[str, ...]
    title: str
    group: str
    panel_id: str = ""
