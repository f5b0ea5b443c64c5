"""Plays a session without a window: progress on the terminal, errors as exit codes."""

from __future__ import annotations

import gc
import sys
import time

import click

from liveroom.errors import KnownError
from liveroom.models.facts import ConnectionState
from liveroom.models.snapshot import Snapshot
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


def play(session: Session, watcher: Watcher, *, label: str, quiet: bool = False) -> Snapshot:
    """Run a session to its end and return the last snapshot; raises KnownError when it fails."""
    trouble = ""
    # Millions of short-lived rows, none of them in a cycle: collecting would only cost time.
    collects = gc.isenabled()
    gc.disable()
    session.start()
    try:
        session.wait_open()
        shown = time.monotonic()
        while not session.finished.wait(0.1):
            trouble = watcher.trouble()
            if trouble:
                break
            if not quiet and sys.stderr.isatty() and time.monotonic() - shown > 0.2:
                shown = time.monotonic()
                _progress(label, watcher.snapshot)
    finally:
        session.stop()
        if collects:
            gc.enable()
        if not quiet and sys.stderr.isatty():
            click.echo("\r\033[K", nl=False, err=True)
    if session.failure is not None:
        raise session.failure
    if trouble or (trouble := watcher.trouble()):
        raise KnownError(trouble)
    assert watcher.snapshot is not None
    return watcher.snapshot


def _progress(label: str, snapshot: Snapshot | None) -> None:
    if snapshot is not None:
        click.echo(
            f"\r\033[K{label}: {snapshot.recording.events:,} events recorded", nl=False, err=True
        )
