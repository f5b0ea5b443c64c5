"""The layout that the desk has now: changes it, keeps what the producer moves, and locks it on air."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QObject, QSize, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QMainWindow

from liveroom.models.facts import Mode
from liveroom.ui import layouts, screens
from liveroom.ui.dock import PanelDock
from liveroom.ui.focus import kept
from liveroom.ui.layout_store import VERSION, Layout, LayoutStore, name_set_up
from liveroom.ui.proportions import Proportions

LOCKED_ON_AIR = "Panels are locked while on air"
LOCKED_BY_HAND = "Panels are locked"
_SOON_MS, _SCREENS_MS, _WIDTH_MS = 300, 400, 400


class LayoutKeeper(QObject):
    """Knows the layout on show; `changed` tells when it is another one, or locked or not."""

    changed = Signal()
    leaving = Signal()
    """Docks are about to be moved by a layout: a panel on the full screen has to go back first."""

    def __init__(
        self,
        window: QMainWindow,
        docks: Sequence[PanelDock],
        store: LayoutStore,
        proportions: Proportions,
        mode: Mode,
    ) -> None:
        """Take the window; nothing is arranged before `begin`."""
        super().__init__(window)
        self._window, self._docks, self.store = window, tuple(docks), store
        self._proportions, self._mode = proportions, mode
        self.current = store.last(mode)
        self._screens_there = ""
        self._held: tuple[QByteArray, QSize, set[PanelDock]] | None = None
        self._on_air = False
        self._wish: bool | None = None
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.keep)
        self._is_compact = False
        """Whether the arrangement on show is that of a narrow window."""
        self._width = QTimer(self, singleShot=True, interval=_WIDTH_MS)
        self._width.timeout.connect(self._width_changed)
        self._screens = QTimer(self, singleShot=True, interval=_SCREENS_MS)
        self._screens.timeout.connect(self.look_at_screens)

    @property
    def locked(self) -> bool:
        """Return whether panels stay where they are: on air, unless the producer said otherwise."""
        return self._on_air if self._wish is None else self._wish

    @property
    def why_locked(self) -> str:
        """Return in words why panels stay where they are, blank when they can be moved."""
        if not self.locked:
            return ""
        return LOCKED_ON_AIR if self._on_air else LOCKED_BY_HAND

    def begin(self) -> None:
        """Arrange the docks at first; the window has its size now."""
        self._arrange()
        for dock in self._docks:
            dock.visibilityChanged.connect(self._moved)
            dock.dockLocationChanged.connect(self._moved)
            dock.topLevelChanged.connect(self._moved)
            dock.resized.connect(self._moved)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._screen_added)
        application.screenRemoved.connect(self._screens_change)
        for screen in application.screens():
            screen.availableGeometryChanged.connect(self._screens_change)

    def set_mode(self, mode: Mode) -> None:
        """Take the desk's mode, which has a layout of its own."""
        if mode is not self._mode:
            self._mode = mode
            if self._screens_there:
                self._show(self.store.last(mode))
            else:
                self.current = self.store.last(mode)

    def set_on_air(self, on_air: bool) -> None:
        """Lock the panels when the show goes on air, and unlock them when it is off again."""
        if on_air is not self._on_air:
            self._on_air, self._wish = on_air, None
            self._lock()

    def lock(self, locked: bool) -> None:
        """Lock or unlock by hand, until the show goes on or off air."""
        self._wish = locked
        self._lock()

    def show_layout(self, layout: Layout) -> None:
        """Show a layout as it was left here, or as it is at first."""
        self.keep()
        self._show(layout)

    def save_as(self, title: str) -> Layout:
        """Keep the present arrangement under a new name and go on in it."""
        self.keep()
        layout = self.store.add(title, self.current.phase)
        self.current = layout
        self.store.keep_as_saved(layout, self._set_up(), self._window.saveState(VERSION))
        self.store.use(layout, self._mode)
        self.changed.emit()
        return layout

    def rename(self, layout: Layout, title: str) -> None:
        """Give an own layout another name."""
        renamed = self.store.rename(layout, title)
        if self.current.layout_id == layout.layout_id:
            self.current = renamed
        self.changed.emit()

    def delete(self, layout: Layout) -> None:
        """Forget an own layout; the desk goes on in what it was made from."""
        if not layout.own:
            return
        self._soon.stop()
        self.store.delete(layout)
        if self.current.layout_id == layout.layout_id:
            self._show(self.store.built_in(layout))
        self.changed.emit()

    def reset(self) -> None:
        """Put every panel back: a built-in layout as it came, an own one as it was saved."""
        self._soon.stop()
        self.store.forget(self.current)
        self._show(self.current)
        self._soon.stop()

    def keep(self) -> None:
        """Keep the present arrangement under the present layout and set-up of screens."""
        self._soon.stop()
        # While screens come and go, Qt moves windows as it likes: that is nobody's layout.
        # Nor is it one while a window is drawn from wide to narrow.
        is_settled = layouts.is_compact(self._window) is self._is_compact
        if self._screens_there and self._screens_there == _screens_now() and is_settled:
            self.store.keep(self.current, self._set_up(), self._window.saveState(VERSION))

    def hold(self, held: bool) -> None:
        """Keep nothing while a panel fills the screen: it is no layout; afterwards all is as before."""
        if held:
            self.keep()
            self._held = self._window.saveState(VERSION), self._window.size(), self._in_front()
            self._screens_there = ""
        else:
            self._screens_there = _screens_now()
            QTimer.singleShot(0, self, self.window_resized)

    def window_resized(self) -> None:
        """Put borders back to the pixel once the window has the size again that it had before.

        A window that became narrow, or wide, gets the arrangement that belongs to that.
        """
        if self._screens_there and layouts.is_compact(self._window) is not self._is_compact:
            self._width.start()
        if self._held is not None and self._screens_there and self._window.size() == self._held[1]:
            (state, _, before), self._held = self._held, None
            with kept(self._window):
                # What came to the front since then was asked for.
                since = self._in_front() - before
                self._window.restoreState(state, VERSION)
                for dock in since:
                    dock.show()
                    dock.raise_()
            self._proportions.take()

    def _in_front(self) -> set[PanelDock]:
        return {dock for dock in self._docks if not dock.visibleRegion().isEmpty()}

    def look_at_screens(self) -> None:
        """After screens came or went: show what was kept for this set-up, and leave no panel outside."""
        if not self._screens_there:
            return
        if self._screens_there != _screens_now():
            self._screens_there = _screens_now()
            self._restore()
        layouts.rescue(self._window, self._docks)
        QTimer.singleShot(0, self._proportions, self._proportions.take)

    def _show(self, layout: Layout) -> None:
        self.leaving.emit()
        self._held = None
        self.current = layout
        self.store.use(layout, self._mode)
        self._arrange()
        self.changed.emit()

    def _arrange(self) -> None:
        window = self._window
        window.setUpdatesEnabled(False)
        with kept(window):
            layouts.arrange(window, self._docks, self.current.phase)
            self._screens_there = _screens_now()
            self._is_compact = layouts.is_compact(window)
            self._restore()
        window.setUpdatesEnabled(True)
        QTimer.singleShot(0, self._proportions, self._proportions.take)

    def _width_changed(self) -> None:
        there = bool(self._screens_there) and self._held is None
        if there and layouts.is_compact(self._window) is not self._is_compact:
            self._arrange()
            self.changed.emit()

    def _restore(self) -> None:
        """Bring a kept state back.

        Docks that it does not know stay where they are; names it knows and we do not are skipped by Qt.
        """
        compact = layouts.is_compact(self._window)
        for saved in self.store.states(self.current, self._set_up(), compact):
            if self._window.restoreState(saved.state, saved.version):
                layouts.rescue(self._window, self._docks)
                return

    def _lock(self) -> None:
        for dock in self._docks:
            dock.set_locked(self.why_locked)
        self.changed.emit()

    def _moved(self) -> None:
        if self._screens_there:
            self._soon.start()

    def _screen_added(self, screen: QScreen) -> None:
        screen.availableGeometryChanged.connect(self._screens_change)
        self._screens_change()

    def _screens_change(self) -> None:
        # Qt moves windows about at first, and screens come one after the other.
        self._screens.start()

    def _set_up(self) -> str:
        return name_set_up(self._screens_there, layouts.is_compact(self._window))


def _screens_now() -> str:
    return screens.set_up(screens.rects())
