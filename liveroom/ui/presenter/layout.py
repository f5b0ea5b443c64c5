"""Where things stand on the presenter's display, whatever the shape of its screen.

Everything is laid out on a sheet whose shorter side is 1080 units, and the sheet is scaled to the window:
56 units are then 20 mm of capitals on a 43-inch screen, 17 minutes of arc at four metres, whichever way
round it hangs.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, QSizeF

SHORT_SIDE = 1080.0
SMALLEST = 56.0
"""No text is smaller, in units of the sheet."""
LINE = 1.22
"""The height of a line, in sizes of its font."""
WIDE = (1920.0, 1080.0)
SHEETS = (WIDE, (1350.0, 1080.0), (1080.0, 1920.0))
"""The sheets that messages are measured for: 16:9, the narrowest in two columns, and upright."""
_WIDE_FROM, _TALL_BELOW = 1.5, 1.0
_MARGIN, _HEAD, _TITLE_ROW = 48.0, 136.0, 84.0
_STOCK, _NARROW_STOCK, _LOWER = 300.0, 284.0, 300.0


class Places(NamedTuple):
    """Areas of the sheet; none overlaps another, but that the sign, title and clock stand in the head."""

    head: QRectF
    sign: QRectF
    """Where the lamp may stand; the title follows it unless it has a row of its own."""
    title: QRectF
    clock: QRectF
    price: QRectF
    stock: QRectF
    question: QRectF
    remaining: QRectF
    following: QRectF
    message: QRectF
    message_lines: int

    def without_product(self) -> QRectF:
        """Return the room that a question has where there is no product to talk about."""
        room = QRectF(self.price)
        room.setTop(self.price.top() + SMALLEST * LINE + 24)
        room.setBottom(self.stock.bottom())
        return room


def sheet_of(width: float, height: float) -> tuple[QSizeF, float]:
    """Return the sheet of a window and the scale from its units to pixels."""
    scale = max(1.0, min(width, height)) / SHORT_SIDE
    return QSizeF(width / scale, height / scale), scale


def places_of(sheet: QSizeF, edge: float = 0.0) -> Places:
    """Return the areas of a sheet, inside an edge that the mode needs."""
    wide, tall = sheet.width(), sheet.height()
    shape = wide / tall
    inner = QRectF(edge, edge, wide - 2 * edge, tall - 2 * edge)
    if shape >= _WIDE_FROM:
        return _in_columns(inner, rows=1, lines=2, share=0.585)
    if shape >= _TALL_BELOW:
        return _in_columns(inner, rows=2, lines=3, share=0.53)
    return _in_one_column(inner)


def _in_columns(inner: QRectF, rows: int, lines: int, share: float) -> Places:
    """The product at the left, the time and what comes next at the right, the message below."""
    head = QRectF(inner.left(), inner.top(), inner.width(), _head_height(rows))
    strip = QRectF(inner)
    strip.setTop(inner.bottom() - _strip_height(lines))
    body = QRectF(inner.left(), head.bottom(), inner.width(), strip.top() - head.bottom())
    left, right = QRectF(body), QRectF(body)
    left.setRight(body.left() + round(body.width() * share))
    right.setLeft(left.right())
    gap = 32.0 if rows == 1 else 20.0
    following = QRectF(right)
    following.setTop(right.bottom() - 228)
    remaining = QRectF(right.left() + 46, right.top() + gap, right.width() - 46 - _MARGIN, 0)
    remaining.setBottom(following.top() - 24)
    lower = QRectF(left.left(), left.bottom() - _LOWER, left.width(), _LOWER)
    price = QRectF(left.left() + _MARGIN, left.top() + gap, left.width() - 2 * _MARGIN, 0)
    price.setBottom(lower.top())
    return _with_head(head, rows, price, lower, remaining, following, strip, lines)


def _in_one_column(inner: QRectF) -> Places:
    """On a screen that stands upright: the time, the product, what comes next, the message."""
    rows, lines = 2, 5
    head = QRectF(inner.left(), inner.top(), inner.width(), _head_height(rows))
    strip = QRectF(inner)
    strip.setTop(inner.bottom() - _strip_height(lines))
    room = strip.top() - head.bottom()
    parts = [0.31, 0.24, 0.27, 0.18]
    tops = [head.bottom() + room * sum(parts[:place]) for place in range(len(parts))]
    wide = inner.width() - 2 * _MARGIN
    left = inner.left() + _MARGIN
    remaining = QRectF(left, tops[0] + 24, wide, room * parts[0] - 48)
    price = QRectF(left, tops[1], wide, room * parts[1])
    lower = QRectF(inner.left(), tops[2], inner.width(), room * parts[2])
    following = QRectF(inner.left(), tops[3], inner.width(), room * parts[3])
    return _with_head(head, rows, price, lower, remaining, following, strip, lines)


def _with_head(
    head: QRectF,
    rows: int,
    price: QRectF,
    lower: QRectF,
    remaining: QRectF,
    following: QRectF,
    strip: QRectF,
    lines: int,
) -> Places:
    first = QRectF(head.left() + _MARGIN, head.top(), head.width() - 2 * _MARGIN, _HEAD)
    clock = QRectF(first.right() - 310, first.top(), 310, _HEAD)
    sign = QRectF(first.left(), first.top() + 24, clock.left() - first.left() - 20, _HEAD - 48)
    title = QRectF(sign.left(), first.top(), sign.width(), _HEAD)
    if rows > 1:
        title = QRectF(first.left(), first.bottom() - 14, first.width(), _TITLE_ROW)
    wide = min(_STOCK, max(_NARROW_STOCK, 0.35 * lower.width()))
    stock = QRectF(lower.left() + _MARGIN, lower.top() + 18, wide, lower.height() - 18)
    question = QRectF(stock)
    question.setLeft(stock.right() + 24)
    question.setRight(lower.right() - 36)
    return Places(
        head, sign, title, clock, price, stock, question, remaining, following, strip, lines
    )


def _head_height(rows: int) -> float:
    return _HEAD + (_TITLE_ROW if rows > 1 else 0)


def _strip_height(lines: int) -> float:
    return round(lines * SMALLEST * LINE + 74)
