"""The run of show: what is on air, what comes next, how late we are; GO and edits of the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from liveroom.models.commands import (
    ChangeSegmentDuration,
    RenameSegment,
    SetSegmentTarget,
    TakeSegment,
)
from liveroom.models.facts import Mode
from liveroom.models.run_of_show import Segment, SegmentTiming, timings
from liveroom.ui import format as fmt
from liveroom.ui import typed
from liveroom.ui.keyboard.caps import in_words
from liveroom.ui.keyboard.commands import Entry, FixedKey, PanelCommand
from liveroom.ui.panel import Heading, Nothing, Panel, Submit
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.parts.segment_order import SegmentOrder
from liveroom.ui.parts.segment_table import SegmentTable
from liveroom.ui.parts.transport import GoButton, Guard
from liveroom.ui.segment_rows import segment_row, time_left
from liveroom.ui.theme import Theme
from liveroom.ui.tooltips import explain

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

_GO_WORDS = {
    Mode.LIVE: "take next",
    Mode.REHEARSAL: "rehearse next, nothing is sent",
}
_TO_COME = ("next", "planned")
_RECORDED = {
    Mode.REPLAY: "the recording has the cue",
    Mode.DEBRIEF: "the debrief is read only",
}
"""Where what happened cannot be changed, and the words for it."""


def why_not_edited(snapshot: Snapshot | None) -> str:
    """Return why the running order is not to be changed now, blank when it is."""
    if snapshot is None or not snapshot.run_of_show.segments:
        return "there is no run of show"
    return _RECORDED.get(snapshot.mode, "")


def why_no_segment(step: int, snapshot: Snapshot | None) -> str:
    """Return why the next segment (`step` 1) or the one before (-1) cannot be taken, blank when it can."""
    reason = why_not_edited(snapshot)
    if reason or snapshot is None:
        return reason
    if snapshot.run_of_show.neighbour(step) is None:
        return _why_no_go(snapshot) if step > 0 else "there is none before it"
    return ""


class RunOfShowPanel(Panel):
    """Segments with planned and actual times, countdown, GO, previous, editable titles and lengths."""

    commands = (
        PanelCommand(
            "go",
            "GO: take the next segment",
            ("Space",),
            lambda panel: panel.take_next(),
            partial(why_no_segment, 1),
            acts=True,
            words="cue start",
        ),
        PanelCommand(
            "previous",
            "Take the segment before",
            ("Shift+Space",),
            lambda panel: panel.take_previous(),
            partial(why_no_segment, -1),
            acts=True,
            words="back undo",
        ),
        PanelCommand(
            "edit",
            "Edit the chosen title or length",
            ("Return",),
            lambda panel: panel.table.edit_chosen(),
            why_not_edited,
            acts=True,
            words="rename duration extend shorten",
        ),
        PanelCommand(
            "move_up",
            "Move the chosen segment up",
            ("Alt+Up",),
            lambda panel: panel.order.move_up(),
            why_not_edited,
            acts=True,
        ),
        PanelCommand(
            "move_down",
            "Move the chosen segment down",
            ("Alt+Down",),
            lambda panel: panel.order.move_down(),
            why_not_edited,
            acts=True,
        ),
        PanelCommand(
            "cut",
            "Cut the chosen segment, twice to be sure",
            ("Del",),
            lambda panel: panel.order.cut(),
            why_not_edited,
            acts=True,
            words="delete remove",
        ),
    )
    fixed_keys = (
        FixedKey(("Up", "Down", "Left", "Right"), "Choose a segment, its title or its length"),
    )

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build the table, the summary and the transport."""
        super().__init__(submit, theme)
        self.guard = Guard()
        self._snapshot: Snapshot | None = None
        self._rows: tuple[SegmentTiming, ...] = ()
        self._cue: object = None
        self._second = -1
        self.table = SegmentTable(theme)
        self.table.describe = self._describe
        self.table.renamed.connect(self._rename)
        self.table.duration_changed.connect(self._change_duration)
        self.table.target_typed.connect(self._set_target)
        self.summary = RunLine(theme, 26)
        self.lateness = RunLine(theme, 26, Qt.AlignmentFlag.AlignRight, fits=True)
        self.go = GoButton(theme)
        self.go.clicked.connect(self.take_next)
        self.previous = QPushButton("Previous")
        self.previous.setFont(theme.font())
        self.previous.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.previous.clicked.connect(self.take_previous)
        self._build()
        self.order = SegmentOrder(self.table, submit, self._say)
        self._keys: Mapping[str, str] = {}
        self.setFocusProxy(self.table)

    def _build(self) -> None:
        # The sum stands on a ground of its own, as below every table: rows end above it.
        total = QWidget()
        total.setObjectName("total")
        foot = QHBoxLayout(total)
        foot.setContentsMargins(34, 0, 10, 0)
        foot.addWidget(self.summary, 1)
        foot.addWidget(self.lateness)
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.previous)
        self.hint = RunLine(self.theme, 24, Qt.AlignmentFlag.AlignRight)
        buttons.addWidget(self.hint, 1)
        transport = QWidget()
        inner = QVBoxLayout(transport)
        inner.setContentsMargins(10, 8, 10, 10)
        inner.setSpacing(6)
        inner.addWidget(self.go)
        inner.addLayout(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(total)
        column.addWidget(transport)

    def nothing(self, snapshot: Snapshot) -> Nothing | None:
        if snapshot.run_of_show.segments:
            return None
        hint = "Segments appear when a rehearsal starts or a source brings a schedule."
        return Nothing("No run of show", hint)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        second = snapshot.at // fmt.SECOND
        if (
            before is not None
            and second == self._second
            and before.run_of_show is snapshot.run_of_show
            and before.segment_sales is snapshot.segment_sales
        ):
            return
        self._second = second
        self._rows = timings(snapshot.run_of_show, snapshot.at)
        sales = {one.segment_id: one for one in snapshot.segment_sales}
        wanted = {sku for timing in self._rows for sku in timing.segment.skus}
        names = {row.sku: row.name or row.sku for row in snapshot.products if row.sku in wanted}
        rows = [
            segment_row(timing, sales.get(timing.segment.segment_id), names, snapshot)
            for timing in self._rows
        ]
        on_air = next((timing for timing in self._rows if timing.state == "on air"), None)
        left = None if on_air is None else time_left(on_air, snapshot)
        self.table.show_rows(rows, left)
        self._show_summary(snapshot)
        self._show_transport(snapshot)
        if snapshot.run_of_show.on_air != self._cue:
            self._cue = snapshot.run_of_show.on_air
            if not self.table.is_editing():
                self.table.reveal_on_air()

    def heading(self) -> Heading:
        snapshot = self._snapshot
        if snapshot is None or not self._rows:
            return Heading()
        words = fmt.plural(len(self._rows), "segment")
        planned = self._rows[-1].planned_end
        if planned is not None:
            words += f" · planned end {fmt.clock(planned, snapshot.timezone)}"
        cue = next((timing for timing in self._rows if timing.state == "on air"), None)
        if cue is None or cue.start is None or cue.planned_start is None:
            return Heading(words)
        late = cue.start - cue.planned_start
        if abs(late) < fmt.SECOND:
            return Heading(words, "started on time")
        word = "late" if late > 0 else "early"
        started = f"started {fmt.duration(abs(late))} {word}"
        return Heading(words, started, "warn" if late > 0 else "text_3")

    def numbers(self) -> dict[str, str]:
        texts: dict[str, str] = {}
        for timing in self._rows:
            segment_id = timing.segment.segment_id
            for key in ("segment", "start", "length", "revenue"):
                first, second = self.table.texts(segment_id, key)
                texts[f"{segment_id}.{key}"] = first
                texts[f"{segment_id}.{key}.second"] = second
        left = "" if self.table.time_left is None else self.table.time_left.text()
        return texts | {
            "time_left": left,
            "summary": self.summary.text(),
            "over_under": self.lateness.text(),
            "go": self.go.text(),
        }

    def is_being_edited(self) -> bool:
        return self.table.is_editing()

    def show_keys(self, keys: Mapping[str, str]) -> None:
        self._keys = keys
        self.go.show_key(keys["go"])
        if self._snapshot is not None:
            self._show_transport(self._snapshot)

    def entries(self) -> Sequence[Entry]:
        to_come = [row for row in self._rows if row.state in _TO_COME]
        others = [row for row in self._rows if row.state not in (*_TO_COME, "on air")]
        return [
            Entry(
                f"Cue {row.segment.title}{'' if row.state in _TO_COME else ' once more'}",
                partial(self._cue_segment, row.segment.segment_id),
                why_not_edited,
                " ".join(row.segment.skus),
            )
            # The next one first: of two that fit, it is meant.
            for row in (*to_come, *others)
        ]

    def take_next(self) -> None:
        """Ask for the next segment; a second press within a second is the first one's echo."""
        self._take(1)

    def take_previous(self) -> None:
        """Ask for the segment before the one on air."""
        self._take(-1)

    def _take(self, step: int) -> None:
        segment = self._neighbour(step)
        if segment is not None and self.guard.lets_through():
            self.submit(TakeSegment(segment_id=segment.segment_id))

    def _cue_segment(self, segment_id: str) -> None:
        if self.guard.lets_through():
            self.submit(TakeSegment(segment_id=segment_id))

    def _neighbour(self, step: int) -> Segment | None:
        if self._snapshot is None or self._snapshot.mode in _RECORDED or _is_over(self._snapshot):
            return None
        return self._snapshot.run_of_show.neighbour(step)

    def _show_summary(self, snapshot: Snapshot) -> None:
        planned = sum(timing.segment.duration_ms for timing in self._rows)
        self.summary.set_runs(Run(f"Planned {fmt.duration(planned)}", "text_2"))
        last = self._rows[-1]
        if last.end is None or last.planned_end is None or not snapshot.run_of_show.cues:
            self.lateness.set_runs()
            return
        late = last.end - last.planned_end
        words = f"ends {fmt.clock(last.end, snapshot.timezone)}"
        self.summary.set_runs(
            Run(f"Planned {fmt.duration(planned)}", "text_2"), Run(f"· {words}", "text_2", gap=4)
        )
        tone = "warn" if late >= fmt.SECOND else "text_2"
        self.lateness.set_runs(Run(fmt.over_under(late), tone, weight=600))

    def _show_transport(self, snapshot: Snapshot) -> None:
        recorded = snapshot.mode in _RECORDED
        self.table.set_editable(not recorded and not snapshot.is_past)
        if recorded or not self.order.is_asking:
            self.hint.set_runs(Run("" if recorded else self._hints(), "text_3", 11))
        if snapshot.is_past and not recorded:
            self.previous.setEnabled(False)
            self.go.show_next("Space leads back to the present", "")
            return
        following = self._neighbour(1)
        self.previous.setEnabled(self._neighbour(-1) is not None)
        if following is None:
            self.go.show_next(_why_no_go(snapshot), "")
            return
        place = snapshot.run_of_show.index(following.segment_id)
        number = 1 if place is None else place + 1
        words = _GO_WORDS.get(snapshot.mode, "take next")
        self.go.show_next(words, f"{number} · {following.title}")

    def _say(self, words: str) -> None:
        self.hint.set_runs(Run(words, "warn", 11, 600))

    def _hints(self) -> str:
        keys = {name: in_words(key) for name, key in self._keys.items()}
        up, down = keys.get("move_up", ""), keys.get("move_down", "")
        # The usual pair is told as one.
        pair = f"{up}↓" if up.endswith("↑") and down == f"{up[:-1]}↓" else " ".join((up, down))
        hints = (
            (keys.get("edit", ""), "edits"),
            (pair.strip(), "moves"),
            (keys.get("cut", ""), "cuts"),
        )
        return " · ".join(f"{key} {does}" for key, does in hints if key)

    def _rename(self, segment_id: str, title: str) -> None:
        self.submit(RenameSegment(segment_id=segment_id, title=title))

    def _change_duration(self, segment_id: str, duration_ms: int) -> None:
        self.submit(ChangeSegmentDuration(segment_id=segment_id, duration_ms=duration_ms))

    def _set_target(self, segment_id: str, text: str) -> None:
        currency = None if self._snapshot is None else self._snapshot.currency
        minor = typed.money(text, currency) if text else None
        if text and not minor:
            self._say(f"{text!r} is no amount above 0")
            return
        self.submit(SetSegmentTarget(segment_id=segment_id, revenue_target_minor=minor))

    def _describe(self, key: str) -> str:
        known = {"start", "length", "revenue"}
        return explain(f"segment.{key}", self._snapshot) if key in known else ""


def _is_over(snapshot: Snapshot) -> bool:
    return snapshot.pace is not None and snapshot.pace.has_ended


def _why_no_go(snapshot: Snapshot) -> str:
    if snapshot.mode in _RECORDED:
        return _RECORDED[snapshot.mode]
    if _is_over(snapshot):
        return f"the {snapshot.mode} has ended"
    show = snapshot.run_of_show
    return "the show has ended" if show.cues and show.on_air is None else "no more segments"
