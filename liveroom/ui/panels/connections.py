"""Connections: what every source is doing, how late it is, what it counts for, and which source counts."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from liveroom.models.commands import (
    ChooseCountingSource,
    Command,
    RestartConnector,
    SetClockShift,
)
from liveroom.models.facts import TROUBLED
from liveroom.ui import format as fmt
from liveroom.ui.keyboard.commands import Entry
from liveroom.ui.panel import Heading, Nothing, Panel, Submit
from liveroom.ui.parts.asked import Asked, Done
from liveroom.ui.parts.counting_rows import CountingRows
from liveroom.ui.parts.form_rows import rule
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.parts.source_card import SourceCard
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot


class ConnectionsPanel(Panel):
    """A card per source, in the order in which they joined, then the facts that several report."""

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build the scrolling list."""
        super().__init__(submit, theme)
        self._snapshot: Snapshot | None = None
        self.cards: dict[str, SourceCard] = {}
        self.asked = Asked()
        self.counting = CountingRows(theme)
        self.counting.asked.connect(self._ask)
        self.notice = RunLine(theme, 24)
        self.notice.setContentsMargins(10, 0, 10, 0)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._column)
        self._rule = rule(theme)
        column.addWidget(self._rule)
        column.addWidget(self.counting)
        column.addWidget(self.notice)
        column.addStretch()
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
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
        self.asked.settle(snapshot)
        same_second = before is not None and before.at // fmt.SECOND == snapshot.at // fmt.SECOND
        if same_second and before is not None and _states(before) == _states(snapshot):
            return
        self._again()

    def heading(self) -> Heading:
        if self._snapshot is None:
            return Heading()
        connections, at = self._snapshot.connections, self._snapshot.at
        troubled = sum(connection.state in TROUBLED for connection in connections)
        late = sum(connection.late_since(at) is not None for connection in connections)
        notes = []
        if troubled:
            notes.append(f"{fmt.plural(troubled, 'needs', 'need')} attention")
        if late:
            notes.append(f"{fmt.count(late)} late")
        subtitle = fmt.plural(len(connections), "source")
        return Heading(subtitle, " · ".join(notes), "warn" if notes else "text_3")

    def numbers(self) -> dict[str, str]:
        texts = {
            f"{source}.{name}": text
            for source, card in self.cards.items()
            for name, text in card.numbers().items()
        }
        return texts | self.counting.texts() | {"notice": self.notice.text()}

    def is_waiting(self) -> bool:
        return self.asked.is_waiting

    def is_being_edited(self) -> bool:
        return any(card.shift.hasFocus() for card in self.cards.values())

    def _again(self) -> None:
        snapshot = self._snapshot
        if snapshot is None:
            return
        for connection in snapshot.connections:
            source = connection.source
            card = self.cards.get(source)
            if card is None:
                card = self.cards[source] = self._add_card(source)
            card.show_source(connection, snapshot, self.asked.word(f"shift {source}"))
        self.counting.show_snapshot(snapshot, self.asked)
        self._rule.setVisible(not self.counting.isHidden())
        self.notice.set_runs(Run(self.asked.trouble, "warn", 11))
        self.notice.setVisible(bool(self.asked.trouble))

    def _ask(self, command: Command) -> None:
        """Submit a wish; the control says so until the fact is there that confirms it."""
        snapshot = self._snapshot
        if snapshot is None:
            return
        name, done = self._wish(command)
        if name:
            self.asked.ask(name, command, snapshot, done)
        self.submit(command)
        self._again()

    def _wish(self, command: Command) -> tuple[str, Done]:
        """Return under which name a wish waits, and how to tell that it came true."""
        if isinstance(command, ChooseCountingSource):
            fact, source = command.counted, command.source
            return (
                f"counts {fact}:{source}",
                lambda _: (
                    self._snapshot is not None and self._snapshot.counting.get(fact) == source
                ),
            )
        if isinstance(command, SetClockShift):
            wanted = command.source, command.shift_ms
            return (
                f"shift {command.source}",
                lambda _: (
                    self._snapshot is not None
                    and wanted
                    in [(one.source, one.clock_shift_ms) for one in self._snapshot.connections]
                ),
            )
        return "", lambda _: True

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
        if self.cards:
            self._column.addWidget(rule(self.theme))
        card = SourceCard(self.theme, source)
        card.asked.connect(self._ask)
        self._column.addWidget(card)
        return card


def why_not_restarted(source: str, snapshot: Snapshot | None) -> str:
    """Return why a source is not to be started again, blank where it is in trouble."""
    connections = () if snapshot is None else snapshot.connections
    troubled = any(one.source == source and one.state in TROUBLED for one in connections)
    return "" if troubled else "it is not in trouble"


def _states(snapshot: Snapshot) -> tuple[object, ...]:
    return (
        dict(snapshot.counting),
        [(one.source, one.state, one.reason, one.clock_shift_ms) for one in snapshot.connections],
    )
