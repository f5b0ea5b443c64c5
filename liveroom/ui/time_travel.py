"""Which second of the show the desk looks at: the present, or an earlier one that was asked for.

Asked for as fast as the hand moves, but never faster than answers come: while one is awaited only the
newest wish is kept.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

Look = Callable[["int | None"], None]

STEP_MS, LONG_STEP_MS = 10_000, 60_000


class TimeTravel(QObject):
    """What is looked at; the session behind the desk answers."""

    asked = Signal(object)
    """An instant (ms UTC), or None for the present, is asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin at the present, with nobody to ask."""
        super().__init__(parent)
        self._look: Look | None = None
        self._snapshot: Snapshot | None = None
        self._wanted: int | None = None
        self._awaited: int | None = None

    def offer(self, look: Look) -> None:
        """Take whom to ask for an earlier second."""
        self._look = look

    @property
    def is_offered(self) -> bool:
        """Return whether there is anybody to ask."""
        return self._look is not None

    @property
    def wanted(self) -> int | None:
        """Return the instant that was asked for last, None for the present."""
        return self._wanted

    @property
    def shown(self) -> int | None:
        """Return the earlier instant that the desk shows, None for the present."""
        back = None if self._snapshot is None else self._snapshot.back
        return None if back is None else back.at

    def arrived(self, snapshot: Snapshot) -> Snapshot:
        """Take a snapshot and return what of it the panels show; asks for what is wanted by now."""
        self._snapshot = snapshot
        if self._wanted is None:
            return snapshot
        answered = snapshot.back is not None and snapshot.back.at == self._reached(self._awaited)
        if answered or snapshot.back is None:
            self._awaited = None
            self._ask()
        return snapshot.back or snapshot

    def travel(self, at: int) -> None:
        """Look at an instant (ms UTC); at the present or later it is the present."""
        snapshot = self._snapshot
        if snapshot is None or snapshot.started_at is None or self._look is None:
            return
        if at >= snapshot.at:
            self.back()
            return
        self._wanted = max(at, snapshot.started_at)
        self.asked.emit(self._wanted)
        self._ask()

    def step(self, ms: int) -> None:
        """Look so much later, or earlier."""
        if self._snapshot is not None:
            self.travel((self._snapshot.at if self._wanted is None else self._wanted) + ms)

    def begin(self) -> None:
        """Look at the beginning."""
        if self._snapshot is not None and self._snapshot.started_at is not None:
            self.travel(self._snapshot.started_at)

    def back(self) -> None:
        """Look at the present again."""
        if self._wanted is not None and self._look is not None:
            self._wanted = self._awaited = None
            self._look(None)
            self.asked.emit(None)

    def _ask(self) -> None:
        if self._look is None or self._wanted is None or self._awaited is not None:
            return
        if self.shown != self._reached(self._wanted):
            self._awaited = self._wanted
            self._look(self._wanted)

    def _reached(self, at: int | None) -> int | None:
        """Return where a wish leads: not beyond the present."""
        return at if at is None or self._snapshot is None else min(at, self._snapshot.at)
