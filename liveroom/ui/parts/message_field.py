"""A field for a message of two lines: Enter sends, Shift+Enter begins the second line, Esc leaves."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit

from liveroom.ui.parts.field import ground_of
from liveroom.ui.theme import Theme

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_HEIGHT = 60


class MessageField(QPlainTextEdit):
    """Shows three lines, so that one too many is seen; Tab leads out of it."""

    sent = Signal()
    left = Signal()

    def __init__(self, theme: Theme, name: str) -> None:
        """Take what it is called for those who cannot see its place."""
        super().__init__()
        self.setFont(theme.font())
        self.setFixedHeight(_HEIGHT)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(3)
        self.setAccessibleName(name)
        self.setProperty("paper", ground_of(theme) == "panel")

    def text(self) -> str:
        """Return what stands in the field."""
        return self.toPlainText()

    def mark_wrong(self, wrong: bool) -> None:
        """Show by the edge whether what stands here can be sent."""
        if bool(self.property("wrong")) is not wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, plain = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in _ENTER and not plain:
            if not event.isAutoRepeat():
                self.sent.emit()
        elif key == Qt.Key.Key_Escape and not plain:
            self.left.emit()
        else:
            super().keyPressEvent(event)
