"""Where the keyboard is: the panel that has it, or had it last, and the way to the next one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from liveroom.ui.dock import PanelDock


@contextmanager
def kept(window: QWidget) -> Iterator[None]:
    """Leave the keyboard where it is while docks are moved; where that is gone, with the window."""
    before: QWidget | None = QApplication.focusWidget()
    yield
    if before is None:
        return
    seen = isValid(before) and before.isVisible() and not before.visibleRegion().isEmpty()
    (before if seen else window).setFocus(Qt.FocusReason.OtherFocusReason)


class Focus(QObject):
    """Follows the focus from panel to panel and shows at the dock which one has it."""

    def __init__(self, docks: Sequence[PanelDock], window: QWidget) -> None:
        """Watch the docks of a window."""
        super().__init__(window)
        self._window = window
        self._docks = tuple(docks)
        self._last: PanelDock | None = None
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._moved)

    def held(self) -> PanelDock | None:
        """Return the dock whose panel has the focus."""
        return self._dock_of(QApplication.focusWidget())

    def last(self) -> PanelDock | None:
        """Return the dock whose panel has the focus or had it last, while it can be seen."""
        found = self.held() or self._last
        return found if found is not None and found.isVisible() else None

    def go_to(self, dock: PanelDock) -> None:
        """Give a panel the keyboard: its own choice of control, or the first that takes it."""
        target = dock.host
        dock.activateWindow() if dock.isFloating() else dock.window().activateWindow()
        panel = target.panel
        if panel is not None and panel.focusProxy() is not None and panel.isVisible():
            panel.setFocus(Qt.FocusReason.TabFocusReason)
            if self.held() is dock:
                return
        for child in target.findChildren(QWidget):
            takes = child.isEnabled() and child.isVisible()
            if takes and child.focusPolicy() & Qt.FocusPolicy.TabFocus:
                child.setFocus(Qt.FocusReason.TabFocusReason)
                return
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def step(self, step: int) -> PanelDock | None:
        """Return the next or previous panel that can be seen."""
        shown = [d for d in self._docks if d.isVisible() and not d.visibleRegion().isEmpty()]
        # As one reads: strips, then column by column from top to bottom; what floats comes last.
        shown.sort(key=lambda d: (d.isFloating(), not d.host.spec.fixed_height, d.x(), d.y()))
        if not shown:
            return None
        held = self.held()
        if held not in shown:
            return shown[0 if step > 0 else -1]
        return shown[(shown.index(held) + step) % len(shown)]

    def _dock_of(self, widget: QWidget | None) -> PanelDock | None:
        if widget is None:
            return None
        for dock in self._docks:
            if dock.body is widget or dock.body.isAncestorOf(widget) or dock.isAncestorOf(widget):
                return dock
        return None

    def _moved(self, old: QWidget | None, now: QWidget | None) -> None:
        if not isValid(self._window) or not self._window.isVisible():
            # It is being taken down, widget by widget.
            return
        dock = self._dock_of(now)
        if dock is not None:
            self._last = dock
        for each in self._docks:
            each.set_held(each is dock)
