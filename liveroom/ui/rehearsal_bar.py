"""The time of a rehearsal or a replay in the producer's hand: pause, speeds, jump to the next segment."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from liveroom.models.commands import JumpToNextSegment, SetSpeed
from liveroom.models.facts import ConnectionState, Mode
from liveroom.models.limits import LATEST_MS
from liveroom.ui import format as fmt
from liveroom.ui.keyboard.caps import in_words
from liveroom.ui.panel import Submit
from liveroom.ui.parts.runs import Run, RunLine, paint_runs
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

SPEEDS = ((1.0, "1×"), (5.0, "5×"), (20.0, "20×"))
_CHANGEABLE = (Mode.REHEARSAL, Mode.REPLAY)
_OVER = (ConnectionState.FINISHED, ConnectionState.STOPPED)
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class TimeButton(QAbstractButton):
    """A button of the bar, lit while it says how the time runs; takes no focus, like all transport."""

    def __init__(self, theme: Theme, content: Run, name: str, wide: int = 30) -> None:
        """Take what it shows and what it does in words."""
        super().__init__()
        self._theme, self._content, self._lit = theme, content, False
        self._key = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedSize(wide, 24)
        self.name(name)

    def name(self, name: str) -> None:
        """Say in words what it does."""
        self.setText(name)
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({self._key})" if self._key else name)

    def show_key(self, key: str) -> None:
        """Name the key that does the same; blank for none."""
        self._key = in_words(key)
        self.name(self.text())

    @property
    def is_lit(self) -> bool:
        """Return whether it says how the time runs."""
        return self._lit

    def show_state(self, lit: bool, content: Run | None = None) -> None:
        """Light it or not, and show another mark."""
        content = content or self._content
        if (lit, content) != (self._lit, self._content):
            self._lit, self._content = lit, content
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, box = self._theme, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        hot = self.isEnabled() and (self.underMouse() or self.isDown())
        painter.setBrush(theme["sel" if self._lit else "raised" if hot else "panel"])
        edge = "focus" if self._lit else "control" if self.isEnabled() else "line_2"
        painter.setPen(QPen(theme[edge], 1))
        painter.drawRoundedRect(box, 3, 3)
        tone = "text" if self._lit or hot else "text_2" if self.isEnabled() else "text_3"
        run = self._content._replace(tone=tone, weight=600 if self._lit else 400)
        paint_runs(painter, theme, (run,), QRectF(self.rect()), _MIDDLE)


class RehearsalBar(QWidget):
    """How fast the time runs, in words; and what changes it, by click or key."""

    def __init__(self, theme: Theme, submit: Submit, mode: Mode) -> None:
        """Build the buttons and their keys."""
        super().__init__()
        self._submit = submit
        self._speed, self._mode = 1.0, mode
        self._tone = "reh" if mode is Mode.REHEARSAL else "offer"
        self.words = RunLine(theme, 24, Qt.AlignmentFlag.AlignRight)
        widest = max(theme.advance(text, 12, 600) for text in ("as fast as possible",))
        self.words.setFixedWidth(round(widest) + 12)
        self.pause = TimeButton(theme, _PAUSE, "Pause")
        self.pause.clicked.connect(self.toggle)
        self.speeds: list[TimeButton] = []
        for speed, text in SPEEDS:
            button = TimeButton(theme, Run(text, px=12), name_of(speed, text), 34)
            button.clicked.connect(self._setter(speed))
            self.speeds.append(button)
        self.jump = TimeButton(theme, _JUMP, "Jump to the next segment")
        self.jump.clicked.connect(lambda: self._submit(JumpToNextSegment()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        row.addWidget(self.words)
        row.addSpacing(5)
        for each in (self.pause, *self.speeds, self.jump):
            row.addWidget(each)
        self.setFixedHeight(24)

    def toggle(self) -> None:
        """Pause, or go on as fast as before."""
        paused = self.pause.is_lit
        self._submit(SetSpeed(speed=self._speed if paused else 0.0))

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show how fast the time runs."""
        pace = snapshot.pace
        if pace is None:
            return
        sources = snapshot.connections
        over = pace.has_ended or (bool(sources) and all(one.state in _OVER for one in sources))
        speed, until = pace.speed, pace.until
        if speed:
            self._speed = speed
        hurries = until is not None or speed is None
        paused = speed == 0 and not hurries
        for (each, _), button in zip(SPEEDS, self.speeds, strict=True):
            button.setEnabled(not over)
            button.show_state(speed == each and not hurries and not over)
        self.pause.setEnabled(not over)
        self.pause.show_state(paused and not over, _RUN if paused else _PAUSE)
        name = "Go on" if paused else "Pause"
        if self.pause.text() != name:
            self.pause.name(name)
        self.jump.setEnabled(not over and bool(snapshot.run_of_show.segments))
        self.jump.show_state(hurries and not over)
        self._say(snapshot, speed, until, over)

    def text(self) -> str:
        """Return how fast the time runs, in words."""
        return self.words.text()

    def _say(self, snapshot: Snapshot, speed: float | None, until: int | None, over: bool) -> None:
        if over:
            run = Run(f"{self._mode} ended", self._tone, 12, 600)
        elif until is not None and until < LATEST_MS:
            run = Run(f"to {fmt.clock(until, snapshot.timezone)} …", self._tone, 12, 600)
        elif until is not None or speed is None:
            run = Run("as fast as possible", self._tone, 12, 600)
        elif speed == 0:
            run = Run("PAUSED", self._tone, 12, 600, outline=self._tone)
        elif speed == 1:
            run = Run("real time", "text_2")
        else:
            run = Run(f"{speed:g}× as fast", "text", 12, 600)
        self.words.set_runs(run)

    def _setter(self, speed: float) -> Callable[[], None]:
        return lambda: self._submit(SetSpeed(speed=speed))

    def press(self, button: QAbstractButton) -> None:
        """Do what a button does, from its key."""
        # Not the click's animation: it takes a tenth of a second.
        if button.isEnabled():
            button.clicked.emit()

    def show_keys(self, keys: Mapping[str, str]) -> None:
        """Show what key each command of time has now, by the command's id."""
        self.pause.show_key(keys["time.pause"])
        self.jump.show_key(keys["time.jump"])
        for (speed, _), button in zip(SPEEDS, self.speeds, strict=True):
            button.show_key(keys[f"time.speed_{speed:g}"])


def name_of(speed: float, text: str) -> str:
    """Return what a speed is called."""
    return "Real time" if speed == 1 else f"{text} as fast"


def why_no_time(snapshot: Snapshot | None) -> str:
    """Return why the time cannot be changed now, blank when it can."""
    if snapshot is None or snapshot.pace is None or snapshot.mode not in _CHANGEABLE:
        return "time is changed in a rehearsal or a replay only"
    sources = snapshot.connections
    if snapshot.pace.has_ended or (sources and all(one.state in _OVER for one in sources)):
        return f"the {snapshot.mode} has ended"
    return ""


def why_no_jump(snapshot: Snapshot | None) -> str:
    """Return why there is no jump to the next segment now, blank when there is."""
    reason = why_no_time(snapshot)
    if not reason and snapshot is not None and not snapshot.run_of_show.segments:
        return "there is no run of show"
    return reason


_PAUSE = Run(glyph="pause", px=10)
_RUN = Run(glyph="run", px=10)
_JUMP = Run(glyph="jump", px=11)
