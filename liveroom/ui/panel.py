"""What a panel is: a widget that shows snapshots, may submit commands, and knows nothing else.

A panel is one file in `liveroom.ui.panels` and one line in its registry, which says all that the desk
needs to know of it before its code is there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeGuard

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget

from liveroom.ui.keyboard.why_not import WhyNot, always
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    # Not before the first paint: they bring msgspec along, and more.
    from liveroom.models.commands import Command
    from liveroom.models.score_card import ScoreCard, ScoreProgress
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.keyboard.commands import Entry, FixedKey, PanelCommand
    from liveroom.ui.pictures.files import FileKind

Submit = Callable[["Command"], None]


def _silent() -> None:
    pass


def _nowhere(panel_id: str, subject: str) -> None:
    pass


def _unfenced(action: Callable[[], None]) -> None:
    action()


def _stay(at: int) -> None:
    """Stay where one is: a panel by itself has no desk to lead anywhere."""


class Heading(NamedTuple):
    """What a dock's title bar says beside the title: a definition, and at the right a note."""

    subtitle: str = ""
    note: str = ""
    tone: str = "text_3"


class Nothing(NamedTuple):
    """Why a panel is empty and what will fill it."""

    title: str
    hint: str


class Panel(QWidget):
    """One panel of the desk.

    `show_snapshot` is called in the GUI thread, at most ten times a second and only while the panel is
    seen: not behind a tab. An exception in it stops this panel alone.
    """

    commands: ClassVar[tuple[PanelCommand, ...]] = ()
    """What can be done here; menu, palette, cheat sheet and keys are made from it."""
    fixed_keys: ClassVar[tuple[FixedKey, ...]] = ()
    """Keys that the panel's controls answer by themselves, for the cheat sheet."""

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Take the only way to act and the colours to draw in."""
        super().__init__()
        self.submit = submit
        self.theme = theme
        self.fence: Callable[[Callable[[], None]], None] = _unfenced
        """Runs what the panel does on its own time, so that an error stops this panel alone."""
        self.travel: Callable[[int], None] = _stay
        """Leads the whole desk to an instant (ms UTC)."""
        self.say_heading: Callable[[], None] = _silent
        """Lets the title bar say `heading` again, where the producer changed it and no snapshot did."""
        self.turn_to: Callable[[str, str], None] = _nowhere
        """Brings another panel, by its id, to the front and tells it what it is asked about."""
        self.step_back: Callable[[], None] = _silent
        """Brings the panel back in whose place this one came to the front by its key."""
        self.settings: QSettings | None = None
        """Where the desk remembers what it was told; None: nowhere, as in a test of a panel alone."""

    def recall(self, key: str, otherwise: str) -> str:
        """Return what the panel was told to remember under a key."""
        if self.settings is None:
            return otherwise
        return str(self.settings.value(f"panels/{key}", otherwise))

    def remember(self, key: str, text: str) -> None:
        """Keep a choice of the producer's for the next time."""
        if self.settings is not None:
            self.settings.setValue(f"panels/{key}", text)

    def nothing(self, snapshot: Snapshot) -> Nothing | None:
        """Return why there is nothing to show, or None when there is something."""
        return None

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the state of the show."""
        raise NotImplementedError

    def show_score(self, score: ScoreCard | ScoreProgress | None) -> None:
        """Take the score of a rehearsal that ended, or how far its computing is; few panels care."""

    def heading(self) -> Heading:
        """Return what the title bar says now."""
        return Heading()

    def numbers(self) -> dict[str, str]:
        """Return every displayed number as text, read from the widgets that display it."""
        raise NotImplementedError

    def files(self) -> tuple[FileKind, ...]:
        """Return what the panel can be kept as beside a picture; few are more than that."""
        return ()

    def finish_building(self) -> None:
        """Build now what is otherwise built after the first paint."""

    def called(self) -> None:
        """Answer the panel's own key, which brought it to the front."""

    def asked_about(self, subject: str) -> None:
        """Answer another panel that turned to this one about a product, by its SKU."""

    def take_settings(self, settings: QSettings) -> None:
        """Take where the panel may keep what the producer chose in it."""

    def show_keys(self, keys: Mapping[str, str]) -> None:
        """Show on key caps what key each command has now, blank for none.

        By the names of the panel's own commands; those of the desk are there by their ids.
        """

    def leave(self) -> bool:
        """Answer Esc: leave a form, let go of what is chosen; return whether there was anything."""
        return False

    def entries(self) -> Sequence[Entry]:
        """Return what is on show here and can be found by name in the palette."""
        return ()

    def is_waiting(self) -> bool:
        """Return whether something was asked for here that is not confirmed yet."""
        return False

    def is_being_edited(self) -> bool:
        """Return whether the producer is typing in the panel."""
        return False


def is_in_a_panel(widget: QWidget | None) -> TypeGuard[QWidget]:
    """Return whether a widget is part of a panel, and of nothing that lies over the desk."""
    part = widget
    while part is not None and not isinstance(part, Panel):
        part = part.parentWidget()
    return part is not None


class PanelSpec(NamedTuple):
    """A panel by name: enough for its dock and its place, so that its code may come later."""

    panel_id: str
    """Stable for ever: layouts are stored by it. Never shown."""
    title: str
    place: str
    """Where the default layout puts it: `strip`, `left`, or `centre` or `right` with `head`, `top`, `middle`
    or `bottom`; the head is the middle in a window that is not tall, the middle the top in a low one."""
    load: Callable[[], type[Panel]]
    """Imports the panel's code; called after the first paint, inside the panel's fence."""
    fixed_height: int | None = None
    """A strip of this height without a title bar; None for a panel with one."""
    shown: bool = True
    """Whether the default layout shows it; one that is hidden is asked for from the menu."""
    compact_place: str = ""
    """Where it stands on a small screen, if not where it stands on a large one."""
    key: str = ""
    """A key of the whole window that brings the panel to the front and calls it."""
    deed: str = ""
    """What that key does, for the menu."""
    why_not: WhyNot = always
    """Why that key cannot be used at the instant that the desk shows, blank when it can."""
    prepare: str | None = None
    """Where the layout *Prepare* puts it, if not at its `place`; blank hides it."""
    debrief: str | None = None
    """Where the layout *Debrief* puts it, if not at its `place`; blank hides it."""
