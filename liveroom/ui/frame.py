"""The window's edge: striped in a rehearsal, violet over recorded data, plain when live."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from liveroom.models.facts import Mode
from liveroom.ui.theme import Theme

_GAP = 4
_STRIPES, _STRIPE = 8, 10
"""How wide the striped edge is, and each of its stripes."""


def margin_of(mode: Mode) -> int:
    """Return how much room the edge takes on each side."""
    return _GAP + (_STRIPES if mode is Mode.REHEARSAL else 0 if mode is Mode.LIVE else 3)


def fill(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    """Fill a rectangle: `QPainter.fillRect` lets PySide make QGradient with its 170 presets first."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawRect(rect)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def paint_frame(painter: QPainter, rect: QRectF, dirty: QRectF, theme: Theme) -> None:
    """Paint what is `dirty` of a window's ground, and its edge where that is touched."""
    fill(painter, dirty, theme["window"])
    inner = rect.adjusted(_STRIPES, _STRIPES, -_STRIPES, -_STRIPES)
    if inner.contains(dirty):
        return
    if theme.mode is Mode.REHEARSAL:
        tall, right = inner.height(), inner.right()
        for edge in (
            QRectF(0, 0, rect.width(), _STRIPES),
            QRectF(0, inner.bottom(), rect.width(), _STRIPES),
            QRectF(0, inner.top(), _STRIPES, tall),
            QRectF(right, inner.top(), _STRIPES, tall),
        ):
            if edge.intersects(dirty):
                _paint_stripes(painter, edge, theme)
    elif theme.mode is not Mode.LIVE:
        style = Qt.PenStyle.SolidLine if theme.mode is Mode.REPLAY else Qt.PenStyle.DotLine
        painter.setPen(QPen(theme["offer"], 3, style))
        painter.drawRect(rect.adjusted(1, 1, -1.5, -1.5))


def _paint_stripes(painter: QPainter, edge: QRectF, theme: Theme) -> None:
    """Paint slanting lines, which meet where the edges do; a gradient takes five times as long."""
    apart = 2 * _STRIPE * 2**0.5
    across = edge.width() > edge.height()
    first, last = edge.left() - edge.bottom(), edge.right() - edge.top()
    lines = []
    for number in range(int(first // apart) - 1, int(last // apart) + 2):
        # Where a line meets height 0; on it x - y is the same everywhere.
        at = (number + 0.25) * apart
        if across:
            ends = at + edge.top(), edge.top(), at + edge.bottom(), edge.bottom()
        else:
            ends = edge.left(), edge.left() - at, edge.right(), edge.right() - at
        lines.append(QLineF(*ends))
    painter.save()
    painter.setClipRect(edge)
    painter.setPen(QPen(theme["reh"], _STRIPE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.SquareCap))
    painter.drawLines(lines)
    painter.restore()
