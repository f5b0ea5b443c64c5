"""Audience against conversion on one time axis, with the segments above and the orders below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QVBoxLayout

from liveroom.models.facts import Fact
from liveroom.models.offer_timing import first_since_peak, offer_timing
from liveroom.models.run_of_show import timings
from liveroom.ui import format as fmt
from liveroom.ui.freshness import freshness
from liveroom.ui.keyboard.commands import PanelCommand
from liveroom.ui.panel import Heading, Nothing, Panel, Submit
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.chart import Chart

_LEAST_SPAN = 600
_LATER_MS, _EVERY_MS = 30, 500


class AudiencePanel(Panel):
    """The chart is built after the first paint, because pyqtgraph takes long to import."""

    commands = (
        PanelCommand(
            "follow",
            "Follow the show in the curves",
            ("F",),
            lambda panel: panel.follow(),
        ),
    )

    def __init__(self, submit: Submit, theme: Theme) -> None:
        """Build the frame; the chart comes later."""
        super().__init__(submit, theme)
        self._snapshot: Snapshot | None = None
        self._chart: Chart | None = None
        # Drawn a moment after the other panels: two short pauses instead of a long one.
        self._redraw = QTimer(self, singleShot=True)
        self._since = QElapsedTimer()
        self._redraw.timeout.connect(self._build_fenced)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._waiting = RunLine(theme, 40, Qt.AlignmentFlag.AlignHCenter)
        self._waiting.set_runs(Run("Charts are loading", "text_3"))
        self._column.addWidget(self._waiting)
        QTimer.singleShot(0, self, self._build_fenced)

    def nothing(self, snapshot: Snapshot) -> Nothing | None:
        if len(snapshot.series.seconds) or len(snapshot.series.audience_times):
            return None
        hint = "Curves start with the first audience sample, visit or order."
        return Nothing("Nothing to draw yet", hint)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        before, self._snapshot = self._snapshot, snapshot
        if self._chart is None:
            return
        same_second = before is not None and before.at // fmt.SECOND == snapshot.at // fmt.SECOND
        if not same_second or before is None or before.run_of_show is not snapshot.run_of_show:
            pause = _EVERY_MS - self._since.elapsed() if self._since.isValid() else 0
            self._redraw.start(max(_LATER_MS, pause))

    def heading(self) -> Heading:
        snapshot = self._snapshot
        if snapshot is None:
            return Heading()
        facts = (Fact.AUDIENCE, Fact.VISITS, Fact.ORDERS)
        missing = [fact.value for fact in facts if fact not in snapshot.counting]
        words = _timing_words(snapshot) or "conversion: orders ÷ visits, 10 min"
        if missing:
            words = f"no source for {' and '.join(missing)}"
        fresh = freshness(snapshot, facts)
        return Heading(words, fresh.note, fresh.tone)

    def numbers(self) -> dict[str, str]:
        return {} if self._chart is None else self._chart.texts()

    def follow(self) -> None:
        """Bring the time axis back to the whole show."""
        if self._chart is not None:
            self._chart.follow()

    def finish_building(self) -> None:
        if self._chart is None:
            from liveroom.ui.chart import Chart

            self._chart = Chart(self.theme)
            self._column.removeWidget(self._waiting)
            self._waiting.hide()
            self._column.addWidget(self._chart)
        self._redraw.stop()
        self._since.start()
        if self._snapshot is not None:
            self._chart.show_snapshot(self._snapshot, *span_of(self._snapshot))

    def _build_fenced(self) -> None:
        self.fence(self.finish_building)


def _timing_words(snapshot: Snapshot) -> str:
    """Return the moment of the offer against the peak of the audience, blank where there is none."""
    first = first_since_peak(snapshot.levers.offers, snapshot.audience)
    then = None if first is None else _viewers_at(snapshot, first.started_at)
    found = offer_timing(snapshot.levers.offers, snapshot.audience, then, snapshot.at)
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
