"""The bar on top: which show, what kind of session in word, shape and colour, and the time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from liveroom.models.facts import Mode
from liveroom.ui.keyboard.caps import cap, in_words
from liveroom.ui.panel import Submit
from liveroom.ui.parts.buttons import GlyphButton
from liveroom.ui.parts.runs import Run, RunLine, paint_runs, width_of
from liveroom.ui.parts.short_line import ShortLine
from liveroom.ui.states import Look, is_on_air, lamp_of, meaning_of
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.rehearsal_bar import RehearsalBar

HEIGHT = 38
_BUTTONS_FROM = 1560
"""Width from which the buttons for layout and palette have room."""
_BANNER_WIDTH = 320
"""What the words of a banner need."""
_IN_SHORT = {
    Mode.REHEARSAL: ("Simulated · nothing is sent", "Nothing is sent"),
    Mode.REPLAY: ("Recorded · nothing is sent", "Nothing is sent"),
    Mode.LIVE: ("Live data",),
    Mode.DEBRIEF: ("Read only",),
}
"""What the mode means, where there is no room to say it all."""


class Lamp(QWidget):
    """A filled red field while on air; an outline with another mark and word for all else."""

    def __init__(self, theme: Theme) -> None:
        """Start with nothing said."""
        super().__init__()
        self._theme = theme
        self._look, self._filled = Look("off", "text_2", "WAITING"), False
        self.setFixedHeight(24)

    def show_state(self, look: Look, filled: bool) -> None:
        """Show a state; `filled` for on air only."""
        if (look, filled) != (self._look, self._filled):
            self._look, self._filled = look, filled
            self.setAccessibleName(look.word)
            self.setFixedWidth(self.sizeHint().width())
            self.update()

    def text(self) -> str:
        """Return the word on show."""
        return self._look.word

    def sizeHint(self) -> QSize:
        return QSize(int(width_of(self._runs(), self._theme)) + 24, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        tone = self._theme["onair" if self._filled else self._look.tone]
        painter.setPen(QPen(tone, 2))
        if self._filled:
            painter.setBrush(tone)
        painter.drawRoundedRect(box, 3, 3)
        paint_runs(painter, self._theme, self._runs(), box, Qt.AlignmentFlag.AlignHCenter)

    def _runs(self) -> tuple[Run, ...]:
        tone = "go_text" if self._filled else self._look.tone
        return (
            Run(glyph=self._look.glyph, px=11, tone=tone),
            Run(self._look.word, tone, 12, 600, gap=7),
        )


class Banner(QWidget):
    """Says in the show bar that recording is in trouble; lies over words, so nothing moves."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Stay hidden until there is trouble."""
        super().__init__(parent)
        self.setObjectName("banner")
        self._theme, self._trouble = theme, ""
        self.hide()

    def show_trouble(self, trouble: str) -> None:
        """Show the trouble, or hide when there is none."""
        if trouble != self._trouble:
            self._trouble = trouble
            self.setToolTip(trouble)
            self.setVisible(bool(trouble))
            self.raise_()
            self.update()

    def text(self) -> str:
        """Return the words on show."""
        return f"NOT RECORDING {self._trouble}" if self._trouble else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme["bad"])
        runs = (
            Run(glyph="failed", tone="panel", px=13),
            Run("NOT RECORDING", "panel", 12, 600, gap=7),
            Run(self._trouble, "panel", 12, 500, gap=10),
        )
        paint_runs(painter, self._theme, runs, QRectF(self.rect()).adjusted(10, 0, -10, 0))


class BarButton(QAbstractButton):
    """Words and a key cap; takes no focus."""

    def __init__(self, theme: Theme) -> None:
        """Start without words."""
        super().__init__()
        self._theme, self._key, self._glyph = theme, "", ""
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFixedHeight(24)

    def say(self, words: str, key: str, tip: str, glyph: str = "") -> None:
        """Show words, a key cap and a mark between."""
        if (words, key, glyph) != (self.text(), self._key, self._glyph):
            self._key, self._glyph = key, glyph
            self.setText(words)
            self.setAccessibleName(words)
            self.setFixedWidth(round(width_of(self._runs(), self._theme)) + 20)
            self.update()
        self.setToolTip(tip)

    def sizeHint(self) -> QSize:
        return QSize(self.width(), self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme, box = self._theme, QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setBrush(theme["raised" if self.underMouse() else "panel"])
        painter.setPen(QPen(theme["control"], 1))
        painter.drawRoundedRect(box, 3, 3)
        paint_runs(painter, theme, self._runs(), QRectF(self.rect()).adjusted(10, 0, -6, 0))
        if self._key:
            wide = theme.advance(self._key, 10.5) + 10
            cap = QRectF(self.width() - 10 - wide, 4.5, wide, 15)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cap, 2, 2)

    def _runs(self) -> tuple[Run, ...]:
        runs = [Run(self.text())]
        if self._glyph:
            runs.append(Run(glyph=self._glyph, tone="text_2", px=10, gap=6))
        if self._key:
            runs += [Run(self._key, "text_2", 10.5, gap=13), Run("", gap=5)]
        return tuple(runs)


class ShowBar(QWidget):
    """Title, lamp, what the mode means, since start, off air in, clock."""

    def __init__(self, theme: Theme, submit: Submit) -> None:
        """Build the bar; the main window gives the menu button its menu."""
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(HEIGHT)
        self._theme, self._submit = theme, submit
        self.time: RehearsalBar | None = None
        self.menu_button = GlyphButton(theme, "menu", "Menu (F10)", 26, 13, takes_focus=True)
        self.title = RunLine(theme, 20, fits=True, yields=True)
        self.lamp = Lamp(theme)
        self.meaning = ShortLine(theme, 20)
        self.since = RunLine(theme, 22, Qt.AlignmentFlag.AlignRight, fits=True)
        self.until = RunLine(theme, 22, Qt.AlignmentFlag.AlignRight, fits=True)
        self.clock = RunLine(theme, 26, Qt.AlignmentFlag.AlignRight, fits=True)
        self.layout_button, self.palette_button = BarButton(theme), BarButton(theme)
        self._keys: Mapping[str, str] = {}
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 12, 0)
        row.setSpacing(14)
        for widget in (self.menu_button, self.title, self.lamp):
            row.addWidget(widget)
        row.addWidget(self.meaning, 1)
        for widget in (self.since, self.until, self.clock):
            row.addWidget(widget)
        for button in (self.layout_button, self.palette_button):
            button.hide()
            row.addWidget(button)
        self.banner = Banner(theme, self)
        self._second = 0
        self._snapshot: Snapshot | None = None

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the show's title, state and times."""
        title = snapshot.title or snapshot.run_of_show.title or "Untitled show"
        before = self.title.text()
        self.title.set_runs(Run(title, px=13, weight=600))
        on_air = is_on_air(snapshot)
        self.lamp.show_state(lamp_of(snapshot), on_air)
        self._show_pace(snapshot)
        self.banner.show_trouble(snapshot.recording.trouble)
        if snapshot.at // 1000 != self._second:
            self._second = snapshot.at // 1000
            self._show_times(snapshot)
        self._snapshot = snapshot
        self._show_meaning(snapshot)
        if title != before and self.isVisible():
            # At once: a title has its room before it is painted.
            self._row.activate()
        self._place_banner()

    def show_keys(self, keys: Mapping[str, str]) -> None:
        """Show what key each command of the desk has now, by its id."""
        self._keys = keys
        menu = in_words(keys["desk.menu"])
        self.menu_button.setToolTip(f"Menu ({menu})" if menu else "Menu")
        tip = "Everything that the desk can do, found by a few letters"
        self.palette_button.say("Command", cap(keys["desk.palette"]), tip)
        if self.time is not None:
            self.time.show_keys(keys)

    def show_layout(self, title: str, why_locked: str) -> None:
        """Show which layout the desk has, and whether its panels are locked."""
        tip = "Choose, keep and reset layouts"
        if why_locked:
            tip = f"{why_locked}: none is moved or closed by accident. Unlock them here."
        key = cap(self._keys.get("layout.choose", ""))
        self.layout_button.say(f"Layout: {title}", key, tip, "hard start" if why_locked else "")

    def numbers(self) -> dict[str, str]:
        """Return the words and times on show."""
        return {
            "title": self.title.text(),
            "lamp": self.lamp.text(),
            "meaning": self.meaning.text(),
            "since": self.since.text(),
            "until": self.until.text(),
            "clock": self.clock.text(),
            "trouble": self.banner.text(),
            "pace": "" if self.time is None else self.time.text(),
        }

    def _show_meaning(self, snapshot: Snapshot) -> None:
        tone = {Mode.LIVE: "text_3", Mode.REHEARSAL: "reh"}.get(snapshot.mode, "offer")
        weight = 400 if snapshot.mode is Mode.LIVE else 600
        ways = (meaning_of(snapshot), *_IN_SHORT[snapshot.mode])
        self.meaning.set_choices(*(Run(words, tone, 12, weight) for words in ways))

    def _show_pace(self, snapshot: Snapshot) -> None:
        if snapshot.pace is None or snapshot.mode not in (Mode.REHEARSAL, Mode.REPLAY):
            return
        if self.time is None:
            # Only now: a first paint has no time to show.
            from liveroom.ui.rehearsal_bar import RehearsalBar

            self.time = RehearsalBar(self._theme, self._submit, snapshot.mode)
            self._row.insertWidget(self._row.indexOf(self.meaning) + 1, self.time)
            self.time.show()
            if self._keys:
                self.time.show_keys(self._keys)
        self.time.show_snapshot(snapshot)

    def _show_times(self, snapshot: Snapshot) -> None:
        # Only now, like in `_show_span`: the first paint has no time to show and does not wait.
        from liveroom.models.run_of_show import timings
        from liveroom.ui import format as fmt

        now = fmt.clock(snapshot.at, snapshot.timezone)
        self.clock.set_runs(Run(now, px=20, weight=600))
        self.clock.setToolTip(f"Time of the show in {snapshot.timezone}")
        since = None if snapshot.started_at is None else snapshot.at - snapshot.started_at
        self._show_span(self.since, "Since start", since, hours=True)
        rows = timings(snapshot.run_of_show, snapshot.at)
        end = rows[-1].end if rows else None
        started = snapshot.run_of_show.on_air is not None
        left = end - snapshot.at if end is not None and started and end > snapshot.at else None
        self._show_span(self.until, "Off air in", left)

    def _show_span(self, line: RunLine, words: str, span: int | None, hours: bool = False) -> None:
        if span is None:
            line.set_runs()
            return
        from liveroom.ui import format as fmt

        value = fmt.duration(span, hours)
        line.set_runs(Run(words, "text_3"), Run(value, "text_2", 14, gap=6))

    def resizeEvent(self, event: QResizeEvent) -> None:
        # A small screen has no room for them; their keys and the menu do the same.
        roomy = self.width() >= _BUTTONS_FROM
        for button in (self.layout_button, self.palette_button):
            button.setVisible(roomy)
        super().resizeEvent(event)
        self._place_banner()

    def _place_banner(self) -> None:
        # Over what the mode means; where that is short, over the times too, but never over the clock.
        left, right = self.meaning.x(), self.meaning.geometry().right()
        if right - left < _BANNER_WIDTH:
            right = self.clock.x() - 14
        self.banner.setGeometry(left, 5, max(80, right - left), HEIGHT - 10)
