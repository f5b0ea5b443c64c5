"""What stands in place of a panel that has nothing to show, or that stopped."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from liveroom.ui import format as fmt
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot


class Message(QWidget):
    """A mark, a headline and a sentence in the middle of a panel, with buttons below."""

    def __init__(self, theme: Theme, glyph: str, tone: str) -> None:
        """Take the mark and its tone."""
        super().__init__()
        self._headline = RunLine(theme, 20, Qt.AlignmentFlag.AlignHCenter)
        self._hint = QLabel()
        self._hint.setFont(theme.font())
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._hint.setWordWrap(True)
        self.detail = RunLine(theme, 18, Qt.AlignmentFlag.AlignHCenter)
        self._buttons = QHBoxLayout()
        self._buttons.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        mark = RunLine(theme, 28, Qt.AlignmentFlag.AlignHCenter)
        mark.set_runs(Run(px=20, glyph=glyph, tone=tone))
        column = QVBoxLayout(self)
        column.setSpacing(6)
        column.addStretch()
        for widget in (mark, self._headline, self._hint, self.detail):
            column.addWidget(widget)
        column.addLayout(self._buttons)
        column.addStretch()

    def say(self, headline: str, hint: str) -> None:
        """Show a headline and a sentence."""
        self._headline.set_runs(Run(headline, px=13, weight=600))
        if self._hint.text() != hint:
            self._hint.setText(hint)

    def add_button(self, text: str, slot: Callable[[], None]) -> None:
        """Add a button below the words."""
        button = QPushButton(text)
        button.clicked.connect(slot)
        self._buttons.addWidget(button)

    def text(self) -> str:
        """Return what is on show."""
        return f"{self._headline.text()} {self._hint.text()} {self.detail.text()}".strip()


def about_error(
    theme: Theme,
    error: Exception,
    at: Snapshot | None,
    restart: Callable[[], None],
    restart_key: str = "",
) -> Message:
    """Return what is shown for a panel that raised: when, what and where, and a way to go on."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(frame.filename).name}:{frame.lineno}"
    report = "".join(traceback.format_exception(error))
    message = Message(theme, "failed", "bad")
    when = "" if at is None else f" at {fmt.clock(at.at, at.timezone)}"
    hint = "Show, recording and the other panels go on. Nothing was lost."
    message.say(f"This panel stopped{when}", hint)
    words = f"{type(error).__name__}: {error} · {where}"
    message.detail.set_runs(Run(words, tone="text_3", px=11))
    message.add_button(f"Restart panel  {restart_key}".strip(), restart)
    message.add_button("Copy report", lambda: QGuiApplication.clipboard().setText(report))
    return message
