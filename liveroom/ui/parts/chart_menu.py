"""The menu of the chart at an instant: a note about it, a travel to it, the axis."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget


class Entry(NamedTuple):
    """A line of the menu, with its key; without `does` it cannot be chosen."""

    title: str
    key: str
    does: Callable[[], None] | None


def chart_menu(
    parent: QWidget, entries: tuple[Entry | None, ...], lists: tuple[QMenu, ...]
) -> QMenu:
    """Return a menu of entries (None: a line between), then lists to choose from."""
    menu = QMenu(parent)
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        # The key is only named here: it is a shortcut of the panel already.
        action = QAction(f"{entry.title}\t{entry.key}", menu)
        action.setEnabled(entry.does is not None)
        if entry.does is not None:
            action.triggered.connect(lambda _=False, does=entry.does: does())
        menu.addAction(action)
    menu.addSeparator()
    for each in lists:
        menu.addMenu(each)
    return menu
