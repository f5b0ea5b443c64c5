"""What a tab tells of a panel that may lie behind another one: a mark, and a count."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QTabBar

from liveroom.models.facts import TROUBLED
from liveroom.ui import format as fmt
from liveroom.ui.parts.runs import Run, paint_runs
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

_HEIGHT, _WITH_COUNT, _WITHOUT = 14, 34, 11
"""Pixels; the field of a count is as wide for one digit as for more, so that no tab moves."""
_MOST = 99
_SHOWN = "marks shown"


class TabMark(NamedTuple):
    """A mark in a tone, and a count beside it."""

    glyph: str = ""
    tone: str = "text_3"
    number: str = ""


NO_MARK = TabMark()


def mark_of(panel_id: str, snapshot: Snapshot) -> TabMark:
    """Return what the tab of a panel says; costs no more than the number of sources."""
    read = _READ.get(panel_id)
    return NO_MARK if read is None else read(snapshot)


def show_marks(bar: QTabBar, marks: Mapping[str, TabMark], theme: Theme) -> None:
    """Show marks, by the titles of the panels, at the tabs of a bar; equal ones cost nothing."""
    titles = tuple(bar.tabText(tab) for tab in range(bar.count()))
    wanted = tuple(marks.get(title, NO_MARK) for title in titles)
    has = tuple(not bar.tabIcon(tab).isNull() for tab in range(bar.count()))
    # Qt moves tabs, and makes them anew without their icons, by itself.
    shown = repr((titles, wanted, theme.name, theme.mode))
    if bar.property(_SHOWN) == shown and has == tuple(bool(mark.glyph) for mark in wanted):
        return
    bar.setProperty(_SHOWN, shown)
    wide = _WITH_COUNT if any(mark.number for mark in wanted) else _WITHOUT
    bar.setIconSize(QSize(wide, _HEIGHT))
    for tab, mark in enumerate(wanted):
        bar.setTabIcon(tab, _icon(mark, theme, wide, bar.devicePixelRatioF()))


def _icon(mark: TabMark, theme: Theme, wide: int, scale: float) -> QIcon:
    """Return a mark at the right of its field, beside the title; nothing for none."""
    if not mark.glyph:
        return QIcon()
    runs = [Run(glyph=mark.glyph, tone=mark.tone, px=10)]
    if mark.number:
        runs.append(Run(mark.number, "text_2", 11, gap=3))
    picture = QPixmap(round(wide * scale), round(_HEIGHT * scale))
    picture.setDevicePixelRatio(scale)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    field = QRectF(0, 0, wide, _HEIGHT)
    paint_runs(painter, theme, runs, field, Qt.AlignmentFlag.AlignRight)
    painter.end()
    return QIcon(picture)


def _chat(snapshot: Snapshot) -> TabMark:
    number = snapshot.chat.unanswered
    if not number:
        return NO_MARK
    return TabMark("question", "text_3", fmt.count(number) if number <= _MOST else f"{_MOST}+")


def _connections(snapshot: Snapshot) -> TabMark:
    in_trouble = any(
        one.state in TROUBLED or one.late_since(snapshot.at) is not None
        for one in snapshot.connections
    )
    return TabMark("attention", "warn") if in_trouble else NO_MARK


def _carts(snapshot: Snapshot) -> TabMark:
    from liveroom.ui.money_readings import alarm_words

    return TabMark("attention", "bad") if alarm_words(snapshot) else NO_MARK


_READ: dict[str, Callable[[Snapshot], TabMark]] = {
    "chat": _chat,
    "connections": _connections,
    "carts": _carts,
}
