"""The presenter: what stands in front of them, in miniature, and a message to put there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from liveroom.models.commands import TellPresenter
from liveroom.models.facts import Mode
from liveroom.ui import format as fmt
from liveroom.ui.keyboard.caps import in_words
from liveroom.ui.keyboard.commands import FixedKey, PanelCommand
from liveroom.ui.panel import Heading, Panel, Submit
from liveroom.ui.parts.asked import Asked
from liveroom.ui.parts.cells import Cell, Column
from liveroom.ui.parts.lever_button import LeverButton
from liveroom.ui.parts.message_field import MessageField
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.parts.table import Table
from liveroom.ui.presenter.message import fit_of
from liveroom.ui.presenter.preview import Preview
from liveroom.ui.presenter.words import facts_of, numbers_of
from liveroom.ui.theme import Theme
from liveroom.ui.tooltips import explain

if TYPE_CHECKING:
    from liveroom.models.presenter import Told
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.presenter.words import Facts

_MOST_RECENT = 20
_TELL = "tell"
_HINT = "Message to the presenter"
_PAST = "Looking back: only the present takes messages"
_RECORDED = "Messages are sent on air or in rehearsal"
_KEYS = ("Enter sends · Shift+Enter second line · Esc leaves", "Enter sends · Esc leaves")
_MARGIN, _PREVIEW_SHARE = 8, 0.56
_RECENT_FROM = 400
"""So high (px) is a panel that has room for earlier messages below the field."""
_COLUMNS = (
    Column("time", "Sent", 66, left=True),
    Column("words", "Message", 0, left=True),
)


class PresenterPanel(Panel):
    """Preview, what stands since when, the field, and what was sent before."""

    commands = (
        PanelCommand(
            "clear",
            "Take the message to the presenter away",
            ("Shift+Esc",),
            lambda panel: panel.clear_message(),
            acts=True,
        ),
    )
    fixed_keys = (
        FixedKey(("Return",), "Send the message"),
        FixedKey(("Shift+Return",), "Begin the second line"),
        FixedKey(("Esc",), "Leave the field; what was typed stays"),
    )

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build the parts from top to bottom."""
        super().__init__(submit, theme)
        self.asked = Asked()
        self._snapshot: Snapshot | None = None
        self._facts: Facts | None = None
        self._recent: tuple[Told, ...] = ()
        self._second = -1
        self._before: QWidget | None = None
        self._sent = self._hint = ""
        self.preview = Preview(theme, self._explain)
        self.standing = RunLine(theme, 24)
        self.clear = LeverButton(theme, "Clear")
        self.clear.clicked.connect(self.clear_message)
        self.field = MessageField(theme, "Message to the presenter")
        self.field.setPlaceholderText(_HINT)
        self.field.sent.connect(self.send)
        self.field.left.connect(self.leave)
        self.field.textChanged.connect(self._say_fit)
        self.fit = RunLine(theme, 20)
        self.recent = Table(theme, _COLUMNS, 24, self._describe)
        self.recent.set_least_name(120)
        self.recent.say_nothing(Run("Nothing sent yet", "text_3"))
        # What has the keyboard where the field takes no messages.
        self.recent.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.recent.activated.connect(lambda index: self._take_again(index.row()))
        self._build()

    def called(self) -> None:
        """Begin a message."""
        focused = QApplication.focusWidget()
        if focused is not None and not self.isAncestorOf(focused):
            self._before = focused
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        self.asked.settle(snapshot)
        self._give_back()
        self._facts = facts_of(snapshot)
        self.preview.board.show_facts(self._facts)
        second = snapshot.at // fmt.SECOND
        if before is None or before.presenter is not snapshot.presenter:
            self._show_recent(snapshot)
        if second != self._second or before is None or before.presenter is not snapshot.presenter:
            self._second = second
            self._show_standing(snapshot)
        recorded = snapshot.mode not in (Mode.LIVE, Mode.REHEARSAL)
        able = not recorded and not snapshot.is_past
        self.field.setEnabled(able)
        hint = _RECORDED if recorded else _PAST if snapshot.is_past else _HINT
        if hint != self.field.placeholderText():
            self.field.setPlaceholderText(hint)
        self.clear.setEnabled(able and bool(snapshot.presenter.message))
        self._say_fit()

    def heading(self) -> Heading:
        snapshot = self._snapshot
        if snapshot is None:
            return Heading()
        cut = self.preview.board.cut()
        if snapshot.presenter.message in cut:
            return Heading("", "the message is cut", "warn")
        if self._facts is not None and self._facts.question in cut:
            return Heading("", "the question is cut", "warn")
        return Heading("", self._hint)

    def show_keys(self, keys: Mapping[str, str]) -> None:
        self.clear.show_key(keys["clear"])
        hints = ((keys["call"], "writes"), (keys["display.open"], "opens the display"))
        self._hint = " · ".join(f"{in_words(key)} {does}" for key, does in hints if key)
        self.say_heading()

    def numbers(self) -> dict[str, str]:
        if self._facts is None:
            return {}
        rows = {
            f"recent.{row}": self.recent.text_at(row, "words") for row in range(len(self._recent))
        }
        said = {"standing": self.standing.text(), "fit": self.fit.text()}
        return numbers_of(self._facts) | said | rows

    def is_waiting(self) -> bool:
        return self.asked.is_waiting

    def is_being_edited(self) -> bool:
        return self.field.hasFocus() and bool(self.field.text())

    def send(self) -> None:
        """Ask for the message to be shown; without text the one that stands is cleared."""
        snapshot, text = self._snapshot, self.field.text().strip()
        if snapshot is None or not fit_of(text, self.theme).fits:
            return
        if text or snapshot.presenter.message:
            self._ask(text)
        self._sent = text
        self.field.clear()
        self.leave()

    def clear_message(self) -> None:
        """Ask for the message that stands to be taken away."""
        if self.clear.isEnabled():
            self._ask("")

    def leave(self) -> bool:
        """Give the keyboard back to what had it before; what was typed stays."""
        had = self.field.hasFocus()
        before, self._before = self._before, None
        if before is not None and shiboken6.isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.field.clearFocus()
        return had

    def _ask(self, text: str) -> None:
        snapshot = self._snapshot
        assert snapshot is not None
        before = snapshot.presenter
        command = TellPresenter(text=text)
        self.asked.ask(_TELL, command, snapshot, lambda _: self._told() is not before)
        self.submit(command)
        self._show_standing(snapshot)

    def _told(self) -> object:
        return None if self._snapshot is None else self._snapshot.presenter

    def _give_back(self) -> None:
        """Put what was refused back into the field."""
        if self.asked.trouble and self._sent and not self.field.text():
            self.field.setPlainText(self._sent)
            self._sent = ""

    def _show_standing(self, snapshot: Snapshot) -> None:
        presenter = snapshot.presenter
        waits = self.asked.word(_TELL)
        if waits:
            self.standing.set_runs(Run(waits, "text_2"))
        elif self.asked.trouble:
            self.standing.set_runs(
                Run(glyph="attention", tone="warn", px=11),
                Run(self.asked.trouble, "warn", gap=6),
            )
        elif presenter.since is None:
            self.standing.set_runs(Run("No message on the display", "text_3"))
        else:
            since = fmt.duration(max(0, snapshot.at - presenter.since))
            self.standing.set_runs(
                Run(glyph="message", tone="warn", px=12),
                Run("Message shown", "text", weight=600, gap=6),
                Run(f"for {since}", "text_2", gap=6),
            )

    def _show_recent(self, snapshot: Snapshot) -> None:
        self._recent = snapshot.presenter.recent(_MOST_RECENT)
        self.recent.resize_rows(len(self._recent))
        for row, told in enumerate(self._recent):
            clock = fmt.clock(told.at, snapshot.timezone)
            self.recent.set_cell(row, "time", Cell(clock, "text_3"))
            self.recent.set_cell(row, "words", Cell(_in_one_line(told.text)))

    def _say_fit(self) -> None:
        text = self.field.text()
        found = fit_of(text, self.theme)
        self.field.mark_wrong(not found.fits)
        words = found.words if text.strip() else ""
        if words or not self.field.isEnabled():
            self.fit.set_runs(Run(words, "text_2" if found.fits else "bad", 11))
            return
        room = self.width() - 2 * _MARGIN
        keys = next((one for one in _KEYS if self.theme.advance(one, 11) <= room), _KEYS[-1])
        self.fit.set_runs(Run(keys, "text_3", 11))

    def _take_again(self, row: int) -> None:
        """Put a message that was sent before into the field."""
        if 0 <= row < len(self._recent) and self.field.isEnabled():
            self.called()
            self.field.setPlainText(self._recent[row].text)
            self.field.moveCursor(self.field.textCursor().MoveOperation.End)

    def _explain(self, part: str) -> str:
        known = part in ("price", "stock", "remaining")
        return explain(f"presenter.{part}", self._snapshot) if known else ""

    def _describe(self, key: str, row: int) -> str:
        if not 0 <= row < len(self._recent):
            return "Enter on a message puts it into the field again"
        return self._recent[row].text

    def _build(self) -> None:
        standing = QHBoxLayout()
        standing.setSpacing(6)
        standing.addWidget(self.standing, 1)
        standing.addWidget(self.clear)
        upper = QVBoxLayout()
        upper.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, 4)
        upper.setSpacing(4)
        upper.addWidget(self.preview, 1)
        upper.addLayout(standing)
        upper.addWidget(self.field)
        upper.addWidget(self.fit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        # The preview comes first, up to its height; earlier messages have what is left.
        self.recent.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        column.addLayout(upper, 100)
        column.addWidget(self.recent, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wanted = self.preview.heightForWidth(self.width() - 2 * _MARGIN)
        # Half a row tells nobody anything.
        has_recent = self.height() >= _RECENT_FROM
        self.recent.setVisible(has_recent)
        # At most: a height that is fixed would push the other panels of the column.
        most = min(wanted, round(self.height() * _PREVIEW_SHARE)) if has_recent else wanted
        self.preview.setMaximumHeight(max(54, most))
        self._say_fit()


def _in_one_line(text: str) -> str:
    return " / ".join(text.splitlines())
