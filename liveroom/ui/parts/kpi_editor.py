"""All key figures in one list: on the strip or not, in what order, how they stand, and their targets.

A window of its own beside the desk, which goes on: GO and every other key of the desk work in the desk. A
target that is typed is asked for with Enter and holds when the fact is back.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from liveroom.models.commands import SetTarget
from liveroom.models.definitions import DEFINITIONS
from liveroom.models.facts import Mode
from liveroom.ui import target_readings
from liveroom.ui.kpi_choice import KpiChoice
from liveroom.ui.kpi_list import BY_KEY, KPIS, Kpi
from liveroom.ui.panel import Submit
from liveroom.ui.parts.asked import Asked
from liveroom.ui.parts.field import Field
from liveroom.ui.parts.kpi_tile import KpiTile
from liveroom.ui.parts.lever_button import LeverButton
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.target_words import AT_MOST, bare_text, parse_target, unit_word
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

_RIGHT = Qt.AlignmentFlag.AlignRight
_ROW = 24
_HEADS = (
    ("", Qt.AlignmentFlag.AlignLeft),
    ("Key figure", Qt.AlignmentFlag.AlignLeft),
    ("Now", _RIGHT),
    ("10 min before", _RIGHT),
    ("Median (shows)", _RIGHT),
    ("", _RIGHT),
    ("Target", _RIGHT),
    ("", Qt.AlignmentFlag.AlignLeft),
)
_WIDTHS = (58, 170, 104, 104, 124, 22, 92, 64)
_HINT = "Enter sets a target, blank takes it back · Alt+↑↓ moves · Alt+↵ on or off the strip · Esc closes"


class _Row:
    """The widgets of one key figure."""

    def __init__(self, theme: Theme, kpi: Kpi) -> None:
        self.kpi = kpi
        title = DEFINITIONS[kpi.key].title
        if kpi.key == "margin":
            title = "Margin of the revenue"
        self.toggle = LeverButton(theme, "On")
        self.toggle.setFixedWidth(_WIDTHS[0])
        self.title = RunLine(theme, _ROW)
        self.name = title
        self.now, self.change, self.median, self.sign = (
            RunLine(theme, _ROW, _RIGHT) for _ in range(4)
        )
        self.field = Field(theme, f"Target for {title}", _WIDTHS[6])
        self.state = RunLine(theme, _ROW)
        self.field.setVisible(kpi.target is not None)

    def widgets(self) -> tuple[QWidget, ...]:
        return (
            self.toggle,
            self.title,
            self.now,
            self.change,
            self.median,
            self.sign,
            self.field,
            self.state,
        )

    def first(self) -> QWidget:
        """Return what the keys go to."""
        return self.field if self.kpi.target is not None and self.field.isEnabled() else self.toggle


class KpiEditor(QDialog):
    """Submits targets; changes the choice at once and says so by `chosen`."""

    def __init__(
        self,
        submit: Submit,
        theme: Theme,
        choice: KpiChoice,
        chosen: Callable[[], None],
        parent: QWidget,
    ) -> None:
        """Build a row for every key figure."""
        super().__init__(parent)
        self.setWindowTitle("Key figures and targets")
        self._submit, self._theme = submit, theme
        self._choice, self._chosen = choice, chosen
        self._snapshot: Snapshot | None = None
        self._asked = Asked()
        self.rows = {kpi.key: _Row(theme, kpi) for kpi in KPIS}
        self.problem = RunLine(theme, 18)
        self.usual = LeverButton(theme, "Usual key figures")
        self.usual.clicked.connect(self._reset)
        self._grid = QGridLayout()
        self._build()
        for key, row in self.rows.items():
            row.toggle.clicked.connect(lambda key=key: self.turn(key))
            row.field.returnPressed.connect(lambda key=key: self.set_target(key))
            for watched in (row.field, row.toggle):
                watched.installEventFilter(self)
        self._lay_out()

    def open_at(self, key: str) -> None:
        """Come to the front with the keys at one figure."""
        for row in self.rows.values():
            row.field.setModified(False)
            row.field.mark_wrong(False)
        self._say("")
        self._fill()
        self.show()
        self.raise_()
        self.activateWindow()
        row = self.rows.get(key) or self.rows[self._choice.order[0]]
        row.first().setFocus(Qt.FocusReason.ShortcutFocusReason)
        if row.first() is row.field:
            row.field.selectAll()

    def show_snapshot(self, snapshot: Snapshot, tiles: Mapping[str, KpiTile]) -> None:
        """Show how everything stands, but leave alone what is being typed."""
        self._snapshot = snapshot
        self._asked.settle(snapshot)
        if self._asked.trouble:
            self._say(self._asked.trouble)
        able = snapshot.mode in (Mode.LIVE, Mode.REHEARSAL)
        for key, row in self.rows.items():
            reading = tiles[key].reading
            value = reading.caption if key == "margin" and reading.known else reading.value
            value = value.removesuffix(" of revenue")
            row.now.set_runs(Run(value, "text" if reading.known else "text_3", weight=500))
            row.change.set_runs(*(reading.change if key != "margin" else ()))
            row.median.set_runs(Run(target_readings.median_text(row.kpi, snapshot), "text_3", 11))
            row.field.setEnabled(able)
        self._fill()

    def set_target(self, key: str) -> None:
        """Ask for the target that was typed; say what is wrong with it instead."""
        row, snapshot = self.rows[key], self._snapshot
        kpi = row.kpi.target
        if kpi is None or snapshot is None:
            return
        try:
            value = parse_target(kpi, row.field.text(), snapshot.currency)
        except ValueError as error:
            row.field.mark_wrong(True)
            self._say(str(error))
            return
        row.field.mark_wrong(False)
        self._say("")
        command = SetTarget(kpi=kpi, value=value)
        if snapshot.is_past:
            # Leads back only; what was typed stays for the second press.
            self._submit(command)
            self._say("This was an earlier time: Enter again sets it now")
            return
        row.field.setModified(False)
        if value == snapshot.targets.get(kpi):
            self._fill()
            return
        self._asked.ask(key, command, snapshot, lambda _: self._holds(row.kpi, value))
        self._submit(command)
        self._fill()

    def turn(self, key: str) -> None:
        """Put a figure on the strip, or take it off."""
        self._choice.turn(key, key not in self._on(), self._with_target())
        self._fill()
        self._chosen()

    def move_row(self, key: str, step: int) -> None:
        """Put a figure one place up or down."""
        order = self._choice.order
        place = order.index(key) + step
        if not 0 <= place < len(order):
            return
        before = order[place] if step < 0 else (*order[place + 1 :], "")[0]
        self._choice.move(key, before, self._with_target())
        self._lay_out()
        self._chosen()

    def texts(self) -> dict[str, str]:
        """Return what stands in the list."""
        return {
            f"{key}.{part}": text
            for key, row in self.rows.items()
            for part, text in (
                ("on", row.toggle.words()),
                ("now", row.now.text()),
                ("change", row.change.text()),
                ("median", row.median.text()),
                ("target", row.field.text()),
                ("state", row.state.text()),
            )
        } | {"problem": self.problem.text()}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = next(k for k, row in self.rows.items() if watched in (row.field, row.toggle))
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if step and alt:
            self.move_row(key, step)
        elif step:
            self._go(key, step, isinstance(watched, Field))
        elif alt and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.turn(key)
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # A dialog would press its first button: here Enter belongs to the field that has it.
            event.accept()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(sum(_WIDTHS) + 8 * 8 + 32, super().sizeHint().height())

    def _build(self) -> None:
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(2)
        for place, ((words, side), wide) in enumerate(zip(_HEADS, _WIDTHS, strict=True)):
            head = RunLine(self._theme, _ROW, side)
            head.set_runs(Run(words, "text_3", 11, 500))
            self._grid.addWidget(head, 0, place)
            self._grid.setColumnMinimumWidth(place, wide)
        self._grid.setColumnStretch(1, 1)
        foot = QHBoxLayout()
        hint = RunLine(self._theme, 18)
        hint.set_runs(Run(_HINT, "text_3", 11))
        foot.addWidget(hint, 1)
        foot.addWidget(self.usual)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addLayout(self._grid)
        column.addWidget(self.problem)
        column.addLayout(foot)

    def _lay_out(self) -> None:
        """Put the rows in the order of the strip."""
        for place, key in enumerate(self._choice.order, start=1):
            for column, widget in enumerate(self.rows[key].widgets()):
                self._grid.addWidget(widget, place, column)
        before: QWidget | None = None
        for key in self._choice.order:
            for widget in (self.rows[key].toggle, self.rows[key].field):
                if before is not None:
                    QWidget.setTabOrder(before, widget)
                before = widget
        self._fill()

    def _fill(self) -> None:
        on, snapshot = self._on(), self._snapshot
        self.usual.setEnabled(self._choice.is_own)
        for key, row in self.rows.items():
            row.toggle.say("On" if key in on else "Off")
            row.title.set_runs(Run(row.name, "text" if key in on else "text_3"))
            if snapshot is None or row.kpi.target is None:
                continue
            target = snapshot.targets.get(row.kpi.target)
            at_most = AT_MOST if row.kpi.key in ("abandonment_10", "cac", "cpl") else ""
            row.sign.set_runs(Run(at_most, "text_3"))
            word = self._asked.word(key)
            unit = unit_word(row.kpi.target, snapshot.currency)
            row.state.set_runs(Run(word or unit, "warn" if word else "text_3", 11))
            if not row.field.isModified() and not word:
                text = (
                    "" if target is None else bare_text(row.kpi.target, target, snapshot.currency)
                )
                if text != row.field.text():
                    row.field.setText(text)

    def _go(self, key: str, step: int, in_fields: bool) -> None:
        """Move the keys to the next row that has a field, or to the next toggle."""
        order = self._choice.order
        places = order[order.index(key) + 1 :] if step > 0 else order[: order.index(key)][::-1]
        for other in places:
            row = self.rows[other]
            if not in_fields or BY_KEY[other].target is not None:
                (row.field if in_fields else row.toggle).setFocus(Qt.FocusReason.TabFocusReason)
                return

    def _holds(self, kpi: Kpi, value: float | None) -> bool:
        return (
            self._snapshot is not None
            and kpi.target is not None
            and self._snapshot.targets.get(kpi.target) == value
        )

    def _reset(self) -> None:
        self._choice.reset()
        self._lay_out()
        self._chosen()

    def _on(self) -> set[str]:
        return set(self._choice.shown(self._with_target()))

    def _with_target(self) -> set[str]:
        if self._snapshot is None:
            return set()
        return {kpi.key for kpi in KPIS if kpi.target in self._snapshot.targets}

    def _say(self, words: str) -> None:
        runs = (Run(glyph="attention", tone="warn", px=10), Run(words, "warn", 11, gap=5))
        self.problem.set_runs(*(runs if words else ()))
