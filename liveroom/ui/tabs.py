"""The tabs of panels that lie behind each other: how they look, and what they say of their panels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMainWindow, QTabBar

from liveroom.ui.dock import PanelDock

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.theme import Theme


def tab_bars(window: QMainWindow) -> list[QTabBar]:
    """Return the bars of tabs in a window, those of panels that float not among them."""
    return window.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly)


class Tabs(QObject):
    """Knows which docks have tabs; Qt makes the bars as docks come to lie behind each other."""

    def __init__(
        self, window: QMainWindow, docks: Sequence[PanelDock], are_locked: Callable[[], bool]
    ) -> None:
        """Take the window and its docks; tabs can be moved unless `are_locked`."""
        super().__init__(window)
        self._window, self._docks, self._are_locked = window, docks, are_locked

    def dress(self) -> None:
        """Give new tab bars their look, and let docks know whether a tab names them."""
        for dock in self._docks:
            others = self._window.tabifiedDockWidgets(dock)
            dock.set_tabbed(not dock.isFloating() and bool(others))
        for bar in tab_bars(self._window):
            bar.setElideMode(Qt.TextElideMode.ElideNone)
            bar.setExpanding(False)
            bar.setDrawBase(False)
            bar.setMovable(not self._are_locked())

    def mark(self, snapshot: Snapshot, theme: Theme) -> None:
        """Say what of the panels needs attention: hidden panels do not."""
        from liveroom.ui.tab_marks import mark_of, show_marks

        marks = {dock.windowTitle(): mark_of(dock.objectName(), snapshot) for dock in self._docks}
        for bar in tab_bars(self._window):
            show_marks(bar, marks, theme)
