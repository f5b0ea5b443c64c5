"""Where the desk remembers what it was told."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from liveroom.paths import settings_dir


def desk_settings() -> QSettings:
    """Return where the desk remembers its layout."""
    return QSettings(str(settings_dir() / "desk.ini"), QSettings.Format.IniFormat)
