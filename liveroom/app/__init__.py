"""Composition root: what opens windows, and the only one that knows both the desk and the session."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSettings

from liveroom.app.bridge import Bridge
from liveroom.app.desk import Desk
from liveroom.app.program import Program
from liveroom.app.settings import desk_settings
from liveroom.models.facts import Mode
from liveroom.ui.main_window import MainWindow
from liveroom.ui.theme import desk_application
from liveroom.ui.type_scale import apply_type_scale

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot
    from liveroom.sources import Plan

__all__ = ["Bridge", "Desk", "Program", "desk_settings", "run_desk", "run_start", "save_picture"]

# A thread that counts gives way to the one that paints four times a frame (default 5 ms).
SWITCH_INTERVAL_SECONDS = 0.0005


def run_desk(make_plan: Callable[[], Plan], mode: Mode) -> int:
    """Open the desk, then the session, and run until the window is closed; return the exit code.

    `make_plan` is called after the first paint: what it imports and reads does not hold the window up.
    """
    return _run(Program(make_plan, mode))


def run_start() -> int:
    """Open the start screen and run until the last window is closed; return the exit code."""
    return _run(Program(None, Mode.LIVE))


def _run(program: Program) -> int:
    sys.setswitchinterval(SWITCH_INTERVAL_SECONDS)
    apply_type_scale(desk_settings())
    application = desk_application()
    # The end is ours to call, once everything is recorded; Qt's own would come a second time.
    application.setQuitOnLastWindowClosed(False)
    return program.run(application)


def save_picture(snapshot: Snapshot, path: Path, width: int = 1920, height: int = 1080) -> Path:
    """Write a PNG of the desk showing a snapshot; needs no display."""
    from liveroom.ui import picture

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = desk_application()
    with TemporaryDirectory() as folder:
        # What the window would keep is of nobody's choice.
        settings = QSettings(f"{folder}/desk.ini", QSettings.Format.IniFormat)
        window = MainWindow(lambda command: None, settings, mode=snapshot.mode)
        window.show_snapshot(snapshot)
        try:
            return picture.save_picture(window, path, width, height)
        finally:
            window.close()
            window.deleteLater()
            application.sendPostedEvents(None, QEvent.Type.DeferredDelete)
