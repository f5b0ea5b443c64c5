"""Where the docks stand in each phase, and where the window stood; never off the screen."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QByteArray, QSettings, Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from liveroom.ui import screens
from liveroom.ui.dock import PanelDock
from liveroom.ui.phases import ON_AIR, Phase

COMPACT_BELOW, LOW_BELOW, TALL_FROM = 1600, 900, 1000
"""A window that is narrower (px) has the small arrangement; a low one two stacks in a column, a tall one
four, and one between them three."""
_SHARES = {3: (0.25, 0.34, 0.41), 4: (0.16, 0.235, 0.24, 0.365)}
"""How high three stacks of a column are, and four."""
_GEOMETRY, _GEOMETRY_BEFORE = "desk/geometry", "desk/layout/v1/geometry"
_AREA = Qt.DockWidgetArea
_ROWS = ("head", "top", "middle", "bottom")


def is_compact(window: QWidget) -> bool:
    """Return whether the window has room for the small arrangement only."""
    return window.width() < COMPACT_BELOW


def arrange(window: QMainWindow, docks: Sequence[PanelDock], phase: Phase = ON_AIR) -> None:
    """Arrange every dock as a phase has it, for the window's present width."""
    compact = is_compact(window)
    stacks = 4 if window.height() >= TALL_FROM else 3 if window.height() >= LOW_BELOW else 2
    places: dict[str, list[PanelDock]] = {}
    for dock in docks:
        places.setdefault(_place(phase, dock, compact, 2 if compact else stacks), []).append(dock)
        if dock.isFloating() or window.dockWidgetArea(dock) != _AREA.NoDockWidgetArea:
            dock.setFloating(False)
            window.removeDockWidget(dock)
    for stack in places.values():
        # Borders are moved by the first of a stack, so it has to be one that is seen.
        stack.sort(key=lambda dock: not phase.shows(dock.host.spec))
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
        dock.setVisible(phase.shows(dock.host.spec))
    for stack in places.values():
        stack[0].raise_()
    _share_out(window, places, phase)


def _place(phase: Phase, dock: PanelDock, compact: bool, stacks: int) -> str:
    """Return where a dock stands; one without a place in the phase waits where it always stands."""
    place = phase.place(dock.host.spec, compact) or dock.host.spec.place
    if stacks < 4:
        place = place.replace("head", "middle")
    return place.replace("middle", "top") if stacks < 3 else place


def _stacks(places: dict[str, list[PanelDock]], column: str) -> list[list[PanelDock]]:
    """Return the stacks of a column from top to bottom."""
    rows = (column, *(f"{column} {place}" for place in _ROWS))
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


def _share_out(window: QMainWindow, places: dict[str, list[PanelDock]], phase: Phase) -> None:
    room = window.contentsRect().width()
    left, right = phase.compact if is_compact(window) else phase.wide
    columns = {
        "left": int(room * left),
        "centre top": int(room * (1 - left - right)),
        "right head": int(room * right),
        "right top": int(room * right),
    }
    across = [(places[place][0], width) for place, width in columns.items() if place in places]
    window.resizeDocks(
        [dock for dock, _ in across], [width for _, width in across], Qt.Orientation.Horizontal
    )
    for column, share in (("centre", phase.centre), ("right", phase.right)):
        heads = [stack[0] for stack in _stacks(places, column)]
        shares = {2: (share, 1 - share), **_SHARES}.get(len(heads))
        if shares is not None:
            sizes = [int(window.height() * part) for part in shares]
            window.resizeDocks(heads, sizes, Qt.Orientation.Vertical)


def save_geometry(window: QWidget, settings: QSettings) -> None:
    """Keep a window's place: the start screen and the desk open where the other was."""
    settings.setValue(_GEOMETRY, window.saveGeometry())


def restore_geometry(window: QWidget, settings: QSettings) -> bool:
    """Put the window where it was; False where nothing was saved or its screen is gone."""
    geometry = settings.value(_GEOMETRY) or settings.value(_GEOMETRY_BEFORE)
    if not isinstance(geometry, QByteArray) or not window.restoreGeometry(geometry):
        return False
    return screens.can_be_reached(window.frameGeometry(), screens.rects())


def rescue(window: QMainWindow, docks: Sequence[PanelDock]) -> None:
    """Bring back whatever is off every screen or has no place in the window."""
    there = screens.rects()
    for dock in docks:
        if dock.isFloating():
            if not screens.can_be_reached(dock.frameGeometry(), there):
                dock.move(window.frameGeometry().topLeft())
                dock.setFloating(False)
        elif window.dockWidgetArea(dock) == _AREA.NoDockWidgetArea:
            window.addDockWidget(_AREA.RightDockWidgetArea, dock)
            dock.show()
