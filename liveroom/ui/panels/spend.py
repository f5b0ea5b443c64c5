"""Spend and margin: what advertising cost and brought, and what is left of the revenue, minute by minute."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHelpEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolTip, QVBoxLayout

from liveroom.models.definitions import DEFINITIONS
from liveroom.models.facts import Fact
from liveroom.ui import spend_readings as read
from liveroom.ui.freshness import freshness
from liveroom.ui.panel import Heading, Nothing, Panel, Submit
from liveroom.ui.panels.audience import span_of
from liveroom.ui.parts.kpi_tile import KpiTile, Reading
from liveroom.ui.parts.redraw import Redraw
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import Theme
from liveroom.ui.tooltips import explain

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.parts.money_chart import MoneyChart

_TILE_HEIGHT, _VALUE_PX = 78, 21
_TILES: dict[str, tuple[Callable[[Snapshot], Reading], float]] = {
    "ad_spend": (read.ad_spend, 13),
    "roas": (read.roas, 10.5),
    "cac": (read.cac, 10.5),
    "cpl": (read.cpl, 10.5),
    "margin_rate": (read.margin_rate, 11.5),
    "margin_10": (read.margin_10, 12.5),
}
"""The tiles: how each is read, and its share of the width."""
_ALL_FROM, _GIVE_WAY = 540, ("cac", "cpl")
"""A panel that is narrower (px) leaves these out: a figure is never cut."""
_LATER_MS = 60


class SpendPanel(Panel):
    """Six figures above a chart; the chart is built after the first paint, as pyqtgraph takes long."""

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build the tiles; the chart comes later."""
        super().__init__(submit, theme)
        self._snapshot: Snapshot | None = None
        self._chart: MoneyChart | None = None
        self._redraw = Redraw(self, self._build_fenced, _LATER_MS)
        self._tiles = {key: KpiTile(theme) for key in _TILES}
        row = QHBoxLayout()
        row.setContentsMargins(4, 4, 4, 0)
        row.setSpacing(4)
        for key, tile in self._tiles.items():
            tile.setFixedHeight(_TILE_HEIGHT)
            tile.set_value_px(_VALUE_PX)
            tile.installEventFilter(self)
            row.addWidget(tile, round(10 * _TILES[key][1]))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addLayout(row)
        self._waiting = RunLine(theme, 40, Qt.AlignmentFlag.AlignHCenter)
        self._waiting.set_runs(Run("Charts are loading", "text_3"))
        self._column.addWidget(self._waiting)
        self._column.addStretch()
        QTimer.singleShot(0, self, self._build_fenced)

    def nothing(self, snapshot: Snapshot) -> Nothing | None:
        spends = Fact.AD_SPEND in snapshot.counting
        if spends or snapshot.totals.revenue_minor is not None:
            return None
        if Fact.ORDERS in snapshot.counting:
            hint = "They need the amounts of orders, what products cost, or an ad account."
            return Nothing("Orders carry no amount", hint)
        hint = "Connect a shop that reports orders, or an ad account that reports what it spends."
        return Nothing("No source reports orders or ad spend", hint)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        for key, tile in self._tiles.items():
            tile.show_reading(_aged(key, _TILES[key][0](snapshot), snapshot))
        self._size_values()
        if self._chart is not None:
            self._redraw.ask(before, snapshot)

    def heading(self) -> Heading:
        snapshot = self._snapshot
        if snapshot is None:
            return Heading()
        facts = (Fact.ORDERS, Fact.AD_SPEND)
        missing = [fact.value.replace("_", " ") for fact in facts if fact not in snapshot.counting]
        words = read.cost_known(snapshot) or "what products cost is not known"
        if missing:
            words = f"no source for {' and '.join(missing)} · {words}"
        shown = sum(not tile.isHidden() for tile in self._tiles.values())
        if shown < len(self._tiles):
            words += f" · {shown} of {len(self._tiles)} figures"
        fresh = freshness(snapshot, facts)
        return Heading(words, fresh.note, fresh.tone)

    def numbers(self) -> dict[str, str]:
        tiles = {
            key + part: text
            for key, tile in self._tiles.items()
            for part, text in tile.texts().items()
        }
        return tiles | ({} if self._chart is None else self._chart.texts())

    def finish_building(self) -> None:
        if self._chart is None:
            from liveroom.ui.parts.money_chart import MoneyChart

            self._chart = MoneyChart(self.theme)
            self._waiting.hide()
            self._column.removeWidget(self._waiting)
            self._column.takeAt(self._column.count() - 1)
            self._column.addWidget(self._chart, 1)
        if self._snapshot is not None:
            self._redraw.drawn()
            self._chart.show_snapshot(self._snapshot, *span_of(self._snapshot))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return False
        for key, tile in self._tiles.items():
            if tile is watched:
                text = explain(key, self._snapshot, tile.reading.exact or tile.reading.value)
                QToolTip.showText(event.globalPos(), text, self)
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _ALL_FROM
        for key in _GIVE_WAY:
            self._tiles[key].setHidden(narrow)
        self.say_heading()
        self._size_values()

    def _size_values(self) -> None:
        """Write all figures of the row in one size: the largest that all have room for."""
        sizes = [tile.fitting_px() for tile in self._tiles.values() if not tile.isHidden()]
        for tile in self._tiles.values():
            tile.set_value_px(min(_VALUE_PX, *sizes))

    def _build_fenced(self) -> None:
        self.fence(self.finish_building)


def _aged(key: str, reading: Reading, snapshot: Snapshot) -> Reading:
    """Return a reading with its name and, where a source is in trouble, the age of its facts.

    The others' age stands in the title bar.
    """
    definition = DEFINITIONS[key]
    label = reading.label or definition.title
    if not reading.known:
        # Which source is missing stands in the title bar, where there is room for it.
        short = "no source" if reading.caption.startswith("no source") else reading.caption
        why = reading.change or (Run(short, "text_3", 11),)
        return reading._replace(label=label, change=why, caption="")
    fresh = freshness(snapshot, definition.facts)
    reading = reading._replace(label=label, age=fresh.age if fresh.troubled else "")
    return reading.stale(fresh.owed) if fresh.troubled else reading
