"""Holds one panel: fences its errors in, says what an empty one waits for, skips what nobody sees."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from liveroom.ui import format as fmt
from liveroom.ui.panel import Heading, Nothing, Panel, Submit
from liveroom.ui.parts.runs import Run, RunLine
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    from liveroom.models.snapshot import Snapshot

log = logging.getLogger(__name__)

_WAITING = Nothing("Waiting for the session", "The desk fills with the first snapshot.")


class Message(QWidget):
    """A mark, a headline and a sentence in the middle of a panel, with buttons below."""

    def __init__(self, theme: Theme, glyph: str, tone: str) -> None:
        """Take the mark and its tone."""
        super().__init__()
        self._headline = RunLine(theme, 20, Qt.AlignmentFlag.AlignHCenter)
        self._hint = QLabel()
        self._hint.setFont(theme.font())
        self._hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._hint.setWordWrap(True)
        self.detail = RunLine(theme, 18, Qt.AlignmentFlag.AlignHCenter)
        self.buttons = QHBoxLayout()
        self.buttons.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        mark = RunLine(theme, 28, Qt.AlignmentFlag.AlignHCenter)
        mark.set_runs(Run(px=20, glyph=glyph, tone=tone))
        column = QVBoxLayout(self)
        column.setSpacing(6)
        column.addStretch()
        for widget in (mark, self._headline, self._hint, self.detail):
            column.addWidget(widget)
        column.addLayout(self.buttons)
        column.addStretch()

    def say(self, headline: str, hint: str) -> None:
        """Show a headline and a sentence."""
        self._headline.set_runs(Run(headline, px=13, weight=600))
        if self._hint.text() != hint:
            self._hint.setText(hint)

    def text(self) -> str:
        """Return what is on show."""
        return f"{self._headline.text()} {self._hint.text()} {self.detail.text()}".strip()


class PanelHost(QWidget):
    """The body of a dock."""

    heading_changed = Signal(object)

    def __init__(self, panel_class: type[Panel], submit: Submit, theme: Theme) -> None:
        """Take what the panel is built with; it is built at its first turn, after the first paint."""
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.panel_class, self._submit, self._theme = panel_class, submit, theme
        self.panel: Panel | None = None
        self.stopped: Message | None = None
        self._report = ""
        self._snapshot: Snapshot | None = None
        self._stale = False
        self._heading = Heading()
        self._stack = QStackedWidget()
        border = 0 if panel_class.fixed_height else 1
        column = QVBoxLayout(self)
        column.setContentsMargins(border, 0, border, border)
        column.addWidget(self._stack)
        self._empty = Message(theme, "off", "text_3")
        self._empty.say(*_WAITING)
        self._stack.addWidget(self._empty)
        self._restart_key = QShortcut(QKeySequence(Qt.Key.Key_F5), self)
        self._restart_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._restart_key.activated.connect(self.restart)
        self._restart_key.setEnabled(False)
        self._set_state("strip" if panel_class.fixed_height else "")

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
        self._snapshot, self._stale = snapshot, True

    def is_behind(self) -> bool:
        """Return whether a panel that can be seen does not show the newest snapshot yet."""
        if self.stopped is not None or not self.isVisible():
            return False
        return self.panel is None or (self._stale and self._snapshot is not None)

    def refresh(self) -> None:
        """Bring the panel up to the newest snapshot."""
        if self.panel is None and self.stopped is None:
            self._fenced(self._build)
        if self._stale and self.stopped is None and self._snapshot is not None:
            self._stale = False
            self._fenced(self._show_now)

    def numbers(self) -> dict[str, str]:
        """Return what the panel displays; nothing of an empty or a stopped one."""
        self.finish_building()
        if self.panel is None or self._stack.currentWidget() is not self.panel:
            return {}
        return self.panel.numbers()

    def message(self) -> str:
        """Return the words shown in place of the panel, if any."""
        shown = self._stack.currentWidget()
        return shown.text() if isinstance(shown, Message) else ""

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

    def _build(self) -> None:
        self.panel = self.panel_class(self._submit, self._theme)
        self.panel.fence = self._fenced
        self._stack.addWidget(self.panel)

    def _show_now(self) -> None:
        snapshot, panel = self._snapshot, self.panel
        assert snapshot is not None
        assert panel is not None
        nothing = panel.nothing(snapshot)
        if nothing is not None and not panel.is_being_edited():
            self._empty.say(*nothing)
            self._stack.setCurrentWidget(self._empty)
            self._say(Heading(panel.heading().subtitle, "waiting"))
            return
        panel.show_snapshot(snapshot)
        if self._stack.currentWidget() is not panel:
            self._stack.setCurrentWidget(panel)
        self._say(panel.heading())

    def _say(self, heading: Heading) -> None:
        if heading != self._heading:
            self._heading = heading
            self.heading_changed.emit(heading)

    def _fenced(self, action: Callable[[], None]) -> None:
        try:
            action()
        except Exception as error:
            log.exception("panel %s stopped", self.panel_class.panel_id)
            self._stop(error)

    def _stop(self, error: Exception) -> None:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(frame.filename).name}:{frame.lineno}"
        self._report = "".join(traceback.format_exception(error))
        self._discard()
        self.stopped = Message(self._theme, "failed", "bad")
        at = self._snapshot
        when = "" if at is None else f" at {fmt.clock(at.at, at.timezone)}"
        hint = "Show, recording and the other panels go on. Nothing was lost."
        self.stopped.say(f"This panel stopped{when}", hint)
        self.stopped.detail.set_runs(
            Run(f"{type(error).__name__}: {error} · {where}", tone="text_3", px=11)
        )
        again, copy = QPushButton("Restart panel  F5"), QPushButton("Copy report")
        again.clicked.connect(self.restart)
        copy.clicked.connect(self._copy_report)
        self.stopped.buttons.addWidget(again)
        self.stopped.buttons.addWidget(copy)
        self._stack.addWidget(self.stopped)
        self._stack.setCurrentWidget(self.stopped)
        self._restart_key.setEnabled(True)
        self._set_state("stopped")
        self._say(Heading("", "stopped", "bad"))

    def _discard(self) -> None:
        for widget in (self.panel, self.stopped):
            if widget is not None:
                self._stack.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.panel = self.stopped = None
        self._restart_key.setEnabled(False)
        self._set_state("strip" if self.panel_class.fixed_height else "")

    def _copy_report(self) -> None:
        QGuiApplication.clipboard().setText(self._report)

    def _set_state(self, state: str) -> None:
        if self.property("state") != state:
            self.setProperty("state", state)
            self.style().polish(self)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.update()
