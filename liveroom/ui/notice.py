"""A word of a few seconds over the foot of the desk: why a key did nothing. It moves nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import Theme

_SHOWN_MS = 3_000
_ABOVE_FOOT = 36


class Notice(QFrame):
    """A line in a frame, in the middle above the status line; clicks go through it."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        """Stay hidden until there is something to say."""
        super().__init__(window)
        self.setObjectName("notice")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._window = window
        self._words = RunLine(theme, 22, fits=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 12, 4)
        row.addWidget(self._words)
        self._timer = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._timer.timeout.connect(self.hide)
        self.hide()

    def say(self, words: str) -> None:
        """Show words for a moment."""
        self._words.set_runs(
            Run(glyph="attention", tone="warn", px=10), Run(words, "text", 12, gap=7)
        )
        self.adjustSize()
        room = self._window.rect()
        left = (room.width() - self.width()) // 2
        self.move(left, room.height() - self.height() - _ABOVE_FOOT)
        self.show()
        self.raise_()
        self._timer.start()

    def text(self) -> str:
        """Return the words on show, blank while it is hidden."""
        return "" if self.isHidden() else self._words.text()
