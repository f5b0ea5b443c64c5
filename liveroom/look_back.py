"""The earlier moment of a show that somebody looks at, beside its present."""

from __future__ import annotations

import logging
import threading
import time

from msgspec import structs

from liveroom.models.snapshot import Snapshot
from liveroom.recorder import Recorder

log = logging.getLogger(__name__)

_ANEW_SECONDS = 1.0
"""What is recorded late may change the past: so old, a look back is taken anew."""


class LookBack:
    """Takes the wish for a moment in any thread, and the moment itself in the session's."""

    def __init__(self) -> None:
        """Look at the present only."""
        self._wanted: int | None = None
        self._asked = threading.Event()
        self._taken: Snapshot | None = None
        self._taken_at = 0.0

    def ask(self, at: int | None) -> None:
        """Wish for an earlier second (ms UTC), or for the present only (None)."""
        self._wanted = at
        self._asked.set()

    @property
    def is_asked(self) -> bool:
        """Return whether there is a wish that no snapshot has answered yet."""
        return self._asked.is_set()

    def beside(self, snapshot: Snapshot, recorder: Recorder) -> Snapshot:
        """Return a snapshot with what is looked back at; of one moment no more than once a second."""
        asked = self._asked.is_set()
        self._asked.clear()
        wanted, start = self._wanted, snapshot.started_at
        if wanted is None or start is None:
            self._taken = None
            return snapshot
        if asked or self._taken is None or time.monotonic() - self._taken_at >= _ANEW_SECONDS:
            self._taken_at = time.monotonic()
            try:
                self._taken = recorder.look_back(max(start, min(wanted, snapshot.at)))
            except Exception as error:
                # The show goes on: it is only not seen as it was.
                log.exception("%d cannot be looked back at", wanted)
                recorder.errors.append(f"no look back at {wanted}: {error!r}")
                self._wanted = self._taken = None
        return structs.replace(snapshot, back=self._taken)
