"""A panel's dock: a frame with a title bar, or with a handle around a strip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QDockWidget, QVBoxLayout, QWidget

from liveroom.ui.dock_title import DockTitle
from liveroom.ui.frame import fill, margin_of, paint_frame
from liveroom.ui.host import PanelHost
from liveroom.ui.panel import Heading
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

_NO_LIMIT = 16_777_215
"""What Qt takes for no greatest height."""
_FREE = (
    QDockWidget.DockWidgetFeature.DockWidgetClosable
    | QDockWidget.DockWidgetFeature.DockWidgetMovable
    | QDockWidget.DockWidgetFeature.DockWidgetFloatable
)
_LOCKED = QDockWidget.DockWidgetFeature.NoDockWidgetFeatures
_AT_FIRST = 640, 480
"""Pixels that a panel has before it has a place: in the hundred of Qt its parts would find no room."""
_AREAS = Qt.DockWidgetArea.AllDockWidgetAreas


class StripGrip(QWidget):
    """The handle of a strip without a title: drag to move, double-click to float."""

    def __init__(self, dock: PanelDock, theme: Theme) -> None:
        """Take the strip's dock."""
        super().__init__(dock)
        self._theme, self._name = theme, dock.host.spec.title
        self.set_locked("")

    def set_locked(self, why: str) -> None:
        """Say what can be done with the handle, or why nothing can."""
        self.setToolTip(f"{self._name}: {why or 'drag to move, double-click to float'}")

    def sizeHint(self) -> QSize:
        return QSize(8, 40)

    def minimumSizeHint(self) -> QSize:
        return QSize(8, 20)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        middle = self.height() / 2
        for step in (-6, 0, 6):
            fill(painter, QRectF(2, middle + step, 2, 2), self._theme["control"])


class DockBody(QWidget):
    """Around a panel: the window's edge where the panel floats, so that it tells its mode there too."""

    def __init__(self, host: PanelHost, theme: Theme) -> None:
        """Take what is in it."""
        super().__init__()
        self._theme, self._floats = theme, False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(host)

    def set_theme(self, theme: Theme) -> None:
        """Take the mode's edge from a theme."""
        self._theme = theme
        self.set_floating(self._floats)

    def set_floating(self, floats: bool) -> None:
        """Leave room for the edge, or not."""
        self._floats = floats
        edge = margin_of(self._theme.mode) if floats else 0
        self._column.setContentsMargins(edge, edge, edge, edge)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._floats:
            painter = QPainter(self)
            paint_frame(painter, QRectF(self.rect()), QRectF(event.rect()), self._theme)


class PanelDock(QDockWidget):
    """A dock with a stable name: layouts are stored by the panel's id."""

    resized = Signal()
    menu_asked = Signal(object, QPoint)
    """Of this dock, and where on the screen."""
    escaped = Signal()
    """Esc was pressed in a window of the panel's own, and nothing in it needed it."""

    def __init__(self, host: PanelHost, theme: Theme, parent: QWidget | None = None) -> None:
        """Wrap a panel's host; with the desk as `parent` it waits, hidden, for its place there."""
        spec = host.spec
        # With the parent from the first on: a dock that comes to it later, with all that is in it, is
        # styled anew.
        super().__init__(spec.title, parent)
        self.setVisible(False)
        self.resize(*_AT_FIRST)
        self.host = host
        self._past = self._coming = ""
        """Which earlier time the panel shows, and which it will when it is brought up to date."""
        self.setObjectName(spec.panel_id)
        self.setAllowedAreas(_AREAS)
        self.title_bar: DockTitle | None = None
        self._grip: StripGrip | None = None
        self._why_locked = ""
        self._kind = _LOCKED
        if spec.fixed_height:
            self._kind = QDockWidget.DockWidgetFeature.DockWidgetVerticalTitleBar
            self.setFeatures(self._kind | _FREE)
            host.setFixedHeight(spec.fixed_height)
        self.body = DockBody(host, theme)
        self.setWidget(self.body)
        self.set_theme(theme)
        self.topLevelChanged.connect(self.body.set_floating)
        self.topLevelChanged.connect(self._limit_strip)
        self._limit_strip(False)
        host.heading_changed.connect(self._set_heading)
        host.shown.connect(self._show_past)

    def set_theme(self, theme: Theme) -> None:
        """Build the title bar in a theme's colours."""
        self.body.set_theme(theme)
        before = self.titleBarWidget()
        if self.host.spec.fixed_height:
            self._grip = StripGrip(self, theme)
            self.setTitleBarWidget(self._grip)
        else:
            was_filled = self.title_bar is not None and self.title_bar.row is not None
            self.title_bar = DockTitle(self, theme)
            self.title_bar.set_past(self._past)
            self.title_bar.set_heading(self.host.heading())
            self.setTitleBarWidget(self.title_bar)
            if was_filled:
                self.title_bar.fill()
        self._show_lock()
        if before is not None:
            before.deleteLater()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.menu_asked.emit(self, event.globalPos())

    def picture(self) -> QImage:
        """Return the panel as a picture, with its title also where a tab has it on the desk."""
        bar = self.title_bar
        if bar is None:
            return self.grab().toImage()
        bar.fill()
        tabbed = bar.is_tabbed()
        bar.set_tabbed(False)
        image = self.grab().toImage()
        bar.set_tabbed(tabbed)
        return image

    def set_past(self, past: str) -> None:
        """Say in title and edge which earlier time the panel shows, blank for the present.

        Not before it shows it: neither may be told of numbers of another time.
        """
        self._coming = past
        if not self.host.has_to_show:
            self._show_past()

    def _show_past(self) -> None:
        if self._coming != self._past:
            past = self._past = self._coming
            self.host.set_past(bool(past))
            if self.title_bar is not None:
                self.title_bar.set_past(past)

    def _limit_strip(self, floats: bool) -> None:
        """Let no layout make a strip of the window taller than it is: it would lie in an empty band."""
        if self.host.spec.fixed_height:
            self.setMaximumHeight(_NO_LIMIT if floats else self.host.spec.fixed_height)

    def set_locked(self, why: str) -> None:
        """Hold the dock where it is for a reason, or let it be moved and closed again (blank)."""
        if why != self._why_locked:
            self._why_locked = why
            self.setFeatures(self._kind | (_LOCKED if why else _FREE))
            self._show_lock()

    def _show_lock(self) -> None:
        if self.title_bar is not None:
            self.title_bar.set_locked(self._why_locked)
        if self._grip is not None:
            self._grip.set_locked(self._why_locked)

    def set_held(self, held: bool) -> None:
        """Show whether the panel has the keyboard; a strip shows it at its tile."""
        if self.title_bar is not None:
            self.title_bar.set_held(held)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.isFloating() and event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def seen(self, seen: bool = True) -> None:
        """Take that the panel is seen: only then it is kept up to date, and its title bar is filled."""
        if not seen:
            return
        if self.title_bar is not None:
            self.title_bar.fill()
        self.host.newest()

    def set_tabbed(self, tabbed: bool) -> None:
        """Tell the title bar whether a tab names the panel already."""
        if self.title_bar is not None:
            self.title_bar.set_tabbed(tabbed)

    def _set_heading(self, heading: Heading) -> None:
        if self.title_bar is not None:
            self.title_bar.set_heading(heading)
