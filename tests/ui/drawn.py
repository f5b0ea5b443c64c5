"""What a widget writes: its texts with place, colour and size, whoever draws them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QPaintDevice,
    QPaintEngine,
    QPainter,
    QPainterPath,
    QRegion,
    QTextItem,
    QTransform,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget
from shiboken6 import isValid

_METRICS = QPaintDevice.PaintDeviceMetric
_LARGE, _OPAQUE = 4000, 250
_SLIVER = 4
"""Of a text under a field, so much (px) has to look out of it."""
_INKS: dict[tuple[str, str], QRectF] = {}


class Text(NamedTuple):
    """A text as it is drawn; the rectangle is that of its ink, in pixels of the widget."""

    words: str
    rect: QRectF
    colour: QColor
    px: float
    bold: bool
    strike: bool


class _Engine(QPaintEngine):
    """Writes texts down and draws nothing."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.texts: list[Text] = []

    def begin(self, device: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def drawTextItem(self, place: QPointF, item: QTextItem) -> None:
        words, painter = item.text(), self.painter()
        if not words.strip():
            return
        font, colour = item.font(), QColor(painter.pen().color())
        colour.setAlphaF(colour.alphaF() * painter.opacity())
        ink = _ink(font, words).translated(place)
        shape: QTransform = painter.combinedTransform()
        px = font.pixelSize() if font.pixelSize() > 0 else font.pointSizeF() * 4 / 3
        bold = font.weight() >= QFont.Weight.Bold
        # Struck through is what does not hold any more.
        self.texts.append(Text(words, shape.mapRect(ink), colour, px, bold, font.strikeOut()))

    def drawRects(self, rects: Sequence[QRect | QRectF]) -> None:
        for rect in rects:
            self._cover(QRectF(rect))

    def drawPath(self, path: QPainterPath) -> None:
        self._cover(path.boundingRect())

    def _cover(self, rect: QRectF) -> None:
        """Take away what lies beneath a field: what of a text looks out of it is seen still."""
        brush = self.painter().brush()
        if brush.style() is not Qt.BrushStyle.SolidPattern or brush.color().alpha() < _OPAQUE:
            return
        field = self.painter().combinedTransform().mapRect(rect)
        if self.painter().hasClipping():
            field &= self.painter().combinedTransform().mapRect(self.painter().clipBoundingRect())
        self.texts = [left for text in self.texts if (left := _uncovered(text, field)) is not None]

    def updateState(self, state: object) -> None:
        pass

    def _nothing(self, *shapes: Any) -> None:
        pass

    drawPolygon = drawLines = drawPoints = drawEllipse = _nothing
    drawPixmap = drawImage = drawTiledPixmap = _nothing


class _Paper(QPaintDevice):
    """Something large to paint on."""

    _SIZES: ClassVar = {
        _METRICS.PdmWidth: _LARGE,
        _METRICS.PdmHeight: _LARGE,
        _METRICS.PdmWidthMM: _LARGE // 4,
        _METRICS.PdmHeightMM: _LARGE // 4,
        _METRICS.PdmNumColors: 2**31 - 1,
        _METRICS.PdmDepth: 32,
        _METRICS.PdmDpiX: 96,
        _METRICS.PdmDpiY: 96,
        _METRICS.PdmPhysicalDpiX: 96,
        _METRICS.PdmPhysicalDpiY: 96,
        _METRICS.PdmDevicePixelRatio: 1,
        _METRICS.PdmDevicePixelRatioScaled: int(QPaintDevice.devicePixelRatioFScale()),
    }

    def __init__(self) -> None:
        super().__init__()
        self.engine = _Engine()

    def paintEngine(self) -> QPaintEngine:
        return self.engine

    def metric(self, metric: QPaintDevice.PaintDeviceMetric) -> int:
        return self._SIZES.get(metric, 1)


def _uncovered(text: Text, field: QRectF) -> Text | None:
    """Return what a field across a text leaves of it."""
    rect = text.rect
    if field.left() > rect.left() + 1 or field.right() < rect.right() - 1:
        return text
    if field.top() <= rect.top() < field.bottom():
        rect = QRectF(rect.left(), field.bottom(), rect.width(), rect.bottom() - field.bottom())
    elif field.top() < rect.bottom() <= field.bottom():
        rect = QRectF(rect.left(), rect.top(), rect.width(), field.top() - rect.top())
    return None if rect.height() < _SLIVER else text._replace(rect=rect)


def _ink(font: QFont, words: str) -> QRectF:
    # A font's key leaves its features out; all of the desk's have digits of equal width.
    key = (font.key(), words)
    found = _INKS.get(key)
    if found is None:
        found = _INKS[key] = QFontMetricsF(font).tightBoundingRect(words)
    return found


def texts_of(widget: QWidget) -> list[Text]:
    """Return what a widget itself writes, not what its children do."""
    paper = _Paper()
    painter = QPainter(paper)
    widget.render(painter, QPoint(), QRegion(), QWidget.RenderFlag(0))
    painter.end()
    return paper.engine.texts


def seen(window: QWidget) -> Iterator[QWidget]:
    """Go through the widgets of a window of which something can be seen."""
    for widget in (window, *window.findChildren(QWidget)):
        if (
            isValid(widget)  # A tooltip that was shown meanwhile is gone.
            and widget.window() is window
            and widget.isVisible()
            and not widget.visibleRegion().isEmpty()
        ):
            yield widget


def tip_at(widget: QWidget, place: QPointF) -> str:
    """Return what is said when the pointer rests on a place of a widget."""
    QToolTip.hideText()
    at = place.toPoint()
    QApplication.sendEvent(widget, QHelpEvent(QEvent.Type.ToolTip, at, widget.mapToGlobal(at)))
    words = QToolTip.text() if QToolTip.isVisible() else ""
    QToolTip.hideText()
    return words
