"""How lively the chat is: four figures, and messages per minute in blocks of five minutes."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from liveroom.models.chat.intents import Intent
from liveroom.ui import format as fmt
from liveroom.ui.parts.runs import Run, paint_runs
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.chat.board import Blocks

_WIDE = 420
_HEIGHT, _BARS_HEIGHT, _PAD = 44, 34, 10
_LEAST_BAR, _MOST_BAR = 4.0, 14.0
_BARS = {"": ("line_2", "text_3"), "high_contrast": ("line_0", "text")}
"""The tones of messages and of questions among them; in high contrast the usual ones look alike."""


class Figure(NamedTuple):
    """A number with its name; `key` leads to its definition."""

    key: str
    name: str
    value: str
    tone: str = "text"


class ChatFigures(QWidget):
    """Paints figures at the left and bars at the right, or below where it is narrow and there is room."""

    def __init__(self, theme: Theme) -> None:
        """Start empty."""
        super().__init__()
        self._theme = theme
        self.figures: tuple[Figure, ...] = ()
        self._blocks: Blocks | None = None
        self._at, self._timezone = 0, "UTC"
        self.explain = lambda key, exact: exact
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setMaximumHeight(_HEIGHT)

    def show_figures(
        self, figures: tuple[Figure, ...], blocks: Blocks, at: int, timezone: str
    ) -> None:
        """Show figures and blocks as of `at` (ms UTC)."""
        if (figures, timezone) == (self.figures, self._timezone) and blocks is self._blocks:
            return
        self.figures, self._blocks, self._at, self._timezone = figures, blocks, at, timezone
        self.update()

    def rates(self) -> list[tuple[float, float]]:
        """Return messages and questions per minute of every block."""
        blocks = self._blocks
        if blocks is None:
            return []
        return [
            (int(messages) / minutes, int(questions) / minutes)
            for messages, questions, minutes in zip(
                blocks.messages, blocks.questions, self._minutes(), strict=True
            )
        ]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setMaximumHeight(self.sizeHint().height())

    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT if self.width() >= _WIDE else _HEIGHT + _BARS_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        # Always the same: a dock that grows while the desk is laid out would push others out of it.
        return QSize(160, _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        for box, figure in self._boxes():
            label = Run(figure.name, "text_3", 11)
            paint_runs(painter, self._theme, (label,), QRectF(box.left(), 5, box.width() - 6, 14))
            value = Run(figure.value, figure.tone, 17, 600)
            paint_runs(painter, self._theme, (value,), QRectF(box.left(), 20, box.width() - 6, 22))
        rates = self.rates()
        highest = max((messages for messages, _ in rates), default=0.0)
        if highest <= 0 or not self._bars():
            return
        for bar, place in self._bars():
            messages, questions = rates[place]
            tall = max(1.0 if messages else 0.0, bar.height() * messages / highest)
            asked = bar.height() * questions / highest
            ground = QRectF(bar.left(), bar.bottom() - tall, bar.width(), tall)
            above, below = _BARS.get(self._theme.name, _BARS[""])
            painter.fillRect(ground, self._theme[above])
            painter.fillRect(
                QRectF(bar.left(), bar.bottom() - asked, bar.width(), asked), self._theme[below]
            )
        field = self._bar_field()
        painter.fillRect(
            QRectF(field.left(), field.bottom(), field.width(), 1), self._theme["line"]
        )

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self._tip(event.pos().x(), event.pos().y()), self)
            return True
        return bool(super().event(event))

    def _tip(self, x: float, y: float) -> str:
        for box, figure in self._boxes():
            if box.contains(x, y):
                return self.explain(figure.key, figure.value)
        for bar, place in self._bars():
            if bar.left() <= x < bar.right() + 1 and bar.top() <= y <= bar.bottom():
                return self._about_block(place)
        return ""

    def _about_block(self, place: int) -> str:
        blocks = self._blocks
        assert blocks is not None
        messages, questions = self.rates()[place]
        start = int(blocks.starts[place])
        end = min(self._at, start + blocks.minutes * fmt.MINUTE)
        people = int(blocks.people[place])
        counts = sorted(
            (
                (int(number), Intent(kind))
                for kind, number in enumerate(blocks.intents[place])
                if number
            ),
            key=lambda each: (-each[0], each[1]),
        )
        lines = [
            f"<b>{fmt.clock(start, self._timezone, False)} to {fmt.clock(end, self._timezone, False)}</b>",
            f"{fmt.number(messages)} messages a minute, {fmt.number(questions)} of them ask",
            f"{fmt.count(people) if people >= 0 else 'unknown'} people",
            escape(", ".join(f"{kind.word} {fmt.count(number)}" for number, kind in counts[:5])),
        ]
        return f"<qt>{'<br>'.join(filter(None, lines))}</qt>"

    def _minutes(self) -> list[float]:
        blocks = self._blocks
        assert blocks is not None
        # Of a block that has just begun a few seconds say little: it counts as a minute at least.
        return [
            min(float(blocks.minutes), max(1.0, (self._at - start) / fmt.MINUTE))
            for start in blocks.starts.tolist()
        ]

    def _boxes(self) -> list[tuple[QRectF, Figure]]:
        room = float(self.width() - 2 * _PAD)
        if self.width() >= _WIDE:
            room *= 0.66
        # By what they say, so that none is cut where all have room.
        wants = [
            max(self._theme.advance(figure.name, 11), self._theme.advance(figure.value, 17, 600))
            + 9
            for figure in self.figures
        ]
        scale = room / max(1.0, sum(wants))
        boxes, left = [], float(_PAD)
        for figure, want in zip(self.figures, wants, strict=True):
            boxes.append((QRectF(left, 4, want * scale, _HEIGHT - 6), figure))
            left += want * scale
        return boxes

    def _bar_field(self) -> QRectF:
        if self.width() >= _WIDE:
            left = _PAD + (self.width() - 2 * _PAD) * 0.66 + 8
            return QRectF(left, 6, self.width() - _PAD - left, _HEIGHT - 12)
        return QRectF(_PAD, _HEIGHT, self.width() - 2 * _PAD, _BARS_HEIGHT - 8)

    def _bars(self) -> list[tuple[QRectF, int]]:
        """Return the field of each bar that has room, the newest at the right end."""
        number = 0 if self._blocks is None else len(self._blocks.starts)
        field = self._bar_field()
        if not number or field.width() < _LEAST_BAR or field.bottom() > self.height():
            return []
        step = max(_LEAST_BAR, min(_MOST_BAR, field.width() / number))
        shown = min(number, int(field.width() // step))
        left = field.right() - shown * step
        return [
            (
                QRectF(left + place * step, field.top(), step - 1, field.height()),
                number - shown + place,
            )
            for place in range(shown)
        ]

    def texts(self) -> dict[str, str]:
        """Return the figures on show."""
        return {figure.key: figure.value for figure in self.figures}
