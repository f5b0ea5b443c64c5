"""A panel's dock: its title bar, with the definition at the left and the age at the right."""

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
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QVBoxLayout, QWidget

from liveroom.ui.frame import margin_of, paint_frame
from liveroom.ui.host import PanelHost
from liveroom.ui.panel import Heading
from liveroom.ui.parts.buttons import GlyphButton
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

TITLE_HEIGHT = 25
_NO_LIMIT = 16_777_215
"""What Qt takes for no greatest height."""
_FREE = (
    QDockWidget.DockWidgetFeature.DockWidgetClosable
    | QDockWidget.DockWidgetFeature.DockWidgetMovable
    | QDockWidget.DockWidgetFeature.DockWidgetFloatable
)
_LOCKED = QDockWidget.DockWidgetFeature.NoDockWidgetFeatures
_AREAS = Qt.DockWidgetArea.AllDockWidgetAreas


class DockTitle(QWidget):
    """The title bar: title, definition, note or age, float, close."""

    def __init__(self, dock: PanelDock, theme: Theme) -> None:
        """Take the dock to float or close."""
        super().__init__(dock)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(TITLE_HEIGHT)
        self._title, self._tabbed, self._heading = dock.host.spec.title, False, Heading()
        self._past = ""
        self._words = RunLine(theme, drops=True)
        self._note = RunLine(theme, align=Qt.AlignmentFlag.AlignRight, fits=True)
        self._floating = GlyphButton(theme, "float", f"Float {self._title}", px=10)
        self._floating.clicked.connect(lambda: dock.setFloating(not dock.isFloating()))
        self._closing = GlyphButton(theme, "close", f"Hide {self._title}", px=8)
        self._closing.clicked.connect(dock.close)
        self._lock = GlyphButton(theme, "hard start", "", px=9)
        self._lock.setEnabled(False)
        self._lock.hide()
        self._held = QWidget(self)
        self._held.setObjectName("held")
        self._held.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(9, 0, 4, 0)
        row.setSpacing(0)
        row.addWidget(self._words, 1)
        row.addSpacing(8)
        row.addWidget(self._note)
        row.addSpacing(6)
        row.addWidget(self._floating)
        row.addWidget(self._closing)
        row.addWidget(self._lock)
        # The padlock stands where the cross was: nothing moves when the panels are locked.
        kept = self._floating.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self._floating.setSizePolicy(kept)
        self._say()

    def sizeHint(self) -> QSize:
        return QSize(120, TITLE_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, TITLE_HEIGHT)

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
        self._lock.setToolTip(why)
        self._lock.setAccessibleName(why)
        self._lock.setVisible(bool(why))
        self._floating.setVisible(not why)
        self._closing.setVisible(not why)

    def set_held(self, held: bool) -> None:
        """Show whether the panel has the keyboard."""
        self._held.setVisible(held)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._held.setGeometry(0, 0, self.width(), 2)

    def text(self) -> str:
        """Return the words on show."""
        return f"{self._words.text()} {self._note.text()}".strip()

    def _say(self) -> None:
        subtitle = Run(self._heading.subtitle, "text_3", 11, gap=0 if self._tabbed else 8)
        title = () if self._tabbed else (Run(self._title, weight=600),)
        self._words.set_runs(*title, subtitle)
        note = Run(self._heading.note, self._heading.tone, 11)
        self._note.set_runs(Run(self._past, "offer", 11, 600) if self._past else note)


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
            painter.fillRect(QRectF(2, middle + step, 2, 2), self._theme["control"])


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

    def __init__(self, host: PanelHost, theme: Theme) -> None:
        """Wrap a panel's host."""
        spec = host.spec
        super().__init__(spec.title)
        self.host, self._past = host, ""
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

    def set_theme(self, theme: Theme) -> None:
        """Build the title bar in a theme's colours."""
        self.body.set_theme(theme)
        before = self.titleBarWidget()
        if self.host.spec.fixed_height:
            self._grip = StripGrip(self, theme)
            self.setTitleBarWidget(self._grip)
        else:
            self.title_bar = DockTitle(self, theme)
            self.title_bar.set_past(self._past)
            self.title_bar.set_heading(self.host.heading())
            self.setTitleBarWidget(self.title_bar)
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
        tabbed = bar.is_tabbed()
        bar.set_tabbed(False)
        image = self.grab().toImage()
        bar.set_tabbed(tabbed)
        return image

    def set_past(self, past: str) -> None:
        """Say in title and edge which earlier time the panel shows, blank for the present."""
        if past != self._past:
            self._past = past
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

    def set_tabbed(self, tabbed: bool) -> None:
        """Tell the title bar whether a tab names the panel already."""
        if self.title_bar is not None:
            self.title_bar.set_tabbed(tabbed)

    def _set_heading(self, heading: Heading) -> None:
        if self.title_bar is not None:
            self.title_bar.set_heading(heading)
