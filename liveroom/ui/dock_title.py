"""The title bar of a dock: title and definition at the left, note or age at the right, its buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSpacerItem, QWidget

from liveroom.ui.panel import Heading
from liveroom.ui.parts.buttons import GlyphButton
from liveroom.ui.parts.runs import Run, RunLine, text_of
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.ui.dock import PanelDock

TITLE_HEIGHT = 25
_LEAST_WIDTH = 80
"""In pixels: no dock is narrower."""


class DockTitle(QWidget):
    """The bar itself; what is in it is built when the panel is seen, behind a tab it is not."""

    def __init__(self, dock: PanelDock, theme: Theme) -> None:
        """Take the dock to float or close."""
        super().__init__(dock)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(TITLE_HEIGHT)
        self._dock, self._theme = dock, theme
        self._tabbed, self._heading = False, Heading()
        self._past = self._why_locked = ""
        self._is_held = False
        self.row: TitleRow | None = None
        # While docks are arranged, Qt asks a title for its size thousands of times: a spacer answers
        # without any Python.
        size = QHBoxLayout(self)
        size.setContentsMargins(0, 0, 0, 0)
        size.addSpacerItem(QSpacerItem(_LEAST_WIDTH, TITLE_HEIGHT))

    def fill(self) -> None:
        """Build what is in the bar, unless it is there."""
        if self.row is not None:
            return
        self.row = TitleRow(self, self._dock, self._theme)
        self.row.setGeometry(self.rect())
        self.row.set_locked(self._why_locked)
        self.row.set_held(self._is_held)
        self._say()
        self.row.show()

    def set_heading(self, heading: Heading) -> None:
        """Show the definition and the note."""
        self._heading = heading
        self._say()

    def is_tabbed(self) -> bool:
        """Return whether the title is left to the tab."""
        return self._tabbed

    def set_past(self, past: str) -> None:
        """Say which earlier time the panel shows, blank for the present."""
        # Asking for the style again takes half a millisecond.
        if bool(past) != bool(self._past):
            self.setProperty("past", bool(past))
            self.style().polish(self)
        self._past = past
        self._say()

    def set_tabbed(self, tabbed: bool) -> None:
        """Leave the title to the tab."""
        self._tabbed = tabbed
        self._say()

    def set_locked(self, why: str) -> None:
        """Show a padlock in place of the buttons, with the reason; blank for none."""
        self._why_locked = why
        if self.row is not None:
            self.row.set_locked(why)

    def set_held(self, held: bool) -> None:
        """Show whether the panel has the keyboard."""
        self._is_held = held
        if self.row is not None:
            self.row.set_held(held)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.row is not None:
            self.row.setGeometry(self.rect())

    def text(self) -> str:
        """Return the words of the bar."""
        return f"{text_of(self._words())} {self._note().text}".strip()

    def _say(self) -> None:
        if self.row is not None:
            self.row.words.set_runs(*self._words())
            self.row.note.set_runs(self._note())

    def _words(self) -> tuple[Run, ...]:
        subtitle = Run(self._heading.subtitle, "text_3", 11, gap=0 if self._tabbed else 8)
        return (
            (subtitle,) if self._tabbed else (Run(self._dock.host.spec.title, weight=600), subtitle)
        )

    def _note(self) -> Run:
        if self._past:
            return Run(self._past, "offer", 11, 600)
        return Run(self._heading.note, self._heading.tone, 11)


class TitleRow(QWidget):
    """What is in a title bar."""

    def __init__(self, bar: DockTitle, dock: PanelDock, theme: Theme) -> None:
        """Take the bar, and the dock to float or close."""
        super().__init__(bar)
        title = dock.host.spec.title
        self.words = RunLine(theme, drops=True)
        self.note = RunLine(theme, align=Qt.AlignmentFlag.AlignRight, fits=True)
        self.floating = GlyphButton(theme, "float", f"Float {title}", px=10)
        self.floating.clicked.connect(lambda: dock.setFloating(not dock.isFloating()))
        self.closing = GlyphButton(theme, "close", f"Hide {title}", px=8)
        self.closing.clicked.connect(dock.close)
        self.padlock = GlyphButton(theme, "hard start", "", px=9)
        self.padlock.setEnabled(False)
        self.held = QWidget(self)
        self.held.setObjectName("held")
        row = QHBoxLayout(self)
        row.setContentsMargins(9, 0, 4, 0)
        row.setSpacing(0)
        row.addWidget(self.words, 1)
        row.addSpacing(8)
        row.addWidget(self.note)
        row.addSpacing(6)
        row.addWidget(self.floating)
        row.addWidget(self.closing)
        row.addWidget(self.padlock)
        # The padlock stands where the cross was: nothing moves when the panels are locked.
        kept = self.floating.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.floating.setSizePolicy(kept)

    def set_locked(self, why: str) -> None:
        """Show a padlock in place of the buttons, with the reason; blank for none."""
        self.padlock.setToolTip(why)
        self.padlock.setAccessibleName(why)
        self.padlock.setVisible(bool(why))
        self.floating.setVisible(not why)
        self.closing.setVisible(not why)

    def set_held(self, held: bool) -> None:
        """Show whether the panel has the keyboard."""
        self.held.setVisible(held)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.held.setGeometry(0, 0, self.width(), 2)
