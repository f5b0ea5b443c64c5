"""Chat: how lively it is, the questions nobody has answered yet, and all that is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from liveroom.models import commands as c
from liveroom.models.chat.intents import Intent
from liveroom.models.chat.subjects import Subjects
from liveroom.models.chat.tokens import folded
from liveroom.models.facts import Fact, Mode
from liveroom.ui import format as fmt
from liveroom.ui.chat_search import ANYTHING, ChatSearch, Wanted
from liveroom.ui.chat_words import figures_of
from liveroom.ui.freshness import freshness
from liveroom.ui.keyboard.caps import in_words
from liveroom.ui.keyboard.commands import FixedKey, PanelCommand
from liveroom.ui.panel import Heading, Nothing, Panel, Submit, is_in_a_panel
from liveroom.ui.parts.asked import Asked
from liveroom.ui.parts.chat_figures import ChatFigures
from liveroom.ui.parts.field import Field
from liveroom.ui.parts.message_rows import Found, MessageRows
from liveroom.ui.parts.pick_button import PickButton
from liveroom.ui.parts.question_lines import Line, QuestionLines, line_of_pin
from liveroom.ui.parts.question_rows import QuestionRows
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.parts.transport import Guard
from liveroom.ui.theme import Theme
from liveroom.ui.tooltips import explain, source_title

if TYPE_CHECKING:
    from liveroom.models.snapshot import ProductRow, Snapshot

_KEYS = (("answer", "answered"), ("pin", "pin"), ("undo", "undo"))
_CALM_SECONDS = 0.25
_KEYS_FROM = 380
_LOW = 320
"""A panel that is lower (px) leaves figures and search to its title and its key: rows matter most."""
"""Of a narrower panel the keys are not said."""


class ChatPanel(Panel):
    """Figures, filters, questions that wait, messages."""

    commands = (
        PanelCommand(
            "answer",
            "Answered on air",
            ("A",),
            lambda panel: panel.answer(),
            acts=True,
            words="done question",
        ),
        PanelCommand(
            "pin", "Pin to the presenter, or unpin", ("P",), lambda panel: panel.pin(), acts=True
        ),
        PanelCommand(
            "undo", "Take the last answer back", ("U",), lambda panel: panel.undo(), acts=True
        ),
        PanelCommand("look", "Search the chat", ("/", "Ctrl+F"), lambda panel: panel.look()),
    )
    fixed_keys = (
        FixedKey(("Up", "Down"), "Choose a question"),
        FixedKey(("Esc",), "Clear the search and the filters"),
    )

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build the lists."""
        super().__init__(submit, theme)
        self._snapshot: Snapshot | None = None
        self._rows: dict[str, ProductRow] = {}
        self._lines = QuestionLines()
        self._products: tuple[ProductRow, ...] = ()
        self._subjects: Subjects | None = None
        self._named: tuple[object, ...] = ()
        self._hint = ""
        self._looks = False
        """Whether somebody went to the search."""
        self.asked = Asked()
        self.guard = Guard(_CALM_SECONDS)
        self.figures = ChatFigures(theme)
        self.figures.explain = lambda key, exact: explain(key, self._snapshot, exact)
        self.field = Field(theme, "Search the chat", number=False)
        self.field.setPlaceholderText("Search")
        self.field.setClearButtonEnabled(True)
        self.product, self.kind = PickButton(theme, "Any product"), PickButton(theme, "Any kind")
        self.source = PickButton(theme, "Any source")
        self.source.hide()
        self.kind.offer([(str(int(each)), each.word.capitalize()) for each in Intent])
        self.title, self.keys = RunLine(theme, 22), RunLine(theme, 22, fits=True)
        self.questions = QuestionRows(theme)
        self.below = RunLine(theme, 20)
        self.messages = MessageRows(theme)
        self.search = ChatSearch(self)
        self.search.found_more.connect(lambda: self.fence(self._show_messages))
        self._build()
        # The letters of the panel are typed here, and not into the search.
        self.setFocusProxy(self.questions)
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        application.focusChanged.connect(self._focus_moved)
        self.field.textChanged.connect(self._limit)
        for button in (self.product, self.kind, self.source):
            button.picked.connect(self._limit)

    def _build(self) -> None:
        self._tools = QWidget()
        filters = QHBoxLayout(self._tools)
        filters.setContentsMargins(8, 2, 8, 4)
        filters.setSpacing(4)
        filters.addWidget(self.field, 3)
        for button in (self.product, self.kind, self.source):
            filters.addWidget(button, 2)
        head = QHBoxLayout()
        head.setContentsMargins(10, 0, 10, 0)
        head.addWidget(self.title, 1)
        head.addWidget(self.keys)
        upper, lower = QWidget(), QWidget()
        above = QVBoxLayout(upper)
        above.addLayout(head)
        above.addWidget(self.questions, 1)
        under = QVBoxLayout(lower)
        foot = QHBoxLayout()
        foot.setContentsMargins(10, 0, 10, 0)
        foot.addWidget(self.below)
        under.addLayout(foot)
        under.addWidget(self.messages, 1)
        split = QSplitter(Qt.Orientation.Vertical)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(5)
        split.addWidget(upper)
        split.addWidget(lower)
        split.setStretchFactor(0, 1)
        split.setStretchFactor(1, 1)
        column = QVBoxLayout(self)
        for box in (above, under, column):
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(0)
        column.addWidget(self.figures)
        column.addWidget(self._tools)
        column.addWidget(split, 1)

    def nothing(self, snapshot: Snapshot) -> Nothing | None:
        board = snapshot.chat
        if len(board.blocks.starts) or len(board.history):
            return None
        if Fact.CHAT not in snapshot.counting:
            return Nothing(
                "No source reports the chat", "Messages appear with a platform or a chat log."
            )
        return Nothing("Nobody has written yet", "Messages and questions appear as they come.")

    def show_snapshot(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        board = snapshot.chat
        self._learn(snapshot)
        self.asked.settle(snapshot)
        self._show_figures(snapshot)
        self._show_questions(snapshot)
        if before is None or before.chat.history is not board.history:
            self.search.take(board.history)
            self._show_messages()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()
        self.say_heading()

    def _focus_moved(self, before: QWidget | None, now: QWidget | None) -> None:
        """Give the room of a search back that was begun and not used."""
        if self._looks and is_in_a_panel(now) and not self._tools.isAncestorOf(now):
            self._looks = False
            self._make_room()

    def _make_room(self) -> None:
        """Leave out what a low panel has no room for, but for a search that goes on."""
        low = self.height() < _LOW
        self.figures.setVisible(not low)
        self._tools.setVisible(not low or self._looks or self.search.wanted != ANYTHING)

    def heading(self) -> Heading:
        snapshot = self._snapshot
        if snapshot is None:
            return Heading()
        board = snapshot.chat
        words = "" if board.per_minute is None else f"{fmt.number(board.per_minute, 0)} a minute"
        if words and self.height() < _LOW and board.people is not None:
            words += f" · {fmt.plural(board.people, 'person', 'people')}"
        fresh = freshness(snapshot, (Fact.CHAT,))
        if fresh.troubled:
            return Heading(words, fresh.note, fresh.tone)
        if board.unanswered is None:
            return Heading(words)
        note = f"{fmt.count(board.unanswered)} unanswered" if board.unanswered else "all answered"
        return Heading(words, note)

    def numbers(self) -> dict[str, str]:
        shown = {
            f"question.{row}.{key}": text
            for row in range(len(self.questions.lines))
            for key, text in self.questions.texts(row).items()
        }
        first = self.messages.top()
        last = min(self.messages.number, first + self.messages.fitting())
        lines = {f"message.{row}": self.messages.texts(row) for row in range(first, last)}
        return {**self.figures.texts(), **shown, **lines}

    def is_waiting(self) -> bool:
        return self.asked.is_waiting

    def is_being_edited(self) -> bool:
        return self.field.hasFocus() and bool(self.field.text())

    def show_keys(self, keys: Mapping[str, str]) -> None:
        self._hint = " · ".join(
            f"{in_words(keys[name])} {does}" for name, does in _KEYS if keys[name]
        )
        if self._snapshot is not None:
            self._show_questions(self._snapshot)

    def called(self) -> None:
        self.questions.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # What the producer does.

    def answer(self) -> None:
        """Mark the current question answered; without a current one the oldest becomes it."""
        line = self._chosen()
        if line is not None:
            self._ask(c.MarkAnswered(question=line.question_id), line.question_id)

    def pin(self) -> None:
        """Show the current question to the presenter; the one that is shown is taken away."""
        line = self._chosen()
        if line is not None:
            wanted = "" if line.pinned else line.question_id
            self._ask(c.PinQuestion(question=wanted), line.question_id)

    def undo(self) -> None:
        """Take back the last question that was marked answered."""
        last = "" if self._snapshot is None else self._snapshot.chat.last_answered
        if last and self._may_act() and self.guard.lets_through():
            self._ask(c.ReopenQuestion(question=last), last, guarded=False)

    def look(self) -> None:
        """Go to the search."""
        self._looks = True
        self._make_room()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def leave(self) -> bool:
        """Clear the search and the filters, and go back to the questions."""
        there = bool(self.field.text()) or self.field.hasFocus() or self.questions.current >= 0
        there = there or any(button.key for button in (self.product, self.kind, self.source))
        for button in (self.product, self.kind, self.source):
            button.pick("")
        self.field.clear()
        self.questions.set_current(-1)
        self.questions.setFocus(Qt.FocusReason.OtherFocusReason)
        self._looks = False
        self._make_room()
        return there

    def _chosen(self) -> Line | None:
        if not self._may_act() or not self.guard.lets_through():
            return None
        line = self.questions.current_line()
        if line is None and self.questions.lines:
            self.questions.set_current(0)
        return line

    def _may_act(self) -> bool:
        return self._snapshot is not None and self._snapshot.mode in (Mode.LIVE, Mode.REHEARSAL)

    def _ask(self, command: c.Command, question_id: str, *, guarded: bool = True) -> None:
        snapshot = self._snapshot
        assert snapshot is not None
        if question_id in self.asked.names(""):
            return
        before = _state_of(snapshot, question_id)
        self.asked.ask(
            question_id,
            command,
            snapshot,
            lambda _: (
                self._snapshot is not None and _state_of(self._snapshot, question_id) != before
            ),
        )
        self.submit(command)
        self._show_questions(snapshot)

    # What is shown.

    def _learn(self, snapshot: Snapshot) -> None:
        if self._products is not snapshot.products:
            self._products = snapshot.products
            self._rows = {row.sku: row for row in snapshot.products}
        names = tuple((row.sku, row.name or row.sku) for row in snapshot.products)
        known = (names, snapshot.run_of_show)
        if self._subjects is None or known != self._named:
            self._named, self._subjects = known, Subjects(names, snapshot.run_of_show)
            if self.search.wanted.sku:
                self.search.look_for(self.search.wanted, snapshot.chat.history, self._subjects)
            self.product.offer(names)
        sources = snapshot.chat.history.sources
        self.source.setVisible(len(sources) > 1)
        if len(sources) > 1:
            self.source.offer([(each, source_title(snapshot, each)) for each in sources])

    def _show_figures(self, snapshot: Snapshot) -> None:
        blocks, at, timezone = snapshot.chat.blocks, snapshot.at, snapshot.timezone
        self.figures.show_figures(figures_of(snapshot), blocks, at, timezone)

    def _show_questions(self, snapshot: Snapshot) -> None:
        board, wanted = snapshot.chat, self.search.wanted
        busy, pin = set(self.asked.names("")), board.pinned
        found = [
            each
            for each in board.open
            if (not wanted.sku or each.sku == wanted.sku)
            and (wanted.intent is None or each.intent is wanted.intent)
            and (not wanted.text or wanted.text in folded(each.text))
        ]
        shown = self._lines.of(found, self._rows, pin.question_id if pin is not None else "", busy)
        pinned = [line for line in shown if line.pinned]
        if pin is not None and not pinned:
            pinned = [line_of_pin(pin, self._rows, busy=pin.question_id in busy)]
        lines = (*pinned, *(line for line in shown if not line.pinned))
        self.questions.show_lines(lines, snapshot.at)
        self._show_title(snapshot, len(shown))

    def _show_title(self, snapshot: Snapshot, shown: int) -> None:
        board = snapshot.chat
        if board.unanswered is None:
            words = "Questions need texts: no source sends them"
        elif self.asked.trouble:
            words = self.asked.trouble
        elif not board.unanswered:
            words = "No question waits"
        elif self.search.wanted != ANYTHING:
            words = f"Unanswered, {fmt.count(shown)} of {fmt.count(board.unanswered)}"
        elif board.unanswered > len(board.open):
            words = f"Unanswered, the oldest {fmt.count(len(board.open))}"
        else:
            words = "Unanswered, oldest first"
        tone = "warn" if self.asked.trouble else "text_3"
        self.title.set_runs(Run(words, tone, 11))
        able = self._may_act() and bool(board.unanswered or board.last_answered)
        self.keys.set_runs(
            *((Run(self._hint, "text_3", 11),) if able and self.width() > _KEYS_FROM else ())
        )

    def _show_messages(self) -> None:
        snapshot = self._snapshot
        if snapshot is None:
            return
        history, search = snapshot.chat.history, self.search
        sources = history.sources
        titles = tuple(source_title(snapshot, each) for each in sources) if len(sources) > 1 else ()
        if search.wanted == ANYTHING:
            self.messages.show_messages(history, snapshot.timezone, titles)
            self.below.set_runs(Run(f"All messages, {fmt.count(len(history))}", "text_3", 11))
            return
        self.messages.show_messages(Found(search.found), snapshot.timezone, titles)
        number = fmt.count(len(search.found))
        words = f"The newest {number} found" if search.is_full() else f"{number} found"
        if not search.is_complete():
            words += ", still looking…"
        self.below.set_runs(Run(words, "text_2", 11), Run(" · Esc shows all", "text_3", 11))

    def _limit(self) -> None:
        snapshot = self._snapshot
        if snapshot is None or self._subjects is None:
            return
        kind = Intent(int(self.kind.key)) if self.kind.key else None
        wanted = Wanted(folded(self.field.text().strip()), self.product.key, kind, self.source.key)
        self.search.look_for(wanted, snapshot.chat.history, self._subjects)
        self._make_room()
        self._show_questions(snapshot)
        self._show_messages()
        self.messages.scroll_to_end()


def _state_of(snapshot: Snapshot, question_id: str) -> tuple[bool, bool]:
    """Return what a command may change of a question: whether it waits, and whether it is pinned."""
    board = snapshot.chat
    waits = any(each.question_id == question_id for each in board.open)
    pinned = board.pinned is not None and board.pinned.question_id == question_id
    return waits, pinned
