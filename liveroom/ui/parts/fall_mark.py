"""Since when the conversion is lower, as a dashed line with the time in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from PySide6.QtCore import Qt

from liveroom.ui import format as fmt
from liveroom.ui.parts.curve_ends import add_label
from liveroom.ui.plotting import pg
from liveroom.ui.theme import Theme

_ABOVE_FOOT = 30
"""Pixels: the marks have their lane below the words."""
_WIDE, _TALL, _HIGH = 120, 18, 0.75


class Field(NamedTuple):
    """Where the line is drawn: free pixels before and after it, how high the field is, its axis' top."""

    before: float
    after: float
    height: float
    top: float
    crossed: Callable[[float, float], list[tuple[float, float]]]
    """Between which pixels from below each curve runs, between two distances (pixels) from the line."""


class FallMark:
    """Its words stand beside the line where no curve runs through them, as low as they can.

    Right of it where there is room for them, and at the foot where curves are everywhere.
    """

    def __init__(self, plot: Any, theme: Theme) -> None:
        """Take the upper plot."""
        pen = pg.mkPen(theme["bad"], width=1, style=Qt.PenStyle.DashLine)
        self._line = pg.PlotCurveItem(pen=pen)
        self._line.hide()
        plot.addItem(self._line, ignoreBounds=True)
        self.label = add_label(plot.vb, theme, "bad")
        # Under an offer, or two, the band would take the contrast of the words away.
        self.label.fill = pg.mkBrush(theme["panel"])

    def hide(self) -> None:
        """Show nothing."""
        self._line.hide()
        self.label.hide()

    def show(self, at: int, timezone: str, field: Field) -> None:
        """Mark an instant (ms UTC). The line ends below the words of the peak."""
        self._line.setData([at / 1000] * 2, [0, field.top * _HIGH])
        self._line.show()
        self.label.setText(f"lower since {fmt.clock(at, timezone, seconds=False)}")
        is_right, up = _place(field)
        self.label.setAnchor((-0.03, 0.5) if is_right else (1.03, 0.5))
        self.label.setPos(at / 1000, up * field.top / max(1.0, field.height))
        self.label.show()


def _place(field: Field) -> tuple[bool, float]:
    """Return whether the words stand right of the line, and how many pixels up their middle is."""
    sides = [side for side, room in ((True, field.after), (False, field.before)) if room >= _WIDE]
    heights = range(_ABOVE_FOOT, max(_ABOVE_FOOT, int(field.height * _HIGH) - _TALL) + 1, 4)
    for is_right in sides:
        crossed = field.crossed(0, _WIDE) if is_right else field.crossed(-_WIDE, 0)
        for up in heights:
            if all(up + _TALL / 2 < low or up - _TALL / 2 > high for low, high in crossed):
                return is_right, up
    return field.after >= _WIDE, _ABOVE_FOOT
