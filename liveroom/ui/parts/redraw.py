"""When curves are drawn again: the first at once, then twice a second at most, in turns of their own."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer

from liveroom.ui import format as fmt

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

_EVERY_MS = 500


class Redraw(QObject):
    """Calls `draw` when a snapshot makes curves look different; `drawn` tells that they were drawn."""

    def __init__(self, parent: QObject, draw: Callable[[], None], later_ms: int) -> None:
        """`later_ms` after its snapshot they are drawn: two short pauses instead of a long one."""
        super().__init__(parent)
        self._draw, self._later_ms = draw, later_ms
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(draw)
        self._since = QElapsedTimer()

    def ask(self, before: Snapshot | None, now: Snapshot) -> None:
        """Take what was shown before, and what is shown now."""
        if not self._since.isValid():
            self._draw()
            return
        same_second = before is not None and before.at // fmt.SECOND == now.at // fmt.SECOND
        if not same_second or before is None or before.run_of_show is not now.run_of_show:
            self._timer.start(max(self._later_ms, _EVERY_MS - self._since.elapsed()))

    def drawn(self) -> None:
        """Take that the curves are those of the newest snapshot."""
        self._timer.stop()
        self._since.start()
