"""Opens, places and feeds the presenter's display; belongs to a desk and ends with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect, QSettings, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from liveroom.ui.presenter import choice as choices
from liveroom.ui.presenter.choice import Choice
from liveroom.ui.theme import Theme

if TYPE_CHECKING:
    # Not before the first paint of the desk: they bring msgspec along.
    from liveroom.models.snapshot import Snapshot
    from liveroom.ui.presenter.window import PresenterWindow

_SMALL = (960, 540)


class PresenterDisplay(QObject):
    """The second window; `take` is to be given the present, whatever instant the desk looks at."""

    changed = Signal()
    """Opened, closed, or shown in another way."""

    def __init__(
        self,
        desk: QWidget,
        settings: QSettings,
        theme: Theme,
        screens: Callable[[], Sequence[QScreen]] = QGuiApplication.screens,
    ) -> None:
        """Stay closed until asked for."""
        super().__init__(desk)
        self._desk, self._settings, self._theme = desk, settings, theme
        self._screens = screens
        self._snapshot: Snapshot | None = None
        self._ending = False
        self._shown_on = ""
        self.window: PresenterWindow | None = None
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self._screen_came)
        application.screenRemoved.connect(self._screen_went)

    @property
    def is_open(self) -> bool:
        """Return whether the display is shown."""
        return self.window is not None

    @property
    def choice(self) -> Choice:
        """Return how it is, or would be, shown on the screens that there are now."""
        return choices.load(self._settings, self._screens(), self._desk.screen())

    def screens(self) -> list[QScreen]:
        """Return the screens to choose from."""
        return list(self._screens())

    def toggle(self) -> None:
        """Open the display, or close it."""
        if self.is_open:
            self.close()
        else:
            self.open()

    def open(self) -> None:
        """Show the display where it was chosen to be."""
        if self.window is not None:
            return
        from liveroom.ui.presenter.window import PresenterWindow

        chosen = self.choice
        self.window = PresenterWindow(self._colours(chosen), chosen.mirrored)
        self.window.closed.connect(self.close)
        self.window.activated.connect(self._desk.activateWindow)
        self.window.full_screen_asked.connect(lambda: self.set_full(not self.choice.full))
        self._place(chosen)
        self._keep(chosen._replace(opened=True))
        self._show()

    def reopen(self) -> None:
        """Open it as it was when the desk was closed, where that covers no desk."""
        chosen = self.choice
        if chosen.opened and chosen.screen != choices.name_of(self._desk.screen()):
            self.open()

    def close(self) -> None:
        """Take the display away."""
        self._discard()
        self._keep(self.choice._replace(opened=False))

    def end(self) -> None:
        """Take the display away with the desk, which remembers that it was open."""
        self._ending = True
        self._discard()

    def choose_screen(self, name: str) -> None:
        """Show it on another screen: full-screen, but on the desk's own, which it would cover."""
        own = name == choices.name_of(self._desk.screen())
        self._change(self.choice._replace(screen=name, full=not own, window=QRect()))

    def to_next_screen(self) -> None:
        """Show it on the screen after the one that it is on."""
        names = [choices.name_of(screen) for screen in self._screens()]
        place = names.index(self.choice.screen) if self.choice.screen in names else -1
        self.choose_screen(names[(place + 1) % len(names)])

    def set_full(self, full: bool) -> None:
        """Fill the screen, or be a window on it."""
        self._change(self.choice._replace(full=full))

    def set_mirrored(self, mirrored: bool) -> None:
        """Show it the other way round, for the glass of a teleprompter."""
        self._change(self.choice._replace(mirrored=mirrored))

    def set_theme(self, theme: Theme) -> None:
        """Take the desk's colours."""
        self._theme = theme
        if self.window is not None:
            self.window.board.show_theme(self._colours(self.choice))

    def take(self, snapshot: Snapshot) -> None:
        """Show the present; at most ten times a second, GUI thread."""
        self._snapshot = snapshot
        self._show()

    def _show(self) -> None:
        window, snapshot = self.window, self._snapshot
        if window is not None and snapshot is not None:
            from liveroom.ui.presenter.words import facts_of

            window.show_facts(lambda: facts_of(snapshot))

    def _colours(self, chosen: Choice) -> Theme:
        """Return the desk's colours; on the glass of a teleprompter a light ground would be a lamp."""
        if chosen.mirrored and self._theme.name == "light":
            return Theme("dark", self._theme.mode)
        return self._theme

    def _change(self, chosen: Choice) -> None:
        self._keep(chosen)
        if self.window is not None:
            self.window.board.set_mirrored(chosen.mirrored)
            self.window.board.show_theme(self._colours(chosen))
            self._place(chosen)

    def _keep(self, chosen: Choice) -> None:
        if not self._ending:
            choices.save(self._settings, self._screens(), chosen)
            self.changed.emit()

    def _place(self, chosen: Choice) -> None:
        window = self.window
        assert window is not None
        screen = next(
            (one for one in self._screens() if choices.name_of(one) == chosen.screen),
            self._desk.screen(),
        )
        self._shown_on = choices.name_of(screen)
        if chosen.full:
            window.setScreen(screen)
            window.setGeometry(screen.geometry())
            window.showFullScreen()
            return
        room = screen.availableGeometry()
        place = chosen.window
        if place.isEmpty() or not room.contains(place.center()):
            wide, tall = min(_SMALL[0], room.width()), min(_SMALL[1], room.height())
            place = QRect(0, 0, wide, tall)
            place.moveCenter(room.center())
        # In this order: leaving the full screen takes it back to where it was before.
        window.showNormal()
        window.setScreen(screen)
        window.setGeometry(place)

    def _discard(self) -> None:
        window, self.window = self.window, None
        if window is None:
            return
        if not window.isFullScreen():
            chosen = self.choice
            choices.save(self._settings, self._screens(), chosen._replace(window=window.geometry()))
        window.closed.disconnect()
        window.close()
        window.deleteLater()

    def _screen_came(self) -> None:
        QTimer.singleShot(0, self, self._go_home)

    def _screen_went(self, screen: QScreen) -> None:
        name = choices.name_of(screen)
        QTimer.singleShot(0, self, lambda: self._come_back(name))

    def _go_home(self) -> None:
        """Go where this set-up of screens had it; where it is new, stay."""
        if self.window is not None and choices.is_known(self._settings, self._screens()):
            self._change(self.choice._replace(opened=True))

    def _come_back(self, gone: str) -> None:
        """Where its screen is gone, be a window on one that is left: full-screen it may cover the desk."""
        if self.window is None:
            return
        chosen = self.choice._replace(opened=True)
        if self._shown_on == gone:
            self._change(chosen._replace(full=False))
        else:
            self._keep(chosen._replace(screen=self._shown_on, full=self.window.isFullScreen()))
