"""The desk as the program runs it, in this process, with something watching from its event loop."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.feeds import meta
from benchmarks.mix import START_MS
from liveroom.app import run_desk
from liveroom.connectors.base import Connector
from liveroom.models.facts import Mode
from liveroom.sources import Plan
from liveroom.ui.main_window import MainWindow

_LOOK_EVERY_MS = 100


def run(
    path: Path,
    connector: Connector,
    begin: Callable[[MainWindow], None],
    *,
    speed: float | None = 1.0,
    starts_at: int = START_MS,
) -> None:
    """Open the desk on a session; `begin` is called in its event loop, closing the window ends it."""
    application = QApplication(sys.argv[:1])
    plan = Plan(path=path, meta=meta(), connectors=(connector,), speed=speed, starts_at=starts_at)

    def opened() -> None:
        begin(next(w for w in application.topLevelWidgets() if isinstance(w, MainWindow)))

    QTimer.singleShot(0, opened)
    if run_desk(lambda: plan, Mode(plan.meta.mode)):
        raise RuntimeError("the desk ended with an error")


def run_until(
    done: Callable[[], bool], path: Path, connector: Connector, speed: float | None
) -> None:
    """Open the desk on a session and close it when `done`."""
    timer = QTimer()

    def begin(window: MainWindow) -> None:
        timer.timeout.connect(lambda: window.close() if done() else None)
        timer.start(_LOOK_EVERY_MS)

    run(path, connector, begin, speed=speed)
    timer.stop()
