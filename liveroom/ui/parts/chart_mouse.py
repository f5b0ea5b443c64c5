"""The mouse on the chart, in pixels of its view; pyqtgraph sees none of it, and so looks for no items."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

_DRAG_FROM = 4
_NOTCH, _ZOOM_PER_NOTCH = 120, 0.8


class ChartMouse(QObject):
    """Turns what the mouse does on a widget into what it means; `x` and `y` are pixels of the widget."""

    moved = Signal(float, float)
    left = Signal()
    placed = Signal(float)
    dragged = Signal(float)
    """How far to the right since the last time."""
    zoomed = Signal(float, float)
    """By which factor what is seen grows, about which `x`."""
    panned = Signal(float)
    """By a wheel that turns sideways: how far to the right."""
    reset = Signal()
    asked = Signal(float, float)
    """For the menu."""

    def __init__(self, widget: QWidget) -> None:
        """Watch a widget."""
        super().__init__(widget)
        self._pressed_at: QPointF | None = None
        self._dragging = False
        widget.setMouseTracking(True)
        widget.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Leave:
            self.left.emit()
            return False
        if isinstance(event, QWheelEvent):
            self._wheel(event)
            return True
        if not isinstance(event, QMouseEvent):
            return False
        if kind == QEvent.Type.MouseMove:
            self._move(event.position())
        elif kind == QEvent.Type.MouseButtonPress:
            self._press(event)
        elif kind == QEvent.Type.MouseButtonRelease:
            self._release(event)
        elif kind == QEvent.Type.MouseButtonDblClick:
            self._pressed_at = None
            self.reset.emit()
        return True

    def _press(self, event: QMouseEvent) -> None:
        point = event.position()
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at, self._dragging = point, False
        elif event.button() == Qt.MouseButton.RightButton:
            self.asked.emit(point.x(), point.y())

    def _move(self, point: QPointF) -> None:
        if self._pressed_at is None:
            self.moved.emit(point.x(), point.y())
            return
        far = point.x() - self._pressed_at.x()
        if self._dragging or abs(far) >= _DRAG_FROM:
            self._dragging, self._pressed_at = True, point
            self.dragged.emit(far)

    def _release(self, event: QMouseEvent) -> None:
        if event.button() != Qt.MouseButton.LeftButton or self._pressed_at is None:
            return
        if not self._dragging:
            self.placed.emit(event.position().x())
        self._pressed_at = None

    def _wheel(self, event: QWheelEvent) -> None:
        turned = event.angleDelta()
        if turned.x() and abs(turned.x()) > abs(turned.y()):
            self.panned.emit(float(turned.x()))
        elif turned.y():
            self.zoomed.emit(_ZOOM_PER_NOTCH ** (turned.y() / _NOTCH), event.position().x())
