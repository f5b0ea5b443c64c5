"""A sheet that lies over the desk for a moment, by key: the desk goes on beneath, Esc leads back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid

from liveroom.ui.theme import Theme


class Overlay(QFrame):
    """Takes the focus when it opens and gives it back where it was; one at a time over a window."""

    closed = Signal()

    def __init__(self, window: QWidget, theme: Theme) -> None:
        """Take the window that it lies over."""
        super().__init__(window)
        self.theme = theme
        self.setObjectName("overlay")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._window = window
        self._before: QWidget | None = None
        self._is_open = False
        window.installEventFilter(self)

    def first_field(self) -> QWidget:
        """Return what has the focus when the sheet opens."""
        raise NotImplementedError

    def place_in(self, room: QRect) -> QRect:
        """Return where the sheet lies within the room of the desk."""
        raise NotImplementedError

    def open(self) -> None:
        """Lie over the desk."""
        self._before = QApplication.focusWidget()
        self._is_open = True
        self._place()
        self.show()
        self.raise_()
        # From a panel that floats in a window of its own the keyboard has to come over here.
        self._window.activateWindow()
        self.first_field().setFocus(Qt.FocusReason.PopupFocusReason)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)

    def leave(self) -> None:
        """Close, and give the focus back."""
        before = self._before
        self._close()
        if before is not None and isValid(before) and before.isVisible():
            before.activateWindow()
            before.setFocus(Qt.FocusReason.PopupFocusReason)
        else:
            self._window.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        # Whatever is not for the sheet is not for the desk beneath it either.
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.Resize and self._is_open:
            self._place()
        return False

    def _place(self) -> None:
        self.setGeometry(self.place_in(self._window.contentsRect()))

    def _close(self) -> None:
        if not self._is_open:
            return
        self._is_open = False
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.disconnect(self._focus_moved)
        self._window.removeEventFilter(self)
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def _focus_moved(self, old: QWidget | None, now: QWidget | None) -> None:
        # Elsewhere by a click: nothing is taken back there. In another program: it stays.
        if not isValid(self):
            return
        if now is not None and now is not self and not self.isAncestorOf(now):
            self._close()
