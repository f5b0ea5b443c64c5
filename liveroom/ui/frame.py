"""The window's edge: striped in a rehearsal, violet over recorded data, plain when live."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QGradient, QLinearGradient, QPainter, QPen

from liveroom.models.facts import Mode
from liveroom.ui.theme import Theme

_GAP = 4
_STRIPES, _STRIPE = 8, 20


def margin_of(mode: Mode) -> int:
    """Return how much room the edge takes on each side."""
    return _GAP + (_STRIPES if mode is Mode.REHEARSAL else 0 if mode is Mode.LIVE else 3)


def paint_frame(painter: QPainter, rect: QRectF, dirty: QRectF, theme: Theme) -> None:
    """Paint what is `dirty` of a window's ground, and its edge where that is touched."""
    painter.fillRect(dirty, theme["window"])
    inner = rect.adjusted(_STRIPES, _STRIPES, -_STRIPES, -_STRIPES)
    if inner.contains(dirty):
        return
    if theme.mode is Mode.REHEARSAL:
        stripes = _stripes(theme)
        tall = inner.height()
        painter.fillRect(QRectF(0, 0, rect.width(), _STRIPES), stripes)
        painter.fillRect(QRectF(0, inner.bottom(), rect.width(), _STRIPES), stripes)
        painter.fillRect(QRectF(0, inner.top(), _STRIPES, tall), stripes)
        painter.fillRect(QRectF(inner.right(), inner.top(), _STRIPES, tall), stripes)
    elif theme.mode is not Mode.LIVE:
        style = Qt.PenStyle.SolidLine if theme.mode is Mode.REPLAY else Qt.PenStyle.DotLine
        painter.setPen(QPen(theme["offer"], 3, style))
        painter.drawRect(rect.adjusted(1, 1, -1.5, -1.5))


def _stripes(theme: Theme) -> QBrush:
    step = _STRIPE / 2**0.5
    gradient = QLinearGradient(0, 0, step, -step)
    gradient.setSpread(QGradient.Spread.RepeatSpread)
    for place, token in ((0.0, "reh"), (0.5, "reh"), (0.501, "window"), (1.0, "window")):
        gradient.setColorAt(place, theme[token])
    return QBrush(gradient)
