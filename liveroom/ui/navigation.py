"""The ways between panels: to the front, to the keyboard, to the full screen, and away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow

from liveroom.ui.dock import PanelDock
from liveroom.ui.focus import Focus
from liveroom.ui.full_panel import FullScreen
from liveroom.ui.theme import Theme


class Navigation(QObject):
    """Brings panels where the producer wants them; at most one has the full screen."""

    def __init__(
        self, window: QMainWindow, docks: Sequence[PanelDock], theme: Callable[[], Theme]
    ) -> None:
        """Take the docks of a window, and what tells its colours."""
        super().__init__(window)
        self._window, self._docks, self._theme = window, tuple(docks), theme
        self.full, self.focus = FullScreen(window), Focus(docks, window)
        self.say: Callable[[str], None] = lambda words: None
        """Tells why something was not done."""
        for dock in docks:
            dock.escaped.connect(self.full.leave)

    def bring_to_front(self, dock: PanelDock) -> None:
        """Show a panel, also where another one has the full screen."""
        if self.full.dock is not None and self.full.dock is not dock:
            self.full.leave()
        dock.show()
        dock.raise_()
        dock.host.finish_building()

    def call(self, dock: PanelDock) -> None:
        """Bring a panel to the front and let it answer its key; it may step back when that is done."""
        hidden = [one for one in self._docks if self._lies_over(one, dock)]
        self.bring_to_front(dock)
        panel = dock.host.panel
        if panel is not None and hidden:
            panel.step_back = hidden[0].raise_
        dock.host.do(lambda panel: panel.called())

    def _lies_over(self, one: PanelDock, dock: PanelDock) -> bool:
        """Return whether a panel is in front in the stack in which another one lies behind."""
        is_behind = dock.visibleRegion().isEmpty() and not one.visibleRegion().isEmpty()
        return is_behind and one in self._window.tabifiedDockWidgets(dock)

    def go_to(self, dock: PanelDock) -> None:
        """Bring a panel to the front and give it the keyboard."""
        self.bring_to_front(dock)
        self.focus.go_to(dock)

    def toggle(self, dock: PanelDock) -> None:
        """Show a panel in front, or hide it."""
        if dock.isHidden():
            self.bring_to_front(dock)
        else:
            self.full.leave()
            dock.hide()

    def step(self, step: int) -> None:
        """Move the keyboard to the next or previous visible panel."""
        target = self.focus.step(step)
        if target is not None:
            self.full.leave()
            self.focus.go_to(target)

    def toggle_full_screen(self) -> None:
        """Put the panel that has the keyboard, or had it last, on the full screen, or back."""
        if self.full.dock is not None:
            self.full.leave()
            return
        dock = self.focus.last() or self.focus.step(1)
        if dock is not None and dock.host.spec.fixed_height:
            self.say(f"{dock.host.spec.title} is a strip and stays one")
        elif dock is not None:
            self.full.show(dock, self._theme())

    def stopped(self) -> PanelDock | None:
        """Return the panel that stopped: the one with the keyboard first."""
        held = self.focus.held()
        first = [held] if held is not None else []
        return next((one for one in (*first, *self._docks) if one.host.stopped is not None), None)

    def restart_stopped(self) -> None:
        """Start a panel that stopped anew."""
        dock = self.stopped()
        if dock is not None:
            dock.host.restart()
