"""Labels and dots at the ends of curves, kept apart where they would overlap."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from liveroom.ui.plotting import pg
from liveroom.ui.theme import Theme

_GAP, _BESIDE = 15, 5
_LEAST_SHARE, _FOOT = 0.03, 8
"""No label stands lower: as a share of the height, and in pixels."""


def add_label(box: Any, theme: Theme, tone: str, weight: int = 400) -> Any:
    """Add a text to a view box, hidden until it is placed."""
    label = pg.TextItem(color=theme[tone])
    label.setFont(theme.font(11, weight))
    label.hide()
    box.addItem(label, ignoreBounds=True)
    return label


class CurveEnd:
    """The newest value of a curve: a dot on it and words beside it."""

    def __init__(self, box: Any, theme: Theme, tone: str, ink: str) -> None:
        """Take the view box in which the curve is drawn, its tone and that of the words."""
        self._theme = theme
        self.label = add_label(box, theme, ink, 600)
        self._dot = pg.ScatterPlotItem(size=6, pen=None, brush=pg.mkBrush(theme[tone]))
        box.addItem(self._dot)

    def set_tones(self, tone: str, ink: str) -> None:
        """Take other tones for the dot and the words."""
        self._dot.setBrush(pg.mkBrush(self._theme[tone]))
        self.label.setColor(self._theme[ink])

    def hide(self) -> None:
        """Show neither dot nor words."""
        self.label.hide()
        self._dot.setData([], [])

    def show(self, at: float, value: float, words: str) -> None:
        """Put the dot on the curve's end; the words are placed with the others'."""
        self._dot.setData([at], [value])
        self.label.setText(words)
        self.label.show()

    def mark(self, at: float, value: float) -> None:
        """Put the dot elsewhere: on a curve that ends before the others."""
        self._dot.setData([at], [value])


class Newest(NamedTuple):
    """A curve's end, its value on an axis from `bottom` to `top`, and the words for it."""

    end: CurveEnd
    value: float
    top: float
    words: str
    bottom: float = 0.0

    @property
    def share(self) -> float:
        """Return how far up the axis the value is."""
        return (self.value - self.bottom) / (self.top - self.bottom)


class Scale(NamedTuple):
    """Where the ends are (s UTC), how long a pixel is, how tall the field is, and the free pixels."""

    at: float
    seconds_per_pixel: float
    height: float
    free: float
    line: float | None = None
    """Where a line with words of its own runs, as a share of the height: labels go below it."""


def place_ends(newest: Sequence[Newest], scale: Scale) -> None:
    """Show the ends, one label below the other where they would overlap."""
    gap = _GAP / max(1.0, scale.height)
    ends = sorted(newest, key=lambda one: -one.share)
    foot = max(_LEAST_SHARE, _FOOT / max(1.0, scale.height))
    places = _apart([one.share for one in ends], gap, foot, scale.line)
    for one, share in zip(ends, places, strict=True):
        one.end.show(scale.at, one.value, one.words)
        label = one.end.label
        beside = label.boundingRect().width() + _BESIDE <= scale.free
        label.setAnchor((0, 0.5) if beside else (1, 0.5))
        shift = (_BESIDE if beside else -_BESIDE) * scale.seconds_per_pixel
        label.setPos(scale.at + shift, one.bottom + share * (one.top - one.bottom))


def _apart(shares: Sequence[float], gap: float, foot: float, line: float | None) -> list[float]:
    """Return where labels stand, from the highest down: below each other, and none below the foot."""
    placed: list[float] = []
    for share in shares:
        here = min([share, *(above - gap for above in placed[-1:])])
        if line is not None and abs(here - line) < gap:
            here = line - gap
        placed.append(here)
    for place in reversed(range(len(placed))):
        # What finds no room above the foot pushes the others up.
        placed[place] = max(placed[place], foot)
        foot = placed[place] + gap
    return placed
