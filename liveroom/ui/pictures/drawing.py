"""A chart as an SVG drawing: curves stay curves and words stay words, however late in the century it is.

Qt writes six digits of a coordinate. That is enough for pixels and not for seconds since 1970, in which
all of a show is one and the same second; so what is plotted is mapped to pixels before it is written.
"""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QRegion, QTransform
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QGraphicsItem, QGraphicsView, QStyleOptionGraphicsItem, QWidget

from liveroom.ui.plotting import pg

_DPI = 96
_FINE = 3
"""Pixels of an image per unit, for what can only be drawn as one."""
_LARGE = 1e5
"""A shift that no pixel has: the item is plotted in seconds."""
_VIEWS_CHILDREN = Qt.FindChildOption.FindDirectChildrenOnly


def svg_of(widget: QWidget, ground: QColor, title: str = "") -> bytes:
    """Return a widget that holds plots as an SVG drawing on a ground."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(QSize(widget.width(), widget.height()))
    generator.setViewBox(QRect(0, 0, widget.width(), widget.height()))
    generator.setResolution(_DPI)
    generator.setTitle(title)
    painter = QPainter(generator)
    try:
        painter.fillRect(widget.rect(), ground)
        for child in widget.findChildren(QWidget, options=_VIEWS_CHILDREN):
            if not child.isVisibleTo(widget):
                continue
            if isinstance(child, QGraphicsView):
                _draw_view(painter, child, QPointF(child.pos()))
            else:
                child.render(painter, child.pos(), QRegion(), QWidget.RenderFlag.DrawChildren)
    finally:
        painter.end()
    buffer.close()
    return bytes(data.data())


def _draw_view(painter: QPainter, view: QGraphicsView, place: QPointF) -> None:
    """Draw the items of a view in their order, each mapped to the widget's pixels."""
    to_widget = QTransform.fromTranslate(place.x(), place.y())
    for item in view.scene().items(Qt.SortOrder.AscendingOrder):
        if not item.isVisible() or item.effectiveOpacity() <= 0:
            continue
        to_pixels = item.deviceTransform(view.viewportTransform()) * to_widget
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(item.effectiveOpacity())
        if not _draw_plotted(painter, item, to_pixels):
            _draw_as_it_is(painter, item, to_pixels)
        painter.restore()


def _draw_plotted(painter: QPainter, item: QGraphicsItem, to_pixels: QTransform) -> bool:
    """Draw an item of the plot from its data; return whether it is one."""
    room = _clip_of(item, to_pixels)
    if isinstance(item, pg.PlotCurveItem):
        _draw_curve(painter, item, to_pixels, room)
    elif isinstance(item, pg.BarGraphItem):
        painter.fillPath(to_pixels.map(item.shape()).intersected(room), item.opts["brush"])
    elif isinstance(item, pg.LinearRegionItem):
        area = QPainterPath()
        area.addRect(to_pixels.mapRect(item.boundingRect()))
        painter.fillPath(area.intersected(room), item.currentBrush)
    elif isinstance(item, pg.ScatterPlotItem):
        _draw_points(painter, item, to_pixels, room)
    else:
        return False
    return True


def _draw_curve(
    painter: QPainter, item: pg.PlotCurveItem, to_pixels: QTransform, room: QPainterPath
) -> None:
    x, _ = item.getData()
    if x is None or not len(x):
        return
    line = to_pixels.map(item.getPath())
    level, brush = item.opts["fillLevel"], item.opts["brush"]
    if level is not None and brush is not None:
        area = QPainterPath(line)
        area.lineTo(to_pixels.map(QPointF(x[-1], level)))
        area.lineTo(to_pixels.map(QPointF(x[0], level)))
        area.closeSubpath()
        painter.fillPath(area.intersected(room), brush)
    pen = item.opts["pen"]
    if pen is not None and pen.style() != Qt.PenStyle.NoPen:
        painter.setClipPath(room)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(line)


def _draw_points(
    painter: QPainter, item: pg.ScatterPlotItem, to_pixels: QTransform, room: QPainterPath
) -> None:
    for point in item.points():
        place = to_pixels.map(point.pos())
        if not point.isVisible() or not room.contains(place):
            continue
        symbol = point.symbol()
        shape = (
            symbol
            if isinstance(symbol, QPainterPath)
            else pg.graphicsItems.ScatterPlotItem.Symbols[symbol]
        )
        scaled = QTransform.fromTranslate(place.x(), place.y()).scale(point.size(), point.size())
        painter.setPen(point.pen())
        painter.setBrush(point.brush())
        painter.drawPath(scaled.map(shape))


def _draw_as_it_is(painter: QPainter, item: QGraphicsItem, to_pixels: QTransform) -> None:
    """Let an item paint itself: axes and words into the drawing, what is plotted in seconds as an image."""
    option = QStyleOptionGraphicsItem()
    option.exposedRect = item.boundingRect()
    if abs(to_pixels.dx()) < _LARGE:
        painter.setTransform(to_pixels, True)
        item.paint(painter, option, None)
        return
    place = to_pixels.mapRect(item.boundingRect()).intersected(
        _clip_of(item, to_pixels).boundingRect()
    )
    if place.isEmpty():
        return
    size = QSize(round(place.width() * _FINE), round(place.height() * _FINE))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    inner = QPainter(image)
    inner.scale(_FINE, _FINE)
    inner.translate(-place.topLeft())
    inner.setTransform(to_pixels, True)
    item.paint(inner, option, None)
    inner.end()
    painter.drawImage(place, image)


def _clip_of(item: QGraphicsItem, to_pixels: QTransform) -> QPainterPath:
    """Return the part of the drawing in which a plotted item may be seen: the view box it lies in."""
    clip = QPainterPath()
    box = item.getViewBox() if hasattr(item, "getViewBox") else None
    if not isinstance(box, pg.ViewBox):
        clip.addRect(QRectF(-_LARGE, -_LARGE, 2 * _LARGE, 2 * _LARGE))
        return clip
    item_to_scene, _ = item.sceneTransform().inverted()
    clip.addRect((item_to_scene * to_pixels).mapRect(box.sceneBoundingRect()))
    return clip
