"""Lets panels be cut in a window that is too low for them: else Qt lays them over the bars below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QMainWindow

from liveroom.ui.dock import PanelDock

_LEAST_HEIGHT = 34
"""Pixels of a panel without its title: four above each other have room in the least desk."""


class Squeeze:
    """Knows whether the panels of a window ask for more height than it has."""

    def __init__(self, window: QMainWindow, docks: Sequence[PanelDock]) -> None:
        """Take the window and its docks."""
        self._window, self._docks = window, docks
        self._needed = 0
        """What the panels asked for when they were squeezed, in pixels; 0: they are not."""
        self._has_changed = True
        for dock in docks:
            dock.host.turned.connect(self._note)

    def look_if_changed(self) -> None:
        """Look where panels came up since: one that is there asks for more room than its place did."""
        if self._has_changed:
            self._has_changed = False
            self.look()

    def look(self) -> None:
        """Let panels be cut at their foot, or have the height again that they ask for."""
        height = self._window.height()
        if self._needed:
            if height >= self._needed:
                self.release()
            return
        needed = self._window.minimumSizeHint().height()
        if needed > height:
            self._needed = needed
            self._let(_LEAST_HEIGHT)

    def release(self) -> None:
        """Give panels the height that they ask for: another layout has another need."""
        self._let(0)
        self._needed = 0

    def _note(self) -> None:
        self._has_changed = True

    def _let(self, height: int) -> None:
        for dock in self._docks:
            if not dock.host.spec.fixed_height:
                # One that is set counts in place of what the panel asks for.
                dock.body.setMinimumHeight(height)
