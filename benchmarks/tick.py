"""What one refresh of the desk costs when everything on it changed, against the same content in bare Qt."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any

from benchmarks.harness import Goal, Result, in_process_of_its_own
from benchmarks.mix import CURRENCY, START_MS, show_events

PRODUCTS, SECONDS = 200, 14_400
_SETTLE_MS = 90


def measure(quick: bool) -> Iterator[Result]:
    """Show a show of four hours and 200 products."""
    ticks = 3 if quick else 60
    found = {"desk": [], "bare": []}  # type: dict[str, list[float]]
    for _ in range(1 if quick else 3):
        for kind, costs in found.items():
            costs.append(in_process_of_its_own(f"tick:{kind}_ms", ticks=ticks))
    yield Result(
        benchmark="one desk tick, everything changed",
        measured=median(found["desk"]),
        unit="CPU-ms",
        peer="CPU-ms, table and plot in bare Qt",
        limit=median(found["bare"]),
        goal=Goal("measured", at_most=13),
        note=f"{PRODUCTS} products, {SECONDS:,} seconds of show; goal set where the peer took 10–11",
    )


def desk_ms(ticks: int) -> float:
    """Return the median cost of showing a snapshot on the desk and painting it."""
    from pathlib import Path

    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QApplication

    from liveroom.models.facts import Mode
    from liveroom.ui.main_window import MainWindow

    from benchmarks.harness import scratch

    application = QApplication([])
    with scratch() as folder:
        settings = QSettings(str(Path(folder) / "desk.ini"), QSettings.Format.IniFormat)
        window = MainWindow(lambda command: None, settings, mode=Mode.REPLAY)
        window.show()
        window.finish_building()
        costs = _costs(ticks, window.show_snapshot, list(_snapshots(ticks + 5)))
        window.close()
    application.processEvents()
    return costs


def bare_ms(ticks: int) -> float:
    """Return the median cost of a table and a plot of the same size in plain Qt."""
    import numpy as np
    import pyqtgraph
    from PySide6.QtCore import QAbstractTableModel, Qt
    from PySide6.QtWidgets import QApplication, QHBoxLayout, QTableView, QWidget

    class Numbers(QAbstractTableModel):
        """A table in which every number is the same, and another at every tick."""

        value = 0

        def rowCount(self, parent: Any = None) -> int:  # noqa: N802
            return PRODUCTS

        def columnCount(self, parent: Any = None) -> int:  # noqa: N802
            return 12

        def data(self, index: Any, role: int = 0) -> str | None:
            return f"{self.value:,}" if role == Qt.ItemDataRole.DisplayRole else None

    application = QApplication([])
    window, model, view = QWidget(), Numbers(), QTableView()
    plot = pyqtgraph.PlotWidget()
    view.setModel(model)
    row = QHBoxLayout(window)
    row.addWidget(view)
    row.addWidget(plot)
    curves = [plot.plot(pen=pyqtgraph.mkPen(colour, width=1)) for colour in "rgby"]
    times = np.arange(SECONDS)
    waves = [np.sin(times / (60 + 7 * number)) * 1000 for number in range(5)]
    window.resize(1920, 1000)
    window.show()

    def show(tick: int) -> None:
        model.value = 1000 + tick
        model.dataChanged.emit(model.index(0, 0), model.index(PRODUCTS - 1, 11))
        for number, curve in enumerate(curves):
            curve.setData(times, waves[(number + tick) % 5])

    costs = _costs(ticks, show, list(range(ticks + 5)))
    window.close()
    application.processEvents()
    return costs


def _costs(ticks: int, show: Callable[[Any], None], states: list[Any]) -> float:
    """Return the median CPU time (ms) to show a state and paint it; the first five warm up."""
    from PySide6.QtCore import QEventLoop, QTimer

    costs = []
    for state in states:
        loop = QEventLoop()
        QTimer.singleShot(_SETTLE_MS, loop.quit)
        began = time.process_time()
        show(state)
        loop.exec()
        costs.append((time.process_time() - began) * 1000)
    return median(costs[-ticks:])


def _snapshots(number: int) -> Iterator[Any]:
    """Yield snapshots a second apart, between which every product and every channel changed."""
    from liveroom.models.camera import Camera, Caption
    from liveroom.models.money import Ledger
    from liveroom.models.show import Show
    from liveroom.models.snapshot import Recording

    show = Show(Ledger(currency=CURRENCY, rates={}))
    per_second = 5
    show.apply_all(show_events(SECONDS * per_second, per_second=per_second, products=PRODUCTS))
    camera = Camera(show, Caption())
    camera.snapshot(START_MS, Recording())
    for tick in range(number):
        at = START_MS + (SECONDS + tick) * 1000
        show.apply_all(_one_of_each(at, tick))
        yield camera.snapshot(at + 999, Recording(events=tick))


def _one_of_each(at: int, tick: int) -> Iterator[Any]:
    """Yield a second in which every product is viewed, clicked and sold, and every channel visited."""
    from liveroom.models import events as e

    common = {"occurred_at": at, "received_at": at, "source": "show"}
    for number in range(1, PRODUCTS + 1):
        sku = f"SKU-{number:04d}"
        for kind in (e.ProductViewed, e.ProductClicked, e.CartItemAdded):
            yield kind(**common, source_id=f"{kind.__name__}{tick}-{sku}", sku=sku)
        line = e.OrderLine(sku=sku, units=1, amount_minor=9_900)
        yield e.OrderPlaced(
            **common,
            source_id=f"o{tick}-{sku}",
            amount_minor=9_900,
            currency=CURRENCY,
            units=1,
            lines=(line,),
        )
    yield from show_events(100, per_second=200, start_ms=at, seed=tick, products=PRODUCTS)
