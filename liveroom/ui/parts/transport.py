"""GO and its companions: they take no focus, and one press is one command."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from liveroom.ui.keyboard.caps import cap
from liveroom.ui.parts.runs import Run, paint_runs, text_of, width_of
from liveroom.ui.theme import Theme

GUARD_SECONDS = 1.0


class Guard:
    """Lets one press through, then none for a second: a double click is one GO."""

    def __init__(
        self, seconds: float = GUARD_SECONDS, now: Callable[[], float] = time.monotonic
    ) -> None:
        """Take the shortest time between two presses."""
        self._seconds, self._now = seconds, now
        self._last: float | None = None

    def lets_through(self) -> bool:
        """Return whether a press now counts."""
        now = self._now()
        if self._last is not None and now - self._last < self._seconds:
            return False
        self._last = now
        return True


class GoButton(QAbstractButton):
    """Takes the next segment. No focus: Qt presses a focused button on Space, so GO would fire twice."""

    def __init__(self, theme: Theme) -> None:
        """Start without anything to take."""
        super().__init__()
        self._theme = theme
        self._above, self._name, self._key = "", "", ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(52)
        self.setEnabled(False)

    def show_next(self, above: str, name: str) -> None:
        """Show what would be taken; nothing disables the button."""
        if (above, name) != (self._above, self._name):
            self._above, self._name = above, name
            self.setAccessibleName(f"GO {name}")
            self.setToolTip(name)
            self.setEnabled(bool(name))
            self.update()

    def show_key(self, key: str) -> None:
        """Show the key that does the same; blank for none."""
        if cap(key) != self._key:
            self._key = cap(key)
            self.update()

    def text(self) -> str:
        """Return the words on show."""
        return text_of((Run("GO"), Run(self._above), Run(self._name)))

    def sizeHint(self) -> QSize:
        return QSize(220, 52)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        ready = self.isEnabled()
        fill = self._theme["go" if ready else "raised"]
        painter.setBrush(fill.darker(115) if self.isDown() else fill)
        painter.setPen(QPen(fill if ready else self._theme["line_2"], 1))
        painter.drawRoundedRect(box, 3, 3)
        ink = "go_text" if ready else "text_3"
        go = (Run("GO", ink, 22, 600),)
        wide = width_of(go, self._theme)
        paint_runs(painter, self._theme, go, QRectF(14, 0, wide + 2, self.height()))
        key = (Run(self._key, ink, 11),)
        cap = width_of(key, self._theme) + 10 if self._key else 0
        if self._key:
            self._paint_key(painter, key, cap, ink)
        left = 14 + wide + 12
        room = self.width() - left - cap - 24
        above = QRectF(left, 9 if self._name else 18, room, 16)
        paint_runs(painter, self._theme, (Run(self._above, ink, 11),), above)
        below = QRectF(left, 26, room, 17)
        paint_runs(painter, self._theme, (Run(self._name, ink, 12, 600),), below)

    def _paint_key(self, painter: QPainter, key: tuple[Run, ...], wide: float, ink: str) -> None:
        box = QRectF(self.width() - wide - 12.5, self.height() / 2 - 8.5, wide, 17)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme[ink], 1))
        painter.drawRoundedRect(box, 2, 2)
        paint_runs(painter, self._theme, key, box, Qt.AlignmentFlag.AlignHCenter)
