"""Whether a window can be shown here."""

from __future__ import annotations

import os
import sys


def missing_display() -> str:
    """Return why no window can be shown, or an empty string where one can."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    if os.environ.get("WAYLAND_DISPLAY"):
        return ""
    display = os.environ.get("DISPLAY", "")
    if not display:
        return "DISPLAY is not set"
    return "" if _answers(display) else f"nothing answers at DISPLAY {display}"


def _answers(display: str) -> bool:
    # Only where it is needed: it takes 5 ms of the way to the first paint.
    import socket

    host, _, number = display.rpartition(":")
    screen = number.split(".")[0]
    if not screen.isdigit():
        return False
    try:
        if host in ("", "unix"):
            # The abstract socket serves sandboxes that cannot see /tmp.
            return _unix(f"\0/tmp/.X11-unix/X{screen}") or _unix(f"/tmp/.X11-unix/X{screen}")
        with socket.create_connection((host, 6000 + int(screen)), timeout=2):
            return True
    except OSError:
        return False


def _unix(address: str) -> bool:
    import socket

    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(2)
        try:
            connection.connect(address)
        except OSError:
            return False
        return True
