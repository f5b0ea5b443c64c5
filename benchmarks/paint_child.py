"""One window, from the start of its process to its first paint; run as a script by first_paint.

`desk` is liveroom itself on a rehearsal, `debrief FILE` on a recorded session; `empty` is a window with
nothing in it, `docks` one with six docks of tables and a pyqtgraph plot. Prints when (monotonic clock)
the window and its chart were painted, how much CPU the process had used by then (ms), what had been imported
by the first paint, and which parts of the desk that paint showed.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from typing import Any

found: dict[str, object] = {}
painted: set[str] = set()
WATCHED = ("pandas", "sqlite_utils", "pyqtgraph", "numpy")
DOCKS, ROWS, COLUMNS, POINTS = 6, 40, 8, 3600


def note(what: str) -> None:
    """Write down that something was painted, once Qt has finished painting it."""
    from PySide6.QtCore import QTimer

    if what not in found:
        found[what] = 0.0
        if what == "window":
            found["imported"] = [name for name in WATCHED if name in sys.modules]
        QTimer.singleShot(0, lambda: end(what))


def end(what: str) -> None:
    """Note the instant; when all is there, print it and leave."""
    found[what] = time.monotonic()
    found[f"{what}_cpu"] = time.process_time() * 1000
    if what == "window":
        found["painted"] = sorted(painted)
    if found.get("window") and (found.get("chart") or sys.argv[1] == "empty"):
        print(json.dumps(found), flush=True)
        os._exit(0)


def watch(kind: type, what: str, counts: Callable[[Any], bool] = lambda widget: True) -> None:
    """Let a class note its paints, those that count."""
    before = kind.paintEvent

    def paint(self: object, event: object) -> None:
        # First, so that its turn in the event loop comes before whatever the window asks for then.
        if counts(self):
            note(what)
        before(self, event)

    kind.paintEvent = paint


def has_curves(view: Any) -> bool:
    """Return whether a view of pyqtgraph has a curve with points; axes alone are no chart."""
    from pyqtgraph import PlotCurveItem

    curves = [item for item in view.scene().items() if isinstance(item, PlotCurveItem)]
    return any(curve.xData is not None and len(curve.xData) for curve in curves)


def list_paints(kind: type, name: Callable[[Any], str]) -> None:
    """Let a class say what it painted."""
    before = kind.paintEvent

    def paint(self: object, event: object) -> None:
        before(self, event)
        painted.add(name(self))

    kind.paintEvent = paint


def desk(arguments: list[str]) -> None:
    """Start liveroom as its users do."""
    from liveroom.__main__ import main
    from liveroom.ui.host import PanelHost
    from liveroom.ui.main_window import MainWindow
    from liveroom.ui.parts.runs import RunLine
    from liveroom.ui.show_bar import Lamp
    from liveroom.ui.status_bar import StatusLine

    watch(MainWindow, "window")
    list_paints(PanelHost, lambda host: f"body of {host.spec.panel_id}")
    list_paints(RunLine, lambda line: f"words {line.text()}")
    list_paints(Lamp, lambda lamp: "lamp")
    list_paints(StatusLine, lambda line: "status line")
    build = PanelHost._build

    def build_and_watch(host: PanelHost) -> None:
        build(host)
        if host.spec.panel_id == "audience":
            panel = host.panel
            finish = panel.finish_building

            def finish_building() -> None:
                if panel._chart is None:
                    from liveroom.ui.plotting import pg

                    watch(pg.GraphicsView, "chart", has_curves)
                finish()

            panel.finish_building = finish_building

    PanelHost._build = build_and_watch
    main(arguments)


def bare(docks: bool) -> None:
    """Show a window of Qt alone, or with docks of tables and a plot."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication, QMainWindow

    class Window(QMainWindow):
        """Has a paint of its own to be watched."""

        def paintEvent(self, event: object) -> None:  # noqa: N802
            """Paint nothing."""

    watch(Window, "window")
    if docks:
        import pyqtgraph

        watch(pyqtgraph.GraphicsView, "chart", has_curves)
    application = QApplication([])
    window = Window()
    window.resize(1920, 1080)
    for number in range(DOCKS if docks else 0):
        side = (
            Qt.DockWidgetArea.LeftDockWidgetArea
            if number % 2
            else Qt.DockWidgetArea.RightDockWidgetArea
        )
        window.addDockWidget(side, _dock(number))
    window.show()
    application.exec()


def _dock(number: int) -> object:
    import pyqtgraph
    from PySide6.QtWidgets import QDockWidget, QTableWidget, QTableWidgetItem

    dock = QDockWidget(f"Dock {number}")
    if number:
        table = QTableWidget(ROWS, COLUMNS)
        for cell in range(ROWS * COLUMNS):
            table.setItem(cell // COLUMNS, cell % COLUMNS, QTableWidgetItem(str(cell)))
        dock.setWidget(table)
    else:
        plot = pyqtgraph.PlotWidget()
        plot.plot(range(POINTS), [n % 97 for n in range(POINTS)])
        dock.setWidget(plot)
    return dock


if __name__ == "__main__":
    if sys.argv[1] == "desk":
        desk(["rehearse"])
    elif sys.argv[1] == "debrief":
        desk(["desk", sys.argv[2]])
    else:
        bare(sys.argv[1] == "docks")
