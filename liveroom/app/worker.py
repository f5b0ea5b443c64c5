"""Jobs that would hold the window up, done in a thread of their own."""

from __future__ import annotations

import contextlib
import queue
import threading
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from liveroom.errors import KnownError

Job = Callable[[], Any]
Then = Callable[[Any], None]


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
