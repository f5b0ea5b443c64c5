"""The start screen: new show, rehearse, replay, open session, and the sessions of before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
)
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from liveroom import __version__
from liveroom.models.facts import Mode
from liveroom.ui import layouts
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.start_screen_choices import Choice, Offers, OpenSession, RecentRow
from liveroom.ui.start_screen_form import Form
from liveroom.ui.start_screen_forms import FORMS
from liveroom.ui.start_screen_parts import Card, Line, PickList, Row
from liveroom.ui.theme import THEMES, Theme

_WAYS = (
    ("N", "New show", "a live session of your own"),
    ("R", "Rehearse", "a simulated show that answers to you"),
    ("P", "Replay", "recorded facts, played again"),
    ("O", "Open session", "look back at a show that ended"),
)
_REHEARSE, _OPEN = 1, 3
_WIDEST, _TALLEST, _WIDE = 1400, 900, 1200
_LEFT, _LEFT_SMALL = 420, 340
_LOOKS = {
    # Not in red: it is not on air now.
    Mode.LIVE: ("done", "text_2", "LIVE SHOW"),
    Mode.REHEARSAL: ("simulated", "reh", "REHEARSAL"),
    Mode.REPLAY: ("past", "offer", "REPLAY"),
}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_KEY_HINT = "arrows move · Tab next · Enter starts · Esc back"


class StartScreen(QWidget):
    """One window: the four ways and the recent sessions at the left, what the way asks at the right."""

    chosen = Signal(object)
    """A `Choice` was made; `show_error` or `hide` answers it."""
    closing = Signal()
    painted = Signal()
    """The window has been seen for the first time."""

    def __init__(self, settings: QSettings, theme: str | None = None) -> None:
        """Build the screen; what it offers comes with `offer`, after the first paint."""
        super().__init__()
        self._settings = settings
        name = theme or str(settings.value("desk/theme", THEMES[0]))
        self.theme = Theme(name if name in THEMES else THEMES[0])
        self._offers, self._painted = Offers(), False
        self._dress()
        self.ways = PickList(self.theme, "Start", 52)
        self.ways.set_rows([_way_row(*way) for way in _WAYS])
        self.ways.moved.connect(self._show_way)
        self.ways.left_at.connect(self._go_down)
        self.recent = PickList(self.theme, "Recent sessions", 46)
        self.recent.left_at.connect(self._go_up)
        self.recent.itemDoubleClicked.connect(lambda _: self._open_recent())
        self.pages = QStackedWidget()
        self.forms: list[Form] = []
        for kind in FORMS:
            form = kind(self.theme, settings)
            form.chosen.connect(self._choose)
            form.left.connect(self.ways.setFocus)
            self.pages.addWidget(form)
            self.forms.append(form)
        self._build()
        self.ways.setCurrentRow(_REHEARSE)
        QShortcut(QKeySequence("Ctrl+Q"), self).activated.connect(self.close)
        if not layouts.restore_geometry(self, settings):
            self.resize(self.screen().availableGeometry().size().boundedTo(QSize(1920, 1080)))

    @property
    def form(self) -> Form:
        """Return the page on show."""
        return self.forms[self.pages.currentIndex()]

    def offer(self, offers: Offers) -> None:
        """Show what can be chosen from."""
        self._offers = offers
        for form in self.forms:
            form.offer(offers)
        self.recent.set_rows([_recent_row(row, offers.timezone) for row in offers.recent])
        self.recent.setCurrentRow(-1)
        count = len(offers.recent)
        self._recent_card.say("Recent sessions", "newest first" if count else "", str(count or ""))
        self._nothing.setVisible(not count)
        self.recent.setVisible(bool(count))

    def show_error(self, text: str) -> None:
        """Say why nothing was opened, where it was asked for; the screen stays."""
        for form in self.forms:
            form.show_busy("")
        self.form.show_error(text)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._recent_card.setFixedWidth(_LEFT if self.width() >= _WIDE else _LEFT_SMALL)

    def closeEvent(self, event: QCloseEvent) -> None:
        layouts.save_geometry(self, self._settings)
        self.closing.emit()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, focused = event.key(), QApplication.focusWidget()
        letters = [way[0] for way in _WAYS]
        if key in _ENTER and focused is self.recent:
            self._open_recent()
        elif focused is self.ways and (key in _ENTER or key == Qt.Key.Key_Right):
            self._enter_form()
        elif key == Qt.Key.Key_Escape:
            self.ways.setFocus()
        elif event.text().upper() in letters and not self.form.isAncestorOf(focused or self):
            self.ways.setCurrentRow(letters.index(event.text().upper()))
            self._enter_form()
        else:
            event.ignore()

    def _enter_form(self) -> None:
        self.form.first_field().setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_way(self, place: int) -> None:
        if 0 <= place < len(self.forms):
            self.pages.setCurrentIndex(place)
            self._form_card.say(self.form.title, _WAYS[place][2])

    def _go_down(self, step: int) -> None:
        if step > 0 and self.recent.count():
            self.recent.setFocus()

    def _go_up(self, step: int) -> None:
        if step < 0:
            self.ways.setFocus()

    def _open_recent(self) -> None:
        place = self.recent.currentRow()
        if 0 <= place < len(self._offers.recent):
            self.ways.setCurrentRow(_OPEN)
            self._choose(OpenSession(str(self._offers.recent[place].path)))

    def _choose(self, choice: Choice) -> None:
        self.form.show_error("")
        for form in self.forms:
            form.show_busy("Opening …")
        self.chosen.emit(choice)

    def _build(self) -> None:
        self._form_card = Card(self.theme, "", self.pages)
        body = QWidget()
        inside = QVBoxLayout(body)
        inside.setContentsMargins(0, 0, 0, 0)
        self._nothing = QLabel(
            "No session was recorded yet. The first rehearsal will be listed here."
        )
        self._nothing.setFont(self.theme.font())
        self._nothing.setWordWrap(True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setContentsMargins(24, 0, 24, 0)
        inside.addWidget(self._nothing, 1)
        inside.addWidget(self.recent, 1)
        self.recent.hide()
        self._recent_card = Card(self.theme, "Recent sessions", body)
        self.ways.setFixedHeight(len(_WAYS) * 52)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(Card(self.theme, "Start", self.ways))
        left.addWidget(self._recent_card, 1)
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addLayout(left)
        row.addWidget(self._form_card, 1)
        content = QWidget()
        content.setMaximumSize(_WIDEST, _TALLEST)
        column = QVBoxLayout(content)
        column.setContentsMargins(16, 10, 16, 12)
        column.setSpacing(10)
        column.addLayout(self._head())
        column.addLayout(row, 1)
        outer = QGridLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(content, 0, 0)
        self.setTabOrder(self.ways, self.recent)
        self.setTabOrder(self.recent, self.forms[0].first_field())

    def _head(self) -> QHBoxLayout:
        name = RunLine(self.theme, 34)
        name.set_runs(
            Run("liveroom", px=20, weight=600),
            Run("the control room of a live sales show", "text_2", 12, gap=12),
            Run(__version__, "text_3", 11, gap=12),
        )
        keys = RunLine(self.theme, 34, Qt.AlignmentFlag.AlignRight, fits=True)
        keys.set_runs(Run(_KEY_HINT, "text_3", 11))
        head = QHBoxLayout()
        head.addWidget(name, 1)
        head.addWidget(keys)
        return head

    def _dress(self) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self.theme.apply(application)
        self.setWindowTitle("liveroom")
        self.setMinimumSize(960, 560)
        self.setStyleSheet(self.theme.style_sheet() + _sheet(self.theme))


def _sheet(theme: Theme) -> str:
    colours = theme.hexes
    return f"""
StartScreen {{ background: {colours["window"]}; }}
QWidget#card {{ background: {colours["panel"]}; border: 1px solid {colours["line"]}; border-radius: 4px; }}
QWidget#cardTitle {{ background: {colours["header"]}; border-bottom: 1px solid {colours["line"]};
    border-top-left-radius: 4px; border-top-right-radius: 4px; }}
QListWidget {{ background: {colours["panel"]}; border: none; outline: none; }}
Form QListWidget {{ border: 1px solid {colours["line_2"]}; border-radius: 3px; }}
QLabel#error {{ color: {colours["bad"]}; }}
QLineEdit:disabled {{ color: {colours["text_3"]}; background: {colours["panel"]};
    border-color: {colours["line"]}; }}
"""


def _way_row(key: str, title: str, words: str) -> Row:
    head = Line((Run(title, px=14, weight=600),), height=20)
    return Row((head, Line((Run(words, "text_2", 11),), height=16)), key)


def _recent_row(row: RecentRow, timezone: str) -> Row:
    glyph, tone, word = _look(row)
    when = _when(row.created_at, timezone)
    span = "" if row.duration_ms is None else _span(row.duration_ms)
    parts = [part for part in (when, span, _size(row.size_bytes)) if part]
    head = Line((Run(row.title, weight=600),), (), 18)
    below = Line(
        (Run(glyph=glyph, tone=tone, px=9), Run(word, tone, 10.5, 600, gap=6)),
        (Run(" · ".join(parts), "text_2", 11),),
        16,
    )
    return Row((head, below), tip=row.trouble or str(row.path))


def _look(row: RecentRow) -> Sequence[str]:
    if row.trouble:
        return ("failed", "bad", "CANNOT BE READ")
    return _LOOKS.get(Mode(row.mode), ("done", "offer", row.mode.upper()))


def _when(at: int, timezone: str) -> str:
    return datetime.fromtimestamp(at / 1000, ZoneInfo(timezone)).strftime("%-d %b %Y %H:%M")


def _span(span_ms: int) -> str:
    minutes, seconds = divmod(span_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}"


def _size(size_bytes: int) -> str:
    size = size_bytes / 1_000_000
    return f"{size:.1f} MB" if size < 10 else f"{size:,.0f} MB"
