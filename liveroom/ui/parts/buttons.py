"""Buttons with a painted mark."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from liveroom.ui import glyphs
from liveroom.ui.theme import Theme


class GlyphButton(QAbstractButton):
    """A small square button that is only a mark; its name is for tooltips and screen readers."""

    def __init__(
        self,
        theme: Theme,
        glyph: str,
        name: str,
        side: int = 18,
        px: int = 9,
        takes_focus: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        """Take the mark's name and what the button does, in words."""
        super().__init__(parent)
        self._theme, self._glyph, self._px = theme, glyph, px
        self.setFixedSize(side, side)
        self.setToolTip(name)
        self.setAccessibleName(name)
        policy = Qt.FocusPolicy.TabFocus if takes_focus else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tone = "text" if self.underMouse() or self.isDown() else "text_3"
        if self.underMouse():
            painter.fillRect(self.rect(), self._theme["raised"])
        if self.hasFocus():
            painter.setPen(self._theme["focus"])
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        left, top = (self.width() - self._px) / 2, (self.height() - self._px) / 2
        glyphs.paint(painter, self._glyph, left, top, self._px, self._theme[tone])
