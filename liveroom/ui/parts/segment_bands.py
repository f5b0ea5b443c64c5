"""Every other segment has a slightly different ground, so that the eye finds its borders in the curves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QGraphicsItem

from liveroom.ui.parts.segment_strip import Stretch
from liveroom.ui.plotting import pg
from liveroom.ui.theme import Theme


class SegmentBands(pg.GraphicsObject):
    """Fields behind the curves from the axis to the top of the view."""

    def __init__(self, theme: Theme) -> None:
        """Start without segments."""
        super().__init__()
        self._colour = theme["band"]
        self._stretches: tuple[Stretch, ...] = ()
        self._top = 1.0
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)

    def show_stretches(self, stretches: Sequence[Stretch], top: float) -> None:
        """Show segments up to a value of the axis; equal ones cost nothing."""
        looks = tuple(stretches)
        if (looks, top) != (self._stretches, self._top):
            self.prepareGeometryChange()
            self._stretches, self._top = looks, top
            self.update()

    def boundingRect(self) -> QRectF:
        if not self._stretches:
            return QRectF()
        start, end = self._stretches[0].start, self._stretches[-1].end
        return QRectF(start, 0, max(0.0, end - start), self._top)

    def paint(self, painter: Any, option: Any, widget: Any = None) -> None:
        for stretch in self._stretches:
            if stretch.number % 2:
                field = QRectF(stretch.start, 0, stretch.end - stretch.start, self._top)
                painter.fillRect(field, self._colour)
