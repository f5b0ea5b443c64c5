"""The contrast of every word as it is really painted, on the ground that really lies behind it.

A widget painted into an SVG drawing says of each word its colour and its place; a picture of the same
widget says what is behind it: the colour that fills most of the word's box.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree

from msgspec import Struct
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QTransform
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QWidget

from liveroom.ui.theme import contrast

AA = 4.5
_SVG = "{http://www.w3.org/2000/svg}"
_DPI = 96


class Ink(Struct, frozen=True):
    """A word as painted: its colour may be seen through."""

    text: str
    colour: tuple[float, float, float, float]
    box: tuple[float, float, float, float]
    """x, y, width and height in the widget's pixels."""


def faint_words(widget: QWidget, least: float = AA) -> list[str]:
    """Return the words in sight whose contrast is less than `least`."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    found = []
    for ink in inks_of(widget):
        ground = _ground(image, QRectF(*ink.box).toRect())
        if ground is None:
            continue
        ratio = contrast(_over(ink.colour, ground), ground)
        if ratio < least - 0.05:
            found.append(f"{ink.text!r} has {ratio:.1f} on {ground.name()}")
    return found


def inks_of(widget: QWidget) -> Iterator[Ink]:
    """Go through the words that a widget and all below it paint."""
    for text, colour, size, transform in _texts(ElementTree.fromstring(_drawing(widget))):
        font = QFont()
        font.setFamily("Inter")
        font.setPixelSize(max(1, round(size)))
        words = (text.text or "").strip()
        if not words:
            continue
        metrics = QFontMetricsF(font)
        x, y = float(text.get("x", 0)), float(text.get("y", 0))
        box = QRectF(
            x, y - metrics.ascent() * 0.75, metrics.horizontalAdvance(words), metrics.ascent()
        )
        box = transform.mapRect(box)
        yield Ink(words, colour, (box.x(), box.y(), box.width(), box.height()))


def _drawing(widget: QWidget) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(widget.size())
    generator.setViewBox(QRect(QPoint(), widget.size()))
    generator.setResolution(_DPI)
    painter = QPainter(generator)
    widget.render(painter, QPoint())
    painter.end()
    buffer.close()
    return bytes(data.data())


def _texts(
    root: ElementTree.Element,
) -> Iterator[tuple[ElementTree.Element, tuple, float, QTransform]]:
    def down(
        node: ElementTree.Element, transform: QTransform, fill: str, opacity: float, size: float
    ) -> Iterator[tuple[ElementTree.Element, tuple, float, QTransform]]:
        fill = node.get("fill", fill)
        opacity = float(node.get("fill-opacity", opacity))
        size = float(re.sub("[a-z]+", "", node.get("font-size", str(size))))
        if moved := re.match(r"matrix\((.*)\)", node.get("transform", "")):
            transform = QTransform(*map(float, moved[1].split(","))) * transform
        if node.tag == _SVG + "text":
            ink = QColor(fill)
            yield node, (*ink.getRgbF()[:3], opacity), size, transform
        for child in node:
            yield from down(child, transform, fill, opacity, size)

    yield from down(root, QTransform(), "#000000", 1.0, 12.0)


def _ground(image: QImage, box: QRect) -> QColor | None:
    whole, box = box.height(), box.intersected(image.rect())
    if box.width() < 3 or box.height() < max(3, 0.8 * whole):
        return None  # scrolled out of sight
    counts = Counter(
        image.pixel(x, y)
        for x in range(box.left(), box.right() + 1, 2)
        for y in range(box.top(), box.bottom() + 1)
    )
    return QColor(counts.most_common(1)[0][0])


def _over(ink: tuple[float, float, float, float], ground: QColor) -> QColor:
    share = ink[3]
    below = ground.getRgbF()[:3]
    mixed = [share * one + (1 - share) * other for one, other in zip(ink[:3], below, strict=True)]
    return QColor.fromRgbF(*mixed)
