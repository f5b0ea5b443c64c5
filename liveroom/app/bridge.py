"""What crosses from the session's thread into the window's: snapshots as they come."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:
    # Not before the first paint: it brings numpy and msgspec along.
    from liveroom.models.snapshot import Snapshot


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

    def is_waiting(self) -> bool:
        """Return whether a snapshot has come and is not shown yet."""
        return self._newest is not None

    def close(self) -> None:
        """Show nothing any more."""
        self._show = lambda snapshot: None

    def _pass_on(self) -> None:
        snapshot, self._newest = self._newest, None
        if snapshot is not None:
            self._show(snapshot)
