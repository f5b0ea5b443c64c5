"""Which source counts, for every fact that several report: how far they are apart, then the choice."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from liveroom.models.commands import ChooseCountingSource
from liveroom.models.facts import Fact
from liveroom.ui import source_words as words
from liveroom.ui.parts.asked import Asked
from liveroom.ui.parts.choice import Choice
from liveroom.ui.parts.form_rows import Heading
from liveroom.ui.parts.offer_form import is_past
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

_BESIDE = 2
"""More sources than this stand one below the other."""


class _Row(QWidget):
    """A fact, how far its sources are apart, and the choice among them."""

    def __init__(self, theme: Theme, contest: words.Contest) -> None:
        super().__init__()
        self.contest = contest
        self.line = RunLine(theme, 18)
        many = len(contest.sources)
        name = f"Source that counts for {words.name_of(contest.fact).lower()}"
        self.choice = Choice(theme, name, contest.titles, 1 if many <= _BESIDE else many)
        self.apart = QLabel()
        self.apart.setFont(theme.font(11))
        self.apart.setWordWrap(True)
        self.apart.setTextFormat(Qt.TextFormat.PlainText)
        self.apart.setStyleSheet(f"color: {theme.hexes['text_2']}")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self.line.set_runs(Run(words.name_of(contest.fact), "text", 12, 500))
        for widget in (self.line, self.apart, self.choice):
            column.addWidget(widget)

    def show_contest(self, contest: words.Contest, asked: int | None, able: bool) -> None:
        """Show how far the sources are apart by now."""
        self.contest = contest
        if self.apart.text() != contest.difference:
            self.apart.setText(contest.difference)
        self.choice.setEnabled(able)
        self.choice.show_state(contest.counts, asked)


class CountingRows(QWidget):
    """Hidden while no fact has two sources; `asked` hands over a command and the fact."""

    asked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        """Start without rows."""
        super().__init__()
        self._theme = theme
        self._rows: dict[Fact, _Row] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(10, 5, 10, 8)
        self._column.setSpacing(6)
        self._heading = Heading(theme, "Which source counts")
        self._heading.note("the others are never added to it")
        self._column.addWidget(self._heading)
        self.hide()

    def show_snapshot(self, snapshot: Snapshot, waiting: Asked) -> None:
        """Show every fact that more than one source reports."""
        found = {contest.fact: contest for contest in words.contests(snapshot)}
        for fact in [fact for fact, row in self._rows.items() if not _same(row, found.get(fact))]:
            self._rows.pop(fact).deleteLater()
        for place, (fact, contest) in enumerate(found.items()):
            row = self._rows.get(fact)
            if row is None:
                row = self._rows[fact] = _Row(self._theme, contest)
                row.choice.chosen.connect(partial(self._choose, fact))
                self._column.insertWidget(place + 1, row)
            wished = waiting.names(f"counts {fact}:")
            asked = contest.sources.index(wished[0]) if wished else None
            row.show_contest(contest, asked, not is_past(snapshot))
        self.setVisible(bool(found))

    def texts(self) -> dict[str, str]:
        """Return what is on show."""
        return {
            f"counts.{fact}{part}": text
            for fact, row in self._rows.items()
            for part, text in (
                ("", row.choice.text()),
                (".difference", row.apart.text()),
            )
        }

    def choice(self, fact: Fact) -> Choice:
        """Return the control of a fact."""
        return self._rows[fact].choice

    def _choose(self, fact: Fact, place: int) -> None:
        contest = self._rows[fact].contest
        if place != contest.counts:
            source = contest.sources[place]
            self.asked.emit(ChooseCountingSource(counted=fact, source=source))


def _same(row: _Row, contest: words.Contest | None) -> bool:
    now = row.contest
    return contest is not None and (contest.sources, contest.titles) == (now.sources, now.titles)
