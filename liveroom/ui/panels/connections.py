"""Connections: what every source is doing, what it counts for, and what to do when it does not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from liveroom.models.commands import RestartConnector
from liveroom.models.facts import ConnectionState, Fact
from liveroom.ui import format as fmt
from liveroom.ui.keyboard.commands import Entry
from liveroom.ui.panel import Heading, Nothing, Panel, Submit
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.states import TROUBLED, look_of
from liveroom.ui.theme import Theme
from liveroom.ui.tooltips import source_title

if TYPE_CHECKING:
    from liveroom.models.counting import SourceFigures
    from liveroom.models.snapshot import Connection, Snapshot

_MODE_WORDS = {"simulated": "SIM", "recorded": "RECORDED", "live": "LIVE"}


class SourceCard(QWidget):
    """One source in four lines; the reason wraps, the rest does not."""

    def __init__(self, theme: Theme, submit: Submit, source: str) -> None:
        """Take the source that the restart button starts again."""
        super().__init__()
        self.state = RunLine(theme, 18)
        self.age = RunLine(theme, 18, Qt.AlignmentFlag.AlignRight, fits=True)
        self.figures = RunLine(theme, 16)
        self.provides = self._words(theme)
        self.reason = self._words(theme)
        self.others = self._words(theme)
        self._restart = QPushButton("Restart")
        self._restart.setFont(theme.font())
        self._restart.clicked.connect(lambda: submit(RestartConnector(source=source)))
        self._trouble = theme.hexes
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.state, 1)
        top.addWidget(self.age)
        top.addWidget(self._restart)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.setSpacing(2)
        column.addLayout(top)
        for widget in (self.reason, self.figures, self.provides, self.others):
            column.addWidget(widget)
        self._theme = theme

    def show_source(self, connection: Connection, snapshot: Snapshot) -> None:
        """Show a source's state at the instant of the snapshot."""
        look = look_of(connection)
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
        words = "nothing yet" if age is None else fmt.age(age, snapshot.at, snapshot.timezone)
        self.age.set_runs(Run(words, "text_3", 11))
        troubled = connection.state in TROUBLED
        self._restart.setVisible(troubled)
        self._show_figures(connection)
        tone = "bad" if connection.state is not ConnectionState.FAILING else "warn"
        _say(self.reason, connection.reason, self._theme.hexes[tone if troubled else "text_2"])
        _say(self.provides, _facts(connection), self._theme.hexes["text_3"])
        words = "\n".join(disagreements(connection, snapshot))
        _say(self.others, words, self._theme.hexes["text_2"])

    def numbers(self) -> dict[str, str]:
        """Return the texts on show."""
        return {
            "state": self.state.text(),
            "age": self.age.text(),
            "figures": self.figures.text(),
            "reason": self.reason.text(),
            "provides": self.provides.text(),
            "others": self.others.text(),
            "restart": "" if self._restart.isHidden() else self._restart.text(),
        }

    def _show_figures(self, connection: Connection) -> None:
        runs = [Run(fmt.plural(connection.facts, "fact"), "text_2", 11)]
        if connection.set_aside:
            words = f"{fmt.count(connection.set_aside)} set aside, not understood"
            runs.append(Run(glyph="attention", tone="warn", px=10, gap=10))
            runs.append(Run(words, "warn", 11, gap=5))
        self.figures.set_runs(*runs)

    def _words(self, theme: Theme) -> QLabel:
        label = QLabel()
        label.setFont(theme.font(11))
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.hide()
        return label


class ConnectionsPanel(Panel):
    """A card per source, in the order in which they joined."""

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build the scrolling list."""
        super().__init__(submit, theme)
        self._snapshot: Snapshot | None = None
        self._cards: dict[str, SourceCard] = {}
        self._list = QWidget()
        self._column = QVBoxLayout(self._list)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch()
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(self._list)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def nothing(self, snapshot: Snapshot) -> Nothing | None:
        if snapshot.connections:
            return None
        return Nothing(
            "No sources", "Start a rehearsal, a replay or a live session to connect some."
        )

    def show_snapshot(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        same_second = before is not None and before.at // fmt.SECOND == snapshot.at // fmt.SECOND
        if same_second and before is not None and _states(before) == _states(snapshot):
            return
        for connection in snapshot.connections:
            card = self._cards.get(connection.source)
            if card is None:
                card = self._cards[connection.source] = self._add_card(connection.source)
            card.show_source(connection, snapshot)

    def heading(self) -> Heading:
        if self._snapshot is None:
            return Heading()
        connections = self._snapshot.connections
        troubled = sum(connection.state in TROUBLED for connection in connections)
        subtitle = fmt.plural(len(connections), "source")
        if troubled:
            return Heading(subtitle, f"{fmt.plural(troubled, 'needs', 'need')} attention", "warn")
        return Heading(subtitle, "")

    def numbers(self) -> dict[str, str]:
        return {
            f"{source}.{name}": text
            for source, card in self._cards.items()
            for name, text in card.numbers().items()
        }

    def entries(self) -> Sequence[Entry]:
        connections = () if self._snapshot is None else self._snapshot.connections
        return [
            Entry(
                f"Restart {one.title or one.source}",
                partial(self.submit, RestartConnector(source=one.source)),
                partial(why_not_restarted, one.source),
            )
            for one in connections
        ]

    def _add_card(self, source: str) -> SourceCard:
        place = self._column.count() - 1
        if place:
            line = QFrame()
            line.setFixedHeight(1)
            line.setStyleSheet(f"background: {self.theme.hexes['line']}")
            self._column.insertWidget(place, line)
            place += 1
        card = SourceCard(self.theme, self.submit, source)
        self._column.insertWidget(place, card)
        return card


def why_not_restarted(source: str, snapshot: Snapshot | None) -> str:
    """Return why a source is not to be started again, blank where it is in trouble."""
    connections = () if snapshot is None else snapshot.connections
    troubled = any(one.source == source and one.state in TROUBLED for one in connections)
    return "" if troubled else "it is not in trouble"


def disagreements(connection: Connection, snapshot: Snapshot) -> list[str]:
    """Return, per fact for which another source counts, how far this source is from it."""
    counting = {one.fact: one for one in snapshot.sources if one.counts}
    lines = []
    for own in snapshot.sources:
        if own.source != connection.source or own.counts or own.fact not in counting:
            continue
        lines.append(_difference(own, counting[own.fact], snapshot))
    return lines


def _difference(own: SourceFigures, other: SourceFigures, snapshot: Snapshot) -> str:
    words = own.fact.value.replace("_", " ").capitalize()
    title = source_title(snapshot, other.source)
    here, there = fmt.count(own.total), fmt.count(other.total)
    gap = own.total - other.total
    if not gap:
        return f"{words}: {here}, as {title}, which counts"
    sign = "+" if gap > 0 else fmt.MINUS
    share = f", {sign}{fmt.percent(abs(gap) / other.total)}" if other.total else ""
    return f"{words}: {here} here, {there} at {title}, which counts ({sign}{fmt.count(abs(gap))}{share})"


def _facts(connection: Connection) -> str:
    counts = _names(connection.counts_for)
    other = _names(tuple(f for f in connection.provides if f not in connection.counts_for))
    parts = []
    if counts:
        parts.append(f"Counts for {counts}")
    if other:
        parts.append(f"{'also reports' if counts else 'Reports'} {other}")
    return "; ".join(parts)


def _names(facts: tuple[Fact, ...]) -> str:
    return ", ".join(fact.value.replace("_", " ") for fact in facts)


def _states(snapshot: Snapshot) -> list[tuple[str, ConnectionState, str]]:
    return [(one.source, one.state, one.reason) for one in snapshot.connections]


def _say(label: QLabel, words: str, colour: str) -> None:
    if label.text() != words or label.property("colour") != colour:
        label.setProperty("colour", colour)
        label.setStyleSheet(f"color: {colour}")
        label.setText(words)
        label.setVisible(bool(words))
