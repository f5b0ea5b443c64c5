"""Where the docks are: by default for the window's size, saved per version, never off the screen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QByteArray, QRect, QSettings, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QWidget

from liveroom.ui.dock import PanelDock

VERSION = 1
"""Raised when saved layouts no longer fit the desk; older ones are kept and not read."""
COMPACT_BELOW = 1600
_KEY = f"desk/layout/v{VERSION}"
_LEFT, _RIGHT = 0.221, 0.253
_LEFT_COMPACT, _RIGHT_COMPACT = 0.24, 0.25
_AREA = Qt.DockWidgetArea


def apply_default(window: QMainWindow, docks: Sequence[PanelDock]) -> None:
    """Arrange every dock for the window's present width; what was hidden is as it was at first."""
    compact = window.width() < COMPACT_BELOW
    places: dict[str, list[PanelDock]] = {}
    for dock in docks:
        place = dock.host.spec.place
        if compact:
            place = dock.host.spec.compact_place or place
        if compact and place.startswith("right"):
            place = "right top"
        places.setdefault(place, []).append(dock)
        if dock.parentWidget() is not None:
            dock.setFloating(False)
            window.removeDockWidget(dock)
    for dock in places.get("strip", []):
        window.addDockWidget(_AREA.TopDockWidgetArea, dock)
    columns = [
        (_AREA.LeftDockWidgetArea, "left"),
        (_AREA.RightDockWidgetArea, "centre"),
        (_AREA.RightDockWidgetArea, "right"),
    ]
    heads = [_add_head(window, area, _stacks(places, column)) for area, column in columns]
    if heads[1] is not None and heads[2] is not None:
        window.splitDockWidget(heads[1], heads[2], Qt.Orientation.Horizontal)
    for _, column in columns:
        _hang_below(window, _stacks(places, column))
    for dock in docks:
        dock.setVisible(dock.host.spec.shown)
    for stack in places.values():
        stack[0].raise_()
    _share_out(window, places, compact)


def _stacks(places: dict[str, list[PanelDock]], column: str) -> list[list[PanelDock]]:
    """Return the stacks of a column from top to bottom."""
    rows = (column, f"{column} top", f"{column} bottom")
    return [places[row] for row in rows if row in places]


def _add_head(
    window: QMainWindow, area: Qt.DockWidgetArea, stacks: list[list[PanelDock]]
) -> PanelDock | None:
    """Add a column's first dock; columns are split before rows, so that each has its own rows."""
    if not stacks:
        return None
    window.addDockWidget(area, stacks[0][0])
    return stacks[0][0]


def _hang_below(window: QMainWindow, stacks: list[list[PanelDock]]) -> None:
    for above, below in pairwise(stacks):
        window.splitDockWidget(above[0], below[0], Qt.Orientation.Vertical)
    # Tabs come last: Qt does not split a dock that has some, it would add another.
    for stack in stacks:
        for behind in stack[1:]:
            window.tabifyDockWidget(stack[0], behind)


def _share_out(window: QMainWindow, places: dict[str, list[PanelDock]], compact: bool) -> None:
    room = window.contentsRect().width()
    left, right = (_LEFT_COMPACT, _RIGHT_COMPACT) if compact else (_LEFT, _RIGHT)
    columns = {
        "left": int(room * left),
        "centre top": int(room * (1 - left - right)),
        "right top": int(room * right),
    }
    across = [(places[place][0], width) for place, width in columns.items() if place in places]
    window.resizeDocks(
        [dock for dock, _ in across], [width for _, width in across], Qt.Orientation.Horizontal
    )
    for column, share in (("centre", 0.58), ("right", 0.4)):
        stacks = [places.get(f"{column} {end}") for end in ("top", "bottom")]
        pair = [stack[0] for stack in stacks if stack]
        if len(pair) == 2:
            tall = window.height()
            sizes = [int(tall * share), int(tall * (1 - share))]
            window.resizeDocks(pair, sizes, Qt.Orientation.Vertical)


def save(window: QMainWindow, settings: QSettings) -> None:
    """Keep the window's place and the docks' layout."""
    save_geometry(window, settings)
    settings.setValue(f"{_KEY}/state", window.saveState(VERSION))
    settings.setValue(f"{_KEY}/size", window.size())


def save_geometry(window: QWidget, settings: QSettings) -> None:
    """Keep a window's place only: the start screen and the desk open where the other was."""
    settings.setValue(f"{_KEY}/geometry", window.saveGeometry())


def forget(settings: QSettings) -> None:
    """Drop the saved layout."""
    settings.remove(_KEY)


def restore_geometry(window: QWidget, settings: QSettings) -> bool:
    """Put the window where it was; False where nothing was saved or its screen is gone."""
    geometry = settings.value(f"{_KEY}/geometry")
    if not isinstance(geometry, QByteArray) or not window.restoreGeometry(geometry):
        return False
    return _is_on_a_screen(window.frameGeometry())


def restore_docks(window: QMainWindow, docks: Sequence[PanelDock], settings: QSettings) -> bool:
    """Bring the saved layout back; False where there is none or it does not fit this window.

    Docks that the layout does not know stay where the default put them; names it knows and we do not
    are skipped by Qt.
    """
    state, size = settings.value(f"{_KEY}/state"), settings.value(f"{_KEY}/size")
    if not isinstance(state, QByteArray) or not isinstance(size, QSize):
        return False
    if (size.width() < COMPACT_BELOW) != (window.width() < COMPACT_BELOW):
        return False
    if not window.restoreState(state, VERSION):
        return False
    rescue(window, docks)
    return True


def rescue(window: QMainWindow, docks: Sequence[PanelDock]) -> None:
    """Bring back whatever is off every screen or has no place in the window."""
    for dock in docks:
        if dock.isFloating():
            if not _is_on_a_screen(dock.frameGeometry()):
                dock.move(window.frameGeometry().topLeft())
                dock.setFloating(False)
        elif window.dockWidgetArea(dock) == _AREA.NoDockWidgetArea:
            window.addDockWidget(_AREA.RightDockWidgetArea, dock)
            dock.show()


def _is_on_a_screen(rect: QRect) -> bool:
    """Return whether enough of a title bar can be reached by the pointer."""
    handle = QRect(rect.left(), rect.top(), max(1, rect.width()), 24)
    for screen in QGuiApplication.screens():
        seen = screen.availableGeometry().intersected(handle)
        if seen.width() >= min(80, handle.width()) and seen.height() >= 12:
            return True
    return False
