"""The bar under everything: the whole show at a glance, and the way to any second of it and back."""

from __future__ import annotations

from collections.abc import Mapping
from operator import is_not
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from liveroom.models.facts import Mode
from liveroom.ui.keyboard.caps import cap, in_words
from liveroom.ui.parts.buttons import GlyphButton
from liveroom.ui.parts.runs import Run, RunLine, paint_runs, width_of
from liveroom.ui.parts.scrub_track import ScrubTrack
from liveroom.ui.theme import Theme
from liveroom.ui.time_travel import STEP_MS, TimeTravel

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.scrub_marks import Mark

HEIGHT = 56
_TEXTS_WIDTH = 158
_PRESENT = {Mode.LIVE: "LIVE", Mode.DEBRIEF: "THE END"}
"""What the present is called; in a rehearsal and a replay it is now."""


_KEYS = {
    "travel.earlier": "[",
    "travel.later": "]",
    "travel.mark_before": ",",
    "travel.mark_after": ".",
    "travel.begin": "Ctrl+Home",
    "travel.back": "End",
}
"""The keys that lead through the show, until the producer gives them others."""
_BUTTONS = {
    "travel.begin": "To the beginning",
    "travel.earlier": "10 seconds earlier",
    "travel.later": "10 seconds later",
}


class NowButton(QAbstractButton):
    """Says that the desk shows the present, or leads back to it; always as wide."""

    def __init__(self, theme: Theme) -> None:
        """Start at the present."""
        super().__init__()
        self._theme, self._past, self._present = theme, False, "NOW"
        self._key = ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedSize(150, 28)
        self.show_key(_KEYS["travel.back"])

    def show_key(self, key: str) -> None:
        """Show the key that does the same; blank for none."""
        if key != self._key:
            self._key = key
            self.setToolTip(_named("Back to the present", key))
            self.update()

    def show_state(self, past: bool, present: str) -> None:
        """Show where one looks, and what the present is called."""
        if (past, present) != (self._past, self._present):
            self._past, self._present = past, present
            self.setAccessibleName(self.text())
            self.update()

    def text(self) -> str:
        """Return the words on show."""
        return f"Back to {self._present.lower()}" if self._past else self._present

    def sizeHint(self) -> QSize:
        return QSize(150, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, box = self._theme, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(theme["offer" if self._past else "line_2"])
        painter.setBrush(theme["offer" if self._past else "raised"])
        painter.drawRoundedRect(box, 3, 3)
        ink, quiet = ("panel", "panel") if self._past else ("text", "text_3")
        mark = Run(glyph="next" if self._past else "ok", tone=ink, px=9)
        runs = [mark, Run(self.text(), ink, 12, 600, gap=7)]
        key = Run(cap(self._key), quiet, 10.5, 500, gap=8, outline=quiet)
        if self._key and width_of((*runs, key), theme) <= box.width() - 12:
            runs.append(key)
        paint_runs(painter, theme, runs, box, Qt.AlignmentFlag.AlignHCenter)


class ScrubBar(QWidget):
    """Where one looks, in words; steps; the track; the way back."""

    def __init__(self, theme: Theme, travel: TimeTravel) -> None:
        """Take the time travel that the bar shows and moves."""
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._theme, self._travel, self._notice = theme, travel, ""
        self._snapshot: Snapshot | None = None
        self._told: tuple[object, ...] = ()
        self._marks: tuple[Mark, ...] = ()
        self._keys: Mapping[str, str] = _KEYS
        self._buttons: dict[str, GlyphButton] = {}
        self.where = RunLine(theme, 18)
        self.hint = RunLine(theme, 16)
        self.track = ScrubTrack(theme)
        self.now = NowButton(theme)
        texts = QWidget()
        texts.setFixedWidth(_TEXTS_WIDTH)
        lines = QVBoxLayout(texts)
        lines.setContentsMargins(0, 9, 0, 9)
        lines.setSpacing(2)
        lines.addWidget(self.where)
        lines.addWidget(self.hint)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(4)
        row.addWidget(texts)
        for glyph, command, move in (
            ("first", "travel.begin", travel.begin),
            ("past", "travel.earlier", lambda: travel.step(-STEP_MS)),
            ("run", "travel.later", lambda: travel.step(STEP_MS)),
        ):
            words = _named(_BUTTONS[command], _KEYS[command])
            button = self._buttons[command] = GlyphButton(theme, glyph, words, 26, 11)
            button.clicked.connect(lambda _=False, move=move: move())
            row.addWidget(button)
        row.addSpacing(6)
        row.addWidget(self.track, 1)
        row.addSpacing(8)
        row.addWidget(self.now)
        self.now.clicked.connect(lambda _=False: travel.back())
        self.track.travelled.connect(self._to)
        travel.asked.connect(self._asked)
        self._say()

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the present, and where one looks."""
        # Only now: the first paint has no show, and does not wait for its words.
        from liveroom.ui.scrub_marks import marks_of

        self._snapshot = snapshot
        told = (snapshot.journal, snapshot.audience.peak_at, snapshot.run_of_show.segments)
        if len(told) != len(self._told) or any(map(is_not, told, self._told)):
            self._told, self._marks = told, marks_of(snapshot)
        self.track.look(self._travel.wanted)
        self.track.show_snapshot(snapshot, self._marks)
        self._say()

    def show_keys(self, keys: Mapping[str, str]) -> None:
        """Show what key each command has now, by its id."""
        self._keys = keys
        self.now.show_key(keys["travel.back"])
        for command, button in self._buttons.items():
            button.setToolTip(_named(_BUTTONS[command], keys[command]))
        self._say()

    def to_mark(self, step: int) -> None:
        """Look at the next mark, or at the one before."""
        from liveroom.ui.scrub_marks import next_mark

        if self._snapshot is None:
            return
        at = self._snapshot.at if self._travel.wanted is None else self._travel.wanted
        mark = next_mark(self._marks, at, step)
        if mark is not None:
            self._travel.travel(mark.at)
        elif step > 0:
            self._travel.back()
        else:
            self.say("No mark before")

    def say(self, notice: str) -> None:
        """Say something in place of the hint until one moves."""
        self._notice = notice
        self._say()

    def numbers(self) -> dict[str, str]:
        """Return the words on show."""
        return {"where": self.where.text(), "hint": self.hint.text(), "now": self.now.text()}

    def _to(self, at: int | None) -> None:
        if at is None:
            self._travel.back()
        else:
            self._travel.travel(at)

    def _asked(self, at: int | None) -> None:
        self._notice = ""
        self.track.look(at)
        self._say()

    def _hint(self) -> tuple[Run, ...]:
        """Return the keys that lead through the show, brighter than what they do; those that have room."""
        steps = self._pair("travel.earlier", "travel.later", "10 s", 0)
        marks = self._pair("travel.mark_before", "travel.mark_after", "marks", 14 if steps else 0)
        both = (*steps, *marks)
        return both if width_of(both, self._theme) <= _TEXTS_WIDTH else steps

    def _pair(self, before: str, after: str, words: str, gap: float) -> tuple[Run, ...]:
        keys = [in_words(self._keys[each]) for each in (before, after)]
        runs = [Run(key, weight=600, gap=5) for key in keys if key]
        if not runs:
            return ()
        runs[0] = runs[0]._replace(gap=gap)
        return (*runs, Run(words, "text_3", 11, gap=6))

    def _say(self) -> None:
        snapshot, at = self._snapshot, self._travel.wanted
        present = "NOW" if snapshot is None else _PRESENT.get(snapshot.mode, "NOW")
        pictured = snapshot is not None and snapshot.is_past
        self.now.show_state(at is not None, "THEN" if pictured else present)
        hint = (Run(self._notice, "warn", 11, 600),) if self._notice else self._hint()
        if snapshot is None or (at is None and not pictured):
            self.where.set_runs(Run("Time travel", "text", 12, 600))
            self.hint.set_runs(*hint)
            return
        from liveroom.ui import format as fmt

        at = snapshot.at if at is None else at
        shown = fmt.clock_with_day(at, snapshot.timezone, snapshot.at, seconds=True)
        self.where.set_runs(
            Run(glyph="past", tone="offer", px=10), Run(shown, "offer", 14, 600, gap=6)
        )
        if pictured:
            # A picture of a moment: there is no present beside it.
            self.hint.set_runs(Run("as it was then", "text_2", 11))
            return
        ago = fmt.duration(snapshot.at - at, hours=snapshot.at - at >= 3_600_000)
        said = (Run(f"{ago} before {present.lower()}", "text_2", 11),)
        self.hint.set_runs(*(hint if self._notice else said))


def _named(words: str, key: str) -> str:
    return f"{words} ({in_words(key)})" if key else words
