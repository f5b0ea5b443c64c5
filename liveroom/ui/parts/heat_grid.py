"""Rows of cells whose heat is their share of the hottest: blocks of time across, what happened down."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from liveroom.ui import format as fmt
from liveroom.ui.parts.runs import Run, paint_runs, width_of
from liveroom.ui.parts.short_words import short_words
from liveroom.ui.theme import Theme, contrast

_HEAD, _LABEL, _LEAST_PITCH, _MOST_PITCH = 18, 104, 15, 24
_EDGE = 8
_POWER, _MOST = 1.4, 0.92
"""A cell's heat is its share of the maximum to this power: only hot cells speak."""
_SHADES, _LEAST_NUMBER = 200, 0.05
_NUMBER_FROM = 0.7
"""Numbers stand on cells of this share of the maximum and more."""
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class HeatRow(NamedTuple):
    """A row: its label, a rate per block that began (None: nothing to say), where it was on air."""

    key: str
    label: str
    rates: tuple[float | None, ...]
    outlined: frozenset[int] = frozenset()
    group: str = ""
    """Its name stands above the first of its rows."""
    scale: str = ""
    """Rows of one scale share a maximum."""


class _Places(NamedTuple):
    """Where the rows are and what their colours are shares of; reckoned once for all cells."""

    wide: float
    pitch: float
    tops: tuple[float, ...]
    most: dict[str, float]
    """The highest rate of each scale."""
    begun: int
    """How many blocks have begun."""


class HeatGrid(QWidget):
    """Painted; arrows or the pointer choose a cell, Enter or a click opens it."""

    opened = Signal(str, int)
    """The key of a row, and the place of a block."""
    chosen = Signal()
    resized = Signal()

    def __init__(self, theme: Theme) -> None:
        """Start with no rows."""
        super().__init__()
        self._theme = theme
        self._rows: tuple[HeatRow, ...] = ()
        self._heads: tuple[str, ...] = ()
        self._known: _Places | None = None
        self._cell: tuple[int, int] | None = None
        self._shades: dict[int, QColor] = {}
        self._inks: dict[int, str] = {}
        self.tip: Callable[[str, int], str] = lambda row, block: ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(180, 80)

    def sizeHint(self) -> QSize:
        return QSize(420, 200)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._known = None
        self.resized.emit()

    def show_rows(self, rows: Sequence[HeatRow], heads: Sequence[str]) -> None:
        """Show rows; `heads` name the blocks, those to come too. Equal ones cost nothing."""
        shown = tuple(rows), tuple(heads)
        before, places = (self._rows, self._heads), self._places()
        if shown == before:
            return
        self._rows, self._heads = shown
        self._known = None
        if _frame(*shown) != _frame(*before) or self._places()._replace(most=places.most) != places:
            self.update()
            return
        # Most often only the block that is not over has changed, and its rows' maximum has not.
        for place, (row, old) in enumerate(zip(self._rows, before[0], strict=True)):
            whole = self._places().most[row.scale] != places.most[old.scale]
            for block, (rate, old_rate) in enumerate(zip(row.rates, old.rates, strict=True)):
                if whole or rate != old_rate:
                    self.update(self._box(place, block).adjusted(-1, -1, 1, 1).toAlignedRect())

    def room_for(self, groups: int) -> int:
        """Return how many rows find room beside the names of `groups`."""
        return max(1, int((self.height() - _HEAD - 4) // _LEAST_PITCH) - groups)

    def fitting(self, rows: Sequence[HeatRow]) -> tuple[HeatRow, ...]:
        """Return the first rows that can be seen whole, as many as there is room for."""
        room = (self.height() - _HEAD - 4) // _LEAST_PITCH
        number = len(rows)
        while number > 1 and number + len({row.group for row in rows[:number]}) - 1 > room:
            number -= 1
        return tuple(rows[:number])

    @property
    def cell(self) -> tuple[str, int] | None:
        """Return the chosen row's key and the block's place."""
        if self._cell is None or self._cell[0] >= len(self._rows):
            return None
        return self._rows[self._cell[0]].key, self._cell[1]

    def texts(self) -> dict[str, str]:
        """Return the numbers on the cells, by row and block, as they are painted."""
        found = {}
        for place, row in enumerate(self._rows):
            for block in range(len(row.rates)):
                number = self._number(place, block)
                if number:
                    found[f"{row.key}.{block}"] = number
        return found

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        dirty = QRectF(event.rect())
        if dirty.top() < _HEAD:
            self._paint_heads(painter)
        if dirty.left() < _LABEL:
            self._paint_labels(painter)
        wide, pitch, tops = self._places()[:3]
        first = max(0, int((dirty.left() - _LABEL) // wide))
        last = min(len(self._heads), int((dirty.right() - _LABEL) // wide) + 1)
        for place, top in enumerate(tops):
            if top < dirty.bottom() and top + pitch > dirty.top():
                for block in range(first, last):
                    self._paint_cell(painter, place, block)

    def _paint_heads(self, painter: QPainter) -> None:
        wide, begun, free = self._places().wide, self._places().begun, 0.0
        for block, head in enumerate(self._heads):
            run = Run(head, "text_2" if block < begun else "text_3", 10)
            room = width_of((run,), self._theme) + 4
            left = min(_LABEL + (block + 0.5) * wide - room / 2, self.width() + 2 - room)
            # Where cells are narrow only every second or third says its time.
            if head and left >= free:
                box = QRectF(left, 0, room, _HEAD)
                paint_runs(painter, self._theme, (run,), box, _CENTRE)
                free = left + room

    def _paint_labels(self, painter: QPainter) -> None:
        _, pitch, tops, _, begun = self._places()
        group = ""
        for place, row in enumerate(self._rows):
            top = tops[place]
            if row.group != group:
                group = row.group
                above = QRectF(_EDGE, top - pitch, _LABEL - 12, pitch)
                if place == 0:
                    above = QRectF(_EDGE, 0, _LABEL - 12, _HEAD)
                paint_runs(painter, self._theme, (Run(group, "text_3", 10.5),), above)
            label = QRectF(_EDGE, top, _LABEL - _EDGE - 6, pitch)
            weight = 600 if row.outlined and max(row.outlined) == begun - 1 else 400
            tone = "text" if weight == 600 else "text_2"
            words = short_words(self._theme, row.label, label.width(), weight=weight) or row.label
            paint_runs(painter, self._theme, (Run(words, tone, 11, weight),), label)

    def _paint_cell(self, painter: QPainter, place: int, block: int) -> None:
        theme, row, box = self._theme, self._rows[place], self._box(place, block)
        if block >= len(row.rates) or row.rates[block] is None:
            painter.fillRect(QRectF(box.left(), box.center().y(), box.width(), 1), theme["line"])
        if block >= len(row.rates):
            return
        heat = self.heat_of(place, block)
        if row.rates[block] is not None:
            painter.fillRect(box, self._shade(heat))
        if block in row.outlined:
            painter.setPen(QPen(theme["text"], 1))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))
        number = self._number(place, block)
        if number:
            words = (Run(number, self._ink(heat), 10, 600),)
            paint_runs(painter, theme, words, box, _CENTRE)
        if self._cell == (place, block) and self.hasFocus():
            painter.setPen(QPen(theme["focus"], 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))

    def _shade(self, heat: float) -> QColor:
        """Return the colour of a heat; of so many as can be told apart each is mixed once."""
        step = round(heat * _SHADES)
        shade = self._shades.get(step)
        if shade is None:
            theme = self._theme
            shade = self._shades[step] = mixed(theme["heat0"], theme["heat1"], step / _SHADES)
        return shade

    def _ink(self, heat: float) -> str:
        step = round(heat * _SHADES)
        ink = self._inks.get(step)
        if ink is None:
            ink = self._inks[step] = ink_on(self._theme, step / _SHADES)
        return ink

    def heat_of(self, place: int, block: int) -> float:
        """Return how much of the hot colour a cell has, 0 to 0.92."""
        row = self._rows[place]
        most = self._places().most[row.scale]
        share = (row.rates[block] or 0.0) / most if most else 0.0
        return float(_MOST * share**_POWER)

    def _number(self, place: int, block: int) -> str:
        row = self._rows[place]
        places = self._places()
        rate, most = row.rates[block], places.most[row.scale]
        if not rate or rate < _NUMBER_FROM * most:
            return ""
        text = fmt.number(rate, 0 if rate >= 10 else 1)
        if rate < _LEAST_NUMBER:
            return ""
        return text if self._theme.advance(text, 10, 600) <= places.wide - 4 else ""

    def _places(self) -> _Places:
        if self._known is None:
            self._known = self._measure()
        return self._known

    def _measure(self) -> _Places:
        lines: list[int] = []
        most: dict[str, float] = {}
        groups: set[str] = set()
        for place, row in enumerate(self._rows):
            # The name of each group but the first takes a line of its own.
            groups.add(row.group)
            lines.append(place + len(groups) - 1)
            highest = max((rate or 0.0 for rate in row.rates), default=0.0)
            most[row.scale] = max(highest, most.get(row.scale, 0.0))
        tall = (self.height() - _HEAD - 4) / max(1, len(self._rows) + len(groups) - 1)
        pitch = float(min(_MOST_PITCH, max(_LEAST_PITCH, tall)))
        return _Places(
            wide=max(4.0, (self.width() - _LABEL - _EDGE) / max(1, len(self._heads))),
            pitch=pitch,
            tops=tuple(_HEAD + line * pitch for line in lines),
            most=most,
            begun=max((len(row.rates) for row in self._rows), default=0),
        )

    def _box(self, place: int, block: int) -> QRectF:
        wide, pitch, tops = self._places()[:3]
        return QRectF(
            round(_LABEL + block * wide) + 1, round(tops[place]) + 1, round(wide) - 2, pitch - 2
        )

    def cell_at(self, point: QPointF) -> tuple[int, int] | None:
        """Return the row and the block at a point."""
        wide, pitch, tops = self._places()[:3]
        block = int((point.x() - _LABEL) // wide) if point.x() >= _LABEL else -1
        for place, row in enumerate(self._rows):
            if tops[place] <= point.y() < tops[place] + pitch and 0 <= block < len(row.rates):
                return place, block
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        cell = self.cell_at(event.position())
        if cell is not None and event.button() is Qt.MouseButton.LeftButton:
            self._choose(*cell)
            self.opened.emit(self._rows[cell[0]].key, cell[1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        moves = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }
        key, blocks = Qt.Key(event.key()), self._places().begun
        if not self._rows or not blocks:
            super().keyPressEvent(event)
        elif key in moves:
            row, block = self._cell or (0, blocks)
            down, along = moves[key] if self._cell is not None else (0, -1)
            self._choose(
                min(max(row + down, 0), len(self._rows) - 1), min(max(block + along, 0), blocks - 1)
            )
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.cell is not None:
            self.opened.emit(*self.cell)
        else:
            super().keyPressEvent(event)

    def _choose(self, row: int, block: int) -> None:
        if (row, block) != self._cell:
            self._cell = (row, block)
            self.chosen.emit()
            self.update()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cell = self.cell_at(QPointF(event.pos()))
            text = "" if cell is None else self.tip(self._rows[cell[0]].key, cell[1])
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return bool(super().event(event))


def _frame(rows: Sequence[HeatRow], heads: Sequence[str]) -> tuple[object, ...]:
    """Return what stands around the cells, and how many of them there are."""
    return tuple(heads), [row._replace(rates=()) for row in rows], [len(row.rates) for row in rows]


def mixed(cold: QColor, hot: QColor, heat: float) -> QColor:
    """Return a colour between two."""
    return QColor(
        round(cold.red() + (hot.red() - cold.red()) * heat),
        round(cold.green() + (hot.green() - cold.green()) * heat),
        round(cold.blue() + (hot.blue() - cold.blue()) * heat),
    )


def ink_on(theme: Theme, heat: float) -> str:
    """Return the ink that is read best on a cell."""
    ground = mixed(theme["heat0"], theme["heat1"], heat)
    return max(("text", "heat_ink"), key=lambda ink: contrast(theme[ink], ground))
