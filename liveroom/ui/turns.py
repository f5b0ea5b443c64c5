"""Panels come up to date in turns of the event loop: many short pauses instead of a long one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer

from liveroom.ui.dock import PanelDock


class Turns(QObject):
    """Refreshes one panel at a time, painted before the next; what the producer does comes in between."""

    def __init__(
        self, window: QObject, docks: Sequence[PanelDock], then: Callable[[], bool]
    ) -> None:
        """Take the docks; `then` does a piece of what is left when none is behind, False: nothing is."""
        super().__init__(window)
        self._docks, self._then = docks, then
        self.give_way: Callable[[], bool] = lambda: False
        """Returns whether a newer snapshot is about to be shown: what is due then waits for it."""
        self._place = -1
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self.take_one)

    @property
    def are_due(self) -> bool:
        """Return whether there is still something to do."""
        return self._timer.isActive()

    def start(self) -> None:
        """Go on where the last turns ended, so that nobody waits for ever."""
        self._timer.start()

    def start_anew(self) -> None:
        """Begin with the first panel."""
        self._place = -1
        self._timer.start()

    def take_one(self) -> None:
        """Bring the next panel that is behind up to date."""
        if self.give_way():
            return
        for _ in self._docks:
            self._place = (self._place + 1) % len(self._docks)
            host = self._docks[self._place].host
            if host.is_behind():
                host.refresh()
                return
        if not self._then():
            self._timer.stop()

    def take_all(self) -> None:
        """Bring every panel that is behind up to date now."""
        for dock in self._docks:
            if dock.host.is_behind():
                dock.host.refresh()
