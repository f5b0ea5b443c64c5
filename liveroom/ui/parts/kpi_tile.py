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
_PAD = 10
_SIZES = (26, 21, 17, 14)
_BAR_TOP, _BAR_HEIGHT = 58, 4
_TOP, _FOOT = 23, 24
"""Heights of the name above and of the caption below; each is painted only when it changed."""


class Foot(NamedTuple):
    """What may stand at the foot of a tile, at the left and at the right."""

    left: tuple[Run, ...] = ()
    right: tuple[Run, ...] = ()


class Bar(NamedTuple):
    """How much of a target is there, and how much should be by now; parts of the whole."""

    share: float
    tick: float
    tone: str


class Reading(NamedTuple):
    """Everything that a tile shows."""

    label: str
    value: str
    age: str = ""
    troubled: bool = False
    """Whether the source that counts does not deliver: amber age, grey value."""
    owed: tuple[str, ...] = ()
    """The age with the name of that source, at length and shorter, for where it finds room."""
    value_tone: str = "text"
    change: tuple[Run, ...] = ()
    caption: str = ""
    curve: tuple[float, ...] = ()
    curve_tone: str = "text_2"
    known: bool = True
    exact: str = ""
    """The value to the minor unit, for the tooltip."""
    short: str = ""
    """The value in fewer letters, for where it finds no room even in the smallest ones."""
    target: str = ""
    short_target: str = ""
    """The same in fewer words, for where these find no room."""
    level: float | None = None
    """Where in the curve the target lies, from 0 (its foot) to 1."""
    beside: str = ""
    """Stands behind the value, where there is room."""
    bar: Bar | None = None
    against: tuple[Run, ...] = ()
    """The value against the median of earlier shows."""
    alarms: tuple[tuple[Run, ...], ...] = ()
    """What an alarm says, at length and shorter; it takes the foot of the tile."""
    feet: tuple[Foot, ...] = ()
    """Feet of its own, the one that needs most room first."""

    def stale(self, owed: tuple[str, ...]) -> Reading:
        """Return it as a source left it that does not deliver: without colours, an alarm's excepted."""
        bar = self.bar
        return self._replace(
            troubled=True,
            owed=owed,
            value_tone="text_3",
            curve_tone="text_3",
            change=_greyed(self.change),
            against=_greyed(self.against),
            feet=tuple(Foot(_greyed(foot.left), _greyed(foot.right)) for foot in self.feet),
            bar=None if bar is None else bar._replace(tone="text_3"),
        )

    def possible_feet(self) -> tuple[Foot, ...]:
        """Return what the foot may be, the fullest first; nothing where not even the least has room."""
        if self.alarms:
            return tuple(Foot(words) for words in self.alarms)
        if self.feet:
            return self.feet
        first = self.caption.split(" · ")[0]
        words = dict.fromkeys((self.target, self.short_target, self.caption, first))
        rights = [(Run(each, "text_3", 11),) for each in words if each]
        if not self.change:
            return (*map(Foot, rights), Foot())
        both = (*self.change, *self.against)
        return (
            *(Foot(both, right) for right in rights[:1] if self.against),
            *(Foot(self.change, right) for right in rights),
            *((Foot(both),) if self.against else ()),
            Foot(self.change),
        )


class KpiTile(QWidget):
    """Paints a reading; an equal one costs nothing."""

    def __init__(self, theme: Theme) -> None:
        """Start empty."""
        super().__init__()
        self._theme = theme
        self.reading = Reading("", "")
        self._feet: tuple[Foot, ...] = ()
        """What the foot may be, none before it is needed."""
        self._value_px = _SIZES[0]
        self._is_chosen = self._is_past = False
        self._drawn: tuple[tuple[float, ...], float, QPolygonF] | None = None

    def show_reading(self, reading: Reading) -> None:
        """Show a reading."""
        before, self.reading = self.reading, reading
        if reading == before:
            return
        feet, self._feet = self._feet, ()
        if self.isHidden():
            return
        self._feet = reading.possible_feet()
        other_feet = self._feet != feet
        if other_feet or _top(reading) != _top(before):
            self.update(0, 0, self.width(), _TOP)
        if _middle(reading) != _middle(before):
            self.update(0, _TOP, self.width(), self.height() - _TOP - _FOOT)
        if other_feet:
            self.update(0, self.height() - _FOOT, self.width(), _FOOT)

    def set_value_px(self, px: int) -> None:
        """Take the size of the value; one that finds no room is smaller still."""
        if px != self._value_px:
            self._value_px = px
            self.update()

    def fitting_px(self) -> int:
        """Return the largest size at which the value has room, else the least."""
        room = self.width() - 2 * _PAD
        for px in _SIZES:
            if self._theme.advance(self.reading.value, px, 600) <= room:
                return px
        return _SIZES[-1]

    def choose(self, chosen: bool) -> None:
        """Show that the keys are about this tile, or not."""
        if chosen != self._is_chosen:
            self._is_chosen = chosen
            self.update()

    def set_past(self, past: bool) -> None:
        """Show by the edge whether the reading is of an earlier time."""
        if past != self._is_past:
            self._is_past = past
            self.update()

    def texts(self) -> dict[str, str]:
        """Return the texts on show."""
        reading = self.reading
        return {
            "": reading.value,
            ".change": text_of(reading.change),
            ".caption": reading.caption,
            ".target": reading.target,
            ".beside": reading.beside,
            ".against": text_of(reading.against),
            ".foot": " · ".join(filter(None, map(text_of, self._foot()))),
            ".age": reading.age,
            ".exact": reading.exact or reading.value,
        }

    def is_cut(self) -> bool:
        """Return whether the value finds no room."""
        return width_of([self._value()], self._theme) > self.width() - 2 * _PAD

    def sizeHint(self) -> QSize:
        return QSize(170, 90)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._theme
        wide = 2 if self._is_chosen else 1
        edge = "focus" if self._is_chosen else "offer" if self._is_past else "line"
        painter.setPen(QPen(theme[edge], wide))
        painter.setBrush(theme["panel"])
        inset = wide / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 4, 4)
        inner = QRectF(self.rect()).adjusted(_PAD, 0, -_PAD, 0)
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
        age = self._age(top.width() - theme.advance(reading.label, 11) - 6)
        left = top.adjusted(0, 0, -width_of(age, theme) - 6, 0)
        against = reading.against
        if against and against[0] not in self._foot().left:
            room = left.width() - theme.advance(reading.label, 11)
            if width_of(against, theme) <= room:
                paint_runs(painter, theme, against, left.adjusted(0, 0, -4, 0), _RIGHT)
        paint_runs(painter, theme, [Run(reading.label, "text_2", 11)], left)
        paint_runs(painter, theme, age, top, _RIGHT)

    def _age(self, room: float) -> tuple[Run, ...]:
        """Return how old the value is; of a source in trouble also which, where it finds room."""
        reading = self.reading
        if not reading.troubled:
            return (Run(reading.age, "text_3", 11),)
        mark = Run(glyph="attention", tone="warn", px=10)
        possible = [(mark, Run(words, "warn", 11, gap=4)) for words in (*reading.owed, reading.age)]
        fitting = (runs for runs in possible if width_of(runs, self._theme) <= room)
        return next(fitting, possible[-1])

    def _paint_middle(self, painter: QPainter, inner: QRectF) -> None:
        reading, theme = self.reading, self._theme
        value = self._value()
        middle = QRectF(inner.left(), 24, inner.width(), 32)
        runs = [value]
        beside = Run(reading.beside, "text_2", 12, gap=7)
        if reading.beside and width_of([value, beside], theme) <= inner.width():
            runs.append(beside)
        paint_runs(painter, theme, runs, middle)
        if reading.bar is not None:
            self._paint_bar(painter, inner, reading.bar)
        elif reading.curve and width_of(runs, theme) + _CURVE_WIDTH + 8 <= inner.width():
            self._paint_curve(painter, inner.right() - _CURVE_WIDTH)

    def _value(self) -> Run:
        reading = self.reading
        room = self.width() - 2 * _PAD
        if not reading.known:
            word = Run(reading.value, "text_3", 18, 500)
            return word if width_of([word], self._theme) <= room else word._replace(px=15)
        px = min(self.fitting_px(), self._value_px)
        value = Run(reading.value, reading.value_tone, px, 600)
        is_cut = reading.short and width_of((value,), self._theme) > room
        return value._replace(text=reading.short) if is_cut else value

    def _paint_foot(self, painter: QPainter, rect: QRectF) -> None:
        foot = self._foot()
        paint_runs(painter, self._theme, foot.left, rect)
        paint_runs(painter, self._theme, foot.right, rect, _RIGHT)

    def _foot(self) -> Foot:
        """Return the fullest foot that there is room for."""
        room = self.width() - 2 * _PAD
        self._feet = feet = self._feet or self.reading.possible_feet()
        for foot in feet:
            gap = 10 if foot.left and foot.right else 0
            if width_of((*foot.left, *foot.right), self._theme) + gap <= room:
                return foot
        return feet[-1] if self.reading.alarms else Foot()

    def _paint_bar(self, painter: QPainter, inner: QRectF, bar: Bar) -> None:
        """Paint what is there of the whole, and a tick where it should be by now."""
        field = QRectF(inner.left(), _BAR_TOP, inner.width(), _BAR_HEIGHT)
        painter.setBrush(self._theme["raised"])
        painter.setPen(QPen(self._theme["line_2"], 1))
        painter.drawRect(field.adjusted(0.5, 0.5, -0.5, -0.5))
        field.setWidth(inner.width() * min(1.0, max(0.0, bar.share)))
        painter.fillRect(field, self._theme[bar.tone])
        x = round(inner.left() + (inner.width() - 2) * min(1.0, max(0.0, bar.tick)))
        # A rim of the ground keeps the tick apart from the bar, whatever its colour.
        painter.fillRect(QRectF(x - 1, _BAR_TOP - 3, 4, _BAR_HEIGHT + 6), self._theme["panel"])
        painter.fillRect(QRectF(x, _BAR_TOP - 3, 2, _BAR_HEIGHT + 6), self._theme["text"])

    def _paint_curve(self, painter: QPainter, left: float) -> None:
        top, tall = 29.0, _CURVE_HEIGHT - 2
        points = self._points(left, top, tall)
        if self.reading.level is not None:
            pen = QPen(self._theme["text_3"], 1)
            pen.setDashPattern([1, 3])
            painter.setPen(pen)
            y = round(top + (1 - self.reading.level) * tall) + 0.5
            painter.drawLine(QPointF(left, y), QPointF(left + _CURVE_WIDTH, y))
        colour = self._theme[self.reading.curve_tone]
        painter.setPen(QPen(colour, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(points)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(points.last(), 2, 2)

    def _points(self, left: float, top: float, tall: float) -> QPolygonF:
        """Return the points of the curve, which changes less often than the value beside it."""
        curve, drawn = self.reading.curve, self._drawn
        if drawn is None or drawn[0] is not curve or drawn[1] != left:
            step = _CURVE_WIDTH / max(1, len(curve) - 1)
            points = [
                QPointF(left + place * step, top + (1 - value) * tall)
                for place, value in enumerate(curve)
            ]
            drawn = self._drawn = (curve, left, QPolygonF(points))
        return drawn[2]


def _greyed(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    return tuple(run._replace(tone="text_3") for run in runs)


def _middle(reading: Reading) -> tuple[object, ...]:
    return (
        reading.value,
        reading.value_tone,
        reading.known,
        reading.troubled,
        reading.curve,
        reading.curve_tone,
        reading.level,
        reading.beside,
        reading.bar,
    )


def _top(reading: Reading) -> tuple[object, ...]:
    return (reading.label, reading.age, reading.troubled, reading.owed, reading.against)
