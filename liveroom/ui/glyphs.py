"""The desk's marks as painter paths on a 10 px box: every state has a shape beside its word."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

BOX = 10.0


class Shape:
    """A mark: outlines to stroke with a pen width, and areas to fill."""

    __slots__ = ("filled", "stroked", "width")

    def __init__(self, width: float = 1.3) -> None:
        """Start with nothing to paint."""
        self.stroked, self.filled, self.width = QPainterPath(), QPainterPath(), width


def paint(painter: QPainter, name: str, x: float, y: float, px: float, colour: QColor) -> None:
    """Paint a mark with its box's top left corner at (x, y) and `px` wide."""
    shape = _shape(name)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(x, y)
    painter.scale(px / BOX, px / BOX)
    if not shape.filled.isEmpty():
        painter.fillPath(shape.filled, colour)
    if not shape.stroked.isEmpty():
        pen = QPen(colour, shape.width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.strokePath(shape.stroked, pen)
    painter.restore()


def pixmap(name: str, px: int, colour: QColor, scale: float = 1.0) -> QPixmap:
    """Return a mark as a picture, for items that can hold nothing else."""
    picture = QPixmap(round(px * scale), round(px * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint(painter, name, 0, 0, px, colour)
    painter.end()
    return picture


def names() -> tuple[str, ...]:
    """Return the names of all marks."""
    return tuple(_DRAW)


@lru_cache(maxsize=64)
def _shape(name: str) -> Shape:
    return _DRAW[name]()


def _lines(path: QPainterPath, *points: tuple[float, float], closed: bool = False) -> None:
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    if closed:
        path.closeSubpath()


def _polygon(*points: tuple[float, float], filled: bool, width: float = 1.3) -> Shape:
    shape = Shape(width)
    _lines(shape.filled if filled else shape.stroked, *points, closed=True)
    return shape


def _strokes(*lines: tuple[tuple[float, float], ...], width: float = 1.3) -> Shape:
    shape = Shape(width)
    for line in lines:
        _lines(shape.stroked, *line)
    return shape


def _on_air() -> Shape:
    shape = Shape(1.2)
    shape.stroked.addEllipse(QPointF(5, 5), 4.2, 4.2)
    shape.filled.addEllipse(QPointF(5, 5), 2.3, 2.3)
    return shape


def _dot() -> Shape:
    shape = Shape()
    shape.filled.addEllipse(QPointF(5, 5), 3.6, 3.6)
    return shape


def _ring() -> Shape:
    shape = Shape(1.4)
    shape.stroked.addEllipse(QPointF(5, 5), 3.6, 3.6)
    return shape


def _full_square() -> Shape:
    shape = Shape()
    shape.filled.addRect(QRectF(0, 0, 10, 10))
    return shape


def _square() -> Shape:
    shape = Shape(1.4)
    shape.stroked.addRect(QRectF(1.5, 1.5, 7, 7))
    return shape


def _bang(shape: Shape) -> Shape:
    _lines(shape.stroked, (5, 3.6), (5, 6.2))
    shape.filled.addRect(QRectF(4.4, 6.9, 1.2, 1.1))
    return shape


def _bars() -> Shape:
    shape = Shape()
    shape.filled.addRect(QRectF(1.8, 1, 2.3, 8))
    shape.filled.addRect(QRectF(5.9, 1, 2.3, 8))
    return shape


def _first() -> Shape:
    shape = _polygon((9, 1), (3.4, 5), (9, 9), filled=True)
    shape.filled.addRect(1, 1, 1.4, 8)
    return shape


def _jump() -> Shape:
    shape = _polygon((1, 1), (6.8, 5), (1, 9), filled=True)
    shape.filled.addRect(QRectF(7.2, 1, 1.8, 8))
    return shape


def _attention() -> Shape:
    return _bang(_polygon((5, 1), (9.4, 9), (0.6, 9), filled=False, width=1.2))


def _failed() -> Shape:
    shape = _polygon(
        (3.2, 0.7), (6.8, 0.7), (9.3, 3.2), (9.3, 6.8), (6.8, 9.3), (3.2, 9.3), (0.7, 6.8), (0.7, 3.2),
        filled=False, width=1.2,
    )  # fmt: skip
    _lines(shape.stroked, (5, 2.6), (5, 5.7))
    shape.filled.addRect(QRectF(4.4, 6.5, 1.2, 1.1))
    return shape


def _padlock() -> Shape:
    shape = Shape()
    shape.filled.addRect(QRectF(1.5, 4.4, 7, 5))
    shape.stroked.moveTo(3, 4.4)
    shape.stroked.lineTo(3, 3)
    shape.stroked.arcTo(QRectF(3, 1, 4, 4), 180, -180)
    shape.stroked.lineTo(7, 4.4)
    return shape


def _bubble(shape: Shape, path: QPainterPath) -> Shape:
    points = ((0.5, 1), (9.5, 1), (9.5, 7.2), (4.6, 7.2), (2.4, 9.6), (2.4, 7.2), (0.5, 7.2))
    _lines(path, *points, closed=True)
    return shape


def _message() -> Shape:
    """A filled speech bubble with a bang cut out of it."""
    shape = Shape()
    shape.filled.addRect(QRectF(4.4, 2.2, 1.2, 2.4))
    shape.filled.addRect(QRectF(4.4, 5.1, 1.2, 1.1))
    return _bubble(shape, shape.filled)


def _flag() -> Shape:
    shape = _strokes(((2.4, 0.8), (2.4, 9.4)), width=1.3)
    _lines(shape.filled, (2.4, 0.8), (9, 3.2), (2.4, 5.8), closed=True)
    return shape


def _float() -> Shape:
    shape = _strokes(((3.5, 3.5), (3.5, 1.5), (8.5, 1.5), (8.5, 6.5), (6.5, 6.5)), width=1)
    shape.stroked.addRect(QRectF(1.5, 3.5, 5, 5))
    return shape


def _question() -> Shape:
    shape = Shape()
    shape.filled.addRoundedRect(QRectF(0.6, 1, 8.8, 6), 1.4, 1.4)
    _lines(shape.filled, (2.2, 6.8), (2.2, 9.4), (4.8, 6.8), closed=True)
    return shape


_DRAW: dict[str, Callable[[], Shape]] = {
    "on air": _on_air,
    "next": lambda: _polygon((2.2, 1.4), (8.4, 5), (2.2, 8.6), filled=False),
    "previous": lambda: _polygon((7.8, 1.4), (1.6, 5), (7.8, 8.6), filled=False),
    "kept": lambda: _strokes(
        ((1.5, 1.6), (8.5, 1.6)), ((5, 9), (5, 4)), ((2.2, 6), (5, 3.4), (7.8, 6))
    ),
    "past": lambda: _polygon((8.5, 1), (2, 5), (8.5, 9), filled=True),
    "first": _first,
    "run": lambda: _polygon((2.2, 1), (9, 5), (2.2, 9), filled=True),
    "pause": _bars,
    "question": _question,
    "jump": _jump,
    "done": lambda: _strokes(((1.2, 5.4), (4, 8.2), (9, 2)), width=1.6),
    "skipped": lambda: _strokes(((2, 5), (8, 5)), width=1.4),
    "hard start": _padlock,
    "armed": lambda: _polygon((5, 1.2), (8.8, 5), (5, 8.8), (1.2, 5), filled=False),
    "offer": lambda: _polygon((5, 0.6), (9.4, 5), (5, 9.4), (0.6, 5), filled=True),
    "up": lambda: _polygon((5, 1), (9.5, 9), (0.5, 9), filled=True),
    "down": lambda: _polygon((5, 9), (9.5, 1), (0.5, 1), filled=True),
    "attention": _attention,
    "failed": _failed,
    "ok": _dot,
    "off": _ring,
    "simulated": _square,
    "square": _full_square,
    "flag": _flag,
    "menu": lambda: _strokes(
        ((1, 2.2), (9, 2.2)), ((1, 5), (9, 5)), ((1, 7.8), (9, 7.8)), width=1.2
    ),
    "message": _message,
    "close": lambda: _strokes(((1.5, 1.5), (8.5, 8.5)), ((8.5, 1.5), (1.5, 8.5)), width=1.3),
    "float": _float,
    "sorted down": lambda: _polygon((5, 8), (8.5, 2.5), (1.5, 2.5), filled=True),
    "sorted up": lambda: _polygon((5, 2), (8.5, 7.5), (1.5, 7.5), filled=True),
    "arrow": lambda: _strokes(((1, 5), (8.6, 5)), ((5.8, 2.2), (8.6, 5), (5.8, 7.8)), width=1.2),
}
