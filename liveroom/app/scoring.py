"""Scores a rehearsal that is over, in a thread of its own, and brings what it finds to the window."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal

from liveroom.connectors.simulator import SimulatorConnector
from liveroom.errors import KnownError
from liveroom.models.score_card import ScoreCard, ScoreProgress
from liveroom.scoring import score_rehearsal

log = logging.getLogger(__name__)


class _Stopped(Exception):
    """Nobody waits for the score any more."""


class Scoring(QObject):
    """One score: `show` is called in the GUI thread, with how far it is and at last with the card."""

    _found = Signal(object)

    def __init__(
        self,
        simulator: SimulatorConnector,
        producer: str,
        ended_at: int,
        show: Callable[[ScoreCard | ScoreProgress], None],
    ) -> None:
        """Start at once; `ended_at` is ms UTC."""
        super().__init__()
        self._stop = threading.Event()
        self._found.connect(show, Qt.ConnectionType.QueuedConnection)
        self._last = ScoreProgress(done=0, total=1)
        self._thread = threading.Thread(
            target=self._main, args=(simulator, producer, ended_at), name="score"
        )
        self._thread.start()

    def stop(self) -> None:
        """Leave it, after the show that is being played."""
        self._stop.set()
        self._found.disconnect()
        self._thread.join()

    def _main(self, simulator: SimulatorConnector, producer: str, ended_at: int) -> None:
        try:
            self._found.emit(score_rehearsal(simulator, producer, ended_at, self._tell))
        except _Stopped:
            return
        except KnownError as error:
            self._fail(str(error))
        except Exception as error:
            log.exception("no score")
            self._fail(f"{type(error).__name__}: {error}; see the log")

    def _tell(self, progress: ScoreProgress) -> None:
        if self._stop.is_set():
            raise _Stopped
        self._last = progress
        self._found.emit(progress)

    def _fail(self, why: str) -> None:
        self._found.emit(ScoreProgress(done=self._last.done, total=self._last.total, error=why))
