"""Composition root: joins a session to the desk, and ends both in order."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QMessageBox

from liveroom.models.facts import Mode
from liveroom.models.snapshot import Snapshot
from liveroom.paths import settings_dir
from liveroom.sources import Plan
from liveroom.ui.lifetime import collected_here, ends_in_order
from liveroom.ui.main_window import MainWindow

log = logging.getLogger(__name__)

# A thread that counts gives way to the one that paints four times a frame (default 5 ms).
SWITCH_INTERVAL_SECONDS = 0.0005
_LOOK_EVERY_MS = 200
_COLLECT_EVERY_MS = 10_000


class Bridge(QObject):
    """Carries snapshots from the session's thread to the desk; only the newest one counts."""

    _arrived = Signal()

    def __init__(self, show: Callable[[Snapshot], None]) -> None:
        """Call `show` in the thread that made the bridge."""
        super().__init__()
        self._show = show
        self._newest: Snapshot | None = None
        self._arrived.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def take(self, snapshot: Snapshot) -> None:
        """Take a snapshot; any thread."""
        waiting, self._newest = self._newest, snapshot
        if waiting is None:
            self._arrived.emit()

    def _pass_on(self) -> None:
        snapshot, self._newest = self._newest, None
        if snapshot is not None:
            self._show(snapshot)


def run_desk(plan: Plan) -> int:
    """Open the desk on a session and run it until the window is closed; return the exit code."""
    sys.setswitchinterval(SWITCH_INTERVAL_SECONDS)
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    # The end is ours to call, once everything is recorded; Qt's own would come a second time.
    application.setQuitOnLastWindowClosed(False)
    bridge = Bridge(lambda snapshot: window.show_snapshot(snapshot))
    session = plan.session(bridge.take)
    window = MainWindow(session.submit, desk_settings(), mode=Mode(plan.meta.mode))
    window.setWindowTitle(f"{plan.meta.title} — liveroom")
    exit_codes = [0]

    def end(message: str = "") -> None:
        ticker.stop()
        collector.stop()
        session.stop()
        message = message or str(session.failure or "")
        if message:
            exit_codes[0] = 1
            report(message)
        application.quit()

    def look() -> None:
        if session.failure is not None:
            end()

    ticker, collector = QTimer(), QTimer()
    ticker.timeout.connect(look)
    collector.timeout.connect(lambda: gc.collect(1))
    window.closing.connect(end)
    with ends_in_order(end), collected_here():
        window.show()
        # The first paint does not wait for the file, nor for the libraries that open it.
        QTimer.singleShot(0, session.start)
        ticker.start(_LOOK_EVERY_MS)
        collector.start(_COLLECT_EVERY_MS)
        application.exec()
    window.deleteLater()
    return exit_codes[0]


def save_picture(snapshot: Snapshot, path: Path, width: int = 1920, height: int = 1080) -> Path:
    """Write a PNG of the desk showing a snapshot; needs no display."""
    from liveroom.ui import picture

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(sys.argv[:1])
    settings = QSettings(str(path.with_suffix(".ini")), QSettings.Format.IniFormat)
    window = MainWindow(lambda command: None, settings, mode=snapshot.mode)
    window.show_snapshot(snapshot)
    saved = picture.save_picture(window, path, width, height)
    window.deleteLater()
    application.processEvents()
    return saved


def desk_settings() -> QSettings:
    """Return where the desk remembers its layout."""
    return QSettings(str(settings_dir() / "desk.ini"), QSettings.Format.IniFormat)


def report(message: str) -> None:
    """Show one error to the user, in a window and on the terminal."""
    print(f"Error: {message}", file=sys.stderr)
    if os.environ.get("QT_QPA_PLATFORM") != "offscreen":
        QMessageBox.critical(None, "liveroom", message)
