"""The presenter's display as a widget: in the window of its own, and in miniature on the desk."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from liveroom.models.facts import Mode
from liveroom.ui import glyphs
from liveroom.ui.frame import paint_frame
from liveroom.ui.presenter.compose import Composer, Field, Item, Mark, Text
from liveroom.ui.presenter.layout import Places, places_of, sheet_of
from liveroom.ui.presenter.words import Facts
from liveroom.ui.theme import Theme

_EDGES = {Mode.LIVE: 0.0, Mode.REHEARSAL: 8.0}
_PAST_EDGE = 4.0


def edge_of(mode: Mode) -> float:
    """Return how much of the sheet's edge says the mode."""
    return _EDGES.get(mode, _PAST_EDGE)


class PresenterBoard(QWidget):
    """Paints facts; repaints only the parts whose facts changed."""

    def __init__(self, theme: Theme, mirrored: bool = False) -> None:
        """Start with nothing to show."""
        super().__init__()
        self._theme, self._mirrored = theme, mirrored
        self._facts: Facts | None = None
        self._parts: dict[str, tuple[QRectF, list[Item]]] = {}
        self._composer: Composer | None = None
        self._scale = 1.0
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def theme(self) -> Theme:
        """Return the theme in use."""
        return self._theme

    def show_facts(self, facts: Facts) -> None:
        """Show facts; equal ones cost nothing."""
        if facts == self._facts:
            return
        self._facts = facts
        before = self._parts
        self._compose()
        for name, (area, items) in self._parts.items():
            if name not in before or before[name][1] != items:
                self.update(self.rect() if area.isEmpty() else self._pixels(area))

    def show_theme(self, theme: Theme) -> None:
        """Paint in other colours."""
        self._theme = theme
        self._begin()

    def set_mirrored(self, mirrored: bool) -> None:
        """Paint the other way round, for the glass of a teleprompter."""
        if mirrored != self._mirrored:
            self._mirrored = mirrored
            self.update()

    def items(self) -> list[Item]:
        """Return everything on show, in units of the sheet."""
        return [item for _, items in self._parts.values() for item in items]

    def part_at(self, x: float, y: float) -> str:
        """Return which part of the display lies at a pixel, blank where none does."""
        for name, (area, items) in self._parts.items():
            if items and not area.isEmpty() and self._pixels(area).contains(int(x), int(y)):
                return name
        return ""

    def cut(self) -> list[str]:
        """Return the words that did not fit and end in an ellipsis."""
        return [] if self._composer is None else list(self._composer.cut)

    def places(self) -> Places:
        """Return the areas of the sheet as it is now."""
        sheet, _ = sheet_of(self.width(), self.height())
        return places_of(sheet, edge_of(self._theme.mode))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._begin()

    def sizeHint(self) -> QSize:
        return QSize(480, 270)

    def minimumSizeHint(self) -> QSize:
        return QSize(96, 54)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        try:
            self._paint(painter, QRectF(event.rect()))
        finally:
            # Not left to the garbage collector: an error keeps the frame, and Qt aborts on a
            # device that goes away while it is painted on.
            painter.end()

    def _paint(self, painter: QPainter, pixels: QRectF) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        if self._mirrored:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        painter.scale(self._scale, self._scale)
        sheet = QRectF(0, 0, self.width() / self._scale, self.height() / self._scale)
        dirty = self._units(pixels)
        paint_frame(painter, sheet, dirty, self._theme)
        for area, items in self._parts.values():
            if area.isEmpty() or area.intersects(dirty):
                for item in items:
                    paint_item(painter, item, self._theme)

    def _begin(self) -> None:
        _, self._scale = sheet_of(self.width(), self.height())
        self._composer = Composer(self._theme, self.places())
        self._compose()
        self.update()

    def _compose(self) -> None:
        if self._composer is None:
            _, self._scale = sheet_of(self.width(), self.height())
            self._composer = Composer(self._theme, self.places())
        if self._facts is not None:
            self._parts = self._composer.parts(self._facts)

    def _pixels(self, area: QRectF) -> QRect:
        """Return the pixels of an area of the sheet, with one around for smooth edges."""
        scale = self._scale
        found = QRectF(area.topLeft() * scale, area.size() * scale)
        if self._mirrored:
            found.moveLeft(self.width() - found.right())
        return found.toAlignedRect().adjusted(-1, -1, 1, 1)

    def _units(self, pixels: QRectF) -> QRectF:
        found = QRectF(pixels.topLeft() / self._scale, pixels.size() / self._scale)
        if self._mirrored:
            found.moveLeft(self.width() / self._scale - found.right())
        return found


def paint_item(painter: QPainter, item: Item, theme: Theme) -> None:
    """Paint one thing, in units of the sheet."""
    if isinstance(item, Text):
        painter.setFont(theme.font(item.px, item.weight, item.strike))
        painter.setPen(theme[item.tone])
        painter.drawText(QPointF(item.x, item.baseline), item.text)
    elif isinstance(item, Mark):
        glyphs.paint(painter, item.glyph, item.x, item.y, item.px, theme[item.tone])
    elif isinstance(item, Field):
        _paint_field(painter, item, theme)


def _paint_field(painter: QPainter, field: Field, theme: Theme) -> None:
    if field.outline:
        half = field.outline / 2
        painter.setPen(QPen(theme[field.tone], field.outline))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(
            field.rect.adjusted(half, half, -half, -half), field.radius, field.radius
        )
    elif field.radius:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme[field.tone])
        painter.drawRoundedRect(field.rect, field.radius, field.radius)
    else:
        painter.fillRect(field.rect, theme[field.tone])
