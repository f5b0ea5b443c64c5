"""The bars of the desk: the show above the docks, its time and the state of the desk below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMainWindow, QStatusBar, QVBoxLayout, QWidget

from liveroom.ui.scrub_bar import HEIGHT as SCRUB_HEIGHT
from liveroom.ui.scrub_bar import ScrubBar
from liveroom.ui.show_bar import ShowBar
from liveroom.ui.status_bar import HEIGHT as STATUS_HEIGHT
from liveroom.ui.status_bar import StatusLine
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.panel import Submit
    from liveroom.ui.time_travel import TimeTravel

_OF_STATUS_BAR = 5
"""What Qt leaves free above and below what is in a status bar, in pixels."""


class Bars:
    """Show bar, scrub bar and status line in one theme."""

    def __init__(
        self, window: QMainWindow, theme: Theme, submit: Submit, travel: TimeTravel
    ) -> None:
        """Build them into the window, in place of those it had."""
        self.show_bar = ShowBar(theme, submit)
        holder = QWidget()
        row = QVBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 4)
        row.addWidget(self.show_bar)
        window.setMenuWidget(holder)
        self.scrub_bar, self.status_line = ScrubBar(theme, travel), StatusLine(theme)
        foot = QWidget()
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(0, 1, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.scrub_bar)
        rows.addWidget(self.status_line)
        status = QStatusBar()
        status.setSizeGripEnabled(False)
        status.setFixedHeight(SCRUB_HEIGHT + STATUS_HEIGHT + 1 + _OF_STATUS_BAR)
        status.addWidget(foot, 1)
        window.setStatusBar(status)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the present of a show."""
        for bar in (self.show_bar, self.status_line, self.scrub_bar):
            bar.show_snapshot(snapshot)
