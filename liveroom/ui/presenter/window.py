"""The window in which the presenter's display is shown; an error stops it and nothing else."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liveroom.ui.presenter.board import PresenterBoard
from liveroom.ui.presenter.words import Facts
from liveroom.ui.theme import Theme

log = logging.getLogger(__name__)

_TITLE = "Presenter — liveroom"


class _FencedBoard(PresenterBoard):
    """Qt calls `paintEvent` on its own, so the fence has to be in it."""

    def __init__(self, theme: Theme, mirrored: bool, failed: Callable[[Exception], None]) -> None:
        super().__init__(theme, mirrored)
        self._failed = failed

    def paintEvent(self, event: QPaintEvent) -> None:
        try:
            super().paintEvent(event)
        except Exception as error:
            self._failed(error)


class PresenterWindow(QWidget):
    """Takes no focus, neither when it opens nor when it is clicked: the keyboard stays with the desk."""

    closed = Signal()
    """Closed by the window system, not by the desk."""
    full_screen_asked = Signal()
    activated = Signal()
    """A window system gave it the keyboard all the same."""

    def __init__(self, theme: Theme, mirrored: bool) -> None:
        """Build the window; `display` places and shows it."""
        super().__init__(None, Qt.WindowType.Window | Qt.WindowType.WindowDoesNotAcceptFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.setWindowTitle(_TITLE)
        self.setMinimumSize(240, 135)
        self._theme = theme
        self.trouble = ""
        """Why it stopped, blank while it runs."""
        self.board = _FencedBoard(theme, mirrored, self.stop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.board)

    def show_facts(self, make: Callable[[], Facts]) -> None:
        """Show facts; an error in making or in laying them out stops the display alone."""
        if self.trouble:
            return
        try:
            self.board.show_facts(make())
        except Exception as error:
            self.stop(error)

    def stop(self, error: Exception) -> None:
        """Say in place of the display that it stopped; the desk and the show go on."""
        if self.trouble:
            return
        log.error("the presenter display stopped", exc_info=error)
        self.trouble = f"{type(error).__name__}: {error}"
        # Not at once: it may be in the middle of painting.
        QTimer.singleShot(0, self, self.board.hide)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self.activated.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.full_screen_asked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme["window"])
        if self.trouble:
            px = max(14, self.height() // 20)
            painter.setPen(self._theme["text_2"])
            painter.setFont(self._theme.font(px))
            words = "This display stopped. The show goes on.\nClose and open it again at the desk."
            painter.drawText(QRectF(self.rect()), Qt.AlignmentFlag.AlignCenter, words)
