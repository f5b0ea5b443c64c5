"""A tile of the KPI strip: name, age, value, change, caption and a small curve, painted."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from liveroom.ui.parts.runs import Run, paint_runs, text_of, width_of
from liveroom.ui.theme import Theme

_RIGHT = Qt.AlignmentFlag.AlignRight
_CURVE_WIDTH, _CURVE_HEIGHT = 62, 24
_SIZES = (26, 21, 17, 14)
_TOP, _FOOT = 23, 24
"""Heights of the name above and of the caption below; each is painted only when it changed."""


class Reading(NamedTuple):
    """Everything that a tile shows."""

    label: str
    value: str
    age: str = ""
    troubled: bool = False
    """Whether the source that counts does not deliver: amber age, grey value."""
    value_tone: str = "text"
    change: tuple[Run, ...] = ()
    caption: str = ""
    curve: tuple[float, ...] = ()
    curve_tone: str = "text_2"
    known: bool = True
    exact: str = ""
    """The value to the minor unit, for the tooltip."""


class KpiTile(QWidget):
    """Paints a reading; an equal one costs nothing."""

    def __init__(self, theme: Theme) -> None:
        """Start empty."""
        super().__init__()
        self._theme = theme
        self.reading = Reading("", "")
        self._value_px = _SIZES[0]

    def show_reading(self, reading: Reading) -> None:
        """Show a reading."""
        before, self.reading = self.reading, reading
        if reading == before:
            return
        if _top(reading) != _top(before):
            self.update(0, 0, self.width(), _TOP)
        if _middle(reading) != _middle(before):
            self.update(0, _TOP, self.width(), self.height() - _TOP - _FOOT)
        if (reading.change, reading.caption) != (before.change, before.caption):
            self.update(0, self.height() - _FOOT, self.width(), _FOOT)

    def set_value_px(self, px: int) -> None:
        """Take the size of the value; one that finds no room is smaller still."""
        if px != self._value_px:
            self._value_px = px
            self.update()

    def texts(self) -> dict[str, str]:
        """Return the texts on show."""
        reading = self.reading
        return {
            "": reading.value,
            ".change": text_of(reading.change),
            ".caption": reading.caption,
            ".age": reading.age,
            ".exact": reading.exact or reading.value,
        }

    def is_cut(self) -> bool:
        """Return whether the value finds no room."""
        return width_of([self._value()], self._theme) > self.width() - 18

    def sizeHint(self) -> QSize:
        return QSize(170, 90)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        painter.setPen(QPen(theme["line"], 1))
        painter.setBrush(theme["panel"])
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        inner = QRectF(self.rect()).adjusted(10, 0, -10, 0)
        dirty = event.rect()
        if dirty.top() < _TOP:
            self._paint_top(painter, inner)
        if dirty.bottom() >= _TOP and dirty.top() < self.height() - _FOOT:
            self._paint_middle(painter, inner)
        if dirty.bottom() >= self.height() - _FOOT:
            foot = QRectF(inner.left(), self.height() - 22, inner.width(), 14)
            self._paint_foot(painter, foot)

    def _paint_top(self, painter: QPainter, inner: QRectF) -> None:
        reading, theme = self.reading, self._theme
        top = QRectF(inner.left(), 7, inner.width(), 14)
        age = [Run(reading.age, "warn" if reading.troubled else "text_3", 11)]
        if reading.troubled:
            age.insert(0, Run(glyph="attention", tone="warn", px=10))
            age[1] = age[1]._replace(gap=4)
        left = top.adjusted(0, 0, -width_of(age, theme) - 6, 0)
        paint_runs(painter, theme, [Run(reading.label, "text_2", 11)], left)
        paint_runs(painter, theme, age, top, _RIGHT)

    def _paint_middle(self, painter: QPainter, inner: QRectF) -> None:
        reading, theme = self.reading, self._theme
        value = self._value()
        middle = QRectF(inner.left(), 24, inner.width(), 32)
        paint_runs(painter, theme, [value], middle)
        if reading.curve and width_of([value], theme) + _CURVE_WIDTH + 8 <= inner.width():
            self._paint_curve(painter, inner.right() - _CURVE_WIDTH)

    def _value(self) -> Run:
        reading = self.reading
        room = self.width() - 18
        if not reading.known:
            word = Run(reading.value, "text_3", 18, 500)
            return word if width_of([word], self._theme) <= room else word._replace(px=15)
        tone = "text_3" if reading.troubled else reading.value_tone
        for px in _SIZES:
            run = Run(reading.value, tone, min(px, self._value_px), 600)
            if width_of([run], self._theme) <= room:
                break
        return run

    def _paint_foot(self, painter: QPainter, rect: QRectF) -> None:
        theme, reading = self._theme, self.reading
        caption = [Run(reading.caption, "text_3", 11)]
        paint_runs(painter, theme, reading.change, rect)
        taken = width_of(reading.change, theme) + 10 if reading.change else 0
        if not reading.change:
            paint_runs(painter, theme, caption, rect)
        elif width_of(caption, theme) <= rect.width() - taken:
            paint_runs(painter, theme, caption, rect, _RIGHT)

    def _paint_curve(self, painter: QPainter, left: float) -> None:
        curve = self.reading.curve
        step = _CURVE_WIDTH / max(1, len(curve) - 1)
        top, tall = 29.0, _CURVE_HEIGHT - 2
        points = [
            QPointF(left + place * step, top + (1 - value) * tall)
            for place, value in enumerate(curve)
        ]
        colour = self._theme[self.reading.curve_tone]
        painter.setPen(QPen(colour, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(points))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(points[-1], 2, 2)


def _middle(reading: Reading) -> tuple[object, ...]:
    return (
        reading.value,
        reading.value_tone,
        reading.known,
        reading.troubled,
        reading.curve,
        reading.curve_tone,
    )


def _top(reading: Reading) -> tuple[object, ...]:
    return (reading.label, reading.age, reading.troubled)
