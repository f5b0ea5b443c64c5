"""Holds one panel: fences its errors in, says what an empty one waits for, skips what nobody sees."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSettings, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from liveroom.ui.panel import Heading, Panel, PanelSpec, Submit
from liveroom.ui.parts.runs import Run, paint_runs
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QStackedWidget

    from liveroom.models.score_card import ScoreCard, ScoreProgress
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.message import Message

log = logging.getLogger(__name__)

_MIDDLE = Qt.AlignmentFlag.AlignHCenter
_WAITING = (
    (28, Run(px=20, glyph="off", tone="text_3")),
    (26, Run("Waiting for the session", px=13, weight=600)),
    (20, Run("The desk fills with the first snapshot.", "text_2")),
)
"""Lines, with their heights, of a panel that was not shown anything yet."""


class PanelHost(QWidget):
    """The body of a dock."""

    heading_changed = Signal(object)
    built = Signal()
    """There is a panel now, or a new one."""
    shown = Signal()
    """The panel is that of the newest snapshot now."""
    turned = Signal()
    """Another page is on show: the panel, or what is said in its place."""

    def __init__(self, spec: PanelSpec, submit: Submit, theme: Theme) -> None:
        """Take what the panel is built with; it is imported and built at its first turn.

        Until then the host paints itself: it is all of a panel that the first paint waits for.
        """
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.spec, self._submit, self._theme = spec, submit, theme
        self.travel: Callable[[int], None] = lambda at: None
        self.settings: QSettings | None = None
        """Given to the panel, for what it remembers."""
        self.turn_to: Callable[[str, str], None] | None = None
        self.panel: Panel | None = None
        self.stopped: Message | None = None
        self._snapshot: Snapshot | None = None
        self._score: ScoreCard | ScoreProgress | None = None
        self._stale = self._past = False
        self._heading = Heading()
        self._stack: QStackedWidget | None = None
        self._empty: Message | None = None
        self.restart_key = ""
        """The key that restarts a stopped panel, as its button shows it."""
        # No polish: that comes with the first paint, and to ask for the style now would take 15 ms.
        self.setProperty("state", "strip" if spec.fixed_height else "")

    @property
    def theme(self) -> Theme:
        """Return the theme the panel was built with."""
        return self._theme

    def rebuild(self, theme: Theme) -> None:
        """Build the panel anew in another theme."""
        self._theme = theme
        self._discard()
        self._stale = True
        if self.isVisible():
            self.refresh()

    def restart(self) -> None:
        """Build a stopped panel anew and show it the present."""
        if self.stopped is not None:
            self.rebuild(self._theme)

    def take(self, snapshot: Snapshot) -> None:
        """Take a snapshot, to be shown at `refresh` or when the panel is next seen."""
        if snapshot is not self._snapshot:
            self._snapshot, self._stale = snapshot, True

    def set_past(self, past: bool) -> None:
        """Show by the edge whether an earlier time is shown."""
        self._past = past
        if self.stopped is None:
            self._set_state(self._usual_state())

    def take_score(self, score: ScoreCard | ScoreProgress | None) -> None:
        """Take the score of a rehearsal that ended, or how far its computing is."""
        self._score, self._stale = score, True
        panel = self.panel
        if panel is not None:
            self._fenced(lambda: panel.show_score(score))
        if self.isVisible():
            self.refresh()

    def is_behind(self) -> bool:
        """Return whether a panel that is seen does not show the newest snapshot yet, or is not built."""
        if self.stopped is not None or not self.isVisible():
            return False
        is_old = self._stale and self._snapshot is not None
        if self.panel is not None and (not is_old or self.panel.is_waiting()):
            # What was asked for is judged at every snapshot, also behind a tab.
            return is_old
        return not self.visibleRegion().isEmpty()

    def build_behind(self) -> bool:
        """Build a panel that stands behind a tab, so that it comes at once; return whether it did."""
        if self.panel is not None or self.stopped is not None or not self.isVisible():
            return False
        self._fenced(self._build)
        return True

    def refresh(self) -> None:
        """Bring the panel up to the newest snapshot."""
        if self.panel is None and self.stopped is None:
            self._fenced(self._build)
        if self.has_to_show:
            self._stale = False
            self._fenced(self._show_now)
            self.shown.emit()

    @property
    def has_to_show(self) -> bool:
        """Return whether a newer snapshot waits to be shown."""
        return self._stale and self.stopped is None and self._snapshot is not None

    def newest(self) -> Panel | None:
        """Return the panel as the newest snapshot has it, curves too, seen or not; None: not built."""
        panel = self.panel
        if panel is not None and self._stale:
            self.refresh()
            if self.panel is panel:
                self._fenced(panel.finish_building)
        return self.panel

    def heading(self) -> Heading:
        """Return what the title bar says now."""
        return self._heading

    def do(self, action: Callable[[Panel], object]) -> None:
        """Do something with the panel, inside its fence; one that cannot be built does nothing."""
        if self.panel is None and self.stopped is None:
            self.finish_building()
        self.newest()
        self.tell(action)

    def tell(self, action: Callable[[Panel], object]) -> None:
        """Tell a panel that is built what has nothing to do with the show, inside its fence."""
        panel = self.panel
        if panel is not None:
            self._fenced(lambda: self._do(panel, action))

    def numbers(self) -> dict[str, str]:
        """Return what the panel displays; nothing of an empty or a stopped one."""
        self.finish_building()
        if self.panel is None or self._shown() is not self.panel:
            return {}
        return self.panel.numbers()

    def message(self) -> str:
        """Return the words shown in place of the panel, if any."""
        shown = self._shown()
        if shown is None:
            return " ".join(run.text for _, run in _WAITING if run.text)
        if shown is self.stopped:
            return self.stopped.text()
        return self._empty.text() if self._empty is not None and shown is self._empty else ""

    def finish_building(self) -> None:
        """Build now what is left for after the first paint."""
        if self.panel is None and self.stopped is None:
            self._fenced(self._build)
        if self.panel is not None:
            self._fenced(self.panel.finish_building)
        self._stale = True
        self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.panel is not None:
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        panel = self.panel
        if event.key() == Qt.Key.Key_Escape and panel is not None and panel.leave():
            event.accept()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._stale:
            # It came to the front, by whatever way.
            QTimer.singleShot(0, self, self.newest)
        if self._shown() is not None:
            return
        painter = QPainter(self)
        tall = sum(height for height, _ in _WAITING)
        line = QRectF(8, (self.height() - tall) / 2, self.width() - 16, 0)
        for height, run in _WAITING:
            line.setHeight(height)
            paint_runs(painter, self._theme, (run,), line, _MIDDLE)
            line.moveTop(line.bottom())

    def _build(self) -> None:
        panel = self.spec.load()(self._submit, self._theme)
        panel.fence = self._fenced
        panel.settings = self.settings
        panel.travel = self.travel
        panel.say_heading = lambda: self._say(panel.heading())
        if self.turn_to is not None:
            panel.turn_to = self.turn_to
        if self.settings is not None:
            panel.take_settings(self.settings)
        panel.show_score(self._score)
        self._pages().addWidget(panel)
        self.panel = panel
        self.built.emit()

    def _pages(self) -> QStackedWidget:
        """Return what holds the panel and its messages; hidden until there is something to show."""
        if self._stack is None:
            from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

            self._stack = QStackedWidget(self)
            self._stack.hide()
            border = 0 if self.spec.fixed_height else 1
            column = QVBoxLayout(self)
            column.setContentsMargins(border, 0, border, border)
            column.addWidget(self._stack)
        return self._stack

    def _shown(self) -> QWidget | None:
        stack = self._stack
        return None if stack is None or stack.isHidden() else stack.currentWidget()

    def _turn_to(self, page: QWidget) -> None:
        if self._shown() is not page:
            stack = self._pages()
            if stack.indexOf(page) < 0:
                stack.addWidget(page)
            stack.setCurrentWidget(page)
            stack.show()
            self.turned.emit()

    def _show_now(self) -> None:
        snapshot, panel = self._snapshot, self.panel
        assert snapshot is not None
        assert panel is not None
        nothing = panel.nothing(snapshot)
        if nothing is not None and not panel.is_being_edited():
            if self._empty is None:
                from liveroom.ui.message import Message

                self._empty = Message(self._theme, "off", "text_3")
            self._empty.say(*nothing)
            self._turn_to(self._empty)
            self._say(Heading(panel.heading().subtitle, "waiting"))
            return
        panel.show_snapshot(snapshot)
        if self.panel is not panel:
            # What it does on its own time failed, and stopped it.
            return
        self._turn_to(panel)
        self._say(panel.heading())

    def _do(self, panel: Panel, action: Callable[[Panel], object]) -> None:
        action(panel)
        if self._shown() is panel:
            self._say(panel.heading())

    def _say(self, heading: Heading) -> None:
        if heading != self._heading:
            self._heading = heading
            self.heading_changed.emit(heading)

    def _fenced(self, action: Callable[[], None]) -> None:
        try:
            action()
        except Exception as error:
            log.exception("panel %s stopped", self.spec.panel_id)
            self._stop(error)

    def _stop(self, error: Exception) -> None:
        from liveroom.ui.message import about_error

        self._discard()
        self.stopped = about_error(
            self._theme, error, self._snapshot, self.restart, self.restart_key
        )
        self._turn_to(self.stopped)
        self._set_state("stopped")
        self._say(Heading("", "stopped", "bad"))

    def _discard(self) -> None:
        for widget in (self.panel, self.stopped, self._empty):
            if widget is not None:
                self._pages().removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.panel = self.stopped = self._empty = None
        if self._stack is not None:
            self._stack.hide()
        self._set_state(self._usual_state())

    def _usual_state(self) -> str:
        past = "past" if self._past else ""
        return f"strip {past}".strip() if self.spec.fixed_height else past

    def _set_state(self, state: str) -> None:
        if self.property("state") != state:
            self.setProperty("state", state)
            self.style().polish(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.update()
