"""Plays a session without a window: progress on the terminal, errors as exit codes."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence

from liveroom.connectors.base import Connector
from liveroom.errors import KnownError
from liveroom.models.facts import ConnectionState
from liveroom.models.snapshot import Snapshot
from liveroom.progress import progress_bars
from liveroom.session import Session

_IN_TROUBLE = (ConnectionState.FAILED, ConnectionState.NEEDS_ATTENTION)
PATIENCE_SECONDS = 3.0


class Watcher:
    """Keeps the newest snapshot of a session."""

    def __init__(self) -> None:
        """Start without one."""
        self.snapshot: Snapshot | None = None

    def __call__(self, snapshot: Snapshot) -> None:
        """Take a snapshot; called in the session's thread."""
        self.snapshot = snapshot

    def trouble(self) -> str:
        """Return what keeps a source from going on by itself, or an empty string."""
        for connection in self.snapshot.connections if self.snapshot else ():
            if connection.state in _IN_TROUBLE:
                return f"{connection.title}: {connection.reason}"
        return ""


def play(session: Session, watcher: Watcher, connectors: Sequence[Connector] = ()) -> Snapshot:
    """Run a session to its end and return the last snapshot; raises KnownError when it fails.

    How far the first of `connectors` that knows its end has come is shown on the terminal.
    """
    trouble = ""
    # Millions of short-lived rows, none of them in a cycle: collecting would only cost time.
    collects = gc.isenabled()
    gc.disable()
    session.start()
    try:
        session.wait_open()
        with progress_bars() as show:
            while not session.finished.wait(0.1) and not trouble:
                trouble = watcher.trouble()
                _show_progress(connectors, show)
            _show_progress(connectors, show)
    finally:
        session.stop()
        if collects:
            gc.enable()
    if session.failure is not None:
        raise session.failure
    if trouble or (trouble := watcher.trouble()):
        raise KnownError(trouble)
    assert watcher.snapshot is not None
    return watcher.snapshot


def _show_progress(connectors: Sequence[Connector], show: Callable[[str, int, int], None]) -> None:
    progress = next((each.progress for each in connectors if each.progress is not None), None)
    if progress is not None and progress.total:
        show(progress.label, progress.done, progress.total)
