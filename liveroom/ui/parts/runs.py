"""A line of text in several tones with marks between, painted; cheaper than labels in a layout."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from liveroom.ui import glyphs
from liveroom.ui.theme import Theme

_FIELD_PAD, _DOT = 5, " · "
_ROUNDING = 0.5
"""A text that is so much wider (px) than its place is not cut."""


class Run(NamedTuple):
    """A stretch of text in one tone, or a mark; `gap` px are left free before it."""

    text: str = ""
    tone: str = "text"
    px: float = 12
    weight: int = 400
    glyph: str = ""
    gap: float = 0
    strike: bool = False
    fill: str = ""
    """A field behind the text, of this token."""
    outline: str = ""
    """A frame around the text, of this token."""


Runs = Sequence[Run]


def width_of(runs: Runs, theme: Theme) -> float:
    """Return the width of a line."""
    if len(runs) == 1:
        return runs[0].gap + _width(runs[0], theme)
    return sum(run.gap + _width(run, theme) for run in runs)


def text_of(runs: Runs) -> str:
    """Return the words of a line, marks left out."""
    return " ".join(run.text for run in runs if run.text).strip()


def paint_runs(
    painter: QPainter,
    theme: Theme,
    runs: Runs,
    rect: QRectF,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Paint a line on one baseline, vertically centred in `rect`; what does not fit is elided."""
    if not runs:
        return
    total = width_of(runs, theme)
    x = rect.left()
    if total < rect.width():
        if align == Qt.AlignmentFlag.AlignRight:
            x = rect.right() - total
        elif align == Qt.AlignmentFlag.AlignHCenter:
            x += (rect.width() - total) / 2
    metrics = [theme.metrics(run.px, run.weight) for run in runs]
    tallest = metrics[0] if len(runs) == 1 else max(metrics, key=lambda one: one.height())
    baseline = rect.center().y() + (tallest.ascent() - tallest.descent()) / 2
    for run, measure in zip(runs, metrics, strict=True):
        x += run.gap
        room = rect.right() - x
        if room < 6:
            return
        if run.glyph:
            middle = baseline - measure.capHeight() / 2
            glyphs.paint(painter, run.glyph, x, middle - run.px / 2, run.px, theme[run.tone])
            x += run.px
            continue
        text, width = run.text, _width(run, theme)
        if width > room + _ROUNDING:
            text = measure.elidedText(text, Qt.TextElideMode.ElideRight, room)
        if run.fill or run.outline:
            field = QRectF(x, baseline - measure.ascent(), width, measure.height() + 1)
            _paint_field(painter, theme, run, field)
            painter.setFont(theme.font(run.px, run.weight))
            painter.setPen(theme[run.tone])
            painter.drawText(QPointF(x + _FIELD_PAD, baseline), run.text)
            x += width
            continue
        painter.setFont(theme.font(run.px, run.weight, run.strike))
        painter.setPen(theme[run.tone])
        painter.drawText(QPointF(x, baseline), text)
        x += width


_LEAST_OF_ALL = 60
"""So much (px) of a line that yields is seen at least."""


class RunLine(QWidget):
    """One line of runs; its size hint follows the text only when asked to."""

    def __init__(
        self,
        theme: Theme,
        height: int = 16,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        fits: bool = False,
        drops: bool = False,
        yields: bool = False,
    ) -> None:
        """`fits` makes the line ask its layout for the room that its text needs.

        `yields` lets it be cut all the same where others need that room. `drops` lets what stands last
        go as a whole, from a middle dot on, rather than cut a word.
        """
        super().__init__()
        self._drops = drops
        self._theme, self._align, self._fits, self._yields = theme, align, fits, yields
        self._runs: tuple[Run, ...] = ()
        self._wanted = 0
        self.setFixedHeight(height)
        policies = QSizePolicy.Policy
        policy = policies.Ignored if not fits else policies.Maximum if yields else policies.Fixed
        self.setSizePolicy(policy, QSizePolicy.Policy.Fixed)

    def set_runs(self, *runs: Run) -> None:
        """Show a line; an equal one costs nothing."""
        if runs == self._runs:
            return
        self._runs = runs
        if self._fits:
            wanted = int(width_of(runs, self._theme) + 1.5)
            if wanted != self._wanted:
                self._wanted = wanted
                self.setMaximumWidth(wanted)
                self.setMinimumWidth(min(wanted, _LEAST_OF_ALL) if self._yields else wanted)
        self.update()

    def text(self) -> str:
        """Return the words on show."""
        return text_of(self._runs)

    def is_cut(self) -> bool:
        """Return whether the line is too long for its place."""
        return width_of(self._runs, self._theme) > self.width() + _ROUNDING

    def event(self, event: QEvent) -> bool:
        # What is cut can be read whole, whatever else the line's owner says of it.
        if event.type() == QEvent.Type.ToolTip and self.is_cut():
            assert isinstance(event, QHelpEvent)
            words, more = self.text(), self.toolTip()
            told = more if words in more else f"{words}\n{more}".strip()
            QToolTip.showText(event.globalPos(), told, self)
            return True
        return bool(super().event(event))

    def sizeHint(self) -> QSize:
        return QSize(self._wanted, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_runs(painter, self._theme, self._that_fit(), QRectF(self.rect()), self._align)

    def _that_fit(self) -> tuple[Run, ...]:
        runs, room = self._runs, self.width() + _ROUNDING
        while self._drops and width_of(runs, self._theme) > room:
            *before, last = runs
            if _DOT in last.text:
                runs = (*before, last._replace(text=last.text.rpartition(_DOT)[0]))
            elif before:
                runs = tuple(before)
            else:
                break
        return runs


def _paint_field(painter: QPainter, theme: Theme, run: Run, field: QRectF) -> None:
    if run.fill:
        painter.fillRect(field, theme[run.fill])
    else:
        painter.setPen(theme[run.outline])
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(field.adjusted(0.5, 0.5, -0.5, -0.5))


def _width(run: Run, theme: Theme) -> float:
    if run.glyph:
        return run.px
    padding = 2 * _FIELD_PAD if run.fill or run.outline else 0
    return theme.advance(run.text, run.px, run.weight) + padding
