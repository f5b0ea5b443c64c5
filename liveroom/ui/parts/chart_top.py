"""The line on top of the chart: what is plotted, the values at the cursor, whether it follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from liveroom.ui.parts.cursor import Reading
from liveroom.ui.parts.follow_button import FollowButton
from liveroom.ui.parts.metric_button import MetricButton
from liveroom.ui.parts.metric_side import tones_of
from liveroom.ui.parts.metrics import Metric
from liveroom.ui.parts.readout import Readout
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

_SHORT = 900
"""A line that is shorter needs its room for the values at the cursor."""


class ChartTop(QWidget):
    """Its parts keep their places; only the choice of other metrics moves them."""

    def __init__(self, theme: Theme) -> None:
        """Build the line."""
        super().__init__()
        self.left, self.right = MetricButton(theme, "left", "L"), MetricButton(theme, "right", "R")
        self.readout, self.follow = Readout(theme), FollowButton(theme)
        # However much it would like to say: it does not keep a dock from being made narrow.
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addWidget(self.left)
        row.addWidget(self.right)
        row.addWidget(self.readout, 1)
        row.addWidget(self.follow)

    def show_metrics(self, left: Metric, right: Metric) -> None:
        """Name what is plotted, in the tones of the curves."""
        left_tones, right_tones = tones_of(left, right, False), tones_of(right, left, True)
        self.left.show_metric(left, *left_tones)
        self.right.show_metric(right, *right_tones)
        self.readout.set_tones(left_tones[1], right_tones[1])

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Take what is known and what is not."""
        self.left.show_snapshot(snapshot)
        self.right.show_snapshot(snapshot)

    def show_reading(self, reading: Reading | None) -> None:
        """Show what was the case at the cursor."""
        self.readout.show_reading(reading)

    def texts(self) -> dict[str, str]:
        """Return the words on show."""
        return {
            "left": self.left.text(),
            "right": self.right.text(),
            "follows": self.follow.text(),
            **self.readout.texts(),
        }

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for part in (self.left, self.right, self.readout, self.follow):
            part.shorten(self.width() < _SHORT)
