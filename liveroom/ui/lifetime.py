"""How the desk's process lives and ends: where garbage is collected, and who may end it."""

from __future__ import annotations

import gc
import logging
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

from PySide6.QtCore import QTimer

log = logging.getLogger(__name__)

_COLLECT_EVERY_MS = 10_000


@contextmanager
def collected_here() -> Iterator[None]:
    """Collect garbage on a GUI timer only: in another thread it could destroy a Qt object."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def collector() -> QTimer:
    """Return a timer that collects what was left since its last turn; it is not started."""
    timer = QTimer(interval=_COLLECT_EVERY_MS)
    timer.timeout.connect(_collect)
    return timer


def _collect() -> None:
    # Only now: the first paint needs nothing of the C library.
    from liveroom.memory import return_what_is_free

    gc.collect(1)
    return_what_is_free()


def settle() -> None:
    """Take what was built by now out of every later collection: it lives as long as the desk."""
    gc.collect()
    gc.freeze()


def unsettle() -> None:
    """Collect what was settled, after a desk that did not live as long as the program."""
    gc.unfreeze()
    gc.collect()


@contextmanager
def ends_in_order(end: Callable[[str], None]) -> Iterator[None]:
    """Turn what nobody caught into one report and an orderly stop; Ctrl+C and SIGTERM into a plain one."""
    once = threading.Lock()
    before = sys.excepthook, threading.excepthook
    asked = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    main = QTimer()

    def uncaught(
        kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
    ) -> None:
        log.critical("not caught", exc_info=(kind, error or kind(), trace))
        if once.acquire(blocking=False):
            what = f"{kind.__name__}: {error}. What was recorded is safe; the log has the details."
            QTimer.singleShot(0, main, lambda: end(what))

    sys.excepthook = uncaught
    threading.excepthook = lambda a: uncaught(a.exc_type, a.exc_value, a.exc_traceback)
    for number in asked:
        signal.signal(number, lambda *_: QTimer.singleShot(0, main, lambda: end("")))
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = before
        for number, handler in asked.items():
            signal.signal(number, handler)
