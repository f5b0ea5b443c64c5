"""The desk: a window of panels that shows one snapshot at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRectF, QSettings, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QTabWidget,
)

from liveroom.models.facts import Mode
from liveroom.ui.bars import Bars
from liveroom.ui.dock import PanelDock
from liveroom.ui.frame import margin_of, paint_frame
from liveroom.ui.host import PanelHost
from liveroom.ui.layout_keeper import LayoutKeeper
from liveroom.ui.layout_store import LayoutStore
from liveroom.ui.layouts import restore_geometry, save_geometry
from liveroom.ui.navigation import Navigation
from liveroom.ui.panel import PanelSpec, Submit
from liveroom.ui.panels import PANELS
from liveroom.ui.proportions import Proportions
from liveroom.ui.squeeze import Squeeze
from liveroom.ui.states import is_on_air
from liveroom.ui.tabs import Tabs
from liveroom.ui.theme import THEMES, Theme
from liveroom.ui.time_travel import TimeTravel
from liveroom.ui.turns import Turns
from liveroom.ui.type_scale import choose_type_scale, type_scale

if TYPE_CHECKING:
    from liveroom.models.commands import Command
    from liveroom.models.score_card import ScoreCard, ScoreProgress
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.keyboard.commands import DeskCommand
    from liveroom.ui.keyboard.keyboard import Keyboard
    from liveroom.ui.pictures.menu import Pictures
    from liveroom.ui.presenter.display import PresenterDisplay

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
        self._ended = False
        self._laid_out = self._painted = False
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
            self.docks.append(PanelDock(host, self._theme, self))
        self.turns = Turns(self, self.docks, self._do_the_rest)
        self._squeeze = Squeeze(self, self.docks)
        self._proportions = Proportions(self, self.docks)
        self.layouts = LayoutKeeper(
            self, self.docks, LayoutStore(settings), self._proportions, self._theme.mode
        )
        self.tabs = Tabs(self, self.docks, lambda: self.layouts.locked)
        self.ways = Navigation(self, self.docks, lambda: self._theme)
        self.full = self.ways.full
        self.full.changed.connect(self.layouts.hold)
        self.layouts.leaving.connect(self.full.leave)
        self.layouts.leaving.connect(self._squeeze.release)
        self.ways.say = lambda words: self.keyboard.say(words)
        self._offered: list[Callable[[], DeskCommand]] = []
        self._build_bars()
        if not restore_geometry(self, settings):
            self.resize(self._default_size())

    # What nobody needs before the window has been seen is imported and built right after that,
    # or when asked for.

    @cached_property
    def keyboard(self) -> Keyboard:
        """The commands of the desk and their keys."""
        from liveroom.ui.keyboard.keyboard import Keyboard

        keyboard = Keyboard(self, self._settings)
        keyboard.registry.add([make() for make in self._offered])
        keyboard.show_keys()
        return keyboard

    @cached_property
    def presenter(self) -> PresenterDisplay:
        """The window that the presenter sees."""
        from liveroom.ui.presenter.display import PresenterDisplay

        return PresenterDisplay(self, self._settings, self._theme)

    @cached_property
    def pictures(self) -> Pictures:
        """What takes pictures of panels and desk."""
        from liveroom.ui.pictures.menu import Pictures

        return Pictures(self, self.docks, self._settings, self._shown_now)

    def _equip(self) -> None:
        """Have the keyboard before any panel is built: a panel asks for its keys."""
        _ = self.keyboard

    @property
    def _has_keyboard(self) -> bool:
        return "keyboard" in self.__dict__

    @property
    def theme(self) -> Theme:
        """Return the theme in use."""
        return self._theme

    @property
    def snapshot(self) -> Snapshot | None:
        """Return what the desk shows."""
        return self._snapshot

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show the state of the show, panel by panel in the next turns of the event loop.

        GUI thread, at most ten times a second; panels behind a tab wait until they are seen.
        """
        is_first, self._snapshot = self._snapshot is None, snapshot
        self._equip()
        self.presenter.take(snapshot)
        shown = self.travel.arrived(snapshot)
        if snapshot.mode is not self._theme.mode:
            self.layouts.set_mode(snapshot.mode)
            self._change_theme(Theme(self._theme.name, snapshot.mode))
            if self._title:
                self.name_show(self._title)
        self.layouts.set_on_air(is_on_air(snapshot))
        self.bars.show_snapshot(snapshot)
        for dock in self.docks:
            dock.host.take(shown)
        self._show_past()
        self._mark_tabs()
        if is_first:
            # The first numbers come to the panels in their order, whichever was built last.
            self.turns.start_anew()
        else:
            self.turns.start()

    def _shown_now(self) -> Snapshot | None:
        """Return what the panels show: the present, or what is looked back at."""
        snapshot = self._snapshot
        return snapshot if snapshot is None or snapshot.back is None else snapshot.back

    def _act(self, command: Command) -> None:
        """Pass a command on; one from a panel that shows an earlier time only leads back to the present.

        What is pressed there was decided on numbers of then. A note is about that moment, and is taken.
        """
        if type(command).__name__ == "TakeNote" or not self.lead_back():
            self._submit(command)

    def lead_back(self) -> bool:
        """Show the present again in place of what was pressed; return whether an earlier time was shown."""
        if self.travel.wanted is None:
            self.scrub_bar.say("")
            return False
        self.travel.back()
        self.scrub_bar.say("Back: press again")
        return True

    def _show_past(self) -> None:
        words, now = "", self._snapshot
        shown = now.at if now is not None and now.is_past else self.travel.shown
        if shown is not None and now is not None:
            from liveroom.ui import format as fmt

            words = fmt.clock_with_day(shown, now.timezone, now.at, seconds=True)
        # In the present, End belongs to tables and lists.
        self.keyboard.allow("travel.back", self.travel.wanted is not None)
        for dock in self.docks:
            dock.set_past(words)

    def name_show(self, title: str) -> None:
        """Say in the title of the window which show it is, and that it is not a live one."""
        self._title = title
        mode = self._theme.mode
        words = [] if mode is Mode.LIVE else [mode.upper()]
        self.setWindowTitle(" · ".join([*words, title]) + " — liveroom")

    def offer_way_back(self, back: Callable[[], None]) -> None:
        """Let a command lead back to the start screen; not away from a show on air."""

        def make() -> DeskCommand:
            from liveroom.ui.keyboard.ways_out import way_back

            return way_back(back)

        self._offer(make)

    def offer_end(self, end: Callable[[], None]) -> None:
        """Let a command end the rehearsal here, so that it is scored."""

        def make() -> DeskCommand:
            from liveroom.ui.keyboard.ways_out import to_the_end

            return to_the_end(end, lambda: self._ended)

        self._offer(make)

    def _offer(self, make: Callable[[], DeskCommand]) -> None:
        self._offered.append(make)
        if self._has_keyboard:
            self.keyboard.registry.add([make()])

    def offer_no_end(self) -> None:
        """Take the way to end the rehearsal back: it has ended."""
        self._ended = True

    def numbers(self) -> dict[str, dict[str, str]]:
        """Return what every panel displays, by panel id, hidden ones brought up to date first."""
        shown = {dock.objectName(): dock.host.numbers() for dock in self.docks}
        return shown | {"show_bar": self.show_bar.numbers()}

    def show_score(self, score: ScoreCard | ScoreProgress | None) -> None:
        """Hand a score, or how far it is, to the panels; a whole one brings its panel to the front."""
        for dock in self.docks:
            dock.host.take_score(score)
            if dock.objectName() == _SCORE_PANEL and score is not None:
                self.ways.bring_to_front(dock)

    def finish_building(self) -> None:
        """Lay the docks out and build the charts now; for pictures and tests."""
        self._equip()
        self._lay_out()
        for dock in self.docks:
            dock.host.finish_building()

    def set_theme(self, name: str) -> None:
        """Change the colours and remember the choice."""
        self._settings.setValue(_THEME_KEY, name)
        self._change_theme(Theme(name, self._theme.mode))

    @property
    def type_scale(self) -> int:
        """Return how large the desk will be from the next start on, in per cent."""
        return type_scale(self._settings)

    def choose_type_scale(self, per_cent: int) -> None:
        """Let the desk be larger, or as usual, from the next start on."""
        choose_type_scale(self._settings, per_cent)
        self.keyboard.say(f"{per_cent} % from the next start of liveroom on")

    def turn_to(self, panel_id: str, subject: str) -> None:
        """Bring a panel to the front because another one asks it about a product."""
        for dock in self.docks:
            if dock.objectName() == panel_id:
                self.ways.bring_to_front(dock)
                dock.host.do(lambda panel: panel.asked_about(subject))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Nothing that has the focus needed it.
        if event.key() == Qt.Key.Key_Escape and self.full.dock is not None:
            self.full.leave()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._lay_out()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._painted:
            self._squeeze.look()
        self._proportions.apply()
        self.full.place()
        self.layouts.window_resized()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._has_keyboard:
            self.presenter.end()
            self.keyboard.close()
        self.full.leave()
        self.layouts.keep()
        save_geometry(self, self._settings)
        self._settings.sync()
        self.closing.emit()
        super().closeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._painted:
            # The panels are built when the window has been seen: a timer of zero fires after this.
            self._painted = True
            QTimer.singleShot(0, self, self._seen)
        painter = QPainter(self)
        paint_frame(painter, QRectF(self.rect()), QRectF(event.rect()), self._theme)

    def _seen(self) -> None:
        self._equip()
        # Those of a window that was opened out of sight.
        self._fill_titles()
        self.presenter.reopen()
        self.painted.emit()
        self.turns.start()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.WindowStateChange:
            QTimer.singleShot(0, self._docks_moved)

    def _lay_out(self) -> None:
        """Arrange the docks once the window has its size: Qt restores a layout only after show."""
        if self._laid_out:
            return
        self._laid_out = True
        self.layouts.begin()
        self._docks_moved()
        # Now, so that it is known which docks are in front.
        QApplication.sendPostedEvents(self, QEvent.Type.LayoutRequest.value)
        # Not before: while they are arranged, every dock is shown and moved several times.
        for dock in self.docks:
            dock.visibilityChanged.connect(dock.seen)
            dock.visibilityChanged.connect(self._docks_moved)
        self._fill_titles()
        self.layouts.changed.connect(self._docks_moved)

    def _fill_titles(self) -> None:
        for dock in self.docks:
            dock.seen(not dock.visibleRegion().isEmpty())

    def _change_theme(self, theme: Theme) -> None:
        self._theme = theme
        self.full.leave()
        if self._has_keyboard:
            self.keyboard.change_theme()
            self.presenter.set_theme(theme)
        held = self.ways.focus.held()
        self._dress()
        for dock in self.docks:
            dock.set_theme(theme)
            dock.host.rebuild(theme)
        self._build_bars()
        if self._has_keyboard:
            self.keyboard.show_keys()
        self._docks_moved()
        if self._snapshot is not None:
            self.bars.show_snapshot(self._snapshot)
        if held is not None:
            # What had the keyboard was built anew.
            self.ways.focus.go_to(held)
        self.update()

    def _dress(self) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        self._theme.apply(application)
        self.setStyleSheet(self._theme.style_sheet())
        edge = margin_of(self._theme.mode)
        self.setContentsMargins(edge, edge, edge, edge)

    def _build_bars(self) -> None:
        self.bars = Bars(self, self._theme, self._submit, self.travel)
        bar = self.show_bar = self.bars.show_bar
        self.scrub_bar, self.status_line = self.bars.scrub_bar, self.bars.status_line
        bar.menu_button.clicked.connect(lambda: self.keyboard.open_menu())
        bar.layout_button.clicked.connect(lambda: self.keyboard.open_layouts())
        bar.palette_button.clicked.connect(lambda: self.keyboard.open_palette())

    def _do_the_rest(self) -> bool:
        """Do what is left when no panel is behind; return whether there is more of it."""
        self._squeeze.look_if_changed()
        if self._snapshot is None:
            # What nobody sees yet would keep the session from opening.
            return False
        if any(dock.host.build_behind() for dock in self.docks):
            return True
        # Last of all comes what panels can do that nobody has seen yet: it is found by name and by key.
        return self.keyboard.read_next()

    def _docks_moved(self) -> None:
        self.tabs.dress()
        self._mark_tabs()
        if self._painted:
            # What came to the front may need another height than what it hides.
            self.turns.start()

    def _mark_tabs(self) -> None:
        snapshot = self._shown_now()
        if snapshot is not None:
            self.tabs.mark(snapshot, self._theme)

    def _default_size(self) -> QSize:
        return self.screen().availableGeometry().size().boundedTo(_LARGEST_START)
