"""The key figures in one row: value, last 10 minutes against the 10 before, age."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QHelpEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QToolTip

from liveroom.models.definitions import DEFINITIONS
from liveroom.ui import money_readings, readings
from liveroom.ui.freshness import freshness
from liveroom.ui.panel import Panel, Submit
from liveroom.ui.parts.kpi_tile import KpiTile, Reading
from liveroom.ui.theme import Theme
from liveroom.ui.tooltips import explain

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

_GAP = 4
_UNIT, _MORE = 160, 36
_UNIT_FOR_LARGE = 172


class Kpi(NamedTuple):
    """A tile: its definition, how to read it, its share of the width and how soon it gives way."""

    key: str
    read: Callable[[Snapshot, readings.Curves], Reading]
    keep: int
    units: float = 1


KPIS = (
    Kpi("revenue", readings.revenue, 0, 1.25),
    Kpi("sales_per_minute", readings.sales_per_minute, 1, 1.15),
    Kpi("audience", readings.audience, 2, 1.1),
    Kpi("conversion", readings.conversion, 2),
    Kpi("orders", readings.orders, 4, 0.95),
    Kpi("average_order_value", readings.average_order_value, 5, 1.05),
    Kpi("abandonment_10", money_readings.abandonment, 6, 1.05),
    Kpi("roas", money_readings.roas, 7, 0.95),
    Kpi("margin", money_readings.margin, 8, 1.05),
    Kpi("visits", readings.visits, 9, 0.95),
    Kpi("leads", money_readings.leads, 10, 0.95),
    Kpi("chat_per_minute", readings.chat_per_minute, 11, 0.95),
    Kpi("carts", readings.carts, 12, 0.95),
    Kpi("over_under", readings.over_under, 3),
)


class KpiStrip(Panel):
    """One tile per key figure; those without room are behind `+n`."""

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build all tiles."""
        super().__init__(submit, theme)
        self._snapshot: Snapshot | None = None
        self._curves = readings.Curves()
        self._unknown: frozenset[str] = frozenset()
        self._tiles = {kpi.key: KpiTile(theme) for kpi in KPIS}
        for tile in self._tiles.values():
            tile.setParent(self)
            tile.installEventFilter(self)
        self._more = QLabel(self)
        self._more.setObjectName("more")
        self._more.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._more.setFont(theme.font(12, 500))
        self._more.installEventFilter(self)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._curves.follow(snapshot)
        for kpi in KPIS:
            reading = kpi.read(snapshot, self._curves)
            age, troubled = _age(kpi.key, snapshot)
            label = reading.label or DEFINITIONS[kpi.key].title
            reading = reading._replace(label=label, age=age, troubled=troubled)
            self._tiles[kpi.key].show_reading(reading)
        unknown = frozenset(k.key for k in KPIS if not self._tiles[k.key].reading.known)
        if unknown != self._unknown:
            self._unknown = unknown
            self._arrange()

    def numbers(self) -> dict[str, str]:
        return {
            key + part: text
            for key, tile in self._tiles.items()
            for part, text in tile.texts().items()
        }

    def shown(self) -> list[str]:
        """Return the keys of the tiles that have room."""
        return [key for key, tile in self._tiles.items() if not tile.isHidden()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return False
        QToolTip.showText(event.globalPos(), self._tip(watched), self)
        return True

    def _tip(self, watched: QObject) -> str:
        for key, tile in self._tiles.items():
            if tile is watched:
                return explain(key, self._snapshot, tile.reading.exact or tile.reading.value)
        hidden = [tile for tile in self._tiles.values() if tile.isHidden()]
        return "\n".join(f"{tile.reading.label}: {tile.reading.value}" for tile in hidden)

    def _arrange(self) -> None:
        """Give the tiles their places; the least wanted give way, unknown ones first."""
        chosen = {kpi.key for kpi in KPIS}
        by_need = sorted(KPIS, key=lambda kpi: kpi.keep + 100 * (kpi.key in self._unknown))
        for kpi in reversed(by_need):
            room = self.width() - (_MORE + _GAP if len(chosen) < len(KPIS) else 0)
            if sum(k.units for k in KPIS if k.key in chosen) * (_UNIT + _GAP) <= room + _GAP:
                break
            chosen.discard(kpi.key)
        hidden = len(KPIS) - len(chosen)
        room = self.width() - (_MORE + _GAP if hidden else 0) + _GAP
        units = sum(kpi.units for kpi in KPIS if kpi.key in chosen) or 1
        left = 0.0
        px = 26 if room / units - _GAP >= _UNIT_FOR_LARGE else 21
        for kpi in KPIS:
            tile = self._tiles[kpi.key]
            tile.setVisible(kpi.key in chosen)
            tile.set_value_px(px)
            if kpi.key in chosen:
                width = room * kpi.units / units
                tile.setGeometry(round(left), 0, round(left + width) - round(left) - _GAP, 90)
                left += width
        self._more.setVisible(hidden > 0)
        if hidden:
            self._more.setText(f"+{hidden}")
            self._more.setGeometry(self.width() - _MORE, 0, _MORE, self.height())


def _age(key: str, snapshot: Snapshot) -> tuple[str, bool]:
    """Return the age of a key figure, and whether a source that counts for it is in trouble."""
    facts = DEFINITIONS[key].facts
    if not facts:
        return "now" if snapshot.run_of_show.segments else "", False
    if any(fact not in snapshot.counting for fact in facts):
        return "", False
    fresh = freshness(snapshot, facts)
    return fresh.age or "none yet", bool(fresh.troubled)
