"""The program: start screen, desk and session, one after the other, and each ended in order."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from liveroom.app.desk import Desk
from liveroom.app.settings import desk_settings
from liveroom.errors import KnownError
from liveroom.models.facts import Mode
from liveroom.ui import layouts
from liveroom.ui.lifetime import collected_here, ends_in_order, unsettle

if TYPE_CHECKING:
    # Not before the first paint: they bring numpy and msgspec along.
    from liveroom.app.worker import Worker
    from liveroom.sources import Plan
    from liveroom.ui.start_screen import StartScreen
    from liveroom.ui.start_screen_choices import Choice, Offers


class Program:
    """One window at a time: a desk, or the start screen, which opens desks and comes back after them."""

    def __init__(self, make_plan: Callable[[], Plan] | None, mode: Mode) -> None:
        """Begin with a desk; without a plan, with the start screen."""
        self._first, self._mode = make_plan, mode
        self._exit_code = 0
        self._is_over = False
        self.start: StartScreen | None = None
        self.desk: Desk | None = None

    @cached_property
    def _worker(self) -> Worker:
        """Return the thread of the start screen's jobs; a desk needs none."""
        from liveroom.app.worker import Worker

        return Worker()

    def run(self, application: QApplication) -> int:
        """Run until the last window is closed; return the exit code."""
        with ends_in_order(self.end), collected_here():
            if self._first is None:
                self._show_start("")
            else:
                self._show_desk(self._first, self._mode, self.end)
            application.exec()
        if self.desk is not None:
            self.desk.discard()
        self._discard_start()
        return self._exit_code

    def end(self, message: str = "") -> None:
        """Stop in order: connectors, inbox, store, last snapshot; then leave the event loop."""
        if self._is_over:
            return
        self._is_over = True
        if self.desk is not None:
            message = self.desk.stop() or message
        if "_worker" in self.__dict__:
            self._worker.stop()
        if message:
            self._exit_code = 1
            report(message)
        QApplication.quit()

    def back(self, message: str = "") -> None:
        """End the session in order and show the start screen again."""
        if self._is_over or self.desk is None:
            return
        desk, self.desk = self.desk, None
        message = desk.stop() or message
        layouts.save_geometry(desk.window, desk_settings())
        self._show_start(message)
        desk.discard()
        # It does not live as long as the program after all.
        QTimer.singleShot(0, unsettle)

    def _show_desk(
        self, make_plan: Callable[[], Plan], mode: Mode, ended: Callable[[str], None]
    ) -> None:
        self.desk = Desk(make_plan, mode, ended, self._discard_start)
        self.desk.window.offer_way_back(self.back)
        self.desk.show()

    def _show_start(self, message: str) -> None:
        from liveroom.ui.start_screen import StartScreen

        self._discard_start()
        self.start = StartScreen(desk_settings())
        self.start.closing.connect(self._start_closed)
        self.start.chosen.connect(self._open)
        self.start.painted.connect(self._look_around)
        self.start.show_error(message)
        self.start.show()

    def _discard_start(self) -> None:
        start, self.start = self.start, None
        if start is not None:
            start.close()
            start.deleteLater()

    def _start_closed(self) -> None:
        # Closed by the producer: when a desk has taken its place, it is no longer ours.
        if self.start is not None:
            self.end()

    def _look_around(self) -> None:
        self._worker.send(_offers, self._offer)
        self._worker.send(_import_sources, lambda nothing: None)

    def _offer(self, offers: Offers) -> None:
        if self.start is not None:
            self.start.offer(offers)

    def _open(self, choice: Choice) -> None:
        self._worker.send(lambda: _plan_of(choice), self._planned)

    def _planned(self, found: tuple[Plan, Mode] | KnownError) -> None:
        if self.start is None or self._is_over:
            return
        if isinstance(found, KnownError):
            self.start.show_error(str(found))
            return
        plan, mode = found
        layouts.save_geometry(self.start, desk_settings())
        self._show_desk(lambda: plan, mode, self._desk_ended)

    def _desk_ended(self, message: str) -> None:
        """Where the start screen opened it, a session that fails leads back there, a closed one out."""
        if message:
            self.back(message)
        else:
            self.end()


# In the worker's thread, after the first paint: nothing of it is imported before.


def _offers() -> Offers:
    from liveroom import openings
    from liveroom.logs import start_logging

    start_logging()
    return openings.offers()


def _import_sources() -> None:
    from liveroom import sources  # noqa: F401


def _plan_of(choice: Choice) -> tuple[Plan, Mode]:
    from liveroom import openings

    return openings.plan_of(choice)


def report(message: str) -> None:
    """Show one error to the user, in a window and on the terminal."""
    print(f"Error: {message}", file=sys.stderr)
    # With options the name goes on behind a colon; nobody could close a window that nobody sees.
    if os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0] != "offscreen":
        from PySide6.QtWidgets import QMessageBox

        QMessageBox.critical(None, "liveroom", message)
