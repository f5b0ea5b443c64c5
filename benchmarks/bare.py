"""A table and a plot in plain Qt and pyqtgraph, in a window as large as the desk: what a redraw costs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyqtgraph
from PySide6.QtCore import QAbstractTableModel, Qt
from PySide6.QtWidgets import QHBoxLayout, QTableView, QWidget

COLUMNS = 12
_COLOURS = "rgby"


class _Numbers(QAbstractTableModel):
    """A table in which every number is the same, and another at every redraw."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.value, self._rows = 0, rows

    def rowCount(self, parent: Any = None) -> int:  # noqa: N802
        return self._rows

    def columnCount(self, parent: Any = None) -> int:  # noqa: N802
        return COLUMNS

    def data(self, index: Any, role: int = 0) -> str | None:
        return f"{self.value:,}" if role == Qt.ItemDataRole.DisplayRole else None


class BareDesk(QWidget):
    """A table of `rows` rows beside four curves of `seconds` points; `show_state` changes all of it."""

    def __init__(self, rows: int, seconds: int) -> None:
        super().__init__()
        self._model, view = _Numbers(rows), QTableView()
        view.setModel(self._model)
        plot = pyqtgraph.PlotWidget()
        # As pyqtgraph's documentation advises for long curves.
        plot.setClipToView(True)
        plot.setDownsampling(auto=True, mode="peak")
        row = QHBoxLayout(self)
        row.addWidget(view)
        row.addWidget(plot)
        self._curves = [plot.plot(pen=pyqtgraph.mkPen(colour, width=1)) for colour in _COLOURS]
        self._times = np.arange(seconds)
        self._waves = [np.sin(self._times / (60 + 7 * n)) * 1000 for n in range(5)]
        # As large as the desk that is measured beside it.
        self.resize(1920, 1080)

    def show_state(self, state: int) -> None:
        """Change every number and every curve."""
        self._model.value = 1000 + state
        last = self._model.index(self._model.rowCount() - 1, COLUMNS - 1)
        self._model.dataChanged.emit(self._model.index(0, 0), last)
        for number, curve in enumerate(self._curves):
            curve.setData(self._times, self._waves[(number + state) % len(self._waves)])
