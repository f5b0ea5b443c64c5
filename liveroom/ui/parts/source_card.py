"""One source in the connections: its state, its figures, what it reports, and how far its clock is off."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from liveroom.models.commands import RestartConnector, SetClockShift
from liveroom.models.definitions import DEFINITIONS
from liveroom.models.facts import TROUBLED
from liveroom.ui import format as fmt
from liveroom.ui import source_words as words
from liveroom.ui import typed
from liveroom.ui.parts.field import Field
from liveroom.ui.parts.figure_row import FigureRow
from liveroom.ui.parts.lever_button import LeverButton
from liveroom.ui.parts.offer_form import is_past
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.states import look_of
from liveroom.ui.theme import Theme
from liveroom.ui.tooltips import explain

if TYPE_CHECKING:
    from liveroom.models.snapshot import Connection, Snapshot

_MODE_WORDS = {"simulated": "SIM", "recorded": "RECORDED", "live": "LIVE"}
_FIGURES = {
    "source.facts": 1.35,
    "source.due": 1,
    "source.lag": 0.9,
    "source.lag_95": 1,
    "source.troubles": 0.9,
}
"""The figures, with their shares of the width."""


class SourceCard(QWidget):
    """The reason and what is reported wrap, the rest does not; `asked` hands over a command."""

    asked = Signal(object)

    def __init__(self, theme: Theme, source: str) -> None:
        """Take the source that the buttons act on."""
        super().__init__()
        self._theme, self._source = theme, source
        self._snapshot: Snapshot | None = None
        self.state = RunLine(theme, 24)
        self.age = RunLine(theme, 24, Qt.AlignmentFlag.AlignRight, fits=True)
        names = [DEFINITIONS[key].title for key in _FIGURES]
        self.figures = FigureRow(theme, names, tuple(_FIGURES.values()), self._describe)
        self.reason, self.quota = self._words(), self._words()
        self.aside, self.provides = self._words(), self._words()
        self.restart = LeverButton(theme, "Restart")
        self.restart.clicked.connect(lambda: self.asked.emit(RestartConnector(source=source)))
        self.shift = Field(theme, "Clock shift in seconds", 46)
        self.shift.setPlaceholderText("s")
        self.set_shift = LeverButton(theme, "Set")
        self.shift.returnPressed.connect(self._ask_shift)
        self.set_shift.clicked.connect(self._ask_shift)
        self.shifted = RunLine(theme, 24)
        self._build()

    def show_source(self, connection: Connection, snapshot: Snapshot, waits: str) -> None:
        """Show a source at the instant of the snapshot; `waits` stands on a shift that was asked for."""
        self._snapshot = snapshot
        self._show_state(connection, snapshot)
        figures = words.figures_of(connection)
        tones = {"source.troubles": "text" if connection.errors else "text_3"}
        self.figures.show_values(
            [Run(figures[key], tones.get(key, "text_2"), 12) for key in _FIGURES]
        )
        for label, (text, tone) in (
            (self.reason, words.reason_of(connection, snapshot)),
            (self.quota, words.quota_of(connection, snapshot)),
            (self.aside, _aside(connection)),
            (self.provides, (words.facts_of(connection), "text_3")),
        ):
            _say(label, text, self._theme.hexes[tone])
        self._show_shift(connection, snapshot, waits)

    def numbers(self) -> dict[str, str]:
        """Return the texts on show."""
        return {
            "state": self.state.text(),
            "age": self.age.text(),
            "figures": self.figures.text(),
            "reason": self.reason.text(),
            "quota": self.quota.text(),
            "aside": self.aside.text(),
            "provides": self.provides.text(),
            "shift": self.shifted.text(),
            "restart": "" if self.restart.isHidden() else self.restart.words(),
        }

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.state, 1)
        top.addWidget(self.age)
        top.addWidget(self.restart)
        shift = QHBoxLayout()
        shift.setSpacing(6)
        label = RunLine(self._theme, 24, fits=True)
        label.set_runs(Run("Clock shift", "text_2", 11))
        shift.addWidget(label)
        shift.addWidget(self.shift)
        shift.addWidget(self.set_shift)
        shift.addWidget(self.shifted, 1)
        self._shift_row = QWidget()
        shift.setContentsMargins(0, 0, 0, 0)
        self._shift_row.setLayout(shift)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 5, 10, 8)
        column.setSpacing(3)
        column.addLayout(top)
        for widget in (self.reason, self.figures, self.quota, self.aside, self.provides):
            column.addWidget(widget)
        column.addWidget(self._shift_row)

    def _show_state(self, connection: Connection, snapshot: Snapshot) -> None:
        look = look_of(connection, snapshot.at)
        mode = _MODE_WORDS.get(connection.mode, connection.mode.upper())
        runs = [
            Run(glyph=look.glyph, tone=look.tone, px=10),
            Run(connection.title or connection.source, weight=600, gap=7),
            Run(look.word, look.tone if look.tone != "good" else "text_3", 11, gap=8),
        ]
        if mode != look.word:
            runs.append(Run(mode, "text_3", 11, gap=8))
        self.state.set_runs(*runs)
        heard = connection.last_received_at
        age = None if heard is None else max(0, snapshot.at - heard)
        told = "nothing yet" if age is None else fmt.age(age, snapshot.at, snapshot.timezone)
        stale = connection.state in TROUBLED or connection.late_since(snapshot.at) is not None
        self.age.set_runs(Run(told, "warn" if stale else "text_3", 11))
        self.restart.setVisible(connection.state in TROUBLED)

    def _show_shift(self, connection: Connection, snapshot: Snapshot, waits: str) -> None:
        ms, past = connection.clock_shift_ms, is_past(snapshot)
        for widget in (self.shift, self.set_shift):
            widget.setVisible(not past)
        self.set_shift.say("Set", waits)
        told = "counted as it says"
        if ms:
            told = f"counted {words.span(abs(ms))} {'earlier' if ms > 0 else 'later'}"
        self.shifted.set_runs(Run(told, "text_2" if ms else "text_3", 11))
        self._shift_row.setVisible(bool(connection.provides) and (bool(ms) or not past))

    def _ask_shift(self) -> None:
        ms = shift_of(self.shift.text())
        self.shift.mark_wrong(ms is None)
        if ms is not None:
            self.shift.clear()
            self.asked.emit(SetClockShift(source=self._source, shift_ms=ms))

    def _describe(self, place: int) -> str:
        return explain(tuple(_FIGURES)[place], self._snapshot)

    def _words(self) -> QLabel:
        label = QLabel()
        label.setFont(self._theme.font(11))
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.hide()
        return label


def shift_of(text: str) -> int | None:
    """Return typed seconds as milliseconds, below zero with a minus; None where they are none."""
    bare = text.strip().removesuffix("s").strip()
    sign = -1 if bare[:1] in ("-", fmt.MINUS) else 1
    seconds = typed.number(bare.lstrip(f"-{fmt.MINUS}"))
    return None if seconds is None else sign * round(seconds * Decimal(1000))


def _aside(connection: Connection) -> tuple[str, str]:
    if not connection.set_aside:
        return "", "warn"
    payloads = fmt.plural(connection.set_aside, "payload")
    return f"{payloads} set aside: not understood, kept whole", "warn"


def _say(label: QLabel, words: str, colour: str) -> None:
    if label.text() != words or label.property("colour") != colour:
        label.setProperty("colour", colour)
        label.setStyleSheet(f"color: {colour}")
        label.setText(words)
        label.setVisible(bool(words))
