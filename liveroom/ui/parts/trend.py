"""A product's last 40 minutes as a picture small enough for a table cell."""

from __future__ import annotations

from itertools import accumulate

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap, QPolygonF

from liveroom.ui.theme import Theme

SIZE = QSize(46, 18)
_SMOOTH_MINUTES = 5


def trend_picture(trend: tuple[int, ...], theme: Theme, scale: float) -> QPixmap:
    """Return a line of units per 5 minutes with a dot at its newest end; blank where nothing sold."""
    picture = QPixmap(SIZE * scale)
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    points = _points(trend)
    if not points:
        return picture
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour = theme["text_2"]
    painter.setPen(QPen(colour, 1))
    painter.drawPolyline(QPolygonF(points))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawEllipse(points[-1], 1.8, 1.8)
    painter.end()
    return picture


def _points(trend: tuple[int, ...]) -> list[QPointF]:
    # Every other minute is enough, counted back from the newest.
    ends = range(len(trend), 0, -(_SMOOTH_MINUTES // 2))
    before = list(accumulate(trend, initial=0))
    sums = [before[end] - before[max(0, end - _SMOOTH_MINUTES)] for end in reversed(ends)]
    highest = max(sums, default=0)
    if not highest or len(sums) < 2:
        return []
    step = (SIZE.width() - 6) / (len(sums) - 1)
    tall = SIZE.height() - 5
    return [
        QPointF(2 + place * step, 2.5 + tall * (1 - value / highest))
        for place, value in enumerate(sums)
    ]
