"""The instructor's hand: lets something go wrong in a rehearsal, now, and lists what did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from liveroom.models.commands import CauseTrouble
from liveroom.models.facts import Mode, Trouble
from liveroom.ui import format as fmt
from liveroom.ui import typed
from liveroom.ui.keyboard.commands import FixedKey, PanelCommand
from liveroom.ui.panel import Heading, Nothing, Panel, Submit
from liveroom.ui.parts.asked import Asked, Done
from liveroom.ui.parts.choice import Choice
from liveroom.ui.parts.field import Field
from liveroom.ui.parts.form_rows import FormRows, beside, rule, scrolling
from liveroom.ui.parts.lever_button import LeverButton
from liveroom.ui.parts.offer_form import on_air_skus
from liveroom.ui.parts.product_picker import ProductPicker
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.parts.transport import Guard
from liveroom.ui.parts.trouble_rows import TroubleRows
from liveroom.ui.theme import Theme
from liveroom.ui.trouble_words import AT_SOURCE, ON_SET, WORDS

if TYPE_CHECKING:
    from liveroom.models.snapshot import ProductRow, Snapshot

# Two columns, read downwards: troubles of a source at the left, of the show at the right.
_ORDER = tuple(trouble for pair in zip(AT_SOURCE, ON_SET, strict=True) for trouble in pair)
_FIRST_MINUTES, _MOST_MINUTES = "2", 240
_AT_ONCE_MINUTES = 1 / 60
_CAUSE = "cause"


def why_no_trouble(snapshot: Snapshot | None) -> str:
    """Return why no trouble can be caused now, blank when it can."""
    if snapshot is None or snapshot.mode is not Mode.REHEARSAL:
        return "trouble is caused in a rehearsal only"
    return ""


class InstructorPanel(Panel):
    """A form of one trouble above the list of troubles; of use in rehearsals only."""

    commands = (
        PanelCommand(
            "cause",
            "Cause the trouble that is picked",
            ("Ctrl+Return",),
            lambda panel: panel.cause_it(),
            why_no_trouble,
            acts=True,
        ),
    )
    fixed_keys = (FixedKey(("Up", "Down", "Left", "Right"), "Choose a trouble or a source"),)

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build form and list."""
        super().__init__(submit, theme)
        self.asked = Asked()
        self.guard = Guard()
        self._snapshot: Snapshot | None = None
        self._second = -1
        self._sources: tuple[tuple[str, str], ...] = ()
        self._products: tuple[ProductRow, ...] = ()
        self._rows: dict[str, ProductRow] = {}
        self.kind = Choice(
            theme, "Trouble", [WORDS[one].name for one in _ORDER], rows=len(AT_SOURCE), at_once=True
        )
        self.effect = RunLine(theme, 18)
        self.source = Choice(theme, "Source", ("Any",), at_once=True)
        self.product = ProductPicker(theme, "Product")
        self.minutes = Field(theme, "Minutes", 52)
        self.minutes.setText(_FIRST_MINUTES)
        self.cause = LeverButton(theme, "Cause it now")
        self.cause.setFixedHeight(28)
        self.notice = RunLine(theme, 20)
        self.list = TroubleRows(theme)
        self._build()
        self.kind.chosen.connect(self._again)
        self.minutes.textChanged.connect(self._again)
        self.product.changed.connect(self._again)
        self.cause.clicked.connect(self.cause_it)
        self.setFocusProxy(self.kind)

    def nothing(self, snapshot: Snapshot) -> Nothing | None:
        if snapshot.mode is Mode.REHEARSAL or snapshot.levers.troubles:
            return None
        if snapshot.mode is Mode.LIVE:
            return Nothing(
                "This show is live",
                "Trouble can be caused in a rehearsal only; nothing here reaches a live show.",
            )
        return Nothing(
            "Only in a rehearsal", f"This is a {snapshot.mode}; it holds no caused trouble."
        )

    def show_snapshot(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        self.asked.settle(snapshot)
        second = snapshot.at // fmt.SECOND
        if (
            before is not None
            and second == self._second
            and before.levers is snapshot.levers
            and before.run_of_show is snapshot.run_of_show
        ):
            return
        self._second = second
        if self._products is not snapshot.products:
            self._products = snapshot.products
            self._rows = {row.sku: row for row in snapshot.products}
        self.product.show_products(self._rows, on_air_skus(snapshot))
        self._show_sources(snapshot)
        self._again()

    def heading(self) -> Heading:
        if self._snapshot is None:
            return Heading()
        running = sum(one.ends_at > self._snapshot.at for one in self._snapshot.levers.troubles)
        note = f"{fmt.plural(running, 'trouble')} running" if running else ""
        return Heading("lets something go wrong, now", note)

    def numbers(self) -> dict[str, str]:
        texts = {
            "kind": self.kind.text(),
            "effect": self.effect.text(),
            "cause": self.cause.words(),
            "notice": self.notice.text(),
        }
        return texts | self.list.texts()

    def show_keys(self, keys: Mapping[str, str]) -> None:
        self.cause.show_key(keys["cause"])

    def is_waiting(self) -> bool:
        return self.asked.is_waiting

    def is_being_edited(self) -> bool:
        return self.minutes.hasFocus()

    def trouble(self) -> Trouble:
        """Return the trouble that is picked."""
        return _ORDER[self.kind.current or 0]

    def cause_it(self) -> None:
        """Ask for the trouble that is picked."""
        snapshot = self._snapshot
        if snapshot is None or not self.cause.isEnabled() or not self.guard.lets_through():
            return
        command = CauseTrouble(
            trouble=self.trouble(), minutes=self._minutes() or 0, subject=self._subject()
        )
        count = len(snapshot.levers.troubles)
        done: Done = lambda levers: len(levers.troubles) > count  # noqa: E731
        self.asked.ask(_CAUSE, command, snapshot, done)
        self.submit(command)
        self._again()

    def _build(self) -> None:
        left, right = RunLine(self.theme, 18), RunLine(self.theme, 18)
        left.set_runs(Run("At a source", "text_3", 11))
        right.set_runs(Run("On the set, in the shop", "text_3", 11))
        rows = FormRows(self.theme)
        rows.across(beside((left, right)))
        rows.across(self.kind)
        rows.across(self.effect)
        self._source_row = rows.add("Source", self.source)
        self._product_row = rows.add("Product", self.product)
        note = RunLine(self.theme, 24)
        note.set_runs(Run("minutes", "text_2"))
        self._minutes_row = rows.add("Lasts", self.minutes, note)
        rows.setVerticalSpacing(4)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(10, 4, 10, 8)
        column.setSpacing(5)
        column.addLayout(rows)
        column.addWidget(self.cause)
        column.addWidget(self.notice)
        column.addWidget(rule(self.theme))
        column.addWidget(self.list)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(inner))

    def _show_sources(self, snapshot: Snapshot) -> None:
        simulated = tuple(
            (one.source, one.title or one.source)
            for one in snapshot.connections
            # The simulator itself provides nothing: its sources do.
            if one.mode == "simulated" and one.provides
        )
        if simulated != self._sources:
            self._sources = simulated
            self.source.set_words(("Any", *(_short(title) for _, title in simulated)))

    def _minutes(self) -> float | None:
        """Return how long it lasts; None where what is typed is no time."""
        if self.trouble() is Trouble.SOLD_OUT:
            return _AT_ONCE_MINUTES
        minutes = typed.number(self.minutes.text())
        return float(minutes) if minutes and minutes <= _MOST_MINUTES else None

    def _subject(self) -> str:
        if self.trouble() in AT_SOURCE:
            place = self.source.current or 0
            return self._sources[place - 1][0] if place else ""
        return self.product.sku() if self.trouble() is Trouble.SOLD_OUT else ""

    def _again(self) -> None:
        snapshot, trouble = self._snapshot, self.trouble()
        self.effect.set_runs(Run(WORDS[trouble].effect, "text_2", 11))
        for row, shown in (
            (self._source_row, trouble in AT_SOURCE),
            (self._product_row, trouble is Trouble.SOLD_OUT),
            (self._minutes_row, trouble is not Trouble.SOLD_OUT),
        ):
            for widget in row:
                widget.setVisible(shown)
        if snapshot is None:
            return
        able = snapshot.mode is Mode.REHEARSAL
        minutes = self._minutes()
        self.minutes.mark_wrong(minutes is None)
        for control in (self.kind, self.source, self.product, self.minutes):
            control.setEnabled(able)
        busy = self.asked.word(_CAUSE)
        self.cause.say("Cause it now", busy)
        self.cause.setEnabled(able and minutes is not None and not busy)
        self.notice.set_runs(*self._notice(able, minutes))
        names = {row.sku: row.name or row.sku for row in snapshot.products}
        self.list.show_troubles(snapshot, names | dict(self._sources))

    def _notice(self, able: bool, minutes: float | None) -> tuple[Run, ...]:
        words = self.asked.trouble
        if not able:
            return (Run("What happened cannot be changed", "text_3", 11),)
        if minutes is None:
            words = f"Say how many minutes, above 0 and up to {_MOST_MINUTES}"
        if not words:
            return (Run("Simulated: nothing outside this rehearsal is touched", "text_3", 11),)
        return (Run(glyph="attention", tone="warn", px=10), Run(words, "warn", 11, gap=5))


def _short(title: str) -> str:
    """Return the first part of a source's title, for a narrow control."""
    return title.split(" · ")[0]
