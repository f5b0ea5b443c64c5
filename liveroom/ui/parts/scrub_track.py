"""The track of the scrub bar: the show from its start to its expected end, and where one looks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from liveroom.ui import glyphs
from liveroom.ui.parts.runs import Run, paint_runs
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.scrub_marks import Mark

_EDGE = 8
"""Room at both ends, so that the handle is whole there."""
_MARKS, _CURVE_TOP, _LINE = 8, 15, 36
_LABEL_ROOM = 96
_CATCH = 5
"""So near (px) to the present, or to a mark, one means it."""
_STATES = {"done": "audience", "on air": "onair", "next": "next", "planned": "line_2"}
_MARK = 10


class ScrubTrack(QWidget):
    """Painted; dragging asks for an instant, letting go near the present leads back to it."""

    travelled = Signal(object)
    """An instant (ms UTC), or None for the present."""

    def __init__(self, theme: Theme) -> None:
        """Start with no show."""
        super().__init__()
        self._theme = theme
        self._snapshot: Snapshot | None = None
        self._marks: Sequence[Mark] = ()
        self._looking: int | None = None
        self._span = (0, 1)
        self._stretches: list[tuple[int, int, str]] = []
        self._ground: QPixmap | None = None
        self._told: tuple[object, ...] = ()
        self._drawn: tuple[object, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMouseTracking(True)

    def sizeHint(self) -> QSize:
        return QSize(400, 56)

    def show_snapshot(self, snapshot: Snapshot, marks: Sequence[Mark]) -> None:
        """Show the present; what lies behind the handle is drawn anew when it moved by a pixel."""
        second = snapshot.at // 1000
        told = (second, snapshot.run_of_show, len(marks))
        if told == self._told:
            return
        self._snapshot, self._marks, self._told = snapshot, marks, told
        self._measure(snapshot)
        places = [
            (round(self.x_of(a)), round(self.x_of(b)), state) for a, b, state in self._stretches
        ]
        drawn = (self._span, round(self.x_of(snapshot.at)), places, len(marks))
        if drawn != self._drawn:
            self._drawn, self._ground = drawn, None
        self.update()

    def look(self, at: int | None) -> None:
        """Show where one looks, at once: the panels follow."""
        if at != self._looking:
            self._looking = at
            self.update()

    def x_of(self, at: int) -> float:
        """Return where an instant (ms UTC) is."""
        start, end = self._span
        return _EDGE + (at - start) / max(1, end - start) * (self.width() - 2 * _EDGE)

    def instant_at(self, x: float) -> int | None:
        """Return the whole second at a place; None where it is the present."""
        if self._snapshot is None:
            return None
        start, end = self._span
        if x >= self.x_of(self._snapshot.at) - _CATCH:
            return None
        share = (x - _EDGE) / max(1, self.width() - 2 * _EDGE)
        near = [mark for mark in self._marks if abs(self.x_of(mark.at) - x) <= _CATCH]
        at = near[-1].at if near else start + int(share * (end - start))
        return max(start, at) // 1000 * 1000

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.travelled.emit(self.instant_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self.travelled.emit(self.instant_at(event.position().x()))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos().x()), self)
            return True
        return bool(super().event(event))

    def tip_at(self, x: float) -> str:
        """Return the time at a place, and what happened there."""
        if self._snapshot is None or self._snapshot.started_at is None:
            return ""
        near = [mark for mark in self._marks if abs(self.x_of(mark.at) - x) <= _CATCH]
        at = self.instant_at(x)
        if near:
            return "\n".join(f"{self._clock(mark.at)}  {mark.words}" for mark in near)
        return "the present" if at is None else self._clock(at)

    def _clock(self, at: int) -> str:
        from liveroom.ui import format as fmt

        assert self._snapshot is not None
        return fmt.clock_with_day(at, self._snapshot.timezone, self._snapshot.at, seconds=True)

    def resizeEvent(self, event: object) -> None:
        self._ground = None
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        snapshot = self._snapshot
        if snapshot is None or snapshot.started_at is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # While one looks back only the handle moves.
        if self._ground is None or self._ground.devicePixelRatio() != self.devicePixelRatio():
            self._ground = self._paint_ground(snapshot)
        painter.drawPixmap(0, 0, self._ground)
        self._paint_handle(painter, snapshot)

    def _paint_ground(self, snapshot: Snapshot) -> QPixmap:
        scale = self.devicePixelRatio()
        ground = QPixmap(round(self.width() * scale), round(self.height() * scale))
        ground.setDevicePixelRatio(scale)
        ground.fill(Qt.GlobalColor.transparent)
        painter = QPainter(ground)
        # Steps of a pixel are not seen in so low a curve, and smooth edges of so many cost milliseconds.
        self._paint_curve(painter)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_line(painter, snapshot)
        self._paint_times(painter, snapshot)
        for mark in self._marks:
            if mark.glyph:
                tone = self._theme[mark.tone]
                left, top = self.x_of(mark.at) - _MARK / 2, _MARKS - _MARK / 2
                glyphs.paint(painter, mark.glyph, left, top, _MARK, tone)
        painter.end()
        return ground

    def _measure(self, snapshot: Snapshot) -> None:
        from liveroom.models.run_of_show import timings

        rows = timings(snapshot.run_of_show, snapshot.at)
        self._stretches = [
            (row.start, row.end, row.state)
            for row in rows
            if row.start is not None and row.end is not None and row.state != "skipped"
        ]
        start = min([snapshot.started_at or snapshot.at, *(s for s, _, _ in self._stretches[:1])])
        end = max([snapshot.at, *(e for _, e, _ in self._stretches)])
        # In steps, so that a show without a plan does not move everything each second.
        step = 60_000
        while step * 100 < end - start:
            step *= 2
        self._span = (start, start + -(-(end - start) // step) * step)

    def _paint_curve(self, painter: QPainter) -> None:
        # Only now: the first paint has no curve and does not wait for numpy.
        from liveroom.ui.parts.curves import decimate

        assert self._snapshot is not None
        series, (start, end) = self._snapshot.series, self._span
        width = max(1, (self.width() - 2 * _EDGE) // 3)
        times, values = decimate(
            series.audience_times, series.audience, start / 1000, end / 1000, width
        )
        if len(times) < 2:
            return
        left, room = self.x_of(start), self.x_of(end) - self.x_of(start)
        across = left + (times - start / 1000) * (room / max(1e-3, (end - start) / 1000))
        across = across.clip(_EDGE)
        tall = values * ((_LINE - _CURVE_TOP) / max(1.0, float(series.audience.max())))
        x, down, wide = (
            across.tolist(),
            (_LINE - tall).tolist(),
            (across[1:] - across[:-1]).tolist(),
        )
        theme = self._theme
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme["track_fill"])
        # Columns, and not a polygon: a thousand corners take many times as long to fill.
        painter.drawRects(list(map(QRectF, x, down, wide, tall.tolist())))
        painter.setPen(QPen(theme["text_3"], 1))
        painter.drawPolyline(QPolygonF(list(map(QPointF, x, down))))
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_line(self, painter: QPainter, snapshot: Snapshot) -> None:
        theme = self._theme
        whole = QRectF(_EDGE, _LINE, self.width() - 2 * _EDGE, 3)
        if not self._stretches:
            painter.fillRect(whole, theme["line"])
        for start, end, state in self._stretches:
            left, right = self.x_of(start), self.x_of(end)
            tone = theme[_STATES.get(state, "line_2")]
            # What is to come is thin, so that it does not rest on the tone alone.
            tall = 1 if state == "planned" else 3
            wide = max(1.0, right - left - 1)
            painter.fillRect(QRectF(left, _LINE + (3 - tall) / 2, wide, tall), tone)
        if not self._stretches:
            now = self.x_of(snapshot.at)
            painter.fillRect(QRectF(_EDGE, _LINE, now - _EDGE, 3), theme["control"])

    def _paint_times(self, painter: QPainter, snapshot: Snapshot) -> None:
        from liveroom.ui.scrub_times import times_of

        most = max(1, (self.width() - 2 * _EDGE) // _LABEL_ROOM)
        for at, time in times_of(*self._span, most, snapshot.timezone):
            x = self.x_of(at)
            painter.fillRect(QRectF(round(x), _LINE + 3, 1, 3), self._theme["line_2"])
            words = (Run(time, "text_3", 10.5),)
            left = min(max(0.0, x - 30), self.width() - 60.0)
            box = QRectF(left, _LINE + 4, 60, 15)
            paint_runs(painter, self._theme, words, box, Qt.AlignmentFlag.AlignHCenter)

    def _paint_handle(self, painter: QPainter, snapshot: Snapshot) -> None:
        theme, now = self._theme, self.x_of(snapshot.at)
        past = self._looking is not None
        painter.fillRect(QRectF(now - 0.5, 4, 1, _LINE), theme["text_3" if past else "text"])
        if self._looking is None:
            self._paint_knob(painter, now, "text")
            return
        x = self.x_of(self._looking)
        painter.fillRect(QRectF(x - 1, 2, 2, _LINE + 2), theme["offer"])
        self._paint_knob(painter, x, "offer")

    def _paint_knob(self, painter: QPainter, x: float, tone: str) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme[tone])
        knob = [(-5, 1), (5, 1), (5, 8), (0, 13), (-5, 8)]
        painter.drawPolygon(QPolygonF([QPointF(x + dx, dy) for dx, dy in knob]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
