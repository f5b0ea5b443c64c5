"""The chart of any two metrics on the show's time axis; it and its parts are all that draws with pyqtgraph.

Pens are one pixel wide (two cost seven times as much), the curves have at most two points per pixel,
and the axes change only when the picture would not fit.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from liveroom.models.run_of_show import timings
from liveroom.ui.parts.canvas import LABEL_ROOM, Canvas
from liveroom.ui.parts.chart_mouse import ChartMouse
from liveroom.ui.parts.chart_top import ChartTop
from liveroom.ui.parts.mark_lane import HEIGHT as LANE_HEIGHT
from liveroom.ui.parts.mark_lane import MarkLane
from liveroom.ui.parts.metrics import BY_KEY, DEFAULT, Metric
from liveroom.ui.parts.plots import LEFT, RIGHT
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.parts.segment_strip import SegmentStrip, Stretch
from liveroom.ui.parts.time_window import TimeWindow
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.offer_timing import OfferTiming
    from liveroom.models.snapshot import Snapshot

_EDGE = 2
"""Kept free around the chart for the ring that shows where the keyboard is."""
_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 86_400)
"""Seconds that the cursor may move by at a key press."""


Fence = Callable[[Callable[[], None]], None]


def _unfenced(action: Callable[[], None]) -> None:
    action()


class Chart(QWidget):
    """Two curves, orders per bar, segments above, offers and marks, and a cursor that reads them."""

    metrics_chosen = Signal(str, str)
    """The keys of the metrics that are plotted from now on."""
    menu_asked = Signal()
    """The cursor was placed where the menu is asked for."""

    def __init__(
        self, theme: Theme, metrics: tuple[str, str] = DEFAULT, fence: Fence = _unfenced
    ) -> None:
        """Build the plots, with the keys of the metrics at the left and at the right.

        `fence` runs what the mouse and the layout cause, so that an error stops the panel alone.
        """
        super().__init__()
        self._theme, self._fence = theme, fence
        self._snapshot: Snapshot | None = None
        self._timing: OfferTiming | None = None
        self._target: float | None = None
        self._stretches: tuple[Stretch, ...] = ()
        self._placed: float | None = None
        self._walked: int | None = None
        self._metrics = ("", "")
        self.own_keys: dict[str, Callable[[], None]] = {}
        """Keys that mean something else on the rest of the desk, by the text that they type."""
        self.window_of_time = TimeWindow()
        self.canvas = Canvas(theme)
        self._build_frame()
        self._listen()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Chart")
        self.plot(*metrics)

    def _build_frame(self) -> None:
        theme = self._theme
        self.strip = SegmentStrip(theme)
        self.top = ChartTop(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.strip)
        column.addWidget(self.canvas.view, 1)
        self.lane = MarkLane(theme, self.canvas.view)
        self._missing = RunLine(theme, 20, Qt.AlignmentFlag.AlignHCenter)
        self._missing.setParent(self.canvas.view)
        self._missing.hide()

    def _listen(self) -> None:
        self.top.left.chosen.connect(lambda metric: self.plot(metric.key, self._metrics[1]))
        self.top.right.chosen.connect(lambda metric: self.plot(self._metrics[0], metric.key))
        self.top.follow.clicked.connect(self.follow)
        mouse = self._mouse = ChartMouse(self.canvas.view.viewport())
        for signal, does in (
            (self.canvas.main.vb.sigResized, self._resized),
            (mouse.moved, self._hover),
            (mouse.left, self._leave),
            (mouse.placed, lambda x: self.place_cursor(self.instant_at(x))),
            (mouse.dragged, lambda far: self.pan(-self.canvas.seconds(far))),
            (mouse.panned, lambda far: self.pan(-self.canvas.seconds(far))),
            (mouse.zoomed, lambda factor, x: self.zoom(factor, self.instant_at(x))),
            (mouse.reset, self.reset),
            (mouse.asked, self._ask),
        ):
            signal.connect(lambda *args, does=does: self._fence(lambda: does(*args)))

    def show_snapshot(
        self,
        snapshot: Snapshot,
        start: float,
        end: float,
        timing: OfferTiming | None = None,
        conversion_target: float | None = None,
    ) -> None:
        """Draw a snapshot on the time axis from `start` to `end` (s UTC).

        `timing` says how the offer met the peak; `conversion_target` is a share of the visits.
        """
        self._snapshot, self._timing, self._target = snapshot, timing, conversion_target
        now = snapshot.at / 1000
        self.window_of_time.take(self._spacious(start, end, now), now)
        self.canvas.times.timezone = snapshot.timezone
        self._stretches = _stretches_of(snapshot)
        self.strip.setVisible(bool(self._stretches))
        self.strip.show_stretches(self._stretches)
        self.top.show_snapshot(snapshot)
        self.lane.show_snapshot(snapshot)
        self._show_window()

    def plot(self, left: str, right: str) -> None:
        """Plot two metrics against each other, by their keys; the other side's changes places."""
        before = self._metrics
        if left == right:
            left, right = before[1], before[0]
        one, other = BY_KEY[left], BY_KEY[right]
        self._metrics = (left, right)
        self.canvas.choose(one, other)
        self.top.show_metrics(one, other)
        if before[0] and before != self._metrics:
            self.metrics_chosen.emit(left, right)
        self._draw()

    def metrics(self) -> tuple[Metric, Metric]:
        """Return what is plotted at the left and at the right."""
        return BY_KEY[self._metrics[0]], BY_KEY[self._metrics[1]]

    def follow(self) -> None:
        """Keep up with the show again."""
        self.window_of_time.follow()
        self._show_window()

    def reset(self) -> None:
        """Show the whole show, and keep up with it."""
        self.window_of_time.reset()
        self._show_window()

    def pan(self, seconds: float) -> None:
        """Move along the time axis."""
        self.window_of_time.pan(seconds)
        self._show_window()

    def pan_by(self, share: float) -> None:
        """Move by a share of what is seen."""
        start, end = self.window_of_time.shown
        self.pan((end - start) * share)

    def zoom(self, factor: float, about: float | None = None) -> None:
        """Look closer (below 1) or at more; about the cursor, about now, or about the middle."""
        start, end = self.window_of_time.shown
        if about is None:
            now = self._snapshot.at / 1000 if self._snapshot is not None else end
            at = now if self.canvas.cursor.at is None else self.canvas.cursor.at
            about = at if start <= at <= end else (start + end) / 2
        self.window_of_time.zoom(factor, about)
        self._show_window()

    def is_following(self) -> bool:
        """Return whether the axis keeps up with the show."""
        return self.window_of_time.follows

    def place_cursor(self, at: float | None) -> None:
        """Let the cursor stand at an instant (s UTC), whatever the mouse does elsewhere; None: nowhere."""
        if at is not None:
            first, last = self.window_of_time.whole
            at = float(round(min(max(at, first), last)))
            self.window_of_time.reveal(at)
        self._placed, self._walked = at, None
        self.lane.tell(())
        self.canvas.cursor.place(at)
        self._show_window()

    def step_cursor(self, direction: int, minute: bool = False) -> None:
        """Move the cursor by about two pixels, or by a minute; from nowhere it starts at now."""
        if self._snapshot is None:
            return
        at = self.canvas.cursor.at
        if at is None:
            self.place_cursor(self._snapshot.at / 1000)
            return
        least = self.canvas.seconds(2)
        step = 60 if minute else next((each for each in _STEPS if each >= least), _STEPS[-1])
        self.place_cursor(at + direction * step)

    def walk(self, step: int) -> None:
        """Go to the next (1) or the previous (-1) mark and say what it is."""
        snapshot, marks = self._snapshot, self.lane.marks
        if snapshot is None:
            return
        at = self.canvas.cursor.at
        place = None if self._walked is None else self._walked + step
        if place is None:
            place = self.lane.next_to(snapshot.at + 1 if at is None else round(at * 1000), step)
        if place is None or not 0 <= place < len(marks):
            return
        self.place_cursor(marks[place].at / 1000)
        self._walked = place
        self.lane.tell((place,))

    def cursor_at(self) -> int | None:
        """Return the instant at the cursor (ms UTC), None where there is no cursor."""
        at = self.canvas.cursor.at
        return None if at is None else round(at * 1000)

    def point_of_cursor(self) -> tuple[float, float]:
        """Return where the cursor's line begins, in pixels of this widget."""
        start, _ = self.window_of_time.shown
        at = start if self.canvas.cursor.at is None else self.canvas.cursor.at
        view = self.canvas.view
        return view.x() + LEFT + self.canvas.pixels(at - start), float(view.y())

    def instant_at(self, x: float) -> float:
        """Return the instant (s UTC) at a pixel of the view."""
        start, end = self.canvas.span()
        return min(max(start, start + self.canvas.seconds(x - LEFT)), end)

    def texts(self) -> dict[str, str]:
        """Return the labels on show."""
        canvas = self.canvas
        return {
            **{side.metric.key: side.end_text() for side in canvas.sides if side.metric},
            "peak": _text(canvas.peak.label),
            "late": _text(canvas.peak.late),
            "lower_since": _text(canvas.fall.label),
            "bars": _text(canvas.bars.label),
            "target": _text(canvas.target.label),
            "segments": ", ".join(self.strip.texts()),
            "offers": ", ".join(canvas.offers.texts()),
            "marks": ", ".join(self.lane.texts()),
            "mark": "\n".join(self.lane.told()),
            **self.top.texts(),
        }

    def points(self) -> int:
        """Return how many points the left curve is drawn with."""
        return self.canvas.left.points()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_over()

    def event(self, event: QEvent) -> bool:
        # Who accepts this gets the key, and the shortcut of the window does not.
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.text() in self.own_keys:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        does = self.own_keys.get(event.text())
        if does is None:
            super().keyPressEvent(event)
        else:
            does()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus():
            painter = QPainter(self)
            painter.setPen(QPen(self._theme["focus"], _EDGE))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _spacious(self, start: float, end: float, now: float) -> tuple[float, float]:
        """Leave room for the labels after now; an axis that still has most of it stays as it is."""
        wide = max(2.0 * LABEL_ROOM, self.canvas.main.vb.width())
        past = max(1.0, now - start)
        room = past * LABEL_ROOM / (wide - LABEL_ROOM)
        before = self.window_of_time.whole
        if before[0] == start and max(end, now + 0.9 * room) <= before[1] <= max(end, now + room):
            return before
        return start, max(end, now + room)

    def _show_window(self) -> None:
        start, end = self.window_of_time.shown
        self.canvas.set_range(start, end)
        self.top.follow.show_state(self.window_of_time.follows)
        self._draw()

    def _draw(self) -> None:
        snapshot = self._snapshot
        if snapshot is None:
            return
        start, end = self.window_of_time.shown
        self.strip.set_scale(start, end, LEFT, RIGHT)
        self.lane.set_scale(start, end)
        self.canvas.draw(snapshot, self._stretches, self._timing, self._target)
        self._read()
        self._say_what_is_missing(snapshot)

    def _read(self) -> None:
        if self._snapshot is not None:
            self.top.show_reading(self.canvas.read_cursor(self._snapshot))

    def _say_what_is_missing(self, snapshot: Snapshot) -> None:
        """Say in the empty field why there is no curve; a curve says enough."""
        drawn = self.canvas.is_drawn()
        missing = [
            fact.value.replace("_", " ")
            for key in self._metrics
            for fact in BY_KEY[key].definition.facts
            if fact not in snapshot.counting
        ]
        names = " or ".join(dict.fromkeys(missing))
        self._missing.set_runs(
            Run(f"No source reports {names}; choose another curve", "text_3")
            if names
            else Run("No curve yet", "text_3")
        )
        self._missing.setVisible(not drawn)
        self.canvas.fit_bars(empty=not drawn)
        self._lay_over()

    def _hover(self, x: float, y: float) -> None:
        """Let the cursor follow the mouse, and a mark under it say what it is."""
        self._walked = None
        self.canvas.cursor.place(float(round(self.instant_at(x))))
        self.lane.tell(self.lane.at(x - self.lane.x(), y - self.lane.y()))
        self._read()

    def _leave(self) -> None:
        self.canvas.cursor.place(self._placed)
        if self._walked is None:
            self.lane.tell(())
        self._read()

    def _ask(self, x: float, y: float) -> None:
        self.place_cursor(self.instant_at(x))
        self.menu_asked.emit()

    def _resized(self, *_: Any) -> None:
        self.canvas.resized()
        self._lay_over()
        self._draw()

    def _lay_over(self) -> None:
        """Put what lies over the plots into its place."""
        wide = max(0, self.canvas.view.width() - LEFT - RIGHT)
        foot = round(self.canvas.foot())
        self.lane.setGeometry(LEFT, foot - LANE_HEIGHT, wide, LANE_HEIGHT)
        self.lane.set_scale(*self.window_of_time.shown)
        self._missing.setGeometry(LEFT, self.height() // 8, wide, 20)


def _text(label: Any) -> str:
    return label.toPlainText() if label.isVisible() else ""


def _stretches_of(snapshot: Snapshot) -> tuple[Stretch, ...]:
    return tuple(
        Stretch(row.start / 1000, row.end / 1000, row.number, row.segment.title, row.state)
        for row in timings(snapshot.run_of_show, snapshot.at)
        if row.start is not None and row.end is not None and row.state != "skipped"
    )
