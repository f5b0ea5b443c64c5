"""What crosses from other threads into the window's: snapshots as they come, and results of jobs."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from liveroom.errors import KnownError

if TYPE_CHECKING:
    # Not before the first paint: it brings numpy and msgspec along.
    from liveroom.models.snapshot import Snapshot

Job = Callable[[], Any]
Then = Callable[[Any], None]


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

    def close(self) -> None:
        """Show nothing any more."""
        self._show = lambda snapshot: None

    def _pass_on(self) -> None:
        snapshot, self._newest = self._newest, None
        if snapshot is not None:
            self._show(snapshot)


class Worker(QObject):
    """A thread for what would hold the window up: jobs in order, their results in the GUI thread."""

    _done = Signal(object, object)

    def __init__(self) -> None:
        """Wait for the first job before a thread is made."""
        super().__init__()
        self._jobs: queue.SimpleQueue[tuple[Job, Then] | None] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._done.connect(lambda then, result: then(result), Qt.ConnectionType.QueuedConnection)

    def send(self, job: Job, then: Then) -> None:
        """Do a job; `then` gets its result, or the KnownError that it raised."""
        self._jobs.put((job, then))
        if self._thread is None:
            self._thread = threading.Thread(target=self._main, name="start screen")
            self._thread.start()

    def stop(self) -> None:
        """Leave what was not begun, and wait for the rest."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._jobs.get_nowait()
        self._jobs.put(None)
        if self._thread is not None:
            self._thread.join()

    def _main(self) -> None:
        while (item := self._jobs.get()) is not None:
            job, then = item
            try:
                result = job()
            except KnownError as error:
                result = error
            self._done.emit(then, result)
