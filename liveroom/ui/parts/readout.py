"""Values at the cursor, each in a place of its own: digits change, nothing moves."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from liveroom.ui.parts.cursor import Reading
from liveroom.ui.parts.runs import Run, paint_runs
from liveroom.ui.theme import Theme

HEIGHT = 22
_GAP, _WORD_GAP, _LEAST_TITLE = 10, 4, 60
_PX = 11


class Readout(QWidget):
    """One line; a place is as wide as the widest value that stood there, what has no room is left out."""

    def __init__(self, theme: Theme) -> None:
        """Start without a reading."""
        super().__init__()
        self._theme = theme
        self._reading: Reading | None = None
        self._wide: dict[str, float] = {}
        self._is_short = False
        self._tones: tuple[str, str] = ("text", "text")
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def set_tones(self, left: str, right: str) -> None:
        """Take the tones of the two curves, for their values."""
        self._tones = (left, right)
        self.update()

    def shorten(self, short: bool) -> None:
        """Leave out the words of the plotted metrics, whose names and tones stand beside."""
        self._is_short = short
        self.update()

    def show_reading(self, reading: Reading | None) -> None:
        """Show what was the case at the cursor; an equal reading costs nothing."""
        if reading == self._reading:
            return
        self._reading = reading
        for value in reading.values if reading is not None else ():
            text = self._theme.advance(value.text, _PX, 600)
            self._wide[value.word] = max(self._wide.get(value.word, 0.0), text)
        self.update()

    def texts(self) -> dict[str, str]:
        """Return every value that is read, by its word."""
        reading = self._reading
        if reading is None:
            return {}
        return {
            "cursor": reading.clock,
            **{f"cursor.{value.word}": value.text for value in reading.values},
            "cursor.segment": reading.segment,
            "cursor.offers": reading.offers,
        }

    def paintEvent(self, event: QPaintEvent) -> None:
        reading = self._reading
        if reading is None:
            return
        painter, theme = QPainter(self), self._theme
        x, right = 4.0, float(self.width())
        clock = (Run(reading.clock, "focus", _PX, 600),)
        wide = theme.advance("00:00:00", _PX, 600)
        paint_runs(painter, theme, clock, QRectF(x, 0, wide + 1, HEIGHT))
        x += wide + _GAP
        for place, value in enumerate(reading.values):
            is_plotted = place < len(self._tones)
            words = "" if is_plotted and self._is_short else value.word
            wide, word = self._wide[value.word], theme.advance(words, _PX)
            if x + wide + _WORD_GAP + word > right:
                return
            tone = self._tones[place] if is_plotted else "text"
            number = (Run(value.text, tone, _PX, 600),)
            field = QRectF(x, 0, wide + 1, HEIGHT)
            paint_runs(painter, theme, number, field, Qt.AlignmentFlag.AlignRight)
            x += wide + _WORD_GAP
            if words:
                unit = (Run(words, "text_3", _PX),)
                paint_runs(painter, theme, unit, QRectF(x, 0, word + 1, HEIGHT))
            x += word + _GAP
        if right - x >= _LEAST_TITLE:
            titles = [Run(reading.segment, "text_2", _PX)]
            if reading.offers:
                titles += [
                    Run(glyph="offer", tone="offer", px=8, gap=8 if reading.segment else 0),
                    Run(reading.offers, "offer", _PX, gap=4),
                ]
            paint_runs(painter, theme, titles, QRectF(x, 0, right - x, HEIGHT))
