"""Keeps the docks' shares of the window while it changes its size.

Left to itself Qt hands what a larger window has more to docks as it finds them, also above and below a
strip of fixed height. Shares are taken when the producer moves a border, and applied at every other size.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QMainWindow

from liveroom.ui.dock import PanelDock
from liveroom.ui.tabs import tab_bars


class Proportions(QObject):
    """The shares of width and height of every dock that is seen in the window."""

    def __init__(self, window: QMainWindow, docks: Sequence[PanelDock]) -> None:
        """Watch docks for borders that are moved; nothing is kept before `take`."""
        super().__init__(window)
        self._window, self._docks = window, tuple(docks)
        self._shares: dict[PanelDock, tuple[float, float]] = {}
        self._size, self._around = QSize(), QSize()
        self._dragged = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.take)
        for dock in docks:
            dock.dockLocationChanged.connect(self._dock_moved)
            dock.topLevelChanged.connect(self._dock_moved)
        window.installEventFilter(self)

    def take(self) -> None:
        """Remember the present shares."""
        seen = [dock for dock in self._seen() if not dock.host.spec.fixed_height]
        self._size = self._window.size()
        if not seen:
            return
        room = QRect()
        for dock in seen:
            room = room.united(dock.geometry())
        # Bars and strips are as high in a large window as in a small one.
        self._around = self._size - room.size()
        self._shares = {}
        for dock in seen:
            share = dock.width() / room.width(), self._height(dock) / room.height()
            # Panels that lie behind it have its place when they come to the front.
            for one in (dock, *self._window.tabifiedDockWidgets(dock)):
                if isinstance(one, PanelDock):
                    self._shares[one] = share

    def apply(self) -> None:
        """Give every dock its share of the window as large as it is now."""
        size = self._window.size()
        if not self._shares or size == self._size:
            return
        self._size = size
        room = size - self._around
        shown = self._seen()
        seen = [dock for dock in shown if dock in self._shares]
        strips = [dock for dock in shown if dock.host.spec.fixed_height]
        across = [round(self._shares[dock][0] * room.width()) for dock in seen]
        down = [round(self._shares[dock][1] * room.height()) for dock in seen]
        down += [dock.host.spec.fixed_height or 0 for dock in strips]
        self._window.resizeDocks(seen, across, Qt.Orientation.Horizontal)
        self._window.resizeDocks([*seen, *strips], down, Qt.Orientation.Vertical)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the shares when a border was dragged: that is the producer's will, all else Qt's."""
        if event.type() == QEvent.Type.MouseButtonPress:
            assert isinstance(event, QMouseEvent)
            self._dragged = self._window.isSeparator(event.position().toPoint())
        elif event.type() == QEvent.Type.MouseButtonRelease and self._dragged:
            self._dragged = False
            self._dock_moved()
        return False

    def _height(self, dock: PanelDock) -> int:
        """Return a dock's height with the tabs above it: what Qt resizes is both together."""
        if all(one.isHidden() for one in self._window.tabifiedDockWidgets(dock)):
            return dock.height()
        bars = tab_bars(self._window)
        tabs = max((bar.height() for bar in bars if bar.isVisible()), default=0)
        return dock.height() + tabs

    def _dock_moved(self) -> None:
        if self._shares:
            self._soon.start()

    def _seen(self) -> list[PanelDock]:
        """Return the docks in the window that are in front."""
        return [
            dock
            for dock in self._docks
            if dock.isVisible() and not dock.isFloating() and not dock.visibleRegion().isEmpty()
        ]
