"""A picture of the desk, also where there is no screen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage

from liveroom.errors import KnownError
from liveroom.ui.main_window import MainWindow


def picture(window: MainWindow, width: int = 1920, height: int = 1080) -> QImage:
    """Return the desk as it would be on a screen of this size; shows the window if need be."""
    window.resize(width, height)
    if not window.isVisible():
        window.show()
    window.finish_building()
    for _ in range(3):
        # Layout requests and deferred deletes are posted events: a picture has to wait for them.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
        window.finish_building()
    return window.grab().toImage()


def save_picture(window: MainWindow, path: Path, width: int = 1920, height: int = 1080) -> Path:
    """Write a PNG of the desk and return its path."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not picture(window, width, height).save(str(path)):
        raise KnownError(f"the picture {path} cannot be written; is its folder writable?")
    return path
