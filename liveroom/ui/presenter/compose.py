"""What is drawn on the presenter's sheet: texts, marks and fields with their places and tones.

A part of the display is a list of things to draw, so that how large, where and in which colours is known
before anything is painted, and a part whose facts are the same is not composed again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRectF

from liveroom.ui.presenter.fitting import UNBOUND, Fitted, fit
from liveroom.ui.presenter.layout import LINE, SMALLEST, Places
from liveroom.ui.presenter.words import Facts, Following, Price, Remaining, Sign, Stock
from liveroom.ui.theme import Theme


class Text(NamedTuple):
    """A line of text by the left end of its baseline."""

    text: str
    x: float
    baseline: float
    px: float
    weight: int
    tone: str
    ground: str = "window"
    strike: bool = False


class Mark(NamedTuple):
    """A mark by the top left corner of its box."""

    glyph: str
    x: float
    y: float
    px: float
    tone: str
    ground: str = "window"


class Field(NamedTuple):
    """An area of one tone, or its outline."""

    rect: QRectF
    tone: str
    radius: float = 0.0
    outline: float = 0.0


Item = Text | Mark | Field
_TITLE_SIZES = (64.0, 60.0, SMALLEST)
_PRICE_SIZES = (228.0, 200.0, 176.0, 152.0, 128.0, 104.0, 84.0, 68.0, SMALLEST)
_STOCK_SIZES = (124.0, 104.0, 84.0, 68.0, SMALLEST)
_LONG_FROM = 5
"""Characters of a time of ten minutes and more: it is drawn smaller, and none jumps between the two."""
_TIME_SIZES = (300.0, 260.0, 220.0)
_LONG_TIME_SIZES = (220.0, 190.0, 160.0, 132.0, 104.0, 84.0, 68.0, SMALLEST)
_WORD_SIZES = (104.0, 84.0, SMALLEST)
_BAR = 28.0
_EDGE, _GAP, _MARK_ROOM = 44.0, 40.0, 60.0
_BETWEEN = " · "


class Composer:
    """Composes the parts of the display in a theme, on a sheet."""

    def __init__(self, theme: Theme, places: Places) -> None:
        """Take the colours and the areas."""
        self._theme, self._places = theme, places
        self.cut: list[str] = []
        """What did not fit and ends in an ellipsis, filled while composing."""

    def parts(self, facts: Facts) -> dict[str, tuple[QRectF, list[Item]]]:
        """Return every part's area and what is drawn there."""
        self.cut.clear()
        places = self._places
        asked = places.question if facts.price is not None else places.without_product()
        return {
            "frame": (QRectF(), self._frame(facts)),
            "head": (QRectF(places.head), self._head(facts.sign, facts.title)),
            "clock": (QRectF(places.clock), self._clock(facts.clock)),
            "price": (QRectF(places.price), self._price(facts.price)),
            "stock": (
                QRectF(places.stock),
                self._stock(facts.stock if facts.price is not None else None),
            ),
            "question": (QRectF(asked), self._question(facts.question, asked)),
            "remaining": (QRectF(places.remaining), self._remaining(facts.remaining)),
            "following": (QRectF(places.following), self._following(facts.following)),
            "message": (QRectF(places.message), self.message(facts.message)),
        }

    def _frame(self, facts: Facts) -> list[Item]:
        """The lines between the parts; the head's ground belongs to no part that changes."""
        places = self._places
        found: list[Item] = [Field(places.head, "header")]
        head, price = places.head, places.price
        found.append(Field(QRectF(head.left(), head.bottom() - 2, head.width(), 2), "line"))
        if facts.price is not None:
            found.append(Field(QRectF(price.left(), price.bottom(), price.width(), 2), "line"))
        if places.remaining.left() > price.right():
            x = places.following.left()
            tall = places.message.top() - head.bottom()
            found.append(Field(QRectF(x, head.bottom(), 2, tall), "line"))
        else:
            y = places.remaining.bottom() + 22
            found.append(Field(QRectF(price.left(), y, price.width(), 2), "line"))
        if facts.following is not None:
            following = places.following
            found.append(
                Field(QRectF(following.left(), following.top(), following.width(), 2), "line")
            )
        return found

    def _head(self, sign: Sign, title: str) -> list[Item]:
        theme, places = self._theme, self._places
        box = QRectF(places.sign)
        box.setWidth(28 + 56 + 20 + theme.advance(sign.word, SMALLEST, 600) + 32)
        ground = "onair" if sign.filled else "header"
        tone = sign.tone
        found: list[Item] = [
            Field(box, "onair" if sign.filled else tone, 6, 0 if sign.filled else 4)
        ]
        middle = box.center().y()
        found.append(Mark(sign.glyph, box.left() + 30, middle - 26, 52, tone, ground))
        baseline = middle + theme.metrics(SMALLEST, 600).capHeight() / 2
        found.append(Text(sign.word, box.left() + 104, baseline, SMALLEST, 600, tone, ground))
        room = QRectF(places.title)
        if room.top() < box.bottom():
            room.setLeft(box.right() + 36)
        fitted = self._fit(title, room.width(), _TITLE_SIZES, 600)
        measure = theme.metrics(fitted.px, 600)
        baseline = room.center().y() + measure.capHeight() / 2
        found.append(Text(fitted.lines[0], room.left(), baseline, fitted.px, 600, "text", "header"))
        return found

    def _clock(self, clock: str) -> list[Item]:
        place = self._places.clock
        wide = self._theme.advance(clock, 64)
        baseline = place.center().y() + self._theme.metrics(64).capHeight() / 2
        return [Text(clock, place.right() - wide, baseline, 64, 400, "text_2", "header")]

    def _price(self, price: Price | None) -> list[Item]:
        place = self._places.price
        if price is None:
            return self._lines(self._fit("No product", place.width(), (SMALLEST,)), place, "text_2")
        label = self._fit(price.label, place.width(), (SMALLEST,))
        found = self._lines(label, place, "text_2")
        caption = SMALLEST * LINE + 22 if price.before or price.offer else 0.0
        top = place.top() + SMALLEST * LINE
        room = place.bottom() - top - caption - 24
        value = self._fit(price.value, place.width(), _PRICE_SIZES, 600, tall=room, grow=0.9)
        tone = "text" if any(sign.isdigit() for sign in price.value) else "text_2"
        measure = self._theme.metrics(value.px, 600)
        baseline = top + (room - measure.capHeight()) / 2 + measure.capHeight()
        # Optical: the first stem stands under the label's.
        found.append(Text(value.lines[0], place.left(), baseline, value.px, 600, tone))
        return found + self._caption(price, place, place.bottom() - 40)

    def _caption(self, price: Price, place: QRectF, baseline: float) -> list[Item]:
        """The price of before, struck through, and the offer in as many words as there is room for."""
        theme, x = self._theme, place.left()
        found: list[Item] = []
        before = theme.advance(price.before, SMALLEST) + _GAP if price.before else 0.0
        shortest = theme.advance(price.offer[-1], SMALLEST) + _MARK_ROOM if price.offer else 0.0
        if price.before and before + shortest <= place.width():
            # Where there is no room for both, the offer is what has to be said.
            found.append(Text(price.before, x, baseline, SMALLEST, 400, "text_2", strike=True))
            x += before
        if price.offer:
            high = theme.metrics(SMALLEST).capHeight()
            room = place.right() - x - _MARK_ROOM
            words = next(
                (one for one in price.offer if theme.advance(one, SMALLEST) <= room),
                price.offer[-1],
            )
            fitted = self._fit(words, room, (SMALLEST,))
            found.append(Mark("offer", x, baseline - high / 2 - 20, 40, "offer"))
            found.append(Text(fitted.lines[0], x + _MARK_ROOM, baseline, SMALLEST, 400, "offer"))
        return found

    def _stock(self, stock: Stock | None) -> list[Item]:
        if stock is None:
            return []
        place = self._places.stock
        found = self._lines(Fitted(SMALLEST, (stock.label,)), place, "text_2")
        value = self._fit(stock.value, place.width(), _STOCK_SIZES, 600)
        below = QRectF(place)
        below.setTop(place.top() + SMALLEST * LINE + 6)
        return found + self._lines(value, below, stock.tone, 600)

    def _question(self, question: str, place: QRectF) -> list[Item]:
        if not question:
            return []
        lines = int((place.height() - SMALLEST * LINE) / (SMALLEST * LINE))
        fitted = self._fit(question, place.width(), (SMALLEST,), 500, lines)
        found: list[Item] = [Mark("question", place.left(), place.top() + 8, 52, "text_2")]
        label = QRectF(place.left() + 72, place.top(), place.width() - 72, SMALLEST * LINE)
        found += self._lines(Fitted(SMALLEST, ("Answer",)), label, "text_2")
        below = QRectF(place)
        below.setTop(place.top() + SMALLEST * LINE)
        return found + self._lines(fitted, below, "text", 500)

    def _remaining(self, left: Remaining) -> list[Item]:
        theme, place = self._theme, self._places.remaining
        found = self._lines(
            Fitted(SMALLEST, (left.label,)),
            place,
            "warn" if left.is_over else "text_2",
            600 if left.is_over else 400,
        )
        if left.note:
            wide = theme.advance(left.note, SMALLEST, 600)
            right = QRectF(place.right() - wide, place.top(), wide, place.height())
            found += self._lines(Fitted(SMALLEST, (left.note,)), right, "warn", 600)
        sizes = _LONG_TIME_SIZES if len(left.value) >= _LONG_FROM else _TIME_SIZES
        if not left.value[0].isdigit():
            sizes = _WORD_SIZES
        bar = QRectF(place.left(), place.bottom() - _BAR - 12, place.width(), _BAR)
        top = place.top() + SMALLEST * LINE
        room = bar.top() - top - 24
        value = self._fit(left.value, place.width(), sizes, 600, tall=room, grow=0.76)
        high = theme.metrics(value.px, 600).capHeight()
        baseline = top + (room - high) / 2 + high
        found.append(Text(value.lines[0], place.left(), baseline, value.px, 600, left.tone))
        if left.share is not None:
            found.append(Field(bar, "raised"))
            done = QRectF(bar)
            done.setWidth(bar.width() * left.share)
            found.append(Field(done, "warn" if left.tone == "warn" else "text_2"))
        return found

    def _following(self, following: Following | None) -> list[Item]:
        if following is None:
            return []
        theme, place = self._theme, self._places.following
        found: list[Item] = [Field(QRectF(place.left(), place.top(), 10, place.height()), "next")]
        inner = place.adjusted(48, 10, -44, 0)
        base = self._lines(Fitted(SMALLEST, ("NEXT",)), inner.adjusted(70, 0, 0, 0), "next", 600)
        found.append(Mark("next", inner.left(), inner.top() + 12, 46, "next"))
        found += base
        if following.clock:
            wide = theme.advance(following.clock, SMALLEST)
            right = QRectF(inner.right() - wide, inner.top(), wide, inner.height())
            found += self._lines(Fitted(SMALLEST, (following.clock,)), right, "text_2")
        below = inner.adjusted(0, SMALLEST * LINE + 4, 0, 0)
        fitted = self._fit(
            following.title, below.width(), (64.0, SMALLEST), 600, lines=2, tall=below.height()
        )
        return found + self._lines(fitted, below, "text", 600)

    def message(self, message: str) -> list[Item]:
        """Return the strip of a message; nothing where none stands."""
        if not message:
            return []
        place = self._places.message
        found: list[Item] = [Field(QRectF(place), "warn")]
        found.append(
            Mark("message", place.left() + 52, place.center().y() - 50, 100, "panel", "warn")
        )
        room = place.adjusted(204, 24, -_EDGE, -24)
        first, *rest = message.splitlines()
        if rest and (two := self._two_paragraphs(first, " ".join(rest), room)):
            return found + two
        sizes = (70.0, 64.0, SMALLEST)
        lines = self._places.message_lines
        # On a narrow screen two paragraphs that break would need a line more than there is.
        whole = _BETWEEN.join([first, *rest])
        fitted = self._fit(whole, room.width(), sizes, 600, lines, room.height())
        return found + self._centred(fitted, room, 600)

    def _two_paragraphs(self, first: str, rest: str, room: QRectF) -> list[Item]:
        """Return the first line larger than the second; nothing where both together do not fit."""
        theme, lines = self._theme, self._places.message_lines
        head = fit(first, theme, room.width(), (64.0, SMALLEST), 600, lines - 1)
        more = fit(rest, theme, room.width(), (SMALLEST,), 500, lines - len(head.lines))
        tall = (len(head.lines) * head.px + len(more.lines) * more.px) * LINE
        if head.cut or more.cut or tall > room.height():
            return []
        top = room.center().y() - tall / 2
        place = QRectF(room.left(), top, room.width(), tall)
        found = self._lines(head, place, "panel", 600, "warn")
        place.translate(0, len(head.lines) * head.px * LINE)
        return found + self._lines(more, place, "panel", 500, "warn")

    def _centred(self, fitted: Fitted, room: QRectF, weight: int) -> list[Item]:
        tall = len(fitted.lines) * fitted.px * LINE
        place = QRectF(room.left(), room.center().y() - tall / 2, room.width(), tall)
        return self._lines(fitted, place, "panel", weight, "warn")

    def _lines(
        self, fitted: Fitted, place: QRectF, tone: str, weight: int = 400, ground: str = "window"
    ) -> list[Item]:
        """Return lines from the top of a place down."""
        measure = self._theme.metrics(fitted.px, weight)
        step = fitted.px * LINE
        first = place.top() + (step + measure.ascent() - measure.descent()) / 2
        return [
            Text(line, place.left(), first + number * step, fitted.px, weight, tone, ground)
            for number, line in enumerate(fitted.lines)
        ]

    def _fit(
        self,
        text: str,
        room: float,
        sizes: Sequence[float],
        weight: int = 400,
        lines: int = 1,
        tall: float = UNBOUND,
        grow: float = 1.0,
    ) -> Fitted:
        """Fit text and remember what is cut; `grow` is the part of its size that large type needs."""
        fitting = [px for px in sizes if px * grow <= tall] or list(sizes[-1:])
        limit = tall if lines > 1 else UNBOUND
        fitted = fit(text, self._theme, room, fitting, weight, lines, limit)
        if fitted.cut:
            self.cut.append(text)
        return fitted
