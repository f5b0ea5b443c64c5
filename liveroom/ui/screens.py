"""The screens that there are: which set-up it is, and what lies where nobody can reach it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

_HANDLE = 24
_LEAST_WIDTH, _LEAST_HEIGHT = 80, 12


def rects() -> list[QRect]:
    """Return the place of every screen on the common desktop."""
    return [screen.availableGeometry() for screen in QGuiApplication.screens()]


def set_up(screens: Sequence[QRect]) -> str:
    """Return a name of a set-up: how many screens, how large, and how they lie, in whatever order."""
    named = sorted((one.x(), one.y(), one.width(), one.height()) for one in screens)
    return ",".join(f"{wide}x{high}{x:+}{y:+}" for x, y, wide, high in named)


def can_be_reached(rect: QRect, screens: Sequence[QRect]) -> bool:
    """Return whether enough of a title bar lies on a screen for the pointer to take hold of it."""
    handle = QRect(rect.left(), rect.top(), max(1, rect.width()), _HANDLE)
    for screen in screens:
        seen = screen.intersected(handle)
        if seen.width() >= min(_LEAST_WIDTH, handle.width()) and seen.height() >= _LEAST_HEIGHT:
            return True
    return False
