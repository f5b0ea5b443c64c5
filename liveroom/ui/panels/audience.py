"""Audience against conversion, or any two metrics, on one time axis, with what happened meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QMenu, QVBoxLayout

from liveroom.models import commands as c
from liveroom.models.facts import Fact
from liveroom.models.offer_timing import OfferTiming, first_since_peak, offer_timing
from liveroom.models.run_of_show import timings
from liveroom.ui import format as fmt
from liveroom.ui.freshness import freshness
from liveroom.ui.panel import Heading, Nothing, Panel, Submit
from liveroom.ui.parts.chart_commands import COMMANDS, FIXED_KEYS, why_no_note
from liveroom.ui.parts.redraw import Redraw
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.chart import Chart
    from liveroom.ui.parts.note_here import NoteHere
    from liveroom.ui.pictures.files import FileKind

_LEAST_SPAN = 600
_LATER_MS = 30
_METRICS_KEY = "audience/metrics"


class AudiencePanel(Panel):
    """The chart is built after the first paint, because pyqtgraph takes long to import."""

    commands = COMMANDS
    fixed_keys = FIXED_KEYS

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build the frame; the chart comes later."""
        super().__init__(submit, theme)
        self._snapshot: Snapshot | None = None
        self._chart: Chart | None = None
        self._note: NoteHere | None = None
        self._menu: QMenu | None = None
        self._redraw = Redraw(self, self._build_fenced, _LATER_MS)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._waiting = RunLine(theme, 40, Qt.AlignmentFlag.AlignHCenter)
        self._waiting.set_runs(Run("Charts are loading", "text_3"))
        self._column.addWidget(self._waiting)
        QTimer.singleShot(0, self, self._build_fenced)

    @property
    def chart(self) -> Chart:
        """Return the chart; there is one since `finish_building`."""
        assert self._chart is not None
        return self._chart

    def nothing(self, snapshot: Snapshot) -> Nothing | None:
        if len(snapshot.series.totals) or len(snapshot.series.audience_times):
            return None
        hint = "Curves start with the first audience sample, visit or order."
        return Nothing("Nothing to draw yet", hint)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        if self._chart is not None:
            self._redraw.ask(before, snapshot)

    def heading(self) -> Heading:
        snapshot = self._snapshot
        if snapshot is None:
            return Heading()
        facts = self._facts()
        missing = [fact.value.replace("_", " ") for fact in facts if fact not in snapshot.counting]
        words = _timing_words(snapshot) or self._denominators()
        if missing:
            words = f"no source for {' and '.join(missing)}"
        fresh = freshness(snapshot, facts)
        return Heading(words, fresh.note, fresh.tone)

    def _facts(self) -> tuple[Fact, ...]:
        """Return what is plotted, and the orders beneath."""
        if self._chart is None:
            return (Fact.AUDIENCE, Fact.VISITS, Fact.ORDERS)
        plotted = [fact for one in self._chart.metrics() for fact in one.definition.facts]
        # In the order in which the program lists them, whatever is at which side.
        return tuple(fact for fact in Fact if fact in plotted or fact is Fact.ORDERS)

    def _denominators(self) -> str:
        """Return what the plotted rates are divided by."""
        if self._chart is None:
            return "conversion: orders ÷ visits, 10 min"
        ratios = [metric.ratio_words() for metric in self._chart.metrics()]
        return " · ".join(words for words in ratios if words)

    def numbers(self) -> dict[str, str]:
        return {} if self._chart is None else self._chart.texts()

    def files(self) -> tuple[FileKind, ...]:
        if self._chart is None or self._snapshot is None:
            return ()
        from liveroom.ui.pictures.chart_files import chart_files

        return chart_files(self._chart, self.theme, self._snapshot)

    def is_being_edited(self) -> bool:
        return self._note is not None and self._note.is_being_edited()

    def finish_building(self) -> None:
        if self._chart is None:
            self._chart = self._build_chart()
        snapshot = self._snapshot
        if snapshot is not None:
            self._redraw.drawn()
            timing = timing_of(snapshot)
            self._chart.show_snapshot(snapshot, *span_of(snapshot), timing=timing)

    def take_note(self) -> None:
        """Open the field for a note about the instant at the cursor, or about now."""
        chart, note, snapshot = self._chart, self._note, self._snapshot
        if chart is None or note is None or snapshot is None or why_no_note(snapshot):
            return
        if chart.cursor_at() is None or not self._can_note():
            # Nothing can be said yet about what is still to come.
            chart.place_cursor(snapshot.at / 1000)
        x, y = chart.point_of_cursor()
        note.open_at(chart.cursor_at() or snapshot.at, snapshot.timezone, x, y + 24)

    def menu(self) -> QMenu | None:
        """Return the menu about the instant at the cursor, None where there is no cursor."""
        from liveroom.ui.parts.chart_menu import Entry, chart_menu

        chart, snapshot = self._chart, self._snapshot
        at = None if chart is None else chart.cursor_at()
        if chart is None or snapshot is None or at is None:
            return None
        clock = fmt.clock(at, snapshot.timezone)
        entries = (
            Entry(f"Note at {clock}\u2026", "N", self.take_note if self._can_note() else None),
            Entry(
                "Travel to this moment", "T", self.travel_to_cursor if self._can_travel() else None
            ),
            None,
            Entry("Follow the show", "F", None if chart.is_following() else chart.follow),
            Entry("Show the whole show", "0", chart.reset),
        )
        lists = (chart.top.left.list_of_metrics(), chart.top.right.list_of_metrics())
        return chart_menu(self, entries, lists)

    def _build_chart(self) -> Chart:
        from liveroom.ui.chart import Chart
        from liveroom.ui.parts.metrics import BY_KEY, DEFAULT
        from liveroom.ui.parts.note_here import NoteHere

        left, _, right = str(self.recall(_METRICS_KEY, "")).partition(" ")
        known = left in BY_KEY and right in BY_KEY and left != right
        metrics = (left, right) if known else DEFAULT
        chart = Chart(self.theme, metrics, lambda action: self.fence(action))
        self._column.removeWidget(self._waiting)
        self._waiting.hide()
        self._column.addWidget(chart)
        self._note = NoteHere(self.theme, chart)
        self._note.written.connect(self._write_note)
        self._note.closed.connect(chart.setFocus)
        chart.metrics_chosen.connect(lambda *keys: self.remember(_METRICS_KEY, " ".join(keys)))
        chart.menu_asked.connect(self.open_menu)
        return chart

    def _can_note(self) -> bool:
        """Return whether the session takes a note about the instant at the cursor, or about now."""
        snapshot, chart = self._snapshot, self._chart
        if snapshot is None or chart is None or why_no_note(snapshot):
            return False
        at = chart.cursor_at()
        began = snapshot.at if snapshot.started_at is None else snapshot.started_at
        return at is None or began <= at <= snapshot.at

    def _can_travel(self) -> bool:
        """Return whether the cursor is at an instant that the desk can look back at."""
        snapshot, at = self._snapshot, None if self._chart is None else self._chart.cursor_at()
        return at is not None and snapshot is not None and at <= snapshot.at

    def travel_to_cursor(self) -> None:
        """Lead the desk to the instant at the cursor."""
        at = None if self._chart is None else self._chart.cursor_at()
        if at is not None and self._can_travel():
            self.travel(at)

    def open_menu(self) -> None:
        """Open the menu about the instant at the cursor."""
        if self._menu is not None:
            self._menu.deleteLater()
        self._menu = self.menu()
        if self._menu is not None and self._chart is not None:
            x, y = self._chart.point_of_cursor()
            point = self._chart.rect().topLeft()
            point += type(point)(round(x) + 4, round(y) + 24)
            self._menu.popup(self._chart.mapToGlobal(point))

    def _write_note(self, text: str, at: int) -> None:
        self.submit(c.TakeNote(text=text, about_at=at))

    def leave(self) -> bool:
        """Forget the note that is being written, else let go of the cursor; return whether there was one."""
        if self._note is not None and self._note.isVisible():
            self._note.close_field()
            return True
        if self._chart is None or self._chart.cursor_at() is None:
            return False
        self._chart.place_cursor(None)
        return True

    def _build_fenced(self) -> None:
        self.fence(self.finish_building)


def timing_of(snapshot: Snapshot) -> OfferTiming | None:
    """Return how the offer met the peak of the audience, None where there is no offer or no peak."""
    first = first_since_peak(snapshot.levers.offers, snapshot.audience)
    then = None if first is None else _viewers_at(snapshot, first.started_at)
    return offer_timing(snapshot.levers.offers, snapshot.audience, then, snapshot.at)


def _timing_words(snapshot: Snapshot) -> str:
    """Return the moment of the offer against the peak of the audience, blank where there is none."""
    found = timing_of(snapshot)
    if found is None:
        return ""
    lost = "" if not found.lost else f" · {fmt.count(found.lost)} viewers fewer"
    if found.waits:
        return f"peak {fmt.duration(found.after_peak_ms)} ago, no offer since{lost}"
    if found.after_peak_ms < 0:
        return f"offer {fmt.duration(-found.after_peak_ms)} before the peak"
    return f"offer {fmt.duration(found.after_peak_ms)} after the peak{lost}"


def _viewers_at(snapshot: Snapshot, at: int) -> int | None:
    """Return the newest sample of the audience at an instant (ms UTC)."""
    series = snapshot.series
    place = int(series.audience_times.searchsorted(at, side="right")) - 1
    return int(series.audience[place]) if place >= 0 else None


def span_of(snapshot: Snapshot) -> tuple[float, float]:
    """Return the time axis (s UTC): from the start to the expected end, or to now."""
    now = snapshot.at / 1000
    starts = [now - _LEAST_SPAN]
    if snapshot.started_at is not None:
        starts.append(snapshot.started_at / 1000)
    if len(snapshot.series.audience_times):
        starts.append(float(snapshot.series.audience_times[0]) / 1000)
    rows = timings(snapshot.run_of_show, snapshot.at)
    shown = [row for row in rows if row.start is not None]
    if shown and snapshot.run_of_show.cues and shown[0].start is not None:
        starts.append(shown[0].start / 1000)
    start = min(starts[1:], default=starts[0])
    end = now
    if rows and rows[-1].end is not None and snapshot.run_of_show.on_air is not None:
        end = max(end, rows[-1].end / 1000)
    return start, max(end, start + _LEAST_SPAN)
