"""One panel on the whole screen, below the show bar; its dock waits untouched and takes it back."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRect, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QVBoxLayout, QWidget

from liveroom.ui.dock import PanelDock
from liveroom.ui.dock_title import TITLE_HEIGHT
from liveroom.ui.panel import Heading
from liveroom.ui.parts.buttons import GlyphButton
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import Theme


class FullPanel(QWidget):
    """A title and the panel itself, over the docks."""

    def __init__(self, window: QMainWindow, dock: PanelDock, theme: Theme) -> None:
        """Take the panel out of its dock, which keeps its place and its size."""
        super().__init__(window)
        self.setObjectName("full")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.dock = dock
        self._words = RunLine(theme)
        self._note = RunLine(theme, align=Qt.AlignmentFlag.AlignRight, fits=True)
        self.back = GlyphButton(theme, "close", "Back to its place (Esc)", px=8)
        title = QWidget()
        title.setObjectName("fullTitle")
        title.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        title.setFixedHeight(TITLE_HEIGHT)
        row = QHBoxLayout(title)
        row.setContentsMargins(9, 0, 4, 0)
        row.setSpacing(8)
        row.addWidget(self._words, 1)
        row.addWidget(self._note)
        row.addWidget(self.back)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(title)
        column.addWidget(dock.body)
        dock.body.show()
        dock.host.heading_changed.connect(self._say)
        self._say(dock.host.heading())

    def _say(self, heading: Heading) -> None:
        self._words.set_runs(
            Run(self.dock.host.spec.title, weight=600),
            Run(heading.subtitle, "text_3", 11, gap=8),
        )
        self._note.set_runs(
            Run(heading.note, heading.tone, 11), Run("Esc back", "text_3", 11, gap=14)
        )


class FullScreen(QObject):
    """Puts one panel at a time on the whole screen, and everything back exactly as it was."""

    changed = Signal(bool)
    """Whether a panel is on the whole screen now."""

    def __init__(self, window: QMainWindow) -> None:
        """Take the window."""
        super().__init__(window)
        self._window = window
        self._full: FullPanel | None = None
        self._floating: tuple[PanelDock, QRect] | None = None
        self._before = Qt.WindowState.WindowNoState
        self._focus: QWidget | None = None

    @property
    def dock(self) -> PanelDock | None:
        """Return the dock whose panel is on the whole screen."""
        if self._full is not None:
            return self._full.dock
        return None if self._floating is None else self._floating[0]

    def show(self, dock: PanelDock, theme: Theme) -> None:
        """Put a panel on the whole screen: in its window, or on the screen where it floats."""
        self.leave()
        focused: QWidget | None = dock.body.focusWidget()
        if dock.isFloating():
            self._floating = dock, dock.geometry()
            dock.setGeometry(dock.screen().geometry())
        else:
            self.changed.emit(True)
            self._before = self._window.windowState()
            self._full = FullPanel(self._window, dock, theme)
            self._full.back.clicked.connect(self.leave)
            self._window.setWindowState(self._before | Qt.WindowState.WindowFullScreen)
            self.place()
            self._full.show()
            self._full.raise_()
        target = focused if focused is not None and focused.isVisible() else dock.host
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Put the panel back; what had the focus in it still has it."""
        floating, self._floating = self._floating, None
        if floating is not None:
            floating[0].setGeometry(floating[1])
        full, self._full = self._full, None
        if full is None:
            return
        body = full.dock.body
        focused: QWidget | None = body.focusWidget()
        full.dock.setWidget(body)
        body.show()
        full.hide()
        full.deleteLater()
        self._window.setWindowState(self._before)
        if focused is not None:
            focused.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit(False)

    def place(self) -> None:
        """Fill what is between the show bar and the status line."""
        if self._full is None:
            return
        room = self._window.contentsRect()
        top = self._window.menuWidget()
        if top is not None:
            room.setTop(top.geometry().bottom() + 1)
        room.setBottom(self._window.statusBar().geometry().top() - 1)
        self._full.setGeometry(room)
