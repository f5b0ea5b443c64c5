"""A window and the session behind it, from the first paint to the last fact and its score."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from liveroom.app.bridge import Bridge
from liveroom.app.settings import desk_settings
from liveroom.errors import KnownError
from liveroom.models.facts import Mode
from liveroom.ui.lifetime import collector, settle
from liveroom.ui.main_window import MainWindow

if TYPE_CHECKING:
    # Not before the first paint: they bring numpy and msgspec along.
    from liveroom.app.scoring import Scoring
    from liveroom.models.commands import Command
    from liveroom.models.score_card import ScoreCard, ScoreProgress
    from liveroom.models.snapshot import Snapshot
    from liveroom.session import Session
    from liveroom.sources import Plan

log = logging.getLogger(__name__)

_LOOK_EVERY_MS = 200
_LATEST_START_MS = 1_000
_SETTLED_MS = 3_000


class Desk:
    """A window and the session behind it, from the first paint to the last fact."""

    def __init__(
        self,
        make_plan: Callable[[], Plan],
        mode: Mode,
        ended: Callable[[str], None],
        begun: Callable[[], None] | None = None,
    ) -> None:
        """Build the window; the session is planned and started once it has been painted.

        `ended` gets what made the session give up, or nothing when the producer closed the window;
        `begun` is called when the window has been painted.
        """
        self._make_plan: Callable[[], Plan] | None = make_plan
        self._session: Session | None = None
        self._scoring: Scoring | None = None
        self._looked_back = False
        self._ended, self._begun = ended, begun
        self._bridge = Bridge(lambda snapshot: self.window.show_snapshot(snapshot))
        self.window = MainWindow(self._submit, desk_settings(), mode=mode)
        self.window.turns.give_way = self._bridge.is_waiting
        self.window.painted.connect(self._begin)
        self.window.closing.connect(self._close)
        if mode is Mode.REHEARSAL:
            self.window.offer_end(self._end_rehearsal)
        self._timers = [
            _timer(_LOOK_EVERY_MS, self._look),
            collector(),
            # A window that opens minimised is never painted.
            _timer(_LATEST_START_MS, self._begin, once=True),
            _timer(_SETTLED_MS, settle, once=True),
        ]

    def show(self) -> None:
        """Show the window."""
        self.window.show()
        for timer in self._timers:
            timer.start()

    def stop(self) -> str:
        """Stop in order: connectors, inbox, store, last snapshot; return what went wrong, if anything."""
        for timer in self._timers:
            timer.stop()
        self._make_plan = None
        if self._scoring is not None:
            self._scoring.stop()
        if self._session is None:
            return ""
        self._session.stop()
        return str(self._session.failure or "")

    def discard(self) -> None:
        """Take the window away, the last of it all."""
        self._bridge.close()
        self.window.closing.disconnect(self._close)
        self.window.close()
        self.window.deleteLater()

    def _begin(self) -> None:
        make_plan, self._make_plan = self._make_plan, None
        if make_plan is None:
            return
        if self._begun is not None:
            self._begun()
        try:
            plan = make_plan()
            self._session = session_at_the_desk(plan, self._bridge.take)
        except KnownError as error:
            self._ended(str(error))
            return
        self.window.name_show(plan.meta.title)
        self.window.travel.offer(self._session.look)
        self._session.start()

    def _submit(self, command: Command) -> None:
        if self._session is not None:
            self._session.submit(command)

    def _close(self) -> None:
        self._ended("")

    def _look(self) -> None:
        if self._session is None:
            return
        if self._session.failure is not None:
            self._ended(str(self._session.failure))
        elif not self._session.connectors:
            self._look_back(self._session)
        elif self._session.finished.is_set() and self._scoring is None:
            self._score(self._session)

    def _look_back(self, session: Session) -> None:
        """Show the score that was kept with a rehearsal, once."""
        if not self._looked_back and session.opened.is_set():
            self._looked_back = True
            if session.score is not None:
                self.window.show_score(session.score)

    def _end_rehearsal(self) -> None:
        """End the simulated show here; it is scored as soon as all of it is counted."""
        if self._session is not None:
            self._session.end_show()

    def _score(self, session: Session) -> None:
        """Begin the score of a rehearsal that came to its end, or was ended."""
        from liveroom.app.scoring import Scoring
        from liveroom.connectors.simulator import SimulatorConnector

        for connector in session.connectors.values():
            if isinstance(connector, SimulatorConnector):
                producer = session.meta.producer
                now = int(time.time() * 1000)
                self.window.offer_no_end()
                self._scoring = Scoring(connector, producer, now, self._scored)

    def _scored(self, score: ScoreCard | ScoreProgress) -> None:
        """Show a score, or how far it is, and keep it with the session."""
        from liveroom.models.score_card import ScoreCard

        if self._session is not None and isinstance(score, ScoreCard):
            self._session.keep_score(score)
        self.window.show_score(score)


def session_at_the_desk(plan: Plan, publish: Callable[[Snapshot], None]) -> Session:
    """Return a plan's session, whose clock can be slowed down also where it hurries from the start."""
    from msgspec import structs

    from liveroom.clock import ShowClock
    from liveroom.models.limits import LATEST_MS

    hurries = plan.speed is None and bool(plan.connectors)
    session = (structs.replace(plan, speed=1.0) if hurries else plan).session(publish)
    if hurries and isinstance(session.clock, ShowClock):
        session.clock.run_until(LATEST_MS)
    return session


def _timer(every_ms: int, slot: Callable[[], object], *, once: bool = False) -> QTimer:
    timer = QTimer()
    timer.setInterval(every_ms)
    timer.setSingleShot(once)
    timer.timeout.connect(slot)
    return timer
