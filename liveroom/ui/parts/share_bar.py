"""A bar of parts of a whole, in the order and the colours of the table below it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from liveroom.ui.theme import Theme

_GAP = 2


class Share(NamedTuple):
    """A part: its name, its size and its colour."""

    title: str
    size: int
    colour: str


class ShareBar(QWidget):
    """Painted; a part never gets narrower than a pixel."""

    def __init__(self, theme: Theme) -> None:
        """Start empty."""
        super().__init__()
        self._theme = theme
        self._shares: list[Share] = []
        self.setFixedHeight(8)

    def show_shares(self, shares: Sequence[Share]) -> None:
        """Show parts; equal ones cost nothing."""
        if list(shares) != self._shares:
            self._shares = list(shares)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        room = QRectF(self.rect()).adjusted(8, 0, -8, -1)
        whole = sum(share.size for share in self._shares)
        if not whole:
            painter.fillRect(room, self._theme["raised"])
            return
        usable = room.width() - _GAP * (len(self._shares) - 1)
        left = room.left()
        for share in self._shares:
            width = max(1.0, usable * share.size / whole)
            painter.fillRect(QRectF(left, 0, width, room.height()), self._theme[share.colour])
            left += width + _GAP
