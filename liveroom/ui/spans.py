"""Lengths of bars and blocks in words."""

from __future__ import annotations


def span_words(minutes: int) -> str:
    """Return so many minutes in words: `5 min`, `12 h`, `7 d`."""
    if minutes < 60:
        return f"{minutes} min"
    if minutes < 1440:
        return f"{minutes // 60} h"
    return f"{minutes // 1440} d"
