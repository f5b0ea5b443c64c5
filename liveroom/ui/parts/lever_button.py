"""Buttons that move levers: Enter presses them, the space bar never does, and a click takes no focus.

The space bar is GO. A button that answered to it would fire whatever was pressed last.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from liveroom.ui.keyboard.caps import cap
from liveroom.ui.parts.asked import ASKED
from liveroom.ui.parts.runs import Run, paint_runs, width_of
from liveroom.ui.parts.transport import Guard
from liveroom.ui.theme import Theme, contrast

HEIGHT = 24
_PAD, _GAP, _CAP_PAD = 9, 6, 4
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CENTRE = Qt.AlignmentFlag.AlignHCenter
_SURE_SECONDS = 4.0
_BOUNCE_SECONDS = 0.4


def ink_on(theme: Theme, fill: str) -> str:
    """Return the token that reads best on a filled button."""
    tokens = ("window", "text", "panel", "go_text")
    return max(tokens, key=lambda token: contrast(theme[token], theme[fill]))


class LeverButton(QAbstractButton):
    """Words, with a key beside them that does the same."""

    def __init__(self, theme: Theme, words: str, key: str = "", fill: str = "") -> None:
        """Take the words; `fill` makes it the one that stands out."""
        super().__init__()
        self._theme, self._key, self._fill = theme, key, fill
        self._words, self._busy = words, ""
        self.setFixedHeight(HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(words)

    def say(self, words: str, busy: str = "") -> None:
        """Show other words; `busy` ones stand for them until the confirming fact is there."""
        if (words, busy) != (self._words, self._busy):
            self._words, self._busy = words, busy
            self.setAccessibleName(busy or words)
            self.updateGeometry()
            self.update()

    def show_key(self, key: str) -> None:
        """Show the key that does the same; blank for none."""
        if cap(key) != self._key:
            self._key = cap(key)
            self.updateGeometry()
            self.update()

    def words(self) -> str:
        """Return the words on show."""
        return self._busy or self._words

    def sizeHint(self) -> QSize:
        # Room for all that it may say: nothing moves when it is pressed.
        widest = max(width_of(self._runs(words), self._theme) for words in self._sayings())
        return QSize(round(widest) + 2 * _PAD, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.isAutoRepeat():
            self.click()
        else:
            event.ignore()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        fill, ink = self._fill if self.isEnabled() else "", self._ink()
        if fill:
            ground, edge = theme[fill], theme[fill]
        else:
            ground = theme["raised" if self.isEnabled() else "header"]
            edge = theme["control" if self.isEnabled() else "line_2"]
        if self.isDown() or (self.underMouse() and self.isEnabled()):
            ground = ground.darker(112) if fill else theme["sel"]
        paint_box(painter, theme, QRectF(self.rect()), ground, edge, self.hasFocus())
        runs = self._runs(self.words(), ink)
        paint_runs(painter, theme, runs, QRectF(self.rect()).adjusted(4, 0, -4, 0), _CENTRE)
        if self._key and not self._busy:
            self._paint_cap(painter, runs, ink)

    def _sayings(self) -> tuple[str, ...]:
        return (self._words, self._busy or ASKED)

    def _ink(self) -> str:
        if not self.isEnabled():
            return "text_3"
        return ink_on(self._theme, self._fill) if self._fill else "text"

    def _runs(self, words: str, ink: str = "text") -> tuple[Run, ...]:
        runs = [Run(words, ink, 12, 500 if self._fill else 400)]
        if self._key and words not in (self._busy, ASKED):
            runs.append(Run(self._key, ink, 10.5, gap=_GAP + _CAP_PAD))
            runs.append(Run("", gap=_CAP_PAD))
        return tuple(runs)

    def _paint_cap(self, painter: QPainter, runs: tuple[Run, ...], ink: str) -> None:
        wide = self._theme.advance(self._key, 10.5)
        right = (self.width() + width_of(runs, self._theme)) / 2
        box = QRectF(right - wide - 2 * _CAP_PAD, self.height() / 2 - 7.5, wide + 2 * _CAP_PAD, 15)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme[ink], 1))
        painter.drawRoundedRect(box, 2, 2)


class SureButton(LeverButton):
    """Cannot be taken back: the first press asks, a second one within four seconds means it."""

    def __init__(self, theme: Theme, words: str, question: str, sure: Callable[[], None]) -> None:
        """Take the question that replaces the words, and what is done when it is answered."""
        super().__init__(theme, words)
        self._name, self._question, self._sure = words, question, sure
        self._asked = False
        self.guard = Guard(_BOUNCE_SECONDS)
        self._timer = QTimer(self, singleShot=True, interval=round(_SURE_SECONDS * 1000))
        self._timer.timeout.connect(self.calm)
        self.clicked.connect(self._pressed)

    def name(self, words: str, busy: str = "") -> None:
        """Say what the button is called while it does not ask."""
        self._name = words
        if not self._asked or busy:
            self._asked = self._asked and not busy
            self.say(words, busy)

    def is_asking(self) -> bool:
        """Return whether it waits for the second press."""
        return self._asked

    def calm(self) -> None:
        """Take the question back."""
        self._timer.stop()
        if self._asked:
            self._asked = False
            self.say(self._name)

    def _sayings(self) -> tuple[str, ...]:
        return (self._name, self._question, ASKED)

    def _pressed(self) -> None:
        if not self.guard.lets_through():
            return
        if not self._asked:
            self._asked = True
            self.say(self._question)
            self._timer.start()
            return
        self.calm()
        self._sure()


def paint_box(
    painter: QPainter, theme: Theme, rect: QRectF, ground: QColor, edge: QColor, focused: bool
) -> None:
    """Paint a control's field: one pixel of edge, or two of focus."""
    wide = 2 if focused else 1
    painter.setBrush(ground)
    painter.setPen(QPen(theme["focus"] if focused else edge, wide))
    inset = wide / 2
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), 3, 3)
