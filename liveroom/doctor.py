"""What an installation needs to run, looked at one by one."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sqlite3
import sys
from collections.abc import Callable

from msgspec import Struct

from liveroom import __version__
from liveroom.display import missing_display
from liveroom.paths import resource, sessions_dir, user_data_dir

_LIBRARIES = ("PySide6_Essentials", "pyqtgraph", "sqlite-utils", "pandas", "numpy", "msgspec")
_BROKEN_QT = "6.12.0"


class Check(Struct, frozen=True):
    """One thing looked at: whether it is right, and what was found."""

    name: str
    passed: bool
    finding: str

    def as_dict(self) -> dict[str, object]:
        """Return the check as plain values."""
        return {"name": self.name, "passed": self.passed, "finding": self.finding}


def examine() -> list[Check]:
    """Look at everything; a check that breaks is a failed check."""
    checks: dict[str, Callable[[], tuple[bool, str]]] = {
        "liveroom": lambda: (True, __version__),
        "Python": lambda: (sys.version_info >= (3, 11), platform.python_version()),
        "system": lambda: (True, platform.platform()),
        "SQLite": lambda: (sqlite3.sqlite_version_info >= (3, 35), sqlite3.sqlite_version),
        "libraries": _libraries,
        "Qt": _qt,
        "display": _display,
        "resources": lambda: (resource("mappings").is_dir(), str(resource("mappings").parent)),
        "sources": _sources,
        "sessions folder": _sessions,
    }
    return [_run(name, look) for name, look in checks.items()]


def _run(name: str, look: Callable[[], tuple[bool, str]]) -> Check:
    try:
        return Check(name, *look())
    except Exception as error:
        return Check(name, False, f"{type(error).__name__}: {error}")


def _libraries() -> tuple[bool, str]:
    if getattr(sys, "frozen", False):
        return True, "bundled"
    return True, ", ".join(f"{name} {_version(name)}" for name in _LIBRARIES)


def _qt() -> tuple[bool, str]:
    version = "bundled" if getattr(sys, "frozen", False) else _version("PySide6_Essentials")
    if version == _BROKEN_QT:
        return False, f"PySide6 {version} crashes; install another version"
    return True, f"PySide6 {version}"


def _version(library: str) -> str:
    return importlib.metadata.version(library)


def _display() -> tuple[bool, str]:
    # No display is no fault: everything but the window works.
    return True, missing_display() or "a window can be shown"


def _sources() -> tuple[bool, str]:
    from liveroom.connectors import CONNECTORS

    return True, ", ".join(load().name for load in CONNECTORS)


def _sessions() -> tuple[bool, str]:
    folder = sessions_dir()
    free = os.statvfs(user_data_dir()).f_bavail if hasattr(os, "statvfs") else 1
    return os.access(folder, os.W_OK) and free > 0, str(folder)
