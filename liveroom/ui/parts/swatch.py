"""Stands for a product's picture: its initials, with an edge in the colour of its category.

The catalogue brings no pictures yet. The letters tell products apart, the colour is decoration: it comes
from the category's name alone, so that it stays whatever else the catalogue lists.
"""

from __future__ import annotations

import zlib

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap

from liveroom.ui.theme import Theme

SIZE = QSize(20, 18)
_COLOURS = ("c1", "c2", "c3", "c4", "c5")


def initials(name: str) -> str:
    """Return two letters of a name: of its first two words, or of its only one."""
    words = [word for word in name.split() if word[0].isalnum()]
    if not words:
        return name.strip()[:2].upper()
    letters = words[0][0] + words[1][0] if len(words) > 1 else words[0][:2]
    return letters.upper()


def colour_of(category: str) -> str:
    """Return the token of a category's colour; the same name has it in every show."""
    return _COLOURS[zlib.crc32(category.strip().casefold().encode()) % len(_COLOURS)]


def swatch(name: str, category: str, theme: Theme, scale: float) -> QPixmap:
    """Return the picture of a product, `SIZE` large."""
    picture = QPixmap(SIZE * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.fillRect(QRectF(1, 1, 18, 16), theme["raised"])
    painter.fillRect(QRectF(1, 1, 2, 16), theme[colour_of(category)])
    painter.setPen(theme["text_2"])
    painter.setFont(theme.font(9, 500))
    painter.drawText(QRectF(3, 1, 16, 16), Qt.AlignmentFlag.AlignCenter, initials(name))
    painter.end()
    return picture
