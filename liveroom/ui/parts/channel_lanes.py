"""Entry channels over time: parts of all visits stacked, or a lane for each channel, block by block.

The last block is not over yet and is drawn hollow; a rate of less than `LEAST_VISITS` visits is left out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from liveroom.models.facts import EntryChannel
from liveroom.ui import format as fmt
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.channel_blocks import ChannelBlocks, ChannelLane

SHARE, VISITS, ORDERS, CONVERSION = "share", "visits", "orders", "conversion"
LEAST_VISITS = 20
COLOURS = {
    EntryChannel.ORGANIC: "c1",
    EntryChannel.PAID: "c2",
    EntryChannel.DIRECT: "c4",
    EntryChannel.UNKNOWN: "c5",
}
_LEFT, _RIGHT, _FOOT, _TOP = 10, 10, 20, 4
_NAME, _VALUE = 64, 56
_LABEL_EVERY = 64
_TALLEST, _TALLEST_LANE = 240, 84

Values = tuple[float | None, ...]


class ChannelLanes(QWidget):
    """Painted; `show_blocks` with the same blocks costs nothing."""

    def __init__(self, theme: Theme) -> None:
        """Start empty."""
        super().__init__()
        self._theme, self._measure, self._timezone = theme, SHARE, "UTC"
        self._blocks: ChannelBlocks | None = None
        self._known: list[tuple[EntryChannel, Values]] | None = None

    def show_blocks(self, blocks: ChannelBlocks, measure: str, timezone: str) -> None:
        """Show one measure of the channels."""
        if blocks is self._blocks and measure == self._measure and timezone == self._timezone:
            return
        self._blocks, self._measure, self._timezone = blocks, measure, timezone
        self._known = None
        self.update()

    @property
    def _values(self) -> list[tuple[EntryChannel, Values]]:
        """Return the values of each channel, reckoned when somebody looks at them."""
        blocks = self._blocks
        if self._known is None and blocks is not None:
            self._known = [
                (lane.channel, _values(lane, blocks, self._measure)) for lane in blocks.lanes
            ]
        return self._known or []

    def texts(self) -> dict[str, str]:
        """Return what stands beside each channel: its newest whole block."""
        return {channel.value: self._beside(values) for channel, values in self._values}

    def tip_at(self, x: float) -> str:
        """Return the values of the block below a place, blank beside the blocks."""
        blocks, room = self._blocks, self._room()
        if blocks is None or not blocks.count or not room.left() <= x < room.right():
            return ""
        place = min(blocks.count - 1, int((x - room.left()) / room.width() * blocks.count))
        start = blocks.start + place * blocks.minutes * fmt.MINUTE
        end = start + blocks.minutes * fmt.MINUTE
        until = "now" if place == blocks.count - 1 else self._clock(end)
        lines = [f"{self._clock(start)} to {until}"]
        for channel, values in self._values:
            lines.append(f"{channel.value.capitalize()}: {self._text(values[place])}")
        return "\n".join(lines)

    def sizeHint(self) -> QSize:
        return QSize(200, 120)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos().x()), self)
            return True
        return bool(super().event(event))

    def paintEvent(self, event: QPaintEvent) -> None:
        blocks = self._blocks
        if blocks is None or not self._values:
            return
        painter = QPainter(self)
        room = self._room()
        if self._measure == SHARE:
            self._paint_shares(painter, room)
        else:
            self._paint_lanes(painter, room)
        self._paint_times(painter, room, blocks)

    def _room(self) -> QRectF:
        """Return where the blocks stand."""
        left = _LEFT + _NAME
        wide = self.width() - left - _RIGHT - _VALUE
        # Not taller than is needed to read it: a tall panel would shout.
        most = _TALLEST if self._measure == SHARE else _TALLEST_LANE * max(1, len(self._values))
        tall = min(most, self.height() - _TOP - _FOOT)
        return QRectF(left, _TOP, max(20, wide), max(20, tall))

    def _paint_shares(self, painter: QPainter, room: QRectF) -> None:
        count = len(self._values[0][1])
        step = room.width() / count
        for place in range(count):
            top = room.top()
            for channel, values in self._values:
                tall = room.height() * (values[place] or 0.0)
                box = QRectF(room.left() + place * step, top, step - 1, max(0.0, tall - 1))
                self._paint_block(painter, box, channel, place == count - 1)
                top += tall
        # Beside the middle of its part of the newest whole block, apart enough to be read.
        newest = max(0, count - 2)
        top, least = room.top(), room.top()
        for channel, values in self._values:
            tall = room.height() * (values[newest] or 0.0)
            middle = max(top + tall / 2, least + 8)
            self._paint_words(painter, room, middle, channel, values)
            top, least = top + tall, middle + 8

    def _paint_lanes(self, painter: QPainter, room: QRectF) -> None:
        tall = room.height() / len(self._values)
        highest = max((v for _, values in self._values for v in values if v), default=0.0)
        for number, (channel, values) in enumerate(self._values):
            lane = QRectF(room.left(), room.top() + number * tall, room.width(), tall - 6)
            painter.fillRect(
                QRectF(lane.left(), lane.bottom(), lane.width(), 1), self._theme["line"]
            )
            step = lane.width() / len(values)
            for place, value in enumerate(values):
                if value and highest:
                    high = max(1.0, lane.height() * value / highest)
                    box = QRectF(lane.left() + place * step, lane.bottom() - high, step - 2, high)
                    self._paint_block(painter, box, channel, place == len(values) - 1)
            self._paint_words(painter, room, lane.center().y(), channel, values)

    def _paint_block(
        self, painter: QPainter, box: QRectF, channel: EntryChannel, unfinished: bool
    ) -> None:
        colour = self._theme[COLOURS[channel]]
        if not unfinished:
            painter.fillRect(box, colour)
        elif box.height() > 1:
            painter.setPen(QPen(colour, 1))
            painter.drawRect(box.adjusted(0.5, 0.5, -0.5, -0.5))

    def _paint_words(
        self,
        painter: QPainter,
        room: QRectF,
        middle: float,
        channel: EntryChannel,
        values: Values,
    ) -> None:
        theme, base = self._theme, middle + 4
        painter.fillRect(QRectF(_LEFT, middle - 4, 8, 8), theme[COLOURS[channel]])
        painter.setFont(theme.font(11))
        painter.setPen(theme["text_2"])
        painter.drawText(QPointF(_LEFT + 13, base), channel.value.capitalize())
        painter.setFont(theme.font(12))
        painter.setPen(theme["text"])
        words = self._beside(values)
        painter.drawText(QPointF(self.width() - _RIGHT - theme.advance(words), base), words)

    def _paint_times(self, painter: QPainter, room: QRectF, blocks: ChannelBlocks) -> None:
        painter.setFont(self._theme.font(10.5))
        painter.setPen(self._theme["text_3"])
        step = room.width() / blocks.count
        every = max(1, round(_LABEL_EVERY / step))
        for place in range(0, blocks.count, every):
            words = self._clock(blocks.start + place * blocks.minutes * fmt.MINUTE)
            x = room.left() + place * step
            if x + self._theme.advance(words, 10.5) <= room.right() + _VALUE:
                painter.drawText(QPointF(x, room.bottom() + 14), words)

    def _beside(self, values: Values) -> str:
        whole = values[:-1] if len(values) > 1 else values
        return self._text(whole[-1])

    def _text(self, value: float | None) -> str:
        if value is None:
            return fmt.NONE_YET
        if self._measure in (SHARE, CONVERSION):
            return fmt.percent(value)
        return fmt.count(int(value))

    def _clock(self, at: int) -> str:
        return fmt.clock(at, self._timezone, seconds=False)


def _values(lane: ChannelLane, blocks: ChannelBlocks, measure: str) -> Values:
    nothing: Values = (None,) * blocks.count
    visits, orders = lane.visits, lane.orders
    if measure == ORDERS:
        return nothing if orders is None else tuple(float(n) for n in orders)
    if visits is None:
        return nothing
    if measure == VISITS:
        return tuple(float(n) for n in visits)
    if measure == SHARE:
        every = [each.visits for each in blocks.lanes if each.visits is not None]
        wholes = [sum(of_block) for of_block in zip(*every, strict=True)]
        return tuple(n / whole if whole else None for n, whole in zip(visits, wholes, strict=True))
    if orders is None:
        return nothing
    pairs = zip(orders, visits, strict=True)
    return tuple(placed / seen if seen >= LEAST_VISITS else None for placed, seen in pairs)
