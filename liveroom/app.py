"""Composition root: joins a session to the desk, and ends both in order."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

from liveroom.errors import KnownError
from liveroom.models.facts import Mode
from liveroom.paths import settings_dir
from liveroom.ui.lifetime import collected_here, ends_in_order, settle
from liveroom.ui.main_window import MainWindow
from liveroom.ui.theme import desk_application

if TYPE_CHECKING:
    # Not before the first paint: they bring numpy and msgspec along.
    from liveroom.models.commands import Command
    from liveroom.models.snapshot import Snapshot
    from liveroom.session import Session
    from liveroom.sources import Plan

log = logging.getLogger(__name__)

# A thread that counts gives way to the one that paints four times a frame (default 5 ms).
SWITCH_INTERVAL_SECONDS = 0.0005
_LOOK_EVERY_MS = 200
_COLLECT_EVERY_MS = 10_000
_LATEST_START_MS = 1_000
_SETTLED_MS = 3_000


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


class Desk:
    """A window and the session behind it, from the first paint to the last fact."""

    def __init__(self, make_plan: Callable[[], Plan], mode: Mode) -> None:
        """Build the window; the session is planned and started once it has been painted."""
        self._make_plan: Callable[[], Plan] | None = make_plan
        self._session: Session | None = None
        self._exit_code = 0
        self._bridge = Bridge(lambda snapshot: self.window.show_snapshot(snapshot))
        self.window = MainWindow(self._submit, desk_settings(), mode=mode)
        self.window.painted.connect(self._begin)
        self.window.closing.connect(self.end)
        self._timers = [
            _timer(_LOOK_EVERY_MS, self._look),
            _timer(_COLLECT_EVERY_MS, lambda: gc.collect(1)),
            # A window that opens minimised is never painted.
            _timer(_LATEST_START_MS, self._begin, once=True),
            _timer(_SETTLED_MS, settle, once=True),
        ]

    def run(self, application: QApplication) -> int:
        """Show the window until it is closed; return the exit code."""
        with ends_in_order(self.end), collected_here():
            self.window.show()
            for timer in self._timers:
                timer.start()
            application.exec()
        self.window.deleteLater()
        return self._exit_code

    def end(self, message: str = "") -> None:
        """Stop in order: connectors, inbox, store, last snapshot, window."""
        for timer in self._timers:
            timer.stop()
        self._make_plan = None
        if self._session is not None:
            self._session.stop()
            message = message or str(self._session.failure or "")
        if message:
            self._exit_code = 1
            report(message)
        QApplication.quit()

    def _begin(self) -> None:
        make_plan, self._make_plan = self._make_plan, None
        if make_plan is None:
            return
        try:
            plan = make_plan()
        except KnownError as error:
            self.end(str(error))
            return
        self.window.setWindowTitle(f"{plan.meta.title} — liveroom")
        self._session = plan.session(self._bridge.take)
        self._session.start()

    def _submit(self, command: Command) -> None:
        if self._session is not None:
            self._session.submit(command)

    def _look(self) -> None:
        if self._session is not None and self._session.failure is not None:
            self.end()


def _timer(every_ms: int, slot: Callable[[], object], *, once: bool = False) -> QTimer:
    timer = QTimer()
    timer.setInterval(every_ms)
    timer.setSingleShot(once)
    timer.timeout.connect(slot)
    return timer


def run_desk(make_plan: Callable[[], Plan], mode: Mode) -> int:
    """Open the desk, then the session, and run until the window is closed; return the exit code.

    `make_plan` is called after the first paint: what it imports and reads does not hold the window up.
    """
    sys.setswitchinterval(SWITCH_INTERVAL_SECONDS)
    application = desk_application()
    # The end is ours to call, once everything is recorded; Qt's own would come a second time.
    application.setQuitOnLastWindowClosed(False)
    return Desk(make_plan, mode).run(application)


def save_picture(snapshot: Snapshot, path: Path, width: int = 1920, height: int = 1080) -> Path:
    """Write a PNG of the desk showing a snapshot; needs no display."""
    from liveroom.ui import picture

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = desk_application()
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
    # With options the name goes on behind a colon; nobody could close a window that nobody sees.
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] != "offscreen":
        from PySide6.QtWidgets import QMessageBox

        QMessageBox.critical(None, "liveroom", message)
