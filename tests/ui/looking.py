"""Looks at a desk as an art director would: what overlaps, what sticks out, what is cut.

Every word that the desk paints by itself goes through `paint_runs`; `Watcher` stands in its place and
keeps what found no room. What Qt paints is asked for its size instead.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from itertools import combinations

import pytest
from msgspec import Struct
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QLabel,
    QMainWindow,
    QPushButton,
    QScrollBar,
    QSplitterHandle,
    QTabBar,
    QToolButton,
    QWidget,
)

from liveroom.ui.parts import runs as painting
from liveroom.ui.parts.runs import Run
from liveroom.ui.parts.table import Table
from liveroom.ui.theme import Theme

OVERLAYS = {
    "QWidget#held": "the blue edge of the panel with the keyboard lies on top of its title",
}
"""What may lie over its neighbours, by class or by class and object name, and why."""
_LEAST_NAME = 8
"""Letters; a shorter name counts only where it is all that is cut: *shop* is a word of the desk too."""
_CHILDREN = Qt.FindChildOption.FindDirectChildrenOnly


class Cut(Struct, frozen=True):
    """A stretch of words that found no room."""

    text: str
    line: str
    where: str


class Watcher:
    """Stands in for `paint_runs` and keeps what is cut."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Take the place of `paint_runs` in every module that paints with it."""
        self.cuts: set[Cut] = set()
        self._paint = painting.paint_runs
        self._patch = monkeypatch
        self.watch()

    def watch(self) -> None:
        """Watch also what was imported meanwhile."""
        for name, module in list(sys.modules.items()):
            if name.startswith("liveroom.ui") and vars(module).get("paint_runs") is self._paint:
                self._patch.setattr(module, "paint_runs", self._watched)

    def _watched(
        self,
        painter: QPainter,
        theme: Theme,
        runs: Sequence[Run],
        rect: QRectF,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        self._paint(painter, theme, runs, rect, align)
        x = rect.left()
        for run in runs:
            x += run.gap
            wide = painting.width_of((run._replace(gap=0),), theme)
            if x + wide > rect.right() + 1 and (run.text or run.glyph):
                device = painter.device()
                where = path(device) if isinstance(device, QWidget) else type(device).__name__
                self.cuts.add(Cut(run.text or run.glyph, painting.text_of(runs), where))
            x += wide

    def cut_words(self, names: frozenset[str]) -> list[str]:
        """Return what was cut and is no name, and forget it."""
        found = sorted(
            f"{cut.where}: {cut.text!r} of {cut.line!r} is cut"
            for cut in self.cuts
            if not any(_is_of(cut.text, name) for name in names)
        )
        self.cuts.clear()
        return found


def _is_of(text: str, name: str) -> bool:
    return name == text or (len(name) >= _LEAST_NAME and name in text)


def names_in(told: object) -> frozenset[str]:
    """Return every text that came with the facts: names, which may be shortened."""
    found: set[str] = set()
    waiting, gone = [told], set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, str):
            if one:
                found.add(one)
        elif isinstance(one, Struct) and id(one) not in gone:
            gone.add(id(one))
            waiting += [getattr(one, field) for field in one.__struct_fields__]
        elif isinstance(one, (tuple, list)):
            waiting += one
        elif isinstance(one, dict):
            waiting += one.values()
    return frozenset(found)


def path(widget: QWidget) -> str:
    """Return where a widget is: its dock or bar, and the last two steps to it."""
    steps: list[str] = []
    at: QWidget | None = widget
    while at is not None and not isinstance(at, QMainWindow):
        steps.append(_called(at))
        at = at.parentWidget()
    steps.reverse()
    return "/".join([*steps[:1], *steps[1:][-2:]])


def faults_of(top: QWidget) -> list[str]:
    """Return all that is wrong with the places of what is in sight, a widget and all below it."""
    return [
        fault
        for widget in in_sight(top)
        for look in (_overlaps, _outside, _cut_by_size)
        for fault in look(widget)
    ]


def in_sight(top: QWidget) -> Iterator[QWidget]:
    """Go through a widget and all below it that can be seen."""
    yield top
    for child in _children(top):
        yield from in_sight(child)


def _called(widget: QWidget) -> str:
    name = widget.objectName()
    return type(widget).__name__ + (f"#{name}" if name and not name.startswith("qt_") else "")


def _children(parent: QWidget) -> list[QWidget]:
    return [
        child
        for child in parent.findChildren(QWidget, options=_CHILDREN)
        if child.isVisible() and not child.isWindow() and not child.geometry().isEmpty()
    ]


def _is_overlay(widget: QWidget) -> bool:
    return bool({type(widget).__name__, _called(widget)} & OVERLAYS.keys())


def _is_scrolled(viewport: QWidget) -> bool:
    area = viewport.parentWidget()
    return isinstance(area, QAbstractScrollArea) and area.viewport() is viewport


def _overlaps(parent: QWidget) -> list[str]:
    if isinstance(parent, QAbstractScrollArea):
        return []
    children = [
        child
        for child in _children(parent)
        if not _is_overlay(child) and not isinstance(child, QSplitterHandle)
    ]
    return [
        f"{path(one)} {_box(one)} and {_called(other)} {_box(other)} overlap"
        for one, other in combinations(children, 2)
        if one.geometry().intersects(other.geometry())
    ]


def _outside(parent: QWidget) -> list[str]:
    """What reaches beyond its parent cannot be seen; what scrolls may do so downwards."""
    if isinstance(parent, QAbstractScrollArea):
        return []
    room = parent.rect()
    if _is_scrolled(parent):
        room = room.adjusted(0, -100_000, 0, 100_000)
    return [
        f"{path(child)} {_box(child)} reaches beyond its parent of {room.width()}×{parent.height()}"
        for child in _children(parent)
        if not room.contains(child.geometry())
    ]


def _box(widget: QWidget) -> str:
    box = widget.geometry()
    return f"({box.x()}, {box.y()}, {box.width()}×{box.height()})"


def _cut_by_size(widget: QWidget) -> list[str]:
    if isinstance(widget, QScrollBar):
        sideways = widget.orientation() is Qt.Orientation.Horizontal
        return [f"{path(widget)}: scrolls sideways"] if sideways else []
    if isinstance(widget, QLabel):
        return _label_faults(widget)
    if isinstance(widget, (QPushButton, QToolButton)) and widget.text():
        wanted, there = widget.minimumSizeHint().width(), widget.width()
        return [f"{path(widget)}: {widget.text()!r} wants {wanted} px, has {there}"] * (
            wanted > there
        )
    if isinstance(widget, QTabBar):
        return _tab_faults(widget)
    if isinstance(widget, Table):
        return _table_faults(widget)
    return []


def _label_faults(label: QLabel) -> list[str]:
    if not label.text():
        return []
    cut = label.sizeHint().width() > label.width() + 1
    if label.wordWrap():
        cut = label.heightForWidth(label.width()) > label.height() + 1
    return [f"{path(label)}: {label.text()!r} has no room in {_box(label)}"] if cut else []


def _tab_faults(bar: QTabBar) -> list[str]:
    found, metrics = [], bar.fontMetrics()
    for tab in range(bar.count()):
        place, words = bar.tabRect(tab), bar.tabText(tab)
        if place.right() > bar.width() or metrics.horizontalAdvance(words) > place.width() - 12:
            found.append(f"tab {words!r} is cut: ends at {place.right()} of {bar.width()} px")
    return found


def _table_faults(table: Table) -> list[str]:
    """Numbers and titles are never cut; names, at the left, may be."""
    found, where, theme = [], path(table), table._theme
    for place, column in enumerate(table.columns):
        if table.isColumnHidden(place):
            continue
        room = table.columnWidth(place)
        if not table.horizontalHeader().isHidden():
            title = table.horizontalHeaderItem(place).text()
            if theme.metrics(11, 500).horizontalAdvance(title) + 12 > room:
                found.append(f"{where}: title {title!r} has {room} px")
        for row in range(table.rowCount()) if not column.left else ():
            item, cell = table.item(row, place), table.cell_at(row, place)
            # What is painted as runs is watched where it is painted.
            if item is not None and item.text() and (cell is None or not cell.runs):
                wide = theme.metrics(12, item.font().weight()).horizontalAdvance(item.text())
                if wide + 12 > room:
                    found.append(f"{where}: {item.text()!r} has {room} px in {column.key!r}")
    return found
