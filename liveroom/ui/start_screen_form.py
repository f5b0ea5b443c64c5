"""What the pages of the start screen have in common: fields, the error in place, Enter and Esc."""

from __future__ import annotations

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.start_screen_choices import Choice, Offers
from liveroom.ui.start_screen_parts import StartButton
from liveroom.ui.theme import Theme

FIELD = 380
_LABEL, _WIDEST_ERROR = 104, 1200
_NARROWEST, _FIRST = 140, 100
"""A field gives way in a small window; before all else it takes what room there is."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_OPTIONS = {
    "name it with --mapping": "choose it under Mapping",
    "choose one with --mapping": "choose one under Mapping",
    "another --session": "another file",
}
"""What errors of the command line say, in the words of the page."""


class Form(QWidget):
    """A page: fields, the error in place, the button. Enter starts, Esc leaves."""

    chosen = Signal(object)
    left = Signal()
    title, start_words = "", ""

    def __init__(self, theme: Theme, settings: QSettings) -> None:
        """Build the page; what was chosen last time is filled in."""
        super().__init__()
        self.theme, self.settings = theme, settings
        self.offers = Offers()
        self._grid = QGridLayout()
        self._grid.setColumnMinimumWidth(0, _LABEL)
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(10)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.error = sentence(theme, "error", 2)
        self.error.setMaximumWidth(_WIDEST_ERROR)
        self.start = StartButton(theme, self.start_words)
        self.start.clicked.connect(self.submit)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        self.build(column)
        column.addLayout(self._grid)
        column.addStretch(1)
        # Its room stays free while there is none, so that nothing moves when it comes.
        kept = self.error.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.error.setSizePolicy(kept)
        trouble = QHBoxLayout()
        self._mark = RunLine(theme, 16, fits=True)
        self._mark.set_runs(Run(glyph="failed", tone="bad", px=13))
        trouble.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignTop)
        trouble.addWidget(self.error, 1)
        column.addLayout(trouble)
        self.show_error("")
        foot = QHBoxLayout()
        foot.addWidget(self.start)
        self.note = RunLine(theme, 20)
        foot.addSpacing(8)
        foot.addWidget(self.note, 1)
        column.addLayout(foot)

    def build(self, column: QVBoxLayout) -> None:
        """Add the fields."""
        raise NotImplementedError

    def choice(self) -> Choice:
        """Return what the page asks for; raises ValueError that says what to mend."""
        raise NotImplementedError

    def first_field(self) -> QWidget:
        """Return where the keyboard goes first."""
        raise NotImplementedError

    def offer(self, offers: Offers) -> None:
        """Show what can be chosen from."""
        self.offers = offers

    def submit(self) -> None:
        """Ask for what the page says, or say in place what is wrong with it."""
        if not self.start.isEnabled():
            return
        self.show_error("")
        try:
            choice = self.choice()
        except ValueError as error:
            self.show_error(str(error))
            return
        self.chosen.emit(choice)

    def show_error(self, text: str) -> None:
        """Say what is wrong, and what mends it, in the words of this page."""
        for option, field in _OPTIONS.items():
            text = text.replace(option, field)
        self.error.setText(text)
        for widget in (self.error, self._mark):
            widget.setVisible(bool(text))

    def show_busy(self, words: str) -> None:
        """Say that the session is being opened; nothing can be asked for meanwhile."""
        self.start.setEnabled(not words)
        self.note.set_runs(Run(words, "text_2"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        focused = QApplication.focusWidget()
        if event.key() in _ENTER:
            if isinstance(focused, QPushButton):
                focused.click()
            else:
                self.submit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() == Qt.Key.Key_Down:
            self.focusNextChild()
        elif event.key() == Qt.Key.Key_Up:
            self.focusPreviousChild()
        else:
            event.ignore()

    def say(self, column: QVBoxLayout, text: str) -> None:
        """Add a sentence on top."""
        label = sentence(self.theme, "", 1)
        label.setText(text)
        column.addWidget(label)

    def row(self, name: str, *fields: QWidget, hint: str = "") -> None:
        """Add a row: its name, its fields side by side, and a hint behind them."""
        place = self._grid.rowCount()
        label = QLabel(name)
        label.setFont(self.theme.font())
        label.setFixedHeight(26)
        label.setBuddy(fields[0])
        line = QHBoxLayout()
        line.setSpacing(8)
        for field in fields:
            line.addWidget(field, _FIRST)
            if not field.accessibleName():
                field.setAccessibleName(name)
        if hint:
            line.addSpacing(4)
            words = RunLine(self.theme, 26)
            words.set_runs(Run(hint, "text_3", 11))
            line.addWidget(words, 1)
        else:
            line.addStretch(1)
        self._grid.addWidget(label, place, 0, Qt.AlignmentFlag.AlignTop)
        self._grid.addLayout(line, place, 1)

    def field(self, text: str = "", width: int = FIELD, placeholder: str = "") -> QLineEdit:
        """Return a field to type into."""
        field = QLineEdit(text)
        field.setFont(self.theme.font())
        field.setMinimumWidth(min(width, _NARROWEST))
        field.setMaximumWidth(width)
        field.setFixedHeight(26)
        field.setPlaceholderText(placeholder)
        return field

    def button(self, words: str, slot: object) -> QPushButton:
        """Return a button beside a field."""
        button = QPushButton(words)
        button.setFont(self.theme.font())
        button.setFixedHeight(26)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.clicked.connect(slot)
        return button

    def remembered(self, key: str, default: str = "") -> str:
        """Return what was chosen last time."""
        return str(self.settings.value(f"start/{key}", default))

    def remember(self, **values: str) -> None:
        """Keep what was chosen for the next time."""
        for key, value in values.items():
            self.settings.setValue(f"start/{key}", value)

    def ask_file(self, field: QLineEdit, title: str, kinds: str) -> None:
        """Let a file be chosen in the system's dialog."""
        where = field.text() or self.offers.sessions_folder
        name, _ = QFileDialog.getOpenFileName(self, title, where, kinds)
        if name:
            field.setText(name)


class Either(QStackedWidget):
    """Words, or in their place a file to name: nothing moves when one takes the other's place."""

    def __init__(self, words: QLabel, field: QLineEdit, browse: QPushButton) -> None:
        """Take what is shown, and what is asked in its place."""
        super().__init__()
        self.setFixedHeight(max(34, words.minimumHeight()))
        asked = QWidget()
        line = QHBoxLayout(asked)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(field, _FIRST)
        line.addWidget(browse)
        line.addStretch(1)
        self.addWidget(words)
        self.addWidget(asked)

    def ask(self, asks: bool) -> None:
        """Ask for the file, or show the words."""
        self.setCurrentIndex(int(asks))


def sentence(theme: Theme, name: str, lines: int) -> QLabel:
    """Return words that may take several lines, with room for so many."""
    label = QLabel()
    label.setObjectName(name)
    label.setFont(theme.font())
    label.setWordWrap(True)
    label.setMaximumWidth(720)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setMinimumHeight(lines * 16)
    return label
