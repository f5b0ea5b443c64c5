"""Words in the room that they have: as large as they fit, never smaller than can be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from liveroom.ui.presenter.layout import LINE
from liveroom.ui.theme import Theme

_MORE = "…"
UNBOUND = 1e9
"""As tall as anything."""


class Fitted(NamedTuple):
    """Lines of one size; `cut` where the words do not fit even at the smallest one."""

    px: float
    lines: tuple[str, ...]
    cut: bool = False


def fit(
    text: str,
    theme: Theme,
    room: float,
    sizes: Sequence[float],
    weight: int = 400,
    lines: int = 1,
    tall: float = UNBOUND,
) -> Fitted:
    """Return text in at most `lines` lines of `room` units, the first of `sizes` at which it fits.

    Sizes go from the largest down. Lines are also fewer where they are not `tall` enough together.
    """
    for px in sizes:
        most = max(1, min(lines, int(tall / (px * LINE))))
        wrapped = wrap(text, theme, room, px, weight)
        if len(wrapped) <= most:
            return Fitted(px, tuple(wrapped))
    px = sizes[-1]
    most = max(1, min(lines, int(tall / (px * LINE))))
    wrapped = wrap(text, theme, room, px, weight)
    rest = " ".join(wrapped[most - 1 :])
    return Fitted(px, (*wrapped[: most - 1], _elided(rest, theme, room, px, weight)), cut=True)


def wrap(text: str, theme: Theme, room: float, px: float, weight: int = 400) -> list[str]:
    """Return text in lines of at most `room` units, broken between words where that is possible."""
    found: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if theme.advance(longer, px, weight) <= room:
                line = longer
                continue
            if line:
                found.append(line)
            *whole, line = _pieces(word, theme, room, px, weight)
            found.extend(whole)
        found.append(line)
    return found


def _elided(text: str, theme: Theme, room: float, px: float, weight: int) -> str:
    """Return as much of a text as fits before an ellipsis; Qt's own is wider where fonts mix."""
    metrics = theme.metrics(px, weight)
    low, high = 0, len(text)
    while high - low > 1:
        middle = (low + high) // 2
        fits = metrics.horizontalAdvance(text[:middle].rstrip() + _MORE) <= room
        low, high = (middle, high) if fits else (low, middle)
    return text[:low].rstrip() + _MORE


def _pieces(word: str, theme: Theme, room: float, px: float, weight: int) -> list[str]:
    """Return a word that is longer than a line in pieces."""
    metrics = theme.metrics(px, weight)
    pieces: list[str] = []
    while metrics.horizontalAdvance(word) > room and len(word) > 1:
        low, high = 1, len(word)
        while high - low > 1:
            middle = (low + high) // 2
            fits = metrics.horizontalAdvance(word[:middle]) <= room
            low, high = (middle, high) if fits else (low, middle)
        pieces.append(word[:low])
        word = word[low:]
    return [*pieces, word]
