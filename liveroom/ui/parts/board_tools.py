"""Above the totals of the product board: a filter, what is to be seen, and what was just done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from liveroom.ui.parts.choice import Choice
from liveroom.ui.parts.field import ground_of
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.product_order import SHOWS
from liveroom.ui.theme import Theme

_WORDS = ("All", "Attention", "On air")


class BoardTools(QWidget):
    """`changed` tells that the filter did; `left` that the keyboard goes back to the rows."""

    changed = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        """Start with everything on show."""
        super().__init__()
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Filter")
        self.filter.setToolTip("By name, SKU and category")
        self.filter.setProperty("paper", ground_of(theme) == "panel")
        self.filter.setClearButtonEnabled(True)
        self.filter.setFont(theme.font())
        self.filter.setMaximumWidth(230)
        self.filter.textChanged.connect(lambda _: self.changed.emit())
        self.filter.installEventFilter(self)
        self.show_only = Choice(theme, "Show", _WORDS, at_once=True)
        self.show_only.setFixedWidth(210)
        self.show_only.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_only.chosen.connect(lambda _: self.changed.emit())
        self.words = RunLine(theme, 24)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 8, 3)
        row.setSpacing(8)
        row.addWidget(self.filter, 2)
        row.addWidget(self.show_only)
        row.addWidget(self.words, 1)

    @property
    def show_now(self) -> str:
        """Return which products are to be seen, one of `SHOWS`."""
        return SHOWS[self.show_only.current or 0]

    def set_show(self, show: str) -> None:
        """Choose which products are to be seen."""
        self.show_only.pick(SHOWS.index(show))

    def clear(self) -> None:
        """Show everything again."""
        self.filter.clear()
        if self.show_only.current:
            self.show_only.pick(0)

    def say(self, words: str, tone: str = "text_3") -> None:
        """Say what is on show, or what was just done."""
        self.words.set_runs(Run(words, tone, 11))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.left.emit()
            return True
        return False
