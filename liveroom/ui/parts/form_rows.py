"""Labels and controls in rows: one left edge for the words, one for what can be moved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QWidget

from liveroom.ui.parts.lever_button import HEIGHT
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import Theme

LABEL_WIDTH = 80
_GAP = 6


class FormRows(QGridLayout):
    """Rows of a label and its controls."""

    def __init__(self, theme: Theme) -> None:
        """Start without rows."""
        super().__init__()
        self._theme = theme
        self.setContentsMargins(0, 0, 0, 0)
        self.setHorizontalSpacing(8)
        self.setVerticalSpacing(_GAP)
        self.setColumnMinimumWidth(0, LABEL_WIDTH)
        self.setColumnStretch(1, 1)

    def add(self, label: str, *controls: QWidget, stretch: bool = False) -> tuple[QWidget, QWidget]:
        """Add a row and return its label and its controls, to be hidden together."""
        words = RunLine(self._theme, HEIGHT)
        words.setFixedWidth(LABEL_WIDTH)
        words.set_runs(Run(label, "text_2"))
        holder = beside(controls, stretch=stretch)
        row = self.rowCount()
        self.addWidget(words, row, 0)
        self.addWidget(holder, row, 1)
        return words, holder

    def caption(self, line: RunLine) -> None:
        """Add a small line below the controls of the row before."""
        self.addWidget(line, self.rowCount(), 1)

    def across(self, control: QWidget) -> None:
        """Add a control that takes the whole width."""
        self.addWidget(control, self.rowCount(), 0, 1, 2)


def beside(controls: Sequence[QWidget], stretch: bool = False) -> QWidget:
    """Return controls in one row; those that can grow do, unless there is a `stretch` behind them."""
    holder = QWidget()
    holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(_GAP)
    for control in controls:
        grows = control.sizePolicy().horizontalPolicy() == QSizePolicy.Policy.Ignored
        row.addWidget(control, 1 if grows else 0)
    if stretch:
        row.addStretch(1)
    return holder


def rule(theme: Theme) -> QWidget:
    """Return a line between two parts of a panel."""
    line = QWidget()
    line.setFixedHeight(1)
    line.setStyleSheet(f"background: {theme.hexes['line']}")
    return line


def scrolling(inner: QWidget) -> QScrollArea:
    """Return an area in which what has no room is scrolled to."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    return area


class Heading(RunLine):
    """The title of a part of a panel."""

    def __init__(self, theme: Theme, title: str) -> None:
        """Take the title."""
        super().__init__(theme, HEIGHT)
        self._title = title
        self.note("")

    def note(self, words: str, tone: str = "text_3") -> None:
        """Say something beside the title."""
        self.set_runs(Run(self._title, weight=600), Run(words, tone, 11, gap=8))
