"""Offers on the chart: a line and a diamond at the launch, a band while it runs, a title on top."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtGui import QColor

from liveroom.ui import format as fmt
from liveroom.ui.parts.curve_ends import add_label
from liveroom.ui.plotting import pg
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

MOST_MARKS = 24
_BAND_ALPHA = 26
"""A tenth: the curves keep their colours under it."""
_TITLE_LETTERS, _LONGEST = 40, 400


class Mark(NamedTuple):
    """Offers launched at one instant: when, until when they ran, and what is written above."""

    start: float
    end: float
    title: str


class OfferMarks:
    """Keeps as many items as were ever needed; those not in use are hidden."""

    def __init__(self, plot: Any, theme: Theme) -> None:
        """Take the plot of the audience."""
        self._plot, self._theme = plot, theme
        self._items: list[tuple[Any, Any, Any]] = []
        self._dots = pg.ScatterPlotItem(
            size=9, symbol="d", pen=None, brush=pg.mkBrush(theme["offer"])
        )
        plot.addItem(self._dots)
        self._shown: tuple[Any, ...] = ()

    def show(
        self,
        snapshot: Snapshot,
        start: float,
        end: float,
        top: float,
        wide: float,
        taken: float = 0,
    ) -> None:
        """Draw the offers between `start` and `end` (s UTC) up to `top`; `wide` is pixels a second.

        So many pixels are `taken` at the left, by words that stand where titles do.
        """
        marks = [mark for mark in marks_of(snapshot) if mark.end >= start and mark.start <= end]
        marks = marks[-MOST_MARKS:]
        now = snapshot.at / 1000
        # Where the present has only just left an offer, each second may make room for its title.
        near = any(0 <= (now - mark.start) * wide < _LONGEST for mark in marks)
        looks = (tuple(marks), start, end, top, wide, taken, round(now) if near else 0)
        if looks == self._shown:
            return
        self._shown = looks
        free = start + taken / max(wide, 1e-9)
        nexts = [*(mark.start for mark in marks[1:]), end]
        for place, (mark, following) in enumerate(zip(marks, nexts, strict=False)):
            line, band, label = self._item(place)
            line.setValue(mark.start)
            band.setRegion((mark.start, mark.end))
            label.setText(mark.title)
            label.setPos(mark.start, top)
            width = label.boundingRect().width() / max(wide, 1e-9)
            # Not across the line of the present, while there is room before the offer.
            crossed = mark.start < now < mark.start + width
            before = crossed and mark.start - width >= free
            label.setAnchor((1.08, 0.5) if before else (-0.08, 0.5))
            fits = before or (mark.start >= free and mark.start + width <= following)
            free = (mark.start if before else mark.start + width) if fits else free
            for item in (line, band):
                item.show()
            label.setVisible(fits)
        for items in self._items[len(marks) :]:
            for item in items:
                item.hide()
        self._dots.setData([mark.start for mark in marks], [top] * len(marks))

    def texts(self) -> list[str]:
        """Return the titles on show."""
        return [label.toPlainText() for _, _, label in self._items if label.isVisible()]

    def _item(self, place: int) -> tuple[Any, Any, Any]:
        if place == len(self._items):
            theme = self._theme
            line = pg.InfiniteLine(angle=90, pen=pg.mkPen(theme["offer"], width=1))
            tint = QColor(theme["offer"])
            tint.setAlpha(_BAND_ALPHA)
            band = pg.LinearRegionItem(movable=False, brush=pg.mkBrush(tint), pen=pg.mkPen(None))
            for item in (band, line):
                self._plot.addItem(item, ignoreBounds=True)
            label = add_label(self._plot.vb, theme, "offer")
            label.setAnchor((-0.08, 0.5))
            self._items.append((line, band, label))
        return self._items[place]


def marks_of(snapshot: Snapshot) -> list[Mark]:
    """Return the offers so far; those launched in the same second share a mark."""
    found: dict[int, list[Any]] = {}
    for running in snapshot.levers.offers:
        if running.started_at <= snapshot.at:
            found.setdefault(running.started_at // 1000, []).append(running)
    marks = []
    for second, together in found.items():
        ends = [
            min(end for end in (each.ended_at, each.ends_at, snapshot.at) if end is not None)
            for each in together
        ]
        title = together[0].offer.title
        if len(together) > 1:
            title = fmt.plural(len(together), "offer")
        if len(title) > _TITLE_LETTERS:
            title = f"{title[: _TITLE_LETTERS - 1]}…"
        marks.append(Mark(float(second), max(second, max(ends) / 1000), title))
    return marks
