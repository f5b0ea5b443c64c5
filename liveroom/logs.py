"""The log: a rotating file for us, warnings on the terminal for the user."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler

from liveroom.paths import user_data_dir

_FORMAT = "%(asctime)s %(levelname)-7s %(threadName)s %(name)s: %(message)s"


def start_logging() -> None:
    """Log into the user's data folder; do without where it cannot be written."""
    root = logging.getLogger("liveroom")
    if root.handlers:
        return
    root.setLevel(logging.INFO)
    try:
        folder = user_data_dir() / "logs"
        folder.mkdir(exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            folder / "liveroom.log", maxBytes=2_000_000, backupCount=3, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(logging.Formatter(_FORMAT))
    root.addHandler(handler)
