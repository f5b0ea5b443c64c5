"""Whether a message to the presenter fits on the display, told while it is typed."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QSizeF

from liveroom.models.direction import LONGEST_MESSAGE, MOST_LINES
from liveroom.ui import format as fmt
from liveroom.ui.presenter.compose import Composer, Text
from liveroom.ui.presenter.layout import SHEETS, WIDE, places_of
from liveroom.ui.theme import Theme

_EDGE = 8.0
"""The widest edge of any mode: what fits in a rehearsal fits on air."""


class Fit(NamedTuple):
    """Whether a message can be sent, and what is said about it."""

    fits: bool
    words: str


def fit_of(text: str, theme: Theme) -> Fit:
    """Return whether a message is shown whole on a screen of every usual shape; 16:9 has two lines."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        return Fit(False, f"{len(lines)} lines, at most {MOST_LINES} can be read")
    text = "\n".join(" ".join(line.split()) for line in lines)
    if not text:
        return Fit(True, f"at most {MOST_LINES} lines")
    if _is_whole(text, theme):
        shown = fmt.plural(_lines_of(text, theme), "line")
        return Fit(True, f"fits in {shown}")
    whole, cut = 0, len(text)
    while cut - whole > 1:
        middle = (whole + cut) // 2
        whole, cut = (middle, cut) if _is_whole(text[:middle], theme) else (whole, middle)
    return Fit(
        False, f"{fmt.plural(len(text) - whole, 'character')} too many for {MOST_LINES} lines"
    )


def _is_whole(text: str, theme: Theme) -> bool:
    if len(text) > LONGEST_MESSAGE:
        return False
    for sheet in SHEETS:
        composer = _composer(theme, sheet)
        composer.message(text)
        if composer.cut:
            return False
    return True


def _lines_of(text: str, theme: Theme) -> int:
    return sum(isinstance(item, Text) for item in _composer(theme, WIDE).message(text))


def _composer(theme: Theme, sheet: tuple[float, float]) -> Composer:
    return Composer(theme, places_of(QSizeF(*sheet), _EDGE))
