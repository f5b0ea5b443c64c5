"""Titles shortened to whole words where room is tight: words that are read beat letters that are not."""

from __future__ import annotations

from liveroom.ui.theme import Theme

_LEAST_WORD = 3


def short_words(theme: Theme, title: str, room: float, px: float = 11, weight: int = 400) -> str:
    """Return the title, or the first of its words that fit; blank where not even one does."""
    words = title.split()
    for count in range(len(words), 0, -1):
        text = " ".join(words[:count]).rstrip("·+,:;–- ")
        if len(text) >= _LEAST_WORD and theme.metrics(px, weight).horizontalAdvance(text) <= room:
            return text
    return ""
