"""Says what a side of the chart plots, and lets another metric be chosen from a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QMenu

from liveroom.ui.parts.metrics import METRICS, Metric, Unit
from liveroom.ui.parts.readout import HEIGHT
from liveroom.ui.parts.runs import Run, paint_runs, width_of
from liveroom.ui.theme import Theme
from liveroom.ui.tooltips import explain

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

_SWATCH = 14


class MetricButton(QAbstractButton):
    """A sample of the curve, the metric's title and unit; a click or its key opens the list."""

    chosen = Signal(object)

    def __init__(self, theme: Theme, side: str, key: str) -> None:
        """Take the side (`left` or `right`) and the key that opens the list, for its tooltip."""
        super().__init__()
        self._theme, self._side, self._key = theme, side, key
        self._metric, self._tone, self._ink = METRICS[0], "text", "text"
        self._is_short = False
        self._snapshot: Snapshot | None = None
        self._menu: QMenu | None = None
        # Space is GO: it must not press a button that happens to have the focus.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(HEIGHT)
        self.clicked.connect(self.open_list)

    def show_metric(self, metric: Metric, tone: str, ink: str) -> None:
        """Name the metric that is plotted."""
        self._metric, self._tone, self._ink = metric, tone, ink
        self._resize()

    def shorten(self, short: bool) -> None:
        """Leave the window of time to the tooltip, where the line is short."""
        if short != self._is_short:
            self._is_short = short
            self._resize()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Take what is known, for the list and the tooltip; the tooltip tells ages, so once a second."""
        before, self._snapshot = self._snapshot, snapshot
        if before is None or before.currency != snapshot.currency:
            self._resize()
        if before is None or before.at // 1000 != snapshot.at // 1000:
            self.setToolTip(explain(f"curve.{self._metric.key}", snapshot))

    def text(self) -> str:
        """Return the words on show."""
        title = self._metric.definition.title
        if self._is_short:
            title = title.partition(",")[0]
        currency = self._snapshot.currency if self._snapshot is not None else None
        money = self._metric.unit is Unit.MONEY and currency is not None
        return f"{title}, {currency}" if money else title

    def open_list(self) -> None:
        """Open the list of metrics below the button; those that no source provides cannot be chosen."""
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = self.list_of_metrics()
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def list_of_metrics(self) -> QMenu:
        """Return the list, its current entry checked; for this button and for the menu of the chart."""
        menu = QMenu(f"Plot at the {self._side}", self)
        for metric in METRICS:
            action = QAction(metric.definition.title, menu)
            known = self._snapshot is None or metric.is_known(self._snapshot)
            if not known:
                action.setText(f"{metric.definition.title} (no source)")
            action.setEnabled(known)
            action.setCheckable(True)
            action.setChecked(metric is self._metric)
            action.triggered.connect(lambda _=False, metric=metric: self.chosen.emit(metric))
            menu.addAction(action)
            if metric is self._metric:
                menu.setActiveAction(action)
        return menu

    def sizeHint(self) -> QSize:
        return QSize(self.width(), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, theme = QPainter(self), self._theme
        if self.underMouse() or self.isDown():
            painter.fillRect(self.rect().adjusted(0, 2, 0, -2), theme["raised"])
        middle = self.height() / 2
        if self._side == "left":
            painter.fillRect(QRectF(6, middle - 3, _SWATCH, 7), theme["audience_fill"])
        painter.setPen(QPen(theme[self._tone], 1))
        line = round(middle) - (4 if self._side == "left" else 0)
        painter.drawLine(6, line, 6 + _SWATCH - 1, line)
        field = QRectF(6 + _SWATCH + 6, 0, self.width(), HEIGHT)
        paint_runs(painter, theme, self._runs(), field)

    def _runs(self) -> tuple[Run, ...]:
        down = Run(glyph="sorted down", tone="text_3", px=7, gap=5)
        return Run(self.text(), self._ink, 11, 500), down

    def _resize(self) -> None:
        self.setFixedWidth(round(6 + _SWATCH + 6 + width_of(self._runs(), self._theme) + 6))
        self.setAccessibleName(f"Plotted at the {self._side}: {self.text()} ({self._key})")
        self.update()
