"""The desk: a window of panels that shows one snapshot at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QActionGroup,
    QCloseEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenu,
    QStatusBar,
    QTabBar,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from liveroom.models.facts import Mode
from liveroom.ui import layouts
from liveroom.ui.dock import PanelDock
from liveroom.ui.frame import margin_of, paint_frame
from liveroom.ui.host import PanelHost
from liveroom.ui.panel import PanelSpec, Submit
from liveroom.ui.panels import PANELS
from liveroom.ui.pictures.menu import Pictures
from liveroom.ui.presenter.display import PresenterDisplay
from liveroom.ui.presenter.menu import add_menu as add_presenter_menu
from liveroom.ui.proportions import Proportions
from liveroom.ui.scrub_bar import HEIGHT as SCRUB_HEIGHT
from liveroom.ui.scrub_bar import ScrubBar
from liveroom.ui.show_bar import ShowBar
from liveroom.ui.states import is_on_air
from liveroom.ui.status_bar import HEIGHT as STATUS_HEIGHT
from liveroom.ui.status_bar import StatusLine
from liveroom.ui.theme import THEMES, Theme
from liveroom.ui.time_travel import LONG_STEP_MS, STEP_MS, Look, TimeTravel

if TYPE_CHECKING:
    from liveroom.models.commands import Command
    from liveroom.models.score_card import ScoreCard, ScoreProgress
    from liveroom.models.snapshot import Snapshot

_SCORE_PANEL = "score"
_THEME_KEY = "desk/theme"
LEAST = (960, 560)
"""No desk is smaller, in pixels."""
_LARGEST_START = QSize(1920, 1080)


class MainWindow(QMainWindow):
    """Show bar, docks, status line; `submit` is the panels' only way to act."""

    closing = Signal()
    painted = Signal()
    """The window has been seen for the first time."""

    def __init__(
        self,
        submit: Submit,
        settings: QSettings,
        panels: Sequence[PanelSpec] = PANELS,
        theme: str | None = None,
        mode: Mode = Mode.LIVE,
    ) -> None:
        """Build the desk; without a `theme` the one last chosen counts.

        `mode` saves building the panels twice when the first snapshot is known to be of another mode.
        """
        super().__init__()
        self._submit, self._settings = submit, settings
        chosen = theme or str(settings.value(_THEME_KEY, THEMES[0]))
        self._theme = Theme(chosen if chosen in THEMES else THEMES[0], mode)
        self._snapshot: Snapshot | None = None
        self._title = ""
        self._way_back: QAction | None = None
        self._end: QAction | None = None
        self._laid_out = self._painted = False
        # One panel at a time, painted before the next: many short pauses instead of a long one.
        self._turns = QTimer(self, interval=0)
        self._turns.timeout.connect(self._show_next)
        self._turn = -1
        self.docks: list[PanelDock] = []
        self.setWindowTitle("liveroom")
        self.setDockNestingEnabled(True)
        self.setTabPosition(Qt.DockWidgetArea.AllDockWidgetAreas, QTabWidget.TabPosition.North)
        self.setAnimated(False)
        self.setMinimumSize(*LEAST)
        self._dress()
        self.travel = TimeTravel(self)
        for spec in panels:
            host = PanelHost(spec, self._act, self._theme)
            host.travel = self.travel.travel
            host.settings, host.turn_to = settings, self.turn_to
            self.docks.append(PanelDock(host, self._theme))
        self._proportions = Proportions(self, self.docks)
        self.presenter = PresenterDisplay(self, settings, self._theme)
        self.painted.connect(self.presenter.reopen)
        self.pictures = Pictures(self, self.docks, settings, self._shown_now)
        self._menu = self._build_menu()
        self._build_bars()
        if not layouts.restore_geometry(self, settings):
            self.resize(self._default_size())

    @property
    def theme(self) -> Theme:
        """Return the theme in use."""
        return self._theme

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the state of the show, panel by panel in the next turns of the event loop.

        GUI thread, at most ten times a second; hidden panels wait until they are seen.
        """
        self._snapshot = snapshot
        self.presenter.take(snapshot)
        shown = self.travel.arrived(snapshot)
        if snapshot.mode is not self._theme.mode:
            self._change_theme(Theme(self._theme.name, snapshot.mode))
            if self._title:
                self.name_show(self._title)
        self._show_way_back(snapshot)
        self.show_bar.show_snapshot(snapshot)
        self.status_line.show_snapshot(snapshot)
        self.scrub_bar.show_snapshot(snapshot)
        self._show_past()
        for dock in self.docks:
            dock.host.take(shown)
        self._turns.start()

    def _shown_now(self) -> Snapshot | None:
        """Return what the panels show: the present, or what is looked back at."""
        snapshot = self._snapshot
        return snapshot if snapshot is None or snapshot.back is None else snapshot.back

    def offer_time_travel(self, look: Look) -> None:
        """Let the scrub bar lead to earlier seconds; `look` asks whoever has the show for one."""
        self.travel.offer(look)

    def _act(self, command: Command) -> None:
        """Pass a command on; one from a panel that shows an earlier time only leads back to the present.

        What is pressed there was decided on numbers of then. A note is about that moment, and is taken.
        """
        if self.travel.wanted is None or type(command).__name__ == "TakeNote":
            self._submit(command)
        else:
            self.travel.back()
            self.scrub_bar.say("Back: press again")

    def _show_past(self) -> None:
        words = ""
        if self.travel.shown is not None and self._snapshot is not None:
            from liveroom.ui import format as fmt

            words = fmt.clock(self.travel.shown, self._snapshot.timezone)
        self._go_back.setEnabled(self.travel.wanted is not None)
        for dock in self.docks:
            dock.set_past(words)

    def name_show(self, title: str) -> None:
        """Say in the title of the window which show it is, and that it is not a live one."""
        self._title = title
        mode = self._theme.mode
        words = [] if mode is Mode.LIVE else [mode.upper()]
        self.setWindowTitle(" · ".join([*words, title]) + " — liveroom")

    def offer_way_back(self, back: Callable[[], None]) -> None:
        """Let the menu, and Ctrl+W, lead back to the start screen; not away from a show on air."""
        action = QAction("Back to start", self)
        action.setShortcut(QKeySequence("Ctrl+W"))
        action.triggered.connect(lambda _=False: back())
        self.addAction(action)
        first = self._menu.actions()[0]
        self._menu.insertAction(first, action)
        self._menu.insertSeparator(first)
        self._way_back = action

    def offer_end(self, end: Callable[[], None]) -> None:
        """Let the menu, and Ctrl+E, end the rehearsal here, so that it is scored."""
        action = QAction("End the rehearsal and score it", self)
        action.setShortcut(QKeySequence("Ctrl+E"))
        action.triggered.connect(lambda _=False: end())
        self.addAction(action)
        first = self._menu.actions()[0]
        self._menu.insertAction(first, action)
        self._menu.insertSeparator(first)
        self._end = action

    def offer_no_end(self) -> None:
        """Take the way to end the rehearsal back: it has ended."""
        if self._end is not None:
            self._end.setEnabled(False)

    def _show_way_back(self, snapshot: Snapshot) -> None:
        if self._way_back is not None:
            on_air = is_on_air(snapshot)
            self._way_back.setEnabled(not on_air)
            self._way_back.setText(
                "Back to start (not while on air)" if on_air else "Back to start"
            )

    def _show_next(self) -> None:
        """Bring one panel up to date; what the producer does comes in between."""
        for _ in self.docks:
            self._turn = (self._turn + 1) % len(self.docks)
            host = self.docks[self._turn].host
            if host.is_behind():
                host.refresh()
                return
        self._turns.stop()

    def catch_up(self) -> None:
        """Bring every panel that can be seen up to date now."""
        for dock in self.docks:
            if dock.host.is_behind():
                dock.host.refresh()

    def numbers(self) -> dict[str, dict[str, str]]:
        """Return what every panel displays, by panel id, hidden ones brought up to date first."""
        shown = {dock.objectName(): dock.host.numbers() for dock in self.docks}
        return shown | {"show_bar": self.show_bar.numbers()}

    def show_score(self, score: ScoreCard | ScoreProgress | None) -> None:
        """Hand a score, or how far it is, to the panels; a whole one brings its panel to the front."""
        for dock in self.docks:
            dock.host.take_score(score)
            if dock.objectName() == _SCORE_PANEL and score is not None:
                dock.show()
                dock.raise_()

    def finish_building(self) -> None:
        """Lay the docks out and build the charts now; for pictures and tests."""
        self._lay_out()
        for dock in self.docks:
            dock.host.finish_building()

    def set_theme(self, name: str) -> None:
        """Change the colours and remember the choice."""
        self._settings.setValue(_THEME_KEY, name)
        self._change_theme(Theme(name, self._theme.mode))

    def reset_layout(self) -> None:
        """Put every panel back to its first place for this size of window."""
        layouts.forget(self._settings)
        layouts.apply_default(self, self.docks)
        self._docks_moved()
        self._proportions.take()

    def call(self, dock: PanelDock) -> None:
        """Bring a panel to the front and let it answer its key."""
        dock.show()
        dock.raise_()
        dock.host.finish_building()
        if dock.host.panel is not None:
            dock.host.panel.called()

    def turn_to(self, panel_id: str, subject: str) -> None:
        """Bring a panel to the front because another one asks it about a product."""
        for dock in self.docks:
            if dock.objectName() == panel_id:
                dock.show()
                dock.raise_()
                dock.host.finish_building()
                if dock.host.panel is not None:
                    dock.host.panel.asked_about(subject)

    def focus_dock(self, step: int) -> None:
        """Move the keyboard to the next or previous visible panel."""
        shown = [d for d in self.docks if d.isVisible() and not d.visibleRegion().isEmpty()]
        if not shown:
            return
        focused = QApplication.focusWidget()
        held = [place for place, d in enumerate(shown) if focused and d.isAncestorOf(focused)]
        place = (held[0] + step) % len(shown) if held else (0 if step > 0 else -1)
        target = shown[place].host
        target.setFocus(Qt.FocusReason.TabFocusReason)
        focused = QApplication.focusWidget()
        if focused in (None, target) or not target.isAncestorOf(focused):
            for child in target.findChildren(QWidget):
                if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisible():
                    child.setFocus(Qt.FocusReason.TabFocusReason)
                    break

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_out()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._proportions.apply()

    def closeEvent(self, event: QCloseEvent) -> None:
        layouts.save(self, self._settings)
        self.presenter.end()
        self._settings.sync()
        self.closing.emit()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._painted:
            # The panels are built when the window has been seen: a timer of zero fires after this.
            self._painted = True
            self._turns.start()
            QTimer.singleShot(0, self, self.painted.emit)
        painter = QPainter(self)
        paint_frame(painter, QRectF(self.rect()), QRectF(event.rect()), self._theme)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            QTimer.singleShot(0, self._docks_moved)

    def _lay_out(self) -> None:
        """Arrange the docks once the window has its size: Qt restores a layout only after show."""
        if self._laid_out:
            return
        self._laid_out = True
        layouts.apply_default(self, self.docks)
        layouts.restore_docks(self, self.docks, self._settings)
        self._docks_moved()
        QTimer.singleShot(0, self._proportions, self._proportions.take)
        # Not before: while they are arranged, every dock is shown and moved several times.
        for dock in self.docks:
            dock.visibilityChanged.connect(self._docks_moved)

    def _change_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._dress()
        self.presenter.set_theme(theme)
        for dock in self.docks:
            dock.set_theme(theme)
            dock.host.rebuild(theme)
        self._build_bars()
        self._docks_moved()
        if self._snapshot is not None:
            self.show_bar.show_snapshot(self._snapshot)
            self.status_line.show_snapshot(self._snapshot)
            self.scrub_bar.show_snapshot(self._snapshot)
        self.update()

    def _dress(self) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._theme.apply(application)
        self.setStyleSheet(self._theme.style_sheet())
        edge = margin_of(self._theme.mode)
        self.setContentsMargins(edge, edge, edge, edge)

    def _build_bars(self) -> None:
        self.show_bar = ShowBar(self._theme, self._submit)
        self.show_bar.menu_button.clicked.connect(self._open_menu)
        holder = QWidget()
        row = QVBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 4)
        row.addWidget(self.show_bar)
        self.setMenuWidget(holder)
        self.status_line = StatusLine(self._theme)
        bar = QStatusBar()
        bar.setSizeGripEnabled(False)
        self.scrub_bar = ScrubBar(self._theme, self.travel)
        foot = QWidget()
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(0, 4, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.scrub_bar)
        rows.addWidget(self.status_line)
        bar.setFixedHeight(SCRUB_HEIGHT + STATUS_HEIGHT + 4)
        bar.addWidget(foot, 1)
        self.setStatusBar(bar)

    def _build_menu(self) -> QMenu:
        menu = QMenu(self)
        view = menu.addMenu("Panels")
        for dock in self.docks:
            view.addAction(dock.toggleViewAction())
        colours = menu.addMenu("Colours")
        group = QActionGroup(self)
        for name in THEMES:
            action = colours.addAction(name.replace("_", " ").capitalize())
            action.setCheckable(True)
            action.setChecked(name == self._theme.name)
            action.triggered.connect(lambda _=False, name=name: self.set_theme(name))
            group.addAction(action)
        add_presenter_menu(menu, self, self.presenter)
        self.pictures.add_menu(menu)
        menu.addSeparator()
        for dock in self.docks:
            spec = dock.host.spec
            if spec.key:
                self._add_action(menu, spec.deed, spec.key, lambda dock=dock: self.call(dock))
        way = menu.addMenu("Time travel")
        for title, key, move in (
            ("Back to the present", "End", self.travel.back),
            ("To the beginning", "Ctrl+Home", self.travel.begin),
            ("10 seconds earlier", "[", lambda: self.travel.step(-STEP_MS)),
            ("10 seconds later", "]", lambda: self.travel.step(STEP_MS)),
            ("A minute earlier", "Ctrl+[", lambda: self.travel.step(-LONG_STEP_MS)),
            ("A minute later", "Ctrl+]", lambda: self.travel.step(LONG_STEP_MS)),
            ("Previous mark", ",", lambda: self.scrub_bar.to_mark(-1)),
            ("Next mark", ".", lambda: self.scrub_bar.to_mark(1)),
        ):
            self._add_action(way, title, key, move)
        self._go_back = way.actions()[0]
        self._add_action(menu, "Reset layout", "Ctrl+0", self.reset_layout)
        self._add_action(menu, "Next panel", "F6", lambda: self.focus_dock(1))
        self._add_action(menu, "Previous panel", "Shift+F6", lambda: self.focus_dock(-1))
        menu.addSeparator()
        self._add_action(menu, "Quit", "Ctrl+Q", self.close)
        opener = QShortcut(QKeySequence("F10"), self)
        opener.activated.connect(self._open_menu)
        return menu

    def _add_action(self, menu: QMenu, title: str, key: str, slot: object) -> None:
        action = QAction(title, self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(lambda _=False: slot())  # type: ignore[operator]
        self.addAction(action)
        menu.addAction(action)

    def _open_menu(self) -> None:
        button = self.show_bar.menu_button
        self._menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def _docks_moved(self) -> None:
        """Let tabs name the panels that lie behind each other."""
        for dock in self.docks:
            dock.set_tabbed(not dock.isFloating() and bool(self.tabifiedDockWidgets(dock)))
        for bar in self.findChildren(QTabBar, options=Qt.FindChildOption.FindDirectChildrenOnly):
            bar.setElideMode(Qt.TextElideMode.ElideNone)
            bar.setExpanding(False)
            bar.setDrawBase(False)

    def _default_size(self) -> QSize:
        return self.screen().availableGeometry().size().boundedTo(_LARGEST_START)
